"""A cycle as its manager sees it: each part of the form with its person, progress and letters. Reads only.

Called by the portal's page of a cycle.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from arshjul.adapters.store import tables
from arshjul.cycle import CycleKey, chasing
from arshjul.form import Form
from arshjul.form_file import load_form
from arshjul.letters import MatterKind
from arshjul.office import Office
from arshjul.steps.answers.answering import page_standings
from arshjul.steps.answers.saving import saved_in_scopes
from arshjul.steps.cycle.cycles import find_cycle, newest_draft
from arshjul.steps.cycle.directing import given_time
from arshjul.steps.cycle.settled import settled
from arshjul.steps.cycle.standing import scope_standing
from arshjul.wheel import local_day

LETTER_WORDS = {
    MatterKind.REQUEST: "underlag",
    MatterKind.REMINDER: "påminnelse",
    MatterKind.RETURNED: "återsänt",
    MatterKind.RECEIPT: "kvitto",
    MatterKind.ESCALATION: "försening",
    MatterKind.DIGEST: "läget",
    MatterKind.REVIEW: "att granska",
    MatterKind.REPORT: "rapport",
    MatterKind.APT: "om APT",
    MatterKind.DUTY: "uppgift",
    MatterKind.FAILURE: "driften",
    MatterKind.LINK: "inloggning",
}


@dataclass(frozen=True, slots=True)
class PartView:
    """One sub-unit or section: who answers, how far she has come, and the letters to her about it."""

    scope: str
    name: str
    state: str
    words: str
    version: int | None
    person: str
    person_name: str
    pages_done: int
    pages: int
    last_letter: str
    next_letter: str
    extended_until: date | None


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding with what it rests on; `reason` where it was closed with one."""

    id: int
    code: str
    severity: str
    place: str
    message: str
    mend: str
    state: str
    goal: str
    reason: str


@dataclass(frozen=True, slots=True)
class FileView:
    """A file of a draft or of an approved version."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class VersionView:
    """An approved version: its files, the hash that was decided on, by whom and when, what it changes."""

    number: int
    files: tuple[FileView, ...]
    manifest_sha256: str
    by: str
    at: datetime
    changes: str


def parts_of(office: Office, key: CycleKey, now: datetime) -> list[PartView]:
    """Every part of the form, in the unit's order; empty before the cycle opens."""
    scopes = scope_standing(office, key)
    people = {p.id: p.name for p in office.installation.organisation.people}
    coming = [at for at in chasing(settled(office, key).milestones).values() if at > now]
    with office.database.reading() as session:
        cycle = find_cycle(session, key)
        if cycle is None:
            return []
        found = _of_forms(session, cycle)
        letters = _last_letters(session, cycle)
        saved = saved_in_scopes(session, cycle.id, found.keys())
        time_given = given_time(session, cycle)
    views = []
    for each in scopes:
        form = found.get(each.scope)
        sheet = form.sheet(each.scope) if form else None
        if form is None or sheet is None:
            continue
        standings = page_standings(sheet, saved.get(each.scope, {}))
        begun = any(page.begun for page in standings)
        done = sum(not page.faults for page in standings) if begun else 0
        kind, sent_at = letters.get(form.person, ("", None))
        views.append(
            PartView(
                scope=each.scope,
                name=each.name,
                state=each.state,
                words=each.words,
                version=each.version,
                person=form.person,
                person_name=people.get(form.person, form.person),
                pages_done=len(standings) if each.state == "answered" else done,
                pages=len(standings),
                last_letter=f"{LETTER_WORDS[MatterKind(kind)]} {local_day(sent_at)}" if sent_at else "",
                next_letter=_next(coming) if each.state != "answered" else "",
                extended_until=time_given.get(each.scope),
            )
        )
    return views


def findings_of(office: Office, key: CycleKey) -> list[FindingView]:
    """Every finding that is open or was closed with a reason, the ones that stop an approval first."""
    with office.database.reading() as session:
        cycle = find_cycle(session, key)
        if cycle is None:
            return []
        rows = session.execute(
            select(tables.Finding, tables.Decision.reason)
            .outerjoin(tables.Decision, tables.Finding.decision_id == tables.Decision.id)
            .where(tables.Finding.cycle_id == cycle.id, tables.Finding.state != "mended")
            .order_by(tables.Finding.id)
        ).all()
    order = {"error": 0, "warning": 1, "note": 2}
    views = [
        FindingView(
            row.id,
            row.code,
            row.severity,
            row.place,
            row.message,
            row.mend,
            row.state,
            str(row.evidence.get("goal") or ""),
            reason or "",
        )
        for row, reason in rows
    ]
    return sorted(views, key=lambda view: (view.state != "open", order[view.severity], view.id))


def draft_files(office: Office, key: CycleKey) -> tuple[FileView, ...]:
    """The files of the newest draft; empty before there is one."""
    with office.database.reading() as session:
        cycle = find_cycle(session, key)
        draft = newest_draft(session, cycle) if cycle else None
    return _files(draft.files) if draft else ()


def versions_of(office: Office, key: CycleKey) -> list[VersionView]:
    """The approved versions, the newest first."""
    people = {p.id: p.name for p in office.installation.organisation.people}
    with office.database.reading() as session:
        cycle = find_cycle(session, key)
        if cycle is None:
            return []
        rows = session.execute(
            select(tables.ApprovedVersion, tables.Decision)
            .join(tables.Decision, tables.ApprovedVersion.decision_id == tables.Decision.id)
            .where(tables.ApprovedVersion.cycle_id == cycle.id)
            .order_by(tables.ApprovedVersion.number.desc())
        ).all()
        begun = session.scalars(
            select(tables.Decision).where(
                tables.Decision.cycle_id == cycle.id, tables.Decision.kind == "correct"
            )
        ).all()
    changes = {decision.content["of"] + 1: decision.reason or "" for decision in begun}
    return [
        VersionView(
            version.number,
            _files(version.files),
            version.manifest_sha256,
            people.get(decision.person, decision.person),
            version.approved_at,
            changes.get(version.number, ""),
        )
        for version, decision in rows
    ]


def content_of(office: Office, files: Iterable[FileView], name: str) -> tuple[bytes, str] | None:
    """The stored bytes and media type of the file of that name; None where there is none."""
    sha256 = next((file.sha256 for file in files if file.name == name), None)
    if sha256 is None:
        return None
    with office.database.reading() as session:
        stored = session.get_one(tables.StoredFile, sha256)
        return stored.content, stored.media_type


def _files(files: dict[str, str]) -> tuple[FileView, ...]:
    return tuple(FileView(name, sha256) for name, sha256 in sorted(files.items()))


def _next(coming: list[datetime]) -> str:
    return f"påminnelse {local_day(coming[0])}" if coming else ""


def _of_forms(session: Session, cycle: tables.Cycle) -> dict[str, Form]:
    """Scope to the newest form of the person who answers it."""
    rows = session.scalars(
        select(tables.Form).where(tables.Form.cycle_id == cycle.id).order_by(tables.Form.number)
    )
    newest = {row.person: row for row in rows}
    forms = {row.person: load_form(row.content) for row in newest.values()}
    return {scope: forms[row.person] for row in newest.values() for scope in row.scopes}


def _last_letters(session: Session, cycle: tables.Cycle) -> dict[str, tuple[str, datetime]]:
    """Person to the kind and time of the last letter that was sent to her in the cycle."""
    rows = session.execute(
        select(tables.Notice.receiver, tables.Notice.kind, tables.Letter.sent_at)
        .join(tables.Letter, tables.Notice.letter_id == tables.Letter.id)
        .where(tables.Notice.cycle_id == cycle.id, tables.Letter.sent_at.is_not(None))
        .order_by(tables.Letter.sent_at)
    ).all()
    return {receiver: (kind, sent_at) for receiver, kind, sent_at in rows if sent_at is not None}
