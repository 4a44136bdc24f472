"""A small cycle's report, built in a line of a test."""

from datetime import date
from typing import Any

from arshjul.compilation import compile_cycle
from arshjul.config.settings import Shown
from arshjul.cycle_data import SUMMARY, CycleData, Judged
from arshjul.plan import Attainment, Goal, Indicator, Level
from arshjul.report.blocks import Report
from arshjul.report.building import build_report
from tests.unit.small_cycle import (
    SHARE,
    Answers,
    cycle,
    goal,
)

JUDGED = {"G1": Judged(Attainment.PARTIAL, "Vi är på väg.\n\nMer återstår."), SUMMARY: Judged(None, "Gott.")}
SHARED = Indicator("I1", "Andel scheman med bildstöd", target="80 %", council_target="78,5 %")
TITLE = "Deltagarna väljer"


def built(data: CycleData, shown: Shown | None = None) -> Report:
    return build_report(compile_cycle(data), shown or Shown(), (), date(2026, 9, 23))


def report(
    goals: Goal | tuple[Goal, ...], answers: Answers, shown: Shown | None = None, **more: Any
) -> Report:
    return built(cycle(goals, answers, **{"measures": {"I1": SHARE}, "judgements": JUDGED, **more}), shown)


CHAIN = goal(
    id="D1",
    level=Level.DIRECTION,
    title="En stad för alla",
    number="1",
    goals=(
        goal(
            id="C1",
            level=Level.COUNCIL,
            title="Stödet utgår från den enskilde",
            number="1.3",
            goals=(goal(id="B1", level=Level.BOARD, title="Inflytande", goals=(goal(SHARED),)),),
        ),
    ),
)
BOARD_ONLY = goal(
    SHARED, id="B1", level=Level.BOARD, title="Inflytande", sections={"expected_result": "Val."}
)
