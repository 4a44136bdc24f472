"""What quotes a text that is purged: drafts, letters, findings, decisions, actions, and later forms.

In the caller's transaction. Called by `arshjul.steps.archive.purging` when
`arshjul.steps.archive.purged_sources` has said which texts are gone.
"""

import json
from collections.abc import Iterable
from typing import Any

from markupsafe import escape
from sqlalchemy import select
from sqlalchemy.orm import Session

from arshjul.adapters.store import tables
from arshjul.adapters.store.columns import canonical
from arshjul.adapters.store.files import XLSX, file_content, keep_file
from arshjul.adapters.workbooks.writing import write_workbook
from arshjul.form_file import load_form
from arshjul.steps.archive.purged_sources import REMOVED, Purged, left_in, no_hash
from arshjul.steps.cycle.cycles import key_of


def take_out_quotes(session: Session, cycle: tables.Cycle, done: Purged) -> None:
    """Take the texts that are `gone` out of all that repeats them in the unit, save what is decided."""
    if done.gone:
        _approved(session, cycle, done)
        _drafts(session, cycle, done)
        _notices(session, cycle, done)
        _findings(session, cycle, done)
        _rows(session, cycle, done)
        _forms(session, cycle, done)


def _approved(session: Session, cycle: tables.Cycle, done: Purged) -> None:
    """What has been decided is never changed: which of the unit's versions hold it is told."""
    written = [str(escape(text)) for text in done.gone]
    rows = session.execute(
        select(tables.Cycle, tables.ApprovedVersion)
        .join(tables.ApprovedVersion, tables.ApprovedVersion.cycle_id == tables.Cycle.id)
        .where(tables.Cycle.unit_code == cycle.unit_code)
        .order_by(tables.ApprovedVersion.id)
    )
    for of, version in rows:
        pages = [sha256 for name, sha256 in version.files.items() if name.endswith(".html")]
        page = "".join(file_content(session, sha256).decode() for sha256 in pages)
        if any(text in page for text in written):
            done.left.append(left_in(of, version.number))


def _drafts(session: Session, cycle: tables.Cycle, done: Purged) -> None:
    """A draft goes with its files, and with the hashes of what it was made of."""
    versions = session.scalars(
        select(tables.ApprovedVersion.files).where(tables.ApprovedVersion.cycle_id == cycle.id)
    )
    frozen = {sha256 for files in versions for sha256 in files.values()}
    for draft in session.scalars(select(tables.Draft).where(tables.Draft.cycle_id == cycle.id)).all():
        mine = set(draft.files.values())
        if not mine or mine & frozen:
            continue
        draft.files, draft.inputs_sha256, draft.city_fields = {}, no_hash(), None
        _drop_files(session, mine)
        done.add("utkast")


def _drop_files(session: Session, hashes: Iterable[str]) -> None:
    for sha256 in hashes:
        stored = session.get(tables.StoredFile, sha256)
        if stored is not None:
            session.delete(stored)


def _notices(session: Session, cycle: tables.Cycle, done: Purged) -> None:
    """Letters that quote it, that carry a draft, or are named after a hash of what it stood in."""
    cycle_name = f"{key_of(cycle)} "  # every cause of its notices begins with it
    for notice in session.scalars(select(tables.Notice).where(tables.Notice.cycle_id == cycle.id)):
        content = _without(notice.content, done.gone)
        cause = notice.cause.removeprefix(cycle_name)
        named_by_hash = cause.startswith(("draft ", "file "))
        if named_by_hash and notice.kind in ("review", "returned", "receipt"):
            notice.cause = f"{cycle_name}{cause.split()[0]} {no_hash()[:40]}"
            content = {**content, "attachments": []} if notice.kind == "review" else content
        if content != notice.content:
            notice.content = content
            done.add("meddelanden")


def _findings(session: Session, cycle: tables.Cycle, done: Purged) -> None:
    for finding in session.scalars(select(tables.Finding).where(tables.Finding.cycle_id == cycle.id)):
        message, evidence = _without(finding.message, done.gone), _without(finding.evidence, done.gone)
        if (message, evidence) == (finding.message, finding.evidence):
            continue
        finding.message, finding.evidence, finding.key = message, evidence, no_hash()
        finding.mend = _without(finding.mend, done.gone)
        decision = finding.decision_id and session.get(tables.Decision, finding.decision_id)
        if decision:
            decision.subject_sha256 = None
        done.add("iakttagelser")


def _rows(session: Session, cycle: tables.Cycle, done: Purged) -> None:
    """Whatever else holds words of people."""
    t, unit = tables, cycle.unit_code
    places: tuple[tuple[str, Any, Any, tuple[str, ...]], ...] = (
        ("beslut", t.Decision, t.Decision.cycle_id == cycle.id, ("reason", "content")),
        ("inkomna filer", t.InboxFile, t.InboxFile.unit_code == unit, ("note",)),
        ("åtgärder", t.ActionEvent, t.ActionEvent.unit_code == unit, ("content",)),
        ("inlämningar", t.Submission, t.Submission.cycle_id == cycle.id, ("faults",)),
        ("möten", t.AptMeeting, t.AptMeeting.cycle_id == cycle.id, ("suggestions",)),
        ("anteckningar om uppgifter", t.DutyWord, t.DutyWord.unit_code == unit, ("note",)),
    )
    for what, table, of_it, columns in places:
        for row in session.scalars(select(table).where(of_it)):
            for column in columns:
                before = getattr(row, column)
                if (after := _without(before, done.gone)) != before:
                    setattr(row, column, after)
                    done.add(what)


def _forms(session: Session, cycle: tables.Cycle, done: Purged) -> None:
    """Forms of the unit that show it again as what was written last time: made anew without it."""
    rows = session.scalars(
        select(tables.Form)
        .join(tables.Cycle, tables.Cycle.id == tables.Form.cycle_id)
        .where(tables.Cycle.unit_code == cycle.unit_code)
    )
    for row in rows.all():
        content = json.loads(row.content)
        if (clean := _without(content, done.gone)) == content:
            continue
        row.content = canonical(clean)
        old = row.workbook_sha256
        row.workbook_sha256 = keep_file(session, write_workbook(load_form(row.content)), XLSX)
        session.flush()
        if old != row.workbook_sha256:
            _drop_files(session, [old])
        done.add("underlag")


def _without(value: Any, gone: Iterable[str]) -> Any:
    """The same value with every text in it that is to go replaced."""
    match value:
        case str():
            for text in sorted(gone, key=len, reverse=True):
                value = value.replace(text, REMOVED)
            return value
        case dict():
            return {name: _without(one, gone) for name, one in value.items()}
        case list():
            return [_without(one, gone) for one in value]
    return value
