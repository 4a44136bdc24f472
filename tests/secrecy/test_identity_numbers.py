"""Identity numbers are found in every writing, and other numbers are left alone."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arshjul.errors import BadInput
from arshjul.secrecy import MASK, Likeness, identity_numbers, masked, refuse_identity_numbers, why_stopped
from tests.secrecy.corpora import planted, sentences_in, written_prose
from tests.secrecy.prose import sentences
from tests.secrecy.writings import SURROUNDINGS, WRITINGS, check_digit, made_number

PERSON = "790101-123" + check_digit("790101123")
BARE = PERSON.replace("-", "")
TELEPHONE = "070312123" + check_digit("070312123")  # a mobile number, and 12 March 2007


def test_every_number_is_found_in_every_writing_wherever_it_stands() -> None:
    missed = Counter(
        name
        for name, text, places in planted(seed=20, each=4 * len(SURROUNDINGS))
        for start, end in places
        if not any(n.start < end and start < n.end for n in identity_numbers(text))
    )
    assert not missed


@given(st.randoms(use_true_random=False), st.sampled_from(sorted(WRITINGS)), st.sampled_from(SURROUNDINGS))
@settings(max_examples=300, deadline=None)
def test_nothing_of_a_number_is_left_when_it_is_masked(random, name, around) -> None:  # type: ignore[no-untyped-def]
    number = made_number(random)
    text = around.replace("{}", WRITINGS[name](number))
    assert identity_numbers(masked(text, also_doubtful=True)) == ()


def test_sentences_full_of_other_numbers_give_less_than_one_alarm_in_a_thousand() -> None:
    prose = sentences(seed=21, count=20_000)
    alarms = [text for text in prose if identity_numbers(text)]
    assert len(alarms) < len(prose) / 1000, alarms[:5]


def test_reports_and_pages_that_people_wrote_give_no_alarm() -> None:
    counted = 0
    for name, text in written_prose():
        assert identity_numbers(text) == (), name
        counted += sentences_in(text)
    assert counted > 5_000  # there was something to read


def test_a_wrong_check_digit_or_an_impossible_day_is_no_identity_number() -> None:
    wrong = str((int(PERSON[-1]) + 1) % 10)
    assert identity_numbers(PERSON[:-1] + wrong) == ()
    for nine in ("791301123", "790132123", "790192123", "790229123", "790160123"):
        assert identity_numbers(f"{nine[:6]}-{nine[6:]}{check_digit(nine)}") == ()


def test_a_coordination_number_is_one() -> None:
    assert identity_numbers("790161-123" + check_digit("790161123"))


def test_an_organisation_number_is_none() -> None:
    assert identity_numbers("212000-1355") == ()


def test_what_may_be_a_telephone_number_is_stopped_until_it_is_called_so() -> None:
    [found] = identity_numbers(f"Hon nås {TELEPHONE}.")
    assert found.likeness is Likeness.OR_TELEPHONE
    assert "skriv ”tel” framför" in (why_stopped(f"Hon nås {TELEPHONE}.") or "")
    for named in ("tel", "Tel.", "Tel:", "telefon", "mobilnummer", "ring"):
        assert why_stopped(f"Växeln stänger, {named} {TELEPHONE}.") is None


def test_calling_it_a_telephone_number_frees_nothing_that_cannot_be_one() -> None:
    for written in (PERSON, BARE, f"{TELEPHONE[:6]}-{TELEPHONE[6:]}"):
        assert why_stopped(f"tel {written}") is not None


def test_bare_digits_are_stopped_until_they_are_called_something_else() -> None:
    assert "dnr" in (why_stopped(f"Se {BARE}.") or "")
    for named in ("dnr", "Diarienummer:", "OCR-nr", "fakturanummer", "konto", "dnr SN"):
        assert why_stopped(f"Se {named} {BARE}.") is None
    assert why_stopped(f"Se dnr {PERSON}.") is not None


def test_the_sentence_tells_the_place_and_never_the_number() -> None:
    text = f"Vi har det bra.\n\nAlla trivs. Brukaren {PERSON} flyttade in i maj."
    why = why_stopped(text)
    assert why is not None
    assert "(rad 2, mening 2, ord 2)" in why
    assert not any(part in why for part in (PERSON[:6], PERSON[-4:]))


def test_what_was_taken_out_stops_until_the_sentence_is_written_anew() -> None:
    text = masked(f"Brukaren {PERSON} flyttade in.")
    assert text == f"Brukaren {MASK} flyttade in."
    assert "har tagits bort (ord 2)" in (why_stopped(text) or "")
    with pytest.raises(BadInput, match="Skäl"):
        refuse_identity_numbers(text, "Skäl")


def test_a_range_of_dates_is_no_identity_number_whatever_its_digits() -> None:
    for day in range(1, 29):
        for to in range(1, 29):
            for text in (f"2026-03-{day:02} 2026-04-{to:02}", f"260301-2604{to:02} och 2603{day:02}–260430"):
                assert identity_numbers(text) == (), text
