"""Whole persons where linear programming is not enough: is there another way that the answers could be?

In a plain mean of workplaces one person weighs differently in each. Another way is looked for by moving the
secret's persons and making up for it with at most two other groups. Where none is found the secret counts as
told: too much is then withheld rather than too little. Called by `system`. Pure (numpy).
"""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from arshjul.suppression.reach import Span

_EDGE = 1e-9  # an answer on the very edge of what is printed does not count
_MOST = 400  # moves that are tried against each other


def another_way(
    unknowns: Mapping[object, Span],
    rows: Sequence[tuple[Mapping[object, float], float, float]],
    secret: Sequence[object],
) -> bool:
    """Whether the secret's persons could be more or fewer. `rows` are shown sums, between two values."""
    truth = [sum(c * float(unknowns[key].truth) for key, c in terms.items()) for terms, _, _ in rows]
    low = np.array([least - at for (_, least, _), at in zip(rows, truth, strict=True)]) + _EDGE
    high = np.array([most - at for (_, _, most), at in zip(rows, truth, strict=True)]) - _EDGE
    own, _ = _moves(unknowns, rows, secret)
    others, whose = _moves(unknowns, rows, [key for key in unknowns if key not in set(secret)])
    others, whose = others[:_MOST], whose[:_MOST]
    still = np.zeros((1, len(rows)))
    once, by = np.vstack([still, others]), np.concatenate([[-1], whose])
    allowed = by[:, None] != by[None, :]  # a group is moved once
    allowed[0, 0] = True
    for move in own:
        twice = move + once[:, None, :] + once[None, :, :]
        fits = np.all((twice >= low) & (twice <= high), axis=2)
        if bool(np.any(fits & allowed)):
            return True
    return False


def _moves(
    unknowns: Mapping[object, Span],
    rows: Sequence[tuple[Mapping[object, float], float, float]],
    keys: Sequence[object],
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int_]]:
    """What each change of a group by whole persons does to the rows, small changes first; and whose it is."""
    found: list[tuple[int, int, list[float]]] = []
    for place, key in enumerate(keys):
        span = unknowns[key]
        assert span.low is not None
        assert span.high is not None
        for persons in range(int(span.low - span.truth), int(span.high - span.truth) + 1):
            if persons:
                change = [persons * terms.get(key, 0.0) for terms, _, _ in rows]
                found.append((abs(persons), place, change))
    found.sort(key=lambda one: one[0])
    changes = np.array([change for _, _, change in found]).reshape(len(found), len(rows))
    return changes, np.array([place for _, place, _ in found], dtype=np.int_)
