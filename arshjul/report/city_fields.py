"""What is entered into the city's own system, field by field in its order, out of the report's own words.

Names and order are data (`city_system` and `city_parts` in report_kinds.yaml). A part of the report becomes
plain text, a table in it rows with tabs between the cells. Called where a draft is made; pure.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from arshjul.catalogue import Sex
from arshjul.compilation import ActivityResult, Compiled, GoalResult, IndicatorResult
from arshjul.plan import ATTAINMENT_SWEDISH, Goal
from arshjul.report.blocks import Block, Bullets, FrontPage, Heading, Paragraph, Report, Status, Table
from arshjul.report.goal_part import shows_status
from arshjul.report.indicator_tables import NO, YES, printed_value
from arshjul.report.printable import lead_in
from arshjul.report_kinds import GOALS

EMPTY = "Lämnas tomt."
FOR_ENTERING = "Att föra in i stadens eget system, fält för fält i den här ordningen"
_SEXES = {"outcome": Sex.TOTAL, "women": Sex.WOMEN, "men": Sex.MEN}


@dataclass(frozen=True, slots=True)
class CityField:
    """One field: `group` is the goal, indicator or activity that it stands under, empty for a part's own."""

    id: str
    group: str
    name: str
    text: str


def city_fields(compiled: Compiled, report: Report) -> tuple[CityField, ...]:
    """Every field of the kind, also those that are left empty; none where the kind has none."""
    found: list[CityField] = []
    for part in compiled.data.kind.city_parts:
        if part.part == GOALS:
            for goal in compiled.data.plan.goals:
                found += _goal(compiled, goal)
        else:
            text = plain_text(_under(report, f"del-{part.part}"))
            found.append(CityField(part.part, "", part.name or part.part, text))
    return tuple(found)


def _goal(compiled: Compiled, goal: Goal) -> Iterator[CityField]:
    city = compiled.data.kind.city
    title = f"{goal.number} {goal.title}" if goal.number else goal.title
    result = compiled.goals.get(goal.id)
    if result:
        for key, name in city.goal.items():
            yield CityField(f"{goal.id}.{key}", title, name, _of_goal(compiled, result, key))
    for indicator in goal.indicators:
        measured = compiled.indicators[indicator.id]
        if measured.asked and compiled.data.kind.asks_indicators:
            for key, name in city.indicator.items():
                text = _of_indicator(compiled, measured, key)
                yield CityField(f"{indicator.id}.{key}", indicator.name, name, text)
    for activity in goal.activities if compiled.data.kind.asks_activities else ():
        for key, name in city.activity.items():
            text = _of_activity(compiled, compiled.activities[activity.id], key)
            yield CityField(f"{activity.id}.{key}", activity.title, name, text)
    for below in goal.goals:
        yield from _goal(compiled, below)


def _of_goal(compiled: Compiled, result: GoalResult, key: str) -> str:
    match key:
        case "status":
            shown = result.decided is not None and shows_status(compiled, result)
            return ATTAINMENT_SWEDISH[result.decided] if shown and result.decided else ""
        case "analysis":
            return result.synthesis.strip()
        case "subunits":
            told = [
                f"{compiled.data.scope_name(text.scope)}: {text.text}"
                for text in result.texts
                if text.applicable and text.text
            ]
            planned = [
                f"{compiled.data.scope_name(one.scope)}: {' '.join(one.answers.values())}"
                for one in result.planned
            ]
            return "\n".join([*told, *planned])
        case _:
            return result.goal.sections.get(key, "")


def _of_indicator(compiled: Compiled, result: IndicatorResult, key: str) -> str:
    if key in _SEXES:
        sex = _SEXES[key]
        return printed_value(result, sex) if sex is Sex.TOTAL or sex in result.figures else ""
    if key == "target":
        return result.target or ""
    comments = [part for part in result.parts if part.comment]
    return "\n".join(f"{compiled.data.scope_name(part.scope)}: {part.comment}" for part in comments)


def _of_activity(compiled: Compiled, result: ActivityResult, key: str) -> str:
    if key == "deviation":
        return "" if result.deviation is None else YES if result.deviation else NO
    said = [part for part in result.parts if part.comment and (part.deviation or result.deviation is None)]
    return "\n".join(f"{compiled.data.scope_name(part.scope)}: {part.comment}" for part in said)


def _under(report: Report, heading: str) -> Iterator[Block]:
    """The blocks of the part with that heading."""
    level = 0
    for block in report.blocks:
        if isinstance(block, Heading):
            if level and block.level <= level:
                return
            if block.id == heading:
                level = block.level
                continue
        if level:
            yield block


def plain_text(blocks: Iterator[Block]) -> str:
    """Blocks as text to paste; a figure has none, what it shows stands in its table."""
    lines: list[str] = []
    for block in blocks:
        match block:
            case Paragraph():
                lines.append(f"{lead_in(block.label)} {block.text}" if block.label else block.text)
            case Status() | Heading():
                lines.append(block.text)
            case Bullets():
                lines += [f"– {item}" for item in block.items]
            case Table():
                lines.append(block.caption)
                lines.append("\t".join(column.title for column in block.columns))
                lines += ["\t".join(cell.text.replace("\n", " ") for cell in row) for row in block.rows]
                lines += [block.note] if block.note else []
            case _:
                continue
    return "\n".join(lines)


def city_report(front: FrontPage, dated: date, fields: Sequence[CityField]) -> Report:
    """The package as a document: one field after the other, to be read beside the system's own form."""
    blocks: list[Block] = []
    group: str | None = None
    for number, field in enumerate(fields, start=1):
        if field.group != group:
            group = field.group
            if group:
                blocks.append(Heading(1, group, f"grupp-{number}"))
        blocks.append(Heading(2 if group else 1, f"{number}. {field.name}", f"falt-{number}"))
        blocks.append(Paragraph(field.text or EMPTY))
    head = f"{front.subtitle}  ·  {front.title}"
    # No list of contents: there are as many headings as fields, and they are taken one after the other.
    first = replace(front, subtitle=f"{front.subtitle}\n{FOR_ENTERING}", proposed_decision=None)
    return Report(first, head, dated, "sv", tuple(blocks), brief=True)
