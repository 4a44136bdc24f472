"""HTML documents, the product's own reports among them: headings, paragraphs, lists and tables.

What is no content is named as such: figures, contents, buttons and links to other places of the page.
Called by `documents`.
"""

import re
from html.parser import HTMLParser
from itertools import count

from arshjul.plan_reader import Line
from arshjul.plan_reader.lines import cell_lines, squash

_BLOCK_NAMES = """
address article aside blockquote body caption dd details div dl dt figcaption footer form h1 h2 h3 h4 h5 h6
header hr legend li main nav ol p pre section summary table tbody td tfoot th thead tr ul
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_SKIPPED = frozenset(["script", "style", "head", "template", "noscript"])
_VOID = frozenset(
    ["br", "hr", "img", "input", "link", "meta", "source", "wbr", "area", "base", "col", "embed"]
)
_DEEPEST = 500  # elements in elements; as browsers, what lies deeper is taken as lying there
_HEADINGS = re.compile(r"h[1-6]")
_BOLD = frozenset(["b", "strong"])
_LINK = "länk inom dokumentet"
# What stands in these is no content, and what it is; innermost first.
_NO_CONTENT = {
    "figcaption": None,
    "svg": "text i figur",
    "figure": "text i figur",
    "nav": "innehållsförteckning",
    "label": "knapp",
    "button": "knapp",
}
_DRAWN = frozenset(["text", "title", "desc"])
_NOTE = "hänvisning till not"


def lines_of_html(text: str) -> list[Line]:
    """The lines of an HTML document: one for each paragraph and table row."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    reader.end_block()
    return reader.lines


class _Reader(HTMLParser):
    """Gathers text by blocks and cells."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[Line] = []
        self._open: list[str] = []
        self._text = ""
        self._line = 1
        self._bullet = ""
        self._rows = count(1)
        self._within = False  # in a link to another place of the document
        self._linked = False  # all of the block's text is such a link
        self._bold = False  # the block's text so far is bold
        self._lead = False  # the block begins with a label
        self._aside = False  # in a paragraph for notes
        self._cells: list[tuple[int, int, list[str]]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self._text += "\n"
            return
        if self._is_block(tag):
            self.end_block()
            self._aside = "note" in (dict(attrs).get("class") or "").split()
        if tag == "li":
            self._bullet = "• "
        if tag == "tr":
            self._cells = []
        if tag in ("td", "th") and self._cells is not None:
            span = dict(attrs).get("colspan") or "1"
            wide = max(1, min(int(span), 63)) if span.isdecimal() and len(span) < 9 else 1
            start = self._cells[-1][0] + self._cells[-1][1] if self._cells else 0
            self._cells.append((start, wide, []))
        if tag == "table":
            self.lines.append(Line(self.getpos()[0], ""))
        if tag == "a":
            self._within = (dict(attrs).get("href") or "").startswith("#")
        if tag not in _VOID and len(self._open) < _DEEPEST:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._is_block(tag):
            self.end_block()
        if tag in _BOLD and self._bold:
            self._lead, self._bold = self._text.rstrip().endswith(":"), False
        if tag == "tr" and self._cells:
            self.lines += cell_lines(self._cells, self._line, next(self._rows))
        if tag == "a":
            self._within = False
        if tag in ("tr", "table"):
            self._cells = None
        if tag == "table" or _HEADINGS.fullmatch(tag):
            self.lines.append(Line(self.getpos()[0], ""))
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not _SKIPPED.isdisjoint(self._open):
            return
        if not self._text.strip():
            self._line = self.getpos()[0]
        if self._within and data.strip(" []").isdigit():
            self.lines.append(Line(self.getpos()[0], data, furniture=_NOTE, whole=True))
            return
        if data.strip():
            first = not self._text.strip()
            self._linked = self._within and (self._linked or first)
            self._bold = not _BOLD.isdisjoint(self._open) and (self._bold or first)
        self._text += data if "pre" in self._open else re.sub(r"\s+", " ", data)

    def end_block(self) -> None:
        """What was gathered becomes lines, or a paragraph of the cell it stands in."""
        texts = [squash(part) for part in self._text.split("\n")]
        heading = next((tag for tag in self._open if _HEADINGS.fullmatch(tag)), None)
        no_content = next((_NO_CONTENT[tag] for tag in reversed(self._open) if tag in _NO_CONTENT), None)
        if self._linked and heading is None:
            no_content = no_content or _LINK
        for text in filter(None, texts):
            if self._cells:
                self._cells[-1][2].append(text)
                continue
            self.lines.append(
                Line(
                    self._line,
                    self._bullet + text,
                    heading=heading is not None,
                    whole=True,
                    furniture=no_content,
                    rank=int(heading[1]) if heading else None,
                    lead=self._lead,
                    aside=self._aside,
                )
            )
            self._bullet, self._lead = "", False
        self._text, self._linked, self._bold, self._lead = "", False, False, False

    def _is_block(self, tag: str) -> bool:
        """Whether the tag parts what is before it from what is after."""
        return tag in _BLOCKS or tag in _NO_CONTENT or (tag in _DRAWN and "svg" in self._open)
