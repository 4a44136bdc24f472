"""A table as an outsider sees it: unknowns, cells that are sums of them, and what must stay secret.

`View` is what one sees to whom some of the cells are shown, and says which secrets stay wide enough. Which
cells are shown is chosen in `choosing`, what the unknowns and cells are in `linear`. Pure.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from arshjul.suppression.reach import Bound, Span, furthest

Key = Hashable
Terms = Mapping[Key, Fraction]
_NOUGHT = Fraction(0)


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure: which unknowns it is made of, and between which values its printed form lets it lie."""

    terms: Terms
    low: Fraction
    high: Fraction


@dataclass(frozen=True, slots=True)
class Secret:
    """What must not be reckoned closer than `room`: the value of a small group."""

    name: str
    terms: Terms
    room: Fraction


@dataclass(frozen=True, slots=True)
class System:
    """All that is linear about one indicator: its unknowns with their bounds, its cells, its secrets."""

    unknowns: Mapping[Key, Span]
    cells: Mapping[str, Cell]
    secrets: tuple[Secret, ...]
    whole: bool = False  # the unknowns are persons

    def told_by(self, shown: Collection[str], secrets: Iterable[Secret] | None = None) -> list[Secret]:
        """The secrets that one who sees the cells of `shown` can reckon too closely."""
        view = View(self, shown)
        return [secret for secret in (self.secrets if secrets is None else secrets) if not view.keeps(secret)]


class View:
    """A system seen through the cells that are shown.

    Unknowns that stand alike in all of them cannot be told apart, only their sum: they are one group, and
    the problem stays small however many sub-units there are.
    """

    def __init__(self, system: System, shown: Collection[str]) -> None:
        self._unknowns = system.unknowns
        self._rows = [cell for name, cell in system.cells.items() if name in shown]
        self._uneven = _floats(self._rows) if system.whole and _uneven(self._rows) else []
        columns: dict[Key, list[Fraction]] = {}
        for place, row in enumerate(self._rows):
            for key, coefficient in row.terms.items():
                columns.setdefault(key, [_NOUGHT] * len(self._rows))[place] = coefficient
        groups: dict[tuple[Fraction, ...], list[Key]] = {}
        for key, column in columns.items():
            groups.setdefault(tuple(column), []).append(key)
        self._columns = list(groups)
        self._keys = list(groups.values())
        self._group = {key: place for place, keys in enumerate(self._keys) for key in keys}
        self._spans = [_together(self._unknowns[key] for key in keys) for keys in self._keys]
        self._ends: dict[int, tuple[Bound, Bound]] = {}

    def keeps(self, secret: Secret) -> bool:
        """Whether the secret may lie anywhere in its room or more."""
        if self._uneven:
            from arshjul.suppression.persons import another_way  # numpy takes its time to import

            return another_way(self._unknowns, self._uneven, tuple(secret.terms))
        low, high = self.ends(secret.terms, secret.room)
        return low is None or high is None or high - low >= secret.room

    def ends(self, terms: Terms, enough: Fraction | None = None) -> tuple[Bound, Bound]:
        """Between which values a sum of unknowns lies. The search ends at the width `enough`, where given."""
        inside = {self._group.get(key) for key in terms}
        alike = set(terms.values())
        if len(inside) == 1 and len(alike) == 1 and None not in inside:
            [group], [coefficient] = inside, alike
            if group is not None and coefficient > 0:
                return self._ends_in_group(group, terms, coefficient)
        return self._ends_of_sum(terms, enough)

    def _ends_in_group(self, group: int, terms: Terms, coefficient: Fraction) -> tuple[Bound, Bound]:
        """Some of a group: its others take what they can."""
        if group not in self._ends:
            self._ends[group] = self._search({group: Fraction(1)}, self._keys, self._columns, None)
        low, high = self._ends[group]
        own = _together(self._unknowns[key] for key in terms)
        others = _together(self._unknowns[key] for key in self._keys[group] if key not in terms)
        least, most = own.low, own.high
        if low is not None and others.high is not None:
            least = low - others.high if least is None else max(least, low - others.high)
        if high is not None and others.low is not None:
            most = high - others.low if most is None else min(most, high - others.low)
        return (
            None if least is None else least * coefficient,
            None if most is None else most * coefficient,
        )

    def _ends_of_sum(self, terms: Terms, enough: Fraction | None) -> tuple[Bound, Bound]:
        """Any sum: the groups are parted by how they stand in it."""
        keys: list[list[Key]] = []
        columns: list[tuple[Fraction, ...]] = []
        aim: dict[int, Fraction] = {}
        parted: dict[tuple[int | None, Fraction], list[Key]] = {}
        for key, coefficient in terms.items():
            parted.setdefault((self._group.get(key), coefficient), []).append(key)
        unseen = (_NOUGHT,) * len(self._rows)
        for (group, coefficient), some in parted.items():
            aim[len(keys)] = coefficient
            keys.append(some)
            columns.append(unseen if group is None else self._columns[group])
        for group, whole in enumerate(self._keys):
            rest = [key for key in whole if key not in terms]
            if rest:
                keys.append(rest)
                columns.append(self._columns[group])
        return self._search(aim, keys, columns, enough)

    def _search(
        self,
        aim: Mapping[int, Fraction],
        keys: list[list[Key]],
        columns: list[tuple[Fraction, ...]],
        enough: Fraction | None,
    ) -> tuple[Bound, Bound]:
        spans = [_together(self._unknowns[key] for key in some) for some in keys]
        seen = []
        for place, row in enumerate(self._rows):
            terms = {at: column[place] for at, column in enumerate(columns) if column[place]}
            truth = sum((c * spans[at].truth for at, c in terms.items()), _NOUGHT)
            seen.append((terms, Span(truth, min(row.low, truth), max(row.high, truth))))
        truth = sum((c * spans[at].truth for at, c in aim.items()), _NOUGHT)
        up = furthest(spans, seen, aim, enough)
        if enough is not None and (up is None or up >= enough):
            return truth, None if up is None else truth + up
        left = None if enough is None or up is None else enough - up
        down = furthest(spans, seen, {at: -coefficient for at, coefficient in aim.items()}, left)
        return None if down is None else truth - down, None if up is None else truth + up


def _uneven(rows: Iterable[Cell]) -> bool:
    """Whether a person weighs differently in the same figure."""
    return any(len(set(row.terms.values())) > 1 for row in rows)


def _floats(rows: Iterable[Cell]) -> list[tuple[dict[Key, float], float, float]]:
    return [
        ({key: float(c) for key, c in row.terms.items()}, float(row.low), float(row.high)) for row in rows
    ]


def _together(spans: Iterable[Span]) -> Span:
    """Several unknowns as one sum."""
    truth, low, high = _NOUGHT, _NOUGHT, _NOUGHT
    below = above = True
    for span in spans:
        truth += span.truth
        below, above = below and span.low is not None, above and span.high is not None
        low, high = low + (span.low or 0), high + (span.high or 0)
    return Span(truth, low if below else None, high if above else None)
