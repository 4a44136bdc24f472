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
from arshjul.steps.cycle.cycles import answered_scopes, is_open, key_of
from arshjul.steps.cycle.settled import dates_of
from arshjul.steps.cycle.standing import cycle_standing
from arshjul.steps.portal.standing_for import people_of, units_where
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
    """A cycle under way in a unit whose cycles the person may see; `decide_by` until it is decided."""

    key: CycleKey
    unit_name: str
    waits_for: str
    decide_by: date | None


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


@dataclass(frozen=True, slots=True)
class PlaceOf:
    """What a letter about a cycle leads to: somebody's form, a workplace's meeting, else the report."""

    key: CycleKey
    form_of: str = ""
    meeting_of: str = ""


def place_of(office: Office, person: str, cycle_id: int | None, now: datetime) -> PlaceOf | None:
    """What waits for a person in a cycle; None where that is nothing that has a page of its own."""
    if cycle_id is None:
        return None
    day = local_day(now)
    organisation = office.installation.organisation
    people = people_of(office, person, day)
    with office.database.reading() as session:
        cycle = session.get(tables.Cycle, cycle_id)
        if cycle is None:
            return None
        key = key_of(cycle)
        rows = session.execute(
            select(tables.Form.person, tables.Form.scopes)
            .where(tables.Form.cycle_id == cycle_id, tables.Form.person.in_(people))
            .order_by(tables.Form.number)
        )
        scopes = {row.person: row.scopes for row in rows}
        answered = answered_scopes(session, cycle)
        still_open = is_open(session, cycle)
    if key.unit_code not in {unit.code for unit in organisation.units}:
        return None
    unit = organisation.unit(key.unit_code)
    left = [one for one in scopes if not answered.issuperset(scopes[one])]
    if still_open and left:
        return PlaceOf(key, form_of=person if person in left else left[0])
    if may(unit, people, Deed.SEE_CYCLE, day):
        return PlaceOf(key)
    if still_open and scopes:
        return PlaceOf(key, form_of=person if person in scopes else next(iter(scopes)))
    workplaces = {subunit.code for subunit in unit.subunits}
    hers = [scope for one in scopes.values() for scope in one if scope in workplaces]
    return PlaceOf(key, meeting_of=hers[0]) if len(hers) == 1 else None


def open_reports(office: Office, people: frozenset[str], now: datetime) -> list[OpenReport]:
    """The cycles that have begun in units whose cycles any of `people` may see, the newest first."""
    units = {unit.code: unit for unit in units_where(office, people, Deed.SEE_CYCLE, local_day(now))}
    with office.database.reading() as session:
        rows = session.scalars(
            select(tables.Cycle).where(tables.Cycle.unit_code.in_(units)).order_by(tables.Cycle.id.desc())
        ).all()
    keys = [key_of(row) for row in rows]
    return [_open_report(office, key, units[key.unit_code].short_name, now) for key in keys]


def _open_report(office: Office, key: CycleKey, unit_name: str, now: datetime) -> OpenReport:
    standing = cycle_standing(office, key, now)
    done = standing.progress
    waits = done.compiled_from is not None and (not done.approved or done.correcting)
    decide_by = local_day(dates_of(office, key).approve_by) if waits else None
    return OpenReport(key, unit_name, standing.waits_for, decide_by)
