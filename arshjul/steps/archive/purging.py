"""Purging: what got in and must not be kept is taken out of every version, and a tombstone says so.

In one transaction: every submission and its answers, what was saved in the portal, the manager's texts,
meetings, actions and duties (`purged_sources`), findings, letters that were put down, forms that showed it
again, drafts (`purged_quotes`). The files, what was handed in and the exported draft, go before the
transaction is kept: cut short anywhere, it is asked for again and finds what is left. The tombstone is a
decision on the case: who, when, why, where and how many; no hash of what was removed, which could be guessed
out again, and no hash of anything that it stood in. What an approved version rests on is left: it has a
procedure of its own. Called by `arshjul purge`.
"""

import hashlib
import shutil
from datetime import datetime

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from arshjul.adapters.store import tables
from arshjul.adapters.store.tables.deciding import DecisionKind
from arshjul.crash_points import CrashPoint, reached
from arshjul.cycle import CycleKey
from arshjul.errors import Refused
from arshjul.form_file import load_form
from arshjul.office import Office
from arshjul.organisation import Role
from arshjul.steps.answers.collecting import RECEIVED
from arshjul.steps.archive.purged_quotes import take_out_quotes
from arshjul.steps.archive.purged_sources import Purged, take_out
from arshjul.steps.cycle.cycles import hold_cycle
from arshjul.steps.cycle.decisions import decide, require_reason
from arshjul.steps.cycle.lease import leased
from arshjul.steps.cycle.output import DRAFT, export_folder
from arshjul.wheel import local_day


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

    What else can be named instead of a field is told by `take_out`. Refused for anybody but a manager,
    without a reason, and where nothing stands there.
    """
    unit = office.installation.unit(key.unit_code)
    managers = unit.holders(Role.MANAGER, local_day(now))
    if person not in managers:
        raise Refused(
            f"{person} är inte enhetschef för {unit.name}. Det kan bara göras av: {', '.join(managers)}."
        )
    require_reason(reason, "Skriv ett skäl på minst några ord: det står kvar i beslutet.")
    done = Purged()
    with leased(office, key, now):
        try:
            with office.database.writing() as session:
                if office.database.is_sqlite:
                    session.execute(text("PRAGMA secure_delete = ON"))  # or the pages keep what was deleted
                cycle = hold_cycle(session, key)
                if cycle is None:
                    raise Refused(f"{key} för {key.unit_code} har inte öppnats än.")
                take_out(session, cycle, scope, field_id, done)
                take_out_quotes(session, cycle, done)
                where = {"scope": scope, "field": field_id}
                if done.counts or done.left:
                    _lay_tombstone(session, cycle, where, done, person, reason, now)
                elif not _was_purged(session, cycle, where):
                    raise Refused(
                        f"Det står ingenting i {field_id} i {key}. Kontrollera --scope och --field."
                    )
                if dry_run:
                    raise _OnlyLooking
                _remove_files(office, key, done)
                reached(CrashPoint.PURGED)
        except _OnlyLooking:
            return done
        reached(CrashPoint.PURGE_COMMITTED)
        office.memory.clear()  # what was gathered before may hold it, and forms that were read
        load_form.cache_clear()
        _clean_pages(office)
    return done


def _lay_tombstone(
    session: Session,
    cycle: tables.Cycle,
    where: dict[str, str | None],
    done: Purged,
    person: str,
    reason: str,
    now: datetime,
) -> None:
    content = {**where, "removed": done.counts, "left": len(done.left)}
    kind, subject = DecisionKind.PURGE, None  # a hash could be guessed out again
    decide(session, cycle, kind, person, now, subject=subject, content=content, reason=reason)


def _was_purged(session: Session, cycle: tables.Cycle, where: dict[str, str | None]) -> bool:
    """Whether it has been taken out already: asked for again, the pages are cleaned again."""
    tombstones = session.scalars(
        select(tables.Decision.content).where(
            tables.Decision.cycle_id == cycle.id, tables.Decision.kind == DecisionKind.PURGE
        )
    )
    return any(where.items() <= content.items() for content in tombstones)


def _remove_files(office: Office, key: CycleKey, done: Purged) -> None:
    """The files that it came in, wherever they were put, and the exported draft."""
    folders = office.installation.settings.folders
    for folder in (folders.data / RECEIVED, folders.inbox, folders.quarantine):
        for path in sorted(folder.iterdir()) if done.files and folder.is_dir() else []:
            if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() in done.files:
                path.unlink()
                done.add("filer")
    draft = export_folder(office, key, DRAFT)
    if done.counts and draft.is_dir():
        shutil.rmtree(draft)
        done.add("mappar med utkast")


def _clean_pages(office: Office) -> None:
    """Give back the pages that held it: until then it can be read from the database's own files."""
    with office.database.engine.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        if office.database.is_sqlite:
            connection.exec_driver_sql("VACUUM")  # pages that were freed long ago may hold it too
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")  # what was overwritten stood here
    if not office.database.is_sqlite:
        engine = office.database.engine.execution_options(isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql("VACUUM")
