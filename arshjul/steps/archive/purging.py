"""Purging: what got in and must not be kept is taken out of every version, and a tombstone says so.

In one transaction: every submission and its answers, what was saved in the portal, the manager's texts,
findings, letters that were put down, forms that showed it again, drafts. The files, what was handed in and
the exported draft, go before the transaction is kept: cut short anywhere, it is asked for again and finds
what is left. The tombstone is a decision on the case: who, when, why, where and how many; no hash
of what was removed, which could be guessed out again, and no hash of anything that it stood in. What an
approved version rests on is left: it has a procedure of its own (`LEFT`). Called by `arshjul purge`.
"""

import hashlib
import json
import secrets
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from arshjul.adapters.store import tables
from arshjul.adapters.store.columns import canonical
from arshjul.adapters.store.files import XLSX, keep_file
from arshjul.adapters.workbooks.writing import write_workbook
from arshjul.crash_points import CrashPoint, reached
from arshjul.cycle import CycleKey
from arshjul.errors import Refused
from arshjul.form_file import load_form
from arshjul.office import Office
from arshjul.organisation import Role
from arshjul.secrecy import identity_numbers, refuse_identity_numbers
from arshjul.steps.cycle.cycles import hold_cycle, key_of, leased
from arshjul.steps.cycle.output import export_folder
from arshjul.wheel import local_day

PURGE = "purge"  # what the decision is called in the store
REMOVED = "[borttagen uppgift]"
LEFT = (
    "Version {number} är godkänd och innehåller uppgiften. Den ändras inte här: gör en rättelse (arshjul "
    "correct) så att en ny version gäller, och begär sedan arkivmyndighetens beslut om gallring av den gamla "
    "versionen och dess arkivpaket."
)
_SHORTEST = 12  # characters: a shorter answer ("Ja") stands in many places and says nothing by itself


@dataclass(slots=True)
class Purged:
    """What was taken out (or would be), by what it stood in; and what is left, in sentences."""

    counts: dict[str, int] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)

    def add(self, what: str, number: int = 1) -> None:
        """Count something that was found."""
        if number:
            self.counts[what] = self.counts.get(what, 0) + number


class _OnlyLooking(Exception):
    """Takes a transaction back that was for looking at what it would do."""


def purge(
    office: Office,
    key: CycleKey,
    scope: str | None,
    field_id: str,
    person: str,
    reason: str,
    now: datetime,
    *,
    dry_run: bool = False,
) -> Purged:
    """Take out what a scope wrote in a field, in all versions; without `scope` the manager's under a goal.

    Refused for anybody but a manager, without a reason, and where nothing stands there.
    """
    unit = office.installation.unit(key.unit_code)
    managers = unit.holders(Role.MANAGER, local_day(now))
    if person not in managers:
        raise Refused(
            f"{person} är inte enhetschef för {unit.name}. Det kan bara göras av: {', '.join(managers)}."
        )
    if len(reason.split()) < 3:
        raise Refused("Skriv ett skäl på minst några ord: det står kvar i beslutet.")
    refuse_identity_numbers(reason, "skälet")
    done = Purged()
    with leased(office, key, now):
        try:
            with office.database.writing() as session:
                if office.database.is_sqlite:
                    session.execute(text("PRAGMA secure_delete = ON"))  # or the pages keep what was deleted
                cycle = hold_cycle(session, key)
                if cycle is None:
                    raise Refused(f"{key} för {key.unit_code} har inte öppnats än.")
                files = _Work(session, cycle, scope, field_id, done).purge()
                where = {"scope": scope, "field": field_id}
                if done.counts or done.left:
                    content: dict[str, object] = {**where, "removed": done.counts, "left": len(done.left)}
                    session.add(_tombstone(cycle, person, reason, now, content))
                    session.flush()
                elif not _was_purged(session, cycle, where):
                    raise Refused(
                        f"Det står ingenting i {field_id} i {key}. Kontrollera --scope och --field."
                    )
                if dry_run:
                    raise _OnlyLooking
                _remove_files(office, key, files, done)
                reached(CrashPoint.PURGED)
        except _OnlyLooking:
            return done
        reached(CrashPoint.PURGE_COMMITTED)
        _clean_pages(office)
    return done


def _was_purged(session: Session, cycle: tables.Cycle, where: dict[str, str | None]) -> bool:
    """Whether it has been taken out already: asked for again, the pages are cleaned again."""
    tombstones = session.scalars(
        select(tables.Decision.content).where(
            tables.Decision.cycle_id == cycle.id, tables.Decision.kind == PURGE
        )
    )
    return any(where.items() <= content.items() for content in tombstones)


def _tombstone(
    cycle: tables.Cycle, person: str, reason: str, now: datetime, content: dict[str, object]
) -> tables.Decision:
    return tables.Decision(
        unit_code=cycle.unit_code,
        cycle_id=cycle.id,
        kind=PURGE,
        person=person,
        at=now,
        subject_sha256=None,
        reason=reason,
        content=content,
    )


class _Work:
    """One purge in one transaction. `gone` are the texts to take out wherever they are found."""

    def __init__(
        self, session: Session, cycle: tables.Cycle, scope: str | None, field_id: str, done: Purged
    ) -> None:
        self.session, self.cycle, self.scope, self.field_id, self.done = session, cycle, scope, field_id, done
        self.gone: set[str] = set()
        self.versions = session.scalars(
            select(tables.ApprovedVersion).where(tables.ApprovedVersion.cycle_id == cycle.id)
        ).all()

    def purge(self) -> set[str]:
        """Take it out of everything; the hashes of the files on disk that it came in."""
        files: set[str] = set()
        if self.scope is None:
            self._judgements()
        else:
            files = self._submissions()
            self._saved()
        if self.gone:
            self._drafts()
            self._everywhere_else()
            self._forms()
        return files

    def _remember(self, value: str) -> None:
        if value and value != REMOVED:
            self.gone |= {value[number.start : number.end] for number in identity_numbers(value)}
            if len(value) >= _SHORTEST:
                self.gone |= {value, *(line for line in value.splitlines() if len(line) >= _SHORTEST)}

    def _submissions(self) -> set[str]:
        frozen = {
            sha256: version.number
            for version in self.versions
            for sha256 in json.loads(version.manifest)["submissions"].values()
        }
        files: set[str] = set()
        rows = self.session.scalars(
            select(tables.Submission).where(
                tables.Submission.cycle_id == self.cycle.id, tables.Submission.scope == self.scope
            )
        )
        for row in rows:
            content = json.loads(row.content)
            answers = content.get("answers", content)
            stood = answers.get(self.field_id)
            value = stood.get("text") if isinstance(stood, dict) else stood
            if not value or value == REMOVED:
                continue
            if row.sha256 in frozen:
                self.done.left.append(LEFT.format(number=frozen[row.sha256]))
                continue
            self._remember(value)
            if isinstance(stood, dict):
                stood["text"] = REMOVED
                answer = self.session.get(tables.Answer, (row.id, self.field_id))
                if answer is not None:
                    answer.text = REMOVED
            else:
                answers[self.field_id] = REMOVED
            row.content = canonical(content)
            row.sha256 = hashlib.sha256(row.content.encode()).hexdigest()
            self.done.add("inlämningar")
            if row.inbox_file_id is not None:
                files.add(self._file(row.inbox_file_id))
        return files

    def _file(self, file_id: int) -> str:
        """Forget which bytes came in: what stood in them can be guessed from their hash."""
        file = self.session.get_one(tables.InboxFile, file_id)
        sha256 = file.sha256
        if not sha256.startswith("rensad-"):
            file.sha256 = _no_hash()
        return sha256

    def _saved(self) -> None:
        rows = self.session.scalars(
            select(tables.SavedAnswer).where(
                tables.SavedAnswer.cycle_id == self.cycle.id,
                tables.SavedAnswer.scope == self.scope,
                tables.SavedAnswer.field == self.field_id,
            )
        )
        for row in rows:
            if row.value and row.value != REMOVED:
                self._remember(row.value)
                row.value = REMOVED
                self.done.add("sparade svar")

    def _judgements(self) -> None:
        rows = self.session.scalars(
            select(tables.Judgement).where(
                tables.Judgement.cycle_id == self.cycle.id, tables.Judgement.goal == self.field_id
            )
        )
        for row in rows:
            if row.synthesis and row.synthesis != REMOVED:
                self._remember(row.synthesis)
                row.synthesis = REMOVED
                self.done.add("chefens texter")
                before = [version.number for version in self.versions if version.approved_at >= row.at]
                self.done.left += [LEFT.format(number=number) for number in before[:1]]

    def _drafts(self) -> None:
        """A draft goes with its files, and with the hashes of what it was made of."""
        frozen = {sha256 for version in self.versions for sha256 in version.files.values()}
        for draft in self.session.scalars(
            select(tables.Draft).where(tables.Draft.cycle_id == self.cycle.id)
        ).all():
            mine = set(draft.files.values())
            if not mine or mine & frozen:
                continue
            draft.files, draft.inputs_sha256, draft.city_fields = {}, _no_hash(), None
            self._drop_files(mine)
            self.done.add("utkast")

    def _drop_files(self, hashes: Iterable[str]) -> None:
        for sha256 in hashes:
            stored = self.session.get(tables.StoredFile, sha256)
            if stored is not None:
                self.session.delete(stored)

    def _everywhere_else(self) -> None:
        """What quotes it, and letters that carry a draft or are named after a hash of what it stood in."""
        cycle_id, unit = self.cycle.id, self.cycle.unit_code
        cycle_name = f"{key_of(self.cycle)} "  # every cause of its notices begins with it
        for notice in self.session.scalars(select(tables.Notice).where(tables.Notice.cycle_id == cycle_id)):
            content = self._without(notice.content)
            cause = notice.cause.removeprefix(cycle_name)
            named_by_hash = cause.startswith(("draft ", "file "))
            if named_by_hash and notice.kind in ("review", "returned", "receipt"):
                notice.cause = f"{cycle_name}{cause.split()[0]} {_no_hash()[:40]}"
                content = {**content, "attachments": []} if notice.kind == "review" else content
            if content != notice.content:
                notice.content = content
                self.done.add("meddelanden")
        for finding in self.session.scalars(
            select(tables.Finding).where(tables.Finding.cycle_id == cycle_id)
        ):
            message, evidence = self._without(finding.message), self._without(finding.evidence)
            if (message, evidence) != (finding.message, finding.evidence):
                finding.message, finding.evidence, finding.key = message, evidence, _no_hash()
                finding.mend = self._without(finding.mend)
                decision = finding.decision_id and self.session.get(tables.Decision, finding.decision_id)
                if decision:
                    decision.subject_sha256 = None
                self.done.add("iakttagelser")
        self._in_rows("beslut", tables.Decision, tables.Decision.cycle_id == cycle_id, "reason", "content")
        self._in_rows("inkomna filer", tables.InboxFile, tables.InboxFile.unit_code == unit, "note")
        self._in_rows("åtgärder", tables.ActionEvent, tables.ActionEvent.unit_code == unit, "content")
        self._in_rows("inlämningar", tables.Submission, tables.Submission.cycle_id == cycle_id, "faults")

    def _in_rows(self, what: str, table: Any, of_it: Any, *columns: str) -> None:
        for row in self.session.scalars(select(table).where(of_it)):
            for column in columns:
                before = getattr(row, column)
                if (after := self._without(before)) != before:
                    setattr(row, column, after)
                    self.done.add(what)

    def _forms(self) -> None:
        """Forms of the unit that show it again as what was written last time: made anew without it."""
        rows = self.session.scalars(
            select(tables.Form)
            .join(tables.Cycle, tables.Cycle.id == tables.Form.cycle_id)
            .where(tables.Cycle.unit_code == self.cycle.unit_code)
        )
        for row in rows.all():
            content = json.loads(row.content)
            if (clean := self._without(content)) == content:
                continue
            row.content = canonical(clean)
            old = row.workbook_sha256
            row.workbook_sha256 = keep_file(self.session, write_workbook(load_form(row.content)), XLSX)
            self.session.flush()
            if old != row.workbook_sha256:
                self._drop_files([old])
            self.done.add("underlag")

    def _without(self, value: Any) -> Any:
        """The same value with every text in it that is to go replaced."""
        match value:
            case str():
                for gone in sorted(self.gone, key=len, reverse=True):
                    value = value.replace(gone, REMOVED)
                return value
            case dict():
                return {name: self._without(one) for name, one in value.items()}
            case list():
                return [self._without(one) for one in value]
        return value


def _no_hash() -> str:
    """What stands where a hash stood: tells nothing, and is like no other."""
    return f"rensad-{secrets.token_hex(28)}"


def _remove_files(office: Office, key: CycleKey, hashes: set[str], done: Purged) -> None:
    """The files that it came in, wherever they were put, and the exported draft."""
    folders = office.installation.settings.folders
    for folder in (folders.data / "mottaget", folders.inbox, folders.quarantine):
        for path in sorted(folder.iterdir()) if hashes and folder.is_dir() else []:
            if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() in hashes:
                path.unlink()
                done.add("filer")
    draft = export_folder(office, key, "utkast")
    if done.counts and draft.is_dir():
        shutil.rmtree(draft)
        done.add("mappar med utkast")


def _clean_pages(office: Office) -> None:
    if office.database.is_sqlite:
        with office.database.engine.connect() as connection:
            connection.exec_driver_sql("ROLLBACK")
            connection.exec_driver_sql("VACUUM")  # pages that were freed long ago may hold it too
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")  # what was overwritten stood here
