"""Which cells to withhold: as few as possible, and of those the least missed, so that no secret is told.

To withhold more never tells more, so a choice that holds can be tried cell by cell for one that is not
needed. One cell, then two, are tried in full; larger choices are made step by step and then thinned.
Called by `arshjul.suppression`. Pure.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from arshjul.suppression.system import Secret, System

_TRIES = 300  # how many pairs are tried before cells are taken one at a time


@dataclass(frozen=True, slots=True)
class Choice:
    """`withheld` are the cells that may not be shown, `lost` those of them that only guard others.

    `told` are secrets that what has been released before tells, whatever is withheld now.
    """

    withheld: frozenset[str]
    lost: frozenset[str]
    told: tuple[str, ...] = ()


def choose(
    systems: Sequence[System],
    costs: Mapping[str, int],
    small: Collection[str],
    released: Collection[str] = (),
) -> Choice:
    """What to withhold of the cells in `costs`, where `small` may never be shown.

    `costs` says how much each is missed. `released` are cells that left the unit before.
    """
    open_cells = {name: cost for name, cost in costs.items() if name not in small}
    fixed = frozenset(released)
    kept: list[tuple[System, list[Secret]]] = []
    told: list[str] = []
    for system in systems:
        broken = system.told_by(fixed | open_cells.keys())
        lost_already = system.told_by(fixed, broken)
        told += [secret.name for secret in lost_already]
        if still := [secret for secret in broken if secret not in lost_already]:
            # All that holds now must hold: what is withheld only adds to it.
            kept.append((system, still))
    lost = _least(kept, open_cells, fixed) if kept else frozenset()
    return Choice(frozenset(small) | lost, lost, tuple(dict.fromkeys(told)))


def _least(
    guarded: Sequence[tuple[System, list[Secret]]], costs: Mapping[str, int], released: frozenset[str]
) -> frozenset[str]:
    """The cheapest choice that was found; it holds, since all of `costs` together do."""
    ordered = sorted(costs, key=lambda name: (costs[name], name))

    def broken(withheld: Collection[str]) -> int:
        shown = released | (costs.keys() - set(withheld))
        return sum(len(system.told_by(shown, secrets)) for system, secrets in guarded)

    def holds(withheld: Collection[str]) -> bool:
        shown = released | (costs.keys() - set(withheld))
        return not any(system.told_by(shown, secrets) for system, secrets in guarded)

    for few in _small_choices(ordered, costs):
        if holds(few):
            return frozenset(few)
    withheld: list[str] = []
    left = broken(withheld)
    while left:
        after = {name: broken([*withheld, name]) for name in ordered if name not in withheld}
        best = max(after, key=lambda name: ((left - after[name]) / costs[name], -costs[name], name))
        withheld.append(best)
        left = after[best]
    return frozenset(_thinned(withheld, costs, holds))


def _small_choices(ordered: Sequence[str], costs: Mapping[str, int]) -> Iterator[tuple[str, ...]]:
    """One cell, or two, cheapest first; two cheap cells go before one that is missed more."""
    choices: list[tuple[str, ...]] = [(name,) for name in ordered]
    pairs = sorted(combinations(ordered, 2), key=lambda pair: sum(costs[name] for name in pair))
    choices += pairs[:_TRIES]
    yield from sorted(choices, key=lambda few: (sum(costs[name] for name in few), len(few)))


def _thinned(
    withheld: Sequence[str], costs: Mapping[str, int], holds: Callable[[Collection[str]], bool]
) -> list[str]:
    """The choice without what it does not need, the most missed given back first."""
    kept = list(withheld)
    for name in sorted(withheld, key=lambda name: (-costs[name], name)):
        without = [other for other in kept if other != name]
        if holds(without):
            kept = without
    return kept
