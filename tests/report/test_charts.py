"""Charts: every value written, nothing by colour alone, alt texts that say what is shown."""

import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from arshjul.plan import ATTAINMENT_SWEDISH, Attainment, Level
from arshjul.report.blocks import Figure
from arshjul.report.charts import Bar, Pair, Target, bars_against_target, differences, pairs
from arshjul.report.goals_figure import GoalStatus, goals_overview
from arshjul.report.period_chart import Point, over_periods
from arshjul.report.symbols import symbol_svg
from tests.report.sample_figures import sample_figures

SVG = "{http://www.w3.org/2000/svg}"
BARS = (Bar("Solrosen", Decimal("92.5")), Bar("Kvarnen", Decimal("79.4")), Bar("Ateljén", None))


def _texts(figure: Figure) -> list[str]:
    return [
        text for part in ElementTree.fromstring(figure.svg).iter(f"{SVG}text") for text in part.itertext()
    ]


@pytest.mark.parametrize("figure", sample_figures().values(), ids=sample_figures())
def test_every_drawing_is_an_svg_image_with_a_title_inside_its_frame(figure: Figure) -> None:
    root = ElementTree.fromstring(figure.svg)
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title")
    *_, width, height = (float(part) for part in root.get("viewBox", "").split())
    for text in root.iter(f"{SVG}text"):
        if text.get("x"):
            assert 0 <= float(text.get("x", "")) <= width
            assert 0 <= float(text.get("y", "")) <= height


@pytest.mark.parametrize("figure", sample_figures().values(), ids=sample_figures())
def test_every_name_and_number_of_a_drawing_is_in_its_alt_text(figure: Figure) -> None:
    said = figure.alt.replace("\xa0", " ").lower()
    for text in _texts(figure):
        for number in re.findall(r"\d+(?:,\d+)?", text):
            assert number in said
    assert len(said) > 80


def test_a_bar_that_misses_the_target_is_hatched_and_the_key_says_so() -> None:
    figure = bars_against_target("Trivsel", BARS, "%", Target("Årsmål", Decimal(85)))
    hatched = figure.svg.count("<path")
    assert hatched == 2  # one bar and its sample in the key
    assert {"Når målet", "Når inte målet", "92,5\xa0%", "79,4\xa0%", "Årsmål 85\xa0%"} <= set(_texts(figure))


def test_where_a_low_value_is_good_the_high_bar_is_the_hatched_one() -> None:
    target = Target("Årsmål", Decimal("8.5"), at_most=True)
    assert target.is_met(Decimal("8.5"))
    assert not target.is_met(Decimal("8.51"))
    alt = bars_against_target("Sjukfrånvaro", BARS[:1], "%", target).alt
    assert alt.endswith("Årsmål högst 8,5\xa0%; 0 av 1 når målet.")


def test_a_missing_value_is_said_and_is_no_zero() -> None:
    figure = bars_against_target("Trivsel", BARS, "%")
    assert "uppgift saknas" in _texts(figure)
    assert "Ateljén uppgift saknas" in figure.alt
    assert "0\xa0%" not in _texts(figure)


def test_zero_is_a_value() -> None:
    assert "0\xa0%" in _texts(bars_against_target("Trivsel", [Bar("Solrosen", Decimal(0))], "%"))


def test_a_deficit_goes_to_the_left_and_has_a_real_minus() -> None:
    figure = differences("Avvikelse", [Bar("Solrosen", Decimal(-45)), Bar("Kvarnen", Decimal(1200))], "tkr")
    assert {"−45\xa0tkr", "+1\xa0200\xa0tkr"} <= set(_texts(figure))
    assert figure.alt == "Stapeldiagram. Avvikelse. Solrosen −45\xa0tkr; Kvarnen +1\xa0200\xa0tkr."


def test_pairs_name_both_sides_of_every_pair() -> None:
    figure = pairs("Inflytande", [Pair("2026", Decimal("80.1"), None)], ("Män", "Kvinnor"), "%")
    assert figure.alt == "Stapeldiagram. Inflytande. 2026: män 80,1\xa0%, kvinnor uppgift saknas."
    assert {"Män", "Kvinnor"} <= set(_texts(figure))


def test_a_line_is_broken_where_a_year_is_missing() -> None:
    points = [Point("2024", Decimal(7)), Point("2025", None), Point("2026", Decimal(9), Decimal(8))]
    figure = over_periods("Sjukfrånvaro", points, "%")
    assert 'stroke-width="2.4"' not in figure.svg
    assert figure.alt == (
        "Linjediagram. Sjukfrånvaro. 2024 7\xa0%; 2025 uppgift saknas; 2026 9\xa0% (årsmål 8\xa0%)."
    )


@pytest.mark.parametrize("values", [[], [None], [Decimal(0)], [Decimal(5), Decimal(5)], [Decimal("-1")]])
def test_no_set_of_values_breaks_a_chart(values: list[Decimal | None]) -> None:
    bars = [Bar("Solrosen", value) for value in values]
    for figure in (
        bars_against_target("A", bars, "%", Target("Mål", Decimal(0))),
        differences("A", bars, "tkr"),
        pairs("A", [Pair("B", value, value) for value in values], ("Män", "Kvinnor"), "st"),
        over_periods("A", [Point("2026", value) for value in values], "%"),
    ):
        ElementTree.fromstring(figure.svg)
        assert "nan" not in figure.svg
        assert "inf" not in figure.svg


def test_names_that_look_like_mark_up_are_only_names() -> None:
    figure = bars_against_target("<script>", [Bar("A & B <i>", Decimal(1))], "%")
    assert "A & B <i>" in _texts(figure)


def test_the_overview_counts_each_status_and_names_each_goal() -> None:
    goals = [
        GoalStatus(Level.BOARD, "Stödet ges i tid", Attainment.FULL, "1.1"),
        GoalStatus(Level.UNIT, "Matsvinnet minskar", Attainment.NOT_MET),
    ]
    figure = goals_overview("Status för alla mål", goals)
    assert figure.alt == (
        "Status för alla mål. Av 2 mål: 1 uppfylls helt, 0 uppfylls delvis, 1 uppfylls inte, 0 inga data. "
        "Nämndmål: 1.1\xa0 Stödet ges i tid: uppfylls helt. Enhetsmål: Matsvinnet minskar: uppfylls inte."
    )
    assert set(ATTAINMENT_SWEDISH.values()) <= set(_texts(figure))


def test_the_four_symbols_differ_when_their_colours_are_taken_away() -> None:
    shapes = {re.sub(r'#[0-9a-f]{6}|class="[^"]*"', "", symbol_svg(attainment)) for attainment in Attainment}
    assert len(shapes) == 4


def test_a_long_unit_is_written_once_and_fits() -> None:
    points = [Point(f"VB {2022 + n}", Decimal(f"{60 + n}.25"), Decimal("1.6")) for n in range(5)]
    drawn = over_periods("Klimatpåverkan", points, "kg CO2e per kg", "Årsmål 2026").svg
    assert drawn.count("kg CO2e per kg") == 1
    assert "Årsmål 2026" in drawn


def test_no_value_is_written_on_the_axis_below_it() -> None:
    falling = [Point(str(2022 + place), Decimal(value)) for place, value in enumerate((90, 70, 64, 63, 63))]
    drawn = ElementTree.fromstring(over_periods("Andel", falling, "%", decimals=0).svg)
    axis = float(next(drawn.iter(f"{SVG}line")).get("y1", 0))
    written = [float(one.get("y", 0)) for one in drawn.iter(f"{SVG}text") if "%" in (one.text or "")]
    assert len(written) == 5
    assert all(place < axis - 4 for place in written)


def test_a_value_is_not_written_across_its_own_line() -> None:
    steep = [Point(str(2022 + place), Decimal(value)) for place, value in enumerate((63, 64, 65, 73, 293))]
    drawn = ElementTree.fromstring(over_periods("Antal", steep, "st").svg)
    low = next(text for text in drawn.iter(f"{SVG}text") if text.text == "73\N{NO-BREAK SPACE}st")
    point = list(drawn.iter(f"{SVG}circle"))[3]
    assert low.get("text-anchor") == "end" or float(low.get("y", 0)) > float(point.get("cy", 0))
