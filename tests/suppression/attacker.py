"""The attacker: bounds every small group by linear programming and whole persons, from printed figures alone.

It has its own arithmetic (SciPy), shares nothing with the product but the definition of what is too close,
and knows more than an outsider would: who was asked, how many answered, which answers a correction left
alone, and that a count from January never falls.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import LinearConstraint, linprog, milp

from arshjul.catalogue import Measure, Method, Sex
from arshjul.numbers import decimals_of, parse_quantity
from tests.suppression.reading import WITHHELD
from tests.suppression.reports import Answers

COLUMNS = {"Utfall": Sex.TOTAL, "Kvinnor": Sex.WOMEN, "Män": Sex.MEN}
_SLACK = 1e-6
_BIG = 10_000.0
_ORDER = ("T1", "T2", "VB")


@dataclass(frozen=True)
class Seen:
    """One report: its period ("T2 2026"), who answered, and the printed figures by column.

    Of the answers only their sizes are used, and the values to tell answers apart and to know what is small.
    """

    period: str
    answers: Answers
    printed: Mapping[str, str]


@dataclass(frozen=True)
class Pinned:
    """A small group whose value can be reckoned too closely."""

    period: str
    group: str
    low: float
    high: float


class Attacker:
    """All that was seen of one indicator, written as linear constraints."""

    def __init__(self, measure: Measure, seen: Sequence[Seen]) -> None:
        self.measure = measure
        self.seen = seen
        self.count = measure.method is Method.SUM
        self.keys: dict[object, int] = {}
        self.sizes: list[int] = []
        self.truth: list[float] = []
        for report in seen:
            for scope, given in report.answers.items():
                for sex, (number, size) in given.items():
                    if self.count or size:
                        key = (report.period, scope, sex, number, size)
                        if key not in self.keys:
                            self.keys[key] = len(self.keys)
                            self.sizes.append(size)
                            self.truth.append(float(number))
        self.rows, self.lows, self.highs = [], [], []
        for report in seen:
            self._read(report)
        if self.count:
            self._never_falls()

    def pinned(self) -> list[Pinned]:
        """Every small group that is not left wide enough, by values or by whole persons."""
        found = []
        for report in self.seen:
            for name, row, size, number in self._groups(report):
                if not self._is_small(size, number):
                    continue
                room = self.measure.smallest_group if self.count else 100 / max(size, 2)
                low, high = self._ends(row)
                if high - low < room - _SLACK or self._persons_are_told(row, size):
                    found.append(Pinned(report.period, name, low, high))
        return found

    def _is_small(self, size: int, number: float) -> bool:
        return (
            0 < number < self.measure.smallest_group if self.count else 0 < size < self.measure.smallest_group
        )

    def _groups(self, report: Seen) -> Iterator[tuple[str, np.ndarray, int, float]]:
        """Every group there is: each sub-unit by sex and whole, the unit by sex and whole."""
        for scope in report.answers:
            for sexes in ((Sex.WOMEN,), (Sex.MEN,), (Sex.TOTAL,), (Sex.WOMEN, Sex.MEN)):
                yield from self._group(report, scope, [scope], sexes)
        for sexes in ((Sex.WOMEN,), (Sex.MEN,), (Sex.WOMEN, Sex.MEN, Sex.TOTAL)):
            yield from self._group(report, "unit", list(report.answers), sexes)

    def _group(
        self, report: Seen, name: str, scopes: list[str], sexes: tuple[Sex, ...]
    ) -> Iterator[tuple[str, np.ndarray, int, float]]:
        members = self._members(report, scopes, sexes)
        if len(scopes) == 1 and len(members) < len(sexes):
            return
        if members:
            row = self._row(members, plain=len(scopes) > 1)
            size = sum(self.sizes[place] for place in members)
            yield f"{name} {'+'.join(sexes)}", row, size, float(row @ np.array(self.truth))

    def _members(self, report: Seen, scopes: list[str], sexes: tuple[Sex, ...]) -> list[int]:
        return [
            self.keys[report.period, scope, sex, *report.answers[scope][sex]]
            for scope in scopes
            for sex in sexes
            if sex in report.answers[scope] and (self.count or report.answers[scope][sex][1])
        ]

    def _row(self, members: list[int], *, plain: bool) -> np.ndarray:
        """The group's value in unknowns: a sum, a mean by respondents, or (over sub-units) a plain mean."""
        row = np.zeros(len(self.keys))
        whole = sum(self.sizes[place] for place in members)
        for place in members:
            if self.count:
                row[place] = 1
            elif plain and self.measure.method is Method.MEAN:
                row[place] = 1 / len(members)
            else:
                row[place] = self.sizes[place] / whole
        return row

    def _read(self, report: Seen) -> None:
        """The printed figures as rows with what rounding leaves open."""
        for column, sex in COLUMNS.items():
            quantity = parse_quantity(report.printed.get(column, WITHHELD))
            if quantity is None:
                continue
            half = 0 if self.count else 0.5 * 10.0 ** -decimals_of(quantity.number)
            sexes = tuple(Sex) if sex is Sex.TOTAL else (sex,)
            if sex is Sex.TOTAL and self.measure.method is Method.MEAN:
                row = self._mean_of_totals(report)
            else:
                row = self._row(self._members(report, list(report.answers), sexes), plain=True)
            self.rows.append(row)
            self.lows.append(float(quantity.number) - half)
            self.highs.append(float(quantity.number) + half)

    def _mean_of_totals(self, report: Seen) -> np.ndarray:
        parts = [
            self._row(members, plain=False)
            for scope in report.answers
            if (members := self._members(report, [scope], tuple(Sex)))
        ]
        return np.asarray(sum(parts) / len(parts))

    def _never_falls(self) -> None:
        """A count from January is never lower in a later report, where that is so."""
        for (period, scope, sex, number, _), place in list(self.keys.items()):  # type: ignore[misc]
            for (other, *group, after, _), later in self.keys.items():  # type: ignore[misc]
                follows = _ORDER.index(period.split()[0]) < _ORDER.index(other.split()[0])
                if follows and group == [scope, sex] and after >= number:
                    row = np.zeros(len(self.keys))
                    row[later], row[place] = 1, -1
                    self.rows.append(row)
                    self.lows.append(0.0)
                    self.highs.append(_BIG)

    def _ends(self, row: np.ndarray) -> tuple[float, float]:
        """Between which values a group lies, by linear programming."""
        top = _BIG if self.count else 100.0
        ends = []
        for sign in (1, -1):
            if self.rows:
                above, below = np.array(self.rows), -np.array(self.rows)
                limits = np.concatenate([np.array(self.highs) + _SLACK, -np.array(self.lows) + _SLACK])
                solved = linprog(
                    sign * row, A_ub=np.vstack([above, below]), b_ub=limits, bounds=(0, top), method="highs"
                )
            else:
                solved = linprog(sign * row, bounds=[(0, top)] * len(row), method="highs")
            assert solved.status == 0, solved.message
            ends.append(sign * solved.fun)
        return ends[0], ends[1]

    def _persons_are_told(self, row: np.ndarray, size: int) -> bool:
        """Whether only one number of persons in the group fits, where answers are shares of whole persons."""
        if self.count or any(abs(t * n / 100 - round(t * n / 100)) > n / 200 for t, n in self._people()):
            return False
        share = np.array(self.sizes) / 100.0  # persons = value * share
        if not self.rows:
            return False
        rows = [known / share for known in self.rows]
        constraints = [
            LinearConstraint(
                np.array(rows), np.array(self.lows) - 0.5 - _SLACK, np.array(self.highs) + 0.5 + _SLACK
            )
        ]
        aim = (row > 0).astype(float)
        ends = []
        for sign in (1, -1):
            solved = milp(
                sign * aim,
                constraints=constraints if rows else None,
                integrality=np.ones(len(aim)),
                bounds=(np.zeros(len(aim)), np.array(self.sizes, dtype=float)),  # type: ignore[arg-type]
            )
            if solved.status != 0:
                return False
            ends.append(round(sign * solved.fun))
        return ends[1] <= ends[0]

    def _people(self) -> Iterator[tuple[float, int]]:
        return zip(self.truth, self.sizes, strict=True)
