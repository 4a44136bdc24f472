"""Who may do what: roles, deeds, and the table that ties them together.

One table serves the portal, its API and the test that walks every page as every role. A person's roles come
from her assignments on the day; a stand-in has those of the one she stands in for. Pure.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from arshjul.organisation import Role, Unit


class Deed(StrEnum):
    """Something that can be done or seen in a unit."""

    ANSWER = "answer"  # fill in and hand in one's own part of a form
    SEE_ANSWERS = "see_answers"  # read what others have answered
    SEE_CYCLE = "see_cycle"  # who has answered, what waits, letters sent
    ASK_CHANGE = "ask_change"  # tell the manager that something in a part should be changed
    CHASE = "chase"  # remind now, return, give more time
    SEE_FINDINGS = "see_findings"
    SEE_DRAFT = "see_draft"  # the report before it is approved
    WRITE = "write"  # the unit's own texts and judgements
    DECIDE = "decide"  # approve, correct, close findings
    DO_DUTY = "do_duty"  # say that a recurring duty of one's own is done
    SEE_REPORT = "see_report"  # the approved report
    HOLD_APT = "hold_apt"  # the workplace's sheet, the day it was taken up and what was said
    SEE_ARCHIVE = "see_archive"  # register numbers, packages and their state
    OPERATE = "operate"  # letters, quarantine, jobs: no contents of reports


_EVERYBODY = frozenset({Deed.SEE_REPORT, Deed.DO_DUTY})
_ANSWERS = _EVERYBODY | {Deed.ANSWER, Deed.HOLD_APT}
MAY: Mapping[Role, frozenset[Deed]] = {
    Role.MANAGER: _ANSWERS
    | {
        Deed.SEE_ANSWERS,
        Deed.SEE_CYCLE,
        Deed.CHASE,
        Deed.SEE_FINDINGS,
        Deed.SEE_DRAFT,
        Deed.WRITE,
        Deed.DECIDE,
        Deed.SEE_ARCHIVE,
    },
    Role.DEPUTY: _ANSWERS,
    Role.TEAM_LEADER: _ANSWERS,
    Role.CONTROLLER: _EVERYBODY
    | {Deed.ANSWER, Deed.SEE_CYCLE, Deed.SEE_FINDINGS, Deed.SEE_DRAFT, Deed.ASK_CHANGE},
    Role.REGISTRAR: _EVERYBODY | {Deed.SEE_ARCHIVE},
    Role.OPERATOR: frozenset({Deed.OPERATE, Deed.DO_DUTY}),
}
OF_A_SCOPE = frozenset({Deed.ANSWER, Deed.HOLD_APT})  # only for the scopes that one answers for


def roles(unit: Unit, people: frozenset[str], day: date) -> frozenset[Role]:
    """The roles that any of `people` (a person and those she stands in for) holds in the unit."""
    return frozenset(a.role for a in unit.assignments_on(day) if a.person in people)


def scopes(unit: Unit, people: frozenset[str], day: date) -> frozenset[str]:
    """The sub-units and sections that any of `people` answers for."""
    return frozenset(
        scope for a in unit.answering_on(day) if a.person in people for scope in (*a.subunits, *a.sections)
    )


def may(unit: Unit, people: frozenset[str], deed: Deed, day: date, scope: str | None = None) -> bool:
    """Whether any of `people` may do `deed` in the unit; `scope` narrows what is bound to one.

    A manager may hold the APT of every workplace of her unit; she answers only for her own.
    """
    held = roles(unit, people, day)
    if not any(deed in MAY[role] for role in held):
        return False
    if scope is None or deed not in OF_A_SCOPE:
        return True
    if deed is Deed.HOLD_APT and Role.MANAGER in held:
        return True
    return scope in scopes(unit, people, day)
