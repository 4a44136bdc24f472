"""A controller who has read the figures asks for a change in a part; the manager decides on it.

What is asked stands on the manager's page of the cycle until a new version of the part has come, or she has
put it aside; the next morning's letter tells her so. On record as decisions are. Called by the portal.
"""

from datetime import datetime

from arshjul.adapters.store import tables
from arshjul.adapters.store.tables.deciding import DecisionKind
from arshjul.cycle import CycleKey
from arshjul.errors import Refused
from arshjul.office import Office
from arshjul.organisation import Role
from arshjul.steps.cycle.cycles import find_cycle, hold_cycle
from arshjul.steps.cycle.decisions import decide, require_reason
from arshjul.steps.cycle.digesting import where_it_stands
from arshjul.steps.cycle.settled import settled
from arshjul.steps.cycle.standing import scope_standing
from arshjul.steps.cycle.versions import counting_submission
from arshjul.steps.cycle.wishes import Wish, open_wishes
from arshjul.steps.letters.notices import notify
from arshjul.wheel import local_day


def ask_change(office: Office, key: CycleKey, scope: str, person: str, reason: str, now: datetime) -> None:
    """Put down what should be changed in a part that has been handed in."""
    require_reason(reason, "Skriv vad som behöver ändras, med minst några ord.", "det som behöver ändras")
    config = settled(office, key)
    standing = scope_standing(office, key)
    with office.database.writing() as session:
        cycle = hold_cycle(session, key)
        newest = counting_submission(session, cycle, scope) if cycle else None
        if cycle is None or newest is None:
            raise Refused("Det finns inget inlämnat svar att ändra i.")
        asked = decide(
            session,
            cycle,
            DecisionKind.ASK_CHANGE,
            person,
            now,
            subject=newest.sha256,
            content={"scope": scope, "version": newest.version},
            reason=reason,
        )
        letter = where_it_stands(office, session, cycle, config, standing)
        for manager in config.unit.holders(Role.MANAGER, local_day(now)):
            notify(session, cycle, letter, cause=f"wish {asked.id}", receiver=manager, now=now)


def set_aside(office: Office, key: CycleKey, number: int, person: str, now: datetime) -> None:
    """The manager has read it, and it leads to nothing more."""
    with office.database.writing() as session:
        cycle = hold_cycle(session, key)
        asked = session.get(tables.Decision, number)
        if (
            cycle is None
            or asked is None
            or asked.cycle_id != cycle.id
            or asked.kind != DecisionKind.ASK_CHANGE
        ):
            raise Refused("Önskemålet finns inte.")
        kind, subject = DecisionKind.SET_ASIDE, asked.subject_sha256
        decide(session, cycle, kind, person, now, subject=subject, content={"of": number})


def wishes(office: Office, key: CycleKey) -> list[Wish]:
    """What is asked for and still stands, the oldest first."""
    with office.database.reading() as session:
        cycle = find_cycle(session, key)
        return open_wishes(session, cycle) if cycle else []
