"""From packages alone: a new installation takes up the cases again, shows every report and knows the figures.

Read from a package that is whole: the files that were decided on, the submissions that count and the answers
in them, the decisions, the plan, what was released. Not there to read: drafts, letters, who was late. What
the installation has already is left alone. Called by `arshjul archive restore`.
"""

import json
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from arshjul.adapters.archive import find_packages, package_sha256, verify_package
from arshjul.adapters.archive.bags import DECLARATION
from arshjul.adapters.store import tables
from arshjul.cycle import ARCHIVE, CycleKey
from arshjul.errors import BadInput
from arshjul.office import Office
from arshjul.plan import Kind
from arshjul.steps.archive.archiving import PART, package_folder
from arshjul.steps.archive.package_contents import CASE, FORMAT
from arshjul.steps.archive.restored_rows import Json, case_rows, time_of
from arshjul.steps.cycle.cycles import is_done, record_step, start_cycle
from arshjul.steps.cycle.versions import approved_version
from arshjul.steps.report.deciding import export_version


@dataclass(frozen=True, slots=True)
class Restored:
    """One package: its name, its cycle, and whether it brought anything."""

    name: str
    key: CycleKey
    version: int
    new: bool


def restore(office: Office, path: Path, now: datetime) -> Restored:
    """Take up the case in a package. BadInput where it is not whole, or has no case in it."""
    faults = verify_package(path)
    if faults:
        raise BadInput(f"paketet är inte helt och läses inte in: {faults[0].message}", str(path))
    path = _inside(path)
    part = path / "representations" / "restricted" / "data"
    try:
        case: Json = json.loads((part / CASE).read_text("utf-8"))
        known_format = case["format"]
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise BadInput(
            "i paketet finns inget ärende att läsa in (case.json i den begränsade delen)", str(path)
        ) from error
    if known_format != FORMAT:
        raise BadInput("paketet är skrivet av en nyare version av Årshjul", str(path))
    try:
        restored = _take_up(office, path, part, case, now)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, OSError) as error:
        raise BadInput(
            f"paketet är helt, men ärendet i det går inte att förstå ({_what(error)}); inget lästes in",
            str(path),
        ) from error
    if restored.new:
        export_version(office, restored.key, restored.version)
    return restored


def _inside(path: Path) -> Path:
    """The package itself, where it came in a bag for transport."""
    found = find_packages(path / "data") if (path / DECLARATION).is_file() else []
    return found[0] if len(found) == 1 else path


def _what(error: Exception) -> str:
    """What was wrong, in few words: a name that is not there, or a file."""
    if isinstance(error, KeyError):
        return f"uppgiften {error.args[0]} saknas"
    if isinstance(error, OSError):
        return f"filen {Path(error.filename or '').name} kan inte läsas"
    return "en uppgift har fel form"


def _keep(office: Office, path: Path) -> None:
    """Lay the package in the archive of this installation, where the ledger says that it is."""
    place = package_folder(office, path.name)
    if place.exists():
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    unfinished = place.with_name(f".{place.name}.part")
    shutil.rmtree(unfinished, ignore_errors=True)
    shutil.copytree(path, unfinished)
    faults = verify_package(unfinished)
    if faults:
        raise BadInput(f"kopian till arkivet blev inte hel: {faults[0].message}", str(place))
    unfinished.replace(place)


def _take_up(office: Office, path: Path, part: Path, case: Json, now: datetime) -> Restored:
    cycle_of, number = case["cycle"], case["version"]["number"]
    key = CycleKey(case["unit"]["code"], Kind(cycle_of["kind"]), cycle_of["year"], cycle_of["month"])
    with office.database.writing() as session:
        cycle = start_cycle(session, key, case["unit"]["name"], time_of(cycle_of["created_at"]))
        if approved_version(session, cycle, number) is not None:
            return Restored(path.name, key, number, new=False)
        version = case_rows(session, cycle, case, path, part)
        session.add(
            tables.Package(
                version_id=version.id, part=PART, path=path.name, sha256=package_sha256(path), written_at=now
            )
        )
        if not is_done(session, cycle, f"{ARCHIVE}-{number}"):
            record_step(session, cycle, f"{ARCHIVE}-{number}", now, now, {"restored": True})
        _keep(office, path)  # before the ledger says so
    return Restored(path.name, key, number, new=True)


def case_order(path: Path) -> tuple[int, int, int, str]:
    """In which order packages are taken up: as the years went, corrections after what they correct."""
    try:
        file = _inside(path) / "representations" / "restricted" / "data" / CASE
        case = json.loads(file.read_text("utf-8"))
        cycle = case["cycle"]
        return cycle["year"], cycle["month"], case["version"]["number"], path.name
    except (OSError, ValueError, KeyError, TypeError):
        return 0, 0, 0, path.name  # told of when it is read
