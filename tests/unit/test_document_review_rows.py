"""The review of a document: what texts say of a row of the table, and what the row's numbers say."""

import pytest

from tests.unit.reviewed import CONTENT, INDEX, SICK, VISITS, codes, explained, found, report


@pytest.mark.parametrize(
    "sentence",
    [
        "Sjukfrånvaron är 7,9 %.",
        "Enhetens totala sjukfrånvaro uppgick till 10,7 procent under perioden.",
        "Utfallet för enheten blev 7,9 %, vilket är under föregående år.",
        "Sjukfrånvaron har ökat till 10,2 % jämfört med föregående år.",
        "Föregående år låg sjukfrånvaron på 6,1 %.",
        "Jämfört med föregående år (7,1 %) har sjukfrånvaron ökat.",
        "För samma period 2025 låg sjukfrånvaron på 9,15 %.",
        "Årsmålet på 7,5 % nås inte.",
        "Sjukfrånvaron ligger över målet, som är 7 %.",
        "Sjukfrånvaron har ökat med 2,6 procentenheter sedan föregående år.",
        "Sjukfrånvaron har ökat från 7,1 % till 9,7 %.",
    ],
)
def test_a_figure_that_is_not_the_one_in_the_row_is_an_error(sentence: str) -> None:
    plan = report(explained(SICK, sentence))
    assert "figure-against-row" in codes(plan)


@pytest.mark.parametrize(
    "sentence",
    [
        "Sjukfrånvaron är 9,7 %.",
        "Sjukfrånvaron är knappt 10 %.",
        "Sjukfrånvaron uppgår till 9,68 %.",
        "Sjukfrånvaron har ökat från 8,1 % till 9,7 %.",
        "Sjukfrånvaron har ökat med 1,6 procentenheter jämfört med föregående år.",
        "Sjukfrånvaron har ökat med 20 procent sedan förra året.",
        "Jämfört med föregående år (8,1 %) har sjukfrånvaron ökat till 9,7 %.",
        "Årsmålet på 8,5 % nås inte.",
        "För samma period 2025 låg sjukfrånvaron på 8,15 %.",
        "Sjukfrånvaron uppgick i december till 12,1 %.",
        "Sjukfrånvaron är lägre än 2024, då den var 10,2 %.",
        "Vi räknar med att nå 9 % vid årets slut.",
        "Årsmålet ändrades i juni från 9 till 8,5 procent.",
        "Sjukfrånvaron ligger 1,2 procentenheter över målet.",
        "Sjukfrånvaron är 9,7 % mot målet 8,5 %.",
        "Korttidsfrånvaron är 3,2 % av den totala sjukfrånvaron.",
        "På Humlan är sjukfrånvaron 14,2 %.",
        "Kvinnornas sjukfrånvaro är 10,4 %.",
        "År 2019 låg sjukfrånvaron på 6,4 %.",
        "Av medarbetarna svarade 72 % på enkäten.",
        "Två medarbetare är sjukskrivna på 100 %.",
        "Under våren var sjukfrånvaron 11 % men den sjönk efter sommaren.",
        "Vårt delmål är att nå 9 % nästa år.",
        "I staden som helhet är sjukfrånvaron 8,8 %.",
    ],
)
def test_a_figure_that_agrees_or_is_of_something_else_is_no_fault(sentence: str) -> None:
    assert codes(report(explained(SICK, sentence))) == []


def test_both_figures_stand_in_the_sentence_and_in_the_evidence() -> None:
    finding = found(report(explained(SICK, "Sjukfrånvaron är 7,9 %.")))[0]
    assert (finding.evidence["text"], finding.evidence["table"]) == ("7,9 %", "9,7 %")
    assert "7,9 %" in finding.message
    assert "9,7 %" in finding.message


@pytest.mark.parametrize(
    ("sentence", "faulty"),
    [
        ("Kvinnor är nöjda i lägre grad, 81 % mot 86 % för män.", False),
        ("Bland kvinnor är andelen 91 % och bland män 86 %.", True),
        ("Andelen nöjda är 84 %, bland kvinnor 81 % och bland män 86 %.", False),
        ("84 % är nöjda, endast 4 % är inte nöjda.", False),
        ("Totalt är 94 % nöjda med sin verksamhet.", True),
    ],
)
def test_the_sexes_have_cells_of_their_own(sentence: str, faulty: bool) -> None:
    assert ("figure-against-row" in codes(report(explained(CONTENT, sentence)))) is faulty


def test_an_index_may_be_called_per_cent() -> None:
    assert codes(report(explained(INDEX, "AMI för enheten är 82 %."))) == []
    assert codes(report(explained(INDEX, "AMI för enheten är 86."))) == ["figure-against-row"]


def test_a_summary_that_gives_another_figure_than_the_table_is_an_error() -> None:
    said = "Året har präglats av flytten. Enhetens sjukfrånvaro uppgår till 7,4 %."
    assert codes(report(SICK, front={"Sammanfattning": said})) == ["figure-against-row"]
    agreed = said.replace("7,4", "9,7")
    assert codes(report(SICK, front={"Sammanfattning": agreed})) == []


def test_an_empty_outcome_whose_analysis_gives_the_value_is_a_warning() -> None:
    row = explained(CONTENT, "Resultatet visar att 84 % är nöjda.", outcome=None)
    assert codes(report(row)) == ["value-only-in-text"]
    unmeasured = explained(
        CONTENT, "Enkäten görs i höst.", outcome=None, outcome_men=None, outcome_women=None
    )
    assert codes(report(unmeasured)) == []


def test_an_empty_outcome_beside_those_of_women_and_men_is_a_warning() -> None:
    row = explained(CONTENT, "Enkäten gjordes i höstas.", outcome=None)
    assert codes(report(row)) == ["outcome-missing"]
    assert (
        codes(report(explained(CONTENT, "Enkäten gjordes i höstas.", outcome=None, columns_uncertain=True)))
        == []
    )


def test_an_outcome_without_unit_beside_a_target_in_per_cent_is_a_warning() -> None:
    assert codes(report(explained(CONTENT, "", outcome="84"))) == ["unit-missing"]
    assert codes(report(INDEX)) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Sjukfrånvaron har minskat jämfört med föregående år.",
        "Resultatet har förbättrats sedan förra året.",
        "Glädjande nog sjönk sjukfrånvaron under året.",
        "Det är en minskning från föregående år.",
        "Utfallet är lägre än föregående år.",
        "Sjukfrånvaron är oförändrad.",
        "Vi kan se att sjukfrånvaron har minskat.",
        "Sjukfrånvaron är lägre än målet.",
    ],
)
def test_words_of_direction_that_the_numbers_deny_are_errors(sentence: str) -> None:
    assert "direction-against-figures" in codes(report(explained(SICK, sentence)))


@pytest.mark.parametrize(
    "sentence",
    [
        "Sjukfrånvaron har ökat jämfört med föregående år.",
        "Resultatet har försämrats sedan förra året.",
        "Vi arbetar för att minska sjukfrånvaron.",
        "Målet är att sjukfrånvaron ska ha minskat till nästa år.",
        "Korttidsfrånvaron har minskat.",
        "På Humlan har sjukfrånvaron minskat.",
        "Sjukfrånvaron har minskat sedan tertial 1.",
        "Antalet rehabiliteringsärenden har minskat.",
        "Arbetsmiljön har förbättrats genom ombyggnaden.",
        "Det är en minskning av andelen långtidssjukskrivna.",
        "Sjukfrånvaron är högre än målet.",
        "Sjukfrånvaron är lägre än förvaltningens snitt.",
        "Sjukfrånvaron har inte minskat.",
    ],
)
def test_a_wish_a_part_or_another_comparison_is_no_direction_of_the_row(sentence: str) -> None:
    assert codes(report(explained(SICK, sentence))) == []


def test_lower_is_better_only_where_it_is() -> None:
    assert codes(report(explained(INDEX, "Resultatet har förbättrats sedan föregående år."))) == []
    assert codes(report(explained(INDEX, "Resultatet har försämrats sedan föregående år."))) == [
        "direction-against-figures"
    ]


def test_a_sentence_that_denies_itself_is_an_error_wherever_it_stands() -> None:
    said = "Beläggningen har minskat från 88 % till 93 %."
    assert codes(report(front={"Sammanfattning": said})) == ["direction-against-figures"]


@pytest.mark.parametrize(
    ("row", "sentence", "faulty"),
    [
        (SICK, "Enheten når målet för sjukfrånvaron.", True),
        (SICK, "Årsmålet nås inte.", False),
        (SICK, "Målet är därmed uppfyllt.", True),
        (SICK, "Vi arbetar för att nå målet nästa år.", False),
        (CONTENT, "Årsmålet nås inte.", True),
        (CONTENT, "Resultatet når årsmålet med god marginal.", False),
        (CONTENT, "Humlan når inte målet.", False),
        (CONTENT, "Utfallet ligger under målet.", True),
    ],
)
def test_words_of_a_target_are_held_against_the_row(row: object, sentence: str, faulty: bool) -> None:
    assert isinstance(row, type(SICK))
    assert ("target-words-against-figures" in codes(report(explained(row, sentence)))) is faulty


LIST = "Humlan: 92 %\nPixeln: 78 %\nReturen: 85 %\nKajutan: 81 %"


def test_a_value_of_the_unit_that_is_one_workplaces_own_is_a_warning() -> None:
    row = explained(CONTENT, f"Resultatet per verksamhet:\n{LIST}", outcome="92 %", outcome_men=None)
    assert codes(report(row)) == ["unit-value-of-one"]
    assert codes(report(explained(CONTENT, f"Resultatet per verksamhet:\n{LIST}"))) == []


def test_a_value_of_the_unit_outside_its_workplaces_values_is_a_warning() -> None:
    row = explained(CONTENT, f"Resultatet per verksamhet:\n{LIST}", outcome="74 %", outcome_men=None)
    assert codes(report(row)) == ["unit-value-against-parts"]


def test_a_count_is_the_sum_of_its_workplaces() -> None:
    listed = "Humlan: 12 st\nPixeln: 8 st\nReturen: 6 st"
    assert codes(report(explained(VISITS, listed))) == []
    assert codes(report(explained(VISITS, listed.replace("8", "9")))) == ["unit-value-against-parts"]


def test_a_value_for_all_lies_between_those_of_women_and_men() -> None:
    assert codes(report(explained(CONTENT, "", outcome="91 %"))) == ["total-against-sexes"]
    assert codes(report(explained(VISITS, "", outcome_men="12 st", outcome_women="14 st"))) == []
