"""`demo/answers.yaml`: what the people of the example installation do in its demonstration, and when.

Not part of an installation: only the demonstration and tests call `load_demo`. What is filled in goes by
field ids, as `arshjul.form` makes them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from arshjul.config.records import Source, open_source
from arshjul.errors import BadInput
from arshjul.plan import Attainment

SheetAnswers = Mapping[str, object]  # field id -> text, number or None for a cell left empty


@dataclass(frozen=True, slots=True)
class DeliveryRecord:
    """A delivery as it stands in the file."""

    person: str
    at: datetime
    sheets: tuple[str, ...]
    changes: Mapping[str, Mapping[str, object]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class JudgementRecord:
    """What the manager decides and writes under a goal."""

    attainment: Attainment
    synthesis: str


@dataclass(frozen=True, slots=True)
class ClosingRecord:
    """A finding, by code and goal, that the manager lets stand, and why."""

    code: str
    goal: str
    reason: str


@dataclass(frozen=True, slots=True)
class ManagerRecord:
    """The manager's part, in order of time. `mended` replaces judgements after the review."""

    person: str
    judged_at: datetime
    summary: str
    judgements: Mapping[str, JudgementRecord]
    mended_at: datetime
    mended: Mapping[str, JudgementRecord]
    closed_at: datetime
    closed: tuple[ClosingRecord, ...]
    approved_at: datetime


@dataclass(frozen=True, slots=True)
class DemoRecord:
    """The whole file."""

    cycle: str
    unit: str
    deliveries: tuple[DeliveryRecord, ...]
    manager: ManagerRecord
    sheets: Mapping[str, Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Delivery:
    """One filled-in form: who sends it when, and what stands on the sheets that she has filled in."""

    person: str
    at: datetime
    answers: Mapping[str, SheetAnswers]


@dataclass(frozen=True, slots=True)
class Demo:
    """The demonstration: deliveries in order of time, then the manager's part."""

    cycle: str
    unit_code: str
    deliveries: tuple[Delivery, ...]
    manager: ManagerRecord


def load_demo(folder: Path) -> Demo:
    """The demonstration of the installation whose config lies in `folder`."""
    path = folder / "demo" / "answers.yaml"
    source = open_source(path, f"{folder.resolve().name}/demo/answers.yaml")
    record = source.read(DemoRecord)
    deliveries = (_delivery(source, record, index) for index in range(len(record.deliveries)))
    return Demo(record.cycle, record.unit, tuple(sorted(deliveries, key=lambda d: d.at)), record.manager)


def _delivery(source: Source, record: DemoRecord, index: int) -> Delivery:
    """The sheets as written, with what is different this time; None empties a cell."""
    found = record.deliveries[index]
    for scope in (*found.sheets, *found.changes):
        if scope not in record.sheets:
            raise BadInput(f'bladet "{scope}" finns inte under sheets', source.where("deliveries", index))
    answers = {scope: {**record.sheets[scope], **found.changes.get(scope, {})} for scope in found.sheets}
    return Delivery(found.person, found.at, answers)
