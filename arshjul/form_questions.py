"""The rows of a form for what hangs on the plan: one goal, one activity at a time.

Field ids are "<id in the plan>.<part>"; the parts are named here, once, for everybody who reads answers.
Indicators have rows of their own in `arshjul.form_indicators`. Which goals stand on a sheet, and in what
order, is in `arshjul.form_making`, the only caller of the functions. Pure.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from arshjul.catalogue import Sex
from arshjul.form import (
    NOT_APPLICABLE,
    STATUS_CHOICES,
    YES,
    YES_NO,
    Field,
    FieldKind,
    Heading,
    Info,
    Prefill,
    Row,
)
from arshjul.history import WHOLE_UNIT, EarlierValue, History
from arshjul.plan import LEVEL_SWEDISH, Activity, Goal
from arshjul.report_kinds import GoalQuestion, ReportKind
from arshjul.sources.given import NOTHING_GIVEN, GivenValues

STATUS, ANALYSIS = "status", "analysis"
ACTIVITIES = "activities"  # what a plan asks under a goal; beside it stand the activities of the last plan
TOTAL, WOMEN, MEN = "total", "women", "men"
RESPONDENTS, WOMEN_RESPONDENTS, MEN_RESPONDENTS = "respondents", "women_respondents", "men_respondents"
STATE, COMMENT, DEVIATION = "state", "comment", "deviation"
DISPUTE = "dispute"  # why a value from another system is wrong

VALUE_PARTS = (TOTAL, WOMEN, MEN)
RESPONDENT_PARTS = {TOTAL: RESPONDENTS, WOMEN: WOMEN_RESPONDENTS, MEN: MEN_RESPONDENTS}


@dataclass(frozen=True, slots=True)
class Past:
    """What earlier periods gave one sub-unit; `scopes` are its own code and then its predecessor's."""

    history: History
    scopes: tuple[str, ...]
    prefill: tuple[str, ...]
    compared: tuple[str, ...]
    given: GivenValues = NOTHING_GIVEN
    plan: str = ""  # the plan's own name ("VP 2026"), for what is shown from it
    went: tuple[str, ...] = ()  # the reports that say how it went

    def text(self, field_id: str) -> Prefill | None:
        """The text written last time in the field."""
        for scope in self.scopes:
            if found := self.history.text(self.prefill, scope, field_id):
                return Prefill(found.period, found.text)
        return None

    def told(self, goal: str) -> Iterator[Info]:
        """What the newest report said of a goal: how it was judged, and the analysis."""
        for scope in self.scopes:
            analysis = self.history.text(self.went, scope, f"{goal}.{ANALYSIS}")
            if analysis is None:
                continue
            judged = self.history.text((analysis.period,), scope, f"{goal}.{STATUS}")
            words = f"{judged.text}. {analysis.text}" if judged else analysis.text
            yield Info(f"Så gick det ({analysis.period})", words)
            return

    def value(self, periods: Iterable[str], indicator: str, sex: Sex) -> EarlierValue | None:
        """The sub-unit's own earlier value, or the unit's where it has none."""
        wanted = tuple(periods)
        for scope in (*self.scopes, WHOLE_UNIT):
            if found := self.history.value(wanted, scope, indicator, sex):
                return found
        return None


def numbered(goal: Goal) -> str:
    """The goal's title with its number where it has one ("1.3 Omsorgen är trygg")."""
    return f"{goal.number} {goal.title}" if goal.number else goal.title


def goal_rows(goal: Goal, kind: ReportKind, past: Past) -> Iterator[Row]:
    """Heading, what the plan promised, status and analysis."""
    yield Heading(f"{LEVEL_SWEDISH[goal.level]}: {numbered(goal)}", 2)
    for key in kind.form_texts:
        if text := goal.sections.get(key):
            yield Info(kind.goal_texts.get(key, key), text)
    if kind.judges_goals:
        yield from _judged_rows(goal, past)
    else:
        yield from _planned_rows(goal, kind, past)


def _judged_rows(goal: Goal, past: Past) -> Iterator[Row]:
    yield Field(
        id=f"{goal.id}.{STATUS}",
        kind=FieldKind.CHOICE,
        label="Bedömning",
        instruction="Välj det som stämmer bäst. Välj ”Berör inte oss” om målet inte gäller er; "
        "då kan ni lämna resten av målet tomt.",
        required=True,
        choices=STATUS_CHOICES,
    )
    analysis = f"{goal.id}.{ANALYSIS}"
    yield Field(
        id=analysis,
        kind=FieldKind.TEXT,
        label="Analys",
        instruction="Skriv kort: Vad har ni gjort? Vilket resultat ser ni? Varför blev det så, och vad gör "
        "ni härnäst? Skriv inget som kan kopplas till en enskild person.",
        required=True,
        earlier=past.text(analysis),
    )


def _planned_rows(goal: Goal, kind: ReportKind, past: Past) -> Iterator[Row]:
    """What a plan asks under a goal: whether it concerns them, then the kind's own questions."""
    yield from past.told(goal.id)
    yield Field(
        id=f"{goal.id}.{STATUS}",
        kind=FieldKind.CHOICE,
        label="Ska ni arbeta med målet?",
        instruction=f"Välj Ja eller ”{NOT_APPLICABLE}”. Berör målet inte er kan ni lämna resten av det tomt.",
        required=True,
        choices=(YES, NOT_APPLICABLE),
    )
    for question in kind.goal_asks:
        field_id = f"{goal.id}.{question.part}"
        yield Field(
            id=field_id,
            kind=FieldKind.TEXT,
            label=question.label,
            instruction=question.instruction,
            required=question.required,
            earlier=past.text(field_id) or _from_plan(goal, question, past),
        )


def _from_plan(goal: Goal, question: GoalQuestion, past: Past) -> Prefill | None:
    """What the plan says that the new one starts from: its text, or its activities."""
    text = goal.sections.get(question.part)
    if not text and question.part == ACTIVITIES:
        text = "; ".join(activity.title for activity in goal.activities)
    return Prefill(past.plan, text) if text else None


def dispute_field(group: str) -> Field:
    """Where whoever answers says that a value from another system is wrong."""
    return Field(
        id=f"{group}.{DISPUTE}",
        kind=FieldKind.TEXT,
        label="Stämmer det inte?",
        instruction="Lämna tomt om det stämmer. Annars skriver du vad som är fel och varför. Värdet ändras "
        "inte, men det märks som ifrågasatt och din chef ser vad du skrivit.",
    )


def activity_rows(activity: Activity, past: Past) -> Iterator[Row]:
    """Heading, dates, whether it deviates from the plan and why."""
    yield Heading(f"Aktivitet: {activity.title}", 3)
    if activity.start or activity.end:
        yield Info("Tid", f"{activity.start or ''} – {activity.end or ''}".strip())
    yield Field(
        id=f"{activity.id}.{DEVIATION}",
        kind=FieldKind.CHOICE,
        label="Avviker aktiviteten?",
        instruction="Välj Ja om aktiviteten är försenad, ändrad eller inställd hos er, annars Nej.",
        required=True,
        choices=YES_NO,
    )
    why = "Behövs om ni svarat Ja: vad avviker, varför, och vad gör ni åt det?"
    yield comment_field(activity.id, why, past)


def comment_field(of: str, instruction: str, past: Past) -> Field:
    """Where an indicator or an activity, by its id, is commented on; what was written last time beside it."""
    field_id = f"{of}.{COMMENT}"
    return Field(
        id=field_id,
        kind=FieldKind.TEXT,
        label="Kommentar",
        instruction=instruction,
        earlier=past.text(field_id),
    )
