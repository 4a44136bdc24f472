"""Who signs a letter, who answers it, and who gets it in another's place."""

from dataclasses import replace

from arshjul.letters import InsteadOf, Stage
from tests.letters.reading import body_words, letter_of, words
from tests.letters.samples import (
    ANNA,
    DRIFT,
    KARIN,
    OMAR,
    REQUEST,
    REVIEW,
    SAMPLES,
    SENDER,
    reminder,
    written,
)


def test_the_manager_signs_what_goes_to_deputies_and_the_program_what_goes_to_her() -> None:
    to_deputy, to_manager = written("request"), written("review")
    assert to_deputy.answers_to == (KARIN,)
    assert "Vänliga hälsningar\nKarin Ek\nBjörkens enhet" in to_deputy.text
    assert to_manager.answers_to == (DRIFT,)
    assert "Vänliga hälsningar" not in to_manager.text


def test_a_manager_who_answers_for_a_subunit_herself_is_not_signed_to_by_herself() -> None:
    letter = letter_of(REQUEST, to=KARIN)
    assert letter.answers_to == (DRIFT,)
    assert "Vänliga hälsningar" not in letter.text


WHY = "Du får det här i stället för Anna Berg, som är borta till och med 18 september."


def test_a_stand_in_is_told_whose_letter_it_is() -> None:
    for_anna = InsteadOf(REQUEST, ANNA, WHY)
    letter = letter_of(for_anna, to=OMAR)
    assert letter.text.startswith(f"Hej Omar!\n\n{WHY}\n\n")
    assert letter.references == written("request").references  # Anna's thread goes on


def test_her_own_matter_and_one_she_stands_in_for_share_a_letter_that_says_which_is_which() -> None:
    own = replace(REQUEST, subunits=("Tallen",))
    both = [own, InsteadOf(reminder(Stage.LATE), ANNA, WHY)]
    letter = letter_of(*both, to=OMAR)
    assert letter.text.count(WHY) == letter.html.count(WHY) == 1
    late, request = letter.text.index("1. Försenat"), letter.text.index("2. T2 2026: fyll i")
    assert late < letter.text.index(WHY) < request
    assert len(letter.references) == 2
    assert body_words(letter.html) == words(letter.text)


def test_who_stands_in_for_a_manager_is_written_to_as_the_one_in_charge() -> None:
    for_karin = InsteadOf(SAMPLES["review"][1][0], KARIN, "Du får det här i stället för Karin Ek.")
    letter = letter_of(for_karin)
    assert letter.answers_to == (DRIFT,)
    assert "Vänliga hälsningar" not in letter.text


def test_answers_reach_who_stands_in_for_the_manager_and_the_letter_says_so() -> None:
    away = replace(SENDER, answering=(OMAR,))
    letter = letter_of(REQUEST, sender=away)
    assert letter.answers_to == (OMAR,)
    assert "Svara på brevet, så når du Omar Said." in letter.text
    herself = letter_of(REQUEST, to=OMAR, sender=away)
    assert herself.answers_to == (DRIFT,)


def test_where_there_is_a_portal_a_manager_is_led_there_and_reads_no_commands() -> None:
    there = letter_of(REVIEW, to=KARIN, way_in="https://arshjul.exempel.se/l/x")
    assert "Se iakttagelserna och godkänn i webbläsaren, med länken längst ner." in there.text
    assert "Här går du vidare i webbläsaren: https://arshjul.exempel.se/l/x\n" in there.text
    assert "arshjul status" not in there.text
    assert words(there.text) == body_words(there.html)


def test_whoever_runs_the_program_herself_is_told_the_command_and_not_to_ask_herself() -> None:
    alone = replace(SENDER, operator=KARIN)
    own = letter_of(REVIEW, to=KARIN, sender=alone)
    assert "I programmet börjar du med ”arshjul status T2 2026 --unit BJO”." in own.text
    assert "hjälper dig" not in own.text
