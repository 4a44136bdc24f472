"""How far each part of a cycle's forms has come, in pages, worked out anew only where something was saved.

What this process remembers is numbers and never what was written, so that a purge leaves nothing behind here.
Answers are only ever added to what is saved; what is purged or weeded leaves a row of its own, and then all
is worked out anew. Reads only; called by the page of a cycle.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from arshjul.adapters.store import tables
from arshjul.adapters.store.tables.deciding import DecisionKind
from arshjul.form_file import load_form
from arshjul.office import Office
from arshjul.steps.answers.page_standing import page_standings
from arshjul.steps.answers.saving import saved_in_scopes


@dataclass(frozen=True, slots=True)
class HowFar:
    """A part of the newest form of a person: its pages, and those in which nothing is left to do."""

    person: str
    pages: int
    done: int


@dataclass(frozen=True, slots=True)
class _Asked:
    """A part as it was asked: of whom, in which form."""

    person: str
    form_id: int
    scope: str


def how_far(office: Office, session: Session, cycle: tables.Cycle) -> dict[str, HowFar]:
    """Each scope that was asked in the cycle, and how far it has come."""
    ids = {"cycle_id": cycle.id}
    forms = {row.person: row for row in session.execute(_FORMS, ids)}
    asked = [_Asked(row.person, row.id, scope) for row in forms.values() for scope in row.scopes]
    taken_out = tuple(session.execute(_TAKEN_OUT, ids).one())
    saves: dict[str, int] = {row.scope: row.number for row in session.execute(_SAVES, ids)}
    mark = ("how far", cycle.id)
    known = office.memory.get(mark)
    before: Mapping[_Asked, tuple[int, HowFar]] = known[1] if known and known[0] == taken_out else {}
    now = {
        part: before[part] for part in asked if part in before and before[part][0] == saves.get(part.scope, 0)
    }
    changed = [part for part in asked if part not in now]
    if changed:
        counted = _counted(session, cycle, changed)
        now |= {part: (saves.get(part.scope, 0), far) for part, far in counted.items()}
        office.memory[mark] = taken_out, now
    return {part.scope: now[part][1] for part in asked if part in now}


def _counted(session: Session, cycle: tables.Cycle, parts: Iterable[_Asked]) -> dict[_Asked, HowFar]:
    wanted = {part.form_id for part in parts}
    rows = session.execute(select(tables.Form.id, tables.Form.content).where(tables.Form.id.in_(wanted)))
    forms = {row.id: load_form(row.content) for row in rows}
    saved = saved_in_scopes(session, cycle.id, [part.scope for part in parts])
    counted = {}
    for part in parts:
        sheet = forms[part.form_id].sheet(part.scope)
        if sheet is None:
            continue
        pages = page_standings(sheet, saved.get(part.scope, {}))
        done = sum(not page.faults for page in pages) if any(page.begun for page in pages) else 0
        counted[part] = HowFar(part.person, len(pages), done)
    return counted


_FORMS = (
    select(tables.Form.person, tables.Form.id, tables.Form.scopes)  # not what they say, which is much to read
    .where(tables.Form.cycle_id == bindparam("cycle_id"))
    .order_by(tables.Form.number)
)
_SAVES = (
    select(tables.SavedAnswer.scope, func.count().label("number"))
    .where(tables.SavedAnswer.cycle_id == bindparam("cycle_id"))
    .group_by(tables.SavedAnswer.scope)
)
_TAKEN_OUT = select(
    select(func.max(tables.Weeding.id)).scalar_subquery(),
    select(func.max(tables.Decision.id))
    .where(tables.Decision.cycle_id == bindparam("cycle_id"), tables.Decision.kind == DecisionKind.PURGE)
    .scalar_subquery(),
)
