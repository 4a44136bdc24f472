"""The parts of a report in the order that the kind says: which blocks each is made of.

A part without content is left out, and a chapter without parts. Called by `arshjul.report.building`, and by
`arshjul.report.city_fields` for what is entered into the city's own system. Pure.
"""

from collections.abc import Iterator, Sequence

from arshjul.compilation import Compiled
from arshjul.config.settings import Shown
from arshjul.cycle_data import SUMMARY
from arshjul.duties import Entry
from arshjul.report.about_part import about_blocks, method_blocks
from arshjul.report.actions_part import actions_blocks
from arshjul.report.blocks import Block, Origin, OriginKind, Paragraph, Voice
from arshjul.report.deviations_part import changes_blocks, indicators_blocks, off_plan_blocks
from arshjul.report.duties_part import duties_blocks
from arshjul.report.economy_part import economy_blocks
from arshjul.report.forecast_part import forecast_blocks
from arshjul.report.goal_part import GoalPart, goal_part
from arshjul.report.incidents_part import incidents_blocks
from arshjul.report.movements_part import movements_blocks
from arshjul.report.overview_part import overview_blocks
from arshjul.report.section_part import apt_blocks, section_blocks
from arshjul.report.series_part import series_blocks
from arshjul.report.units_part import units_blocks
from arshjul.report.wheel_figure import WheelEntry
from arshjul.report.wheel_part import wheel_blocks
from arshjul.report_kinds import Part, PartName, ReportKind


def contents(compiled: Compiled, shown: Shown, wheel: Sequence[Entry]) -> Iterator[tuple[Part, list[Block]]]:
    """Each part that has something to say, with its blocks; a chapter's own are none."""
    goals = goal_part(compiled, shown)
    chapter: Part | None = None
    for part in compiled.data.kind.parts:
        if part.name is PartName.CHAPTER:
            chapter = part
            continue
        if part.level == 1:
            chapter = None
        content = list(_blocks(part, compiled, goals, wheel))
        if content and chapter is not None:
            yield chapter, []
            chapter = None
        if content:
            yield part, content


def part_ids(kind: ReportKind) -> dict[Part, str]:
    """What links lead to: the id of each part's heading."""
    return {
        part: f"kapitel-{number}" if part.name is PartName.CHAPTER else f"del-{part.section or part.name}"
        for number, part in enumerate(kind.parts, start=1)
    }


def _blocks(part: Part, compiled: Compiled, goals: GoalPart, wheel: Sequence[Entry]) -> Iterator[Block]:
    section = part.section or ""
    match part.name:
        case PartName.SUMMARY:
            yield from _summary(compiled)
        case PartName.ABOUT:
            yield from about_blocks(compiled)
        case PartName.UNITS:
            yield from units_blocks(compiled)
        case PartName.OVERVIEW:
            yield from overview_blocks(compiled)
        case PartName.OFF_PLAN:
            yield from off_plan_blocks(compiled)
        case PartName.INDICATORS:
            yield from indicators_blocks(compiled)
        case PartName.CHANGES:
            yield from changes_blocks(compiled)
        case PartName.GOALS:
            yield from goals.blocks
        case PartName.SERIES:
            yield from series_blocks(compiled)
        case PartName.SECTION:
            yield from section_blocks(compiled, section)
        case PartName.FORECAST:
            yield from forecast_blocks(compiled, section)
        case PartName.ECONOMY:
            yield from economy_blocks(compiled, section)
        case PartName.INCIDENTS:
            yield from incidents_blocks(compiled)
        case PartName.MOVEMENTS:
            yield from movements_blocks(compiled)
        case PartName.APT:
            yield from apt_blocks(compiled)
        case PartName.WHEEL:
            entries = [WheelEntry(e.label, e.start, e.end, e.ring.value) for e in wheel]
            yield from wheel_blocks(compiled.data.key.year, compiled.data.unit.name, entries)
        case PartName.ACTIONS:
            yield from actions_blocks(compiled)
        case PartName.DUTIES:
            yield from duties_blocks(compiled, section, part.heading)
        case PartName.METHOD:
            yield from method_blocks(compiled)
        case PartName.APPENDIX:
            yield from goals.appendix
        case PartName.CHAPTER:
            return


def _summary(compiled: Compiled) -> Iterator[Block]:
    judged = compiled.data.judgements.get(SUMMARY)
    for text in (judged.synthesis if judged else "").split("\n"):
        if text.strip():
            yield Paragraph(text.strip(), Voice.UNIT, origin=Origin(OriginKind.MANAGER, SUMMARY))
