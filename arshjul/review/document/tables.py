"""Rows of figures under one another in a text: budget by account, complaints by period, with their totals.

What a column means is told by its rows: where most rows have the last figure as the sum or the difference of
others, one that has not is wrong. A last row that says it is a total is the sum of the rows above.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby, permutations

from arshjul.numbers import format_number, parse_number
from arshjul.review.document.model import Model
from arshjul.review.finding import Finding, Severity
from arshjul.review.statements import Passage, Sentence

_SIGN = r"[+\-\N{MINUS SIGN}\N{EN DASH}]"
_ROW = re.compile(
    rf"(?P<label>\D{{2,60}}?)\s+(?P<rest>{_SIGN}?\s?\d[\d\s.,%+\-\N{{MINUS SIGN}}\N{{EN DASH}}]*)"
)
_CELL = re.compile(rf"{_SIGN}?\d+(?:,\d+)?%?")
_NET = re.compile(r"\s*(?:resultat|netto\w*|balans|driftnetto)\b", re.I)
_MEAN = re.compile(r"\s*(?:snitt|medel\w*|genomsnitt)\b", re.I)
_MOST = Decimal("0.6")  # of the rows: then the others are slips and no other kind of row
_FEWEST = 3  # rows, the total aside, in which a pattern can be seen

Relation = Callable[[Sequence[Decimal]], Decimal]


@dataclass(frozen=True, slots=True)
class _Row:
    label: str
    numbers: tuple[Decimal, ...]
    sentence: Sentence
    line: int | None


def tables_in_texts(model: Model) -> Iterator[Finding]:
    """A row or a column that does not make the sum or the difference that the table shows."""
    for passage in model.passages:
        for rows in _in_source(passage, model) if model.source.lines else _in_words(passage):
            width = max(len(row.numbers) for row in rows)
            whole = [row for row in rows if len(row.numbers) == width]
            if width and len(whole) >= _FEWEST:
                yield from _review(whole, passage, model)


def _in_source(passage: Passage, model: Model) -> Iterator[list[_Row]]:
    """The passage's tables as the lines of the source keep them; a blank line may stand between rows."""
    for lines in model.source.tables_of(passage.text, after=model.begins(passage)):
        rows = []
        for line, cells in lines:
            numbers = [parse_number(cell) for cell in cells[1:]]
            sentence = Sentence(" ".join(line.text.split()), 0)
            rows.append(_Row(cells[0], tuple(n for n in numbers if n is not None), sentence, line.number))
        yield rows


def _in_words(passage: Passage) -> Iterator[list[_Row]]:
    """The passage's tables where only words are left; a row that can be read in two ways ends it all."""
    for is_row, group in groupby(passage.sentences, key=lambda s: _ROW.fullmatch(s.text) is not None):
        rows = [_read(sentence) for sentence in group] if is_row else []
        if rows and None not in rows:
            yield [row for row in rows if row is not None]


def _review(rows: Sequence[_Row], passage: Passage, model: Model) -> Iterator[Finding]:
    relation = _relation([row for row in rows if not _is_total(row, model)])
    told = False
    for row in sorted(rows, key=lambda row: _is_total(row, model)):  # a wrong row makes its total wrong
        made = relation(row.numbers) if relation else row.numbers[-1]
        if made == row.numbers[-1] or (told and _is_total(row, model)):
            continue
        told = True
        said = format_number(row.numbers[-1])
        others = " och ".join(format_number(number) for number in row.numbers[:-1])
        message = (
            f"{row.label}: av {others} blir det {format_number(made)} i sista kolumnen, men där står {said}."
        )
        yield _finding(row, message, made, row.numbers[-1], passage, model)
    yield from _columns(rows, told, passage, model)


def _is_total(row: _Row, model: Model) -> bool:
    total = model.vocabulary.total.match(row.label) is not None and not _MEAN.match(row.label)
    return total or _NET.match(row.label) is not None


def _columns(rows: Sequence[_Row], told: bool, passage: Passage, model: Model) -> Iterator[Finding]:
    """Each total row against the rows above it, since the total before."""
    begin = 0
    for place, row in enumerate(rows):
        explicit = model.vocabulary.total.match(row.label) is not None and not _MEAN.match(row.label)
        if not explicit and not _NET.match(row.label):
            continue
        above = rows[begin:place]
        begin = place + 1
        if len(above) < 2:
            continue
        made = [sum((r.numbers[c] for r in above), Decimal(0)) for c in range(len(row.numbers))]
        wrong = [c for c, number in enumerate(row.numbers) if number != made[c]]
        if not explicit and len(wrong) > len(made) // 2:
            continue
        if told:
            wrong = [c for c in wrong if c != len(made) - 1]  # the last column was told row by row
        for column in wrong:
            parts = " + ".join(format_number(r.numbers[column]) for r in above)
            said = format_number(row.numbers[column])
            message = (
                f"{row.label}: raderna blir {format_number(made[column])} ({parts}), men där står {said}."
            )
            yield _finding(row, message, made[column], row.numbers[column], passage, model)


def _relation(rows: Sequence[_Row]) -> Relation | None:
    """How the last figure of most rows is made of the others: their sum, or the difference of two."""
    width = len(rows[0].numbers)
    if width < 3:
        return None
    found: list[tuple[int, Relation]] = []
    for relation in _relations(width):
        told = [row for row in rows if any(row.numbers[:-1])]
        right = sum(relation(row.numbers) == row.numbers[-1] for row in told)
        if right >= 2 and right >= _MOST * len(told):
            found.append((right, relation))
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _relations(width: int) -> Iterator[Relation]:
    yield lambda numbers: sum(numbers[:-1], Decimal(0))
    for one, other in permutations(range(width - 1), 2):
        yield lambda numbers, one=one, other=other: numbers[one] - numbers[other]  # type: ignore[misc]


def _read(sentence: Sentence) -> _Row | None:
    """A row's label and figures where that is certain: "4 500" can be two."""
    match = _ROW.fullmatch(sentence.text)
    if match is None:
        return None
    printed = _CELL.findall(match["rest"])
    numbers = [parse_number(cell) for cell in printed]
    if any(len(cell) == 3 and cell.isdigit() for cell in printed[1:]) or None in numbers:
        return None
    return _Row(match["label"], tuple(number for number in numbers if number is not None), sentence, None)


def _finding(
    row: _Row, message: str, made: Decimal, said: Decimal, passage: Passage, model: Model
) -> Finding:
    evidence = {"sum": format_number(made), "total": format_number(said)}
    found = model.in_text("sum-mismatch", Severity.ERROR, passage, row.sentence, message, evidence)
    return replace(found, line=row.line or found.line)
