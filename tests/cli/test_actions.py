"""`arshjul actions` as people use it."""

from tests.cli.conftest import Arshjul
from tests.stages import PlayFrom

BY = ("--unit", "SOL", "--by", "johan")


def test_an_action_is_added_listed_closed_and_opened_again(arshjul: Arshjul, play_from: PlayFrom) -> None:
    config = ("--config", play_from("opened").home.config)
    added = arshjul("actions", "add", "Flytta hyllan", "--subunit", "HYVELN", "--source", "skyddsrond",
                    "--due", "2026-10-31", "--json", *BY, *config).json  # fmt: skip
    assert (added["id"], added["owner"], added["source"]) == ("L1", "johan", "safety_round")
    shown = arshjul("actions", "list", "--unit", "SOL", *config).out
    assert (
        "L1  pågår: Flytta hyllan\n    Snickeriet Hyveln, johan, senast 2026-10-31. Från skyddsrond." in shown
    )
    assert "löften ur planen" in shown
    assert (
        arshjul("actions", "close", "L1", "--how", "Hyllan är flyttad.", *BY, *config).out
        == "L1 är stängd.\n"
    )
    listed = arshjul("actions", "list", "--unit", "SOL", "--json", *config).json
    assert listed == {"unit": "SOL", "actions": []}
    assert arshjul("actions", "reopen", "L1", "--why", "Den står där igen.", *BY, *config).status == 0


def test_what_cannot_be_done_is_one_line(arshjul: Arshjul, play_from: PlayFrom) -> None:
    config = ("--config", play_from("opened").home.config)
    assert (
        "är ingen verksamhet i SOL"
        in arshjul("actions", "add", "X", "--subunit", "LARK", *BY, *config).sentence
    )
    assert "är inget datum" in arshjul("actions", "add", "X", "--due", "okt", *BY, *config).sentence
    assert (
        "ingen åtgärd L7"
        in arshjul("actions", "close", "L7", "--how", "Det är gjort.", *BY, *config).sentence
    )
    assert "flera enheter" in arshjul("actions", "list", *config).sentence
