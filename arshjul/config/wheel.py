"""`wheel.yaml`: the year of each unit, checked against itself and against the organisation.

What a duty's result is taken up in is held against the reports. The file's shape is that of
`arshjul.wheel_rules.Wheel`. Every fault has its line. Called by
`arshjul.config.installation`.
"""

from collections.abc import Iterable, Iterator, Mapping

from arshjul.config.records import Source
from arshjul.errors import BadInput
from arshjul.milestones import milestones, order_fault
from arshjul.organisation import Organisation
from arshjul.plan import Kind
from arshjul.report_kinds import ReportKind
from arshjul.slow_weeks import SlowWeeks
from arshjul.wheel_rules import Anchor, CycleRules, UnitWheel, Wheel
from arshjul.workdays import no_free_days, swedish_free_days

_CHECKED_YEAR = 2026  # any year shows whether rules come in order; holidays move all dates alike

Path = tuple[str | int, ...]


def read_wheel(source: Source, organisation: Organisation, kinds: Mapping[Kind, ReportKind]) -> Wheel:
    """The wheel in the file, with what units leave out filled in from what holds for all."""
    written = source.read(Wheel)
    known = {unit.code: None for unit in organisation.units}
    wheel = written.filled(known, [unit.code for unit in organisation.units if unit.compiles])
    for code in wheel.units:
        if code not in known:
            raise BadInput(f'enheten "{code}" finns inte i organisation.yaml', source.where("units", code))
    for unit in organisation.units:
        if unit.code not in wheel.units:
            raise BadInput(f"enheten {unit.code} har inget årshjul", source.where("units"))
    _check_slow_weeks(source, (), wheel.slow_weeks)
    _check_allowed(source, (), wheel.slow_weeks, wheel.units.values())
    shared = {"every_unit": wheel.every_unit, "departments": wheel.departments}
    places: list[tuple[Path, UnitWheel]] = [((key,), found) for key, found in shared.items() if found]
    places += [(("units", code), wheel.units[code]) for code in written.units]
    for path, unit_wheel in places:
        for kind, rules in unit_wheel.cycles.items():
            if path[0] != "units" or kind in written.units[str(path[1])].cycles:
                _check_cycle(source, (*path, "cycles", str(kind)), kind, rules)
        if unit_wheel.slow_weeks != wheel.slow_weeks:
            _check_slow_weeks(source, path, unit_wheel.slow_weeks or ())
            _check_allowed(source, path, unit_wheel.slow_weeks or (), [unit_wheel])
        _check_duties(source, path, unit_wheel, organisation, kinds)
    return wheel


def _check_cycle(source: Source, path: Path, kind: Kind, rules: CycleRules) -> None:
    if (kind is Kind.MR) != bool(rules.months):
        sentence = (
            "en månadsrapport behöver months: de månader den görs för"
            if kind is Kind.MR
            else "months hör bara till månadsrapporten, MR"
        )
        raise BadInput(sentence, source.where(*path, "months"))
    _refuse_unknown_anchors(source, path, rules)
    years = {_CHECKED_YEAR, *(day.year for day in rules.board_meetings or ())}
    for year, month in ((year, month) for year in sorted(years) for month in rules.months or (0,)):
        free = no_free_days if year == _CHECKED_YEAR else swedish_free_days
        try:
            fault = order_fault(milestones(rules, kind, year, free, month))
        except ValueError as error:
            raise BadInput(str(error), source.where(*path)) from None
        if fault is not None:
            earlier, later = fault
            about = f" för {year}" if year != _CHECKED_YEAR else ""
            raise BadInput(f'"{later}" kommer före "{earlier}"{about}', source.where(*path, later))


def _refuse_unknown_anchors(source: Source, path: Path, rules: CycleRules) -> None:
    known = {Anchor.PERIOD_START, Anchor.PERIOD_END, Anchor.BOARD_MEETING, *(n for n, _ in rules.rules())}
    for place, anchor, key in _counted(rules):
        if anchor not in known:
            sentence = f'"{anchor}" finns inte bland rapportens hållpunkter; räkna från något av '
            raise BadInput(sentence + ", ".join(sorted(known)), source.where(*path, *place, key))


def _counted(rules: CycleRules) -> Iterator[tuple[Path, str, str]]:
    """Where each counted rule of a report stands, what it counts from, and under which key."""
    places: list[tuple[Path, object]] = [((name.value,), getattr(rules, name, None)) for name in Anchor]
    places += [(("reminders", n), rule) for n, rule in enumerate(rules.reminders)]
    for number, extra in enumerate(rules.extra):
        places += [(("extra", number, "when"), extra.when), (("extra", number, "until"), extra.until)]
    for place, rule in places:
        for key in ("before", "after"):
            anchor = getattr(rule, key, None)
            if anchor is not None:
                yield place, anchor, key


def _check_slow_weeks(source: Source, path: Path, listed: tuple[SlowWeeks, ...]) -> None:
    """Two that meet and move things apart would put the later before the earlier."""
    for index, weeks in enumerate(listed):
        for other in listed[:index]:
            meets = any(weeks.touches(other, year) for year in (_CHECKED_YEAR, _CHECKED_YEAR + 1))
            if meets and weeks.moves is not other.moves:
                sentence = f'"{weeks.name}" och "{other.name}" möts men flyttar åt olika håll'
                raise BadInput(sentence, source.where(*path, "slow_weeks", index))


def _check_allowed(
    source: Source, path: Path, listed: tuple[SlowWeeks, ...], units: Iterable[UnitWheel]
) -> None:
    """What slow weeks let through is something that there is: a slip of the pen would let nothing through."""
    known: set[str] = {*Anchor, "reminders", "digest"}
    for unit in units:
        known.update(duty.id for duty in unit.duties)
        known.update(extra.name for rules in unit.cycles.values() for extra in rules.extra)
    for index, weeks in enumerate(listed):
        for place, name in enumerate(weeks.allows):
            if name not in known:
                sentence = f'"{name}" är varken en hållpunkt i någon rapport eller en uppgifts id'
                raise BadInput(sentence, source.where(*path, "slow_weeks", index, "allows", place))


def _check_duties(
    source: Source,
    above: Path,
    wheel: UnitWheel,
    organisation: Organisation,
    kinds: Mapping[Kind, ReportKind],
) -> None:
    people = {person.id for person in organisation.people}
    seen: set[str] = set()
    for index, duty in enumerate(wheel.duties):
        path = (*above, "duties", index)
        if duty.id in seen:
            raise BadInput(f'id "{duty.id}" står två gånger', source.where(*path, "id"))
        seen.add(duty.id)
        for place, person in enumerate(duty.people):
            if person not in people:
                sentence = f'personen "{person}" finns inte i organisation.yaml'
                raise BadInput(sentence, source.where(*path, "people", place))
        for place, kind in enumerate(duty.report_into):
            if kind not in wheel.cycles:
                sentence = f"enheten har ingen rapport {kind}"
                raise BadInput(sentence, source.where(*path, "report_into", place))
            if kind in kinds and not kinds[kind].shows_duties(duty.section):
                sentence = (
                    f'{kind} har ingen del för avsnittet "{duty.section}"; lägg till name: duties, section: '
                    f"{duty.section} bland dess parts i report_kinds.yaml"
                )
                raise BadInput(sentence, source.where(*path, "section"))
