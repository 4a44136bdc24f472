"""Text as it may be printed."""

import pytest

from arshjul.report.printable import lead_in, printable


@pytest.mark.parametrize(
    ("given", "printed"),
    [
        ("a\u030a", "å"),
        ("rad 1\r\nrad 2\u2028rad 3\rrad 4", "rad 1\nrad 2\nrad 3\nrad 4"),
        ("klocka\x07, noll\x00, \ufeffmärke", "klocka, noll, märke"),
        ("halv \ud800 bokstav", "halv  bokstav"),
        ("kol\tumn", "kol umn"),
        ("58,84\xa0% – 1\xa0184", "58,84\xa0% – 1\xa0184"),
    ],
)
def test_text_is_composed_and_without_control_characters(given: str, printed: str) -> None:
    assert printable(given) == printed


def test_a_label_leads_into_its_text() -> None:
    assert [lead_in(label) for label in ("Solrosen", "Vad gör vi?", "Solrosen:")] == [
        "Solrosen:",
        "Vad gör vi?",
        "Solrosen:",
    ]
