"""A safety copy of a whole installation, and an installation made of it again.

The copy is a folder: the store as plain files (`arshjul.adapters.store.copying`), the configuration, the
archive, the inbox and what has been received, and a list of every file with its SHA-256. It is written aside
and moved into place when it is whole. What Prefect remembers is not in it: the ledger is the store's. Called
by the command.
"""

import contextlib
import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from arshjul.adapters.store.copying import copy_in, copy_out
from arshjul.adapters.store.database import Database
from arshjul.config import Installation
from arshjul.crash_points import CrashPoint, reached
from arshjul.errors import BadInput
from arshjul.wheel import STOCKHOLM

FORMAT = 1
LIST = "innehall.json"
UNFINISHED = ".aterstalls"  # lies in a folder while it is being restored: what is there may be begun anew
_STORE, _CONFIG, _DATA = "databas", "config", "data"
_NAME = "arshjul-%Y-%m-%dT%H%M%S"
_LONGEST = timedelta(hours=12)  # what is unfinished after that was cut short
_SQLITE = ("arshjul.sqlite", "arshjul.sqlite-wal", "arshjul.sqlite-shm")
Said = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Copied:
    """A whole copy: where, of when, how many rows and files, and how large."""

    path: Path
    made_at: datetime
    rows: int
    files: int
    size: int  # bytes


def back_up(
    installation: Installation, database: Database, into: Path, now: datetime, say: Said = lambda _: None
) -> Copied:
    """Copy the installation to a new folder under `into`, while it goes on working."""
    name = format(now.astimezone(STOCKHOLM), _NAME)
    path, unfinished = into / name, into / f".{name}.part"
    if path.exists():
        raise BadInput("en kopia från samma stund finns redan; vänta en sekund", str(path))
    _remove_cut_short(into, now)
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    say("Databasen läses …")
    revision, rows = copy_out(database, unfinished / _STORE)
    say("Konfiguration, arkiv och mottagna filer kopieras …")
    shutil.copytree(installation.folder, unfinished / _CONFIG)
    folders = installation.settings.folders
    for label, folder in (("arkiv", folders.archive), ("data", folders.data)):
        for source in _files(folder):
            if source.name in _SQLITE or folders.prefect in source.parents:
                continue
            if label == "data" and folders.archive in source.parents:
                continue
            target = unfinished / _DATA / label / source.relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            _copy(source, target)
            reached(CrashPoint.BACKUP_HALF_WRITTEN)
    listed = {str(file.relative_to(unfinished)): _sha256(file) for file in _files(unfinished)}
    content = {
        "format": FORMAT,
        "made_at": now.isoformat(),
        "schema": revision,
        "rows": rows,
        "files": listed,
    }
    (unfinished / LIST).write_text(json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True), "utf-8")
    reached(CrashPoint.BACKUP_WRITTEN)
    unfinished.replace(path)
    return check_copy(path)


def _remove_cut_short(into: Path, now: datetime) -> None:
    """Copies that a crash left half written: they hold personal data, and nobody will ever use them."""
    for left in into.glob(".arshjul-*.part"):
        with contextlib.suppress(ValueError):
            begun = datetime.strptime(left.stem[1:], _NAME).replace(tzinfo=STOCKHOLM)
            if now - begun > _LONGEST:
                shutil.rmtree(left, ignore_errors=True)


def check_copy(path: Path) -> Copied:
    """Read a copy back against its list; BadInput names the first file that is missing or changed."""
    content = _list(path)
    size = 0
    for name, sha256 in content["files"].items():
        file = path / name
        if not file.is_file():
            raise BadInput("en fil i säkerhetskopian saknas; använd en annan kopia", str(file))
        if _sha256(file) != sha256:
            raise BadInput("en fil i säkerhetskopian är skadad; använd en annan kopia", str(file))
        size += file.stat().st_size
    made_at = datetime.fromisoformat(content["made_at"])
    return Copied(path, made_at, sum(content["rows"].values()), len(content["files"]), size)


def restore_files(path: Path, into: Path) -> Path:
    """Lay the configuration under `into`, which is empty or was restored half way; the config folder."""
    half = (into / UNFINISHED).exists()
    if not half and into.exists() and any(into.iterdir()):
        raise BadInput("mappen är inte tom; återställ till en ny mapp, så skrivs inget över", str(into))
    check_copy(path)
    for left in (each for each in into.iterdir() if each.name != UNFINISHED) if half else ():
        shutil.rmtree(left) if left.is_dir() else left.unlink()
    into.mkdir(parents=True, exist_ok=True)
    (into / UNFINISHED).touch()
    shutil.copytree(path / _CONFIG, into / "config")
    return into / "config"


def restore_data(path: Path, installation: Installation, database: Database) -> int:
    """Fill the restored installation's folders and its empty store; the number of rows."""
    content = _list(path)
    reached(CrashPoint.RESTORED_HALF)
    rows = copy_in(database, path / _STORE, content["schema"])
    if rows != {table: count for table, count in content["rows"].items() if table in rows}:
        raise BadInput("databasen blev inte hel; säkerhetskopian hör till en annan version", str(path))
    folders = installation.settings.folders
    for label, folder in (("arkiv", folders.archive), ("data", folders.data)):
        for source in _files(path / _DATA / label):
            target = folder / source.relative_to(path / _DATA / label)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)
    (installation.folder.parent / UNFINISHED).unlink(missing_ok=True)
    return sum(rows.values())


def _list(path: Path) -> dict[str, Any]:
    try:
        content = json.loads((path / LIST).read_text("utf-8"))
        known = content["format"] == FORMAT and {"made_at", "schema", "rows", "files"} <= content.keys()
    except (OSError, ValueError, KeyError, TypeError):
        known = False
    if not known:
        raise BadInput(f"det här är ingen säkerhetskopia: {LIST} saknas eller går inte att läsa", str(path))
    found: dict[str, Any] = content
    return found


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _copy(source: Path, target: Path) -> None:
    """One file; one that was moved on meanwhile (an inbox at work) is met where it went."""
    with contextlib.suppress(FileNotFoundError):
        shutil.copy2(source, target)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
