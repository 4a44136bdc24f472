"""The recurring duties at work: told of, reminded of, and reported when their time has passed.

What is due is decided in `arshjul.duty_cycle`; here the letters are put down, once, with the ledger in the
same transaction. Who gets a letter while somebody is away is the business of the envelope; who said that a
duty is done is in `arshjul.steps.duties.duty_words`. Called by the flow `duties` and the daily upkeep.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby

from sqlalchemy import BindParameter, bindparam, func, select
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
from arshjul.steps.duties.duty_words import CONFIRMED, occurrences_of, place
from arshjul.steps.letters.notices import notify_unit
from arshjul.wheel import STOCKHOLM, UnitWheel, local_day

# Asked every quarter of an hour of every unit, so put together once.
_IDS: BindParameter[Sequence[str]] = bindparam("ids", expanding=True)
_STEPS = select(tables.DutyStep.occurrence, tables.DutyStep.step).where(tables.DutyStep.occurrence.in_(_IDS))
_WORDS = (
    select(tables.DutyWord.occurrence, tables.DutyWord.state)
    .where(tables.DutyWord.occurrence.in_(_IDS))
    .order_by(tables.DutyWord.id)
)
_FIRST = select(
    select(func.min(tables.DutyStep.done_at))
    .where(tables.DutyStep.unit_code == bindparam("unit"))
    .scalar_subquery(),
    select(func.min(tables.Cycle.created_at))
    .where(tables.Cycle.unit_code == bindparam("unit"))
    .scalar_subquery(),
)


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


def duties_behind(session: Session, office: Office, unit_code: str, now: datetime) -> list[DutyDue]:
    """The steps that are due about the unit's duties at `now`; empty where it is up to date."""
    installation = office.installation
    wheel, unit = installation.wheel.units[unit_code], installation.unit(unit_code)
    left = [o for o in _left(session, office, wheel, unit, now) if (told := told_at(o)) and told <= now]
    if not left:
        return []
    taken = _taken(session, left)
    if not duties_due(wheel, unit, taken, frozenset(), now, around=left):  # whatever is said of them
        return []
    return duties_due(wheel, unit, taken, _confirmed(session, left), now, around=left)


def tell_of_duties(office: Office, unit_code: str, now: datetime) -> DutiesDone:
    """Take every step that is due about the unit's duties; again it changes nothing."""
    unit = office.installation.unit(unit_code)
    with office.database.writing() as session:
        put_down_once(session, tables.Unit, code=unit.code, name=unit.name)
        take_turn(session, f"duties {unit_code}")
        due = duties_behind(session, office, unit_code, now)
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


def _left(
    session: Session, office: Office, wheel: UnitWheel, unit: Unit, now: datetime
) -> tuple[DutyOccurrence, ...]:
    """What may be told of before midnight, whatever is said of it: worked out once a day, since what is told
    is never untold.
    """
    today = local_day(now)
    known = office.memory.get(("duties", unit.code))
    if known is None or known[0] != today or known[1] is not office.installation:
        around, midnight = told_around(wheel, unit, today), datetime.combine(today, time.max, STOCKHOLM)
        may_be = duties_due(wheel, unit, _taken(session, around), frozenset(), midnight, around=around)
        since = _since(session, unit.code, now) if may_be else today
        left = tuple(step.occurrence for step in may_be if step.occurrence.end >= since)
        known = office.memory["duties", unit.code] = today, office.installation, left
    found: tuple[DutyOccurrence, ...] = known[2]
    return found


def _taken(session: Session, occurrences: Sequence[DutyOccurrence]) -> set[str]:
    """The keys of the steps that have been taken about them."""
    rows = session.execute(_STEPS, {"ids": [each.id for each in occurrences]})
    return {step_key(occurrence, DutyStep(step)) for occurrence, step in rows}


def _confirmed(session: Session, occurrences: Sequence[DutyOccurrence]) -> set[str]:
    """The ids of those that are said to be done: the last word on each counts."""
    last = dict(session.execute(_WORDS, {"ids": [each.id for each in occurrences]}).all())
    return {occurrence for occurrence, state in last.items() if state == CONFIRMED}


def _since(session: Session, unit_code: str, now: datetime) -> date:
    """The first day that this installation did anything for the unit: before it nothing was missed."""
    first = session.execute(_FIRST, {"unit": unit_code}).one()
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
        start=None if duty.confirm else occurrence.start,
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
