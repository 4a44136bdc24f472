"""The words by which the parts of a document are known, as patterns ready to use.

They come from `config/reader.yaml`; `default_words()` reads the file of the checkout once. What is done
with the words is in the modules beside this one.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

from arshjul.config.records import open_source, parse_source
from arshjul.plan import Attainment, Kind, Level
from arshjul.plan_reader.lines import without_spaces

_CONFIG = Path(__file__).resolve().parents[2] / "config" / "reader.yaml"
_Key = TypeVar("_Key")
_PLACES = {"{year}": r"20\d\d", "{kind}": r"(?:VP|VB|T1|T2|MR)"}


@dataclass(frozen=True, slots=True)
class ReaderWords:
    """Everything the reader knows by its words. Patterns for whole cells match text without spaces."""

    level_names: tuple[tuple[str, Level], ...]  # longest first
    attainments: Mapping[str, Attainment]
    attainment_labels: tuple[str, ...]
    sections: Mapping[str, str]
    row_analysis: frozenset[str]
    columns: Mapping[str, Mapping[str, tuple[str, ...]]]  # table -> column -> patterns without spaces
    table_begins: tuple[tuple[str, re.Pattern[str]], ...]  # table, the names of its first column
    periodicities: tuple[str, ...]
    council_phrases: tuple[str, ...]
    value_phrases: tuple[str, ...]
    units: tuple[str, ...]
    deviation_yes: frozenset[str]
    deviation_no: frozenset[str]
    back_starts: re.Pattern[str]
    matter_headings: re.Pattern[str]
    contents_headings: frozenset[str]
    kinds: tuple[tuple[str, Kind], ...]  # longest first
    unit_labels: tuple[str, ...]
    furniture: frozenset[str]


@dataclass(frozen=True, slots=True)
class WordsRecord:
    """The whole of `config/reader.yaml`: lists of words, most of them by what they stand for."""

    levels: Mapping[Level, tuple[str, ...]]
    attainment: Mapping[Attainment, tuple[str, ...]]
    attainment_labels: tuple[str, ...]
    sections: Mapping[str, tuple[str, ...]]
    row_analysis: tuple[str, ...]
    tables: Mapping[str, Mapping[str, tuple[str, ...]]]
    periodicities: tuple[str, ...]
    council_phrases: tuple[str, ...]
    value_phrases: tuple[str, ...]
    units: tuple[str, ...]
    deviation_yes: tuple[str, ...]
    deviation_no: tuple[str, ...]
    back_starts: tuple[str, ...]
    matter_headings: tuple[str, ...]
    contents_headings: tuple[str, ...]
    kinds: Mapping[Kind, tuple[str, ...]]
    unit_labels: tuple[str, ...]
    furniture: tuple[str, ...]


def words_from(text: str, where: str = "reader.yaml") -> ReaderWords:
    """The words of a configuration file's text. BadInput with its line where a part is missing or wrong."""
    return _build(parse_source(text, where).read(WordsRecord))


@cache
def default_words() -> ReaderWords:
    """The words of the checkout's own `config/reader.yaml`."""
    return _build(open_source(_CONFIG, "config/reader.yaml").read(WordsRecord))


def pattern_without_spaces(phrase: str) -> str:
    """A regular expression for `phrase` as it looks without spaces and in small letters."""
    parts = re.split(r"(\{year\}|\{kind\})", phrase)
    return "".join(_PLACES.get(part, re.escape(without_spaces(part))) for part in parts)


def spread(phrase: str) -> str:
    """A regular expression for `phrase` with or without white space between any two letters."""
    return r"\s*".join(re.escape(letter) for letter in "".join(phrase.split()))


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """A pattern for one of the phrases, to be matched against text without spaces."""
    return re.compile("|".join(sorted(map(pattern_without_spaces, phrases), key=len, reverse=True)), re.I)


def _longest_first(names: Mapping[_Key, tuple[str, ...]]) -> list[tuple[str, _Key]]:
    """(name, key) of every name in a mapping key -> names, longest name first."""
    pairs = [(name, key) for key, listed in names.items() for name in listed]
    return sorted(pairs, key=lambda pair: len(pair[0]), reverse=True)


def _build(record: WordsRecord) -> ReaderWords:
    """The words as the reader uses them."""
    first_columns = {table: next(iter(columns.values())) for table, columns in record.tables.items()}
    return ReaderWords(
        level_names=tuple(_longest_first(record.levels)),
        attainments={without_spaces(name): key for name, key in _longest_first(record.attainment)},
        attainment_labels=record.attainment_labels,
        sections={without_spaces(name): key for name, key in _longest_first(record.sections)},
        row_analysis=frozenset(map(without_spaces, record.row_analysis)),
        columns={
            table: {column: tuple(map(pattern_without_spaces, names)) for column, names in columns.items()}
            for table, columns in record.tables.items()
        },
        table_begins=tuple((table, _any_of(names)) for table, names in first_columns.items()),
        periodicities=record.periodicities,
        council_phrases=record.council_phrases,
        value_phrases=record.value_phrases,
        units=record.units,
        deviation_yes=frozenset(map(without_spaces, record.deviation_yes)),
        deviation_no=frozenset(map(without_spaces, record.deviation_no)),
        back_starts=_any_of(record.back_starts),
        matter_headings=_any_of([*record.matter_headings, *record.back_starts]),
        contents_headings=frozenset(map(without_spaces, record.contents_headings)),
        kinds=tuple(_longest_first(record.kinds)),
        unit_labels=record.unit_labels,
        furniture=frozenset(map(without_spaces, record.furniture)),
    )
