"""An answered city to measure on, made once and copied for each run, on SQLite or PostgreSQL.

Called by `bench.orchestration`, `bench.workers` and `bench.growth`.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import yaml
from sqlalchemy import URL

from arshjul.adapters.store.copying import copy_in, copy_out
from arshjul.adapters.store.database import Database
from arshjul.cycle import CycleKey
from arshjul.office import Office, open_office
from arshjul.plan import Kind
from arshjul.steps.answers.collecting import collect_file, inbox_files
from arshjul.steps.cycle.rounds import Round
from arshjul.steps.cycle.settled import settled
from cli.example.answers import open_and_answer
from cli.example.words import read_city_words
from cli.example.writing import write_city
from cli.options import current_time
from tests.databases import new_database

SEED = 6


def made_city(folder: Path, units: int) -> list[CycleKey]:
    """An answered city on SQLite, its answers read; its cycles."""
    words = read_city_words()
    city = write_city(folder, words, units, SEED, 2026, "", lambda _share: None)
    keys = [CycleKey(made.unit.code, Kind.T2, 2026) for made in city.units]
    with open_office(folder / "config", current_time) as office:
        open_and_answer(office, keys, words, SEED, lambda _share: None)
        at = settled(office, keys[0]).milestones.opens + timedelta(days=14)
        for path in inbox_files(office):
            collect_file(office, path, at)
    return keys


@contextmanager
def copied(answered: Path, server: URL | None, mail_port: int = 9) -> Iterator[Path]:
    """A copy to work on, its config folder; on PostgreSQL where there is a server for it."""
    with tempfile.TemporaryDirectory(prefix="arshjul-bench-") as folder, ExitStack() as ending:
        home = Path(folder) / "stad"
        shutil.copytree(answered, home)
        changed: dict[str, object] = {}
        if server is not None:
            changed["database"] = _moved_to(home, ending.enter_context(new_database(server)))
        file = home / "config" / "settings.yaml"
        settings = yaml.safe_load(file.read_text("utf-8")) | changed
        settings["mail"]["port"] = mail_port
        file.write_text(yaml.safe_dump(settings, allow_unicode=True), "utf-8")
        yield home / "config"


def _moved_to(home: Path, url: URL) -> str:
    written = url.render_as_string(hide_password=False)
    rows = home / "kopia"
    rows.mkdir()
    source, target = Database(f"sqlite:///{home / 'data' / 'arshjul.sqlite'}"), Database(written)
    revision, _ = copy_out(source, rows)
    copy_in(target, rows, revision)
    source.close()
    target.close()
    return written


def compile_time(office: Office, key: CycleKey) -> datetime:
    """When the cycle is compiled."""
    return settled(office, key).milestones.compile


def require_all(done: Round, keys: list[CycleKey]) -> None:
    """Nothing failed: else what was measured is worth nothing."""
    assert not done.troubles, [trouble.words for trouble in done.troubles]
    assert done.units == len(keys)
