"""What recurred in the period and was noted as done: self-checks, safety rounds, each with its result.

A section of the wheel's that nobody has noted anything in says nothing. Called by `arshjul.report.parts`.
Pure.
"""

from collections.abc import Iterator
from itertools import groupby

from arshjul.compilation import Compiled
from arshjul.cycle_data import DutyResult
from arshjul.report.blocks import Block, Cell, Column, Origin, OriginKind, Table
from arshjul.report.goal_part import listed

_COLUMNS = (Column("Uppgift", width=2), Column("Tid"), Column("Gjort"), Column("Resultat", width=3))
_ORIGIN = Origin(OriginKind.RULE, "årshjulet", "Det som har antecknats om årshjulets uppgifter")


def duties_blocks(compiled: Compiled, section: str, caption: str) -> Iterator[Block]:
    """One table: a row for each time that a duty was to be done, with how many did it and what it showed."""
    results = [one for one in compiled.data.duties if one.section == section]
    if not any(one.done_on for one in results):
        return
    rows = []
    for (_, _, label), group in groupby(results, lambda one: (one.start, one.end, one.label)):
        each = list(group)
        rows.append(
            (
                Cell(label),
                Cell(_time(each[0])),
                Cell(_done(each, compiled.data.part_words[1]), _ORIGIN),
                Cell(_said(compiled, each)),
            )
        )
    yield Table(caption, _COLUMNS, tuple(rows))


def _time(one: DutyResult) -> str:
    return str(one.start) if one.start == one.end else f"{one.start} – {one.end}"


def _done(each: list[DutyResult], parts: str) -> str:
    if len(each) == 1:
        return str(each[0].done_on) if each[0].done_on else "inte antecknat"
    return f"{sum(one.done_on is not None for one in each)} av {len(each)} {parts}"


def _said(compiled: Compiled, each: list[DutyResult]) -> str:
    """The results in few words: what several say alike stands once, without names where all say it."""
    alike: dict[str, list[str]] = {}
    for one in each:
        if one.done_on and one.note:
            name = compiled.data.scope_name(one.scope) if one.scope else ""
            alike.setdefault(_sentence(one.note), []).append(name)
    said = []
    for words, names in alike.items():
        everybody = names == [""] or 1 < len(names) == len(each)
        said.append(words if everybody else f"{listed(names)}: {words}")
    return "\n".join(said) or "–"


def _sentence(note: str) -> str:
    words = " ".join(note.split())
    return words if words.endswith((".", "!", "?")) else f"{words}."
