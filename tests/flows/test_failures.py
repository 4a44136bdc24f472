"""A flow that fails while nobody watches: tried again where that helps, then one letter to the operator."""

import json
import shutil
from email import message_from_bytes, policy

import pytest

from arshjul.adapters.store import tables
from arshjul.errors import ArshjulError, Busy, ProgramFault
from arshjul.steps.report import compiling
from flows.archive_check import archive_check
from flows.steps import attempts
from flows.t2 import t2
from flows.upkeep import upkeep
from tests.example import at
from tests.flows.conftest import Prefect
from tests.play import Play
from tests.stages import PlayFrom

TUESDAY = at("2026-09-08 08:00")
FULL = "Disken är full. Inget ändrades; frigör plats och kör igen."


@pytest.fixture
def unattended(monkeypatch: pytest.MonkeyPatch) -> None:
    """The runs are as if their schedule had started them."""
    monkeypatch.setattr(attempts, "unattended", lambda: True)


def letters_to(play: Play, name: str) -> list[str]:
    found = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in play.outbox.letters()]
    bodies = [(str(m["To"]), m.get_body(("plain",))) for m in found]
    return [str(body.get_content()) for to, body in bodies if name in to and body is not None]


def break_compiling(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fails(*_: object) -> int:
        raise error

    monkeypatch.setattr(compiling, "compile_draft", fails)


@pytest.mark.usefixtures("unattended")
def test_the_operator_gets_one_letter_with_what_for_whom_and_what_to_do_and_the_manager_none(
    play_in_prefect: PlayFrom, prefect: Prefect, monkeypatch: pytest.MonkeyPatch
) -> None:
    play = play_in_prefect("answered")
    break_compiling(monkeypatch, ArshjulError(FULL))
    for _ in range(3):  # the cycle's own run, and the upkeep after it
        with pytest.raises(ArshjulError, match="Disken"):
            t2(year=2026, unit="SOL", now=play.dates.compile)
    upkeep(now=play.dates.compile)
    [letter] = letters_to(play, "Systemförvaltningen")
    for said in ("T2 2026 Solgläntan gick inte att köra", "Solgläntans dagliga verksamhet", FULL):
        assert said in " ".join(letter.split())
    assert not any("Disken" in letter for letter in letters_to(play, "Karin"))


@pytest.mark.usefixtures("unattended")
def test_a_fault_of_our_own_is_told_without_its_technical_words_and_stops_no_other_unit(
    play_in_prefect: PlayFrom, prefect: Prefect, monkeypatch: pytest.MonkeyPatch
) -> None:
    play = play_in_prefect("answered")
    break_compiling(monkeypatch, ZeroDivisionError("division by zero in Elin Forsmarks svar"))
    with pytest.raises(ProgramFault, match=r"^ZeroDivisionError i test_failures.py, rad"):
        upkeep(now=play.dates.compile)
    [letter] = letters_to(play, "Systemförvaltningen")
    assert "Se loggen för körningen i Prefect" in " ".join(letter.split())
    assert "division" not in letter
    assert "ZeroDivisionError i test_failures" in prefect.everything()
    assert "Elin Forsmark" not in prefect.everything()
    assert {step.unit_code for step in play.rows(tables.DutyStep)} == {"SOL", "HAM"}  # what came after it


@pytest.mark.usefixtures("unattended")
def test_what_somebody_else_holds_is_tried_again_after_a_while() -> None:
    tries: list[int] = []
    waited: list[float] = []

    def work() -> str:
        tries.append(1)
        if len(tries) < 3:
            raise Busy("T2 2026 för SOL bearbetas just nu av ett annat program.")
        return "gjort"

    with pytest.MonkeyPatch.context() as quiet:
        quiet.setattr(attempts, "show_waiting", lambda *_: None)
        assert attempts.attempted("T2", "SOL", TUESDAY, work, waits=(1, 5, 9), sleep=waited.append) == "gjort"
    assert waited == [1, 5]


def test_the_archive_check_tells_of_a_package_that_is_not_as_it_was_written(
    play_in_prefect: PlayFrom, prefect: Prefect
) -> None:
    play = play_in_prefect("archived")
    path = play.office.installation.settings.folders.archive / "SOL-T2-2026-v1"
    assert archive_check(now=at("2026-12-02 08:00")) == 0
    report = next(path.rglob("*.html"))
    report.chmod(0o644)
    report.write_bytes(report.read_bytes() + b" ")
    assert archive_check(now=at("2026-12-02 08:30")) == 1
    assert archive_check(now=at("2026-12-02 08:45")) == 1
    [letter] = letters_to(play, "Systemförvaltningen")
    assert "SOL-T2-2026-v1 är inte som det skrevs" in " ".join(letter.split())
    assert "har ändrats" in str([json.loads(table) for table in prefect.artifacts("arkiv")])
    shutil.rmtree(path, ignore_errors=True)
    assert archive_check(now=at("2026-12-03 08:00")) == 1
    assert "finns inte där det skrevs" in str([json.loads(table) for table in prefect.artifacts("arkiv")])
