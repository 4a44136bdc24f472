"""Handing in: one returned form becomes versions, sheet by sheet, and its sender is told.

A sheet that holds is a new version that counts; one with faults is kept as rejected, and the letter says
which cell and what to do; one that says what the counting version says already is no new version. Called
with every way in that an answer can take; the caller owns the transaction.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TypedDict

from sqlalchemy import bindparam, func, insert, select
from sqlalchemy.orm import Session

from arshjul.adapters.store import tables
from arshjul.adapters.store.columns import canonical
from arshjul.adapters.store.tables.answering import SubmissionState
from arshjul.answers import Answer, RawCell, Reading, ReturnedForm
from arshjul.figures_time import with_untimely_figures
from arshjul.form import Form, Sheet
from arshjul.form_checking import check_sheet
from arshjul.letters import Receipt, Returned
from arshjul.milestones import Milestones
from arshjul.organisation import Unit
from arshjul.secrecy import masked
from arshjul.steps.answers.missing_parts import missing_parts
from arshjul.steps.answers.saving import save_cells
from arshjul.steps.cycle.cycles import answered_scopes, is_open
from arshjul.steps.cycle.opening import scope_names
from arshjul.steps.cycle.versions import counting_submission
from arshjul.steps.letters.notices import notify
from arshjul.submission import Submission, canonical_json

_ADD_ANSWERS = insert(tables.Answer.__table__)  # type: ignore[arg-type]  # a thousand at a time, not one by one
# Put together once: they are asked for every sheet.
_ANSWERS = select(tables.Answer.field, tables.Answer.state, tables.Answer.number, tables.Answer.text).where(
    tables.Answer.submission_id == bindparam("submission")
)
_FORMS = select(tables.Form.number, tables.Form.id).where(
    tables.Form.cycle_id == bindparam("cycle"), tables.Form.person == bindparam("person")
)
_HIGHEST = select(func.max(tables.Submission.version)).where(
    tables.Submission.cycle_id == bindparam("cycle"), tables.Submission.scope == bindparam("scope")
)


@dataclass(slots=True)
class HandedIn:
    """What became of the sheets of one form, by the names people know."""

    accepted: list[str] = field(default_factory=list)
    rejected: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    version: int = 0  # the highest version that was made, or that says the same
    readings: list[Reading] = field(default_factory=list)


def hand_in(
    session: Session,
    cycle: tables.Cycle,
    unit: Unit,
    form: Form,
    returned: ReturnedForm,
    file: tables.InboxFile | None,
    now: datetime,
    *,
    receipts: bool = True,
    dates: Milestones | None = None,
) -> HandedIn:
    """Keep what a returned form says and put down the letter to its sender.

    `file` is what it came in; None for answers given in the portal, whose page says what was received.
    Without `receipts` only what has to be mended is told. `dates` say when figures may be given.
    """
    done = HandedIn()
    readings = _readings(session, cycle, form, returned, dates, now)
    written = [(sheet, reading) for sheet, reading in readings if reading.ready or not reading.empty]
    if not written:  # nothing to keep, but whoever sent it believes that she has answered
        done.rejected = [sheet.title for sheet in form.sheets]
        done.readings = [reading for _, reading in readings]
    form_id = _form_id(session, cycle, form, returned.number)
    source = _Source(form, form_id, returned.number, file.id if file else None, now)
    for sheet, reading in written:
        cells = returned.scopes.get(sheet.scope, {})
        if file is not None:  # so that what was begun in a file can be finished in the portal
            save_cells(session, cycle.id, sheet, cells, form.person, now)
        _keep_sheet(session, cycle, source, sheet, cells, reading, done)
    if file is None:
        return done
    letter = _letter(session, cycle, unit, form, returned.name, done, now)
    if isinstance(letter, Returned) or (isinstance(letter, Receipt) and receipts):
        cause = f"file {file.sha256[:32]}"
        notify(session, cycle, letter, cause=cause, receiver=form.person, now=now)
    return done


def _readings(
    session: Session,
    cycle: tables.Cycle,
    form: Form,
    returned: ReturnedForm,
    dates: Milestones | None,
    now: datetime,
) -> list[tuple[Sheet, Reading]]:
    """Every sheet of the form and what is read in it, with a fault where figures were given too early."""
    readings = [(sheet, check_sheet(sheet, returned.scopes.get(sheet.scope, {}))) for sheet in form.sheets]
    if dates is None or dates.figures_open(now) or _is_corrected(session, cycle):
        return readings
    return [
        (
            sheet,
            with_untimely_figures(
                sheet,
                reading,
                returned.scopes.get(sheet.scope, {}),
                _figures(session, cycle, sheet),
                dates,
                now,
            ),
        )
        for sheet, reading in readings
    ]


def _is_corrected(session: Session, cycle: tables.Cycle) -> bool:
    """Whether a decided report is being corrected, so that its figures can be changed."""
    decided = select(tables.ApprovedVersion.id).where(tables.ApprovedVersion.cycle_id == cycle.id).limit(1)
    return session.scalar(decided) is not None and is_open(session, cycle)


def _figures(session: Session, cycle: tables.Cycle, sheet: Sheet) -> dict[str, Decimal | None] | None:
    """The figures of the answer that counts; None where there is none."""
    newest = counting_submission(session, cycle, sheet.scope)
    if newest is None:
        return None
    rows = session.execute(_ANSWERS, {"submission": newest.id})
    return {field: number for field, _state, number, _text in rows}


@dataclass(frozen=True, slots=True)
class _Source:
    """Where what is handed in comes from: which version of whose form, in which file, and when."""

    form: Form
    form_id: int
    number: int
    file_id: int | None
    now: datetime


def _keep_sheet(
    session: Session,
    cycle: tables.Cycle,
    source: _Source,
    sheet: Sheet,
    cells: Mapping[str, RawCell],
    reading: Reading,
    done: HandedIn,
) -> None:
    holds = reading.ready and not reading.faults
    if holds and (same := _same_as_before(session, cycle, reading)) is not None:
        done.unchanged.append(sheet.title)
        done.version = max(done.version, same)
        return
    version = _next_version(session, cycle, sheet.scope)
    content = canonical_json(_submission(source, sheet, version, reading)) if holds else _as_it_stood(cells)
    row = tables.Submission(
        cycle_id=cycle.id,
        form_id=source.form_id,
        inbox_file_id=source.file_id,
        scope=sheet.scope,
        person=source.form.person,
        version=version,
        state=SubmissionState.ACCEPTED if holds else SubmissionState.REJECTED,
        content=content,
        sha256=hashlib.sha256(content.encode()).hexdigest(),
        faults=[{"field": f.field, "place": f.place, "message": f.message} for f in reading.faults],
        received_at=source.now,
    )
    session.add(row)
    session.flush()
    done.version = max(done.version, version)
    done.readings.append(reading)
    (done.accepted if holds else done.rejected).append(sheet.title)
    if holds and reading.answers:
        session.execute(_ADD_ANSWERS, [_row_of(row.id, answer) for answer in reading.answers.values()])


def _submission(source: _Source, sheet: Sheet, version: int, reading: Reading) -> Submission:
    return Submission(
        cycle=source.form.cycle,
        unit_code=source.form.unit_code,
        scope=sheet.scope,
        person=source.form.person,
        version=version,
        based_on=source.number,
        received_at=source.now,
        answers=reading.answers,
    )


def _row_of(submission_id: int, answer: Answer) -> dict[str, object]:
    return {
        "submission_id": submission_id,
        "field": answer.field,
        "state": answer.state.value,
        "number": answer.number,
        "text": answer.text,
    }


class _OfFile(TypedDict):
    """What both letters say of a hand-in."""

    unit_code: str
    unit_name: str
    cycle: str
    subunits: tuple[str, ...]
    sections: tuple[str, ...]
    file: str
    due: date


def _letter(
    session: Session,
    cycle: tables.Cycle,
    unit: Unit,
    form: Form,
    name: str,
    done: HandedIn,
    now: datetime,
) -> Returned | Receipt | None:
    """To the sender of a file: what has to be mended, else what was received; None where it said nothing."""
    titles = {sheet.scope: sheet.title for sheet in form.sheets}
    decided = not is_open(session, cycle)
    about = done.rejected or done.accepted or done.unchanged
    subunits, sections = scope_names(unit, form)
    of_file = _OfFile(
        unit_code=form.unit_code,
        unit_name=form.unit_name,
        cycle=form.cycle,
        subunits=tuple(name for name in subunits if name in about),
        sections=tuple(name for name in sections if name in about),
        file=name,
        due=form.due,
    )
    if done.rejected:
        return Returned(
            **of_file,
            faults=tuple(fault for reading in done.readings for fault in reading.faults),
            unmarked=tuple(titles[reading.scope] for reading in done.readings if not reading.ready),
            accepted=tuple(done.accepted),
            decided=decided,
        )
    if not about:
        return None
    answered = answered_scopes(session, cycle)
    lacking = [] if decided else [sheet for sheet in form.sheets if sheet.scope not in answered]
    return Receipt(
        **of_file,
        received_at=now,
        version=done.version,
        missing=tuple(missing_parts(session, cycle.id, lacking).values()),
        decided=decided,
    )


def _next_version(session: Session, cycle: tables.Cycle, scope: str) -> int:
    highest: int | None = session.scalar(_HIGHEST, {"cycle": cycle.id, "scope": scope})
    return (highest or 0) + 1


def _as_it_stood(cells: Mapping[str, RawCell]) -> str:
    """A rejected hand-in is kept as it was written, cell by cell, but for identity numbers."""
    return canonical({key: masked(str(cell.value)) for key, cell in cells.items() if cell.value is not None})


def _form_id(session: Session, cycle: tables.Cycle, form: Form, number: int) -> int:
    """The version of the form that was filled in; the newest where that version is not known."""
    rows = session.execute(_FORMS, {"cycle": cycle.id, "person": form.person})
    ids: dict[int, int] = {row.number: row.id for row in rows}
    return ids.get(number, ids[form.number])


def _same_as_before(session: Session, cycle: tables.Cycle, reading: Reading) -> int | None:
    """The version that counts, where the sheet says what it says: a deputy of three sends all three again."""
    newest = counting_submission(session, cycle, reading.scope)
    if newest is None:
        return None
    rows = session.execute(_ANSWERS, {"submission": newest.id})
    before = {field: (state, number, text) for field, state, number, text in rows}
    now = {a.field: (a.state.value, a.number, a.text) for a in reading.answers.values()}
    return newest.version if before == now else None
