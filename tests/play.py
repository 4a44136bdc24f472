"""A cycle of the example as its people live it, morning by morning, without Prefect.

People fill in the workbook that they were sent and put it in the inbox. What they write is the
demonstration's story.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import select

from arshjul.adapters.outbox_server import OutboxServer
from arshjul.adapters.store import tables
from arshjul.adapters.store.files import file_content
from arshjul.adapters.workbooks.filling import fill_workbook
from arshjul.cycle import DIGEST, CycleKey
from arshjul.form import Form
from arshjul.form_making import make_forms
from arshjul.letters import Matter, from_json
from arshjul.office import Office
from arshjul.steps.cycle.cycles import find_cycle
from arshjul.steps.cycle.morning import Morning, morning
from arshjul.steps.cycle.settled import settled
from arshjul.steps.report import deciding
from arshjul.wheel import Milestones
from cli.story import Sheets, Story, read_story
from tests.example import CONFIG, T2, Home

MANAGER = "karin"


@cache
def story() -> Story:
    """What the people of the example do."""
    return read_story(CONFIG / "demo" / "answers.yaml")


def answers_of(person: str, number: int = -1) -> Sheets:
    """What a person writes in her `number`th delivery of the story (the last one)."""
    return [delivery.sheets for delivery in story().deliveries if delivery.person == person][number]


def forms_of(office: Office, key: CycleKey) -> tuple[Form, ...]:
    """The forms of a report, by the real rules, as they are before it opens."""
    config = settled(office, key)
    dates = config.milestones
    return make_forms(
        config.unit,
        config.plan,
        config.catalogue,
        config.kind,
        config.history,
        str(key),
        key.year,
        dates.due.date(),
        dates.opens.date(),
    )


def filled(workbook: bytes, answers: Sheets) -> bytes:
    """The workbook filled in; each only once, since Excel's format takes its time."""
    key = hashlib.sha256(workbook + repr(answers).encode()).hexdigest()
    if key not in _filled:
        _filled[key] = fill_workbook(workbook, answers)
    return _filled[key]


_filled: dict[str, bytes] = {}


@dataclass
class Play:
    """One cycle in one installation, with a mail server that keeps the letters."""

    home: Home
    office: Office
    outbox: OutboxServer
    key: CycleKey = T2

    @property
    def dates(self) -> Milestones:
        return settled(self.office, self.key).milestones

    def morning(self, now: datetime) -> Morning:
        """Read the inbox, take the steps that are due, send the letters."""
        return morning(self.office, self.key, now)

    def steps_taken(self, now: datetime) -> list[str]:
        """The names of the steps that a morning takes, the weekly digest aside."""
        return [name for name in self.morning(now).done.steps if not name.startswith(DIGEST)]

    def workbook(self, person: str) -> bytes:
        """The workbook that was sent to a person."""
        with self.office.database.reading() as session:
            cycle = find_cycle(session, self.key)
            assert cycle is not None
            form = session.scalars(
                select(tables.Form).where(tables.Form.cycle_id == cycle.id, tables.Form.person == person)
            ).one()
            return file_content(session, form.workbook_sha256)

    def hand_in(self, person: str, answers: Sheets | None = None, name: str | None = None) -> Path:
        """Fill in her workbook and put it in the inbox."""
        given = answers_of(person) if answers is None else answers
        return self.put_in_inbox(name or f"{person}.xlsx", filled(self.workbook(person), given))

    def put_in_inbox(self, name: str, content: bytes) -> Path:
        self.home.inbox.mkdir(parents=True, exist_ok=True)
        path = self.home.inbox / name
        path.write_bytes(content)
        return path

    def rows(self, table: type[Any]) -> list[Any]:
        """Every row of a table, in the order in which they came."""
        with self.office.database.reading() as session:
            return list(session.scalars(select(table).order_by(*table.__table__.primary_key.columns)))

    def told(self, kind: str) -> Mapping[str, list[Matter]]:
        """What has been put down to be told of a kind, by receiver."""
        told: dict[str, list[Matter]] = {}
        for notice in self.rows(tables.Notice):
            if notice.kind == kind:
                told.setdefault(notice.receiver, []).append(from_json(notice.content))
        return told

    def judge(self, number: int) -> None:
        """The manager writes and judges, for the `number`th time in the story."""
        judging = story().judgings[number]
        deciding.judge(self.office, self.key, MANAGER, judging.judged, judging.at)

    def explain(self, now: datetime | None = None) -> None:
        """The manager closes the findings that block, with the reasons of the story."""
        for row in self.rows(tables.Finding):
            for one in story().explained:
                if row.state == "open" and (one.code, one.goal) == (row.code, row.evidence.get("goal")):
                    at = now or story().explains_at
                    deciding.close_finding(self.office, self.key, MANAGER, row.id, one.reason, at)

    def approve(self, now: datetime | None = None) -> str:
        """The manager approves; the hash of the manifest."""
        return deciding.approve(self.office, self.key, MANAGER, now or story().approves_at)

    def everything(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every value of every table, to compare."""
        with self.office.database.reading() as session:
            return {
                table.name: [tuple(row) for row in session.execute(select(table))]
                for table in tables.Base.metadata.sorted_tables
            }
