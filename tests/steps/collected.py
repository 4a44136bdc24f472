"""Reading the inbox of a played cycle, and what came of it."""

from pathlib import Path

from arshjul.adapters.store import tables
from arshjul.letters import Receipt, Returned
from arshjul.steps.answers.collecting import Collected, collect_file, inbox_files
from tests.example import at
from tests.play import Play

NOW = at("2026-09-03 16:05")


def collect(play: Play) -> Collected:
    """Read everything that waits."""
    outcome = Collected()
    for path in inbox_files(play.office):
        outcome.add(collect_file(play.office, path, NOW))
    return outcome


def versions(play: Play, scope: str) -> list[tuple[int, str]]:
    rows = play.rows(tables.Submission)
    return sorted((row.version, row.state) for row in rows if row.scope == scope)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def returned(play: Play, person: str) -> list[Returned]:
    return [matter for matter in play.told("returned").get(person, []) if isinstance(matter, Returned)]


def receipts(play: Play, person: str) -> list[Receipt]:
    return [matter for matter in play.told("receipt").get(person, []) if isinstance(matter, Receipt)]
