"""What does not go as planned, what every third of a year measures, and what has been changed in the plan.

Called by `arshjul.report.building`. Pure.
"""

from collections.abc import Iterator

from arshjul.compilation import Compiled
from arshjul.plan import ATTAINMENT_SWEDISH, Attainment
from arshjul.plan_diff import Change, Difference, Part, diff_plans
from arshjul.report.blocks import Block, Cell, Column, Origin, OriginKind, Paragraph, Table
from arshjul.report.goal_part import shows_status
from arshjul.report.indicator_tables import UNKNOWN, activity_table, indicator_table


def off_plan_blocks(compiled: Compiled) -> Iterator[Block]:
    """Goals that are not met in full, indicators that miss their target, activities that deviate."""
    kind = compiled.data.kind
    goals = [
        r
        for r in compiled.goals.values()
        if r.decided in (Attainment.PARTIAL, Attainment.NOT_MET) and shows_status(compiled, r)
    ]
    indicators = [r for r in compiled.indicators.values() if r.asked and r.met_target is False]
    activities = [a for a in compiled.activities.values() if kind.asks_activities and a.deviation]
    if goals:
        rows = tuple(
            (
                Cell(f"{r.goal.number} {r.goal.title}" if r.goal.number else r.goal.title),
                Cell(
                    ATTAINMENT_SWEDISH[r.decided],
                    Origin(OriginKind.MANAGER, r.goal.id, "Enhetschefens bedömning"),
                    attainment=r.decided,
                ),
            )
            for r in goals
            if r.decided is not None
        )
        yield Table("Mål som inte uppfylls helt", (Column("Mål", width=2.6), Column("Bedömning")), rows)
    if indicators:
        yield indicator_table(compiled, indicators, "Indikatorer som inte når årsmålet")
    if activities:
        yield activity_table(compiled, activities, "Aktiviteter som avviker från planen")
    if not (goals or indicators or activities):
        yield Paragraph("Inget avviker från planen i de uppgifter som är lämnade.")


def indicators_blocks(compiled: Compiled) -> Iterator[Block]:
    """All indicators that this report asks for, in one table."""
    asked = [r for r in compiled.indicators.values() if r.asked]
    if asked:
        yield Paragraph("Analysen av varje indikator står under sitt mål.")
        yield indicator_table(compiled, asked, "Indikatorer som följs upp nu")


def changes_blocks(compiled: Compiled) -> Iterator[Block]:
    """Indicators and targets that are others than in the unit's last report: both versions."""
    before = compiled.data.earlier_plan
    if before is None:
        return
    changes = [
        c for c in diff_plans(before.plan, compiled.data.plan) if c.part in (Part.INDICATOR, Part.TARGET)
    ]
    if not changes:
        yield Paragraph(f"Inga indikatorer eller målvärden har ändrats sedan {before.period}.")
        return
    origin = Origin(OriginKind.PLAN, f"jämförelse {before.period}", f"Planen nu mot planen i {before.period}")
    columns = (
        Column("Indikator", width=2.4),
        Column("Vad som är ändrat", width=1.2),
        Column(before.period),
        Column("Nu"),
    )
    rows = tuple(
        (
            Cell(change.name),
            Cell(_what(change), origin),
            Cell(change.before or UNKNOWN),
            Cell(change.after or UNKNOWN),
        )
        for change in changes
    )
    yield Table("Ändringar av indikatorer och målvärden", columns, rows)


def _what(change: Change) -> str:
    match change.difference:
        case Difference.CAME:
            return "Ny indikator"
        case Difference.WENT:
            return "Följs inte längre upp"
        case Difference.CHANGED:
            field = change.field or "Ändrad"
            return field[:1].upper() + field[1:]
