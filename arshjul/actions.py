"""Actions (åtgärder, löften): what somebody undertook, and what became of it.

One kind of object, wherever it comes from. An action is what its events make of it: made, changed, carried
into a period, closed with a word on how, reopened when that was wrong. Events are only ever added. Which
events a cycle gives rise to is in `arshjul.steps.duties.actions`; here are the states and the rules. Pure.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from arshjul.errors import Refused
from arshjul.plan import Plan
from arshjul.secrecy import refuse_identity_numbers

OUTCOME, HOW = "outcome", "how"  # the parts of a promise's fields in a form
_FEWEST_WORDS = 3  # of the word on how an action was closed


class Source(StrEnum):
    """Where an action comes from."""

    PLAN = "plan"
    EXPECTED_RESULT = "expected_result"
    LAST_REPORT = "last_report"
    SELF_CHECK = "self_check"
    USER_SURVEY = "user_survey"
    COMPLAINT = "complaint"
    SAFETY_ROUND = "safety_round"
    SUPERVISION = "supervision"
    FINDING = "finding"
    APT = "apt"


SOURCE_SWEDISH: Mapping[Source, str] = {
    Source.PLAN: "verksamhetsplanen",
    Source.EXPECTED_RESULT: "förväntat resultat i planen",
    Source.LAST_REPORT: "förra rapporten",
    Source.SELF_CHECK: "egenkontroll",
    Source.USER_SURVEY: "brukarundersökning",
    Source.COMPLAINT: "klagomål",
    Source.SAFETY_ROUND: "skyddsrond",
    Source.SUPERVISION: "tillsyn",
    Source.FINDING: "granskningen",
    Source.APT: "förslag på APT",
}


class Status(StrEnum):
    """What has become of an action."""

    UNDERWAY = "underway"
    DONE = "done"
    DROPPED = "dropped"


STATUS_SWEDISH: Mapping[Status, str] = {
    Status.UNDERWAY: "Pågår",
    Status.DONE: "Klart",
    Status.DROPPED: "Blir inte av",
}
PROMISE_GOES_ON = STATUS_SWEDISH[Status.UNDERWAY]
OUTCOME_CHOICES = tuple(STATUS_SWEDISH.values())


class EventKind(StrEnum):
    """What happened to an action. Closed and reopened undo each other; nothing is ever taken away."""

    MADE = "made"
    CHANGED = "changed"
    CARRIED = "carried"
    CLOSED = "closed"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True)
class Event:
    """One event. `cycle` is the period it belongs to ("T2 2026"), empty for what was done by hand.

    `content` of MADE and CHANGED are fields of the action; of CLOSED its status and the word on how.
    """

    action: str
    kind: EventKind
    at: datetime
    person: str
    cycle: str = ""
    content: Mapping[str, str | None] = None  # type: ignore[assignment]  # always given by the store

    def said(self, name: str) -> str | None:
        """A field of the content."""
        return (self.content or {}).get(name)


@dataclass(frozen=True, slots=True)
class Action:
    """An action as it stands.

    `id` never changes: a plan's is "<year>-<its id in the plan>-<sub-unit>". `subunit` is a sub-unit's code,
    empty for the whole unit, `owner` a person's id, `goal` an id of the plan. `cycles` are the periods it
    has been carried into, `closed_in` the one it was closed in, empty by hand.
    """

    id: str
    source: Source
    text: str
    subunit: str = ""
    owner: str = ""
    goal: str = ""
    due: date | None = None
    status: Status = Status.UNDERWAY
    note: str = ""
    made_in: str = ""
    cycles: tuple[str, ...] = ()
    closed_in: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether it waits for somebody."""
        return self.status is Status.UNDERWAY

    @property
    def is_planned(self) -> bool:
        """Whether the plan's own fields ask for it."""
        return self.source in (Source.PLAN, Source.EXPECTED_RESULT)

    @property
    def plan_id(self) -> str:
        """The id in its plan of what it was made from ("A01")."""
        return self.id.partition("-")[2].removesuffix(f"-{self.subunit}")

    @property
    def outcome_field(self) -> str:
        """The form's field for what became of it."""
        return f"{self.id}.{OUTCOME}"

    @property
    def how_field(self) -> str:
        """The form's field for the word on how."""
        return f"{self.id}.{HOW}"

    @property
    def origin_words(self) -> str:
        """Where it comes from, in Swedish ("skyddsrond, T1 2026")."""
        words = SOURCE_SWEDISH[self.source]
        return f"{words}, {self.made_in}" if self.made_in else words

    def is_asked_in(self, cycle: str) -> bool:
        """Whether a period's form asks by name what became of it.

        What the plan promised is answered under its activity or goal as long as the plan's year lasts; what
        is left of it then is asked by name.
        """
        if cycle not in self.cycles:
            return False
        return not self.is_planned or _year(cycle) != _year(self.made_in)


def _year(cycle: str) -> str:
    return cycle.rpartition(" ")[2][:4]


def actions_of(events: Iterable[Event]) -> tuple[Action, ...]:
    """The actions that the events make, in the order they were made. Events are given in their order."""
    found: dict[str, Action] = {}
    carried: dict[str, dict[str, None]] = {}  # the most of a log, and each period counts once
    for event in events:
        if event.kind is EventKind.CARRIED and event.action in found:
            carried.setdefault(event.action, {})[event.cycle] = None
        else:
            found[event.action] = _after(found.get(event.action), event)
    return tuple(replace(a, cycles=tuple(carried.get(id_, ()))) for id_, a in found.items())


def _after(action: Action | None, event: Event) -> Action:
    if action is None:
        due = event.said("due")
        return Action(
            id=event.action,
            source=Source(event.said("source") or Source.PLAN),
            text=event.said("text") or "",
            subunit=event.said("subunit") or "",
            owner=event.said("owner") or "",
            goal=event.said("goal") or "",
            due=date.fromisoformat(due) if due else None,
            note=event.said("note") or "",
            made_in=event.cycle,
        )
    match event.kind:
        case EventKind.CLOSED:
            status = Status(event.said("status") or Status.DONE)
            return replace(action, status=status, note=event.said("how") or "", closed_in=event.cycle)
        case EventKind.REOPENED:
            note = event.said("how") or action.note
            return replace(action, status=Status.UNDERWAY, note=note, closed_in=None)
        case _:
            due = event.said("due")
            return replace(
                action,
                text=event.said("text") or action.text,
                owner=event.said("owner") or action.owner,
                note=event.said("note") or action.note,
                due=date.fromisoformat(due) if due else action.due,
            )


def as_asked(actions: Iterable[Action], cycle: str) -> tuple[Action, ...]:
    """The actions of a period as its form put them: what the period itself closed stands as open."""
    return tuple(
        replace(a, status=Status.UNDERWAY, closed_in=None) if a.closed_in == cycle else a
        for a in actions
        if cycle in a.cycles
    )


def closing_words(how: str) -> str:
    """The word on how an action was closed; Refused where it says nothing."""
    words = " ".join(how.split())
    if len(words.split()) < _FEWEST_WORDS:
        raise Refused("Skriv med minst några ord hur det gick: det är det som står kvar.")
    refuse_identity_numbers(words, "det som står kvar om åtgärden")
    return words


@dataclass(frozen=True, slots=True)
class Promised:
    """What a plan promises one sub-unit, before it is an action."""

    id: str
    source: Source
    text: str
    subunit: str
    goal: str
    due: date | None


def promised_by(
    plan: Plan, subunits: Sequence[tuple[str, Sequence[str]]], goals: Iterable[str], year: int
) -> Iterator[Promised]:
    """Activities and expected results of a plan, each for the sub-units that it is for.

    `subunits` are codes with their names. What names one or some of them is theirs; what names nobody is
    everybody's. `goals` are those that are asked for: their expected results are promises.
    """
    asked = set(goals)
    for goal in plan.walk():
        result = goal.sections.get("expected_result")
        if goal.id in asked and result:
            for code in _whose(result, subunits):
                yield Promised(
                    f"{goal.id}-{code}", Source.EXPECTED_RESULT, result, code, goal.id, date(year, 12, 31)
                )
        for activity in goal.activities:
            for code in _whose(activity.title, subunits):
                yield Promised(
                    f"{activity.id}-{code}", Source.PLAN, activity.title, code, goal.id, activity.end
                )


def _whose(text: str, subunits: Sequence[tuple[str, Sequence[str]]]) -> list[str]:
    named = [
        code
        for code, names in subunits
        if any(re.search(rf"(?<!\w){re.escape(name)}s?(?!\w)", text) for name in names)
    ]
    return named or [code for code, _ in subunits]


def lines_to_carry(text: str) -> list[str]:
    """The things in "Det vi tar med oss till nästa år": one a line, without bullets."""
    lines = (re.sub(r"^\s*[-–•*]\s*", "", line).strip() for line in text.split("\n"))
    return [line for line in lines if line]
