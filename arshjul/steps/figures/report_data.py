"""A report's figures as rows, of the draft or an approved version: what it prints, and nothing else.

The rows are made of the register of released cells, so a figure that is withheld in the report is in no
download either. Reads only. Called by the portal and its API.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from arshjul.adapters.store import tables
from arshjul.catalogue import Sex
from arshjul.cycle import CycleKey
from arshjul.history import WHOLE_UNIT
from arshjul.office import Office
from arshjul.plan import Plan
from arshjul.steps.cycle.cycles import find_cycle
from arshjul.steps.cycle.settled import settled
from arshjul.steps.cycle.versions import approved_version, newest_draft
from arshjul.suppression.register import cell_parts

HEADS = ("Id", "Uppgift", "Mål", "Gäller", "Kön", "Period", "Värde")
_SEXES = {Sex.TOTAL: "alla", Sex.WOMEN: "kvinnor/flickor", Sex.MEN: "män/pojkar"}


@dataclass(frozen=True, slots=True)
class Datum:
    """One printed figure: of which indicator or question, of whom, of which period."""

    subject: str
    name: str
    goal: str
    scope: str
    sex: str
    period: str
    printed: str

    @property
    def row(self) -> tuple[str, ...]:
        """In the order of `HEADS`."""
        return (self.subject, self.name, self.goal, self.scope, self.sex, self.period, self.printed)


def report_data(office: Office, key: CycleKey, version: int | None) -> list[Datum] | None:
    """The figures of a version (None: of the newest draft), in the plan's order; None where there is none."""
    with office.database.reading() as session:
        cycle = find_cycle(session, key)
        if cycle is None:
            return None
        if version is None:
            draft = newest_draft(session, cycle)
            if draft is None:
                return None
            cells: Mapping[str, str] = draft.cells
        else:
            approved = approved_version(session, cycle, version)
            if approved is None:
                return None
            rows = session.scalars(
                select(tables.ReleasedCell).where(tables.ReleasedCell.version_id == approved.id)
            )
            cells = {row.cell: row.printed for row in rows}
    config = settled(office, key)
    names, goals = _names(config.plan)
    names |= {question.id: question.label for question in config.kind.asks}
    scopes = {WHOLE_UNIT: config.unit.short_name, **{s.code: s.name for s in config.unit.subunits}}
    order = {subject: place for place, subject in enumerate(names)}
    found = []
    for cell, printed in cells.items():
        if cell.count("|") != 3:
            continue
        subject, scope, sex, period = cell_parts(cell)
        found.append(
            (
                (order.get(subject, len(order)), subject, period, scope != WHOLE_UNIT, scope, str(sex)),
                Datum(
                    subject,
                    names.get(subject, subject),
                    goals.get(subject, ""),
                    scopes.get(scope, scope),
                    _SEXES.get(sex, str(sex)),
                    period,
                    printed,
                ),
            )
        )
    return [datum for _, datum in sorted(found, key=lambda one: one[0])]


def _names(plan: Plan) -> tuple[dict[str, str], dict[str, str]]:
    """Indicator id to its name, and to the title of its goal."""
    listed = list(plan.indicators())
    return {i.id: i.name for _, i in listed}, {i.id: goal.title for goal, i in listed}
