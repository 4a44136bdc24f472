"""Every version that was handed in of a part, as it came: none is ever changed. Reads only.

Called by the portal and its API.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from arshjul.adapters.store import tables
from arshjul.adapters.store.tables.answering import SubmissionState
from arshjul.answers import Answer, State
from arshjul.cycle import CycleKey
from arshjul.form import READY, Field
from arshjul.form_file import load_form
from arshjul.form_pages import pages
from arshjul.numbers import format_number
from arshjul.office import Office
from arshjul.report.indicator_tables import STATE_WORDS
from arshjul.steps.cycle.cycles import find_cycle
from arshjul.submission import from_canonical_json

_WORDS = {
    SubmissionState.ACCEPTED: "räknas",
    SubmissionState.REJECTED: "kunde inte räknas",
    SubmissionState.RETURNED: "återsänd",
}


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version of a part: its number, who handed it in and when, and whether it counts."""

    number: int
    person: str
    at: datetime
    state: str
    words: str
    sha256: str
    reason: str


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """A question of the form and what was answered, as people read it."""

    page: str
    label: str
    text: str
    field: str


def versions_handed_in(office: Office, key: CycleKey, scope: str) -> list[VersionRow]:
    """The versions of a scope, the newest first."""
    with office.database.reading() as session:
        cycle = find_cycle(session, key)
        rows = session.scalars(
            select(tables.Submission)
            .where(
                tables.Submission.cycle_id == (cycle.id if cycle else None), tables.Submission.scope == scope
            )
            .order_by(tables.Submission.version.desc())
        ).all()
    counts = next((row.version for row in rows if row.state == SubmissionState.ACCEPTED), None)
    return [
        VersionRow(
            row.version,
            row.person,
            row.received_at,
            row.state,
            "ersatt"
            if row.state == SubmissionState.ACCEPTED and row.version != counts
            else _WORDS[SubmissionState(row.state)],
            row.sha256,
            str(row.faults[0]["message"]) if row.state == SubmissionState.RETURNED and row.faults else "",
        )
        for row in rows
    ]


def answers_of_version(
    office: Office, key: CycleKey, scope: str, number: int, *, secret: bool
) -> list[GivenAnswer]:
    """What a version says, in the form's order; empty where there is none. `secret`: also what is so."""
    with office.database.reading() as session:
        cycle = find_cycle(session, key)
        row = session.scalar(
            select(tables.Submission).where(
                tables.Submission.cycle_id == (cycle.id if cycle else None),
                tables.Submission.scope == scope,
                tables.Submission.version == number,
            )
        )
        if row is None or not row.content:
            return []
        form = load_form(session.get_one(tables.Form, row.form_id).content)
        given = from_canonical_json(row.content).answers
    sheet = form.sheet(scope)
    if sheet is None:
        return []
    return [
        GivenAnswer(page.title, field.label, _in_words(field, given[field.id]), field.id)
        for page in pages(sheet)
        for field in page.fields()
        if field.id in given and field.id != READY and (secret or not field.secret)
    ]


def _in_words(field: Field, answer: Answer) -> str:
    if answer.state not in (State.VALUE, State.DISPUTED):
        return STATE_WORDS.get(answer.state, answer.state.value)
    if answer.number is not None:
        printed = format_number(answer.number)
        return f"{printed} {field.unit}".strip()
    return answer.text or ""
