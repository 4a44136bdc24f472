"""Everything that a cycle's report is made of, gathered: one value that compilation and review read.

Filled from the store by `arshjul.steps.figures.gathering`; its canonical form is hashed to know whether a
draft is still of today. Pure.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from arshjul.actions import Action
from arshjul.answers import Answer, State
from arshjul.catalogue import Measure, infer_measure, read_target
from arshjul.cycle import CycleKey
from arshjul.form_making import asked_goals
from arshjul.form_questions import DISPUTE
from arshjul.history import History
from arshjul.numbers import decimals_of
from arshjul.organisation import Subunit, Unit
from arshjul.plan import Attainment, Goal, Indicator, Plan
from arshjul.report_kinds import ReportKind
from arshjul.sources.given import NOTHING_GIVEN, GivenValues
from arshjul.suppression.register import Release
from arshjul.wheel import Milestones

SUMMARY = "summary"  # the judgement that holds the manager's summary of the whole report


@dataclass(frozen=True, slots=True)
class Counted:
    """The submission that counts for a scope: the newest accepted version."""

    scope: str
    version: int
    received_at: datetime
    sha256: str
    answers: Mapping[str, Answer]

    @property
    def ref(self) -> str:
        """What an origin names: scope and version, never a person."""
        return f"{self.scope} v{self.version}"


@dataclass(frozen=True, slots=True)
class Judged:
    """What the manager decided and wrote under a goal."""

    attainment: Attainment | None
    synthesis: str


@dataclass(frozen=True, slots=True)
class EarlierJudgements:
    """What the unit's report of an earlier period ("VB 2025") decided and said, by goal."""

    period: str
    goals: Mapping[str, Judged]


@dataclass(frozen=True, slots=True)
class EarlierPlan:
    """The plan that the unit's last report rested on, and which report that was ("T1 2026")."""

    period: str
    plan: Plan


@dataclass(frozen=True, slots=True)
class OtherUnit:
    """What another unit of the installation has released of the same indicator and period, as printed."""

    unit_code: str
    name: str
    printed: str


@dataclass(frozen=True, slots=True)
class Child:
    """A unit under a department (a department under an administration) as its decided report has it.

    `version` is 0 where nothing has been approved.
    """

    code: str
    name: str
    version: int
    registry_number: str
    summary: str
    attainments: tuple[Attainment, ...]


@dataclass(frozen=True, slots=True)
class DutyResult:
    """A recurring duty of the period that the report takes up in `section`, and what was noted of it.

    `scope` is a sub-unit's code, empty for the whole unit; `done_on` is None where nobody has noted it.
    """

    section: str
    label: str
    scope: str
    start: date
    end: date
    done_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Within:
    """What a department's cycle is made of, besides its own words.

    `leaves` is a cycle with a scope for every sub-unit of every unit, `scopes` which of them are whose;
    `unreleased` are cells on people that a child has not released itself.
    """

    leaves: "CycleData"
    scopes: Mapping[str, tuple[str, ...]]
    unreleased: frozenset[str]
    children: tuple[Child, ...]


@dataclass(frozen=True, slots=True)
class CycleData:
    """All inputs of a report. `expected` are the scopes that were asked, in the unit's order."""

    key: CycleKey
    unit: Unit
    plan: Plan
    kind: ReportKind
    milestones: Milestones
    registry_number: str
    expected: tuple[str, ...]
    submissions: Mapping[str, Counted]
    catalogue: Mapping[str, Measure] = field(default_factory=dict)
    history: History = field(default_factory=History)
    judgements: Mapping[str, Judged] = field(default_factory=dict)
    apt_dates: Mapping[str, date] = field(default_factory=dict)
    handler: str = ""
    version: int = 1  # the number that the report gets when it is approved
    changes: str = ""  # what a correction changes, in the manager's words
    released: tuple[Release, ...] = ()  # what has left the unit before, oldest first
    promises: tuple[Action, ...] = ()  # what this period's form and report have to answer for
    duties: tuple[DutyResult, ...] = ()  # what recurred in the period, in order of time
    earlier_plan: EarlierPlan | None = None
    went: EarlierJudgements | None = None  # of a plan: the last report on the goals that it goes on from
    given: GivenValues = NOTHING_GIVEN  # what other systems know of the period
    others: Mapping[str, tuple[OtherUnit, ...]] = field(default_factory=dict)  # by indicator id
    staff: tuple[str, ...] = ()  # names that do not belong in the texts of a report
    within: Within | None = None  # of a department: its units' approved reports

    @property
    def part_words(self) -> tuple[str, str]:
        """What the parts of it are called, one and several: "verksamhet", of a department "enhet"."""
        return ("enhet", "enheter") if self.within is not None else ("verksamhet", "verksamheter")

    @property
    def whole_words(self) -> str:
        """What the total of a table is called."""
        return "Alla enheter" if self.within is not None else "Hela enheten"

    @property
    def asked_subunits(self) -> tuple[Subunit, ...]:
        """The sub-units that were asked, in the unit's order."""
        return tuple(subunit for subunit in self.unit.subunits if subunit.code in self.expected)

    @property
    def missing(self) -> tuple[str, ...]:
        """The scopes that have not answered."""
        return tuple(scope for scope in self.expected if scope not in self.submissions)

    @property
    def undecided(self) -> tuple[Goal, ...]:
        """The goals that wait for the manager's own judgement: a proposal is never set by itself."""
        if not self.kind.judges_goals:
            return ()
        judged = {goal for goal, judgement in self.judgements.items() if judgement.attainment is not None}
        return tuple(goal for goal in asked_goals(self.plan, self.kind) if goal.id not in judged)

    def measure(self, indicator: Indicator) -> Measure:
        """The catalogue's measure, or the one that the printed target suggests.

        Printed with at least the decimals of its targets, so that a reader sees what was compared.
        """
        measure = self.catalogue.get(indicator.id) or infer_measure(indicator)
        targets = (read_target(indicator.target), read_target(indicator.council_target))
        numbers = [target.number for target in targets if target and target.number is not None]
        return replace(measure, decimals=max(measure.decimals, *map(decimals_of, numbers), 0))

    def scope_name(self, scope: str) -> str:
        """A sub-unit's name; a section's heading."""
        for subunit in self.unit.subunits:
            if subunit.code == scope:
                return subunit.name
        return self.kind.heading(scope).title

    def answer(self, scope: str, field_id: str) -> Answer | None:
        """What a scope answered in a field, None where it did not."""
        given = self.given.value(scope, field_id)  # a question that another system answers
        if given is not None:
            return Answer(field_id, State.VALUE, number=given.number)
        counted = self.submissions.get(scope)
        return counted.answers.get(field_id) if counted else None

    def ref(self, scope: str, field_id: str = "") -> str:
        """What an answer rests on, for its origin: another system and month, else the scope's submission."""
        given = self.given.value(scope, field_id)
        counted = self.submissions.get(scope)
        return given.origin if given else counted.ref if counted else ""

    def dispute(self, scope: str, group: str) -> str | None:
        """Why a scope says that the values of an indicator or section are wrong; None where it does not."""
        counted = self.submissions.get(scope)
        said = counted.answers.get(f"{group}.{DISPUTE}") if counted else None
        return said.text if said else None

    def fingerprint(self, plan_sha256: str, config_sha256: str) -> str:
        """SHA-256 over what the report depends on; changes when a new version of an answer counts."""
        inputs = {
            "cycle": [self.key.unit_code, str(self.key)],
            "plan": plan_sha256,
            "config": config_sha256,
            "number": self.registry_number,
            "version": [self.version, self.changes],
            "handler": self.handler,
            "expected": list(self.expected),
            "released": [[one.period, one.version, sorted(one.cells.items())] for one in self.released],
            "submissions": {scope: counted.sha256 for scope, counted in self.submissions.items()},
            "judgements": _plain(self.judgements),
            "went": [self.went.period, _plain(self.went.goals)] if self.went else None,
            "given": [
                [v.scope, v.field, v.sex, str(v.number), v.as_of, v.respondents] for v in self.given.values
            ],
            "others": {
                indicator: [[one.unit_code, one.printed] for one in units]
                for indicator, units in self.others.items()
            },
            "promises": [[a.id, a.text, a.status] for a in self.promises],
            "duties": [[d.label, d.scope, str(d.start), str(d.done_on), d.note] for d in self.duties],
        }
        return hashlib.sha256(json.dumps(inputs, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _plain(judgements: Mapping[str, Judged]) -> dict[str, list[str | None]]:
    return {goal: [judged.attainment, judged.synthesis] for goal, judged in judgements.items()}
