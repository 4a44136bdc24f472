"""Totals in people's texts: those that are wrong are seen, and nothing else is."""

from decimal import Decimal
from pathlib import Path

import pytest

from arshjul.review.text_total import TextTotal
from arshjul.review.totals import totals_in


def wrong(text: str) -> list[TextTotal]:
    return [total for total in totals_in(text) if not total.adds_up]


CORPUS = Path(__file__).parent / "totals"  # one sentence a line
WRONG = (CORPUS / "wrong.txt").read_text("utf-8").splitlines()
# True totals, and sentences that have a total but not the total of the other numbers in them.
RIGHT = (CORPUS / "right.txt").read_text("utf-8").splitlines()
WRONG_LISTS = [
    """Tertial 1: 12 avvikelser
Tertial 2: 15 avvikelser
Totalt 28 avvikelser""",
    """Praktik: 12
Lönebidrag: 3
Anställning: 1
Totalt har 17 deltagare gått vidare.""",
    """Så här fördelar sig besöken:
Ateljé Lärkan: 4
Humlan: 3
Café Kajutan: 5
Totalt 13 studiebesök till och med den 31 augusti.""",
    """Börjat och slutat under året:
Ateljé Lärkan: +3 st, -2 st
Humlan: +5st, -0st
Kajutan: +1, -4st
Hyveln: Fullbelagt
Returen: Fullbelagt .
Totalt har 10 st börjat och 6 st slutat i enheten.""",
    """- Lärkan 4 st
- Humlan 3 st
- Kajutan 5 st
Summa: 14""",
    """Totalt 14 studiebesök:
• 4 i Lärkan
• 3 i Humlan
• 5 i Kajutan""",
    """Kvinnor: 23
Män: 31
Totalt: 55 deltagare""",
    """Tillbud: 3 st
Olyckor: 2 st
Totalt 6 st (4 st förra tertialet)""",
]
RIGHT_LISTS = [
    """Kajutan: 45 gäster per dag
Humlan: 13 deltagare
Totalt 58 medarbetare arbetar i enheten.""",
    """Mål: 24
Utfall: 26
Totalt 2 över målet.""",
    """Ateljé Lärkan: 4
Humlan: 3
Café Kajutan: 5
Totalt 12 studiebesök till och med den 31 augusti.""",
    """Resultat per arbetsplats:
Lärkan: 80
Humlan: 76
Hyveln: 78
Totalt 78""",
    """Lärkan: 80 %
Humlan: 76 %
Totalt 78 %""",
    """- Vi har 12 deltagare
- Under våren har 3 slutat
Totalt har vi haft 14 studiebesök""",
    """Personal: 12
Lokaler: 3
Totalt 130 deltagare""",
    """Vi har under våren haft 6 besök.
Under hösten blir det 3.
Totalt har 40 personer varit här.""",
    """Kontakt: 08-123 45 67
Öppettider: 9-16
Totalt har vi 24 platser.""",
    """1. Första punkten
2. Andra punkten
Totalt 4 åtgärder återstår.""",
    """Ateljé Lärkan: 4 utställningar
Humlan: 3 marknader
Totalt 40 besökare per gång.""",
]


@pytest.mark.parametrize("text", WRONG + WRONG_LISTS)
def test_a_total_that_its_parts_do_not_make_is_seen(text: str) -> None:
    assert len(wrong(text)) == 1


@pytest.mark.parametrize("text", RIGHT + RIGHT_LISTS)
def test_a_sentence_without_a_wrong_total_raises_no_alarm(text: str) -> None:
    assert wrong(text) == []


ARRIVALS = """Så många har börjat och slutat:
Ateljé Lärkan: +3st, -4st
Humlan: +5 st, -0st
Kajutan: +2st, -3st
Hyveln: +1st, -1st
Pixeln: +4st, -2st
Praktiksteget: +6st, -6st
Taltrasten: Fullbelagt
Månskenet: Fullbelagt .
Totalt har 20st börjat och 16st slutat i enheten."""


def test_arrivals_and_departures_in_a_list_are_totalled_apart() -> None:
    started, ended = totals_in(ARRIVALS)
    assert (started.total, sum(started.parts), started.adds_up) == (20, 21, False)
    assert (ended.total, sum(ended.parts), ended.adds_up) == (16, 16, True)


def test_a_total_keeps_the_sentence_that_says_it() -> None:
    (total,) = totals_in("Det gick bra. Vi fick 6 besök i mars och 8 i april, totalt 15. Så fortsätter vi.")
    assert total.sentence == "Vi fick 6 besök i mars och 8 i april, totalt 15."
    assert total.parts == (6, 8)


def test_two_totals_in_a_sentence_have_each_their_own_parts() -> None:
    found = totals_in("6 i mars och 8 i april, totalt 14, samt 3 i maj och 4 i juni, totalt 8.")
    assert [(total.total, total.adds_up) for total in found] == [(14, True), (8, False)]


def test_a_total_is_held_to_as_many_decimals_as_it_is_written_with() -> None:
    assert TextTotal(Decimal("5.7"), (Decimal("2.44"), Decimal("3.31")), "").adds_up is False
    assert TextTotal(Decimal("6"), (Decimal("2.44"), Decimal("3.31")), "").adds_up


def test_text_without_end_is_read_in_no_time() -> None:
    assert list(totals_in("totalt " + "a" * 20_000 + " 5")) == []
    assert list(totals_in("a: 5\n" * 2_000 + "totalt 3")) == []
