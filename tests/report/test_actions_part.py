"""What was promised and what became of it, as the report tells it."""

from datetime import date

from arshjul.actions import Action, Source
from arshjul.compilation import compile_cycle
from arshjul.plan import Activity
from arshjul.report.actions_part import actions_blocks
from tests.unit.reading_blocks import tables
from tests.unit.small_cycle import HUMLAN, LARKAN, Answers, cycle, goal

ACTIVITIES = (Activity("A1", "Öppet hus", end=date(2026, 4, 24)), Activity("A2", "Konstrunda"))


def test_activities_and_promises_stand_with_what_became_of_them() -> None:
    promises = (
        Action("L1", Source.SAFETY_ROUND, "Flytta hyllan", LARKAN, cycles=("T2 2026",)),
        Action("L2", Source.COMPLAINT, "Svara inom tio dagar", HUMLAN, cycles=("T2 2026",)),
    )
    answers: Answers = {
        LARKAN: {
            "A1.deviation": "Ja",
            "A2.deviation": "Nej",
            "L1.outcome": "Klart",
            "L1.how": "Den är flyttad.",
        },
        HUMLAN: {"A1.deviation": "Nej", "A2.deviation": "Nej"},
    }
    blocks = list(
        actions_blocks(compile_cycle(cycle(goal(activities=ACTIVITIES), answers, promises=promises)))
    )
    (named,) = tables(blocks, "Löften från tidigare och vad det blev av dem")
    assert [row[-1] for row in named[1:]] == ["Klart. Den är flyttad.", "inga uppgifter lämnade"]
    (planned,) = tables(blocks, "Planens aktiviteter och vad det blev av dem")
    assert [row[-1] for row in planned[1:]] == [
        "Genomförd, men avviker i Ateljé Lärkan",
        "Pågår enligt planen",
    ]
