"""The recurring duties at work: told of, reminded of, and reported when their time has passed.

What is due is decided in `arshjul.duty_cycle`; here the letters are put down, once, with the ledger in the
same transaction. Who gets a letter while somebody is away is the business of the envelope; who said that a
duty is done is in `arshjul.steps.duties.duty_words`. Called by the flow `duties` and the daily upkeep.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from arshjul.adapters.store import tables
from arshjul.adapters.store.turns import put_down_once, take_turn
from arshjul.config import Installation
from arshjul.crash_points import CrashPoint, reached
from arshjul.duty_cycle import (
    DutyDue,
    DutyStep,
    duties_due,
    milestones_told_at,
    reminded_at,
    step_key,
    told_around,
    told_at,
)
from arshjul.duty_days import DutyOccurrence
from arshjul.letters import Duty, WayOn
from arshjul.office import Office
from arshjul.organisation import Role, Unit
from arshjul.steps.duties.duty_words import confirmed_duties, occurrences_of, place
from arshjul.steps.letters.notices import notify_unit
from arshjul.wheel import UnitWheel, local_day


@dataclass(frozen=True, slots=True)
class DutiesDone:
    """What a round gave: occurrences told of, reminded of and passed; `late` of them after their day."""

    told: int = 0
    reminded: int = 0
    passed: tuple[str, ...] = ()  # labels and places, for the one who looks
    late: int = 0

    @property
    def changes(self) -> int:
        """How many steps were taken."""
        return self.told + self.reminded + len(self.passed)


def duties_behind(office: Office, unit_code: str, now: datetime) -> list[DutyDue]:
    """The steps that are due about the unit's duties at `now`; empty where it is up to date."""
    with office.database.reading() as session:
        return _due(session, office, unit_code, now)


def tell_of_duties(office: Office, unit_code: str, now: datetime) -> DutiesDone:
    """Take every step that is due about the unit's duties; again it changes nothing."""
    unit = office.installation.unit(unit_code)
    with office.database.writing() as session:
        put_down_once(session, tables.Unit, code=unit.code, name=unit.name)
        take_turn(session, f"duties {unit_code}")
        due = _due(session, office, unit_code, now)
        for step in due:
            session.add(
                tables.DutyStep(
                    unit_code=unit_code,
                    occurrence=step.occurrence.id,
                    step=step.step.value,
                    people=len(step.occurrence.holders),
                    planned_at=step.planned,
                    done_at=now,
                )
            )
        for person, steps in _by_letter(unit, due, now):
            _tell(session, unit, person, steps, now)
    reached(CrashPoint.DUTIES_PUT_DOWN)
    return DutiesDone(
        told=sum(step.step is DutyStep.TELL for step in due),
        reminded=sum(step.step is DutyStep.REMIND for step in due),
        passed=tuple(place(unit, step.occurrence) for step in due if step.step is DutyStep.PASSED),
        late=sum(step.late for step in due if step.step is not DutyStep.PASSED),
    )


def duty_times(installation: Installation, unit_code: str, year: int) -> Iterator[datetime]:
    """When letters about the duties of a year are to go; for the schedule. In no order."""
    for occurrence in occurrences_of(installation, unit_code, range(year, year + 1)):
        told = told_at(occurrence)
        if told is not None:
            yield told
            if occurrence.duty.confirm:
                yield reminded_at(occurrence)
    yield from milestones_told_at(installation.wheel.units[unit_code], installation.unit(unit_code), year)


def _due(session: Session, office: Office, unit_code: str, now: datetime) -> list[DutyDue]:
    installation = office.installation
    wheel, unit = installation.wheel.units[unit_code], installation.unit(unit_code)
    around = _around(office, wheel, unit, local_day(now))
    if not any(told is not None and told <= now for told in map(told_at, around)):
        return []
    taken = session.execute(
        select(tables.DutyStep.occurrence, tables.DutyStep.step).where(tables.DutyStep.unit_code == unit_code)
    )
    return duties_due(
        wheel,
        unit,
        {step_key(occurrence, DutyStep(step)) for occurrence, step in taken},
        confirmed_duties(session, unit_code),
        now,
        since=_since(session, unit_code, now),
        around=around,
    )


def _around(office: Office, wheel: UnitWheel, unit: Unit, today: date) -> tuple[DutyOccurrence, ...]:
    """What may be told of on a day: worked out once a day."""
    known = office.memory.get(("duties", unit.code))
    if known is None or known[0] != today or known[1] is not office.installation:
        known = today, office.installation, told_around(wheel, unit, today)
        office.memory["duties", unit.code] = known
    found: tuple[DutyOccurrence, ...] = known[2]
    return found


def _since(session: Session, unit_code: str, now: datetime) -> date:
    """The first day that this installation did anything for the unit: before it nothing was missed."""
    first = [
        session.scalar(
            select(func.min(tables.DutyStep.done_at)).where(tables.DutyStep.unit_code == unit_code)
        ),
        session.scalar(select(func.min(tables.Cycle.created_at)).where(tables.Cycle.unit_code == unit_code)),
    ]
    return local_day(min(at for at in (*first, now) if at is not None))


def _by_letter(unit: Unit, due: list[DutyDue], now: datetime) -> Iterator[tuple[str, list[DutyDue]]]:
    """Who is told of what: the places of one duty that fall together are one matter to each person."""
    managers = unit.holders(Role.MANAGER, local_day(now))
    mine = [
        (person, step)
        for step in due
        for person in (managers if step.step is DutyStep.PASSED else step.occurrence.holders)
    ]

    def together(each: tuple[str, DutyDue]) -> tuple[str, str, str, date, date]:
        person, step = each
        return person, step.occurrence.duty.id, step.step, step.occurrence.start, step.occurrence.end

    for (person, *_), group in groupby(sorted(mine, key=together), together):
        yield person, [step for _, step in group]


def _tell(session: Session, unit: Unit, person: str, steps: list[DutyDue], now: datetime) -> None:
    first = steps[0]
    duty, occurrence = first.occurrence.duty, first.occurrence
    subunits = [step.occurrence.subunit for step in steps]
    passed = first.step is DutyStep.PASSED
    matter = Duty(
        unit_code=unit.code,
        unit_name=unit.name,
        subunits=tuple(s.name for s in unit.subunits if s.code in subunits),
        title=duty.label,
        due=occurrence.end,
        how=duty.note,
        confirm=duty.confirm,
        again=first.step is DutyStep.REMIND,
        passed=passed,
        ways_on=tuple(_ways_on(unit, person, steps, now)) if duty.confirm and not passed else (),
    )
    cause = f"{occurrence.id} {first.step}"
    meant_at = first.planned if first.late and not passed else None
    notify_unit(session, unit.code, matter, cause=cause, receiver=person, now=now, meant_at=meant_at)


def _ways_on(unit: Unit, person: str, steps: list[DutyDue], now: datetime) -> Iterator[WayOn]:
    """A manager notes it herself; the others answer the letter, or click where there is a portal."""
    if person in unit.holders(Role.MANAGER, local_day(now)):
        ids = " ".join(step.occurrence.id for step in steps)
        yield WayOn("Anteckna när det är gjort", f"arshjul duties confirm {ids} --by {person}")
