"""A morning through Prefect: what is due is done, once, under names that a manager understands."""

import json
from datetime import UTC, datetime
from email import message_from_bytes

import pytest

from arshjul.adapters.store import tables
from arshjul.cycle import CycleKey
from arshjul.errors import ArshjulError
from arshjul.plan import Kind
from arshjul.steps.cycle.lease import leased
from arshjul.steps.report import compiling
from flows.t2 import t2
from flows.upkeep import upkeep
from tests.example import at
from tests.flows.conftest import Prefect
from tests.play import answers_of
from tests.stages import PlayFrom

TUESDAY = at("2026-09-08 08:00")


def test_a_good_day(play_in_prefect: PlayFrom, prefect: Prefect) -> None:
    play = play_in_prefect("opened")
    play.hand_in("elin")
    play.hand_in("sofia", answers_of("sofia", 0))
    morning = t2(year=2026, unit="SOL", now=TUESDAY)
    assert morning.collected.accepted == ["Sinnesrummet Månskenet"]
    assert morning.collected.rejected == ["Café Kajutan"]
    assert morning.done.steps["remind-1"] == 6
    told = {notice.receiver for notice in play.rows(tables.Notice) if notice.kind != "request"}
    assert morning.posted.sent == len(play.outbox.letters()) == len(told)  # one each, also to who has two
    assert told >= {"elin", "sofia", "anna"}
    runs = prefect.flow_runs()
    assert {state for _, state in runs} == {"Completed"}
    assert runs[:3] == [
        ("T2 2026 Solgläntan", "Completed"),
        ("Inkorgen: svar läses", "Completed"),
        ("T2 2026 Solgläntan: påminnelser", "Completed"),
    ]
    assert runs[-1] == ("Brev skickas", "Completed")


def test_the_day_again_changes_nothing_and_is_one_short_run(
    play_in_prefect: PlayFrom, prefect: Prefect
) -> None:
    play = play_in_prefect("archived")
    before = play.everything()
    morning = t2(year=2026, unit="SOL", now=play.dates.archive)
    assert morning.changes == 0
    assert morning.done.waits_for == "Klar: godkänd, utskickad och arkiverad."
    assert play.everything() == before
    assert prefect.flow_runs() == [("T2 2026 Solgläntan", "Completed")]


def test_one_part_that_fails_undoes_nothing_and_is_made_up_for(
    play_in_prefect: PlayFrom, prefect: Prefect, monkeypatch: pytest.MonkeyPatch
) -> None:
    play = play_in_prefect("answered")
    play.hand_in("johan", {"RETUREN": answers_of("johan")["HYVELN"]}, name="returen.xlsx")
    sentence = "Disken är full. Inget ändrades; frigör plats och kör igen."

    def fails(*_: object) -> int:
        raise ArshjulError(sentence)

    with monkeypatch.context() as broken:
        broken.setattr(compiling, "compile_draft", fails)
        with pytest.raises(ArshjulError, match=sentence):
            t2(year=2026, unit="SOL", now=play.dates.compile)
    assert dict(prefect.flow_runs()) == {
        "T2 2026 Solgläntan": "Failed",
        "Inkorgen: svar läses": "Completed",
        "T2 2026 Solgläntan: sammanställning": "Failed",
    }
    assert prefect.artifacts("gick-inte") == [f"**T2 2026 Solgläntan**\n\n{sentence}"]
    again = t2(year=2026, unit="SOL", now=play.dates.compile)
    assert "compile" in again.done.steps
    receivers = {str(message_from_bytes(each.read_bytes())["To"]) for each in play.outbox.letters()}
    assert {to.partition(" ")[0] for to in receivers} == {
        "Johan",
        "Karin",
    }
    assert ("T2 2026 Solgläntan: sammanställning", "Completed") in prefect.flow_runs()


def test_a_mail_server_that_is_down_fails_no_run_and_the_letters_go_next_time(
    play_in_prefect: PlayFrom, prefect: Prefect
) -> None:
    play = play_in_prefect("opened")
    port = play.outbox.port
    play.home.send_to(9)
    morning = t2(year=2026, unit="SOL", now=TUESDAY)
    assert morning.posted.sent == 0
    assert "går inte att nå" in morning.posted.troubles[0]
    assert {state for _, state in prefect.flow_runs()} == {"Completed"}
    play.home.send_to(port)
    again = t2(year=2026, unit="SOL", now=TUESDAY)
    assert again.done.steps == {}
    assert again.posted.sent == len(play.outbox.letters()) == morning.posted.put_off > 6


def test_a_table_shows_who_has_answered_by_subunit_and_never_by_name(
    play_in_prefect: PlayFrom, prefect: Prefect
) -> None:
    play = play_in_prefect("opened")
    play.hand_in("elin")
    t2(year=2026, unit="SOL", now=TUESDAY)
    [table] = prefect.artifacts("t2-2026-sol-svar")
    rows = {row["Verksamhet"]: (row["Svar"], row["Version"]) for row in json.loads(table)}
    assert len(rows) == 10
    assert rows["Sinnesrummet Månskenet"] == ("inkom 2026-09-08", 1)
    assert rows["Returen"] == rows["Ekonomi"] == ("saknas", "–")
    for person in play.office.installation.organisation.people:
        assert person.name not in str(rows)
        assert person.address not in str(rows)


def test_upkeep_takes_up_what_was_missed_and_opens_nothing_that_is_long_past(
    play_in_prefect: PlayFrom, prefect: Prefect
) -> None:
    play = play_in_prefect("opened")
    play.hand_in("elin")
    assert upkeep(now=at("2026-09-08 14:15")) > 0
    assert prefect.flow_runs()[0] == ("Daglig tillsyn", "Completed")
    assert {"Inkorgen: svar läses", "T2 2026 Solgläntan: påminnelser"} <= prefect.names()
    assert "T1" not in {cycle.kind for cycle in play.rows(tables.Cycle)}
    assert upkeep(now=at("2026-09-08 14:30")) == 0


def test_one_units_trouble_in_the_upkeep_is_not_the_others(
    play_in_prefect: PlayFrom, prefect: Prefect, monkeypatch: pytest.MonkeyPatch
) -> None:
    play = play_in_prefect("opened")
    ham = CycleKey("HAM", Kind.T2, 2026)
    monkeypatch.setattr("flows.upkeep.cycles_behind", lambda _: [ham, play.key])
    play.home.clock.now = datetime.now(UTC)  # a lease is a matter of real time
    with play.home.office("rådhuset:4711:b") as other, leased(other, ham, TUESDAY):
        assert upkeep(now=TUESDAY) > 0
    assert ("T2 2026 Solgläntan: påminnelser", "Completed") in prefect.flow_runs()
    [words] = prefect.artifacts("gick-inte")
    assert words.startswith("**T2 2026 Hamngatan**")
    assert "rådhuset, process 4711" in words


def test_nothing_personal_is_in_prefects_database(play_in_prefect: PlayFrom, prefect: Prefect) -> None:
    """Reads the whole database, so that also parameters, states and logs of the tests before count."""
    play = play_in_prefect("opened")
    play.hand_in("elin", name="Underlag från Elin Forsmark.xlsx")
    play.put_in_inbox("Birgitta Sandell.txt", b"Hej!")
    t2(year=2026, unit="SOL", now=TUESDAY)
    everything = prefect.everything()
    assert "T2 2026 Solgl" in everything  # it is the right database
    people = play.office.installation.organisation.people
    told = [
        word
        for person in people
        for word in (person.name, person.name.encode("unicode_escape").decode(), person.address)
        if word in everything
    ]
    assert told == []
