"""`arshjul duties` and `arshjul deploy` as they are typed."""

import pytest

from tests.cli.conftest import Arshjul
from tests.example import Home

HUMLAN = "SOL-skyddsrond-2026-03-HUMLAN"
MARCH = "2026-03-12T10:00"


def test_a_duty_is_confirmed_shown_and_taken_back(arshjul: Arshjul, home: Home) -> None:
    at_home = ("--now", MARCH, "--config", home.config)
    said = arshjul("duties", "confirm", HUMLAN, "--by", "mehmet", "--note", "Två brister.", *at_home)
    assert said.status == 0
    assert f"{HUMLAN} är antecknad som klar" in said.out
    listed = arshjul("duties", "list", "--unit", "SOL", *at_home).out
    assert (
        f"Skyddsrond, Trädgårdsgruppen Humlan: klart 2026-03-12 (Mehmet Yildirim). Två brister.  [{HUMLAN}]"
        in listed
    )
    rows = {row["id"]: row for row in arshjul("duties", "list", "--json", *at_home).json["duties"]}
    assert (rows[HUMLAN]["state"], rows[HUMLAN]["by"]) == ("confirmed", "mehmet")
    assert arshjul("duties", "undo", HUMLAN, "--by", "karin", *at_home).status == 0
    again = arshjul("duties", "undo", HUMLAN, "--by", "karin", *at_home)
    assert "inget att ångra" in again.sentence


def test_nothing_waits_before_anything_is_told(arshjul: Arshjul, home: Home) -> None:
    said = arshjul("duties", "list", "--open", "--now", MARCH, "--config", home.config)
    assert said.out == "Inga uppgifter väntar 2026.\n"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("confirm", HUMLAN, "--by", "anna"), "anna svarar inte för"),
        (("confirm", "SOL-tvätta", "--by", "karin"), "Det finns ingen uppgift ”SOL-tvätta”"),
        (("list", "--unit", "XYZ"), 'det finns ingen enhet "XYZ"'),
    ],
)
def test_what_cannot_be_done_is_one_line(
    arshjul: Arshjul, home: Home, words: tuple[str, ...], sentence: str
) -> None:
    assert sentence in arshjul("duties", *words, "--now", MARCH, "--config", home.config).sentence


def test_deploying_without_a_server_says_what_to_do(
    arshjul: Arshjul, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cli.deploy.prepare_prefect", lambda _: None)  # it sets this process's environment
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    said = arshjul("deploy", "--dry-run", "--config", home.config)
    assert "Ingen Prefect-server svarar på http://127.0.0.1:9/api. Starta den" in said.sentence
