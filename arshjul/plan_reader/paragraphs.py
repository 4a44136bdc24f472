"""Putting wrapped lines together into paragraphs; bullets and hard line breaks stay as newlines.

Called for every text the reader keeps. Which lines belong to a text is decided elsewhere.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from arshjul.plan_reader.lines import Flow, Line, squash

_PRIVATE = "\ue000-\uf8ff"
_GLYPH_BULLET = re.compile(rf"^\s*[•●○◦▪■□►‣·*✓✔{_PRIVATE}]\s*")
_DASH_BULLET = re.compile(r"^\s*[-–—]\s*(?=[^\W\d])")
_NUMBERED = re.compile(r"^\s*(?:\d{1,2}[.)]|[a-z]\))\s")
_ITEM = re.compile(
    r"[A-ZÅÄÖ][^\d.]{1,40}\d[\d ]*(?:%|procent|st|tkr)?"
)  # "Humlan 141" under "fördelade så här:"
_ENDED = re.compile(r"[.!?:;…]['\"”’)]*\s*$")
_CELLS = 3
_PRIVATE_ANYWHERE = re.compile(rf"[{_PRIVATE}]")
# After these a hyphen at the line's end belongs to a half-compound ("kort- och långtid").
_HALF_COMPOUND = frozenset({"och", "eller", "som", "samt", "till", "respektive", "men"})


def is_bullet(text: str) -> bool:
    """Whether the line begins an item of a list."""
    return bool(_GLYPH_BULLET.match(text) or _DASH_BULLET.match(text))


def is_ended(text: str) -> bool:
    """Whether a sentence (or a lead-in with a colon) ends with the line."""
    return bool(_ENDED.search(text.rstrip()[-10:]))


def glue(before: str, after: str, flow: Flow) -> str:
    """Two lines of one paragraph as one string."""
    if flow.keeps_spaces:
        return before + after
    before, after = before.rstrip(), after.lstrip()
    if before.endswith("\u00ad"):
        return before[:-1] + after
    if len(before) > 1 and before.endswith("-") and before[-2].isalnum():
        first = after.split(maxsplit=1)[0] if after else ""
        return before + ("" if first not in _HALF_COMPOUND else " ") + after
    return f"{before} {after}"


def paragraphs_of(lines: Sequence[Line], flow: Flow) -> list[tuple[int, str]]:
    """The paragraphs with the number of the line each begins on."""
    width = max((len(line.text.strip()) for line in lines), default=0)
    if flow.wrapped() and 0.7 * flow.width <= width:
        flow = replace(flow, width=min(width, flow.width))  # texts in tables are set wider or narrower
    edge = max((line.segments[-1].end for line in lines if line.segments), default=0.0)
    edge = edge if edge > 0.85 * flow.edge else flow.edge
    found: list[tuple[int, str]] = []
    current = ""
    previous: Line | None = None
    gap: Line | None = None
    for line in lines:
        if line.blank:
            gap = line if gap is None or gap.soft else gap
            continue
        if previous is None or _breaks(previous, gap, line, flow, edge):
            if previous is not None:
                found[-1] = (found[-1][0], _finish(current))
            found.append((line.number, ""))
            current = line.text
        else:
            current = glue(current, line.text, flow)
        previous, gap = line, None
    if previous is not None:
        found[-1] = (found[-1][0], _finish(current))
    return [(number, text) for number, text in found if text]


def text_of(lines: Sequence[Line], flow: Flow) -> str:
    """The paragraphs as one text, a newline between them."""
    return "\n".join(text for _, text in paragraphs_of(lines, flow))


def _breaks(previous: Line, gap: Line | None, line: Line, flow: Flow, edge: float) -> bool:
    """Whether a new paragraph begins with `line`; `edge` is how far lines reach where positions are known."""
    if previous.whole or line.whole or line.lead or not flow.wrapped():
        return True
    if len(line.segments) >= _CELLS or len(previous.segments) >= _CELLS:
        return True  # a row of some table
    if _GLYPH_BULLET.match(line.text) or "\t" in line.text.strip() or "\t" in previous.text.strip():
        return True
    if _GLYPH_BULLET.fullmatch(previous.text):
        return False  # the bullet stood on a line of its own
    text = line.text.lstrip()
    ended = is_ended(previous.text)
    goes_on = text[:1].islower()
    if flow.keeps_spaces and gap is None and not previous.text.endswith(" "):
        return False  # broken inside a word or after a hyphen
    if gap is not None and not gap.soft:
        return ended or not goes_on or is_bullet(line.text)
    if _DASH_BULLET.match(line.text):
        return True
    has_room = _room(previous, flow, edge) > len(text.split(maxsplit=1)[0])
    if _NUMBERED.match(line.text) and (ended or has_room):
        return True
    if (
        previous.text.rstrip().endswith(":")
        and _ITEM.fullmatch(text.rstrip())
        and _room(line, flow, edge) > 0
    ):
        return True
    return has_room and (ended or not goes_on)


def _room(line: Line, flow: Flow, edge: float) -> float:
    """How many letters more would have gone on the line (with a margin where only letters are counted)."""
    length = len(line.text.strip())
    if not line.segments:
        return flow.width * 0.85 - length - 1
    last = line.segments[-1]
    letter = (last.end - line.segments[0].start) / max(1, length)
    return (edge - last.end) / letter - 1 if letter > 0 else 0.0


def _finish(text: str) -> str:
    """The paragraph as it is kept: one form of bullet, no private-use glyphs, single spaces."""
    if _GLYPH_BULLET.match(text):
        text = "• " + _GLYPH_BULLET.sub("", text, count=1)
    return squash(_PRIVATE_ANYWHERE.sub(" ", text))
