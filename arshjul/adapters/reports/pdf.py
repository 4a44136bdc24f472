"""A report as PDF: the block model as JSON through one fixed Typst template (templates/report/report.typ).

Typst refuses what breaks the standards asked for: PDF/A-2a for keeping, PDF/UA-1 for every reader.
Called where a report is rendered; knows nothing of what it says.
"""

import json
from collections.abc import Sequence
from enum import Enum
from functools import lru_cache
from typing import Any, cast

from arshjul.adapters.reports import typesetting
from arshjul.plan import Attainment
from arshjul.report.blocks import Block, Report, Table
from arshjul.report.columns import shares
from arshjul.report.origins import with_appendix
from arshjul.report.printable import CONTENTS, CONTENTS_DEPTH, PROPOSED_DECISION, lead_in, printable
from arshjul.report.symbols import symbol_svg

STANDARDS = ("a-2a", "ua-1")
WITH_FILES = ("a-3a", "ua-1")  # the archive standard that lets other files lie in the document

_WORDS = {"contents": CONTENTS, "decision": PROPOSED_DECISION}
_SYMBOLS = {attainment.value: symbol_svg(attainment) for attainment in Attainment}


def render_pdf(report: Report, standards: Sequence[str] | None = None) -> bytes:
    """The report as PDF; the same report gives the same bytes. With files in it the standard is `WITH_FILES`.

    A character that no font has becomes a square: `typesetting.unprintable` says which.
    """
    held_to = standards or (WITH_FILES if report.attached else STANDARDS)
    made = typesetting.pdf("report.typ", typesetting.replace_unprintable(_model(report)), held_to)
    typesetting.forget_earlier_reports()
    return made


def _model(report: Report) -> str:
    shown = with_appendix(report) if report.sources_appended else report
    model = {
        "front": _plain(report.front),
        "running_head": printable(report.running_head),
        "dated": [report.dated.year, report.dated.month, report.dated.day],
        "language": report.language,
        "depth": CONTENTS_DEPTH,
        "brief": report.brief,
        "words": _WORDS,
        "symbols": _SYMBOLS,
        "attached": [_plain(file) for file in report.attached],
        "blocks": [_block(block) for block in shown.blocks],
    }
    return json.dumps(model, ensure_ascii=False)


def _block(block: Block) -> dict[str, object]:
    fields = {"type": type(block).__name__, **_fields(block)}
    if isinstance(block, Table):
        fields["shares"] = shares(block)
    return fields


def _fields(part: object) -> dict[str, object]:
    kind: Any = type(part)  # a class can be looked up by, which object does not promise
    fields = {name: _plain(getattr(part, name)) for name in _names(kind)}
    if fields.get("label"):
        fields["label"] = lead_in(str(fields["label"]))
    return fields


@lru_cache
def _names(kind: Any) -> tuple[str, ...]:
    """What Typst is told of a part; its origin is shown in HTML, and in paged forms as an appendix."""
    slots: tuple[str, ...] = kind.__slots__  # each is a slotted dataclass
    return tuple(name for name in slots if name != "origin")


def _plain(value: object) -> object:
    """A part of the model as JSON knows it, its texts made printable."""
    kind = type(value)  # most are texts and numbers: asked for first
    if kind is str:
        return printable(str(value))
    if value is None or kind in (bool, int, float):
        return value
    if kind is tuple:
        return [_plain(item) for item in cast("tuple[object, ...]", value)]
    return value.value if isinstance(value, Enum) else _fields(value)
