"""The wheel (årshjul): from a unit's rules to the dates of a year.

A rule is a fixed day or so many working days before or after something else; whatever it gives is pushed
to a working day, 08:00 in Stockholm. `milestones` answers for one report, `year_entries` for everything
that stands in the wheel of a year. The rules come from `config/wheel.yaml` by `arshjul.config`; the
recurring duties are in `arshjul.duties`. Called by cycles, letters, schedules and the drawing of the
wheel. Pure.
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from zoneinfo import ZoneInfo

from arshjul.duties import Duty, Entry, Ring, Weekday, month_day, occurrences
from arshjul.plan import Kind
from arshjul.workdays import FreeDays, add_workdays, next_workday, swedish_free_days

STOCKHOLM = ZoneInfo("Europe/Stockholm")
MORNING = time(8)


def local_day(at: datetime) -> date:
    """The day in Stockholm at an aware time."""
    return at.astimezone(STOCKHOLM).date()


class Anchor(StrEnum):
    """What a rule can count from."""

    PERIOD_START = "period_start"
    PERIOD_END = "period_end"
    OPENS = "opens"
    DUE = "due"
    LAST_DAY = "last_day"
    ESCALATION = "escalation"
    COMPILE = "compile"
    APPROVE_BY = "approve_by"
    DISTRIBUTE = "distribute"
    APT_BY = "apt_by"
    ARCHIVE = "archive"


class Year(StrEnum):
    """Which year a fixed day stands in, seen from the year of the report."""

    PREVIOUS = "previous"
    THIS = "this"
    NEXT = "next"

    def of(self, year: int) -> int:
        """The calendar year."""
        return year + {Year.PREVIOUS: -1, Year.THIS: 0, Year.NEXT: 1}[self]


@dataclass(frozen=True, slots=True)
class Rule:
    """When something is: a fixed `day` ("09-25") in a year, or `workdays` before or after an anchor."""

    day: str | None = None
    year: Year = Year.THIS
    workdays: int | None = None
    before: Anchor | None = None
    after: Anchor | None = None

    def __post_init__(self) -> None:
        counted = self.workdays is not None and (self.before is None) != (self.after is None)
        fixed = self.workdays is None and self.before is None and self.after is None
        if (self.day is None) != counted or not (counted or fixed):
            raise ValueError(
                'skriv antingen "day: 09-25" eller "workdays: 9, after: period_end" (eller before)'
            )
        if self.day is not None:
            month_day(self.day)
        if self.workdays is not None and not 0 <= self.workdays <= 250:
            raise ValueError("workdays ska vara 0 till 250; riktningen sägs med before eller after")


@dataclass(frozen=True, slots=True)
class Period:
    """The days that a report is about, as month and day in its own year.

    A monthly report (`CycleRules.months`) is about its month, whatever stands here.
    """

    start: str = "01-01"
    end: str = "12-31"

    def __post_init__(self) -> None:
        if month_day(self.end) < month_day(self.start):
            raise ValueError(f"perioden slutar ({self.end}) innan den börjar ({self.start})")


@dataclass(frozen=True, slots=True)
class CycleRules:
    """The rules of one kind of report. Without `distribute` the report goes out when it is approved."""

    period: Period
    opens: Rule
    due: Rule
    escalation: Rule
    compile: Rule
    approve_by: Rule
    apt_by: Rule
    archive: Rule
    reminders: tuple[Rule, ...] = ()
    last_day: Rule | None = None
    distribute: Rule | None = None
    digest: Weekday | None = None  # the day of the week on which the managers are told how it stands
    months: tuple[int, ...] = ()  # a monthly report has one cycle for each of these months

    def __post_init__(self) -> None:
        if any(not 1 <= month <= 12 for month in self.months) or len(set(self.months)) != len(self.months):
            raise ValueError("months ska vara månader, 1 till 12, var och en en gång")


@dataclass(frozen=True, slots=True)
class Milestones:
    """The dates of one report. Times are aware; the whole of the `due` day counts as in time."""

    kind: Kind
    year: int
    period_start: date
    period_end: date
    as_of: date  # the day that the report's values hold for
    opens: datetime
    reminders: tuple[datetime, ...]
    last_day: datetime | None
    due: datetime
    escalation: datetime
    compile: datetime
    approve_by: datetime
    distribute: datetime | None
    apt_by: datetime
    archive: datetime
    digests: tuple[datetime, ...] = ()
    month: int = 0  # of a monthly report

    @property
    def late_from(self) -> datetime:
        """From when an answer is late: the midnight after the due day."""
        return datetime.combine(self.due.date() + timedelta(days=1), time(0), STOCKHOLM)

    def in_order(self) -> tuple[tuple[str, datetime], ...]:
        """The milestones after the opening that must come one after another, as (name, time)."""
        steps = (
            ("opens", self.opens),
            ("due", self.due),
            ("escalation", self.escalation),
            ("compile", self.compile),
            ("approve_by", self.approve_by),
            ("distribute", self.distribute),
            ("apt_by", self.apt_by),
            ("archive", self.archive),
        )
        return tuple((name, at) for name, at in steps if at is not None)


@dataclass(frozen=True, slots=True)
class UnitWheel:
    """One unit's year: the rules of each report and the recurring duties."""

    cycles: Mapping[Kind, CycleRules]
    duties: tuple[Duty, ...] = ()


@dataclass(frozen=True, slots=True)
class Wheel:
    """The wheels of all units, by unit code."""

    units: Mapping[str, UnitWheel]

    def rules(self, unit_code: str, kind: Kind) -> CycleRules | None:
        """The rules of a report, None where the unit's wheel has no such report."""
        unit = self.units.get(unit_code)
        return unit.cycles.get(kind) if unit else None


def milestones(
    rules: CycleRules, kind: Kind, year: int, free: FreeDays = swedish_free_days, month: int = 0
) -> Milestones:
    """The dates of the report `kind` of `year` (and `month`, of a monthly report) by `rules`.

    ValueError, with a Swedish sentence, where two rules count from each other.
    """
    dates = _Dates(rules, year, free, month)
    return Milestones(
        kind=kind,
        year=year,
        month=month,
        period_start=dates.period_start,
        period_end=dates.period_end,
        as_of=dates.period_start if kind is Kind.VP else dates.period_end,
        opens=_morning(dates.of("opens")),
        reminders=tuple(sorted(_morning(dates.by(rule)) for rule in rules.reminders)),
        last_day=_morning(dates.of("last_day")) if rules.last_day else None,
        due=_morning(dates.of("due")),
        escalation=_morning(dates.of("escalation")),
        compile=_morning(dates.of("compile")),
        approve_by=_morning(dates.of("approve_by")),
        distribute=_morning(dates.of("distribute")) if rules.distribute else None,
        apt_by=_morning(dates.of("apt_by")),
        archive=_morning(dates.of("archive")),
        digests=tuple(_digests(rules.digest, dates.of("opens"), dates.of("approve_by"), free)),
    )


def _digests(weekday: Weekday | None, opens: date, approve_by: date, free: FreeDays) -> Iterator[datetime]:
    """One morning a week after the opening, until the report is to be approved."""
    if weekday is None:
        return
    day = opens + timedelta(days=(weekday.number - opens.weekday() - 1) % 7 + 1)
    while day <= approve_by:
        yield _morning(next_workday(day, free))
        day += timedelta(days=7)


def order_fault(found: Milestones) -> tuple[str, str] | None:
    """The first two milestones that come in the wrong order, (earlier, later) by name; None when right."""
    steps = found.in_order()
    for (name, at), (following, after) in pairwise(steps):
        if after < at:
            return name, following
    if any(not found.opens < reminder <= found.compile for reminder in found.reminders):
        return "opens", "reminders"
    if found.last_day is not None and not found.opens <= found.last_day <= found.due:
        return "last_day", "due"
    return None


def year_entries(
    wheel: Wheel, unit_code: str, year: int, free: FreeDays = swedish_free_days
) -> tuple[Entry, ...]:
    """Everything in a unit's wheel that touches `year`, in order of time: cycles, meetings, duties."""
    unit = wheel.units[unit_code]
    entries = [
        entry
        for kind, rules in unit.cycles.items()
        for of_year in (year - 1, year, year + 1)
        for month in rules.months or (0,)
        for entry in _cycle_entries(milestones(rules, kind, of_year, free, month))
        if entry.start.year <= year <= entry.end.year
    ]
    entries += [entry for duty in unit.duties for entry in occurrences(duty, year, free)]
    return tuple(sorted(entries, key=lambda entry: (entry.start, entry.end, entry.label)))


def _cycle_entries(found: Milestones) -> Iterator[Entry]:
    """A report as it stands in the wheel: asked for, put together, taken up at the workplaces."""
    of = f"{found.year}-{found.month:02}" if found.month else str(found.year)
    name = f"{found.kind} {of}"
    sent = found.distribute or found.approve_by
    for part, label, start, end in (
        ("underlag", "underlag", found.opens, found.due),
        ("rapport", "rapport och beslut", found.compile, found.approve_by),
        ("apt", "på APT", sent, found.apt_by),
        ("arkiv", "arkiveras", found.archive, found.archive),
    ):
        key = f"{found.kind}-{of}-{part}".lower()
        yield Entry(key, f"{name}: {label}", start.date(), end.date(), Ring.CYCLE)


class _Dates:
    """Resolves the rules of one report and year; each anchor once, circles refused."""

    def __init__(self, rules: CycleRules, year: int, free: FreeDays, month: int) -> None:
        if month:
            self.period_start = date(year, month, 1)
            self.period_end = date(year, month, monthrange(year, month)[1])
        else:
            self.period_start = date(year, *month_day(rules.period.start))
            self.period_end = date(year, *month_day(rules.period.end))
        self._year = year
        self._free = free
        self._rules = {f.name: getattr(rules, f.name) for f in fields(rules)}
        self._known: dict[str, date] = {"period_start": self.period_start, "period_end": self.period_end}
        self._asked: list[str] = []

    def of(self, anchor: str) -> date:
        """The day of a milestone or of an end of the period."""
        if anchor not in self._known:
            rule = self._rules[anchor]
            if rule is None:
                raise ValueError(f'något räknas från "{anchor}", som inte finns i den här rapportens regler')
            if anchor in self._asked:
                raise ValueError(f'"{self._asked[-1]}" och "{anchor}" räknas från varandra')
            self._asked.append(anchor)
            self._known[anchor] = self.by(rule)
            self._asked.remove(anchor)
        return self._known[anchor]

    def by(self, rule: Rule) -> date:
        """The working day that a rule gives."""
        if rule.day is not None:
            return next_workday(date(rule.year.of(self._year), *month_day(rule.day)), self._free)
        count = rule.workdays or 0
        if rule.before is not None:
            return add_workdays(self.of(rule.before), -count, self._free)
        return add_workdays(self.of(rule.after or Anchor.PERIOD_END), count, self._free)


def _morning(day: date) -> datetime:
    return datetime.combine(day, MORNING, STOCKHOLM)
