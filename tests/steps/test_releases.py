"""The register of what has left the unit: forms and approved reports, with what they rest on."""

from arshjul.adapters.store import tables
from arshjul.catalogue import Sex
from arshjul.steps.figures.gathering import gather
from arshjul.steps.figures.releases import releases_of
from arshjul.suppression.register import FORMS
from tests.stages import PlayFrom


def test_what_forms_and_reports_showed_is_given_to_the_next_report(play_from: PlayFrom) -> None:
    play = play_from("approved")
    with play.office.database.reading() as session:
        forms, report = releases_of(session, "SOL")
        data, _ = gather(play.office, play.key, session)
    assert data.released == (forms, report)
    assert (forms.period, forms.version) == ("T2 2026", FORMS)
    assert {row.cell: row.printed for row in play.rows(tables.ReleasedInForm)} == forms.cells
    assert {row.cell: row.printed for row in play.rows(tables.ReleasedCell)} == report.cells
    assert (report.period, report.version) == ("T2 2026", 1)
    by_cell = {(v.indicator, v.scope, v.sex): v for v in report.values}
    assert by_cell["I03", "LARKAN", Sex.WOMEN].respondents


def test_a_form_shows_no_earlier_value_on_people_of_few(play_from: PlayFrom) -> None:
    """In T2 2025 four women of Humlan answered: their value stands in no form."""
    play = play_from("opened")
    cells = {row.cell for row in play.rows(tables.ReleasedInForm)}
    assert "I03|LARKAN|women|T2 2025" in cells
    assert "I03|HUMLAN|women|T2 2025" not in cells
