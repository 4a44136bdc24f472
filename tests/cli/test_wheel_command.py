"""`arshjul wheel`: the year as people read it, as programs do, on the wall and in the calendar."""

from pathlib import Path
from xml.etree import ElementTree

from icalendar import Calendar

from arshjul.config import load_installation
from arshjul.steps.duties.duty_words import confirm_duty
from tests.cli.conftest import Arshjul
from tests.example import Home, at
from tests.stages import PlayFrom


def test_the_year_is_told_month_by_month_in_swedish(arshjul: Arshjul, home: Home) -> None:
    lines = arshjul("wheel", 2026, "--config", home.config).out.splitlines()
    assert lines[0] == "Årshjul 2026 för Solgläntans dagliga verksamhet (SOL)"
    assert "JANUARI (lediga 1, 6; klämdagar 2, 5)" in lines
    round_ = next(line for line in lines if "Skyddsrond" in line)
    assert round_.split("  ")[1] == "mån 9 – fre 13"
    assert round_.endswith("uppgift  Skyddsrond, i varje verksamhet  (biträdande enhetschef)")


def test_to_look_makes_no_database_and_says_no_status(arshjul: Arshjul, home: Home) -> None:
    (home.data / "arshjul.sqlite").unlink()
    found = arshjul("wheel", 2026, "--json", "--config", home.config).json
    assert {entry["status"] for entry in found["entries"]} == {None}
    assert not (home.data / "arshjul.sqlite").exists()


def test_as_json_it_has_entries_milestones_and_duties_where_they_are_done(
    arshjul: Arshjul, home: Home
) -> None:
    found = arshjul("wheel", 2026, "--json", "--config", home.config).json
    cycles = {cycle["cycle"]: cycle for cycle in found["cycles"]}
    assert cycles["T2 2026"]["due"] == "2026-09-11T08:00:00+02:00"
    assert cycles["MR 2026-03"]["distribute"] == "2026-04-15T08:00:00+02:00"
    assert [extra["name"] for extra in cycles["VP 2026"]["extra"]][:2] == ["vp_group", "planning_days"]
    duties = {duty["id"]: duty for duty in found["duties"]}
    assert duties["SOL-skyddsrond-2026-03-HUMLAN"]["holders"] == ["mehmet"]
    assert duties["SOL-skyddsrond-2026-03-HUMLAN"]["told_at"] == "2026-02-23T08:00:00+01:00"
    assert {"id", "label", "start", "end", "ring", "who", "status"} == set(found["entries"][0])


def test_what_is_done_under_way_to_come_and_late_is_shown_once_the_store_knows(
    arshjul: Arshjul, play_from: PlayFrom
) -> None:
    play = play_from("compiled")
    confirm_duty(play.office, "SOL-kemikalier-2026-v06-HUMLAN", "mehmet", "", at("2026-09-22 09:00"))
    shown = arshjul("wheel", 2026, "--json", "--now", "2026-09-23T09:00", "--config", play.home.config).json[
        "entries"
    ]
    status = {entry["id"]: entry["status"] for entry in shown}
    assert status["t2-2026-underlag"] == "försenad"
    assert status["t2-2026-rapport"] == "pågår"
    assert status["t2-2026-arkiv"] == "kommande"
    assert status["lexsarah-2026-09"] == "pågår"
    assert status["kemikalier-2026-v06"] == "försenad"  # one of nine has said that it is done
    assert status["skyddsrond-2026-03"] is None  # nobody was asked, before the installation was there
    assert status["apt-2026-09"] is None
    listed = arshjul("wheel", 2026, "--now", "2026-09-23T09:00", "--config", play.home.config).out
    assert "▲ mån 24 – 11 sep" in listed


def test_a_year_whose_holidays_put_the_rules_in_the_wrong_order_says_so(arshjul: Arshjul, home: Home) -> None:
    rules = home.config / "wheel.yaml"
    tight = "compile: {workdays: 10, after: due}\n        approve_by: {day: 05-20}"
    text = rules.read_text("utf-8").replace("board_meetings:", "# ", 1)
    rules.write_text(
        text.replace("compile: {workdays: 4, after: due}\n        approve_by: {day: 05-20}", tight), "utf-8"
    )
    said = arshjul("wheel", 2029, "--unit", "HAM", "--config", home.config).out
    assert 'OBS: i T1 2029 kommer "approve_by" före "compile"' in said
    assert "OBS" not in arshjul("wheel", 2029, "--unit", "SOL", "--config", home.config).out


def test_drawn_it_says_all_of_it_in_words_too(arshjul: Arshjul, home: Home, tmp_path: Path) -> None:
    arshjul("wheel", 2026, "--svg", tmp_path / "hjul.svg", "--config", home.config)
    root = ElementTree.parse(tmp_path / "hjul.svg").getroot()
    said = root.get("aria-label") or ""
    assert "Skyddsrond 9–13 mars" in said
    assert "T2 2026: underlag 24 augusti–11 september" in said


def test_everybody_gets_a_calendar_and_the_same_again_when_nothing_has_changed(
    arshjul: Arshjul, home: Home, tmp_path: Path
) -> None:
    folder = tmp_path / "kalendrar"
    arshjul("wheel", 2026, "--ics", folder, "--config", home.config)
    unit = load_installation(home.config).unit("SOL")
    assert {path.stem for path in folder.iterdir()} == {f"{a.person}-2026" for a in unit.assignments}
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    arshjul("wheel", 2026, "--ics", folder, "--config", home.config)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_changed_rule_moves_the_entry_in_the_calendar_that_stands_there(
    arshjul: Arshjul, home: Home, tmp_path: Path
) -> None:
    def last_day() -> tuple[str, int, str]:
        arshjul("wheel", 2026, "--ics", tmp_path / "a.ics", "--person", "anna", "--config", home.config)
        events = Calendar.from_ical((tmp_path / "a.ics").read_bytes()).walk("VEVENT")
        (found,) = (event for event in events if event["SUMMARY"] == "Sista dag: T2 2026")
        return str(found["UID"]), int(found["SEQUENCE"]), str(found["DTSTART"].dt)

    before = last_day()
    rules = home.config / "wheel.yaml"
    rules.write_text(rules.read_text("utf-8").replace("workdays: 9, after", "workdays: 8, after"), "utf-8")
    after = last_day()
    assert (before[1:], after[1:]) == ((0, "2026-09-11"), (1, "2026-09-10"))
    assert before[0] == after[0]


def test_a_file_without_a_person_is_the_units_own_calendar(
    arshjul: Arshjul, home: Home, tmp_path: Path
) -> None:
    arshjul("wheel", 2026, "--ics", tmp_path / "sol.ics", "--config", home.config)
    calendar = Calendar.from_ical((tmp_path / "sol.ics").read_bytes())
    assert str(calendar["X-WR-CALNAME"]) == "Årshjul 2026, Solgläntan"
    assert len(calendar.walk("VEVENT")) > 100


def test_the_duties_that_the_plan_speaks_of_are_proposed(arshjul: Arshjul, home: Home) -> None:
    said = arshjul("wheel", 2026, "--propose", "--config", home.config).out
    assert "# mål G26: Sjukfrånvaron följs varje månad." in said
    assert "when: {every: month, nth: 3, not_in: [7]}" in said


def test_what_cannot_be_done_is_said_in_one_sentence(arshjul: Arshjul, home: Home, tmp_path: Path) -> None:
    config = ("--config", home.config)
    assert "skriv också --ics" in arshjul("wheel", 2026, "--person", "anna", *config).sentence
    ics = ("--ics", tmp_path / "a.ics")
    assert 'ingen person "eva"' in arshjul("wheel", 2026, *ics, "--person", "eva", *config).sentence
    (tmp_path / "a.ics").write_text("min egen", "utf-8")
    assert "ingen kalender härifrån" in arshjul("wheel", 2026, *ics, *config).sentence
    assert "ingen plan för SOL 2031" in arshjul("wheel", 2031, "--propose", *config).sentence
