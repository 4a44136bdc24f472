"""What a load would change against what is known already. Pure.

A load replaces what its source gave before for the sub-units and months that stand in it, and leaves the rest
alone: an export of one workplace never takes away the others.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from arshjul.numbers import format_number, round_half_up
from arshjul.sources.gathering import SourceValue

Covered = tuple[str, str, str]  # unit, scope, month


@dataclass(frozen=True, slots=True)
class Changes:
    """Values that are new, that become others (before, after) and that go, and how many stay."""

    added: tuple[SourceValue, ...]
    changed: tuple[tuple[SourceValue, SourceValue], ...]
    gone: tuple[SourceValue, ...]
    unchanged: int

    @property
    def nothing(self) -> bool:
        """Whether the load says only what is known."""
        return not (self.added or self.changed or self.gone)

    def lines(self) -> Iterator[tuple[str, str]]:
        """Each change as a word and what it is about, in order."""
        rows = [("nytt", value, printed(value)) for value in self.added]
        rows += [("ändras", new, f"{printed(old)} → {printed(new)}") for old, new in self.changed]
        rows += [("utgår", value, printed(value)) for value in self.gone]
        for word, value, said in sorted(rows, key=lambda row: (row[1].key, row[0])):
            detail = f" {value.detail}" if value.detail else ""
            yield (
                word,
                f"{value.unit} {value.scope} {value.field}{detail} {_SEX[value.sex]}{value.month}: {said}",
            )


_SEX = {"total": "", "women": "kvinnor ", "men": "män "}


def printed(value: SourceValue) -> str:
    """The value as it is shown to the one who loads: at most two decimals, and what it rests on."""
    number = round_half_up(value.value, 2)
    said = format_number(number)
    return f"{said} (n={value.respondents})" if value.respondents is not None else said


def covered(values: Iterable[SourceValue]) -> frozenset[Covered]:
    """The sub-units and months that the values speak of."""
    return frozenset((value.unit, value.scope, value.month) for value in values)


def compare(known: Iterable[SourceValue], coming: Iterable[SourceValue]) -> Changes:
    """What changes when `coming` is loaded; `known` is what the same source gives now."""
    new = {value.key: value for value in coming}
    cover = covered(new.values())
    old = {value.key: value for value in known if (value.unit, value.scope, value.month) in cover}
    both = [(old[key], value) for key, value in new.items() if key in old]
    return Changes(
        added=tuple(value for key, value in new.items() if key not in old),
        changed=tuple((before, after) for before, after in both if not _same(before, after)),
        gone=tuple(value for key, value in old.items() if key not in new),
        unchanged=sum(_same(before, after) for before, after in both),
    )


def _same(one: SourceValue, other: SourceValue) -> bool:
    return (one.number, one.base, one.respondents) == (other.number, other.base, other.respondents)
