"""The words by which the parts of a document are known, as patterns ready to use.

They come from `config/reader.yaml`; `default_words()` reads the file of the checkout once. What is done
with the words is in the modules beside this one.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from arshjul.errors import BadInput
from arshjul.plan import Attainment, Kind, Level
from arshjul.plan_reader.lines import without_spaces

_CONFIG = Path(__file__).resolve().parents[2] / "config" / "reader.yaml"
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


def words_from(text: str, where: str = "reader.yaml") -> ReaderWords:
    """The words of a configuration file's text. BadInput where a part is missing or of the wrong form."""
    try:
        raw = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        return _build(raw)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{where}, rad {mark.line + 1}" if mark else where
        raise BadInput("Filen går inte att läsa som YAML. Rätta raden och försök igen.", place) from error
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadInput(f"Delen {error} saknas eller har fel form.", where) from error


@cache
def default_words() -> ReaderWords:
    """The words of the checkout's own `config/reader.yaml`."""
    return words_from(_CONFIG.read_text(encoding="utf-8"), "config/reader.yaml")


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


def _longest_first(names: Mapping[str, list[str]]) -> list[tuple[str, str]]:
    """(name, key) of every name in a mapping key -> names, longest name first."""
    pairs = [(str(name), key) for key, listed in names.items() for name in listed]
    return sorted(pairs, key=lambda pair: len(pair[0]), reverse=True)


def _build(raw: Any) -> ReaderWords:
    """The words from the file's mapping; a missing part raises what `words_from` turns into a sentence."""
    first_columns = {table: next(iter(columns.values())) for table, columns in raw["tables"].items()}
    return ReaderWords(
        level_names=tuple((name, Level(key)) for name, key in _longest_first(raw["levels"])),
        attainments={
            without_spaces(name): Attainment(key) for name, key in _longest_first(raw["attainment"])
        },
        attainment_labels=tuple(raw["attainment_labels"]),
        sections={without_spaces(name): key for name, key in _longest_first(raw["sections"])},
        row_analysis=frozenset(map(without_spaces, raw["row_analysis"])),
        columns={
            table: {
                column: tuple(map(pattern_without_spaces, map(str, names)))
                for column, names in columns.items()
            }
            for table, columns in raw["tables"].items()
        },
        table_begins=tuple((table, _any_of(names)) for table, names in first_columns.items()),
        periodicities=tuple(raw["periodicities"]),
        council_phrases=tuple(raw["council_phrases"]),
        value_phrases=tuple(raw["value_phrases"]),
        units=tuple(map(str, raw["units"])),
        deviation_yes=frozenset(map(without_spaces, raw["deviation_yes"])),
        deviation_no=frozenset(map(without_spaces, raw["deviation_no"])),
        back_starts=_any_of(raw["back_starts"]),
        matter_headings=_any_of([*raw["matter_headings"], *raw["back_starts"]]),
        contents_headings=frozenset(map(without_spaces, raw["contents_headings"])),
        kinds=tuple((name, Kind(key)) for name, key in _longest_first(raw["kinds"])),
        unit_labels=tuple(raw["unit_labels"]),
        furniture=frozenset(map(without_spaces, raw["furniture"])),
    )
