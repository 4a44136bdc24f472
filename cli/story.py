"""The people of the demonstration: who answers when with what, and what the manager decides.

A story is read from `config/demo/answers.yaml`, or made up for a plan that came from a document. The people
are played through the same ways in that real people have: workbooks in the inbox and decisions on record.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import yaml

from arshjul.adapters.judgements import judged_from
from arshjul.cycle_data import SUMMARY, Judged
from arshjul.errors import BadInput
from arshjul.wheel import STOCKHOLM

Written = str | int | float | date
Sheets = Mapping[str, Mapping[str, Written]]


@dataclass(frozen=True, slots=True)
class Delivery:
    """A filled-in form that lands in the inbox."""

    person: str
    at: datetime
    sheets: Sheets


@dataclass(frozen=True, slots=True)
class Explained:
    """A finding that the manager lets stand, with her reason; `goal` None takes any of that code."""

    code: str
    goal: str | None
    reason: str


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
    invented: bool = False  # the manager judges as the program proposes, and lets every finding stand

    def moments(self) -> list[datetime]:
        """Every time at which somebody does something."""
        times = {d.at for d in self.deliveries} | {j.at for j in self.judgings}
        return sorted(times | {self.explains_at, self.approves_at})


def read_story(path: Path) -> Story:
    """The story of the example installation."""
    content = yaml.safe_load(path.read_text("utf-8"))
    try:
        sheets = content["sheets"]
        manager = content["manager"]
        return Story(
            manager=manager["person"],
            deliveries=tuple(_delivery(one, sheets) for one in content["deliveries"]),
            judgings=(
                Judging(_at(manager["judged_at"]), _judged(manager["judgements"], manager["summary"])),
                Judging(_at(manager["mended_at"]), _judged(manager["mended"], None)),
            ),
            explains_at=_at(manager["closed_at"]),
            explained=tuple(Explained(c["code"], c.get("goal"), c["reason"]) for c in manager["closed"]),
            approves_at=_at(manager["approved_at"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise BadInput(f"berättelsen till demonstrationen går inte att läsa ({error})", str(path)) from error


def _delivery(written: Mapping[str, object], sheets: Mapping[str, Mapping[str, Written]]) -> Delivery:
    changes = written.get("changes") or {}
    names = written["sheets"]
    assert isinstance(changes, dict)
    assert isinstance(names, list)
    filled = {name: {**sheets[name], **changes.get(name, {})} for name in names}
    kept = {
        name: {key: value for key, value in answers.items() if value is not None}
        for name, answers in filled.items()
    }
    return Delivery(str(written["person"]), _at(written["at"]), kept)


def _judged(judgements: Mapping[str, Mapping[str, str]], summary: str | None) -> dict[str, Judged]:
    judged = {goal: judged_from(one["attainment"], one["synthesis"]) for goal, one in judgements.items()}
    return {SUMMARY: judged_from(None, summary), **judged} if summary else judged


def _at(written: object) -> datetime:
    at = written if isinstance(written, datetime) else datetime.fromisoformat(str(written))
    return at.replace(tzinfo=STOCKHOLM)
