"""Actions in the store: made when a cycle opens, closed when its report is approved, and by hand.

Events are only added; what they make of an action is in `arshjul.actions`. Called when a cycle is opened,
gathered and approved, and by `arshjul actions`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, insert, select, true
from sqlalchemy.orm import Session, aliased

from arshjul.actions import (
    HOW,
    Action,
    Event,
    EventKind,
    Source,
    Status,
    actions_of,
    as_asked,
    closing_words,
    lines_to_carry,
    promised_by,
)
from arshjul.adapters.store import tables
from arshjul.adapters.store.turns import take_turn
from arshjul.cycle import CycleKey
from arshjul.cycle_data import CycleData, EarlierPlan
from arshjul.errors import Refused
from arshjul.form_making import asked_goals
from arshjul.organisation import Unit
from arshjul.plan import Kind
from arshjul.plan_file import read_plan
from arshjul.promises_kept import Answered, answered_in
from arshjul.secrecy import refuse_identity_numbers
from arshjul.steps.cycle.settled import Settled

_CARRIED_ON = (Kind.T1, Kind.T2, Kind.VB)  # the reports that follow up what was promised
NEXT_YEAR = "next_year.text"  # the question "Det ni tar med er till nästa år"


_ID = tables.ActionEvent.action


def actions_in(
    session: Session, unit_code: str, among: ColumnElement[bool] | None = None
) -> tuple[Action, ...]:
    """The actions of a unit as they stand: every one, or those whose ids are `among` some."""
    event = tables.ActionEvent
    rows = session.execute(
        select(event.action, event.kind, event.at, event.person, event.cycle, event.content)
        .where(event.unit_code == unit_code, true() if among is None else among)
        .order_by(event.id)
    )
    return actions_of(Event(row[0], EventKind(row[1]), *row[2:]) for row in rows)


def carried_into(unit_code: str | BindParameter[Any], cycle: str | BindParameter[Any]) -> ColumnElement[bool]:
    """That an event is of an action which a cycle ("T2 2026") has to answer for."""
    event = aliased(tables.ActionEvent)
    carried = event.kind == EventKind.CARRIED.value
    return _ID.in_(select(event.action).where(event.unit_code == unit_code, event.cycle == cycle, carried))


def promises_of(session: Session, key: CycleKey) -> tuple[Action, ...]:
    """What a cycle has to answer for, as its form put it."""
    return as_asked(actions_in(session, key.unit_code, carried_into(key.unit_code, str(key))), str(key))


def events_of_opening(
    actions: Sequence[Action], config: Settled, key: CycleKey, day: date, now: datetime
) -> list[Event]:
    """What the opening of a cycle makes and carries: the plan's promises, and every action that is open."""
    if key.kind not in _CARRIED_ON:
        return []
    cycle, events = str(key), []
    known = {action.id for action in actions}
    asked = [goal.id for goal in asked_goals(config.plan, config.kind)]
    subunits = [(s.code, (s.name, *s.aliases)) for s in config.unit.subunits_on(day)]
    owners = owners_on(config.unit, day)
    for promised in promised_by(config.plan, subunits, asked, key.year):
        action = f"{key.year}-{promised.id}"
        if action not in known:
            content = {
                "source": promised.source.value,
                "text": promised.text,
                "subunit": promised.subunit,
                "owner": owners.get(promised.subunit, ""),
                "goal": promised.goal,
                "due": promised.due.isoformat() if promised.due else None,
            }
            events.append(Event(action, EventKind.MADE, now, "", cycle, content))
            events.append(Event(action, EventKind.CARRIED, now, "", cycle, {}))
    events += [
        Event(action.id, EventKind.CARRIED, now, "", cycle, {})
        for action in actions
        if action.is_open and cycle not in action.cycles
    ]
    return events


def promises_when_open(
    actions: Sequence[Action], config: Settled, key: CycleKey, day: date, now: datetime
) -> tuple[Action, ...]:
    """The actions as they will stand when the cycle has been opened: what its forms are made from."""
    carried = {
        e.action for e in events_of_opening(actions, config, key, day, now) if e.kind is EventKind.CARRIED
    }
    return tuple(
        replace(action, cycles=(*action.cycles, str(key))) if action.id in carried else action
        for action in actions
    )


def owners_on(unit: Unit, day: date) -> dict[str, str]:
    """Who answers for each sub-unit on a day."""
    return {code: a.person for a in unit.answering_on(day) for code in a.subunits}


def keep_events(session: Session, unit_code: str, events: Iterable[Event]) -> None:
    """Add events, in their order: that of their ids."""
    rows = [
        {
            "unit_code": unit_code,
            "action": event.action,
            "kind": event.kind.value,
            "cycle": event.cycle,
            "person": event.person,
            "at": event.at,
            "content": dict(event.content or {}),
        }
        for event in events
    ]
    if rows:
        session.execute(insert(tables.ActionEvent), rows)


def open_promises(session: Session, config: Settled, key: CycleKey, day: date, now: datetime) -> None:
    """Make and carry, in the transaction that opens the cycle; a second time changes nothing."""
    take_turn(session, f"actions {key.unit_code}")
    events = events_of_opening(actions_in(session, key.unit_code), config, key, day, now)
    keep_events(session, key.unit_code, events)


def settle_promises(session: Session, data: CycleData, person: str, now: datetime) -> None:
    """What an approved report settles: what was answered as done or dropped is closed with its words.

    Of the plan's own promises an activity that went as planned is closed when its last day has passed. What
    a sub-unit takes with it to the next year becomes a promise of its own.
    """
    unit = data.key.unit_code
    take_turn(session, f"actions {unit}")
    standing = {action.id: action for action in actions_in(session, unit)}
    events = []
    for promise in data.promises:
        now_stands = standing.get(promise.id)
        answer = answered_in(data, promise)
        if answer is None or now_stands is None or not now_stands.is_open:
            continue
        if answer.status is Status.UNDERWAY and answer.how in ("", now_stands.note):
            continue  # it goes on, and nobody has said anything new of it
        events.append(_settled(promise, answer, str(data.key), person, now))
    for scope, counted in data.submissions.items():
        told = counted.answers.get(NEXT_YEAR)
        for number, line in enumerate(lines_to_carry(told.text or "") if told else [], start=1):
            action = f"{data.key.kind}{data.key.year}-{scope}-{number}"
            if action not in standing:
                content = {
                    "source": Source.LAST_REPORT.value,
                    "text": line,
                    "subunit": scope,
                    "owner": owners_on(data.unit, now.date()).get(scope, ""),
                    "due": date(data.key.year + 1, 12, 31).isoformat(),
                }
                events.append(Event(action, EventKind.MADE, now, person, str(data.key), content))
    keep_events(session, unit, events)


def _settled(promise: Action, answer: Answered, cycle: str, person: str, now: datetime) -> Event:
    if answer.status is Status.UNDERWAY:
        return Event(promise.id, EventKind.CHANGED, now, person, cycle, {"note": answer.how})
    content = {"status": answer.status.value, HOW: answer.how}
    return Event(promise.id, EventKind.CLOSED, now, person, cycle, content)


def add_action(
    session: Session,
    unit: Unit,
    person: str,
    now: datetime,
    *,
    source: Source,
    text: str,
    subunit: str,
    owner: str,
    goal: str = "",
    due: date | None = None,
) -> str:
    """A new action made by hand; its id. It is asked about from the next report that opens."""
    refuse_identity_numbers(text, "åtgärden")
    take_turn(session, f"actions {unit.code}")
    by_hand = actions_in(session, unit.code, _ID.startswith("L"))
    numbers = [int(a.id[1:]) for a in by_hand if a.id[:1] == "L" and a.id[1:].isdigit()]
    action = f"L{max(numbers, default=0) + 1}"
    content = {
        "source": source.value,
        "text": text,
        "subunit": subunit,
        "owner": owner,
        "goal": goal,
        "due": due.isoformat() if due else None,
    }
    keep_events(session, unit.code, [Event(action, EventKind.MADE, now, person, "", content)])
    return action


def close_action(
    session: Session, unit_code: str, action: str, person: str, status: Status, how: str, now: datetime
) -> None:
    """Close an action with a word on how; Refused where it is closed already or the word says nothing."""
    words = closing_words(how)
    take_turn(session, f"actions {unit_code}")
    found = _action(session, unit_code, action)
    if not found.is_open:
        raise Refused(f"{action} är redan stängd: {found.note}")
    content: dict[str, str | None] = {"status": status.value, HOW: words}
    keep_events(session, unit_code, [Event(action, EventKind.CLOSED, now, person, "", content)])


def reopen_action(
    session: Session, unit_code: str, action: str, person: str, why: str, now: datetime
) -> None:
    """Open a closed action again, with a word on why; what was said when it was closed stays on record."""
    words = closing_words(why)
    take_turn(session, f"actions {unit_code}")
    if _action(session, unit_code, action).is_open:
        raise Refused(f"{action} är inte stängd.")
    keep_events(session, unit_code, [Event(action, EventKind.REOPENED, now, person, "", {HOW: words})])


def _action(session: Session, unit_code: str, action: str) -> Action:
    found = next(iter(actions_in(session, unit_code, _ID.in_([action]))), None)
    if found is None:
        raise Refused(f"det finns ingen åtgärd {action} i {unit_code}. Se dem med ”arshjul actions list”.")
    return found


def earlier_plan(session: Session, cycle: tables.Cycle) -> EarlierPlan | None:
    """The plan that the unit's last approved report of the same year rested on; None before the first."""
    row = session.execute(
        select(tables.Cycle, tables.ApprovedVersion.approved_at)
        .join(tables.ApprovedVersion, tables.ApprovedVersion.cycle_id == tables.Cycle.id)
        .where(
            tables.Cycle.unit_code == cycle.unit_code,
            tables.Cycle.year == cycle.year,
            tables.Cycle.kind.in_([kind.value for kind in _CARRIED_ON]),
            tables.Cycle.id != cycle.id,
            tables.Cycle.plan_version_id.is_not(None),
        )
        .order_by(tables.ApprovedVersion.approved_at.desc(), tables.ApprovedVersion.id.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    before: tables.Cycle = row[0]
    version = session.get_one(tables.PlanVersion, before.plan_version_id)
    period = f"{before.kind} {before.year}"
    return EarlierPlan(period, read_plan(version.content, f"plan {before.year}"))
