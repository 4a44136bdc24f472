"""The review of a document: totals, years, names, lists and what stands twice, in its texts."""

from datetime import date

import pytest

from arshjul.plan import Attainment, Goal, Kind, Level
from tests.unit.reviewed import CONTENT, SICK, activity, codes, explained, found, report

PEOPLE = (
    "Deltagare som börjat och slutat:\nHumlan: +2 st, -5 st\nPixeln: +4 st, -0 st\nReturen: +6 st, -3 st\n"
)


@pytest.mark.parametrize(
    ("text", "faulty"),
    [
        (PEOPLE + "Totalt har 12 st börjat och 8 st slutat.", False),
        (PEOPLE + "Totalt har 11 st börjat och 8 st slutat.", True),
        ("Vi har haft 12 besök på Humlan och 8 besök på Pixeln, totalt 21 besök.", True),
        ("Enheten har 24 deltagare, varav 13 kvinnor och 12 män.", True),
        ("Enheten har 24 deltagare, varav 3 nya och 5 på deltid.", False),
        ("Av 24 deltagare har 16 ett mål för kommunikation och 10 ett mål för självständighet.", False),
        (
            "Avvikelse mot budget:\nHumlan: -120 tkr\nPixeln: 45 tkr\nReturen: -30 tkr\nTotalt: -105 tkr",
            False,
        ),
        ("Avvikelse mot budget:\nHumlan: -120 tkr\nPixeln: 45 tkr\nReturen: -30 tkr\nTotalt: -195 tkr", True),
        ("Avvikelse i tkr:\nHumlan: −1 120\nPixeln: 450\nReturen: 300\nSumma: −370", False),
        ("Avvikelse i tkr:\nHumlan: −1 120\nPixeln: 450\nReturen: 300\nSumma: 370", True),
        ("Humlan visar -120 tkr, Pixeln 45 tkr och Returen -30 tkr, totalt -110 tkr.", True),
        ("Budgeten är 12 400 tkr och utfallet 12 650 tkr, ett underskott på 150 tkr.", True),
        ("Budgeten är 12 400 tkr och utfallet 12 650 tkr, ett underskott på 250 tkr.", False),
        ("Klagomål T1 T2 VB Totalt\nBemötande 3 2 4 9\nLokaler 1 0 2 3\nMat 2 1 1 4\nTotalt 6 3 7 16", False),
        ("Klagomål T1 T2 VB Totalt\nBemötande 3 2 4 9\nLokaler 1 0 2 3\nMat 2 1 1 5\nTotalt 6 3 7 17", True),
        ("Klagomål T1 T2 VB Totalt\nBemötande 3 2 4 9\nLokaler 1 0 2 3\nMat 2 1 1 4\nTotalt 6 4 7 17", True),
    ],
)
def test_totals_are_the_sum_of_their_parts(text: str, faulty: bool) -> None:
    assert ("sum-mismatch" in codes(report(front={"Sammanfattning": text}))) is faulty


@pytest.mark.parametrize(
    "sentence",
    [
        "Under 2027 har vi fortsatt arbetet med hälsosamtal.",
        "Under 2025 har verksamheterna arbetat med genomförandeplaner.",
        "Vi har under 2025 arbetat med genomförandeplaner.",
        "Under verksamhetsåret 2025 genomfördes två enhetsdagar.",
        "Denna verksamhetsberättelse avser 2025.",
        "Under 2027 genomfördes en utbildning för alla.",
        "Under hösten 2027 har två utbildningar genomförts.",
    ],
)
def test_another_year_for_the_reported_period_is_a_warning(sentence: str) -> None:
    assert codes(report(front={"Sammanfattning": sentence})) == ["wrong-year"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Under 2026 har vi fortsatt arbetet med hälsosamtal.",
        "Under 2027 kommer vi att fortsätta arbetet.",
        "Under hösten 2025 startades ett samarbete med skolan.",
        "Sedan 2025 har vi ett samarbete med skolan.",
        "Jämfört med 2025 har vi fler studiebesök.",
        "Enkäten gjordes hösten 2025 och resultatet kom i början av 2026.",
        "Klimatplanen gäller 2024-2027.",
        "Nämnden ska vara fossilfri 2030.",
        "Inför 2027 har vi planerat två utbildningar.",
        "Vi ser att arbetet behöver fortsätta även under 2027.",
        "Tre medarbetare blir klara med sin utbildning under 2027.",
        "Under 2027 planeras en flytt som har förberetts i år.",
    ],
)
def test_other_years_in_running_text_are_no_fault(sentence: str) -> None:
    assert codes(report(front={"Sammanfattning": sentence})) == []


def test_rows_of_another_year_than_the_report_are_told_once() -> None:
    rows = (explained(SICK, "", period="2025"), explained(CONTENT, "", period="2025"))
    assert codes(report(*rows)) == ["period-differs"]


NAMED = "Solgläntan är störst. På Humlan odlar vi. På Humlan säljer vi. Humlan växer. Besök gärna Humlan."


def test_a_rare_spelling_close_to_a_name_that_recurs_is_told_once_with_its_places() -> None:
    text = f"{NAMED} Humlan har plats. Humlan är öppet.\nHulman: 12 st\nPixeln: 8 st\nDet är lugnt på Hulman."
    told = [finding.evidence for finding in found(report(front={"Sammanfattning": text}))]
    assert [(e["here"], e["elsewhere"], e["times"]) for e in told] == [("Hulman", "Humlan", 2)]


@pytest.mark.parametrize(
    "text",
    [
        f"{NAMED} Humlans deltagare odlar.",
        f"{NAMED} Vi samarbetar med Humla i grannkommunen.",
        f"{NAMED}\nHumlan: 12 st\nHumman: 8 st\nPixeln: 4 st",
    ],
)
def test_inflections_and_two_places_of_one_list_are_no_slips(text: str) -> None:
    assert "name-spelt-two-ways" not in codes(report(front={"Sammanfattning": text}))


@pytest.mark.parametrize(
    ("text", "faulty"),
    [
        ("Enheten består av tre verksamheter: Humlan, Pixeln och Returen.", False),
        ("Enheten består av fyra verksamheter: Humlan, Pixeln och Returen.", True),
        ("Vi har arbetat med tre områden: språk, natur samt kök och restaurang.", False),
        ("Vi har arbetat med fyra områden:\n• språk\n• natur\n• musik", True),
        (
            "Vi har tre områden:\n• språk\n• natur\n• musik\nArbetet fortsätter i hela enheten.",
            False,
        ),
    ],
)
def test_a_count_is_the_number_of_what_is_listed(text: str, faulty: bool) -> None:
    assert ("count-differs-from-list" in codes(report(front={"Om oss": text}))) is faulty


def test_a_list_with_more_workplaces_than_the_unit_is_said_to_have_is_a_warning() -> None:
    about = "Enheten består av tre verksamheter: Humlan, Pixeln och Returen."
    listed = "Studiebesök:\nHumlan: 4\nPixeln: 3\nReturen: 6\nKajutan: 2\nPå Kajutan är det fullt."
    plan = report(front={"Om oss": about, "Besök": listed})
    assert codes(plan) == ["count-differs-from-list"]


def test_who_began_is_the_same_in_the_list_and_in_the_text() -> None:
    text = "På Returen har vi haft 9 studiebesök och 7 nya deltagare har börjat."
    plan = report(front={"Året": text, "Utfall": PEOPLE + "Humlan, Pixeln och Returen har plats för fler."})
    assert "told-twice-differently" in codes(plan)
    agreed = report(
        front={"Året": text.replace("7", "6"), "Utfall": PEOPLE + "Humlan, Pixeln och Returen är fulla."}
    )
    assert codes(agreed) == []


def test_a_goal_met_in_full_over_a_missed_target_is_an_error() -> None:
    assert codes(report(SICK, attainment=Attainment.FULL)) == ["full-over-missed-target"]
    assert codes(report(SICK, attainment=Attainment.PARTIAL)) == []
    assert codes(report(CONTENT, attainment=Attainment.FULL)) == []


def test_a_value_that_stands_only_in_the_analysis_can_miss_its_target() -> None:
    row = explained(CONTENT, "Totalt är 74 % nöjda.", outcome=None, outcome_men=None, outcome_women=None)
    assert "full-over-missed-target" in codes(report(row, attainment=Attainment.FULL))


def test_a_goal_rated_better_than_one_below_it_is_a_warning() -> None:
    low = Goal("G04", Level.UNIT, "Vi håller budget", attainment=Attainment.PARTIAL)
    high = Goal("G03", Level.BOARD, "Nämnden håller budget", attainment=Attainment.FULL, goals=(low,))
    assert codes(report(goals=(high,))) == ["rated-above-goals-below"]
    agreed = Goal("G03", Level.BOARD, "Nämnden håller budget", attainment=Attainment.PARTIAL, goals=(low,))
    assert codes(report(goals=(agreed,))) == []


@pytest.mark.parametrize(
    ("attainment", "sentence", "faulty"),
    [
        (Attainment.FULL, "Målen för två av verksamheterna är delvis uppnått.", True),
        (Attainment.FULL, "Målet har inte uppnåtts under året.", True),
        (Attainment.FULL, "Förra året var målet delvis uppnått.", False),
        (Attainment.FULL, "Om målet inte uppnås nästa år får vi tänka om.", False),
        (Attainment.FULL, "Årsmålet för indikatorn uppnås inte.", False),
        (Attainment.FULL, "Målet bedöms vara uppnått.", False),
        (Attainment.PARTIAL, "Målet bedöms vara uppnått.", True),
        (Attainment.PARTIAL, "Målet bedöms vara delvis uppnått.", False),
        (Attainment.PARTIAL, "Målet bedöms inte helt uppnått.", False),
        (Attainment.NOT_MET, "Målet är delvis uppnått.", True),
    ],
)
def test_words_under_a_goal_say_what_its_mark_says(
    attainment: Attainment, sentence: str, faulty: bool
) -> None:
    assert ("words-against-rating" in codes(report(analysis=sentence, attainment=attainment))) is faulty


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"deviation": True, "analysis": None}, "deviation-without-analysis"),
        ({"start": date(2024, 1, 1), "end": date(2025, 6, 30)}, "activity-outside-year"),
        ({"start": date(2027, 1, 1), "end": date(2027, 6, 30)}, "activity-outside-year"),
        ({"start": date(2026, 9, 1), "end": date(2026, 3, 1)}, "activity-dates-reversed"),
        ({"analysis": None}, "activity-without-result"),
        ({"start": date(2024, 1, 1), "end": date(2027, 12, 31), "analysis": None}, None),
        ({"deviation": True}, None),
    ],
)
def test_activities_lie_in_the_year_and_say_how_it_went(changed: dict[str, object], code: str | None) -> None:
    plan = report(activities=(activity(**changed),))  # type: ignore[arg-type]
    assert codes(plan) == ([code] if code else [])


def test_an_activity_that_goes_on_after_the_period_needs_no_result_yet() -> None:
    plan = report(activities=(activity(analysis=None, end=date(2026, 6, 30)),), kind=Kind.T1)
    assert codes(plan) == []


def test_the_same_row_twice_is_a_note_and_with_another_outcome_a_warning() -> None:
    assert codes(report(CONTENT, explained(CONTENT, ""))) == ["row-twice"]
    again = explained(CONTENT, "", outcome="83 %")
    assert codes(report(CONTENT, again)) == ["row-twice-differs"]


PARAGRAPH = (
    "Deltagarråden har träffats varje månad och tagit ställning till scheman, utflykter och inköp. "
    "Protokollen finns på varje verksamhet och läses upp för den som vill höra dem med bildstöd."
)


def test_the_same_paragraph_in_two_sections_is_a_warning() -> None:
    plan = report(front={"Inflytande": PARAGRAPH, "Delaktighet": f"Vi har börjat om. {PARAGRAPH}"})
    assert codes(plan) == ["text-twice"]


def test_a_sentence_that_returns_in_every_analysis_of_a_survey_is_no_fault() -> None:
    same = (
        "Enkäten gjordes under hösten och resultatet har gåtts igenom på personalmöten i alla verksamheter."
    )
    rows = (
        explained(CONTENT, f"{same} Andelen är 84 %."),
        explained(SICK, f"{same} Sjukfrånvaron är 9,7 %."),
    )
    assert codes(report(*rows)) == []
