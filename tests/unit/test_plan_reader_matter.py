"""What stands around the goals: contents, matter before and after, page furniture, kind, year and unit."""

import pytest

from arshjul.errors import BadInput, NotAPlan
from arshjul.plan import Kind
from tests.unit.plan_reading import plan_of, reading_of


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
        ("Rapport: Tertialrapport 2\nÅr: 2026\nEnhetsmål: X\n\nIndikator\tUtfall\tPeriod\nA\t3\tT2 2025",
         Kind.T2, 2026, None),
        ("Nordens skola\tVerksamhetsplan 2026\tSid 1\n\nEnhetsmål: X", Kind.VP, 2026, "Nordens skola"),
        ("Verksamhetsberättelse för år 2023\n\nNorra skolan\n\nEnhetsmål: X", Kind.VB, 2023, "Norra skolan"),
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


def test_numbered_chapters_and_tables_of_other_things_after_the_last_table_are_matter() -> None:
    plan = plan_of(
        "Enhetsmål: Trygghet\n\nIndikator         Årsmål    Periodicitet\nNöjda besökare    80 %      År\n\n"
        "5. Besök i planen\n\nGrupp       Besök\nÄngen       57\n\nNattens besök ingår.\n\n"
        "6. Budget (tkr)\n\nNetto       0\n"
    )
    assert plan.warnings == ()
    assert [row.name for _, row in plan.indicators()] == ["Nöjda besökare"]
    assert list(plan.back) == ["5. Besök i planen", "6. Budget (tkr)"]
    assert "Nattens besök ingår." in plan.back["5. Besök i planen"]


def test_places_say_where_each_part_stood() -> None:
    reading = reading_of("Enhetsmål: X\n\nAnalys\n\nBra.\n\nIndikator\tÅrsmål\tPeriod\nA\t3\t2024\n")
    assert reading.places == {"G01": 1, "G01.analysis": 3, "I01": 8}


def test_a_document_without_text_or_goals_is_refused_in_one_sentence() -> None:
    with pytest.raises(BadInput, match="innehåller ingen text"):
        plan_of(" \n\n")
    with pytest.raises(NotAPlan, match="Hittar inga mål"):
        plan_of("Protokoll\n\nVi träffades.\n")
