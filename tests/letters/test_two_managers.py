"""A unit that two managers lead together: both sign, both get the answers, neither is the boss."""

import re
from dataclasses import replace
from email import message_from_bytes
from email.policy import default

import pytest

from arshjul.letters import (
    ComposedLetter,
    Digest,
    Escalation,
    Late,
    Matter,
    Missing,
    Stage,
    write_letter,
)
from arshjul.organisation import Person
from tests.letters.reading import body_words, letter_of, words
from tests.letters.samples import (
    ANNA,
    DRIFT,
    DUE,
    KARIN,
    REPORT,
    REQUEST,
    REVIEW,
    SAMPLES,
    SENDER,
    T2,
    read,
    reminder,
)

IDA = Person("ida", "Ida Falk", "ida.falk@exempel.se")
BOTH = replace(SENDER, managers=(KARIN, IDA))


def letter(*matters: Matter, to: Person) -> ComposedLetter:
    return letter_of(*matters, to=to, sender=BOTH)


def test_both_sign_and_both_get_the_answers() -> None:
    request = letter(REQUEST, to=ANNA)
    assert "Vänliga hälsningar\nKarin Ek och Ida Falk\nBjörkens enhet" in request.text
    assert "så når du oss." in request.text
    wire = message_from_bytes(write_letter(request, read).content, policy=default)
    assert wire["Reply-To"] == "Karin Ek <karin.ek@exempel.se>, Ida Falk <ida.falk@exempel.se>"


def test_whoever_has_parts_in_several_units_sees_which_one_a_letter_is_about() -> None:
    named = letter_of(REQUEST, sender=BOTH, labels={"BJO": "Björken"})
    assert named.subject == f"{letter(REQUEST, to=ANNA).subject} – Björken"
    assert named.text.startswith("Hej Anna!\n\nBrevet gäller Björkens enhet.\n\n")
    assert body_words(named.html) == words(named.text)


def test_what_goes_to_a_manager_says_who_else_got_it() -> None:
    review = letter(REVIEW, to=IDA).text
    assert "Karin Ek har fått samma besked. Det räcker att en av er godkänner." in review
    digest = letter(Digest(**T2, due=DUE, answered=("Ängen",)), to=KARIN)
    assert "Ida Falk har fått samma besked." in digest.text
    assert digest.answers_to == (DRIFT,)
    alone = letter_of(REVIEW, to=KARIN)
    assert "samma besked" not in alone.text


@pytest.mark.parametrize("stage", Stage)
def test_a_manager_who_answers_herself_is_written_to_as_the_one_in_charge(stage: Stage) -> None:
    own = letter(REQUEST, reminder(stage), REPORT, to=IDA)
    assert own.answers_to == (DRIFT,)
    for foreign in ("Vänliga hälsningar", "når du", "Svara", "säg", "Tack", "Karin"):
        assert foreign not in own.text.replace("godkänd av Karin Ek", "")
    assert "läs in arbetsboken med ”arshjul collect FIL”." in own.text


def test_a_manager_who_is_late_reads_of_herself_and_of_the_others() -> None:
    missing = (Missing("Ängen"),)
    ida = Late(IDA.name, IDA.address, missing)
    anna = Late(ANNA.name, ANNA.address, missing, delegated_by="Ida Falk")
    late = Escalation(**T2, subunits=("Ängen",), due=DUE, late=(ida,))
    own = letter(late, to=IDA).text
    assert "Du själv\n" in own
    assert "Ida" not in own.partition("\n")[2]
    assert "Lämna svaret så snart du kan" in own
    assert "Hör av dig till den som är sen" in letter(late, to=KARIN).text
    handed_on = replace(late, late=(anna,))
    assert "Uppdraget kommer från dig." in letter(handed_on, to=IDA).text
    assert "från Ida Falk, som också har fått besked." in letter(handed_on, to=KARIN).text


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("to", [ANNA, IDA])
def test_the_page_says_the_same_words_as_the_text(name: str, to: Person) -> None:
    written = letter(*SAMPLES[name][1], to=to)
    assert body_words(written.html) == words(written.text)


def test_without_an_operator_a_manager_asks_the_other_one() -> None:
    alone = replace(BOTH, operator=None)
    asked = letter_of(REVIEW, to=IDA, sender=alone)
    assert asked.answers_to == (KARIN,)
    assert "Frågor? Skriv till Karin Ek, karin.ek@exempel.se." in asked.text


@pytest.mark.parametrize("name", SAMPLES)
def test_paragraphs_stay_apart_for_whoever_reads_them(name: str) -> None:
    """A block that ends a line in a template swallows the line break after it."""
    for to in (ANNA, IDA):
        written = letter(*SAMPLES[name][1], to=to)
        assert len(written.text.split("\n\n")) == len(re.findall(r"<(?:p|ol|ul|h2)\b", written.html))
