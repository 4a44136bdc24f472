"""Activities: a deviation without a word, dates outside the year, an end without a result."""

from collections.abc import Iterator
from datetime import date

from arshjul.plan import Activity, Kind
from arshjul.review.document.model import Model
from arshjul.review.finding import Finding, Severity

_PERIOD_ENDS = {Kind.T1: (4, 30), Kind.T2: (8, 31)}


def activities(model: Model) -> Iterator[Finding]:
    """What a controller marks in the table of activities."""
    seen: set[tuple[str, date | None, date | None]] = set()
    for _, activity in model.plan.activities():
        key = (activity.title, activity.start, activity.end)
        if key in seen:
            continue
        seen.add(key)
        yield from _dates(activity, model)
        if activity.deviation and not (activity.analysis or "").strip():
            yield _on(
                activity,
                model,
                "deviation-without-analysis",
                "Avvikelse är markerad men det står inget om varför.",
            )
        elif model.is_report and _is_over(activity, model) and not (activity.analysis or "").strip():
            yield _on(
                activity,
                model,
                "activity-without-result",
                f"Aktiviteten skulle vara klar {activity.end} men det står inget om hur det gick.",
            )


def _dates(activity: Activity, model: Model) -> Iterator[Finding]:
    start, end, year = activity.start, activity.end, model.year
    if start and end and end < start:
        message = f"Slutdatum {end} ligger före startdatum {start}."
        yield _on(activity, model, "activity-dates-reversed", message, Severity.ERROR)
    elif year is not None and ((start and start.year > year) or (end and end.year < year)):
        dates = " till ".join(str(day) for day in (start, end) if day)
        yield _on(activity, model, "activity-outside-year", f"Aktiviteten ligger utanför {year}: {dates}.")


def _is_over(activity: Activity, model: Model) -> bool:
    """Whether the activity ended in the report's year, within its period."""
    if activity.end is None or model.year is None or model.plan.kind is None:
        return False
    month, day = _PERIOD_ENDS.get(model.plan.kind, (12, 31))
    return date(model.year, 1, 1) <= activity.end <= date(model.year, month, day)


def _on(
    activity: Activity, model: Model, code: str, message: str, severity: Severity = Severity.WARNING
) -> Finding:
    evidence = {"start": str(activity.start or ""), "end": str(activity.end or ""), "year": model.year}
    return model.at_place(code, severity, activity.title, activity.id, message, evidence)
