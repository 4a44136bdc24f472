"""Compiling a cycle as it may leave the unit, or the department whose units it is made of. Pure."""

from collections.abc import Mapping
from dataclasses import replace

from arshjul.answers import State
from arshjul.catalogue import Sex
from arshjul.compilation.figures import PartResult
from arshjul.compilation.goals import Compiled, compile_openly, weigh
from arshjul.compilation.withholding import Figure
from arshjul.cycle_data import CycleData, Within
from arshjul.suppression.compiled import decided_openly, suppress


def compile_cycle(data: CycleData) -> Compiled:
    """The whole cycle from the submissions that count, as it may leave the unit."""
    if data.within is None:
        return suppress(compile_openly(data), weigh)
    return _compile_department(data, data.within)


def _compile_department(data: CycleData, within: Within) -> Compiled:
    """Figures and small numbers from the sub-units of all units; words and judgements from the units'.

    What each unit has released of its own counts as known. A unit's figure on people that it has withheld
    itself is withheld here, too.
    """
    leaves = compile_openly(within.leaves)
    parts = {child.code: _parts_of(within, child.code) for child in within.children}
    beside = compile_openly(data)
    indicators = {
        id_: replace(
            result,
            parts=tuple(
                _part(child.code, parts[child.code].get(id_, {}), known=child.version > 0)
                for child in within.children
            ),
        )
        for id_, result in leaves.indicators.items()
    }
    goals = {id_: replace(goal, proposal=weigh(data, goal, indicators)) for id_, goal in beside.goals.items()}
    decided = {
        id_: replace(one, withheld=one.withheld | _of_subject(within.unreleased, id_))
        for id_, one in decided_openly(leaves).items()
    }
    whole = replace(beside, indicators=indicators, goals=goals, leaves=leaves)
    return suppress(whole, weigh, decided)


def _of_subject(cells: frozenset[str], subject: str) -> frozenset[str]:
    return frozenset(cell for cell in cells if cell.startswith(f"{subject}|"))


def _parts_of(within: Within, child: str) -> dict[str, Mapping[Sex, Figure]]:
    """A child's own figures by indicator, reckoned from the sub-units under it."""
    scopes = set(within.scopes[child])
    unit = within.leaves.unit
    own = tuple(subunit for subunit in unit.subunits if subunit.code in scopes)
    if not own:
        return {}
    data = replace(
        within.leaves,
        unit=replace(unit, subunits=own),
        expected=tuple(subunit.code for subunit in own),
    )
    return {id_: dict(result.figures) for id_, result in compile_openly(data).indicators.items()}


def _part(scope: str, figures: Mapping[Sex, Figure], *, known: bool) -> PartResult:
    if figures:
        held = figures[Sex.TOTAL].withheld if Sex.TOTAL in figures else False
        state = State.SUPPRESSED if held else State.VALUE
    else:
        state = State.NO_DATA if known else State.NOT_ANSWERED
    return PartResult(scope, state, figures, None)
