"""A cycle as its manager sees it: each part of the form with its person, progress and letters. Reads only.

Called by the portal's page of a cycle.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from arshjul.adapters.store import tables
from arshjul.adapters.store.tables.deciding import DecisionKind
from arshjul.cycle import CycleKey, chasing
from arshjul.letters import MatterKind
from arshjul.office import Office
from arshjul.steps.answers.how_far import how_far
from arshjul.steps.cycle.cycles import find_cycle
from arshjul.steps.cycle.extensions import given_time
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
    """One sub-unit or section: who answers, how far she has come, and the letters to her about it.

    `came` is the day of an answer that counts; `is_late`: that came when the report had been decided.
    """

    scope: str
    name: str
    state: str
    came: date | None
    is_late: bool
    version: int | None
    person: str
    person_name: str
    pages_done: int
    pages: int
    last_letter: str
    last_letter_on: date | None
    next_letter_on: date | None
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
    organisation = office.installation.organisation
    coming = [at for at in chasing(settled(office, key).milestones).values() if at > now]
    with office.database.reading() as session:
        cycle = find_cycle(session, key)
        if cycle is None:
            return []
        found = how_far(office, session, cycle)
        letters = _last_letters(session, cycle)
        time_given = given_time(session, cycle)
    views = []
    for each in scopes:
        far = found.get(each.scope)
        if far is None:
            continue
        kind, sent_at = letters.get(far.person, ("", None))
        views.append(
            PartView(
                scope=each.scope,
                name=each.name,
                state=each.state,
                came=local_day(each.at) if each.at else None,
                is_late=each.after_decision,
                version=each.version,
                person=far.person,
                person_name=organisation.name(far.person),
                pages_done=far.pages if each.state == "answered" else far.done,
                pages=far.pages,
                last_letter=LETTER_WORDS[MatterKind(kind)] if kind else "",
                last_letter_on=local_day(sent_at) if sent_at else None,
                next_letter_on=local_day(coming[0]) if coming and each.state != "answered" else None,
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
        draft = tables.Draft
        newest = select(draft.files).order_by(draft.number.desc()).limit(1)
        files = session.scalar(newest.where(draft.cycle_id == cycle.id)) if cycle else None
    return _files(files) if files else ()


def versions_of(office: Office, key: CycleKey) -> list[VersionView]:
    """The approved versions, the newest first."""
    organisation = office.installation.organisation
    with office.database.reading() as session:
        cycle = find_cycle(session, key)
        if cycle is None:
            return []
        rows = session.execute(
            select(
                tables.ApprovedVersion.number,
                tables.ApprovedVersion.files,
                tables.ApprovedVersion.manifest_sha256,
                tables.ApprovedVersion.approved_at,
                tables.Decision.person,
            )
            .join(tables.Decision, tables.ApprovedVersion.decision_id == tables.Decision.id)
            .where(tables.ApprovedVersion.cycle_id == cycle.id)
            .order_by(tables.ApprovedVersion.number.desc())
        ).all()
        if not rows:
            return []
        begun = session.scalars(
            select(tables.Decision).where(
                tables.Decision.cycle_id == cycle.id, tables.Decision.kind == DecisionKind.CORRECT
            )
        ).all()
    changes = {decision.content["of"] + 1: decision.reason or "" for decision in begun}
    return [
        VersionView(
            row.number,
            _files(row.files),
            row.manifest_sha256,
            organisation.name(row.person),
            row.approved_at,
            changes.get(row.number, ""),
        )
        for row in rows
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


def _last_letters(session: Session, cycle: tables.Cycle) -> dict[str, tuple[str, datetime]]:
    """Person to the kind and time of the last letter that was sent to her in the cycle."""
    rows = session.execute(
        select(tables.Notice.receiver, tables.Notice.kind, tables.Letter.sent_at)
        .join(tables.Letter, tables.Notice.letter_id == tables.Letter.id)
        .where(tables.Notice.cycle_id == cycle.id, tables.Letter.sent_at.is_not(None))
        .order_by(tables.Letter.sent_at)
    ).all()
    return {receiver: (kind, sent_at) for receiver, kind, sent_at in rows if sent_at is not None}
