"""Collecting what came back: every file of the inbox is read once, sheet by sheet, and answered.

A sheet that holds becomes a new version; one with faults is kept as rejected and its deputy is told which
cell and what to do; a file that cannot be read goes to quarantine with a note. One file's trouble is no
other's. The store is written first and the file moved afterwards, so that a crash between the two only
means that the file is met again and recognised.
"""

import errno
import hashlib
import os
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zlib import crc32

from sqlalchemy import bindparam, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from arshjul.adapters.returned_files import MAX_BYTES, read_returned
from arshjul.adapters.store import tables
from arshjul.adapters.store.tables.answering import QUARANTINED, READ
from arshjul.adapters.word_forms.writing import own_sentences
from arshjul.answers import ReturnedForm
from arshjul.crash_points import CrashPoint, reached
from arshjul.cycle import CycleKey
from arshjul.errors import BadInput
from arshjul.form import Form
from arshjul.form_checking import unplaced
from arshjul.form_file import load_form
from arshjul.office import Office
from arshjul.secrecy import masked
from arshjul.steps.answers.handing_in import hand_in
from arshjul.steps.cycle.cycles import find_cycle, hold_cycle
from arshjul.steps.cycle.output import write_whole
from arshjul.steps.cycle.settled import dates_of

RECEIVED = "mottaget"  # where a file that has been read is kept, beside the inbox

# Put together once: they are asked for every file.
_KNOWN = select(tables.InboxFile.outcome, tables.InboxFile.note).where(
    tables.InboxFile.sha256 == bindparam("sha256")
)
_NEWEST_FORM = (
    select(tables.Form.content)
    .where(tables.Form.cycle_id == bindparam("cycle"), tables.Form.person == bindparam("person"))
    .order_by(tables.Form.number.desc())
    .limit(1)
)


@dataclass(slots=True)
class Collected:
    """What a round over the inbox gave: sub-units and files by name."""

    accepted: list[str] = field(default_factory=list)
    rejected: list[str] = field(default_factory=list)
    quarantined: list[str] = field(default_factory=list)
    seen_before: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    stuck: list[str] = field(default_factory=list)  # could not be opened or moved; met again next time

    @property
    def files(self) -> int:
        """How many things were taken in, returned or put aside."""
        return len(self.accepted) + len(self.rejected) + len(self.quarantined)

    def add(self, other: "Collected") -> None:
        """Count another file's outcome in."""
        for name in self.__dataclass_fields__:
            getattr(self, name).extend(getattr(other, name))


def inbox_files(office: Office) -> list[Path]:
    """The files that wait in the inbox, in order of name; half-written and hidden ones are left alone."""
    inbox = office.installation.settings.folders.inbox
    if not inbox.is_dir():
        return []
    waiting = (path for path in inbox.iterdir() if path.is_file())
    return sorted(
        path for path in waiting if not path.name.startswith((".", "~$")) and path.suffix != ".part"
    )


def inbox_part(office: Office, part: int, of: int) -> list[Path]:
    """The waiting files of one part (1 to `of`) of the inbox: the same files whoever asks."""
    return [path for path in inbox_files(office) if crc32(os.fsencode(path.name)) % of == part - 1]


def collect_file(office: Office, path: Path, now: datetime) -> Collected:
    """Read one file of the inbox, keep what it says, tell its sender, and put the file away."""
    outcome = Collected()
    try:
        _collect(office, path, now, outcome)
    except FileNotFoundError:
        pass  # another worker was faster
    except OSError as error:
        outcome.stuck.append(f"{_called(path)} ({error.strerror})")
    return outcome


def _collect(office: Office, path: Path, now: datetime, outcome: Collected) -> None:
    with path.open("rb") as file:
        begun = os.fstat(file.fileno())
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        content = file.read(MAX_BYTES + 1)
    with office.database.reading() as session:
        known = session.execute(_KNOWN, {"sha256": sha256}).first()
    if known is not None:
        outcome.seen_before.append(_called(path))
        _put_away(office, path, known.outcome, known.note)
        return
    unit_code = None
    try:
        returned = read_returned(content, _called(path))
        unit_code = returned.unit_code
        key, form = _its_form(office, returned)
    except BadInput as trouble:
        now_lies = path.stat()
        if (now_lies.st_size, now_lies.st_mtime_ns) != (begun.st_size, begun.st_mtime_ns):
            outcome.stuck.append(f"{_called(path)} (skrivs fortfarande)")
            return
        _quarantine(office, path, sha256, unit_code, trouble.sentence, now, outcome)
        return
    reached(CrashPoint.FILE_READ)
    try:
        with office.database.writing() as session:
            _keep(office, session, key, form, returned, sha256, now, outcome)
    except IntegrityError:
        outcome.seen_before.append(_called(path))  # another worker kept the same file at the same moment
    reached(CrashPoint.FILE_KEPT)
    _put_away(office, path, READ, "")
    reached(CrashPoint.FILE_MOVED)


def _called(path: Path) -> str:
    """The file's name as it can be shown and kept: some file systems take names that are no text."""
    name = os.fsencode(path.name).decode("utf-8", "replace")
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in name)


def _its_form(office: Office, returned: ReturnedForm) -> tuple[CycleKey, Form]:
    """The form that was filled in, as it was sent; BadInput where this installation never sent it."""
    key = _cycle_of(returned)
    with office.database.reading() as session:
        cycle = find_cycle(session, key) if key else None
        content: str | None = None
        if cycle is not None:
            content = session.scalar(_NEWEST_FORM, {"cycle": cycle.id, "person": returned.person})
        if not (key and content):
            raise BadInput(
                f"Underlaget gäller {returned.cycle} för enhet {returned.unit_code}, som inte har skickats "
                "ut härifrån. Kontrollera att det är rätt fil.",
                returned.name,
            )
        return key, load_form(content)


def _cycle_of(returned: ReturnedForm) -> CycleKey | None:
    """The cycle that the file says it is from; None where it names none."""
    try:
        return CycleKey.named(returned.unit_code, returned.cycle)
    except ValueError:
        return None


def _keep(
    office: Office,
    session: Session,
    key: CycleKey,
    form: Form,
    returned: ReturnedForm,
    file_sha256: str,
    now: datetime,
    outcome: Collected,
) -> None:
    cycle = hold_cycle(session, key)
    assert cycle is not None  # its form was found
    file = tables.InboxFile(
        sha256=file_sha256,
        unit_code=key.unit_code,
        name=returned.name,
        outcome=READ,
        note=_left_over(form, returned),
        received_at=now,
    )
    session.add(file)
    session.flush()
    unit = office.installation.unit(key.unit_code)
    receipts = office.installation.settings.mail.receipts
    dates = dates_of(office, key)
    done = hand_in(session, cycle, unit, form, returned, file, now, receipts=receipts, dates=dates)
    outcome.accepted, outcome.rejected, outcome.unchanged = done.accepted, done.rejected, done.unchanged


def _left_over(form: Form, returned: ReturnedForm) -> str:
    """What stood in the file and has no place in the form: kept in words, shown to the manager."""
    parts = [f"{left.cell.place}: {left.cell.value}" for left in unplaced(form, returned)]
    ours = own_sentences(form) if returned.stray else frozenset()
    parts += [
        f"{cell.place}: {cell.value}"
        for cell in returned.stray
        if cell.value is not None and " ".join(str(cell.value).split()) not in ours
    ]
    return masked("; ".join(parts), also_doubtful=True)


def _quarantine(
    office: Office,
    path: Path,
    sha256: str,
    unit_code: str | None,
    sentence: str,
    now: datetime,
    outcome: Collected,
) -> None:
    """Put a file aside; it is the unit's that it says it is from, where there is one."""
    try:
        with office.database.writing() as session:
            known = unit_code is not None and session.get(tables.Unit, unit_code) is not None
            session.add(
                tables.InboxFile(
                    sha256=sha256,
                    unit_code=unit_code if known else None,
                    name=_called(path),
                    outcome=QUARANTINED,
                    note=sentence,
                    received_at=now,
                )
            )
        outcome.quarantined.append(_called(path))
    except IntegrityError:
        outcome.seen_before.append(_called(path))
    reached(CrashPoint.QUARANTINE_KEPT)
    _put_away(office, path, QUARANTINED, sentence)


def _put_away(office: Office, path: Path, outcome: str, note: str) -> None:
    """Move a file that has been dealt with; one of the same name already there is not overwritten."""
    folders = office.installation.settings.folders
    folder = folders.quarantine if outcome == QUARANTINED else folders.data / RECEIVED
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / path.name
    number = 1
    while target.exists():
        number += 1
        target = folder / f"{path.stem} ({number}){path.suffix}"
    if note and outcome == QUARANTINED:  # first, or a crash in between would leave a file without its why
        write_whole(target.with_name(f"{target.name}.txt"), f"{note}\n".encode())
        reached(CrashPoint.QUARANTINE_NOTED)
    _move(path, target)


def _move(path: Path, target: Path) -> None:
    try:
        path.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        write_whole(target, path.read_bytes())  # the inbox is often a share of its own
        path.unlink()
