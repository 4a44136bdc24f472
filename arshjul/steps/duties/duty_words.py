"""Somebody's word that a recurring duty is done, and how every duty stands.

Append-only: a word is taken back by another one, and the last counts. Its note is the result in a few words,
for the report that takes it up. Called by `arshjul duties`, the portal and `arshjul.steps.duties.duties`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from arshjul.adapters.store import tables
from arshjul.adapters.store.turns import put_down_once, take_turn
from arshjul.config import Installation
from arshjul.cycle_data import DutyResult
from arshjul.duties import Duty
from arshjul.duty_cycle import DutyStep
from arshjul.duty_days import DutyOccurrence, unit_occurrences
from arshjul.errors import Refused
from arshjul.office import Office
from arshjul.organisation import Role, Unit
from arshjul.plan import Kind
from arshjul.secrecy import refuse_identity_numbers
from arshjul.wheel import local_day

CONFIRMED, WITHDRAWN = "confirmed", "withdrawn"
COMING = "coming"  # nobody has been told of it yet


def confirm_duty(office: Office, occurrence_id: str, person: str, note: str, now: datetime) -> DutyOccurrence:
    """Keep a person's word that the duty is done; Refused for one that is not hers, or done already."""
    occurrence = _of_hers(office, occurrence_id, person, now)
    with office.database.writing() as session:
        take_turn(session, f"duties {occurrence.unit_code}")
        if _last_word(session, occurrence_id) == CONFIRMED:
            raise Refused(f"{occurrence_id} är redan antecknad som klar.")
        _say(session, office.installation, occurrence, CONFIRMED, person, note, now)
    return occurrence


def withdraw_duty(
    office: Office, occurrence_id: str, person: str, note: str, now: datetime
) -> DutyOccurrence:
    """Take a confirmation back; the duty is open again, and what was said stays on record."""
    occurrence = _of_hers(office, occurrence_id, person, now)
    with office.database.writing() as session:
        take_turn(session, f"duties {occurrence.unit_code}")
        if _last_word(session, occurrence_id) != CONFIRMED:
            raise Refused(f"{occurrence_id} är inte antecknad som klar, så det finns inget att ångra.")
        _say(session, office.installation, occurrence, WITHDRAWN, person, note, now)
    return occurrence


@dataclass(frozen=True, slots=True)
class DutyStanding:
    """One occurrence as it stands. `state` is coming, told, reminded, passed or confirmed."""

    occurrence: DutyOccurrence
    place: str
    state: str
    at: datetime | None  # when that came to be
    person: str | None = None
    note: str = ""


def duty_standings(office: Office, unit_code: str, first: date, last: date) -> list[DutyStanding]:
    """The unit's duties that are told of or confirmed and lie between two days, in order of time."""
    installation = office.installation
    unit = installation.unit(unit_code)
    with office.database.reading() as session:
        of_unit = select(tables.DutyStep).where(tables.DutyStep.unit_code == unit_code)
        steps = {step.occurrence: step for step in session.scalars(of_unit.order_by(tables.DutyStep.id))}
        said = _said(session, unit_code)
        found = [
            _standing(unit, occurrence, steps.get(occurrence.id), said.get(occurrence.id))
            for occurrence in occurrences_of(installation, unit_code, range(first.year - 1, last.year + 1))
            if occurrence.start <= last and occurrence.end >= first
        ]
    return sorted(found, key=lambda each: (each.occurrence.start, each.occurrence.id))


def duty_results(
    session: Session, installation: Installation, unit_code: str, kind: Kind, first: date, last: date
) -> tuple[DutyResult, ...]:
    """What a report of that kind takes up: its duties that began between two days, in order of time.

    What was over before anybody was told of any duty is left out, unless somebody has noted it.
    """
    unit = installation.unit(unit_code)
    said = _said(session, unit_code)
    begun = session.scalar(
        select(func.min(tables.DutyStep.done_at)).where(tables.DutyStep.unit_code == unit_code)
    )
    told_from = local_day(begun) if begun else last
    found = []
    years = range(first.year - 1, last.year + 1)
    for occurrence in occurrences_of(installation, unit_code, years, lambda duty: kind in duty.report_into):
        if first <= occurrence.start <= last:
            word = said.get(occurrence.id)
            done = word if word is not None and word.state == CONFIRMED else None
            if done is None and occurrence.end < told_from:
                continue
            found.append(
                DutyResult(
                    section=occurrence.duty.section,
                    label=occurrence.duty.label,
                    scope=occurrence.subunit or "",
                    start=occurrence.start,
                    end=occurrence.end,
                    done_on=local_day(done.at) if done else None,
                    note=done.note if done else "",
                )
            )
    order = {subunit.code: place for place, subunit in enumerate(unit.subunits)}
    return tuple(sorted(found, key=lambda d: (d.start, d.end, d.label, order.get(d.scope, -1))))


def confirmed_duties(session: Session, unit_code: str) -> frozenset[str]:
    """The ids of the occurrences that are said to be done."""
    return confirmed_in(session, [unit_code])[unit_code]


def confirmed_in(session: Session, unit_codes: Iterable[str]) -> dict[str, frozenset[str]]:
    """As `confirmed_duties` of several units, in one question; each unit has an answer."""
    word = tables.DutyWord
    asked = list(unit_codes)
    last = session.execute(
        select(word.unit_code, word.occurrence, word.state).where(word.unit_code.in_(asked)).order_by(word.id)
    )
    states: dict[str, dict[str, str]] = {code: {} for code in asked}
    for unit_code, occurrence, state in last:
        states[unit_code][occurrence] = state
    return {
        code: frozenset(occurrence for occurrence, state in of_unit.items() if state == CONFIRMED)
        for code, of_unit in states.items()
    }


def occurrences_of(
    installation: Installation,
    unit_code: str,
    years: range,
    of: Callable[[Duty], bool] = lambda _duty: True,
) -> Iterator[DutyOccurrence]:
    """The unit's duties of some years that a letter is sent about, in no order; those that `of` takes."""
    wheel = installation.wheel.units[unit_code]
    for duty in wheel.duties:
        if duty.lead_days is not None and of(duty):
            for year in years:
                yield from unit_occurrences(duty, installation.unit(unit_code), year, quiet=wheel.quiet)


def place(unit: Unit, occurrence: DutyOccurrence) -> str:
    """What it is and where: "Skyddsrond, Ateljé Lärkan"."""
    where = f", {unit.subunit(occurrence.subunit).name}" if occurrence.subunit else ""
    return f"{occurrence.duty.label}{where}"


def _of_hers(office: Office, occurrence_id: str, person: str, now: datetime) -> DutyOccurrence:
    """The occurrence, where the person may speak for it."""
    installation = office.installation
    today = local_day(now)
    years = range(today.year - 1, today.year + 2)
    for unit in installation.organisation.units:
        if not occurrence_id.startswith(f"{unit.code}-"):
            continue
        for occurrence in occurrences_of(
            installation, unit.code, years, lambda d: f"-{d.id}-" in occurrence_id
        ):
            if occurrence.id == occurrence_id:
                _require(installation, unit, occurrence, person, today)
                return occurrence
    raise Refused(f"Det finns ingen uppgift ”{occurrence_id}”. Se vad de heter med ”arshjul duties list”.")


def _require(
    installation: Installation, unit: Unit, occurrence: DutyOccurrence, person: str, day: date
) -> None:
    standing_in = [installation.organisation.receiver(holder, day).person for holder in occurrence.holders]
    managers = unit.holders(Role.MANAGER, day)
    allowed = tuple(dict.fromkeys((*occurrence.holders, *standing_in, *managers)))
    if person not in allowed:
        raise Refused(
            f"{person} svarar inte för {place(unit, occurrence)}. Det kan antecknas av: {', '.join(allowed)}."
        )


def _said(session: Session, unit_code: str) -> dict[str, tables.DutyWord]:
    """The last word on each occurrence, with all that it says."""
    words = select(tables.DutyWord).where(tables.DutyWord.unit_code == unit_code)
    return {word.occurrence: word for word in session.scalars(words.order_by(tables.DutyWord.id))}


def _last_word(session: Session, occurrence_id: str) -> str | None:
    """The last word on an occurrence."""
    word = tables.DutyWord
    return session.scalar(
        select(word.state).where(word.occurrence == occurrence_id).order_by(word.id.desc()).limit(1)
    )


def _say(
    session: Session,
    installation: Installation,
    occurrence: DutyOccurrence,
    state: str,
    person: str,
    note: str,
    now: datetime,
) -> None:
    refuse_identity_numbers(note, "anteckningen")
    unit = installation.unit(occurrence.unit_code)
    put_down_once(session, tables.Unit, code=unit.code, name=unit.name)
    session.add(
        tables.DutyWord(
            unit_code=unit.code,
            occurrence=occurrence.id,
            state=state,
            person=person,
            note=note.strip(),
            at=now,
        )
    )


def _standing(
    unit: Unit, occurrence: DutyOccurrence, step: tables.DutyStep | None, word: tables.DutyWord | None
) -> DutyStanding:
    where = place(unit, occurrence)
    if word is not None and word.state == CONFIRMED:
        return DutyStanding(occurrence, where, CONFIRMED, word.at, word.person, word.note)
    if step is None:
        return DutyStanding(occurrence, where, COMING, None)
    state = {DutyStep.TELL: "told", DutyStep.REMIND: "reminded", DutyStep.PASSED: "passed"}
    return DutyStanding(occurrence, where, state[DutyStep(step.step)], step.done_at)
