"""Where figures come from: numbered once, and as an appendix on request."""

from dataclasses import replace

from arshjul.report.blocks import Table
from arshjul.report.origins import TITLE, numbered, origin_text, with_appendix
from tests.report.sample import sample_report


def test_an_origin_that_is_used_often_has_one_number() -> None:
    numbers = numbered(sample_report())
    assert sorted(numbers.values()) == list(range(1, len(numbers) + 1))


def test_the_appendix_names_each_origin_and_where_it_is_used() -> None:
    report = with_appendix(sample_report())
    table = report.blocks[-1]
    assert isinstance(table, Table)
    assert [row[1].text for row in table.rows] == [origin_text(origin) for origin in numbered(report)]
    used = {row[1].text: row[2].text for row in table.rows}
    assert (
        used["Inläst uppgift: Ekonomiutdrag läst den 4 september 2026, rad 14 [ekonomi rad 14]"] == "Ekonomi"
    )
    assert [heading.text for heading in report.headings()][-1] == TITLE


def test_a_report_without_origins_gets_no_appendix() -> None:
    bare = replace(sample_report(), blocks=())
    assert with_appendix(bare) is bare
