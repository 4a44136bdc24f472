"""Building a report: from a compiled cycle to blocks, part by part, in the order that the kind says.

What stands in it depends on nothing but its arguments: the same cycle gives the same blocks. The parts
have modules of their own; here is their order, the first page and the short parts. Pure.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from arshjul.compilation import Compiled
from arshjul.config.settings import Shown
from arshjul.cycle import CycleKey
from arshjul.cycle_data import SUMMARY
from arshjul.duties import Entry
from arshjul.plan import Kind
from arshjul.report.actions_part import actions_blocks
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
from arshjul.report.forecast_part import forecast_blocks
from arshjul.report.goal_part import GoalPart, goal_part, listed
from arshjul.report.indicator_tables import WITHHELD_NOTE, method_words
from arshjul.report.overview_part import overview_blocks
from arshjul.report.section_part import apt_blocks, section_blocks
from arshjul.report.wheel_figure import WheelEntry, draw_wheel
from arshjul.report_kinds import Part, PartName
from arshjul.wheel import local_day

MONTHS = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)


def build_report(compiled: Compiled, shown: Shown, wheel: Sequence[Entry], dated: date) -> Report:
    """The whole report. `wheel` are the year's entries; `dated` the date on its first page."""
    data = compiled.data
    goals = goal_part(compiled, shown)
    blocks: list[Block] = []
    for part in data.kind.parts:
        content = list(_part(part, compiled, goals, wheel))
        if content and not blocks:
            content = [*_correction(compiled), *content]
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
        brief=data.kind.brief,
    )


def _front(compiled: Compiled, dated: date) -> FrontPage:
    data = compiled.data
    possessive = data.unit.name if data.unit.name.endswith(("s", "x", "z")) else f"{data.unit.name}s"
    return FrontPage(
        title=f"{data.kind.title} {_of(data.key)}",
        subtitle=data.unit.name,
        organisation=(data.unit.administration, data.unit.department, data.unit.name),
        facts=(
            ("Diarienummer", data.registry_number),
            ("Datum", dated.isoformat()),
            ("Period", f"{data.milestones.period_start} – {data.milestones.period_end}"),
            ("Handläggare", data.handler),
            *((("Version", str(data.version)),) if data.version > 1 else ()),
        ),
        proposed_decision=_decision(data.key, possessive),
    )


def _of(key: CycleKey) -> str:
    """What the report is about, as it is said: "2026", "mars 2026"."""
    return f"{MONTHS[key.month - 1]} {key.year}" if key.month else str(key.year)


def _decision(key: CycleKey, possessive: str) -> str | None:
    match key.kind:
        case Kind.VP:
            return f"Planen fastställs och gäller för {possessive} arbete {key.year}."
        case Kind.MR:
            return None
        case _:
            return f"Rapporten godkänns och läggs till grund för {possessive} fortsatta arbete."


def _correction(compiled: Compiled) -> Iterator[Block]:
    """What a corrected version changes stands first of all."""
    data = compiled.data
    if data.changes:
        origin = Origin(OriginKind.MANAGER, f"version {data.version}")
        yield Paragraph(data.changes, Voice.NOTE, label=f"Rättat i version {data.version}", origin=origin)


def _part(part: Part, compiled: Compiled, goals: GoalPart, wheel: Sequence[Entry]) -> Iterator[Block]:
    match part.name:
        case PartName.SUMMARY:
            yield from _summary(compiled)
        case PartName.ABOUT:
            yield from _about(compiled)
        case PartName.OVERVIEW:
            yield from overview_blocks(compiled)
        case PartName.GOALS:
            yield from goals.blocks
        case PartName.SECTION:
            yield from section_blocks(compiled, part.section or "")
        case PartName.FORECAST:
            yield from forecast_blocks(compiled, part.section or "")
        case PartName.APT:
            yield from apt_blocks(compiled)
        case PartName.WHEEL:
            entries = [WheelEntry(e.label, e.start, e.end, e.ring.value) for e in wheel]
            yield draw_wheel(compiled.data.key.year, compiled.data.unit.name, entries)
        case PartName.ACTIONS:
            yield from actions_blocks(compiled)
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
    period = f"{data.milestones.period_start} – {data.milestones.period_end}"
    count = len(data.asked_subunits)
    parts = "en verksamhet" if count == 1 else f"{count} verksamheter"
    name = "Planen" if data.key.kind is Kind.VP else "Rapporten"
    own = f"{data.unit.name} består av {parts}. {name} bygger på deras egna svar för perioden {period}."
    yield Paragraph(own if count else f"{name} gäller perioden {period}.")
    if not data.expected:
        return
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
