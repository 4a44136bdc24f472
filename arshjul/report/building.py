"""Building a report: from a compiled cycle to blocks, part by part, in the order that the kind says.

What stands in it depends on nothing but its arguments: the same cycle gives the same blocks. The parts
have modules of their own; here is their order, the first page and the short parts. Pure.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from arshjul.catalogue import Direction, Method, Sex
from arshjul.compilation import Compiled, IndicatorResult
from arshjul.config.settings import Shown
from arshjul.cycle_data import SUMMARY
from arshjul.duties import Entry
from arshjul.numbers import parse_quantity
from arshjul.report.blocks import (
    Block,
    Bullets,
    Cell,
    Column,
    FrontPage,
    Heading,
    Origin,
    OriginKind,
    PageBreak,
    Paragraph,
    Report,
    Table,
    Voice,
)
from arshjul.report.charts import Bar, Pair, Target, bars_against_target, pairs
from arshjul.report.goal_part import GoalPart, goal_part, listed
from arshjul.report.goals_figure import GoalStatus, goals_overview
from arshjul.report.indicator_tables import WITHHELD_NOTE, method_words
from arshjul.report.section_part import apt_blocks, section_blocks
from arshjul.report.wheel_figure import WheelEntry, draw_wheel
from arshjul.report_kinds import Part, PartName
from arshjul.wheel import local_day


def build_report(compiled: Compiled, shown: Shown, wheel: Sequence[Entry], dated: date) -> Report:
    """The whole report. `wheel` are the year's entries; `dated` the date on its first page."""
    data = compiled.data
    goals = goal_part(compiled, shown)
    blocks: list[Block] = []
    for part in data.kind.parts:
        content = list(_part(part, compiled, goals, wheel))
        if content:
            if part.name is PartName.APPENDIX:
                blocks.append(PageBreak())
            blocks += [Heading(1, part.heading, f"del-{part.section or part.name}"), *content]
    return Report(
        front=_front(compiled, dated),
        running_head=f"{data.unit.name}  ·  {data.registry_number}",
        dated=dated,
        language="sv",
        blocks=tuple(blocks),
    )


def _front(compiled: Compiled, dated: date) -> FrontPage:
    data = compiled.data
    return FrontPage(
        title=f"{data.kind.title} {data.key.year}",
        subtitle=data.unit.name,
        organisation=(data.unit.administration, data.unit.department, data.unit.name),
        facts=(
            ("Diarienummer", data.registry_number),
            ("Datum", dated.isoformat()),
            ("Period", f"{data.milestones.period_start} – {data.milestones.period_end}"),
            ("Handläggare", data.handler),
        ),
        proposed_decision=f"Rapporten godkänns och läggs till grund för {data.unit.name}s fortsatta arbete.",
    )


def _part(part: Part, compiled: Compiled, goals: GoalPart, wheel: Sequence[Entry]) -> Iterator[Block]:
    match part.name:
        case PartName.SUMMARY:
            yield from _summary(compiled)
        case PartName.ABOUT:
            yield from _about(compiled)
        case PartName.OVERVIEW:
            yield from _overview(compiled)
        case PartName.GOALS:
            yield from goals.blocks
        case PartName.SECTION:
            yield from section_blocks(compiled, part.section or "")
        case PartName.APT:
            yield from apt_blocks(compiled)
        case PartName.WHEEL:
            entries = [WheelEntry(e.label, e.start, e.end, e.ring.value) for e in wheel]
            yield draw_wheel(compiled.data.key.year, compiled.data.unit.name, entries)
        case PartName.METHOD:
            yield from _method(compiled)
        case PartName.APPENDIX:
            yield from goals.appendix


def _summary(compiled: Compiled) -> Iterator[Block]:
    judged = compiled.data.judgements.get(SUMMARY)
    for text in (judged.synthesis if judged else "").split("\n"):
        if text.strip():
            yield Paragraph(text.strip(), Voice.UNIT, origin=Origin(OriginKind.MANAGER, SUMMARY))


def _about(compiled: Compiled) -> Iterator[Block]:
    data = compiled.data
    count = len(data.unit.subunits)
    yield Paragraph(
        f"{data.unit.name} består av {count} verksamheter. Rapporten bygger på deras egna svar för perioden "
        f"{data.milestones.period_start} – {data.milestones.period_end}."
    )
    rows = []
    for scope in data.expected:
        counted = data.submissions.get(scope)
        words = (
            f"{local_day(counted.received_at)}, version {counted.version}"
            if counted
            else "Inga uppgifter lämnade"
        )
        origin = Origin(OriginKind.SUBMISSION, counted.ref) if counted else None
        rows.append((Cell(data.scope_name(scope)), Cell(words, origin)))
    yield Table(
        "Svar som rapporten bygger på",
        (Column("Verksamhet eller avsnitt", width=2), Column("Svar")),
        tuple(rows),
    )


def _overview(compiled: Compiled) -> Iterator[Block]:
    decided = [
        GoalStatus(r.goal.level, r.goal.title, r.decided, r.goal.number)
        for r in compiled.goals.values()
        if r.decided is not None
    ]
    if decided:
        yield goals_overview("Måluppfyllelse", decided)
    by_sex = [
        r
        for r in compiled.indicators.values()
        if _shown(r, Sex.WOMEN) is not None and _shown(r, Sex.MEN) is not None and r.measure.unit == "%"
    ]
    if by_sex:
        decimals = max(r.measure.decimals for r in by_sex)
        values = [Pair(r.indicator.name, _shown(r, Sex.WOMEN), _shown(r, Sex.MEN)) for r in by_sex]
        yield pairs("Resultat för kvinnor och män", values, ("Kvinnor", "Män"), "%", decimals=decimals)
    for result in _best_for_bars(compiled):
        target = parse_quantity(result.indicator.target or "")
        assert target is not None
        low_is_good = result.measure.direction in (Direction.AT_MOST, Direction.DECREASE)
        bars = [
            Bar(compiled.data.scope_name(p.scope), None if not p.figures else p.figures[Sex.TOTAL].number)
            for p in result.parts
        ]
        if result.measure.method is not Method.SUM and result.number is not None:
            bars.append(Bar("Hela enheten", result.number, total=True))
        yield bars_against_target(
            f"{result.indicator.name} per verksamhet",
            bars,
            result.measure.unit,
            Target("Årsmål", target.number, low_is_good) if result.measure.method is not Method.SUM else None,
            result.measure.decimals,
        )


def _shown(result: IndicatorResult, sex: Sex) -> Decimal | None:
    figure = result.figures.get(sex)
    return None if figure is None or figure.withheld else figure.number


def _best_for_bars(compiled: Compiled) -> list[IndicatorResult]:
    """The first indicator that is not about people and has values of most sub-units and a target."""
    fit = [
        r
        for r in compiled.indicators.values()
        if not r.measure.people and r.groups >= 3 and parse_quantity(r.indicator.target or "") is not None
    ]
    fit.sort(key=lambda r: (r.measure.method is Method.SUM, -r.groups))
    return fit[:1]


def _method(compiled: Compiled) -> Iterator[Block]:
    data = compiled.data
    items = [
        f"{r.indicator.name}: {method_words(r)[0].lower()}{method_words(r)[1:]}."
        for r in compiled.indicators.values()
        if r.groups
    ]
    later = [r.indicator.name for r in compiled.indicators.values() if not r.asked]
    if later:
        items.append(f"Följs upp i en annan rapport under året: {'; '.join(later)}.")
    if data.missing:
        names = listed([data.scope_name(scope) for scope in data.missing])
        items.append(f"{names} har inte lämnat några uppgifter och ingår inte i enhetens värden.")
    items.append(WITHHELD_NOTE)
    items.append("Värden avrundas i sista ledet; en halv avrundas uppåt.")
    yield Bullets(tuple(items))
