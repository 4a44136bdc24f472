"""Reading a plan or report: from lines to the chain of goals with all its parts, losing nothing.

The steps stand in `read`: page furniture, contents, the outline of goals, the body of each goal, the
matter around, and which document it is. Called through `arshjul.plan_reader`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

from arshjul.errors import BadInput, NotAPlan
from arshjul.plan import Activity, Goal, Indicator, Level, Plan, PlanWarning
from arshjul.plan_reader.contents import without_contents
from arshjul.plan_reader.furniture import without_furniture
from arshjul.plan_reader.goal_body import read_goal_body
from arshjul.plan_reader.goal_headings import GoalHeading, goal_heading
from arshjul.plan_reader.headings import is_back_start, is_matter_heading, section_key, whole_headings
from arshjul.plan_reader.identity import identify
from arshjul.plan_reader.lines import Flow, Line, single_spaced, without_spaces
from arshjul.plan_reader.matter import HeadedText, as_mapping, read_matter, without_repeated_heads
from arshjul.plan_reader.paragraphs import text_of
from arshjul.plan_reader.reading import Noted, Reading
from arshjul.plan_reader.rows import Row
from arshjul.plan_reader.table_head import UNKNOWN
from arshjul.plan_reader.tables import Manner, TableRow
from arshjul.plan_reader.words import ReaderWords

_MOST_LETTERS = 1_000_000  # some 400 pages
MOST_LINES = 20_000
TOO_LONG = "Dokumentet är för långt för en plan eller rapport. Läs in en del i taget."
_DEPTH = {Level.DIRECTION: 0, Level.COUNCIL: 1, Level.BOARD: 2, Level.UNIT: 3}


@dataclass(slots=True)
class _Account:
    """What is gathered on the way."""

    furniture: list[Noted] = field(default_factory=list)
    form: list[Noted] = field(default_factory=list)
    warnings: list[PlanWarning] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)
    head_text: str = ""
    goals: int = 0
    indicators: int = 0
    activities: int = 0


def read(lines: Sequence[Line], words: ReaderWords) -> Reading:
    """The plan in the lines and the account of all other words.

    BadInput for a document without text, NotAPlan for one without goals.
    """
    if all(line.blank for line in lines):
        raise BadInput("Dokumentet innehåller ingen text.")
    if len(lines) > MOST_LINES or sum(len(line.text) for line in lines) > _MOST_LETTERS:
        raise BadInput(TOO_LONG)
    account = _Account()
    lines = whole_headings(lines, words)
    content, account.furniture = without_furniture(single_spaced(lines), words)
    content, contents = without_contents(content, words)
    account.furniture += contents
    flow = Flow.of(content)
    manner = Manner(words, flow, _is_airy(content, words))
    headings = _goal_headings(content, words, flow)
    if not headings:
        raise NotAPlan(
            "Hittar inga mål (till exempel ”KF:s mål för verksamhetsområdet:” eller ”Enhetsmål:”). "
            "Kontrollera att det är en verksamhetsplan, tertialrapport eller verksamhetsberättelse."
        )
    goals: list[Goal] = []
    back: list[Line] = []
    highest = min((heading.rank for heading in headings if heading.rank is not None), default=None)
    for heading, until in zip(headings, [*(h.start for h in headings[1:]), len(content)], strict=True):
        body_end = _back_start(content, heading.end, until, words, highest)
        last = until == len(content)
        goal, rest = _goal(heading, content[heading.end : body_end], manner, account, last=last)
        goals.append(goal)
        back += [*rest, *content[body_end:until]]
    front_parts, back_parts = (
        _matter(part, manner, account) for part in (content[: headings[0].start], back)
    )
    chain = _chain(goals)
    texts = [part.text for part in [*front_parts, *back_parts]]
    identity = identify(lines, texts, chain, account.head_text, words)
    plan = Plan(
        kind=identity.kind,
        year=identity.year,
        unit=identity.unit,
        goals=chain,
        front=as_mapping(front_parts),
        back=as_mapping(back_parts),
        warnings=tuple(sorted(account.warnings, key=lambda warning: warning.line)),
    )
    return Reading(plan, tuple(account.furniture), tuple(account.form), account.places)


def _matter(lines: Sequence[Line], manner: Manner, account: _Account) -> list[HeadedText]:
    """What stands before or after the goals."""
    kept, repeated = without_repeated_heads(lines)
    account.furniture += repeated
    return read_matter(kept, manner.words, manner.flow)


def _is_airy(lines: Sequence[Line], words: ReaderWords) -> bool:
    """Whether most headings of sections (analyses aside) have a blank line after them."""
    followed = [
        following.blank
        for line, following in pairwise(lines)
        if section_key(line, words) not in (None, "analysis")
    ]
    return sum(followed) > len(followed) / 2


def _goal_headings(lines: Sequence[Line], words: ReaderWords, flow: Flow) -> list[GoalHeading]:
    """The headings of all goals, in order."""
    headings: list[GoalHeading] = []
    index = 0
    while index < len(lines):
        heading = None if lines[index].blank else goal_heading(lines, index, words, flow)
        if heading is not None:
            headings.append(heading)
        index = heading.end if heading else index + 1
    return headings


def _back_start(
    lines: Sequence[Line], start: int, end: int, words: ReaderWords, highest: float | None
) -> int:
    """Where the matter after the goals begins, if it does before `end`.

    Under the last goal it may begin with a heading that is only known to head such matter, and under any
    goal with a heading that is as high as the `highest` goal's.
    """
    for index in range(start, end):
        line = lines[index]
        if line.blank or not (lines[index - 1].blank or line.heading):
            continue
        known = is_matter_heading(line, words) and section_key(line, words) is None
        if _is_chapter(line, words, highest):
            return index
        if is_back_start(line, words) or (known and end == len(lines)):
            return index
    return end


def _is_chapter(line: Line, words: ReaderWords, highest: float | None) -> bool:
    """Whether the line is a heading as high as those of the highest goals, of no section."""
    if not line.heading or line.rank is None or highest is None or line.row is not None:
        return False
    return line.rank <= highest and section_key(line, words) is None


def _goal(
    heading: GoalHeading, lines: Sequence[Line], manner: Manner, account: _Account, *, last: bool
) -> tuple[Goal, list[Line]]:
    """One goal with what stands under it, and its ids; and the lines that turned out to come after it."""
    body = read_goal_body(lines, heading.attainment, manner, last=last)
    account.goals += 1
    goal_id = f"G{account.goals:02}"
    account.places[goal_id] = heading.line
    account.places.update({f"{goal_id}.{key}": line for key, line in body.section_lines.items()})
    account.form.append(Noted(heading.line, heading.label, "målnivå"))
    if heading.attainment is not None:
        account.form.append(Noted(heading.line, heading.attainment.printed, "måluppfyllelse"))
    if not heading.title:
        account.warnings.append(PlanWarning(heading.line, f"Målet saknar rubrik: {heading.label}"))
    account.form += body.form
    account.furniture += body.furniture
    account.warnings += body.warnings
    account.head_text += body.head_text
    goal = Goal(
        id=goal_id,
        level=heading.level,
        title=heading.title,
        number=heading.number,
        attainment=body.attainment.attainment if body.attainment else None,
        sections=body.sections,
        indicators=tuple(_indicator(row, manner, account) for row in body.indicators),
        activities=tuple(_activity(row, manner, account) for row in body.activities),
    )
    return goal, body.rest


def _indicator(table_row: TableRow, manner: Manner, account: _Account) -> Indicator:
    """A table row as an indicator. A column that an indicator has no place for is told."""
    row = table_row.row
    account.indicators += 1
    indicator_id = f"I{account.indicators:02}"
    account.places[indicator_id] = row.line
    cells = row.cells
    _tell_unplaced(row, "name", account)
    return Indicator(
        id=indicator_id,
        name=cells["name"],
        target=cells.get("target"),
        council_target=cells.get("council_target"),
        periodicity=cells.get("periodicity"),
        outcome=cells.get("outcome"),
        outcome_men=cells.get("outcome_men"),
        outcome_women=cells.get("outcome_women"),
        previous=cells.get("previous"),
        forecast=cells.get("forecast"),
        period=cells.get("period"),
        analysis=_analysis(table_row, manner),
        columns_uncertain=row.uncertain,
    )


def _tell_unplaced(row: Row, name: str, account: _Account) -> None:
    """Tell the cells of columns that have no place in a plan."""
    for key, text in row.cells.items():
        if key.startswith(UNKNOWN):
            column = key.removeprefix(UNKNOWN)
            account.warnings.append(PlanWarning(row.line, f"{column} för {row.cells[name]}: {text}"))


def _analysis(table_row: TableRow, manner: Manner) -> str | None:
    """The text in the row's own column for it and the text under the row."""
    texts = (table_row.row.cells.get("analysis"), text_of(table_row.analysis, manner.flow))
    return "\n".join(text for text in texts if text) or None


def _activity(table_row: TableRow, manner: Manner, account: _Account) -> Activity:
    """A table row as an activity. A date that is none is told."""
    row = table_row.row
    account.activities += 1
    activity_id = f"A{account.activities:02}"
    account.places[activity_id] = row.line
    _tell_unplaced(row, "title", account)
    dates: dict[str, date | None] = {}
    for key in ("start", "end"):
        printed = row.cells.get(key)
        dates[key] = _date(printed) if printed else None
        if printed and dates[key] is None:
            account.warnings.append(PlanWarning(row.line, f"Inget datum som går att läsa: {printed}"))
    if row.uncertain:
        account.warnings.append(
            PlanWarning(row.line, f"Bara ett datum: det lästes som startdatum för {row.cells['title']}")
        )
    return Activity(
        id=activity_id,
        title=row.cells["title"],
        start=dates["start"],
        end=dates["end"],
        deviation=_deviation(row.cells.get("deviation"), row.line, manner.words, account),
        analysis=_analysis(table_row, manner),
    )


def _date(printed: str) -> date | None:
    """The date of an ISO form, else None."""
    try:
        return date.fromisoformat(printed.strip())
    except ValueError:
        return None


def _deviation(printed: str | None, line: int, words: ReaderWords, account: _Account) -> bool:
    """Whether the column marks a deviation; an empty cell is none."""
    if printed is None:
        return False
    squashed = without_spaces(printed)
    if squashed in words.deviation_yes or squashed in words.deviation_no:
        account.form.append(Noted(line, printed, "avvikelse"))
        return squashed in words.deviation_yes
    account.warnings.append(PlanWarning(line, f"Oklart om det är en avvikelse: {printed}"))
    return True


def _chain(goals: Sequence[Goal]) -> tuple[Goal, ...]:
    """The goals nested by level: each under the nearest one before it of a higher level."""

    def take(position: int, depth: int) -> tuple[tuple[Goal, ...], int]:
        found: list[Goal] = []
        while position < len(goals) and _DEPTH[goals[position].level] >= depth:
            goal = goals[position]
            below, position = take(position + 1, _DEPTH[goal.level] + 1)
            found.append(replace(goal, goals=below))
        return tuple(found), position

    return take(0, 0)[0]
