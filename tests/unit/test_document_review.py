"""`arshjul review FILE`: a document as it lies on disk, with lines, settings, contract and exit status."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from arshjul import plan_reader
from arshjul.config.review_settings import ReviewSettings
from arshjul.plan_reader import lines_of_text
from arshjul.review.document_review import review_document
from arshjul.review.finding import Finding, Severity
from arshjul.review.source_lines import SourceLines
from cli.review import review

DOCUMENT = """Verksamhetsberättelse 2026
Solgläntans dagliga verksamhet

Sammanfattande analys
Året har präglats av flytten till nya lokaler. Under 2027 har vi fortsatt arbetet med
hälsosamtal och scheman, och fler medarbetare har börjat.

KF:s inriktningsmål: 1. En trygg stad

Enhetsmål: Enheten är en god arbetsgivare

Uppfylls helt

Analys

Medarbetarna har fått handledning varje månad.

Indikator\tPeriodens utfall\tPeriodens utfall VB 2025\tÅrsmål\tPeriod
Sjukfrånvaro\t9,7 %\t8,1 %\t8,5 %\tVB 2026
Analys
Vi har arbetat med tidiga hälsosamtal i alla verksamheter.
Enhetens sjukfrånvaro uppgår
till 7,9 % och har ökat sedan föregående år.

Aktivitet\tStartdatum\tSlutdatum\tAvvikelse
Alla får handledning\t2026-01-01\t2026-12-31\tX
"""


def findings(text: str = DOCUMENT, settings: ReviewSettings | None = None) -> list[Finding]:
    lines = lines_of_text(text)
    reading = plan_reader.read(lines)
    return review_document(reading.plan, settings, SourceLines.of(lines, reading.places))


def by_code(found: list[Finding]) -> Mapping[str, Finding]:
    return {finding.code: finding for finding in found}


def test_each_finding_names_the_line_on_which_its_figure_stands() -> None:
    lines = {code: finding.line for code, finding in by_code(findings()).items()}
    printed = DOCUMENT.splitlines()
    assert lines == {
        "figure-against-row": printed.index("till 7,9 % och har ökat sedan föregående år.") + 1,
        "full-over-missed-target": next(
            n for n, line in enumerate(printed, 1) if line.startswith("Sjukfrånvaro")
        ),
        "wrong-year": next(n for n, line in enumerate(printed, 1) if "2027" in line),
        "deviation-without-analysis": next(
            n for n, line in enumerate(printed, 1) if line.startswith("Alla får")
        ),
    }


def test_a_page_head_inside_a_sentence_does_not_hide_its_line() -> None:
    broken = DOCUMENT.replace("uppgår\ntill", "uppgår\n\n\nSid 22 (28)\n\n\ntill")
    finding = by_code(findings(broken))["figure-against-row"]
    assert finding.line == broken.splitlines().index("till 7,9 % och har ökat sedan föregående år.") + 1


TABLE = """
Uppföljning av ekonomi

Belopp i tkr            Budget 2026   Utfall       Avvikelse
Intäkter                88 400        88 900       500
Personal                -71 200       -73 100      -1 700
Lokaler                 -4 800        -4 800       0
Fordon och resor        -3 450        -3 560       -110
Resultat                8 950         7 440        -1 310
"""


def test_a_table_set_with_spaces_is_added_up_by_its_columns() -> None:
    document = DOCUMENT + TABLE
    [wrong] = [finding for finding in findings(document) if finding.code == "sum-mismatch"]
    assert wrong.line == next(
        n for n, line in enumerate(document.splitlines(), 1) if line.startswith("Personal")
    )
    assert "−1\N{NO-BREAK SPACE}900" in wrong.message
    mended = document.replace("-1 700", "-1 900").replace("-1 310", "-1 510")
    assert "sum-mismatch" not in by_code(findings(mended))


def test_a_goal_rated_too_well_is_told_where_its_mark_stands() -> None:
    document = DOCUMENT.replace(
        "Enhetsmål: Enheten är",
        "Nämndmål: Nämnden är en god arbetsgivare\n\nUppfylls helt\n\nEnhetsmål: Enheten är",
    ).replace("arbetsgivare\n\nUppfylls helt\n\nAnalys", "arbetsgivare\n\nUppfylls delvis\n\nAnalys")
    finding = by_code(findings(document))["rated-above-goals-below"]
    assert document.splitlines()[(finding.line or 0) - 1] == "Uppfylls helt"


def test_a_section_pasted_twice_is_told_at_its_second_heading() -> None:
    said = "Medarbetarna har fått handledning varje månad, och de säger själva att den behövs och gör nytta."
    again = f"Analys\n\n{said}\n\n"
    document = DOCUMENT.replace("Analys\n\nMedarbetarna har fått handledning varje månad.\n\n", again * 2)
    finding = by_code(findings(document))["text-twice"]
    headings = [number for number, line in enumerate(document.splitlines(), 1) if line == "Analys"]
    assert finding.line == headings[1]


def test_errors_come_first_and_then_the_order_of_the_lines() -> None:
    severities = [finding.severity for finding in findings()]
    assert severities == sorted(severities, key=list(Severity).index)
    warned = [finding.line for finding in findings() if finding.severity is Severity.WARNING]
    assert warned == sorted(warned, key=lambda line: line or 0)


def test_a_code_is_switched_off_with_a_reason_and_made_milder_by_settings() -> None:
    settings = ReviewSettings(
        switched_off={"wrong-year": "Rapporten skrivs om två år"},
        severities={"full-over-missed-target": Severity.NOTE},
    )
    found = by_code(findings(settings=settings))
    assert "wrong-year" not in found
    assert found["full-over-missed-target"].severity is Severity.NOTE


def test_a_switch_without_a_reason_is_refused() -> None:
    with pytest.raises(ValueError, match="skriv varför"):
        ReviewSettings(switched_off={"wrong-year": " "})


def run(*arguments: object) -> Result:
    return CliRunner().invoke(review, [str(argument) for argument in arguments])


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "vb.txt"
    path.write_text(DOCUMENT, encoding="utf-8")
    return path


def test_the_command_prints_the_contract_and_says_by_its_status_that_there_are_errors(document: Path) -> None:
    result = run(document, "--json")
    assert result.exit_code == 1
    listed = json.loads(result.stdout)["findings"]
    assert set(listed[0]) == {"code", "severity", "where", "line", "message", "evidence"}


def test_a_document_without_faults_ends_with_status_0(tmp_path: Path) -> None:
    good = (
        DOCUMENT.replace("7,9 %", "9,7 %").replace("2027", "2026").replace("Uppfylls helt", "Uppfylls delvis")
    )
    path = tmp_path / "vb.txt"
    path.write_text(good.replace("\tX\n", "\t\nAnalys\nAlla har fått handledning.\n"), encoding="utf-8")
    result = run(path)
    assert (result.exit_code, result.stdout) == (0, "Inga iakttagelser.\n")


def test_an_installation_s_own_words_are_used_for_its_documents(document: Path, tmp_path: Path) -> None:
    config = tmp_path / "config"
    config.mkdir()
    (config / "review.yaml").write_text('switched_off: {wrong-year: "Skrivs i januari"}\n', encoding="utf-8")
    result = run(document, "--json", "--config", config)
    assert "wrong-year" not in {finding["code"] for finding in json.loads(result.stdout)["findings"]}
