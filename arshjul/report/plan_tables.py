"""The tables of a plan: what each sub-unit will do under a goal, and what the goal is measured by.

Called by `arshjul.report.goal_part`. Pure.
"""

from arshjul.compilation import Compiled, GoalResult
from arshjul.plan import Goal
from arshjul.report.blocks import Align, Cell, Column, Origin, OriginKind, Table
from arshjul.report.indicator_tables import UNKNOWN, printed_target


def planned_table(compiled: Compiled, result: GoalResult) -> Table:
    """One row a sub-unit, one column a question of the plan that somebody answered."""
    data = compiled.data
    asked = [q for q in data.kind.goal_asks if any(one.answers.get(q.part) for one in result.planned)]
    columns = (Column("Verksamhet", width=1.2), *(Column(q.label, width=2) for q in asked))
    rows = []
    for planned in result.planned:
        origin = Origin(OriginKind.SUBMISSION, planned.ref)
        said = [planned.answers.get(question.part) for question in asked]
        cells = (Cell(text, origin) if text else Cell(UNKNOWN) for text in said)
        rows.append((Cell(data.scope_name(planned.scope)), *cells))
    return Table(f"Så arbetar verksamheterna {data.key.year}", columns, tuple(rows))


def target_table(compiled: Compiled, goal: Goal) -> Table:
    """The goal's indicators with the targets of the plan that the new one starts from."""
    of = compiled.data.plan.year or compiled.data.key.year
    columns = (
        Column("Indikator", width=3),
        Column(f"Årsmål {of}", Align.RIGHT),
        Column(f"KF:s årsmål {of}", Align.RIGHT),
    )
    rows = tuple(
        (Cell(i.name), Cell(printed_target(i.target)), Cell(printed_target(i.council_target)))
        for i in goal.indicators
    )
    return Table("Indikatorer", columns, rows)
