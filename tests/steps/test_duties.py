"""The recurring duties at work: told of, reminded of once, confirmed and taken back, reported when missed."""

from datetime import timedelta

import pytest

from arshjul.adapters.store import tables
from arshjul.adapters.store.files import file_content
from arshjul.duty_cycle import told_at
from arshjul.duty_days import DutyOccurrence
from arshjul.errors import Refused
from arshjul.letters import Duty
from arshjul.steps.cycle.morning import morning
from arshjul.steps.duties.duties import duties_behind, duty_times, tell_of_duties
from arshjul.steps.duties.duty_words import confirm_duty, duty_standings, occurrences_of, withdraw_duty
from arshjul.wheel import morning as at_eight
from arshjul.workdays import add_workdays
from tests.play import Play
from tests.stages import PlayFrom

ROUND = "SOL-skyddsrond-2026-03"
HUMLAN = f"{ROUND}-HUMLAN"


@pytest.fixture
def play(play_from: PlayFrom) -> Play:
    """Nothing has happened yet."""
    return play_from("fresh")


def found(play: Play, occurrence_id: str) -> DutyOccurrence:
    every = occurrences_of(play.office.installation, "SOL", range(2026, 2027))
    return next(each for each in every if each.id == occurrence_id)


def told(play: Play) -> dict[str, list[Duty]]:
    matters: dict[str, list[Duty]] = {}
    for person, all_of_hers in play.told("duty").items():
        matters[person] = [m for m in all_of_hers if isinstance(m, Duty) and m.title.startswith("Skyddsrond")]
    return {person: hers for person, hers in matters.items() if hers}


def states(play: Play) -> dict[str, str]:
    first = found(play, HUMLAN)
    standings = duty_standings(play.office, "SOL", first.start, first.end)
    return {each.occurrence.id: each.state for each in standings if each.occurrence.id.startswith(ROUND)}


def test_each_deputy_is_told_once_of_all_her_places_and_again_nothing(play: Play) -> None:
    day = told_at(found(play, HUMLAN))
    assert day is not None
    assert tell_of_duties(play.office, "SOL", day).told >= 9
    assert {person: len(told(play)[person]) for person in ("anna", "mehmet", "johan")} == {
        "anna": 1,
        "mehmet": 1,
        "johan": 1,
    }
    [anna] = told(play)["anna"]
    assert anna.subunits == ("Ateljé Lärkan", "Musikhuset Taltrasten", "Mediegruppen Pixeln")
    assert anna.confirm
    before = play.everything()
    assert tell_of_duties(play.office, "SOL", day).changes == 0
    with play.office.database.reading() as session:
        assert duties_behind(session, play.office, "SOL", day) == []
    assert play.everything() == before


def test_a_day_that_nobody_confirms_is_told_as_the_day_that_it_is(play: Play) -> None:
    unit_day = found(play, "SOL-planeringsdag-2026-05")
    day = told_at(unit_day)
    assert day is not None
    tell_of_duties(play.office, "SOL", day)
    [karin] = [
        each for each in play.told("duty")["karin"] if isinstance(each, Duty) and each.title == "Enhetsdag"
    ]
    assert (karin.start, karin.due) == (unit_day.start, unit_day.end)


def test_only_those_who_have_not_confirmed_are_reminded_and_only_once(play: Play) -> None:
    duty = found(play, HUMLAN)
    day = told_at(duty)
    assert day is not None
    tell_of_duties(play.office, "SOL", day)
    confirm_duty(play.office, HUMLAN, "mehmet", "Två brister, båda åtgärdade.", day + timedelta(days=1))
    late = at_eight(add_workdays(duty.end, duty.duty.remind_days))
    assert tell_of_duties(play.office, "SOL", late).reminded >= 8
    assert [matter.again for matter in told(play)["mehmet"]] == [False]
    assert [matter.again for matter in told(play)["johan"]] == [False, True]
    tell_of_duties(play.office, "SOL", late + timedelta(days=7))
    assert [matter.again for matter in told(play)["johan"]] == [False, True]
    assert states(play)[HUMLAN] == "confirmed"
    assert states(play)[f"{ROUND}-HYVELN"] == "reminded"


def test_a_confirmation_can_be_taken_back_and_what_was_said_stays(play: Play) -> None:
    day = told_at(found(play, HUMLAN))
    assert day is not None
    with pytest.raises(Refused, match="inget att ångra"):
        withdraw_duty(play.office, HUMLAN, "mehmet", "", day)
    confirm_duty(play.office, HUMLAN, "mehmet", "Klart.", day)
    with pytest.raises(Refused, match="redan antecknad"):
        confirm_duty(play.office, HUMLAN, "karin", "", day)
    withdraw_duty(play.office, HUMLAN, "karin", "Ronden blev inställd.", day)
    assert states(play)[HUMLAN] == "coming"
    said = [(word.state, word.person, word.note) for word in play.rows(tables.DutyWord)]
    assert said == [
        ("confirmed", "mehmet", "Klart."),
        ("withdrawn", "karin", "Ronden blev inställd."),
    ]


@pytest.mark.parametrize(
    ("occurrence", "person", "sentence"),
    [
        (HUMLAN, "anna", "anna svarar inte för .*, Trädgårdsgruppen Humlan. Det kan antecknas av: mehmet"),
        ("SOL-skyddsrond-2026-13", "karin", "ingen uppgift"),
        ("", "karin", "ingen uppgift"),
    ],
)
def test_nobody_confirms_what_is_not_hers(play: Play, occurrence: str, person: str, sentence: str) -> None:
    day = told_at(found(play, HUMLAN))
    assert day is not None
    with pytest.raises(Refused, match=sentence):
        confirm_duty(play.office, occurrence, person, "", day)


def test_a_machine_that_was_off_tells_late_and_says_so(play: Play) -> None:
    duty = found(play, HUMLAN)
    done = tell_of_duties(play.office, "SOL", at_eight(duty.start))
    assert done.late >= 9
    notices = [row for row in play.rows(tables.Notice) if row.receiver == "mehmet" and row.kind == "duty"]
    assert {row.meant_at for row in notices if row.cause.startswith(ROUND)} == {told_at(duty)}


def test_what_passed_while_the_machine_was_off_is_reported_to_the_manager_and_sent_to_nobody_else(
    play: Play,
) -> None:
    duty = found(play, HUMLAN)
    day = told_at(duty)
    assert day is not None
    tell_of_duties(play.office, "SOL", day - timedelta(days=21))  # the installation was at work before
    done = tell_of_duties(play.office, "SOL", at_eight(duty.end) + timedelta(days=10))
    assert "Skyddsrond, Trädgårdsgruppen Humlan" in done.passed
    assert set(told(play)) == {"karin"}
    assert all(matter.passed for matter in told(play)["karin"])
    assert states(play)[HUMLAN] == "passed"


def test_an_installation_that_begins_in_the_summer_reports_nothing_from_before(play: Play) -> None:
    done = tell_of_duties(play.office, "SOL", at_eight(add_workdays(found(play, HUMLAN).end, 60)))
    assert done.passed == ()


def test_the_letters_of_a_morning_are_one_to_each(play: Play) -> None:
    day = told_at(found(play, HUMLAN))
    assert day is not None
    tell_of_duties(play.office, "SOL", day)
    sent = morning(play.office, None, day).posted.sent
    assert sent == len(play.outbox.letters()) == len(play.told("duty"))


def test_the_schedule_has_every_day_that_something_is_told_of(play: Play) -> None:
    installation = play.office.installation
    times = set(duty_times(installation, "SOL", 2026))
    duty = found(play, HUMLAN)
    assert told_at(duty) in times
    assert at_eight(add_workdays(duty.end, duty.duty.remind_days)) in times


def test_what_was_noted_of_a_self_check_is_told_in_the_report_and_makes_a_new_draft(
    play_from: PlayFrom,
) -> None:
    play = play_from("compiled")
    check = next(
        o
        for o in occurrences_of(play.office.installation, "SOL", range(2026, 2027))
        if "-egenkontroll-2026-08-HUMLAN" in o.id
    )
    now = play.dates.compile + timedelta(hours=2)
    confirm_duty(play.office, check.id, "mehmet", "Två planer saknade datum", now)
    drafts = len(play.rows(tables.Draft))
    play.morning(now + timedelta(hours=1))
    *_, newest = play.rows(tables.Draft)
    assert newest.id > drafts
    with play.office.database.reading() as session:
        page = next(sha256 for name, sha256 in newest.files.items() if name.endswith(".html"))
        told = file_content(session, page).decode()
    assert "Kontroller i årshjulet" in told
    assert "Två planer saknade datum." in told
