"""Files for people to open: what is in the store, written where they look for it.

The store is the truth; these copies can be made again. Called after a draft, an approval or a form.
"""

import os
from collections.abc import Mapping
from pathlib import Path

from arshjul.crash_points import CrashPoint, reached
from arshjul.cycle import CycleKey
from arshjul.office import Office

DRAFT = "utkast"  # the folder of the newest draft, beside those of the versions


def export_folder(office: Office, key: CycleKey, part: str) -> Path:
    """Where a part of a cycle ("utkast", "version-1") is written for people."""
    base = office.installation.settings.folders.data / "rapporter"
    return base / key.unit_code / key.slug / part


def exported_files(office: Office, key: CycleKey, part: str) -> list[Path]:
    """The files of a part, in order of name; empty where nothing has been written."""
    folder = export_folder(office, key, part)
    return (
        sorted(path for path in folder.glob("*") if not path.name.startswith(".")) if folder.is_dir() else []
    )


def export_files(office: Office, key: CycleKey, part: str, files: Mapping[str, bytes]) -> Path:
    """Write the files under data/rapporter/<unit>/<cycle>/<part>; each is there whole or not at all."""
    folder = export_folder(office, key, part)
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = folder / name
        if not path.is_file() or path.read_bytes() != content:
            write_whole(path, content)
    return folder


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that nobody ever sees half of it, and a power cut does not take it back."""
    unfinished = path.with_name(f".{path.name}.part")
    with unfinished.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    reached(CrashPoint.EXPORT_HALF_WRITTEN)
    unfinished.replace(path)
