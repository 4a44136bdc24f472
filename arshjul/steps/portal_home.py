"""What waits for a person: forms that are hers to answer, reports that are hers to decide. Reads only.

Called by the portal's first page.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from arshjul.access import Deed, may
from arshjul.adapters.store import tables
from arshjul.cycle import CycleKey
from arshjul.form_file import load_form
from arshjul.office import Office
from arshjul.steps.cycles import answered_scopes, key_of
from arshjul.steps.standing import cycle_standing
from arshjul.wheel import local_day


@dataclass(frozen=True, slots=True)
class OpenForm:
    """A form that has been sent and not been decided on: whose, until when, and what is left in it."""

    key: CycleKey
    unit_name: str
    person: str
    due: date
    is_late: bool
    left: tuple[str, ...]
    answered: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenReport:
    """A cycle under way in a unit whose cycles the person may see."""

    key: CycleKey
    unit_name: str
    waits_for: str


def open_forms(office: Office, people: frozenset[str], now: datetime) -> list[OpenForm]:
    """The newest form of each cycle that is open, for each of `people`, the first due first."""
    found: dict[tuple[CycleKey, str], OpenForm] = {}
    today = local_day(now)
    with office.database.reading() as session:
        approved = select(tables.ApprovedVersion.cycle_id)
        rows = session.execute(
            select(tables.Form, tables.Cycle)
            .join(tables.Cycle, tables.Form.cycle_id == tables.Cycle.id)
            .where(tables.Form.person.in_(people), tables.Cycle.id.not_in(approved))
            .order_by(tables.Form.number)
        ).all()
        for row, cycle in rows:
            form = load_form(row.content)
            answered = answered_scopes(session, cycle)
            key = key_of(cycle)
            found[key, row.person] = OpenForm(
                key=key,
                unit_name=form.unit_name,
                person=row.person,
                due=form.due,
                is_late=today > form.due,
                left=tuple(s.title for s in form.sheets if s.scope not in answered),
                answered=tuple(s.title for s in form.sheets if s.scope in answered),
            )
    return sorted(found.values(), key=lambda form: form.due)


def open_reports(office: Office, people: frozenset[str], now: datetime) -> list[OpenReport]:
    """The cycles that have begun in units whose cycles any of `people` may see, the newest first."""
    day = local_day(now)
    units = {
        unit.code: unit
        for unit in office.installation.organisation.units
        if may(unit, people, Deed.SEE_CYCLE, day)
    }
    with office.database.reading() as session:
        rows = session.scalars(
            select(tables.Cycle).where(tables.Cycle.unit_code.in_(units)).order_by(tables.Cycle.id.desc())
        ).all()
    keys = [key_of(row) for row in rows]
    return [
        OpenReport(key, units[key.unit_code].short_name, cycle_standing(office, key, now).waits_for)
        for key in keys
    ]
