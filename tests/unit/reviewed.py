"""Small reports to review: a plan built from what a test is about, and the codes of its findings."""

from collections.abc import Mapping
from datetime import date

from arshjul.config.review_settings import ReviewSettings
from arshjul.plan import Activity, Attainment, Goal, Indicator, Kind, Level, Plan
from arshjul.review.document_review import review_document
from arshjul.review.finding import Finding

SICK = Indicator("I01", "Sjukfrånvaro", target="8,5 %", outcome="9,7 %", previous="8,1 %", period="2026")
CONTENT = Indicator(
    "I02",
    "Andel deltagare som är nöjda med sin dagliga verksamhet",
    target="80 %",
    outcome="84 %",
    outcome_men="86 %",
    outcome_women="81 %",
    previous="79 %",
    period="2026",
)
INDEX = Indicator("I03", "Aktivt medskapandeindex", target="80", outcome="82", previous="78", period="2026")
VISITS = Indicator(
    "I04", "Antal studiebesök", target="20 st", outcome="26 st", previous="18 st", period="2026"
)


def report(
    *rows: Indicator,
    analysis: str = "",
    attainment: Attainment | None = None,
    activities: tuple[Activity, ...] = (),
    goals: tuple[Goal, ...] = (),
    front: Mapping[str, str] | None = None,
    back: Mapping[str, str] | None = None,
    kind: Kind = Kind.VB,
    year: int | None = 2026,
) -> Plan:
    """A report of one unit goal, with the goals of `goals` beside it."""
    goal = Goal(
        "G01",
        Level.UNIT,
        "Alla får ett gott stöd",
        attainment=attainment,
        sections={"analysis": analysis} if analysis else {},
        indicators=rows,
        activities=activities,
    )
    return Plan(kind, year, "Solgläntans dagliga verksamhet", (goal, *goals), front or {}, back or {})


def explained(row: Indicator, analysis: str, **changes: str | None) -> Indicator:
    """The row with an analysis, and with other cells where a test says so."""
    cells = {
        name: getattr(row, name)
        for name in (
            "target",
            "council_target",
            "outcome",
            "outcome_men",
            "outcome_women",
            "previous",
            "period",
        )
    }
    return Indicator(row.id, row.name, **{**cells, **changes}, analysis=analysis)


def activity(
    title: str = "Alla får handledning",
    start: date | None = date(2026, 1, 1),
    end: date | None = date(2026, 12, 31),
    *,
    deviation: bool = False,
    analysis: str | None = "Genomfört i alla verksamheter.",
) -> Activity:
    """An activity of the year that is reported and done."""
    return Activity("A01", title, start, end, deviation, analysis)


def found(plan: Plan, settings: ReviewSettings | None = None) -> list[Finding]:
    """The findings of the report."""
    return review_document(plan, settings)


def codes(plan: Plan) -> list[str]:
    """The codes of the report's findings."""
    return [finding.code for finding in found(plan)]
