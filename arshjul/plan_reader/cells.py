"""What a cell of an indicator table can hold, and cutting a row of such cells out of running text.

A text file that has lost its columns leaves "name 11,7 %   7,1 %  Tas fram av nämnd VB 2022": the cells are
known by their form, the empty ones by the spaces they left. Called by `loose_rows` and `column_rows`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from arshjul.plan_reader.lines import squash, without_spaces
from arshjul.plan_reader.words import ReaderWords, spread

_NUMBER = r"[+−–-]?(?:\d{1,3}(?:[ \u00a0\u202f.]\d{3})+(?!\d)|\d+)(?:[,.]\d+)?"
# Grouped only where it must be: no number begins with a nought and another digit.
_NUMBER_UNGROUPED = r"[+−–-]?(?:\d{1,3}(?:[ \u00a0\u202f]0\d{2})+(?!\d)|(?!0\d)\d+)(?:[,.]\d+)?"
_AFTER_UNIT = r"(?:\s?CO2(?:e|-ekv\.?)?)?(?:\s(?:per|/)\s\S+(?:\s(?!Tas\b|\d)[^\W\d]+)?)?"
_CELL_LENGTH = 60
_CELLS_LENGTH = 400  # letters that all cells of a row take at most
_DASHES = frozenset("-–—")  # a dash alone is how an empty cell is printed
_PERIOD = (
    r"(?:(?:VP|VB|T1|T2|MR|Tertial\s[123])\s?)?20\d\d(?:-\d\d)?"
    r"|(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)[a-z]*\s20\d\d|T[123]|VB|VP|Helår"
)


@dataclass(frozen=True, slots=True)
class Grammar:
    """Patterns of cells for one set of words."""

    value: re.Pattern[str]
    value_ungrouped: re.Pattern[str]
    closing: re.Pattern[str]
    council: re.Pattern[str]
    broken: dict[str, str]  # phrase without spaces -> phrase


@cache
def _grammar(
    units: tuple[str, ...], council: tuple[str, ...], phrases: tuple[str, ...], periodicities: tuple[str, ...]
) -> Grammar:
    """Compile the patterns once for a set of words."""

    def any_spread(listed: Sequence[str]) -> str:
        return "|".join(spread(phrase) for phrase in sorted(listed, key=len, reverse=True))

    unit = "|".join(re.escape(name) for name in sorted(units, key=len, reverse=True))
    words = f"(?:{any_spread([*council, *phrases])})(?!\\w)"
    unitless = rf"(?:\s?(?:{unit})(?!\w){_AFTER_UNIT})?"

    def cell(number: str) -> re.Pattern[str]:
        bounded = rf"(?:[<>≥≤]\s?|(?:högst|minst|lägst)\s)?{number}{unitless}"
        return re.compile(rf"(?<!\S)(?:{words}|{bounded}|[-–])(?!\S)", re.I)

    return Grammar(
        cell(_NUMBER),
        cell(_NUMBER_UNGROUPED),
        re.compile(rf"(?<!\S)(?:{any_spread(periodicities)}|{_PERIOD})(?!\S)"),
        re.compile(any_spread(council), re.I),
        {without_spaces(phrase): phrase for phrase in [*council, *phrases, *periodicities]},
    )


def grammar_of(words: ReaderWords) -> Grammar:
    """The patterns of the cells in documents worded like `words`."""
    return _grammar(words.units, words.council_phrases, words.value_phrases, words.periodicities)


def tidy_cell(text: str, grammar: Grammar) -> str | None:
    """The cell as printed, a known phrase that was broken inside a word made whole; None when empty."""
    text = squash(text)
    if text in _DASHES:
        return None
    phrase = grammar.broken.get(without_spaces(text))
    if phrase is not None and phrase != text:
        # Keep the printed capitals where only spaces differ.
        text = phrase if phrase[:1] == text[:1] else text[:1] + phrase[1:]
    return text or None


def closing_at_end(text: str, grammar: Grammar) -> re.Match[str] | None:
    """The period or periodicity that ends `text`, or None."""
    tail = text.rstrip()
    for found in grammar.closing.finditer(tail, max(0, len(tail) - 40)):
        if found.end() == len(tail):
            return found
    return None


@dataclass(frozen=True, slots=True)
class Cut:
    """A row cut into its name and cells; `exact` when spaces tell the place of every cell, empty ones too."""

    name: str
    cells: tuple[str, ...]
    exact: bool


def cut_cells(text: str, columns: int, grammar: Grammar, *, keeps_spaces: bool) -> Cut:
    """Cut the value cells, at most `columns`, off the end of `text`.

    With `keeps_spaces` every cell is followed by one space, so that more spaces are empty cells.
    """
    loose: Cut | None = None
    for pattern in (grammar.value, grammar.value_ungrouped):
        run = _run_at_end(text, pattern)
        if keeps_spaces:
            for first in range(len(run) + 1):
                cells = _with_empties(text, run[first:])
                if len(cells) == columns:
                    start = run[first].start() if first < len(run) else len(text)
                    return Cut(text[:start].strip(), cells, exact=True)
        run = run[-columns:]
        start = run[0].start() if run else len(text)
        cut = Cut(text[:start].strip(), tuple(found.group() for found in run), len(run) == columns)
        if cut.exact:
            return cut
        loose = loose or cut
    assert loose is not None
    return loose


def _run_at_end(text: str, pattern: re.Pattern[str]) -> list[re.Match[str]]:
    """The unbroken run of cells that ends the text."""
    run: list[re.Match[str]] = []
    end = len(text.rstrip())
    if not any(last.end() == end for last in pattern.finditer(text, max(0, end - _CELL_LENGTH))):
        return run  # most lines end in prose: not worth looking further back
    for found in reversed(list(pattern.finditer(text, max(0, end - _CELLS_LENGTH)))):
        if text[found.end() : end].strip():
            break
        run.insert(0, found)
        end = found.start()
    return run


def _with_empties(text: str, run: Sequence[re.Match[str]]) -> tuple[str, ...]:
    """The cells of the run with an empty one for every space beyond the one that follows each cell.

    The space before the first cell belongs to the name.
    """
    start = run[0].start() if run else len(text)
    before = len(text[:start]) - len(text[:start].rstrip())
    cells = [""] * max(0, before - 1)
    starts = [found.start() for found in run[1:]] + [len(text)]
    for found, until in zip(run, starts[: len(run)], strict=True):
        cells.append(found.group())
        cells += [""] * max(0, until - found.end() - 1)
    return tuple(cells)
