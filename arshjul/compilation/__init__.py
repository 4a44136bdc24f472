"""Compiling a cycle: the unit's figures, the sub-units' texts and judgements, goal by goal.

Takes `CycleData`, gives `Compiled`: what the report builder prints and the review examines. States are
explicit: no data, not measured, not applicable and not answered are never zero. Pure (pandas).
"""

from arshjul.compilation.figures import Compared, IndicatorResult, PartResult
from arshjul.compilation.goals import (
    ActivityPart,
    ActivityResult,
    Compiled,
    GoalResult,
    Planned,
    SubunitText,
)
from arshjul.compilation.whole import compile_cycle
from arshjul.compilation.withholding import Figure

__all__ = [
    "ActivityPart",
    "ActivityResult",
    "Compared",
    "Compiled",
    "Figure",
    "GoalResult",
    "IndicatorResult",
    "PartResult",
    "Planned",
    "SubunitText",
    "compile_cycle",
]
