"""A person's form as the portal works with it: which fields, what stands in them, what is wrong, handing in.

The same checks as for a workbook (`arshjul.form_checking`) and the same handing in. Called by the portal.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select

from arshjul.adapters.store import tables
from arshjul.adapters.store.tables.answering import SubmissionState
from arshjul.answers import Fault, RawCell, ReturnedForm
from arshjul.cycle import CycleKey
from arshjul.decision_words import decision_words
from arshjul.errors import Refused
from arshjul.form import READY, Form, Sheet
from arshjul.form_checking import check_sheet
from arshjul.form_file import load_form
from arshjul.office import Office
from arshjul.steps.answers.handing_in import HandedIn, hand_in
from arshjul.steps.answers.page_standing import MARKED, PageStanding, page_standings, places
from arshjul.steps.answers.saving import cells_of, saved_answers
from arshjul.steps.cycle.cycles import hold_cycle, is_open
from arshjul.steps.cycle.settled import dates_of


@dataclass(frozen=True, slots=True)
class PersonsForm:
    """The newest form of a person in a cycle; `is_open` until the report is approved."""

    form: Form
    cycle_id: int
    is_open: bool


@dataclass(frozen=True, slots=True)
class SheetStanding:
    """A scope's pages, and the version that has been handed in (0: none)."""

    sheet: Sheet
    pages: tuple[PageStanding, ...]
    version: int
    handed_in_at: datetime | None
    returned_because: str | None
    changed_since: bool

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Everything that stops it from being handed in."""
        return tuple(fault for page in self.pages for fault in page.faults)

    @property
    def goes_on(self) -> PageStanding | None:
        """The first page where something is left to do; None where there is none."""
        return next((page for page in self.pages if page.faults), None)

    def after(self, number: int) -> PageStanding | None:
        """The next page after `number` where something is left, or that she has not come to yet.

        What is mended after it has been handed in goes straight to being handed in again.
        """
        if not self.faults and (self.version or self.returned_because):
            return None
        furthest = max((page.page.number for page in self.pages if page.begun), default=0)
        following = (page for page in self.pages if page.page.number > number)
        return next((page for page in following if page.faults or page.page.number > furthest), None)

    @property
    def is_handed_in(self) -> bool:
        """Whether a version of it counts."""
        return self.version > 0 and self.returned_because is None


def persons_form(office: Office, key: CycleKey, person: str) -> PersonsForm | None:
    """The newest form of a person; None where she has none in the cycle."""
    asked = {"unit": key.unit_code, "year": key.year, "kind": key.kind.value, "month": key.month}
    with office.database.reading() as session:
        found = session.execute(_NEWEST_FORM, {**asked, "person": person}).one_or_none()
        if found is None:
            return None
        cycle_id, content, approved = found
        still_open = approved is None or is_open(session, session.get_one(tables.Cycle, cycle_id))
        return PersonsForm(load_form(content), cycle_id, still_open)


# Made once: a save every other second from each of a hundred windows passes here.
_NEWEST_FORM = (
    select(
        tables.Form.cycle_id,
        tables.Form.content,
        select(func.max(tables.ApprovedVersion.number))
        .where(tables.ApprovedVersion.cycle_id == tables.Form.cycle_id)
        .scalar_subquery(),
    )
    .join(tables.Cycle, tables.Form.cycle_id == tables.Cycle.id)
    .where(
        tables.Cycle.unit_code == bindparam("unit"),
        tables.Cycle.year == bindparam("year"),
        tables.Cycle.kind == bindparam("kind"),
        tables.Cycle.month == bindparam("month"),
        tables.Form.person == bindparam("person"),
    )
    .order_by(tables.Form.number.desc())
    .limit(1)
)


def standing(office: Office, mine: PersonsForm, sheet: Sheet) -> SheetStanding:
    """How far a scope has come."""
    with office.database.reading() as session:
        saved = saved_answers(session, mine.cycle_id, sheet.scope)
        rows = session.scalars(
            select(tables.Submission)
            .where(tables.Submission.cycle_id == mine.cycle_id, tables.Submission.scope == sheet.scope)
            .order_by(tables.Submission.version)
        ).all()
    newest = rows[-1] if rows else None
    accepted = [row for row in rows if row.state == SubmissionState.ACCEPTED]
    at = accepted[-1].received_at if accepted else None
    return SheetStanding(
        sheet=sheet,
        pages=page_standings(sheet, saved),
        version=accepted[-1].version if accepted else 0,
        handed_in_at=at,
        returned_because=newest.faults[0]["message"]
        if newest and newest.state == SubmissionState.RETURNED
        else None,
        changed_since=at is not None and any(answer.at > at for answer in saved.values()),
    )


def hand_in_saved(
    office: Office, key: CycleKey, mine: PersonsForm, scopes: frozenset[str], now: datetime
) -> HandedIn:
    """Hand in what is saved in the scopes, as it stands; what has faults is not handed in."""
    unit = office.installation.unit(key.unit_code)
    with office.database.writing() as session:
        cycle = hold_cycle(session, key)
        assert cycle is not None  # the form was found in it
        if not is_open(session, cycle):
            done = decision_words(key.kind).done
            raise Refused(f"{key} är redan {done}, så svaren kan inte ändras. Tala med enhetschefen.")
        cells: dict[str, dict[str, RawCell]] = {}
        for sheet in mine.form.sheets:
            if sheet.scope not in scopes:
                continue
            ready = {**cells_of(saved_answers(session, cycle.id, sheet.scope), places(sheet)), READY: MARKED}
            if not check_sheet(sheet, ready).faults:
                cells[sheet.scope] = ready
        form = mine.form
        returned = ReturnedForm(
            "portalen",
            form.id,
            form.number,
            form.unit_code,
            form.cycle,
            form.kind,
            form.year,
            form.person,
            cells,
        )
        dates = dates_of(office, key)
        return hand_in(session, cycle, unit, form, returned, None, now, dates=dates) if cells else HandedIn()
