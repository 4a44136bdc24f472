"""The status of a goal as a small drawing: four shapes that differ without their colours. Pure.

Beside a symbol the words always stand, so it carries no title. Called by the renderers and the charts.
"""

from arshjul.plan import Attainment

SIZE = 16

_DRAWINGS = {
    # A filled disc with a tick.
    Attainment.FULL: (
        '<circle cx="8" cy="8" r="7" fill="#2f6f4f" class="f-full"/>'
        '<path d="M4.6 8.4l2.4 2.4 4.6-5.2" fill="none" stroke="#ffffff" stroke-width="1.7" class="s-paper"/>'
    ),
    # A ring, half filled.
    Attainment.PARTIAL: (
        '<circle cx="8" cy="8" r="6.2" fill="none" stroke="#96690c" stroke-width="1.6" class="s-partial"/>'
        '<path d="M8 1.8a6.2 6.2 0 0 0 0 12.4z" fill="#96690c" class="f-partial"/>'
    ),
    # A ring with a cross.
    Attainment.NOT_MET: (
        '<circle cx="8" cy="8" r="6.2" fill="none" stroke="#9c2f2f" stroke-width="1.6" class="s-unmet"/>'
        '<path d="M5.3 5.3l5.4 5.4m0-5.4l-5.4 5.4" fill="none" stroke="#9c2f2f" stroke-width="1.7" '
        'class="s-unmet"/>'
    ),
    # A broken ring.
    Attainment.NO_DATA: (
        '<circle cx="8" cy="8" r="6.2" fill="none" stroke="#5d6a73" stroke-width="1.6" '
        'stroke-dasharray="2.6 2.27" class="s-soft"/>'
    ),
}

# The same as one letter, for a form of report that sets text and not drawings.
LETTERS = {
    Attainment.FULL: "\N{BLACK CIRCLE}",
    Attainment.PARTIAL: "\N{CIRCLE WITH LEFT HALF BLACK}",
    Attainment.NOT_MET: "\N{CIRCLED TIMES}",
    Attainment.NO_DATA: "\N{EN DASH}",
}
COLOURS = {
    Attainment.FULL: "#2f6f4f",
    Attainment.PARTIAL: "#96690c",
    Attainment.NOT_MET: "#9c2f2f",
    Attainment.NO_DATA: "#5d6a73",
}


def symbol_svg(attainment: Attainment) -> str:
    """The symbol as a whole <svg> element that says nothing to a screen reader."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}" width="{SIZE}" '
        f'height="{SIZE}" aria-hidden="true" focusable="false">{_DRAWINGS[attainment]}</svg>'
    )


def symbol_at(attainment: Attainment, x: float, y: float) -> str:
    """The symbol inside a drawing, with its upper left corner at (x, y)."""
    return f'<g transform="translate({x:g} {y:g})">{_DRAWINGS[attainment]}</g>'
