"""Columns: as wide as they ask for, but for words that would break."""

import pytest

from arshjul.report.blocks import Align, Cell, Column, Table
from arshjul.report.columns import shares


def _table(*columns: Column, row: tuple[str, ...] = ()) -> Table:
    return Table("Tabell", columns, ((tuple(Cell(text) for text in row)),) if row else ())


def test_columns_with_room_get_what_they_ask_for() -> None:
    assert shares(_table(Column("Mål", width=3), Column("Läge"))) == pytest.approx((0.75, 0.25))


def test_a_column_too_narrow_for_its_title_takes_from_those_with_room() -> None:
    narrow = _table(Column("Aktivitet", width=12), Column("Avvikelse", width=1), Column("Analys", width=12))
    first, second, third = shares(narrow)
    assert second > 1 / 25
    assert first == pytest.approx(third, rel=0.01)
    assert first + second + third == pytest.approx(1)


def test_a_number_and_its_unit_are_never_parted() -> None:
    columns = (Column("Indikator", width=8), Column("Utfall", Align.RIGHT))
    assert (
        shares(_table(*columns, row=("Kostnad", "12\xa0345\xa0678\xa0tkr")))[1] > shares(_table(*columns))[1]
    )


def test_more_words_than_a_page_is_wide_share_it_by_their_length() -> None:
    given = shares(_table(*(Column("Måluppfyllelse") for _ in range(12))))
    assert given == pytest.approx([1 / 12] * 12)


def test_a_table_without_rows_has_columns_all_the_same() -> None:
    assert sum(shares(_table(Column("", width=0), Column("Antal")))) == pytest.approx(1)
