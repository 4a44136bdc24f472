"""Addresses, telephone numbers and names are found where they stand, in all their forms."""

import pytest

from arshjul.secrecy import contacts, names_in, place_in
from arshjul.secrecy.contacts import Contact
from tests.secrecy.prose import KINDS, sentences


@pytest.mark.parametrize(
    "written",
    [
        *(
            "anna.berg@kommun.example",
            "ANNA@kommun.example",
            "anna.berg (at) kommun.example",
            "a_b+c@x.y.example",
        ),
        "registrator＠kommun.example",
    ],
)
def test_an_address_is_found(written: str) -> None:
    text = f"Skriv till {written}, så svarar vi."
    [found] = contacts(text)
    assert (found.kind, text[found.start : found.end]) == (Contact.EMAIL, written)


@pytest.mark.parametrize(
    "written",
    [
        *(
            "08-555 60 112",
            "08–555 60 112",
            "031-60 11 22",
            "0500-41 22 33",
            "070-123 45 67",
            "0701-23 45 67",
        ),
        *("0701234567", "070 123 45 67", "+46 70 123 45 67", "+46 (0)70-123 45 67", "004670 1234567"),
    ],
)
def test_a_telephone_number_is_found(written: str) -> None:
    text = f"Ring {written} om något händer."
    [found] = contacts(text)
    assert (found.kind, text[found.start : found.end]) == (Contact.TELEPHONE, written)


def test_other_numbers_are_no_telephone_numbers() -> None:
    kinds = list(KINDS)
    prose = sentences(seed=22, count=7_000)
    for number, text in enumerate(prose):
        if "telephone" not in kinds[number % len(kinds)]:
            assert contacts(text) == (), text


def test_a_known_name_is_found_in_either_order_and_as_an_owner() -> None:
    names = ("Anna Lindqvist", "Eva-Lena Maria Öst")
    for text in (
        "Anna Lindqvist har",
        "anna lindqvists idé",
        "Lindqvist, Anna",
        "Anna\u00a0Lindqvist",
        "Eva-Lena Öst",
    ):
        assert len(names_in(text, names)) == 1, text
    for text in ("Anna har", "familjen Lindqvist", "Susanna Lindqvist", "Anna Lindqvistsson", ""):
        assert names_in(text, names) == (), text


def test_a_place_is_told_by_what_there_is_several_of() -> None:
    assert place_in("Ett två tre", 4) == "ord 2"
    assert place_in("Ett två. Tre fyra fem", 9) == "mening 2, ord 1"
    assert place_in("Ett två.\n\nTre. Fyra fem", 20) == "rad 2, mening 2, ord 2"
