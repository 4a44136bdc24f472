"""A report's figures as rows, of the draft or an approved version: what it prints, and nothing else.

The rows are made of the register of released cells, so a figure that is withheld in the report is in no
download either. Reads only. Called by the portal and its API.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from arshjul.adapters.store import tables
from arshjul.catalogue import Sex
from arshjul.cycle import CycleKey
from arshjul.history import WHOLE_UNIT
from arshjul.office import Office
from arshjul.plan import Plan
from arshjul.steps.cycle.cycles import find_cycle
from arshjul.steps.cycle.settled import settled
from arshjul.steps.cycle.versions import approved_version, newest_draft
from arshjul.suppression.register import CellParts, cell_parts

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
        cells = _cells(session, cycle, version) if cycle else None
    if cells is None:
        return None
    config = settled(office, key)
    names, goals = _names(config.plan)
    names |= {question.id: question.label for question in config.kind.asks}
    scopes = {WHOLE_UNIT: config.unit.short_name, **{s.code: s.name for s in config.unit.subunits}}
    order = {subject: place for place, subject in enumerate(names)}

    def place(cell: CellParts) -> tuple[int, str, str, bool, str, str]:
        subject, scope, sex, period = cell
        return order.get(subject, len(order)), subject, period, scope != WHOLE_UNIT, scope, str(sex)

    printed = {cell_parts(cell): printed for cell, printed in cells.items()}
    return [
        Datum(
            subject,
            names.get(subject, subject),
            goals.get(subject, ""),
            scopes.get(scope, scope),
            _SEXES.get(sex, str(sex)),
            period,
            printed[subject, scope, sex, period],
        )
        for subject, scope, sex, period in sorted(printed, key=place)
    ]


def _cells(session: Session, cycle: tables.Cycle, version: int | None) -> Mapping[str, str] | None:
    """Cell to what is printed in it: of the version, or of the newest draft."""
    if version is None:
        draft = newest_draft(session, cycle)
        return draft.cells if draft else None
    approved = approved_version(session, cycle, version)
    if approved is None:
        return None
    released = tables.ReleasedCell
    rows = session.execute(select(released.cell, released.printed).where(released.version_id == approved.id))
    return dict(rows.all())


def _names(plan: Plan) -> tuple[dict[str, str], dict[str, str]]:
    """Indicator id to its name, and to the title of its goal."""
    listed = list(plan.indicators())
    return {i.id: i.name for _, i in listed}, {i.id: goal.title for goal, i in listed}
