"""What the numbers of a sentence count."""

import pytest

from arshjul.review.counts import counts_in, same_kind


def read(text: str) -> list[str]:
    return [f"{count.number} {count.noun or '–'}" for count in counts_in(text)]


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("Vi har haft 14 studiebesök och 9 nya deltagare.", ["14 studiebesök", "9 deltagare"]),
        ("1 200 kronor och 300 kronor", ["1200 kronor", "300 kronor"]),
        ("20st har börjat, 18 st slutade", ["20 –", "18 slutade"]),
        ("+4 st, −2 st", ["4 –", "-2 –"]),
        ("fem konserter, Två resor", ["5 konserter", "2 resor"]),
        ("6 besök i mars och 8 i april", ["6 besök", "8 besök"]),
        ("3 grupper med 6, 7 och 5 deltagare", ["3 grupper", "6 deltagare", "7 deltagare", "5 deltagare"]),
        ("9 muntligt och 6 skriftligt", ["9 –", "6 –"]),
        ("2,5 timmar", ["2.5 timmar"]),
        ("6 av 8 svarade", ["6 –"]),
    ],
)
def test_a_number_counts_the_noun_beside_it(text: str, counts: list[str]) -> None:
    assert read(text) == counts


@pytest.mark.parametrize(
    "text",
    [
        "95 % av alla, 8,5 procent",
        "den 14 maj 2026, 3 april",
        "2026-08-31",
        "kl. 10.30 eller klockan 9",
        "vecka 12, årskurs 9 och punkt 3",
        "20 år, 12-årig, 65-årig, 40 års",
        "4:e gången, § 4",
        "2–3 gånger, 12 till 15, 9-16",
        "5 fler än väntat, 2 st färre",
        "ett 10-tal",
        "T2 2026",
        "3 gånger så mycket",
    ],
)
def test_what_only_looks_like_a_count_is_none(text: str) -> None:
    assert read(text) == []


def test_an_article_may_count_one() -> None:
    assert [(count.number, count.article) for count in counts_in("en kvinna och två män")] == [
        (1, True),
        (2, False),
    ]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("besök", "studiebesök", True),
        ("besöket", "besök", True),
        ("deltagare", "deltagarna", True),
        ("kvinnor", "deltagare", True),
        (None, "besök", True),
        ("studiebesök", "praktikanter", False),
        ("kök", "besök", False),
    ],
)
def test_compounds_endings_and_the_sexes_count_the_same(
    one: str | None, other: str | None, *, same: bool
) -> None:
    assert same_kind(one, other) is same
    assert same_kind(other, one) is same
