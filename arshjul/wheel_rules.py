"""The rules of the wheel (årshjul), as a unit writes them in `config/wheel.yaml`.

A rule is a fixed day or so many working days before or after something else. What days the rules give in a
year is in `arshjul.milestones`; the recurring duties are in `arshjul.duties`. Read by `arshjul.config`. Pure.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import TypeVar

from arshjul.duties import Duty, Weekday
from arshjul.organisation import Role
from arshjul.plan import Kind
from arshjul.slow_weeks import Move, Quiet, SlowWeeks, month_day

_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")


class Anchor(StrEnum):
    """What a rule can count from, besides the extra milestones that a report has of its own."""

    PERIOD_START = "period_start"
    PERIOD_END = "period_end"
    BOARD_MEETING = "board_meeting"
    OPENS = "opens"
    FIGURES_FROM = "figures_from"
    FIGURES_LOCKED = "figures_locked"
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
    """When something is: a fixed `day` ("09-25") in a year, or `workdays` before or after an anchor.

    Counted from the board's meeting it has a `day` as well, for years whose meetings are not settled yet.
    """

    day: str | None = None
    year: Year = Year.THIS
    workdays: int | None = None
    before: str | None = None
    after: str | None = None

    def __post_init__(self) -> None:
        counted = self.workdays is not None and (self.before is None) != (self.after is None)
        fixed = self.workdays is None and self.before is None and self.after is None
        by_meeting = counted and self.anchor == Anchor.BOARD_MEETING
        if not (counted or fixed) or ((self.day is None) != counted and not by_meeting):
            raise ValueError(
                'skriv antingen "day: 09-25" eller "workdays: 9, after: period_end" (eller before)'
            )
        if by_meeting and self.day is None:
            raise ValueError(
                'det som räknas från board_meeting behöver också "day: 05-25", som gäller till dess att '
                "nämndens dagar är kända"
            )
        if self.day is not None:
            month_day(self.day)
        if self.workdays is not None and not 0 <= self.workdays <= 250:
            raise ValueError("workdays ska vara 0 till 250; riktningen sägs med before eller after")

    @property
    def anchor(self) -> str | None:
        """What it counts from; None for a fixed day."""
        return self.before if self.before is not None else self.after


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
class Extra:
    """A milestone that one report has of its own ("vp_group"), by a rule, perhaps `until` another.

    Others may count from its `name`. It stands in the wheel under `label`, with who sees to it; with
    `letter` they are told of it by letter, `lead_days` working days before its first day.
    """

    name: str
    label: str
    when: Rule
    until: Rule | None = None
    who: tuple[Role, ...] = (Role.MANAGER,)
    letter: bool = False
    lead_days: int = 0
    note: str = ""

    def __post_init__(self) -> None:
        if not _NAME.match(self.name):
            raise ValueError(f'name "{self.name}": skriv små bokstäver a-z, siffror och understreck')
        if not self.label.strip():
            raise ValueError("label är tom; skriv det som ska stå i årshjulet och i breven")
        if not 0 <= self.lead_days <= 60:
            raise ValueError("lead_days ska vara 0 till 60 arbetsdagar")
        if self.lead_days and not self.letter:
            raise ValueError("lead_days säger när brevet går; skriv också letter: true")
        if self.name in list(Anchor):
            raise ValueError(f'"{self.name}" är redan en av rapportens hållpunkter; välj ett annat namn')


@dataclass(frozen=True, slots=True)
class CycleRules:
    """The rules of one kind of report. Without `distribute` the report goes out when it is approved.

    Texts are open from `opens`; figures from `figures_from`, when they exist, until `figures_locked`.
    Without `apt_by` the report is taken up at no workplace meeting. What is None of the last three is as
    the unit has it.
    """

    period: Period
    opens: Rule
    due: Rule
    escalation: Rule
    compile: Rule
    approve_by: Rule
    archive: Rule
    apt_by: Rule | None = None
    reminders: tuple[Rule, ...] = ()
    last_day: Rule | None = None
    figures_from: Rule | None = None
    figures_locked: Rule | None = None
    distribute: Rule | None = None
    digest: Weekday | None = None  # the day of the week on which the managers are told how it stands
    months: tuple[int, ...] = ()  # a monthly report has one cycle for each of these months
    extra: tuple[Extra, ...] = ()
    slow_weeks: tuple[SlowWeeks, ...] | None = None
    squeeze_days: Move | None = None
    board_meetings: tuple[date, ...] | None = None

    def __post_init__(self) -> None:
        if any(not 1 <= month <= 12 for month in self.months) or len(set(self.months)) != len(self.months):
            raise ValueError("months ska vara månader, 1 till 12, var och en en gång")
        names = [extra.name for extra in self.extra]
        if len(set(names)) != len(names):
            raise ValueError("två hållpunkter under extra har samma namn")

    def rules(self) -> Iterator[tuple[str, Rule]]:
        """Every rule that others may count from, with its name."""
        for name in Anchor:
            rule = getattr(self, name, None)
            if isinstance(rule, Rule):
                yield name.value, rule
        for extra in self.extra:
            yield extra.name, extra.when

    @property
    def quiet(self) -> Quiet:
        """What the report's milestones keep off."""
        return Quiet(self.slow_weeks or (), self.squeeze_days)


@dataclass(frozen=True, slots=True)
class UnitWheel:
    """One unit's year: the rules of each report and the recurring duties.

    What is None is as the installation has it; `cycle` gives a report's rules with it filled in.
    """

    cycles: Mapping[Kind, CycleRules]
    duties: tuple[Duty, ...] = ()
    slow_weeks: tuple[SlowWeeks, ...] | None = None
    squeeze_days: Move | None = None
    board_meetings: tuple[date, ...] | None = None

    @property
    def quiet(self) -> Quiet:
        """What the unit's duties keep off."""
        return Quiet(self.slow_weeks or (), self.squeeze_days)


@dataclass(frozen=True, slots=True)
class Wheel:
    """The wheels of all units, by unit code, and what holds for those that say nothing else.

    `every_unit` is the year of the units that have none of their own, or lack a report in it;
    `departments` that of those that compile others' reports.
    """

    units: Mapping[str, UnitWheel] = field(default_factory=dict)
    every_unit: UnitWheel | None = None
    departments: UnitWheel | None = None
    slow_weeks: tuple[SlowWeeks, ...] = ()
    squeeze_days: Move | None = None
    board_meetings: tuple[date, ...] = ()

    def rules(self, unit_code: str, kind: Kind) -> CycleRules | None:
        """The rules of a report, None where the unit's wheel has no such report."""
        unit = self.units.get(unit_code)
        return unit.cycles.get(kind) if unit else None

    def filled(self, codes: Iterable[str] = (), departments: Iterable[str] = ()) -> "Wheel":
        """The wheel with what units and reports leave out filled in, from outside inwards.

        `codes` are all units, `departments` those of them that compile others' reports. Units without a
        wheel of their own share one, the same object.
        """
        shared = _with_reports(self.every_unit, self) if self.every_unit else None
        above = _with_reports(self.departments, self) if self.departments else None
        compiling = set(departments)
        units = {code: _with_reports(unit, self) for code, unit in self.units.items()}
        for code in codes:
            common = above if code in compiling else shared
            own = units.get(code)
            if own is not None and common is not None:
                duties = own.duties or common.duties
                units[code] = replace(own, cycles={**common.cycles, **own.cycles}, duties=duties)
            elif common is not None:
                units[code] = common
        return replace(self, units=units, every_unit=shared, departments=above)


_Part = TypeVar("_Part", UnitWheel, CycleRules)


def _with_reports(unit: UnitWheel, outer: Wheel) -> UnitWheel:
    whole = _filled(unit, outer)
    return replace(whole, cycles={kind: _filled(rules, whole) for kind, rules in unit.cycles.items()})


def _filled(part: _Part, outer: Wheel | UnitWheel) -> _Part:
    names = ("slow_weeks", "squeeze_days", "board_meetings")
    return replace(part, **{n: getattr(outer, n) for n in names if getattr(part, n) is None})
