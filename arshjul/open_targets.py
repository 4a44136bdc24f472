"""Targets of a plan that are still to be set: "Fastställs t1", "tas fram av nämnd".

Each is a duty for the manager until it has a value, and a finding in the reports that should have one. Called
by duties and review. Pure.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from arshjul.catalogue import target_is_open
from arshjul.plan import Goal, Indicator, Kind, Plan

_WHEN = re.compile(r"\b(T1|T2|VB)\b|\btertial(?:rapport)? ?([12])\b", re.IGNORECASE)
_WHO = re.compile(
    r"\bav (nämnd(?:en)?|kommunfullmäktige|KF|förvaltningen|avdelningen|enheten)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class OpenTarget:
    """A target without a value. `council`: it is the council's, not the unit's own.

    `due` is the report that it says it will be set by, `by` who is to set it, both as far as it says so.
    """

    goal: Goal
    indicator: Indicator
    printed: str
    council: bool
    due: Kind | None
    by: str

    @property
    def sentence(self) -> str:
        """What a manager is told."""
        whose = "KF:s årsmål" if self.council else "Årsmålet"
        return (
            f"{whose} för {self.indicator.name} är inte satt än: i planen står ”{self.printed}”. "
            "Ta reda på målvärdet och för in det i planen."
        )

    def overdue(self, kind: Kind) -> bool:
        """Whether a report of that kind should have had it."""
        order = (Kind.VP, Kind.T1, Kind.T2, Kind.VB)
        if kind not in order:
            return False
        return order.index(kind) >= order.index(self.due or Kind.T1)


def open_targets(plan: Plan) -> tuple[OpenTarget, ...]:
    """The open targets of a plan, in its order."""
    return tuple(_open(plan))


def _open(plan: Plan) -> Iterator[OpenTarget]:
    for goal, indicator in plan.indicators():
        for printed, council in ((indicator.target, False), (indicator.council_target, True)):
            if printed and target_is_open(printed):
                yield OpenTarget(goal, indicator, printed, council, _due(printed), _by(printed))


def _due(printed: str) -> Kind | None:
    found = _WHEN.search(printed)
    return Kind((found[1] or f"T{found[2]}").upper()) if found else None


def _by(printed: str) -> str:
    found = _WHO.search(printed)
    return found[1] if found else ""
