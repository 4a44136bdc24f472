"""Whether a target is met, and what the figures and judgements of a goal speak for."""

from decimal import Decimal

import pytest

from arshjul.attainment import Weighed, meets, propose, rated_higher
from arshjul.catalogue import Direction, Measure, Method
from arshjul.numbers import NBSP
from arshjul.plan import Attainment

SHARE = Measure(Method.MEAN, "%")
SICK_LEAVE = Measure(Method.MEAN, "%", decimals=1, direction=Direction.AT_MOST)
FULL, PARTIAL, NOT_MET, NO_DATA = Attainment


@pytest.mark.parametrize(
    ("number", "target", "met"),
    [
        ("80", "80 %", True),
        ("79.5", "80 %", True),  # printed 80 %
        ("79.49", "80 %", False),  # printed 79 %
        ("79.96", "80,0 %", True),
        ("79.94", "80,0 %", False),
        ("0", "80 %", False),
        ("81", "högst 80 %", False),
        ("80.4", "högst 80 %", True),
    ],
)
def test_a_value_is_held_against_its_target_as_it_is_printed(number: str, target: str, met: bool) -> None:
    assert meets(Decimal(number), target, SHARE, None) is met


@pytest.mark.parametrize(
    ("number", "met"), [("8.5", True), ("8.54", True), ("8.55", False), ("9.7", False), ("0", True)]
)
def test_a_low_value_is_the_good_one_where_the_measure_says_so(number: str, met: bool) -> None:
    assert meets(Decimal(number), "8,5 %", SICK_LEAVE, None) is met


@pytest.mark.parametrize(
    ("target", "previous", "met"),
    [
        ("öka", "81", True),
        ("öka", "82", False),
        ("öka", "81.6", False),  # both are printed 82 %
        ("öka", "83", False),
        ("Minska", "83", True),
        ("minska", "82", False),
        ("öka", None, None),
    ],
)
def test_to_increase_or_decrease_is_to_differ_from_last_year_in_print(
    target: str, previous: str | None, met: bool | None
) -> None:
    assert meets(Decimal(82), target, SHARE, None if previous is None else Decimal(previous)) is met


@pytest.mark.parametrize("target", [None, "Fastställs T1", "3 eller 4 %", "minska med 2 %"])
def test_a_target_that_cannot_be_compared_with_is_neither_met_nor_missed(target: str | None) -> None:
    assert meets(Decimal(82), target, SHARE, Decimal(80)) is None


@pytest.mark.parametrize(("value", "met"), [("74.4", False), ("74.5", True), (80, True), ("80.6", False)])
def test_a_band_is_met_between_its_ends_as_printed(value: str | int, *, met: bool) -> None:
    assert meets(Decimal(value), "75–80 %", SHARE, None) is met


@pytest.mark.parametrize(
    ("decided", "proposed", "higher"),
    [
        (Attainment.FULL, Attainment.PARTIAL, True),
        (Attainment.FULL, Attainment.FULL, False),
        (Attainment.PARTIAL, Attainment.FULL, False),
        (Attainment.PARTIAL, Attainment.NO_DATA, True),
        (Attainment.NOT_MET, Attainment.NO_DATA, False),
        (Attainment.NO_DATA, Attainment.NOT_MET, False),
        (None, Attainment.NOT_MET, False),
    ],
)
def test_a_rating_is_higher_than_what_the_figures_speak_for(
    decided: Attainment | None, proposed: Attainment, *, higher: bool
) -> None:
    assert rated_higher(decided, proposed) is higher


def test_a_measure_without_direction_is_neither_met_nor_missed() -> None:
    assert meets(Decimal(82), "80 %", Measure(Method.MEAN, "%", direction=Direction.NONE), None) is None


def weighed(name: str, number: str, target: str, measure: Measure = SHARE) -> Weighed:
    return Weighed(name, Decimal(number), target, measure, meets(Decimal(number), target, measure, None))


MET = weighed("Trygghet", "94", "90 %")
MISSED = weighed("Sjukfrånvaro", "9.7", "8,5 %", SICK_LEAVE)
OPEN = weighed("Bemötande", "82", "Fastställs T1")


@pytest.mark.parametrize(
    ("indicators", "statuses", "proposed"),
    [
        ([], [], NO_DATA),
        ([OPEN], [], NO_DATA),
        ([], [NO_DATA], NO_DATA),
        ([MET], [], FULL),
        ([MET], [FULL, FULL], FULL),
        ([MET], [FULL, NO_DATA], FULL),
        ([MET], [FULL, PARTIAL], PARTIAL),
        ([MET], [NOT_MET], PARTIAL),
        ([MET, MISSED], [FULL, FULL], PARTIAL),
        ([MISSED], [], NOT_MET),
        ([MISSED], [NOT_MET], NOT_MET),
        ([MISSED], [FULL], PARTIAL),
        ([], [FULL, FULL], FULL),
        ([], [FULL, NOT_MET], PARTIAL),
        ([], [NOT_MET, NOT_MET], NOT_MET),
    ],
)
def test_figures_and_judgements_together_speak_for_an_attainment(
    indicators: list[Weighed], statuses: list[Attainment], proposed: Attainment
) -> None:
    assert propose(indicators, statuses).attainment is proposed


@pytest.mark.parametrize(
    ("indicators", "statuses", "reason"),
    [
        (
            [MET, MISSED],
            [],
            f"En av två indikatorer når målet; Sjukfrånvaro 9,7{NBSP}% mot högst 8,5{NBSP}%.",
        ),
        (
            [MISSED, MISSED],
            [PARTIAL, NOT_MET],
            "Ingen av två indikatorer når målet; "
            + f"Sjukfrånvaro 9,7{NBSP}% mot högst 8,5{NBSP}%; " * 2
            + "ingen av två verksamheter bedömer målet som uppfyllt helt.",
        ),
        ([MET], [FULL], "Indikatorn når målet; en verksamhet har bedömt målet: uppfylls helt."),
        ([MISSED], [], f"Indikatorn når inte målet; Sjukfrånvaro 9,7{NBSP}% mot högst 8,5{NBSP}%."),
        (
            [],
            [FULL, PARTIAL, NO_DATA],
            "En av två verksamheter bedömer målet som uppfyllt helt; en verksamhet har inga data.",
        ),
        ([], [], "Inga uppgifter har lämnats."),
    ],
)
def test_a_proposal_says_why_in_one_sentence(
    indicators: list[Weighed], statuses: list[Attainment], reason: str
) -> None:
    assert propose(indicators, statuses).reason == reason


def test_a_department_speaks_of_its_units() -> None:
    said = propose([], [NOT_MET, PARTIAL, NO_DATA], ("enhet", "enheter")).reason
    assert said == "Ingen av två enheter bedömer målet som uppfyllt helt; en enhet har inga data."


def test_value_and_target_are_set_against_each_other_with_the_same_decimals() -> None:
    waste = Measure(Method.MEAN, "kg", direction=Direction.AT_MOST)
    assert weighed("Svinn", "0.4", "0,40 kg", waste).against == f"0,40{NBSP}kg mot högst 0,40{NBSP}kg"
    assert weighed("Närvaro", "9.25", "minst 12", SICK_LEAVE).against == f"9,3{NBSP}% mot minst 12,0{NBSP}%"
    assert OPEN.against == f"82{NBSP}%, målet är ”Fastställs T1”"
