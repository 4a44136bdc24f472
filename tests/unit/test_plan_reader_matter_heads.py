"""A table outside the goals that goes on over pages: its head is told once, its rows all."""

from arshjul.plan_reader.lines import Line, Segment
from arshjul.plan_reader.matter import without_repeated_heads

HEAD = ("Verksamhet", "T2 2025", "Utfall")


def line(number: int, page: int, *cells: str) -> Line:
    placed = tuple(Segment(100.0 * i, 100.0 * i + 50, cell) for i, cell in enumerate(cells))
    return Line(number, "  ".join(cells), placed, page)


def kept_of(*lines: Line) -> list[int]:
    """The numbers of the lines that are kept with print on them."""
    return [one.number for one in without_repeated_heads(lines)[0] if not one.blank]


def test_a_head_of_two_lines_that_comes_again_on_the_next_page_is_named_and_not_kept() -> None:
    lines = [
        line(1, 1, *HEAD),
        line(2, 1, "och grupp"),
        line(3, 1, "Lärkan", "3", "4"),
        line(4, 2, *HEAD),
        line(5, 2, "och grupp"),
        line(6, 2, "Humlan", "5", "6"),
    ]
    kept, noted = without_repeated_heads(lines)
    assert kept_of(*lines) == [1, 2, 3, 6]
    assert len(kept) == len(lines)
    assert [(one.line, one.kind) for one in noted] == [
        (4, "upprepat tabellhuvud"),
        (5, "upprepat tabellhuvud"),
    ]


def test_rows_that_are_alike_on_two_pages_are_both_kept() -> None:
    assert kept_of(line(1, 1, *HEAD), line(2, 1, "Totalt", "0", "0"), line(3, 2, "Totalt", "0", "0")) == [
        1,
        2,
        3,
    ]


def test_a_head_left_alone_at_the_foot_of_a_page_is_told_once() -> None:
    assert kept_of(line(1, 1, *HEAD), line(2, 2, *HEAD), line(3, 2, "Lärkan", "3", "4")) == [1, 3]


def test_a_second_table_on_the_same_page_keeps_its_head() -> None:
    assert kept_of(line(1, 1, *HEAD), line(2, 1, "Lärkan", "3", "4"), line(3, 1, *HEAD)) == [1, 2, 3]
