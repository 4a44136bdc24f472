"""An approved report is entered into the city's own system from a page, field by field."""

from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from docx import Document

from arshjul.errors import BadInput, Refused
from arshjul.plan import Kind
from arshjul.report.city_fields import city_fields
from arshjul.steps.report.city_system import package_of, tick
from cli.ils import ils
from tests.example import T2, at
from tests.play import Play
from tests.report.cycles import compiled_cycle, year_report
from tests.stages import PlayFrom
from tests.web.visiting import Visit

BASE = "/rapport/SOL/T2-2026"
NOW = "2026-09-24 09:00"


@pytest.fixture
def play(play_from: PlayFrom) -> Play:
    return play_from("approved")


def test_nothing_is_entered_before_it_is_decided(play_from: PlayFrom) -> None:
    with pytest.raises(Refused, match="är inte godkänd än"):
        package_of(play_from("compiled").office, T2)


def test_fields_stand_in_the_systems_order_with_the_reports_words(play: Play) -> None:
    package = package_of(play.office, T2)
    names = [field.name for field in package.fields]
    assert names[0] == "Sammanfattande analys"
    assert names[-1] == "Övrigt"
    assert (
        names.index("Måluppfyllelse") < names.index("Helårsprognos") < names.index("Synpunkter och klagomål")
    )
    by_id = {field.id: field for field in package.fields}
    report = Visit(play.office, at(NOW), "karin").client.get(f"{BASE}/version/1/T2-2026-SOL.html").text
    for line in by_id["G04.analysis"].text.split("\n"):
        assert line in report
    assert by_id["G04.status"].text in ("Uppfylls helt", "Uppfylls delvis", "Uppfylls inte", "Inga data")


def test_what_is_withheld_in_the_report_is_withheld_here() -> None:
    compiled = compiled_cycle(Kind.T2)
    hidden = [r for r in compiled.indicators.values() for sex, f in r.figures.items() if f.withheld]
    fields = {field.id: field.text for field in city_fields(compiled, year_report(Kind.T2))}
    for result in hidden:
        told = [fields[f"{result.indicator.id}.{part}"] for part in ("outcome", "women", "men")]
        assert "‥" in told


def test_a_field_is_ticked_off_and_the_tick_taken_back(play: Play) -> None:
    visit = Visit(play.office, at(NOW), "karin")
    left = package_of(play.office, T2).left
    assert "Inskrivet" in visit.post(f"{BASE}/ils", field="G04.analysis", number="3", entered="ja")
    assert package_of(play.office, T2).left == left - 1
    visit.post(f"{BASE}/ils", field="G04.analysis", number="3", entered="nej")
    assert package_of(play.office, T2).left == left


def test_a_field_that_the_version_has_not_is_refused(play: Play) -> None:
    with pytest.raises(BadInput, match="Fältet finns inte"):
        tick(play.office, T2, "G99.analysis", "karin", at(NOW), entered=True)


def test_the_controller_reads_but_does_not_tick(play: Play) -> None:
    visit = Visit(play.office, at(NOW), "peter")
    page = visit.get(f"{BASE}/ils")
    assert "Kopiera" in page
    assert "Markera som inskrivet" not in page
    answer = visit.client.post(f"{BASE}/ils", data={"csrf": visit.csrf(), "field": "G04.analysis"})
    assert answer.status_code == 403


def test_the_word_document_and_the_command_give_the_same_fields(play: Play, tmp_path: Path) -> None:
    package = package_of(play.office, T2)
    visit = Visit(play.office, at(NOW), "karin")
    document = Document(BytesIO(visit.client.get(f"{BASE}/ils/dokument").content))
    headings = [p.text for p in document.paragraphs if p.style is not None and p.style.name == "Heading 2"]
    assert f"2. {package.fields[1].name}" in headings
    config = play.home.folder / "config"
    asked = ["T2", "2026", "--unit", "SOL", "--out", str(tmp_path), "--config", str(config)]
    done = CliRunner().invoke(ils, asked)
    assert done.exit_code == 0, done.output
    page = (tmp_path / "ILS-T2-2026-SOL.html").read_text("utf-8")
    assert page.count("data-copy=") == sum(bool(field.text) for field in package.fields)
    assert (tmp_path / "ILS-T2-2026-SOL.docx").is_file()
