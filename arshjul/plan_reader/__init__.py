"""Reading plans and reports: lines of text in, `arshjul.plan.Plan` out. Pure.

`lines` -> `furniture`, `contents` (what is no content) -> `goal_headings` (the chain's outline) ->
`goal_body` (sections) -> `tables` (rows) -> `matter` (before and after) -> `identity` (kind, year, unit).
The words that all of it knows by are configuration (`config/reader.yaml`). Files are read by
`arshjul.adapters.documents.reading`.
"""

from collections.abc import Sequence

from arshjul.plan import Plan
from arshjul.plan_reader import reader
from arshjul.plan_reader.lines import Line, Segment, lines_of_text
from arshjul.plan_reader.reading import Noted, Reading
from arshjul.plan_reader.words import ReaderWords, default_words, words_from

__all__ = [
    "Line",
    "Noted",
    "ReaderWords",
    "Reading",
    "Segment",
    "default_words",
    "lines_of_text",
    "read",
    "read_plan",
    "words_from",
]


def read(lines: Sequence[Line], words: ReaderWords | None = None) -> Reading:
    """The plan in the lines, with the account of every word that is not in it."""
    return reader.read(lines, words or default_words())


def read_plan(lines: Sequence[Line], words: ReaderWords | None = None) -> Plan:
    """The plan in the lines. BadInput when there is no text, NotAPlan when there are no goals."""
    return read(lines, words).plan
