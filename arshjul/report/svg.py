"""A few words of SVG for the drawings of a report: text that fits, shapes, colours, the whole element.

What the drawings show is in `charts`, `wheel_figure` and `symbols`. Pure.
Colours stand as attributes, for PDF, and have a class each, so that a page may swap them in the dark.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape

from arshjul.report.printable import printable

FONT = "'Source Sans Pro','Source Sans 3',Calibri,'Segoe UI',Helvetica,Arial,sans-serif"

INK = "#1d2a30"
SOFT = "#51606a"
GRID = "#d3dbdf"
PAPER = "#ffffff"
TINT = "#e8eff1"
PETROL = "#2a6a7c"
OCHRE = "#b5792a"
PLUM = "#7b4a73"
TARGET = "#8f2a2a"
PETROL_TINT = "#dbe9ec"
OCHRE_TINT = "#f5e8d5"
PLUM_TINT = "#efe3ed"

# The class by which a page's style sheet finds a colour.
_CLASSES = {
    INK: "ink", SOFT: "soft", GRID: "grid", PAPER: "paper", TINT: "tint",
    PETROL: "petrol", OCHRE: "ochre", PLUM: "plum", TARGET: "target",
    PETROL_TINT: "petrol-tint", OCHRE_TINT: "ochre-tint", PLUM_TINT: "plum-tint",
}  # fmt: skip

# Advance widths of Source Sans Pro in thousandths of the size, by letter.
_WIDTHS = {
    letter: width
    for width, letters in {
        200: " \N{NO-BREAK SPACE}", 250: "',.:;ij|Il·!", 310: "()-[]f{}", 350: "rt/\\",
        430: '"*?szx', 460: "cvy", 500: "JLY–#$+0123456789<=>F^_aegkåäé−§EVX",
        545: "ASTZ`hnouöÅÄüPRbdpq", 585: "BCK&", 640: "DGNU", 665: "HOQÖ", 720: "Mw", 820: "W%m@",
    }.items()
    for letter in letters
}  # fmt: skip


def number(value: float) -> str:
    """A coordinate with at most two decimals, the same on every machine."""
    return f"{round(value, 2) + 0:.2f}".rstrip("0").rstrip(".")  # + 0 makes -0 a 0


@lru_cache(maxsize=16384)  # the same words stand in report after report
def text_width(text: str, size: float) -> float:
    """About how wide `text` is set; a little generous, since a reader may have another font."""
    return 1.04 * size / 1000 * sum(_WIDTHS.get(letter, 560) for letter in text)


def shorten(text: str, width: float, size: float) -> str:
    """`text`, cut with an ellipsis where it is wider than `width`."""
    if text_width(text, size) <= width:
        return text
    while text and text_width(text + "…", size) > width:
        text = text[:-1]
    return text.rstrip(" ,.–-") + "…"


def wrap(text: str, width: float, size: float, lines: int = 3) -> list[str]:
    """`text` in at most `lines` lines no wider than `width`; the last is cut where it does not fit."""
    done: list[str] = []
    words = text.split(" ")
    while words:
        line = words.pop(0)
        if len(done) == lines - 1:
            return [*done, shorten(" ".join([line, *words]), width, size)]
        while words and text_width(f"{line} {words[0]}", size) <= width:
            line = f"{line} {words.pop(0)}"
        done.append(shorten(line, width, size))
    return done


def fill(colour: str) -> str:
    """The attributes that fill with one of the colours above."""
    return f'fill="{colour}" class="f-{_CLASSES[colour]}"'


def stroke(colour: str, width: float = 1) -> str:
    """The attributes that draw an outline, and do not fill."""
    return f'fill="none" stroke="{colour}" stroke-width="{number(width)}" class="s-{_CLASSES[colour]}"'


def text(
    x: float,
    y: float,
    words: str,
    *,
    size: float = 13,
    colour: str = INK,
    anchor: str = "start",
    bold: bool = False,
) -> str:
    """One line of text with its base line at `y`."""
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{number(x)}" y="{number(y)}" font-size="{number(size)}" text-anchor="{anchor}"{weight} '
        f"{fill(colour)}>{escape(printable(words), quote=False)}</text>"
    )


def lines_of_text(
    x: float,
    middle: float,
    lines: Sequence[str],
    *,
    size: float = 13,
    anchor: str = "start",
    colour: str = INK,
) -> str:
    """Lines one below the other, centred on `middle`."""
    step = size * 1.2
    top = middle - step * (len(lines) - 1) / 2 + size * 0.34
    return "".join(
        text(x, top + step * place, line, size=size, anchor=anchor, colour=colour)
        for place, line in enumerate(lines)
    )


def rect(x: float, y: float, width: float, height: float, attributes: str) -> str:
    """A rectangle."""
    place, size = f'x="{number(x)}" y="{number(y)}"', f'width="{number(width)}" height="{number(height)}"'
    return f"<rect {place} {size} {attributes}/>"


def disc(x: float, y: float, radius: float, attributes: str) -> str:
    """A circle."""
    return f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}" {attributes}/>'


def line(x1: float, y1: float, x2: float, y2: float, attributes: str) -> str:
    """A straight line."""
    return f'<line x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}" {attributes}/>'


def hatch(x: float, y: float, width: float, height: float, colour: str, step: float = 6) -> str:
    """Slanting lines inside a rectangle: what tells two bars apart without colour.

    Drawn line by line: a <pattern> would need an id, and ids meet when figures stand in one page.
    """
    strokes = []
    start = x - height + step / 2
    while start < x + width:
        left, right = max(start, x), min(start + height, x + width)
        if right > left:
            low, high = y + height - (left - start), y + height - (right - start)
            strokes.append(f"M{number(left)} {number(low)}L{number(right)} {number(high)}")
        start += step
    return f'<path d="{"".join(strokes)}" {stroke(colour, 1.2)}/>'


def document(width: float, height: float, title: str, body: Iterable[str]) -> str:
    """The whole <svg> element: an image with a title, as wide as it is let to be."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {number(width)} {number(height)}" '
        f'width="{number(width)}" height="{number(height)}" role="img" font-family="{FONT}">'
        f"<title>{escape(printable(title), quote=False)}</title>{''.join(body)}</svg>"
    )
