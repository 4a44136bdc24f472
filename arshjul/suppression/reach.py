"""How far an unknown can be reckoned: the least and the most of a sum of unknowns, given what is shown.

Linear programming in exact fractions, begun at the truth: what is shown holds there, so no first phase is
needed, and the search ends as soon as the room is wide enough. Nothing of indicators or reports is here.
Called by `system`. Pure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

Bound = Fraction | None  # None: no bound


@dataclass(frozen=True, slots=True)
class Span:
    """What something may be, and what it is: `low` and `high` None where nothing bounds it."""

    truth: Fraction
    low: Bound = Fraction(0)
    high: Bound = None


def furthest(
    unknowns: Sequence[Span],
    rows: Sequence[tuple[Mapping[int, Fraction], Span]],
    aim: Mapping[int, Fraction],
    enough: Fraction | None = None,
) -> Fraction | None:
    """How much higher than the truth `aim` can be; None without a limit.

    `rows` are sums of unknowns (by place) with what is shown of them. Stops at `enough` where it is given.
    """
    return _Tableau(unknowns, rows, aim).climb(enough)


class _Tableau:
    """The simplex method with bounded variables; Bland's rule, so that it always ends.

    Variables are the unknowns and then the rows. Each basic variable is a sum of the others, and so is the
    aim, which stands last: whole numbers over one denominator, which are quick to reckon with.
    """

    def __init__(
        self,
        unknowns: Sequence[Span],
        rows: Sequence[tuple[Mapping[int, Fraction], Span]],
        aim: Mapping[int, Fraction],
    ) -> None:
        size = len(unknowns)
        spans = [*unknowns, *(span for _, span in rows)]
        self.low = [span.low for span in spans]
        self.high = [span.high for span in spans]
        self.value = [span.truth for span in spans]
        self.outer = list(range(size))
        self.basic = list(range(size, len(spans)))
        self.under = [lcm(*(c.denominator for c in terms.values())) for terms in (*(t for t, _ in rows), aim)]
        self.rows = [
            [int(terms[place] * under) if place in terms else 0 for place in range(size)]
            for terms, under in zip((*(t for t, _ in rows), aim), self.under, strict=True)
        ]

    def climb(self, enough: Fraction | None) -> Fraction | None:
        gained = Fraction(0)
        while enough is None or gained < enough:
            column = self._entering()
            if column is None:
                return gained
            rate = self.rows[-1][column]
            sign = 1 if rate > 0 else -1
            step, row = self._room(column, sign)
            if step is None:
                return None
            self._move(column, sign * step)
            gained += Fraction(abs(rate), self.under[-1]) * step
            if row is not None:
                self._pivot(row, column)
        return gained

    def _entering(self) -> int | None:
        """The first variable, by its number, whose change would lift the aim."""
        best: int | None = None
        for column, rate in enumerate(self.rows[-1]):
            variable = self.outer[column]
            if rate and (best is None or variable < self.outer[best]):
                bound = self.high[variable] if rate > 0 else self.low[variable]
                if bound != self.value[variable]:
                    best = column
        return best

    def _room(self, column: int, sign: int) -> tuple[Fraction | None, int | None]:
        """How far it can go, and which row stops it; no row where its own bound does."""
        variable = self.outer[column]
        bound = self.high[variable] if sign > 0 else self.low[variable]
        step = None if bound is None else abs(bound - self.value[variable])
        stopping: int | None = None
        for row, other in enumerate(self.basic):
            rate = sign * self.rows[row][column]
            if not rate:
                continue
            limit = self.high[other] if rate > 0 else self.low[other]
            if limit is None:
                continue
            reach = (limit - self.value[other]) * self.under[row] / rate
            tied = reach == step and stopping is not None and other < self.basic[stopping]
            if step is None or reach < step or tied:
                step, stopping = reach, row
        return step, stopping

    def _move(self, column: int, by: Fraction) -> None:
        if by:
            self.value[self.outer[column]] += by
            for row, variable in enumerate(self.basic):
                if self.rows[row][column]:
                    self.value[variable] += by * self.rows[row][column] / self.under[row]

    def _pivot(self, row: int, column: int) -> None:
        """The variable of `column` takes the place of the row's own."""
        sign = 1 if self.rows[row][column] > 0 else -1
        pivot = sign * self.rows[row][column]
        solved = [-sign * coefficient for coefficient in self.rows[row]]
        solved[column] = sign * self.under[row]
        for place, other in enumerate(self.rows):
            if place != row and (factor := other[column]):
                other[column] = 0
                self._put(place, [c * pivot + s * factor for c, s in zip(other, solved, strict=True)], pivot)
        self.under[row] = 1
        self._put(row, solved, pivot)
        self.outer[column], self.basic[row] = self.basic[row], self.outer[column]

    def _put(self, place: int, row: list[int], by: int) -> None:
        """A row over `by` times its denominator, in lowest terms."""
        under = self.under[place] * by
        common = gcd(under, *row)
        self.rows[place] = [coefficient // common for coefficient in row] if common > 1 else row
        self.under[place] = under // common
