"""Reading a plan: what a document of another layout may look like, one behaviour each."""

from datetime import date

import pytest

from arshjul.errors import BadInput, NotAPlan
from arshjul.plan import Activity, Attainment, Goal, Indicator, Kind, Level, Plan
from arshjul.plan_reader import Reading, lines_of_text, read, read_plan


def reading_of(text: str) -> Reading:
    return read(lines_of_text(text))


def plan_of(text: str) -> Plan:
    return read_plan(lines_of_text(text))


def only_goal(text: str) -> Goal:
    (goal,) = plan_of(text).walk()
    return goal


def only_indicator(table: str, goal: str = "Nämndmål: Alla är trygga") -> Indicator:
    ((_, indicator),) = plan_of(f"{goal}\n\n{table}\n").indicators()
    return indicator


def only_activity(table: str) -> Activity:
    ((_, activity),) = plan_of(f"Nämndmål: Alla är trygga\n\n{table}\n").activities()
    return activity


@pytest.mark.parametrize(
    ("heading", "level", "number", "title"),
    [
        ("KF:s inriktningsmål: 1. En stad", Level.DIRECTION, "1", "En stad"),
        ("Kommunfullmäktiges inriktningsmål: 2 En stad", Level.DIRECTION, "2", "En stad"),
        ("KF:s mål för verksamhetsområdet: 1.4. Stöd i tid", Level.COUNCIL, "1.4", "Stöd i tid"),
        ("KF:s mål för verksamhetsområdet 2.5 Stöd i tid", Level.COUNCIL, "2.5", "Stöd i tid"),
        ("KF:s mål för verksamhetsområdet:\n1.3 Stöd i tid", Level.COUNCIL, "1.3", "Stöd i tid"),
        ("NÄMNDMÅL:\n\nStöd i tid", Level.BOARD, None, "Stöd i tid"),
        ("Nämndmål\nStöd i tid", Level.BOARD, None, "Stöd i tid"),
        ("2.1.1 Nämndmål: Stöd i tid", Level.BOARD, "2.1.1", "Stöd i tid"),
        ("● Enhetsmål: Stöd i tid", Level.UNIT, None, "Stöd i tid"),
        ("Enhetsmål 3: Stöd i tid", Level.UNIT, "3", "Stöd i tid"),
        ("Enhetsmål – Stöd i tid", Level.UNIT, None, "Stöd i tid"),
        ("Enhetsmål: 9 av 10 trivs", Level.UNIT, None, "9 av 10 trivs"),
        ("Enhetsmål: 2030 är vi fossilfria", Level.UNIT, None, "2030 är vi fossilfria"),
    ],
)
def test_a_goal_is_known_by_its_level_however_it_is_printed(
    heading: str, level: Level, number: str | None, title: str
) -> None:
    goal = only_goal(f"{heading}\n\nBeskrivning\n\nVi hjälps åt.\n")
    assert (goal.level, goal.number, goal.title) == (level, number, title)
    assert goal.sections == {"description": "Vi hjälps åt."}


def test_a_level_in_running_text_is_no_goal() -> None:
    goal = only_goal("Enhetsmål: Trygghet\n\nAnalys\n\nVi ser att\nEnhetens mål anses uppfyllt i år.\n")
    assert goal.sections == {"analysis": "Vi ser att\nEnhetens mål anses uppfyllt i år."}


def test_a_title_goes_on_over_a_page_break() -> None:
    goal = only_goal("Enhetsmål: Alla är med och\n\n\nSid 3 (9)\n\nbestämmer\n\nAnalys\nDet går bra.\n")
    assert goal.title == "Alla är med och bestämmer"


@pytest.mark.parametrize(
    ("printed", "attainment"),
    [
        (" Uppfylls helt ", Attainment.FULL),
        ("● Uppfylls delvis", Attainment.PARTIAL),
        ("— Uppfylls inte", Attainment.NOT_MET),
        ("\uf06e Uppfylls ej", Attainment.NOT_MET),
        ("Måluppfyllelse: Uppfylls helt", Attainment.FULL),
        ("Måluppfyllelse: ● Inga data", Attainment.NO_DATA),
    ],
)
def test_an_attainment_is_read_with_any_mark_before_it(printed: str, attainment: Attainment) -> None:
    goal = only_goal(f"Enhetsmål: Trygghet\n\n{printed}\n\nAnalys\n\nVi följer upp.\n")
    assert goal.attainment is attainment
    assert goal.title == "Trygghet"


def test_an_attainment_on_the_line_of_the_title_is_no_part_of_it() -> None:
    goal = only_goal("Enhetsmål: Trygghet ● Uppfylls delvis\n")
    assert (goal.title, goal.attainment) == ("Trygghet", Attainment.PARTIAL)


def test_an_attainment_in_a_text_stays_text() -> None:
    goal = only_goal("Enhetsmål: Trygghet\n\nAnalys\n\nMålet i sin helhet:\nUppfylls helt\n")
    assert goal.attainment is None
    assert "Uppfylls helt" in goal.sections["analysis"]


def test_goals_hang_on_the_nearest_higher_one() -> None:
    plan = plan_of(
        "KF:s inriktningsmål: 1. Ett\n\nKF:s mål: 1.1 Två\n\n"
        "Enhetsmål: Tre\n\nNämndmål: Fyra\n\nEnhetsmål: Fem\n"
    )
    (top,) = plan.goals
    (council,) = top.goals
    assert [(goal.id, goal.title) for goal in council.goals] == [("G03", "Tre"), ("G04", "Fyra")]
    assert council.goals[1].goals[0].id == "G05"


def test_wrapped_lines_are_joined_and_paragraphs_and_bullets_kept() -> None:
    goal = only_goal(
        "Enhetsmål: Trygghet\n\nArbetssätt\n\n"
        "Vi planerar veckan tillsammans med deltagarna i grupp- och service-\nbostäder, på kort- \n"
        "och lång sikt, varje måndag klockan nio i det stora rummet på andra våningen\nsom vi brukar.\n"
        "Kort rad.\nNästa stycke börjar här.\n- en punkt\n-en annan\n\uf0b7 en tredje\n"
    )
    assert goal.sections["approach"].split("\n") == [
        (
            "Vi planerar veckan tillsammans med deltagarna i grupp- och service-bostäder, på kort- och "
            "lång sikt, varje måndag klockan nio i det stora rummet på andra våningen som vi brukar."
        ),
        "Kort rad.",
        "Nästa stycke börjar här.",
        "- en punkt",
        "-en annan",
        "• en tredje",
    ]


def test_where_spaces_at_line_ends_are_kept_a_line_without_one_broke_a_word() -> None:
    goal = only_goal(
        "Enhetsmål: Trygghet \n \nAnalys \n \n"
        "Totalt har ett 10-\ntal platser i Hägersten-\nÄlvsjö \nfyllts. \nDet är bra. \n"
    )
    assert goal.sections["analysis"].startswith("Totalt har ett 10-tal platser i Hägersten-Älvsjö fyllts.")


def test_a_section_may_stand_without_blank_lines() -> None:
    goal = only_goal("Enhetsmål: Trygghet\nFörväntat resultat:\nAlla trivs.\nUppföljning\nVi frågar.\n")
    assert goal.sections == {"expected_result": "Alla trivs.", "follow_up": "Vi frågar."}


def test_a_section_that_comes_twice_is_joined_and_told() -> None:
    plan = plan_of("Enhetsmål: Trygghet\n\nAnalys\n\nFörst.\n\nAnalys\n\nSedan.\n")
    assert plan.goals[0].sections == {"analysis": "Först.\nSedan."}
    assert [warning.line for warning in plan.warnings] == [7]


# Tables.

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


# What is around the goals.


def test_a_table_of_contents_is_furniture_and_gives_no_goals() -> None:
    reading = reading_of(
        "Innehållsförteckning\nInledning 3\nKF:s inriktningsmål: 1. En stad som håller samman med en\n"
        "stark välfärd ........ 4\nEnhetsmål: Trygghet ........ 5\nAgenda 2030 .... 9\n\n"
        "Inledning\nVi finns.\n\n"
        "KF:s inriktningsmål: 1. En stad som håller samman med en\nstark välfärd\n\nEnhetsmål: Trygghet\n\n"
        "Agenda 2030\nVi bidrar.\n"
    )
    assert [goal.title for goal in reading.plan.walk()] == [
        "En stad som håller samman med en stark välfärd",
        "Trygghet",
    ]
    assert dict(reading.plan.front) == {"Inledning": "Vi finns."}
    assert dict(reading.plan.back) == {"Agenda 2030": "Vi bidrar."}
    assert {noted.kind for noted in reading.furniture} == {"innehållsförteckning"}


def test_matter_keeps_its_headings_known_or_not_and_their_order() -> None:
    plan = plan_of(
        "Nordstadens äldreboende\nInledning\nHär finns vi.\nVårt eget lilla avsnitt\n"
        "Det här stycket är långt nog för att vara löpande text under en rubrik som ingen lista känner.\n\n"
        "Enhetsmål: Trygghet\n\nUppföljning av ekonomi\n\nInvesteringar\n\nÖvrigt\nEtt.\n\nÖvrigt\nTvå.\n"
    )
    assert list(plan.front) == ["(utan rubrik)", "Inledning", "Vårt eget lilla avsnitt"]
    assert dict(plan.back) == {
        "Uppföljning av ekonomi": "",
        "Investeringar": "",
        "Övrigt": "Ett.",
        "Övrigt (2)": "Två.",
    }


def test_matter_after_the_last_table_begins_with_any_heading() -> None:
    plan = plan_of(
        "Enhetsmål: Trygghet\n\nIndikator\tÅrsmål\tPeriod\nNöjda\t80 %\t2026\n\nVåra grannar\n"
        "Runt om oss finns skolor, affärer och ett bibliotek som vi samarbetar med varje vecka.\n"
    )
    assert list(plan.back) == ["Våra grannar"]
    assert plan.warnings == ()


@pytest.mark.parametrize(
    "furniture",
    ["Tjänsteutlåtande", "Sid 13 (19)", "start.stockholm", "Enheten Norden, Verksamhetsberättelse 27(36)"],
)
def test_page_furniture_is_named_and_breaks_no_paragraph(furniture: str) -> None:
    reading = reading_of(
        "Enhetsmål: Trygghet\n\nAnalys\n\n"
        f"Vi har arbetat med trygghet och\n\n{furniture}\n\nstudiero hela året.\n"
    )
    assert reading.plan.goals[0].sections["analysis"] == "Vi har arbetat med trygghet och studiero hela året."
    assert [noted.text for noted in reading.furniture] == [furniture]


def test_a_line_beside_every_page_number_is_furniture_and_a_section_heading_never_is() -> None:
    page = "\n\nDnr 1.1-12/2026\nSid {} (9)\n\nAnalys\n\nText {}.\n"
    reading = reading_of("".join(f"Enhetsmål: Mål{page.format(n, n)}" for n in range(1, 6)))
    assert [noted.text for noted in reading.furniture[:2]] == ["Dnr 1.1-12/2026", "Sid 1 (9)"]
    assert [goal.sections for goal in reading.plan.goals] == [{"analysis": f"Text {n}."} for n in range(1, 6)]


@pytest.mark.parametrize(
    ("text", "kind", "year", "unit"),
    [
        ("Verksamhetsplan 2026\nNordens hemtjänst\n\nEnhetsmål: X", Kind.VP, 2026, "Nordens hemtjänst"),
        ("Tertialrapport 2 2026 för Nordens skola\n\nEnhetsmål: X", Kind.T2, 2026, "Nordens skola"),
        ("Enhetsmål: X\n\nEnheten Norden, Verksamhetsberättelse 2025 3(9)\n", Kind.VB, 2025, "Norden"),
        ("Enhet: Norden\nEnhetsmål: X\n\nIndikator\tUtfall\tPeriod\nA\t3\tT1 2024", Kind.T1, 2024, "Norden"),
        ("Enhetsmål: X\n\nIndikator\tKF:s årsmål 2027\tPeriodicitet\nA\t3\tÅr", Kind.VP, 2027, None),
        ("Enhetsmål: X\n\nUppfylls helt\n", None, None, None),
        ("Enhetsmål: X\n\nAnalys\n\nDet går bra.\n", None, None, None),
        ("Enhetsmål: X\n\nFörväntat resultat\n\nAlla trivs.\n", Kind.VP, None, None),
    ],
)  # fmt: skip
def test_kind_year_and_unit_are_found_where_the_document_says_them(
    text: str, kind: Kind | None, year: int | None, unit: str | None
) -> None:
    plan = plan_of(text)
    assert (plan.kind, plan.year, plan.unit) == (kind, year, unit)


def test_places_say_where_each_part_stood() -> None:
    reading = reading_of("Enhetsmål: X\n\nAnalys\n\nBra.\n\nIndikator\tÅrsmål\tPeriod\nA\t3\t2024\n")
    assert reading.places == {"G01": 1, "G01.analysis": 3, "I01": 8}


def test_a_document_without_text_or_goals_is_refused_in_one_sentence() -> None:
    with pytest.raises(BadInput, match="innehåller ingen text"):
        plan_of(" \n\n")
    with pytest.raises(NotAPlan, match="Hittar inga mål"):
        plan_of("Protokoll\n\nVi träffades.\n")
