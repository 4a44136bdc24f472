"""What is to be told of the recurring duties at a given time: the counterpart of `arshjul.cycle.due`.

A letter goes before a duty whose rule says so, and before a milestone that a report has of its own; who has
not confirmed a duty is reminded once; what passed altogether while the machine slept is reported, never
sent. `duties_due` looks at what has been told and at the time, and asking again after doing gives nothing.
Doing is in `arshjul.steps`; what has no `lead_days` stands in the calendar and is told of by no letter. Pure;
`now` is a parameter.
"""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from arshjul.duties import Duty, Entry, When
from arshjul.duty_days import DutyOccurrence, duty_holders, unit_occurrences
from arshjul.organisation import Unit
from arshjul.wheel import Milestones, UnitWheel, local_day, milestones, morning
from arshjul.workdays import FreeDays, add_workdays, swedish_free_days

LATE_AFTER = timedelta(hours=6)  # as for the steps of a cycle
_REPORTED_FOR = timedelta(days=120)  # what passed longer ago than that is history, not news
_REMINDED_FOR = 15  # working days; after that a reminder surprises more than it helps
_HOLIDAYS = 21  # days that holidays can add to so many working days


class DutyStep(StrEnum):
    """What is done about a duty."""

    TELL = "tell"  # the letter before it
    REMIND = "remind"  # the one reminder to those who have not confirmed
    PASSED = "passed"  # its time passed untold: reported to the managers, not sent


@dataclass(frozen=True, slots=True)
class DutyDue:
    """A step to take now, when it was planned for, and whether that is so long ago that it is late."""

    occurrence: DutyOccurrence
    step: DutyStep
    planned: datetime
    late: bool

    @property
    def key(self) -> str:
        """Its name in the ledger, "SOL-skyddsrond-2026-03-HUMLAN:tell"."""
        return step_key(self.occurrence.id, self.step)


def step_key(occurrence_id: str, step: DutyStep) -> str:
    """The name in the ledger of a step about an occurrence."""
    return f"{occurrence_id}:{step}"


def duties_due(
    unit_wheel: UnitWheel,
    unit: Unit,
    told: AbstractSet[str],
    confirmed: AbstractSet[str],
    now: datetime,
    since: date | None = None,
    free: FreeDays = swedish_free_days,
    around: Sequence[DutyOccurrence] | None = None,
) -> list[DutyDue]:
    """The steps to take at `now` (aware) about the unit's duties, in order of time; empty when up to date.

    `told` are the keys of steps taken (`DutyDue.key`), `confirmed` the ids of occurrences that somebody said
    were done; `since` is the installation's first day, before which nothing was ever to be told. `around` is
    what `told_around` gave for the day, where it is known already.
    """
    if around is None:
        around = told_around(unit_wheel, unit, local_day(now), free)
    found = [
        DutyDue(occurrence, step, planned, now - planned > LATE_AFTER)
        for occurrence in around
        if since is None or occurrence.end >= since
        for step, planned in _steps(occurrence, told, confirmed, now, free)
    ]
    return sorted(found, key=lambda due: (due.planned, due.occurrence.start, due.occurrence.id))


def told_around(
    unit_wheel: UnitWheel, unit: Unit, today: date, free: FreeDays = swedish_free_days
) -> tuple[DutyOccurrence, ...]:
    """What letters are sent about in the years around a day, and who sees to it then; in no order.

    What has no step to take on that day whatever has been said is left out.
    """
    return tuple(
        occurrence
        for year in (today.year - 1, today.year, today.year + 1)
        for occurrence in _told_of(unit_wheel, unit, year, today, free)
        if (told := told_at(occurrence, free)) is not None
        and local_day(told) <= today <= occurrence.end + _REPORTED_FOR
    )


def _told_of(
    unit_wheel: UnitWheel, unit: Unit, year: int, today: date, free: FreeDays
) -> Iterator[DutyOccurrence]:
    """What letters are sent about in a year: duties, and the milestones of reports that say so."""
    for duty in unit_wheel.duties:
        if duty.lead_days is not None:
            earliest = today + timedelta(days=2 * duty.lead_days + _HOLIDAYS)

            def near(entry: Entry, last: date = earliest) -> bool:
                return entry.start <= last and today <= entry.end + _REPORTED_FOR

            yield from unit_occurrences(duty, unit, year, today, free, unit_wheel.quiet, near)
    for kind, rules in unit_wheel.cycles.items():
        if any(extra.letter for extra in rules.extra):
            for month in rules.months or (0,):
                yield from _milestones_told(milestones(rules, kind, year, free, month), unit, today)


def milestones_told_at(
    unit_wheel: UnitWheel, unit: Unit, year: int, free: FreeDays = swedish_free_days
) -> Iterator[datetime]:
    """When letters go about the milestones of the reports of a year that say so; in no order."""
    for kind, rules in unit_wheel.cycles.items():
        for month in rules.months or (0,) if any(extra.letter for extra in rules.extra) else ():
            dates = milestones(rules, kind, year, free, month)
            for occurrence in _milestones_told(dates, unit, dates.period_start):
                if (at := told_at(occurrence, free)) is not None:
                    yield at


def _milestones_told(dates: Milestones, unit: Unit, today: date) -> Iterator[DutyOccurrence]:
    """A report's own milestones as duties, for those whose roles they name."""
    of = f"{dates.year}-{dates.month:02}" if dates.month else str(dates.year)
    for extra in dates.extra:
        if extra.letter:
            start, end = extra.at.date(), (extra.until or extra.at).date()
            duty = Duty(
                id=f"{dates.kind}_{of}_{extra.name}".lower().replace("-", "_"),
                label=f"{extra.label} ({dates.kind} {of})",
                when=When(months=(start.month,)),
                who=extra.who,
                lead_days=extra.lead_days,
                note=extra.note,
            )
            yield DutyOccurrence(
                id=f"{unit.code}-{dates.kind}-{of}-{extra.name}",
                duty=duty,
                unit_code=unit.code,
                subunit=None,
                start=start,
                end=end,
                holders=duty_holders(duty, unit, None, max(start, today)),
            )


def told_at(occurrence: DutyOccurrence, free: FreeDays = swedish_free_days) -> datetime | None:
    """When the letter before the duty goes; None where it has none."""
    if occurrence.duty.lead_days is None:
        return None
    return morning(add_workdays(occurrence.start, -occurrence.duty.lead_days, free))


def reminded_at(occurrence: DutyOccurrence, free: FreeDays = swedish_free_days) -> datetime:
    """When those who have not confirmed the duty are reminded."""
    return morning(add_workdays(occurrence.end, occurrence.duty.remind_days, free))


def _steps(
    occurrence: DutyOccurrence,
    told: AbstractSet[str],
    confirmed: AbstractSet[str],
    now: datetime,
    free: FreeDays,
) -> Iterator[tuple[DutyStep, datetime]]:
    if occurrence.id in confirmed:
        return
    today = local_day(now)
    told_on = told_at(occurrence, free)
    if told_on is None or told_on > now or step_key(occurrence.id, DutyStep.PASSED) in told:
        return
    if step_key(occurrence.id, DutyStep.TELL) not in told:
        if today <= occurrence.end:
            yield DutyStep.TELL, told_on
        elif today - occurrence.end <= _REPORTED_FOR:
            yield DutyStep.PASSED, told_on
        return
    planned = reminded_at(occurrence, free)
    if not occurrence.duty.confirm or step_key(occurrence.id, DutyStep.REMIND) in told or planned > now:
        return
    if today <= add_workdays(planned.date(), _REMINDED_FOR, free):
        yield DutyStep.REMIND, planned
