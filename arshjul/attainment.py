"""Targets and attainment: is a target met, and which attainment of a goal do the figures speak for.

The attainment is proposed with its reasons and never set: a manager decides. Pure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from arshjul.catalogue import Direction, Measure, PrintedTarget, read_target
from arshjul.numbers import count_word, decimals_of, format_number, format_quantity, round_half_up
from arshjul.plan import ATTAINMENT_SWEDISH, Attainment


def meets(number: Decimal, target: str | None, measure: Measure, previous: Decimal | None) -> bool | None:
    """Whether a value meets its printed target; None where the target says nothing that can be compared.

    "öka" and "minska" compare with `previous`, the same period of the year before. Values are compared
    as printed, rounded half up to the measure's decimals or the target's, whichever are more.
    """
    aim = read_target(target)
    if aim is None:
        return None
    value = round_half_up(number, _decimals(aim, measure))
    low_is_good = aim.low_is_good(measure)
    if aim.number is not None and aim.upper is not None:
        return aim.number <= value <= aim.upper
    if aim.number is None:
        if previous is None:
            return None
        before = round_half_up(previous, measure.decimals)
        return value < before if low_is_good else value > before
    if aim.direction is None and measure.direction is Direction.NONE:
        return None
    return value <= aim.number if low_is_good else value >= aim.number


def _decimals(aim: PrintedTarget, measure: Measure) -> int:
    numbers = [number for number in (aim.number, aim.upper) if number is not None]
    return max(measure.decimals, *map(decimals_of, numbers), 0)


@dataclass(frozen=True, slots=True)
class Weighed:
    """One indicator as it counts for a goal."""

    name: str
    number: Decimal
    target: str | None
    measure: Measure
    met: bool | None

    @property
    def against(self) -> str:
        """ "9,7 % mot högst 8,5 %"."""
        aim = read_target(self.target)
        unit = self.measure.unit
        if aim is None or aim.number is None:
            value = format_quantity(self.number, unit, self.measure.decimals)
            return f"{value}, målet är ”{self.target}”"
        decimals = _decimals(aim, self.measure)
        value = format_quantity(self.number, unit, decimals)
        if aim.upper is not None:
            upper = format_quantity(aim.upper, aim.unit or unit, decimals)
            return f"{value} mot {format_number(aim.number, decimals)}–{upper}"
        word = "högst" if aim.low_is_good(self.measure) else "minst"
        return f"{value} mot {word} {format_quantity(aim.number, aim.unit or unit, decimals)}"


_HEIGHT = {Attainment.NOT_MET: 0, Attainment.PARTIAL: 1, Attainment.FULL: 2}


def rated_higher(decided: Attainment | None, proposed: Attainment) -> bool:
    """Whether somebody rates a goal higher than what the figures and the judgements speak for.

    Without data any rating but "inte" is higher; "inga data" is never a rating.
    """
    if decided not in _HEIGHT:
        return False
    return _HEIGHT[decided] > _HEIGHT.get(proposed, 0)


@dataclass(frozen=True, slots=True)
class Proposal:
    """The attainment that the figures and the sub-units' judgements speak for, and why, in a sentence."""

    attainment: Attainment
    reason: str


def propose(
    indicators: Sequence[Weighed],
    statuses: Sequence[Attainment],
    parts: tuple[str, str] = ("verksamhet", "verksamheter"),
) -> Proposal:
    """The proposal for one goal from its indicators (first) and the judgements of its `parts`."""
    judged = [i for i in indicators if i.met is not None]
    missed = [i for i in judged if not i.met]
    known = [status for status in statuses if status is not Attainment.NO_DATA]
    reasons = [*_of_indicators(judged, missed), *_of_statuses(known, len(statuses) - len(known), parts)]
    sentence = "; ".join(reasons) or "inga uppgifter har lämnats"
    return Proposal(_propose(judged, missed, known), sentence[0].upper() + sentence[1:] + ".")


def _of_indicators(judged: Sequence[Weighed], missed: Sequence[Weighed]) -> list[str]:
    if not judged:
        return []
    if len(judged) == 1:
        count = "indikatorn når inte målet" if missed else "indikatorn når målet"
    else:
        count = f"{_of(len(judged) - len(missed), len(judged))} indikatorer når målet"
    return [count, *(f"{i.name} {i.against}" for i in missed)]


def _of_statuses(known: Sequence[Attainment], without: int, parts: tuple[str, str]) -> list[str]:
    reasons = []
    one, several = parts
    if len(known) == 1:
        reasons.append(f"en {one} har bedömt målet: {ATTAINMENT_SWEDISH[known[0]].lower()}")
    elif known:
        full = sum(status is Attainment.FULL for status in known)
        reasons.append(f"{_of(full, len(known))} {several} bedömer målet som uppfyllt helt")
    if without:
        reasons.append(f"{count_word(without)} {one if without == 1 else several} har inga data")
    return reasons


def _of(number: int, several: int) -> str:
    """ "två av nio", "ingen av nio"."""
    return f"{count_word(number) if number else 'ingen'} av {count_word(several)}"


def _propose(judged: Sequence[Weighed], missed: Sequence[Weighed], known: Sequence[Attainment]) -> Attainment:
    """Figures and judgements that contradict each other come out in between."""
    if not judged and not known:
        return Attainment.NO_DATA
    if not missed and all(status is Attainment.FULL for status in known):
        return Attainment.FULL
    if len(missed) == len(judged) and all(status is Attainment.NOT_MET for status in known):
        return Attainment.NOT_MET
    return Attainment.PARTIAL
