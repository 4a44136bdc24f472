"""What was promised and what became of it: the plan's activities, and the promises that were carried here.

Called by `arshjul.report.building`. Pure.
"""

from collections.abc import Iterator, Sequence

from arshjul.actions import STATUS_SWEDISH, Action
from arshjul.answers import State
from arshjul.compilation import ActivityResult, Compiled
from arshjul.promises_kept import answered_in
from arshjul.report.blocks import Block, Cell, Column, Origin, OriginKind, Paragraph, Table
from arshjul.report.goal_part import listed
from arshjul.report.indicator_tables import STATE_WORDS

_NOT_ANSWERED = STATE_WORDS[State.NOT_ANSWERED]


def actions_blocks(compiled: Compiled) -> Iterator[Block]:
    """A table of the plan's activities with how they went, and one of the promises asked about by name."""
    data = compiled.data
    named = [p for p in data.promises if p.is_asked_in(str(data.key))]
    if named:
        yield _named(compiled, named)
    activities = [a for a in compiled.activities.values() if data.kind.asks_activities]
    if activities:
        yield Paragraph(
            "De förväntade resultaten följs upp under varje mål. Så här har det gått med aktiviteterna."
        )
        yield _planned(compiled, activities)


def _named(compiled: Compiled, promises: Sequence[Action]) -> Table:
    data = compiled.data
    rows = []
    for promise in promises:
        answer = answered_in(data, promise)
        origin = Origin(OriginKind.SUBMISSION, answer.ref) if answer else None
        became = _NOT_ANSWERED
        if answer:
            became = (
                f"{STATUS_SWEDISH[answer.status]}. {answer.how}"
                if answer.how
                else STATUS_SWEDISH[answer.status]
            )
        elif not promise.is_open:
            became = f"{STATUS_SWEDISH[promise.status]}. {promise.note}"
        whose = data.scope_name(promise.subunit) if promise.subunit else data.unit.name
        rows.append((Cell(promise.text), Cell(whose), Cell(promise.origin_words), Cell(became, origin)))
    columns = (
        Column("Löfte", width=2),
        Column("Verksamhet"),
        Column("Kommer från"),
        Column("Vad det blev", width=2),
    )
    return Table("Löften från tidigare och vad det blev av dem", columns, tuple(rows))


def _planned(compiled: Compiled, activities: Sequence[ActivityResult]) -> Table:
    rows = tuple(
        (
            Cell(result.activity.title),
            Cell(result.activity.end.isoformat() if result.activity.end else ""),
            Cell(*_outcome(compiled, result)),
        )
        for result in activities
    )
    columns = (Column("Aktivitet i planen", width=2), Column("Till och med"), Column("Vad det blev", width=2))
    return Table("Planens aktiviteter och vad det blev av dem", columns, rows)


def _outcome(compiled: Compiled, result: ActivityResult) -> tuple[str, Origin | None]:
    """What became of an activity in a few words, and from which answers."""
    data = compiled.data
    if result.deviation is None:
        return _NOT_ANSWERED, None
    origin = Origin(OriginKind.RULE, result.activity.id, "Verksamheternas svar om aktiviteten")
    off = [data.scope_name(part.scope) for part in result.parts if part.deviation]
    over = result.activity.end is not None and result.activity.end <= data.milestones.period_end
    rest = "Genomförd" if over else "Pågår enligt planen"
    if not off:
        return rest, origin
    answered = sum(part.deviation is not None for part in result.parts)
    if len(off) == answered:
        return f"Avviker i {listed(off)}", origin
    return f"{rest}, men avviker i {listed(off)}", origin
