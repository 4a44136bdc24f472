"""`arshjul letters`: what would go is shown and nothing is touched; what has gone is shown by person."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from arshjul.adapters.outbox_server import OutboxServer
from cli.letters import letters
from tests.example import Home, at
from tests.stages import PlayFrom
from tests.steps.posted import post, tell


def run(config: Path, *words: str) -> str:
    result = CliRunner().invoke(letters, [*words, "--config", str(config)], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_day_is_shown_as_it_would_go_and_nothing_is_sent_or_written(play_from: PlayFrom) -> None:
    play = play_from("opened")
    play.hand_in("anna")
    play.morning(at("2026-09-03 16:00"))
    rows, sent = play.everything(), len(play.outbox.letters())
    asked = ("preview", "--day", "2026-09-08", "--now", "2026-09-07T09:00", "--unit", "SOL", "--json")
    told = json.loads(run(play.home.config, *asked))
    reminders = [
        letter for letter in told["letters"] if any(m["kind"] == "reminder" for m in letter["matters"])
    ]
    assert {letter["to"].partition("@")[0] for letter in reminders} == {
        *("mehmet.yildirim", "sofia.berglund", "johan.nystrom", "fatima.haddad"),
        *("elin.forsmark", "peter.wallgren"),
    }
    assert all(letter["at"].startswith("2026-09-08T08:00") for letter in told["letters"])
    assert all(letter["matters"][0]["reason"] and letter["text"] for letter in told["letters"])
    assert play.everything() == rows
    assert len(play.outbox.letters()) == sent


def test_a_report_that_has_not_begun_is_shown_from_its_first_letter_to_its_last(home: Home) -> None:
    before = everything(home.folder)
    page = home.folder.parent / "brev.html"
    told = run(home.config, "preview", "T2", "2026", "--unit", "SOL", "--html", str(page))
    assert "brev finns i" in told
    shown = page.read_text("utf-8")
    for words in (
        "T2 2026: fyll i underlaget senast",
        "påminnelse om",
        "Försenat: T2 2026",
        "svar saknas för",
        "är sammanställd: granska och godkänn",
        "är godkänd: ta upp den på APT",
        "Inget är skickat.",
    ):
        assert words in shown
    after = {path: data for path, data in everything(home.folder).items() if "arshjul.sqlite" not in path}
    assert after == {path: data for path, data in before.items() if "arshjul.sqlite" not in path}


def test_a_report_that_was_over_before_the_installation_began_is_not_shown(home: Home) -> None:
    shown = json.loads(
        run(home.config, "preview", "--day", "2026-04-15", "--now", "2026-04-15T07:00", "--json")
    )
    cycles = {matter["cycle"] for letter in shown["letters"] for matter in letter["matters"]}
    assert "T1 2026" in cycles
    assert "VP 2026" not in cycles


def test_a_day_that_has_passed_is_looked_for_in_the_log(home: Home) -> None:
    words = ["preview", "--day", "2026-09-01", "--now", "2026-09-07T09:00", "--config", str(home.config)]
    result = CliRunner().invoke(letters, words)
    assert "har passerat" in str(result.exception)


def test_the_log_shows_a_persons_letters_why_they_came_and_what_became_of_them(
    home: Home, outbox: OutboxServer
) -> None:
    home.send_to(outbox.port)
    with home.office() as office:
        tell(office, "anna", "mehmet")
        post(office)
    told = run(home.config, "log", "--person", "anna")
    assert "2026-09-08 08:00  Anna Lindqvist  (skickat)" in told
    assert "Brandskyddskontroll står på din lista" in told
    assert "Mehmet" not in told
    assert len(json.loads(run(home.config, "log", "--json"))["letters"]) == 2


def test_a_person_who_is_not_there_is_said(home: Home) -> None:
    result = CliRunner().invoke(letters, ["log", "--person", "ingen", "--config", str(home.config)])
    assert "ingen person med id ”ingen”" in str(result.exception)


def test_redirected_letters_all_go_to_the_test_box(
    home: Home, outbox: OutboxServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.send_to(outbox.port)
    monkeypatch.setenv("ARSHJUL_MAIL_REDIRECT", "prov@bjorkviken.example")
    with home.office() as office:
        tell(office, "anna", "mehmet")
        post(office)
    raw = [path.read_text("utf-8", errors="replace") for path in outbox.letters()]
    assert all("<prov@bjorkviken.example>" in letter for letter in raw)
    assert sum("X-Original-To: anna.lindqvist@bjorkviken.example" in letter for letter in raw) == 1
    assert "till provlådan" in run(home.config, "log")
