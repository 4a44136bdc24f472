"""Drawing on a circle: arcs, rings, and words that follow the circle and can be read in its lower half.

Angles are shares of a full turn, clockwise from the top. Called by `wheel_figure`. Pure.
"""

from dataclasses import dataclass
from html import escape
from math import cos, pi, sin

from arshjul.report import svg
from arshjul.report.printable import printable


@dataclass(frozen=True, slots=True)
class Circle:
    """A centre to draw around; `name` begins the ids of the paths that words follow."""

    x: float
    y: float
    name: str

    def at(self, radius: float, turn: float) -> tuple[float, float]:
        """The point on the circle."""
        angle = 2 * pi * turn
        return self.x + radius * sin(angle), self.y - radius * cos(angle)

    def arc(self, radius: float, begin: float, end: float, attributes: str) -> str:
        """A line along the circle, from `begin` clockwise to `end`."""
        return f'<path d="{self._arc(radius, begin, end)}" {attributes}/>'

    def spoke(self, inner: float, outer: float, turn: float, attributes: str) -> str:
        """A line from one circle out to another."""
        return svg.line(*self.at(inner, turn), *self.at(outer, turn), attributes)

    def words(
        self, text: str, radius: float, begin: float, end: float, *, size: float, place: int,
        anchor: str = "start", bold: bool = False, colour: str = svg.INK,
    ) -> str:  # fmt: skip
        """Words between `begin` and `end`, from `begin` ("start") or in the middle, centred on `radius`.

        In the lower half they run against the clock, with the letters' feet outwards, so that they
        stand upright; what began at `begin` then ends there. `place` makes the path's id its own.
        """
        turned = is_turned(begin, end)
        base = radius + size * 0.34 * (1 if turned else -1)
        # A path that ends before the words do swallows letters: room for another font than ours.
        spare = 0.0 if anchor == "middle" else (end - begin) * 0.25 + 0.01
        path = self._arc(base, end + spare, begin) if turned else self._arc(base, begin, end + spare)
        offset, side = (
            ("50%", "middle") if anchor == "middle" else ("100%", "end") if turned else ("0", "start")
        )
        weight = ' font-weight="600"' if bold else ""
        name = f"{self.name}-{place}"
        return (
            f'<path id="{name}" d="{path}" fill="none"/>'
            f'<text font-size="{svg.number(size)}"{weight} {svg.fill(colour)}>'
            f'<textPath href="#{name}" startOffset="{offset}" text-anchor="{side}">'
            f"{escape(printable(text), quote=False)}</textPath></text>"
        )

    def _arc(self, radius: float, begin: float, end: float) -> str:
        clockwise = end >= begin
        (x1, y1), (x2, y2) = self.at(radius, begin), self.at(radius, end)
        large, sweep = int(abs(end - begin) > 0.5), int(clockwise)
        n = svg.number
        return f"M{n(x1)} {n(y1)}A{n(radius)} {n(radius)} 0 {large} {sweep} {n(x2)} {n(y2)}"


def is_turned(begin: float, end: float) -> bool:
    """Whether words between the two angles lie in the lower half."""
    return 0.25 < (begin + end) / 2 % 1 < 0.75
