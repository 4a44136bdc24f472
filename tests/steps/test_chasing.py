"""Reminders go to the late and to nobody else; the managers and those who delegated are told."""

from arshjul.adapters.store import tables
from arshjul.form import READY
from arshjul.letters import Escalation, Reminder, Stage
from arshjul.steps.cycle.directing import return_answer
from tests.example import at
from tests.play import MANAGER, Play, answers_of
from tests.stages import PlayFrom


def reminded(play: Play) -> dict[str, list[Reminder]]:
    told = play.told("reminder")
    return {person: [m for m in matters if isinstance(m, Reminder)] for person, matters in told.items()}


def escalations(play: Play) -> dict[str, Escalation]:
    told = play.told("escalation")
    return {person: matter for person, [matter] in told.items() if isinstance(matter, Escalation)}


def test_only_those_who_have_not_answered_are_reminded(play_from: PlayFrom) -> None:
    play = play_from("opened")
    for person in ("anna", "elin", "mehmet"):
        play.hand_in(person)
    assert play.steps_taken(at("2026-09-08 08:00")) == ["remind-1"]
    assert set(reminded(play)) == {"sofia", "johan", "fatima", "peter"}


def test_a_reminder_names_what_is_missing_and_nothing_else(play_from: PlayFrom) -> None:
    play = play_from("opened")
    play.hand_in("johan")  # Hyveln, not Returen
    play.morning(at("2026-09-08 08:00"))
    [reminder] = reminded(play)["johan"]
    assert (reminder.subunits, reminder.sections) == (("Returen",), ())
    assert [missing.scope for missing in reminder.missing] == ["Returen"]
    assert reminder.stage is Stage.FIRST
    assert str(reminder.due) == "2026-09-11"
    assert str(reminder.requested_on) == "2026-08-24"
    assert str(reminder.next_on) == "2026-09-14"


def test_a_faulty_hand_in_is_no_answer(play_from: PlayFrom) -> None:
    play = play_from("opened")
    play.hand_in("sofia", {"KAJUTAN": {"G04.status": "Uppfylls helt"}})
    play.morning(at("2026-09-08 08:00"))
    assert "sofia" in reminded(play)


def test_a_letter_says_which_parts_are_missing_and_what_only_waits_for_its_mark(play_from: PlayFrom) -> None:
    play = play_from("opened")
    whole = answers_of("mehmet")
    begun = {scope: {**cells, READY: ""} for scope, cells in whole.items()}  # filled in and not marked
    play.hand_in("mehmet", begun)
    hers = answers_of("sofia")["KAJUTAN"]
    lacking = {field: value for field, value in hers.items() if not field.startswith("complaints.")}
    play.hand_in("sofia", {"KAJUTAN": lacking})
    play.hand_in("anna", {"LARKAN": answers_of("anna")["LARKAN"]})
    play.morning(at("2026-09-07 09:00"))
    return_answer(play.office, play.key, "LARKAN", MANAGER, "Skriv mer om april.", at("2026-09-07 10:00"))
    play.morning(at("2026-09-08 08:00"))
    reminders = reminded(play)
    [mehmets] = reminders["mehmet"]
    assert {(each.parts, each.unmarked) for each in mehmets.missing} == {((), True)}
    [sofias] = reminders["sofia"]
    [kajutan] = sofias.missing
    assert (kajutan.parts, kajutan.unmarked) == (("”Synpunkter och klagomål”",), False)
    [annas] = reminders["anna"]
    [larkan] = [each for each in annas.missing if each.scope == "Ateljé Lärkan"]
    assert larkan.returned
    assert any(not (each.parts or each.unmarked or each.returned) for each in reminders["fatima"][0].missing)


def test_whoever_answers_on_the_morning_itself_is_not_reminded(play_from: PlayFrom) -> None:
    play = play_from("opened")
    for person in ("anna", "elin", "mehmet", "sofia", "fatima", "peter"):
        play.hand_in(person)
    play.morning(at("2026-09-08 07:30"))
    play.hand_in("johan")
    assert play.steps_taken(at("2026-09-08 08:00")) == ["remind-1"]
    assert set(reminded(play)) == {"johan"}  # for Returen


def test_when_all_have_answered_nobody_is_chased(play_from: PlayFrom) -> None:
    play = play_from("opened")
    for form in play.rows(tables.Form):
        if form.person != "johan":
            play.hand_in(form.person)
    play.hand_in("johan", dict.fromkeys(("HYVELN", "RETUREN"), answers_of("johan")["HYVELN"]))
    assert play.morning(at("2026-09-07 08:00")).collected.rejected == []
    for day in ("2026-09-08", "2026-09-14", "2026-09-15"):
        assert play.steps_taken(at(f"{day} 08:00")) == []
    assert play.told("reminder") == play.told("escalation") == {}


def test_a_machine_that_slept_sends_the_last_reminder_only_and_records_the_skipped(
    play_from: PlayFrom,
) -> None:
    play = play_from("opened")
    assert play.steps_taken(at("2026-09-14 09:00")) == ["remind-2"]
    results = {row.name: row.result for row in play.rows(tables.Step)}
    assert results["remind-1"] == {"skipped": True}
    assert results["remind-2"] == {"reminders": 7}
    assert all(len(matters) == 1 for matters in reminded(play).values())
    assert reminded(play)["anna"][0].stage is Stage.LATE


def test_the_manager_is_told_once_who_is_late_what_is_missing_and_what_they_were_sent(
    play_from: PlayFrom,
) -> None:
    play = play_from("answered")
    told = escalations(play)
    assert set(told) == {"karin"}  # Elin answered, so Birgitta has nothing to hear
    late = {one.person: one for one in told["karin"].late}
    assert set(late) == {"Johan Nyström", "Fatima Haddad"}
    assert [(str(letter.day), letter.what) for letter in late["Fatima Haddad"].sent] == [
        ("2026-08-24", "underlag"),
        ("2026-09-08", "påminnelse"),
        ("2026-09-14", "påminnelse"),
    ]
    assert not told["karin"].as_delegator
    assert play.steps_taken(at("2026-09-16 08:00")) == []


def test_whoever_handed_the_task_on_is_told_of_her_part_only(play_from: PlayFrom) -> None:
    play = play_from("opened")
    play.morning(at("2026-09-15 08:00"))
    told = escalations(play)
    assert set(told) == {"karin", "birgitta"}
    assert [one.person for one in told["birgitta"].late] == ["Elin Forsmark"]
    assert told["birgitta"].as_delegator
    assert {one.person: one.delegated_by for one in told["karin"].late}["Elin Forsmark"] == "Birgitta Sandell"


def test_a_letter_that_never_left_is_not_counted_as_sent(play_from: PlayFrom) -> None:
    play = play_from("opened")
    with play.office.database.writing() as session:
        for letter in session.query(tables.Letter).filter_by(receiver="fatima"):
            letter.state, letter.sent_at = "refused", None
    play.morning(at("2026-09-15 08:00"))
    late = {one.person: one for one in escalations(play)["karin"].late}
    assert late["Fatima Haddad"].sent == ()
    assert len(late["Johan Nyström"].sent) == 1
