"""Targets and attainment: is a target met, and which attainment of a goal do the figures speak for.

The attainment is proposed with its reasons and never set: a manager decides. Pure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from arshjul.catalogue import Direction, Measure
from arshjul.numbers import format_number, format_quantity, parse_quantity, round_half_up
from arshjul.plan import Attainment


def meets(number: Decimal, target: str | None, measure: Measure, previous: Decimal | None) -> bool | None:
    """Whether a value meets its printed target; None where the target says nothing that can be compared.

    "öka" and "minska" compare with `previous`, the same period of the year before. Values are compared
    as printed, rounded half up to the measure's decimals or the target's, whichever are more.
    """
    if target is None:
        return None
    quantity = parse_quantity(target)
    if quantity is None:
        direction = {"öka": Direction.INCREASE, "minska": Direction.DECREASE}.get(target.strip().lower())
        if direction is None or previous is None:
            return None
        return number > previous if direction is Direction.INCREASE else number < previous
    exponent = quantity.number.as_tuple().exponent
    decimals = max(measure.decimals, -exponent if isinstance(exponent, int) else 0)
    rounded = round_half_up(number, decimals)
    if measure.direction in (Direction.AT_MOST, Direction.DECREASE):
        return rounded <= quantity.number
    if measure.direction is Direction.NONE:
        return None
    return rounded >= quantity.number


@dataclass(frozen=True, slots=True)
class Weighed:
    """One indicator as it counts for a goal."""

    name: str
    number: Decimal | None
    target: str | None
    measure: Measure
    met: bool | None

    @property
    def against(self) -> str:
        """ "9,7 % mot högst 8,5 %"."""
        value = (
            ""
            if self.number is None
            else format_quantity(self.number, self.measure.unit, self.measure.decimals)
        )
        word = "högst" if self.measure.direction in (Direction.AT_MOST, Direction.DECREASE) else "minst"
        quantity = parse_quantity(self.target or "")
        if quantity is None:
            return f"{value}, målet är ”{self.target}”"
        unit = quantity.unit or self.measure.unit
        return f"{value} mot {word} {format_quantity(quantity.number, unit)}"


@dataclass(frozen=True, slots=True)
class Proposal:
    """The attainment that the figures and the sub-units' judgements speak for, and why, in a sentence."""

    attainment: Attainment
    reason: str


def propose(indicators: Sequence[Weighed], statuses: Sequence[Attainment]) -> Proposal:
    """The proposal for one goal from its indicators (first) and the sub-units' own judgements."""
    judged = [i for i in indicators if i.met is not None]
    reached = [i for i in judged if i.met]
    missed = [i for i in judged if not i.met]
    reasons = []
    if judged:
        reasons.append(f"{_count(len(reached))} av {_count(len(judged))} indikatorer når målet")
        reasons += [f"{i.name} {i.against}" for i in missed]
    if statuses:
        full = sum(status is Attainment.FULL for status in statuses)
        reasons.append(
            f"{_count(full)} av {_count(len(statuses))} verksamheter bedömer målet som uppfyllt helt"
        )
    if not judged and not statuses:
        return Proposal(Attainment.NO_DATA, "Inga uppgifter har lämnats.")
    sentence = "; ".join(reasons)
    return Proposal(_propose(judged, missed, statuses), sentence[0].upper() + sentence[1:] + ".")


def _propose(
    judged: Sequence[Weighed], missed: Sequence[Weighed], statuses: Sequence[Attainment]
) -> Attainment:
    known = [status for status in statuses if status is not Attainment.NO_DATA]
    if judged and len(missed) == len(judged):
        return Attainment.PARTIAL if any(s is not Attainment.NOT_MET for s in known) else Attainment.NOT_MET
    if missed:
        return Attainment.PARTIAL
    if not known:
        return Attainment.FULL if judged else Attainment.NO_DATA
    if all(status is Attainment.FULL for status in known):
        return Attainment.FULL
    if all(status is Attainment.NOT_MET for status in known):
        return Attainment.NOT_MET
    return Attainment.PARTIAL


_WORDS = ["noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"]


def _count(number: int) -> str:
    return _WORDS[number] if number < len(_WORDS) else format_number(Decimal(number))
