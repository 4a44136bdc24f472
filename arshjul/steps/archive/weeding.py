"""Weeding (rensning): what was only a working copy goes by rule, with a protocol.

Only cycles whose newest version is archived and stands are weeded, and never what was decided: the approved
files, the submissions that count, decisions and their reasons. `look` says what would go, `weed` lets it go.
What is archived goes by decision alone: `arshjul.steps.archive.disposing`.
Called by `arshjul weed` and once a month.
"""

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from arshjul.adapters.store import tables
from arshjul.crash_points import CrashPoint, reached
from arshjul.cycle import CycleKey
from arshjul.letters.matters import from_json
from arshjul.office import Office
from arshjul.steps.cycle.cycles import correction, hold_cycle, key_of
from arshjul.steps.cycle.output import DRAFT, export_folder
from arshjul.steps.cycle.versions import newest_version

DRAFTS, FORMS, SAVED, TEXTS, FINDINGS, LETTERS = "drafts", "forms", "saved", "texts", "findings", "letters"
RULES = {
    DRAFTS: "utkast till rapporten och filerna i mappen utkast",
    FORMS: "underlag som har ersatts av ett nytt",
    SAVED: "svar som sparades men ersattes av det som lämnades in",
    TEXTS: "enhetschefens texter i tidigare lydelser",
    FINDINGS: "iakttagelser som rättades innan beslutet",
    LETTERS: "innehållet i brev som har gått",
}


@dataclass(frozen=True, slots=True)
class Weeded:
    """One line of the protocol: so many of a kind, of one cycle, by a rule."""

    key: CycleKey | None
    unit_code: str
    rule: str
    number: int


def look(office: Office, now: datetime) -> list[Weeded]:
    """What would be weeded now; nothing is changed."""
    return _weed(office, now, do=False)


def weed(office: Office, now: datetime) -> list[Weeded]:
    """Weed by the rules, one cycle in a transaction, and put it in the protocol."""
    return _weed(office, now, do=True)


def _weed(office: Office, now: datetime, *, do: bool) -> list[Weeded]:
    done: list[Weeded] = []
    days = office.installation.settings.archive
    with office.database.reading() as session:
        ripe = list(_ripe(session, now - timedelta(days=days.weed_after_days)))
        units = list(session.scalars(select(tables.Unit.code).order_by(tables.Unit.code)))
    for key in ripe:
        with office.database.writing() as session:
            cycle = hold_cycle(session, key)
            assert cycle is not None
            done += _protocol(session, key.unit_code, cycle, _of_cycle(session, cycle, do=do), now, do=do)
        if do:
            reached(CrashPoint.WEEDED)  # what is ripe is gone over each time, so the folder goes next time
            shutil.rmtree(export_folder(office, key, DRAFT), ignore_errors=True)
    before = now - timedelta(days=days.weed_letters_after_days)
    for unit in units:
        with office.database.writing() as session:
            taken = _letters(session, unit, before, do=do)
            done += _protocol(session, unit, None, [(LETTERS, taken)], now, do=do)
    return done


def _ripe(session: Session, before: datetime) -> Iterator[CycleKey]:
    """The cycles whose newest version is archived since before then, and is not being corrected."""
    for cycle in session.scalars(select(tables.Cycle).order_by(tables.Cycle.id)):
        newest = newest_version(session, cycle)
        if newest is None or correction(session, cycle, newest.number) is not None:
            continue
        written = session.scalar(
            select(tables.Package.written_at).where(tables.Package.version_id == newest.id).limit(1)
        )
        if written is not None and written <= before:
            yield key_of(cycle)


def _of_cycle(session: Session, cycle: tables.Cycle, *, do: bool) -> Iterator[tuple[str, list[Any]]]:
    """Each rule with the ids of what it takes."""
    yield DRAFTS, _drafts(session, cycle, do=do)
    yield FORMS, _forms(session, cycle, do=do)
    yield SAVED, _all(session, tables.SavedAnswer, tables.SavedAnswer.cycle_id == cycle.id, do=do)
    judgements = session.scalars(
        select(tables.Judgement).where(tables.Judgement.cycle_id == cycle.id).order_by(tables.Judgement.id)
    ).all()
    old = sorted({row.id for row in judgements} - set(_standing(session, cycle, judgements)))
    yield TEXTS, _all(session, tables.Judgement, tables.Judgement.id.in_(old), do=do)
    mended = (tables.Finding.cycle_id == cycle.id) & (tables.Finding.state == "mended")
    yield FINDINGS, _all(session, tables.Finding, mended, do=do)


def _standing(session: Session, cycle: tables.Cycle, judgements: Iterable[tables.Judgement]) -> Iterator[int]:
    """The manager's words that stand now, and those that stood when a version was decided on."""
    versions = tables.ApprovedVersion
    decided = session.scalars(select(versions.approved_at).where(versions.cycle_id == cycle.id)).all()
    for at in (*decided, None):
        yield from {row.goal: row.id for row in judgements if at is None or row.at <= at}.values()


def _drafts(session: Session, cycle: tables.Cycle, *, do: bool) -> list[Any]:
    """All but the newest, whose number the next draft counts on from; the files that were not approved."""
    drafts = session.scalars(
        select(tables.Draft).where(tables.Draft.cycle_id == cycle.id).order_by(tables.Draft.number)
    ).all()
    old = drafts[:-1]
    if do and old:
        session.execute(delete(tables.Draft).where(tables.Draft.id.in_([draft.id for draft in old])))
        _let_go(session, {sha256 for draft in old for sha256 in draft.files.values()})
    return [draft.number for draft in old]


def _forms(session: Session, cycle: tables.Cycle, *, do: bool) -> list[Any]:
    """Forms that a newer one has replaced and that nothing which was handed in rests on."""
    forms = session.scalars(
        select(tables.Form).where(tables.Form.cycle_id == cycle.id).order_by(tables.Form.number)
    ).all()
    newest = {form.person: form.id for form in forms}
    used = set(
        session.scalars(select(tables.Submission.form_id).where(tables.Submission.cycle_id == cycle.id))
    )
    old = [form for form in forms if newest[form.person] != form.id and form.id not in used]
    if do and old:
        session.execute(delete(tables.Form).where(tables.Form.id.in_([form.id for form in old])))
        _let_go(session, {form.workbook_sha256 for form in old})
    return [form.id for form in old]


def _all(session: Session, table: Any, condition: Any, *, do: bool) -> list[Any]:
    ids = list(session.scalars(select(table.id).where(condition).order_by(table.id)))
    if do and ids:
        session.execute(delete(table).where(table.id.in_(ids)))
    return ids


def _let_go(session: Session, hashes: Iterable[str]) -> None:
    """Delete the bytes that nothing points to any more; a letter that waits may still carry them."""
    session.flush()
    used = set(session.scalars(select(tables.Form.workbook_sha256)))
    for table in (tables.Draft, tables.ApprovedVersion):
        for files in session.scalars(select(table.files)):
            used.update(files.values())
    waiting = (
        select(tables.Notice.content)
        .outerjoin(tables.Letter, tables.Notice.letter_id == tables.Letter.id)
        .where(tables.Letter.sent_at.is_(None), tables.Notice.withdrawn_at.is_(None))
    )
    for content in session.scalars(waiting):
        used.update(each["sha256"] for each in content.get("attachments", ()))
    gone = set(hashes) - used
    session.execute(delete(tables.StoredFile).where(tables.StoredFile.sha256.in_(gone)))


def _letters(session: Session, unit: str, before: datetime, *, do: bool) -> list[Any]:
    """Notices of letters that went before then and still say something. That they went stays."""
    rows = session.scalars(
        select(tables.Notice)
        .join(tables.Letter, tables.Notice.letter_id == tables.Letter.id)
        .where(tables.Notice.unit_code == unit, tables.Letter.sent_at < before)
        .order_by(tables.Notice.id)
    ).all()
    taken = []
    for row in rows:
        bare = without_words(row.content)
        if bare != row.content:
            taken.append(row.id)
            if do:
                row.content = bare
    return taken


def without_words(content: dict[str, Any]) -> dict[str, Any]:
    """A notice without names, texts and attachments, of which kind and cycle are still known."""
    bare = dict(content)
    for name in sorted(set(content) - {"kind", "unit_code", "unit_name", "cycle"}):
        blank: Any = "" if isinstance(content[name], str) else [] if isinstance(content[name], list) else None
        if not content[name] or blank is None:
            continue
        try:
            from_json({**bare, name: blank})
        except ValueError:
            continue  # a date, or something that a letter of this kind must have
        bare[name] = blank
    return bare


def _protocol(
    session: Session,
    unit: str,
    cycle: tables.Cycle | None,
    taken: Iterable[tuple[str, list[Any]]],
    now: datetime,
    *,
    do: bool,
) -> list[Weeded]:
    lines = []
    for rule, ids in taken:
        if not ids:
            continue
        lines.append(Weeded(key_of(cycle) if cycle else None, unit, rule, len(ids)))
        if do:
            session.add(
                tables.Weeding(
                    unit_code=unit,
                    cycle_id=cycle.id if cycle else None,
                    rule=rule,
                    number=len(ids),
                    content={"numbers": ids},
                    at=now,
                )
            )
    return lines
