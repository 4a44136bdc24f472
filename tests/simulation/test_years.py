"""Years by their seeds, each held to the rules: `make simulate` lives fifty, `make ci` five."""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from cli.main import COMMANDS
from tests.simulation.rules import RULES, Year

pytestmark = pytest.mark.simulation

SEEDS = int(os.environ.get("ARSHJUL_SEEDS", "5"))
ARSHJUL = Path(sys.executable).parent / "arshjul"


def live(out: Path, seed: int, *options: str) -> Year:
    """A year as the command gives it, in a process of its own."""
    assert "simulate" in COMMANDS
    ran = subprocess.run(
        [ARSHJUL, "simulate", "2026", "--out", out, "--seed", str(seed), "--json", *options],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    year: Year = json.loads(ran.stdout)
    year["arrived"] = [_read(path) for path in sorted((out / "utkorg").glob("*.eml"))]
    return year


def _read(path: Path) -> dict[str, str]:
    """A letter of the outbox: its Message-ID and its words."""
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    part = message.get_body(("plain",))
    assert part is not None
    return {"message_id": str(message["Message-ID"]), "text": str(part.get_content())}


@pytest.mark.parametrize("seed", range(1, SEEDS + 1))
def test_in_every_year_the_rules_hold(
    seed: int, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    year = live(tmp_path / "ar", seed)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    breaches = {name: found for name, rule in RULES.items() if (found := list(rule(year)))}
    record_property("seed", seed)
    record_property("letters", len(year["letters"]))
    record_property("late", sum(letter["late_from"] is not None for letter in year["letters"]))
    record_property("cpu", after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)
    record_property("breaches", ", ".join(breaches))
    assert not breaches, json.dumps(breaches, ensure_ascii=False, indent=1)
    assert year["packages"]
    (archive,) = {Path(package["path"]).parent for package in year["packages"]}
    verified = subprocess.run(
        [ARSHJUL, "archive", "verify", archive],
        capture_output=True,
        text=True,
        check=False,
    )
    assert verified.returncode == 0, verified.stdout + verified.stderr


def test_the_same_seed_gives_the_same_year(tmp_path: Path) -> None:
    one, other = (live(tmp_path / name, 3, "--unit", "HAM") for name in ("a", "b"))
    for year in (one, other):
        year["packages"] = [Path(package["path"]).name for package in year["packages"]]
    assert one == other
