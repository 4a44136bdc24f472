"""Commands on an installation with two units: for both, for one, or a question about which."""

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from arshjul.cycle import CycleKey
from arshjul.errors import BadInput
from arshjul.office import Office
from arshjul.steps.cycle.morning import Done, Morning
from cli import run as running
from cli.main import arshjul
from tests.example import Home
from tests.units.neighbours import HAM, SOL, Neighbours

Arshjul = Callable[..., Result]


@pytest.fixture
def started(home: Home, office: Office, monkeypatch: pytest.MonkeyPatch) -> Arshjul:
    """The command on an installation of one's own."""
    monkeypatch.setenv("ARSHJUL_CONFIG", str(home.config))
    return lambda *arguments: CliRunner().invoke(arshjul, [str(argument) for argument in arguments])


@pytest.fixture
def run_cycles(monkeypatch: pytest.MonkeyPatch) -> list[CycleKey]:
    """What `arshjul run` hands to Prefect; the flows have tests of their own."""
    handed: list[CycleKey] = []

    def run_cycle(key: CycleKey, now: object) -> Morning:
        handed.append(key)
        return Morning(done=Done(waits_for=f"{key.unit_code} väntar."))

    monkeypatch.setattr(running, "run_cycle", run_cycle)
    return handed


def test_status_shows_both_units_or_the_one_that_is_asked_for(lived: Neighbours) -> None:
    asked = ["status", "--config", str(lived.home.config)]
    both = CliRunner().invoke(arshjul, asked).stdout
    assert "T2 2026 SOL  (SOL 2026/1)" in both
    assert "T2 2026 HAM  (HAM 2026/1)" in both
    one = CliRunner().invoke(arshjul, [*asked, "--unit", "HAM"]).stdout
    assert "Team Norrhamn" in one
    assert "SOL" not in one


def test_run_without_a_unit_runs_both(started: Arshjul, run_cycles: list[CycleKey]) -> None:
    result = started("run", "T2", 2026, "--now", "2026-08-24T08:00")
    assert run_cycles == [SOL, HAM]
    assert "SOL väntar." in result.stdout
    assert "HAM väntar." in result.stdout


def test_run_with_a_unit_runs_that_one(started: Arshjul, run_cycles: list[CycleKey]) -> None:
    started("run", "T2", 2026, "--unit", "HAM", "--now", "2026-08-24T08:00")
    assert run_cycles == [HAM]


def test_trouble_in_one_unit_does_not_stop_the_other(
    started: Arshjul, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run_cycle(key: CycleKey, now: object) -> Morning:
        if key == SOL:
            raise BadInput("det finns ingen plan för SOL 2026", "plans/SOL-2026.yaml")
        return Morning(done=Done(waits_for="Väntar på svar."))

    monkeypatch.setattr(running, "run_cycle", run_cycle)
    result = started("run", "T2", 2026, "--now", "2026-08-24T08:00")
    assert result.exit_code == 2
    assert result.stderr == "T2 2026 SOL: plans/SOL-2026.yaml: det finns ingen plan för SOL 2026\n"
    assert "T2 2026 HAM\n" in result.stdout
    assert "Väntar på svar." in result.stdout


@pytest.mark.parametrize(
    "decision",
    [
        ("approve", "T2", 2026, "--by", "karin"),
        ("explain", "T2", 2026, 1, "--by", "karin", "--reason", "Ett skäl."),
    ],
)
def test_a_decision_asks_which_unit_it_is_about(started: Arshjul, decision: tuple[object, ...]) -> None:
    result = started(*decision)
    assert isinstance(result.exception, BadInput)
    assert "välj en med --unit (SOL, HAM)" in str(result.exception)
