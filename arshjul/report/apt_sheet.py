"""One sheet for a workplace's meeting: its own results beside the unit's, what was promised, what to talk of.

A sub-unit's own value on people is never on it, however many they are: the report has released none, and the
sheet releases nothing that the report has not. Called by `arshjul.steps.meetings.apt_sheets`. Pure.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from arshjul.actions import Action
from arshjul.answers import State
from arshjul.attainment import meets
from arshjul.catalogue import Method, Sex
from arshjul.compilation import Compiled, IndicatorResult
from arshjul.compilation.figures import PartResult
from arshjul.form_questions import STATUS
from arshjul.numbers import format_quantity
from arshjul.plan import ATTAINMENT_SWEDISH, Attainment
from arshjul.report.blocks import Align, Block, Bullets, Cell, Column, FrontPage, Heading, Report, Table
from arshjul.report.indicator_tables import STATE_WORDS, WITHHELD, WITHHELD_NOTE
from arshjul.swedish_dates import swedish_day

OWN_ON_PEOPLE = "visas inte per verksamhet"
MOST_QUESTIONS = 3


def apt_sheet(
    compiled: Compiled, scope: str, promises: Sequence[Action], dated: date, *, most_rows: int = 8
) -> Report:
    """The sheet of one sub-unit. `most_rows` bounds the table, so that everything goes on one page."""
    data = compiled.data
    name = data.scope_name(scope)
    rows = list(_results(compiled, scope))[:most_rows]
    questions = list(_questions(compiled, scope, promises, dated))[:MOST_QUESTIONS]
    blocks: list[Block] = []
    if rows:
        blocks += [Heading(1, "Våra resultat", "resultat"), _table(rows)]
    if promises:
        kept = tuple(_promise(action, dated) for action in promises[:5])
        blocks += [Heading(1, "Det vi har lovat", "lovat"), Bullets(kept)]
    blocks += [Heading(1, "Att tala om", "fragor"), Bullets(tuple(questions))]
    blocks += [Heading(1, "Våra förslag", "forslag"), _room()]
    return Report(
        front=FrontPage(
            title=f"{data.key} på APT: {name}",
            subtitle="",
            organisation=(data.unit.name,),
            facts=(("Tas upp senast", swedish_day(data.milestones.apt_by.date(), dated)),),
        ),
        running_head=f"{data.unit.name}  ·  {name}",
        dated=dated,
        language="sv",
        blocks=tuple(blocks),
        brief=True,
    )


def _results(compiled: Compiled, scope: str) -> Iterator[tuple[IndicatorResult, PartResult]]:
    """The indicators that were asked of the sub-unit and have a value for the unit or for it."""
    for result in compiled.indicators.values():
        part = next((part for part in result.parts if part.scope == scope), None)
        if result.asked and part is not None and (result.figures or part.figures):
            yield result, part


def _own(result: IndicatorResult, part: PartResult) -> str:
    total = part.figures.get(Sex.TOTAL)
    if total is None:
        return STATE_WORDS.get(part.state, "–")
    if result.measure.people:
        return OWN_ON_PEOPLE
    if total.withheld:
        return WITHHELD
    return format_quantity(total.number, result.measure.unit, result.measure.decimals)


def _of_unit(result: IndicatorResult) -> str:
    if result.number is None:
        return WITHHELD if result.state is State.SUPPRESSED else STATE_WORDS.get(result.state, "–")
    return format_quantity(result.number, result.measure.unit, result.measure.decimals)


def _table(rows: Sequence[tuple[IndicatorResult, PartResult]]) -> Table:
    cells = tuple(
        (
            Cell(result.indicator.name),
            Cell(_own(result, part)),
            Cell(_of_unit(result)),
            Cell(result.target or "–"),
        )
        for result, part in rows
    )
    marked = any(WITHHELD in (row[1].text, row[2].text) for row in cells)
    columns = (
        Column("Det vi mäter", width=4),
        Column("Vi", Align.RIGHT, 1.6),
        Column("Hela enheten", Align.RIGHT, 1.3),
        Column("Årsmål", Align.RIGHT, 1.3),
    )
    return Table("Våra resultat bredvid enhetens", columns, cells, WITHHELD_NOTE if marked else None)


def _promise(action: Action, day: date) -> str:
    due = f" (senast {swedish_day(action.due, day)})" if action.due else ""
    return f"{action.text.strip().rstrip('.')}{due}"


def _questions(compiled: Compiled, scope: str, promises: Sequence[Action], day: date) -> Iterator[str]:
    """What is worth talking about: a result below its target, a goal not reached, a promise that is late."""
    for result, part in _results(compiled, scope):
        total = part.figures.get(Sex.TOTAL)
        shown = total is not None and not total.withheld and not result.measure.people
        alike = result.measure.method is not Method.SUM  # a part of a sum has no target of its own
        if total is None or not (shown and alike):
            continue
        if meets(total.number, result.target, result.measure, None) is False:
            printed = format_quantity(total.number, result.measure.unit, result.measure.decimals)
            yield f"”{result.indicator.name}” är {printed} hos oss. Vad skulle ta oss närmare målet?"
            break
    for goal in compiled.goals.values():
        said = compiled.data.answer(scope, f"{goal.goal.id}.{STATUS}")
        reached = ATTAINMENT_SWEDISH[Attainment.FULL]
        known = {ATTAINMENT_SWEDISH[one] for one in (Attainment.PARTIAL, Attainment.NOT_MET)}
        if said is not None and said.text != reached and said.text in known:
            words = said.text.lower()
            yield f"Vi bedömde att målet ”{goal.goal.title}” {words}. Vad är viktigast att göra nu?"
            break
    late = next((a for a in promises if a.due is not None and a.due < day), None)
    if late is not None:
        yield f"Vi lovade ”{late.text.strip().rstrip('.')}”. Hur går det, och vad behövs för att bli klar?"
    yield "Vad är vi mest nöjda med i rapporten, och vad saknar vi?"
    yield "Vad kan vi lära av hur de andra verksamheterna gör?"


def _room() -> Table:
    rows = tuple((Cell(f"{number}."), Cell(" "), Cell(" ")) for number in range(1, 5))
    columns = (Column("Nr", width=0.4), Column("Förslag", width=5), Column("Vem tar det vidare", width=2))
    return Table("Förslag som följer med till nästa rapport", columns, rows)
