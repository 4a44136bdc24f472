"""The milestones of a report: what dates its rules give in a year.

Whatever a rule gives is pushed to a working day and off the slow weeks, 08:00 in Stockholm. The rules are
in `arshjul.wheel_rules`. Called by cycles, letters and schedules, mostly through `arshjul.wheel`. Pure.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise

from arshjul.organisation import Role
from arshjul.plan import Kind
from arshjul.slow_weeks import month_day
from arshjul.swedish_dates import STOCKHOLM
from arshjul.wheel_rules import Anchor, CycleRules, Extra, Rule
from arshjul.workdays import FreeDays, add_workdays, next_workday, swedish_free_days

MORNING = time(8)
_MEETING_WITHIN = timedelta(days=60)  # of the period's end; a later meeting is about something else


def local_day(at: datetime) -> date:
    """The day in Stockholm at an aware time."""
    return at.astimezone(STOCKHOLM).date()


def morning(day: date) -> datetime:
    """Eight o'clock in Stockholm on `day`, when what has a day of its own is done."""
    return datetime.combine(day, MORNING, STOCKHOLM)


@dataclass(frozen=True, slots=True)
class ExtraMilestone:
    """One of a report's own milestones, `until` a later time where it is a span."""

    name: str
    label: str
    at: datetime
    until: datetime | None
    who: tuple[Role, ...]
    letter: bool
    note: str = ""
    lead_days: int = 0


@dataclass(frozen=True, slots=True)
class Milestones:
    """The dates of one report. Times are aware; the whole of the `due` day counts as in time.

    A report without workplace meetings has as `apt_by` the day on which it goes out.
    """

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
    figures_from: datetime | None = None  # texts from `opens`, figures from here; None: both from `opens`
    figures_locked: datetime | None = None  # from here a figure is changed by a correction only
    board_meeting: date | None = None  # the one that the report goes to, where it is known and counted from
    extra: tuple[ExtraMilestone, ...] = ()
    on_apt: bool = True  # whether it is taken up at the workplace meetings

    @property
    def late_from(self) -> datetime:
        """From when an answer is late: the midnight after the due day."""
        return datetime.combine(self.due.date() + timedelta(days=1), time(0), STOCKHOLM)

    def figures_open(self, at: datetime) -> bool:
        """Whether figures may be given at an aware time: they exist, and are not locked."""
        first = self.figures_from or self.opens
        return first <= at and (self.figures_locked is None or at < self.figures_locked)

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


@lru_cache(maxsize=1024)  # the wheel is drawn and asked over and over, by rules that seldom change
def milestones(
    rules: CycleRules, kind: Kind, year: int, free: FreeDays = swedish_free_days, month: int = 0
) -> Milestones:
    """The dates of the report `kind` of `year` (and `month`, of a monthly report) by `rules`.

    ValueError, with a Swedish sentence, where two rules count from each other.
    """
    dates = _Dates(rules, kind, year, free, month)

    def perhaps(name: Anchor, rule: Rule | None) -> datetime | None:
        return morning(dates.of(name)) if rule is not None else None

    sent = Anchor.DISTRIBUTE if rules.distribute else Anchor.APPROVE_BY
    return Milestones(
        kind=kind,
        year=year,
        month=month,
        period_start=dates.period_start,
        period_end=dates.period_end,
        as_of=dates.period_start if kind is Kind.VP else dates.period_end,
        opens=morning(dates.of("opens")),
        reminders=tuple(sorted({morning(dates.by(rule, "reminders")) for rule in rules.reminders})),
        last_day=perhaps(Anchor.LAST_DAY, rules.last_day),
        due=morning(dates.of("due")),
        escalation=morning(dates.of("escalation")),
        compile=morning(dates.of("compile")),
        approve_by=morning(dates.of("approve_by")),
        distribute=perhaps(Anchor.DISTRIBUTE, rules.distribute),
        apt_by=morning(dates.of(Anchor.APT_BY if rules.apt_by else sent)),
        archive=morning(dates.of("archive")),
        digests=tuple(_digests(rules, dates.of("opens"), dates.of("approve_by"), free)),
        on_apt=rules.apt_by is not None,
        figures_from=perhaps(Anchor.FIGURES_FROM, rules.figures_from),
        figures_locked=perhaps(Anchor.FIGURES_LOCKED, rules.figures_locked),
        board_meeting=dates.board_meeting,
        extra=tuple(sorted((_extra(extra, dates) for extra in rules.extra), key=lambda e: (e.at, e.name))),
    )


def _extra(extra: Extra, dates: "_Dates") -> ExtraMilestone:
    at = dates.of(extra.name)
    until = max(at, dates.by(extra.until, extra.name)) if extra.until is not None else None
    return ExtraMilestone(
        extra.name,
        extra.label,
        morning(at),
        morning(until) if until is not None else None,
        extra.who,
        extra.letter,
        extra.note,
        extra.lead_days,
    )


def _digests(rules: CycleRules, opens: date, approve_by: date, free: FreeDays) -> Iterator[datetime]:
    """One morning a week after the opening, and that of the day of approval; slow weeks share one."""
    weekday = rules.digest
    if weekday is None:
        return
    day = opens + timedelta(days=(weekday.number - opens.weekday() - 1) % 7 + 1)
    mornings = {next_workday(approve_by, free)}
    while day <= approve_by:
        mornings.add(rules.quiet.place(day, free, "digest"))
        day += timedelta(days=7)
    yield from (morning(day) for day in sorted(mornings) if opens < day <= next_workday(approve_by, free))


def order_fault(found: Milestones) -> tuple[str, str] | None:
    """The first two milestones that come in the wrong order, (earlier, later) by name; None when right."""
    steps = found.in_order()
    for (name, at), (following, after) in pairwise(steps):
        if after < at:
            return name, following
    if any(reminder <= found.opens for reminder in found.reminders):
        return "opens", "reminders"
    if any(reminder > found.compile for reminder in found.reminders):
        return "reminders", "compile"
    if found.last_day is not None and not found.opens <= found.last_day <= found.due:
        return "last_day", "due"
    first = found.figures_from
    if first is not None and not found.opens <= first <= found.due:
        return ("opens", "figures_from") if first < found.opens else ("figures_from", "due")
    locked = found.figures_locked
    if locked is not None and not found.due <= locked <= found.approve_by:
        return ("due", "figures_locked") if locked < found.due else ("figures_locked", "approve_by")
    return None


class _Dates:
    """Resolves the rules of one report and year; each anchor once, circles refused."""

    def __init__(self, rules: CycleRules, kind: Kind, year: int, free: FreeDays, month: int) -> None:
        if month:
            self.period_start = date(year, month, 1)
            self.period_end = date(year, month, monthrange(year, month)[1])
        else:
            self.period_start = date(year, *month_day(rules.period.start))
            self.period_end = date(year, *month_day(rules.period.end))
        self._year = year
        self._free = free
        self._quiet = rules.quiet
        self._rules = dict(rules.rules())
        about = self.period_start if kind is Kind.VP else self.period_end
        later = (day for day in rules.board_meetings or () if about < day <= about + _MEETING_WITHIN)
        meeting = min(later, default=None)
        counted = any(rule.anchor == Anchor.BOARD_MEETING for rule in self._rules.values())
        self.board_meeting = meeting if counted else None
        self._known: dict[str, date] = {"period_start": self.period_start, "period_end": self.period_end}
        self._asked: list[str] = []

    def of(self, anchor: str) -> date:
        """The day of a milestone or of an end of the period."""
        if anchor not in self._known:
            rule = self._rules.get(anchor)
            if rule is None:
                raise ValueError(f'något räknas från "{anchor}", som inte finns i den här rapportens regler')
            if anchor in self._asked:
                raise ValueError(f'"{self._asked[-1]}" och "{anchor}" räknas från varandra')
            self._asked.append(anchor)
            self._known[anchor] = self.by(rule, anchor)
            self._asked.remove(anchor)
        return self._known[anchor]

    def by(self, rule: Rule, name: str) -> date:
        """The working day that a rule gives `name`, moved out of the slow weeks."""
        return self._quiet.place(self._meant(rule), self._free, name)

    def _meant(self, rule: Rule) -> date:
        count = (rule.workdays or 0) * (-1 if rule.before is not None else 1)
        if rule.anchor == Anchor.BOARD_MEETING and self.board_meeting is not None:
            return add_workdays(self.board_meeting, count, self._free)
        if rule.day is not None:
            return next_workday(date(rule.year.of(self._year), *month_day(rule.day)), self._free)
        return add_workdays(self.of(rule.anchor or Anchor.PERIOD_END), count, self._free)
