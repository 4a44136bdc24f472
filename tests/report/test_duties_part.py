"""What recurred in the period: told as it was noted, and only where somebody has noted something."""

from datetime import date

from arshjul.compilation import compile_cycle
from arshjul.cycle_data import DutyResult
from arshjul.report.blocks import Table
from arshjul.report.duties_part import duties_blocks
from tests.unit.small_cycle import HUMLAN, LARKAN, SHARE, cycle, goal

MARCH, END = date(2026, 3, 16), date(2026, 3, 20)


def result(
    scope: str, done_on: date | None = None, note: str = "", label: str = "Egenkontroll"
) -> DutyResult:
    return DutyResult("controls", label, scope, MARCH, END, done_on, note)


def rows(*duties: DutyResult) -> list[list[str]]:
    data = cycle(goal(), {LARKAN: {}, HUMLAN: {}}, measures={"I1": SHARE}, duties=duties)
    tables = list(duties_blocks(compile_cycle(data), "controls", "Kontroller"))
    assert all(isinstance(table, Table) for table in tables)
    return [[cell.text for cell in row] for table in tables for row in table.rows]  # type: ignore[union-attr]


def test_sub_units_are_counted_and_each_result_bears_its_name() -> None:
    told = rows(result(LARKAN, END, "Två brister, båda åtgärdade"), result(HUMLAN))
    assert [row[:3] for row in told] == [["Egenkontroll", "2026-03-16 – 2026-03-20", "1 av 2 verksamheter"]]
    assert told[0][3].endswith(": Två brister, båda åtgärdade.")


def test_what_several_found_alike_stands_once() -> None:
    alike = rows(result(LARKAN, END, "Genomförd"), result(HUMLAN, END, "Genomförd."))
    assert [row[2:] for row in alike] == [["2 av 2 verksamheter", "Genomförd."]]
    also = rows(result(LARKAN, END, "Genomförd"), result(HUMLAN, END, "Genomförd"), result("HYVELN"))
    assert [row[2:] for row in also] == [["2 av 3 verksamheter", "Ateljé Lärkan och Humlan: Genomförd."]]


def test_what_nobody_has_noted_stands_beside_what_was_noted() -> None:
    told = rows(result("", END, label="Intern kontroll"), result(LARKAN))
    assert [row[2] for row in told] == ["2026-03-20", "inte antecknat"]


def test_a_section_without_a_word_says_nothing() -> None:
    assert rows(result(LARKAN), result(HUMLAN)) == []
    assert rows() == []
