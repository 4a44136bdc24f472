"""Indicator tables and activity tables in a text, with their columns or without."""

from datetime import date

import pytest

from arshjul.plan import Activity
from tests.unit.plan_reading import only_activity, only_indicator, plan_of, reading_of

PLAN_HEAD = "  Indikator Årsmål KF:s årsmål \når 2024 Periodicitet \n\n"
REPORT_HEAD = (
    "   Indikator Periodens \nutfall \n\nUtfall \nmän/ \npojkar \n\nUtfall \nkvinnor/ \nflickor \n\n"
    "Periodens \nutfall VB \n2021 \n\nÅrsmål KF:s \nårsmål Period \n\n"
)


@pytest.mark.parametrize(
    ("row", "target", "council_target", "periodicity", "uncertain"),
    [
        ("Nöjda brukare (stöd \noch service) \n\n85 % 80 % År \n", "85 %", "80 %", "År", False),
        ("Nöjda brukare \n\n94 % Tas fram av \nnämnd \n\nÅr \n", "94 %", "Tas fram av nämnd", "År", False),
        ("Medskapande 83 83 År \n", "83", "83", "År", False),
        ("Frånvaro dag 1-14 2,9 % 3 % Tertial \n", "2,9 %", "3 %", "Tertial", False),
        ("Platser 1 050 st 1 100 st År \n", "1 050 st", "1 100 st", "År", False),
        (
            "Klimat  1,6 kg CO2 \nper kg \n\nlivsmedel \n\nÅr \n",
            None,
            "1,6 kg CO2 per kg livsmedel",
            "År",
            True,
        ),
        ("Timanställda \n\n öka Kvartal \n", None, "öka", "Kvartal", True),
        ("Nöjda brukare \n\n80 %  År \n", "80 %", None, "År", True),
        (
            "Timmar \n\n Tas fram av \nnämnd/styrel\n\nse \n\nTertial \n",
            None,
            "Tas fram av nämnd/styrelse",
            "Tertial",
            False,
        ),
    ],
)
def test_a_row_that_lost_its_columns_is_cut_by_form_and_counted_spaces(
    row: str, target: str | None, council_target: str | None, periodicity: str, uncertain: bool
) -> None:
    indicator = only_indicator(PLAN_HEAD + row, "Nämndmål: Alla är trygga ")
    assert (indicator.target, indicator.council_target) == (target, council_target)
    assert (indicator.periodicity, indicator.columns_uncertain) == (periodicity, uncertain)


def test_a_report_row_has_outcome_previous_and_targets_in_their_places() -> None:
    indicator = only_indicator(
        REPORT_HEAD + "Sjukfrånvaro 11,7 %   7,1 %  Tas fram \nav \nnämnd/s\ntyrelse \n\nVB 2022 \n",
        "Nämndmål: Alla är trygga ",
    )
    assert (indicator.outcome, indicator.previous) == ("11,7 %", "7,1 %")
    assert (indicator.outcome_men, indicator.outcome_women, indicator.target) == (None, None, None)
    assert (indicator.council_target, indicator.period) == ("Tas fram av nämnd/styrelse", "VB 2022")


def test_a_row_without_its_spaces_is_marked_as_uncertain() -> None:
    indicator = only_indicator("Indikator Årsmål KF:s årsmål Periodicitet\nNöjda brukare 80 % År")
    assert indicator.columns_uncertain
    assert indicator.name == "Nöjda brukare"


def test_a_bounded_target_is_one_value_in_a_row_without_a_period() -> None:
    indicator = only_indicator("Indikator Periodens \nutfall \n\nÅrsmål \n\n Antal fall \n\n 8 högst 15 \n")
    assert (indicator.name, indicator.outcome, indicator.target) == ("Antal fall", "8", "högst 15")


def test_tabs_keep_the_columns() -> None:
    indicator = only_indicator("Indikator\tÅrsmål\tKF:s årsmål\tPeriodicitet\nNöjda\när vi\t\t80 %\tÅr")
    assert (indicator.name, indicator.target, indicator.council_target) == ("Nöjda är vi", None, "80 %")
    assert not indicator.columns_uncertain


def test_columns_under_one_another_keep_their_places() -> None:
    indicator = only_indicator(
        "Indikator                 Periodens   Utfall    Årsmål   KF:s      Period\n"
        "                          utfall      VB 2021            årsmål\n"
        "Andel som är nöjda        83                    85       Tas fram  2022\n"
        "med sin plats                                            av nämnd\n"
    )
    assert indicator.name == "Andel som är nöjda med sin plats"
    assert (indicator.outcome, indicator.previous, indicator.target) == ("83", None, "85")
    assert indicator.council_target == "Tas fram av nämnd"


def test_a_table_broken_over_a_page_goes_on_under_its_repeated_head() -> None:
    reading = reading_of(
        "Nämndmål: Trygghet \n\n" + REPORT_HEAD + "Nöjda \n\n     80 % 2022 \n\nAnalys \nLiljan 96% \n"
        "\n\nTjänsteutlåtande \nSid 22 (28) \n\n " + REPORT_HEAD + "Steget 76% \nBra resultat. \n\n"
        "Trygga \n\n83   86  83 2022 \n"
    )  # fmt: skip
    first, second = (row for _, row in reading.plan.indicators())
    assert first.analysis == "Liljan 96%\nSteget 76%\nBra resultat."
    assert (second.name, second.outcome, second.previous, second.council_target) == (
        "Trygga",
        "83",
        "86",
        "83",
    )
    assert {noted.kind for noted in reading.furniture} == {"sidhuvud eller sidfot", "upprepat tabellhuvud"}


def test_an_analysis_of_the_goal_is_told_from_that_of_a_row() -> None:
    plan = plan_of(
        "Enhetsmål: Trygghet\n\nBeskrivning\n\nSå här.\n\nIndikator\tÅrsmål\tPeriod\nNöjda\t80 %\t2022\n\n"
        "Analys\nOm raden.\n\nAnalys\n\nOm målet.\n"
    )
    assert plan.goals[0].sections["analysis"] == "Om målet."
    assert plan.goals[0].indicators[0].analysis == "Om raden."


def test_a_forecast_stands_beside_the_outcome() -> None:
    indicator = only_indicator(
        "Indikator\tPeriodens utfall\tPrognos helår\tÅrsmål\tPeriod\nNöjda\t70 %\t75 %\t80 %\tT2 2026"
    )
    assert (indicator.outcome, indicator.forecast, indicator.target) == ("70 %", "75 %", "80 %")


def test_a_column_that_an_indicator_has_no_place_for_is_told() -> None:
    plan = plan_of("Enhetsmål: Trygghet\n\nIndikator\tUtfall\tÅrsmål\tAnsvarig\nNöjda\t70 %\t80 %\tStaben\n")
    assert [warning.message for warning in plan.warnings] == ["Ansvarig för Nöjda: Staben"]


def test_a_period_broken_over_two_lines_closes_one_row() -> None:
    plan = plan_of(
        "Enhetsmål: Trygghet\n\n"
        "Indikator                   Utfall   Årsmål   Period\n"
        "Andel medarbetare med       86 %     90 %     T2\n"
        "utbildning i bemötande                        2024\n"
        "Sjukfrånvaro                7,1 %    7,5 %    T2\n"
        "                                              2024\n"
    )
    assert [(row.name, row.outcome, row.period) for _, row in plan.indicators()] == [
        ("Andel medarbetare med utbildning i bemötande", "86 %", "T2 2024"),
        ("Sjukfrånvaro", "7,1 %", "T2 2024"),
    ]


def test_cells_parted_by_gaps_that_do_not_stand_under_one_another_keep_their_order() -> None:
    plan = plan_of(
        "Enhetsmål: Trygghet\n\n"
        "Indikator  Periodens utfall  Utfall män/pojkar  Utfall kvinnor/flickor  Årsmål  Period\n"
        "Andel hyresgäster med aktuell plan  88 %  84 %  92 %  95 %  T1 2025\n"
        "Sjukfrånvaro  9,1 %  8,0 %  9,6 %  Tas fram av nämnd  T1 2025\n\n"
        "Aktivitet  Startdatum  Slutdatum  Avvikelse\n"
        "Enheten inventerar behovet av välfärdsteknik  2024-02-01  2024-11-30\n"
    )
    first, second = (row for _, row in plan.indicators())
    assert (first.outcome, first.outcome_men, first.outcome_women, first.target) == (
        "88 %",
        "84 %",
        "92 %",
        "95 %",
    )
    assert (second.name, second.outcome, second.target) == ("Sjukfrånvaro", "9,1 %", "Tas fram av nämnd")
    ((_, activity),) = plan.activities()
    assert (activity.start, activity.end, activity.deviation) == (
        date(2024, 2, 1),
        date(2024, 11, 30),
        False,
    )
    assert plan.warnings == ()


PAGE = " \n\n\nTjänsteutlåtande \nSid 7 (8) \n \n start.stad \n \n"


def test_a_page_head_between_a_row_and_its_period_moves_no_cell() -> None:
    indicator = only_indicator(
        f"{REPORT_HEAD}Frånvaro dag 1-14 2,9 % 2,7 % 3 % 2,8 % 3,1 % Tas fram \nav nämnd \n{PAGE} VB 2025 \n",
        "Nämndmål: Alla är trygga ",
    )
    assert (indicator.name, indicator.outcome, indicator.target) == ("Frånvaro dag 1-14", "2,9 %", "3,1 %")
    assert (indicator.council_target, indicator.period) == ("Tas fram av nämnd", "VB 2025")


def test_a_list_that_ends_an_analysis_is_no_beginning_of_the_row_after_the_page_head() -> None:
    plan = plan_of(
        f"Nämndmål: Alla är trygga \n\n{REPORT_HEAD}Nöjda \n\n77 % 79 % 75 % 81 % 80 % 79 % 2021 \n\n"
        f"Analys \nFärre är nöjda. \nNorra: 80 % \nSödra: 76 % \n{PAGE}"
        "Antal fall med \nskada \n\n11 st 5 st 6 st 14 st minska minska 2021 \n"
    )
    first, second = (row for _, row in plan.indicators())
    assert first.analysis == "Färre är nöjda.\nNorra: 80 %\nSödra: 76 %"
    assert (second.name, second.outcome) == ("Antal fall med skada", "11 st")


@pytest.mark.parametrize(
    ("mark", "deviation"), [("", False), ("Ja", True), ("X", True), ("Nej", False), ("Avvikelse", True)]
)
def test_an_activity_has_dates_and_a_deviation(mark: str, deviation: bool) -> None:
    activity = only_activity(
        f"   Aktivitet Startdatum Slutdatum Avvikelse \n\n"
        f"  Utbilda alla i \nramverket \n\n2022-01-01 2022-12-31 {mark} \n"
        "\nAnalys \nAlla har gått. \n"
    )
    assert activity == Activity(
        "A01", "Utbilda alla i ramverket", date(2022, 1, 1), date(2022, 12, 31), deviation, "Alla har gått."
    )


def test_a_line_in_a_table_that_fits_nowhere_is_a_warning_with_its_line() -> None:
    plan = plan_of("Enhetsmål: Trygghet\n\nAktivitet\tStartdatum\tSlutdatum\nVi tänkte inte på det\n")
    assert [(warning.line, warning.message) for warning in plan.warnings] == [
        (4, "Hör inte till någon rad i tabellen: Vi tänkte inte på det")
    ]
