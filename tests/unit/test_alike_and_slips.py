"""Sentences that are alike, and names that are slips of each other."""

import pytest

from arshjul.review.alike import alike_in
from arshjul.review.slips import distance, is_slip
from arshjul.review.statements import Part, Passage, Sentence


def alike(one: str, other: str) -> bool:
    passages = [Passage("A", Part.FRONT, text, sentences=(Sentence(text, 0),)) for text in (one, other)]
    return bool(list(alike_in(passages)))


LONG = "Deltagarna har under våren varit med och bjudit in fritidsgården till en sommarfest med musik och mat"


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (LONG, True),
        (LONG.replace("bjudit in", "välkomnat"), True),
        (LONG.replace("Deltagarna", "Deltagarna på Humlan"), True),
        (
            "Medarbetarna har under våren gått en utbildning som handlar om hur man gör ett bra bildstöd",
            False,
        ),
        (LONG.replace("musik och mat", "12 gäster"), True),
    ],
)
def test_a_word_or_two_may_be_changed(other: str, same: bool) -> None:
    assert alike(LONG, other) is same


def test_the_same_words_of_two_places_tell_two_things() -> None:
    told = (
        "På Humlan har vi under året tagit emot 12 studiebesök och alla har fått prova på arbetet i butiken"
    )
    assert not alike(told, told.replace("Humlan", "Pixeln").replace("12", "9"))


@pytest.mark.parametrize(
    ("odd", "known", "slip"),
    [
        ("Björkhöjedn", "Björkhöjden", True),
        ("Humlberg", "Humleberg", True),
        ("Solroen", "Solrosen", True),
        ("Solrosens", "Solrosen", False),
        ("Stentorp", "Stenhuset", False),
        ("Ekan", "Ekar", False),
    ],
)
def test_a_slip_is_a_letter_or_two_within_the_word(odd: str, known: str, slip: bool) -> None:
    assert is_slip(odd, known) is slip


def test_two_letters_changed_about_are_one_step() -> None:
    assert (distance("humlan", "hulman"), distance("abc", "abc"), distance("", "ab")) == (1, 0, 2)
