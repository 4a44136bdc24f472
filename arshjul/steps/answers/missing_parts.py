"""What is missing of a form's parts, as letters tell it: all of it, some pages, or only the mark.

A part that was returned is missing as a whole, until it comes again. Called for reminders and receipts.
"""

from collections.abc import Mapping, Sequence

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from arshjul.adapters.store import tables
from arshjul.adapters.store.tables.answering import SubmissionState
from arshjul.form import Sheet
from arshjul.letters import Missing
from arshjul.steps.answers.page_standing import page_standings
from arshjul.steps.answers.saving import Saved, saved_in_scopes

_STATES = (
    select(tables.Submission.scope, tables.Submission.state)
    .where(tables.Submission.cycle_id == bindparam("cycle"))
    .order_by(tables.Submission.version)
)


def missing_parts(session: Session, cycle_id: int, sheets: Sequence[Sheet]) -> dict[str, Missing]:
    """What each of the sheets, none of which has an answer that counts, lacks: by its scope."""
    if not sheets:
        return {}
    newest: dict[str, str] = {row.scope: row.state for row in session.execute(_STATES, {"cycle": cycle_id})}
    saved = saved_in_scopes(session, cycle_id, [sheet.scope for sheet in sheets])
    return {
        sheet.scope: Missing(sheet.title, returned=True)
        if newest.get(sheet.scope) == SubmissionState.RETURNED
        else _missing(sheet, saved.get(sheet.scope, {}))
        for sheet in sheets
    }


def _missing(sheet: Sheet, saved: Mapping[str, Saved]) -> Missing:
    pages = page_standings(sheet, saved) if saved else ()
    if not any(page.begun for page in pages):
        return Missing(sheet.title)
    left = tuple(f"”{page.page.title}”" for page in pages if page.faults)
    return Missing(sheet.title, left, unmarked=not left)
