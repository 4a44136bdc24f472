"""When figures may be given: not before they exist, and not after they have been locked.

A report's texts open before its period has ended; a figure that is given then is a guess. After the day on
which the figures are locked one is changed by a correction only. When that is stands in the wheel. Called
when a form is handed in. Pure; `now` is a parameter.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from arshjul.answers import Fault, RawCell, Reading
from arshjul.form import FieldKind, Sheet
from arshjul.milestones import Milestones
from arshjul.swedish_dates import swedish_day
from arshjul.wheel import local_day


def with_untimely_figures(
    sheet: Sheet,
    reading: Reading,
    cells: Mapping[str, RawCell],
    counted: Mapping[str, Decimal | None] | None,
    dates: Milestones,
    now: datetime,
) -> Reading:
    """The reading, with a fault for every figure that may not be given at `now` (aware).

    `counted` are the figures of the answer that counts, by field: those may stand as they were. Whoever has
    not answered before (None) changes nothing, and may give hers when they are locked, too.
    """
    too_early = dates.figures_from is not None and now < dates.figures_from
    if dates.figures_open(now) or (counted is None and not too_early):
        return reading
    return replace(
        reading, faults=(*reading.faults, *_faults(sheet, reading, cells, counted or {}, dates, now))
    )


def _faults(
    sheet: Sheet,
    reading: Reading,
    cells: Mapping[str, RawCell],
    counted: Mapping[str, Decimal | None],
    dates: Milestones,
    now: datetime,
) -> Iterator[Fault]:
    known = {fault.field for fault in reading.faults}
    for field in sheet.fields():
        answer = reading.answers.get(field.id)
        given = answer.number if answer else None
        if field.kind is FieldKind.NUMBER and field.id not in known and given != counted.get(field.id):
            place = cells[field.id].place if field.id in cells else field.label
            yield Fault(field.id, place, _why(dates, now))


def _why(dates: Milestones, now: datetime) -> str:
    first, today = dates.figures_from, local_day(now)
    if first is not None and now < first:
        return (
            f"Siffrorna fylls i från {swedish_day(first.date(), today)}, när perioden är slut. Lämna cellen "
            "tom tills dess; texten kan du skriva nu."
        )
    assert dates.figures_locked is not None
    return (
        f"Siffrorna är låsta sedan {swedish_day(dates.figures_locked.date(), today)}. Låt talet stå som "
        "det var, eller tala med enhetschefen: det kan ändras i en rättelse."
    )
