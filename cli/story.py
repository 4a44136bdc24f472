"""The people of the demonstration: who answers when with what, and what the manager decides.

A story is read from `config/demo/answers.yaml`, or made up for a plan that came from a document. The people
are played through the same ways in that real people have: workbooks in the inbox and decisions on record.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from arshjul.config.records import open_source
from arshjul.cycle_data import SUMMARY, Judged
from arshjul.errors import BadInput
from arshjul.plan import Attainment
from arshjul.wheel import STOCKHOLM

Written = str | int | float | date
Sheets = Mapping[str, Mapping[str, Written]]
_Cells = Mapping[str, Written | None]  # None: left empty


@dataclass(frozen=True, slots=True)
class Delivery:
    """A filled-in form that lands in the inbox."""

    person: str
    at: datetime
    sheets: Sheets


@dataclass(frozen=True, slots=True)
class Stray:
    """A file that lands in the inbox and is no form."""

    at: datetime
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """A workplace meeting (APT) on the report, reported in the portal at a time."""

    at: datetime
    person: str
    scope: str
    held_on: date
    suggestions: str


@dataclass(frozen=True, slots=True)
class Explained:
    """A finding that the manager lets stand, with her reason; `goal` None takes any of that code."""

    code: str
    reason: str
    goal: str | None = None


@dataclass(frozen=True, slots=True)
class Judging:
    """What the manager writes and decides at one time."""

    at: datetime
    judged: Mapping[str, Judged]


@dataclass(frozen=True, slots=True)
class Story:
    """Everything that people do in the cycle, with times."""

    manager: str
    deliveries: tuple[Delivery, ...]
    judgings: tuple[Judging, ...]
    explains_at: datetime
    explained: tuple[Explained, ...]
    approves_at: datetime
    stray: tuple[Stray, ...] = ()
    meetings: tuple[Meeting, ...] = ()  # no morning has to follow one: nothing waits for it
    invented: bool = False  # the manager judges as the program proposes, and lets every finding stand

    def moments(self) -> list[datetime]:
        """Every time at which somebody does something that a morning is to follow."""
        landed = {d.at for d in self.deliveries} | {s.at for s in self.stray}
        times = landed | {j.at for j in self.judgings}
        return sorted(times | {self.explains_at, self.approves_at})


@dataclass(frozen=True, slots=True)
class DeliveryRecord:
    """A delivery as it stands in the file: sheets by scope, and what is different in this one."""

    person: str
    at: str
    sheets: tuple[str, ...]
    changes: Mapping[str, _Cells] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _at(self.at)


@dataclass(frozen=True, slots=True)
class StrayRecord:
    """A file that is no form."""

    at: str
    name: str
    text: str

    def __post_init__(self) -> None:
        _at(self.at)


@dataclass(frozen=True, slots=True)
class MeetingRecord:
    """A meeting on the report: who reports it when, and what was suggested there."""

    person: str
    scope: str
    held_on: date
    at: str
    suggestions: str = ""

    def __post_init__(self) -> None:
        _at(self.at)


@dataclass(frozen=True, slots=True)
class JudgementRecord:
    """What the manager decides and writes under a goal."""

    attainment: Attainment
    synthesis: str


@dataclass(frozen=True, slots=True)
class ManagerRecord:
    """The manager's part, in order of time."""

    person: str
    judged_at: str
    summary: str
    judgements: Mapping[str, JudgementRecord]
    mended_at: str
    mended: Mapping[str, JudgementRecord]
    closed_at: str
    closed: tuple[Explained, ...]
    approved_at: str

    def __post_init__(self) -> None:
        for at in (self.judged_at, self.mended_at, self.closed_at, self.approved_at):
            _at(at)


@dataclass(frozen=True, slots=True)
class StoryRecord:
    """The whole file. `sheets` are answers by scope and field id."""

    cycle: str
    unit: str
    deliveries: tuple[DeliveryRecord, ...]
    manager: ManagerRecord
    sheets: Mapping[str, _Cells]
    stray: tuple[StrayRecord, ...] = ()
    meetings: tuple[MeetingRecord, ...] = ()


def read_story(path: Path) -> Story:
    """The story of the example installation."""
    source = open_source(path, f"config/demo/{path.name}")
    record = source.read(StoryRecord)
    for place, delivery in enumerate(record.deliveries):
        for name in delivery.sheets:
            if name not in record.sheets:
                raise BadInput(f'bladet "{name}" finns inte under sheets', source.where("deliveries", place))
    manager = record.manager
    return Story(
        manager=manager.person,
        deliveries=tuple(_delivery(one, record.sheets) for one in record.deliveries),
        judgings=(
            Judging(
                _at(manager.judged_at),
                {SUMMARY: Judged(None, manager.summary.strip()), **_judged(manager.judgements)},
            ),
            Judging(_at(manager.mended_at), _judged(manager.mended)),
        ),
        explains_at=_at(manager.closed_at),
        explained=manager.closed,
        approves_at=_at(manager.approved_at),
        stray=tuple(Stray(_at(one.at), one.name, one.text) for one in record.stray),
        meetings=tuple(
            Meeting(_at(one.at), one.person, one.scope, one.held_on, one.suggestions)
            for one in record.meetings
        ),
    )


def _delivery(record: DeliveryRecord, sheets: Mapping[str, _Cells]) -> Delivery:
    filled = {name: {**sheets[name], **record.changes.get(name, {})} for name in record.sheets}
    kept = {
        name: {key: value for key, value in answers.items() if value is not None}
        for name, answers in filled.items()
    }
    return Delivery(record.person, _at(record.at), kept)


def _judged(judgements: Mapping[str, JudgementRecord]) -> dict[str, Judged]:
    return {goal: Judged(one.attainment, one.synthesis.strip()) for goal, one in judgements.items()}


def _at(written: str) -> datetime:
    try:
        return datetime.fromisoformat(written).replace(tzinfo=STOCKHOLM)
    except ValueError:
        raise ValueError(f'"{written}" är ingen tid; skriv som 2026-09-08T08:00') from None
