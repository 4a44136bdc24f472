"""Where what is purged was written: hand-ins, saved answers, the manager's texts, meetings, actions, duties.

In the caller's transaction. What an approved version rests on is left, with a sentence on what has to be
decided. Called by `arshjul.steps.archive.purging`; what quotes it is `arshjul.steps.archive.purged_quotes`.
"""

import hashlib
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from arshjul.adapters.store import tables
from arshjul.adapters.store.columns import canonical
from arshjul.secrecy import identity_numbers
from arshjul.steps.cycle.cycles import key_of

REMOVED = "[borttagen uppgift]"
MEETING = "APT"  # the field's name of what was said at a workplace's meeting
_LEFT = (
    "{report}, version {number}, är godkänd och innehåller uppgiften. Den ändras inte här: gör en rättelse "
    "(arshjul correct) så att en ny version gäller, och begär sedan arkivmyndighetens beslut om gallring av "
    "den gamla versionen och dess arkivpaket."
)
_SHORTEST = 12  # characters: a shorter answer ("Ja") stands in many places and says nothing by itself


@dataclass(slots=True)
class Purged:
    """What was taken out (or would be), by what it stood in; and what is left, in sentences.

    `gone` are the texts to take out wherever else they are found, `files` the hashes of the files on
    disk that they came in.
    """

    counts: dict[str, int] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)
    files: set[str] = field(default_factory=set)

    def add(self, what: str, number: int = 1) -> None:
        """Count something that was found."""
        if number:
            self.counts[what] = self.counts.get(what, 0) + number

    def remember(self, value: str) -> None:
        """A text that is gone from where it was written."""
        self.gone |= {value[number.start : number.end] for number in identity_numbers(value)}
        if len(value) >= _SHORTEST:
            self.gone |= {value, *(line for line in value.splitlines() if len(line) >= _SHORTEST)}


def left_in(cycle: tables.Cycle, number: int) -> str:
    """The sentence on an approved version that holds it, and what has to be done about that."""
    return _LEFT.format(report=key_of(cycle), number=number)


def no_hash() -> str:
    """What stands where a hash stood: tells nothing, and is like no other."""
    return f"rensad-{secrets.token_hex(28)}"


def take_out(session: Session, cycle: tables.Cycle, scope: str | None, field_id: str, done: Purged) -> None:
    """Take a field out of every place where it was written.

    `field_id` is a form's field, a goal of the manager's (without `scope`), the word for the meeting, an
    action or an occurrence of a duty, by its id.
    """
    versions = session.scalars(
        select(tables.ApprovedVersion).where(tables.ApprovedVersion.cycle_id == cycle.id)
    ).all()
    if scope is None:
        _judgements(session, cycle, field_id, versions, done)
    else:
        _submissions(session, cycle, scope, field_id, versions, done)
        saved, meeting = tables.SavedAnswer, tables.AptMeeting
        mine = (saved.cycle_id == cycle.id, saved.scope == scope, saved.field == field_id)
        _texts(session, saved, mine, "value", "sparade svar", done)
        if field_id == MEETING:
            of_it = (meeting.cycle_id == cycle.id, meeting.scope == scope)
            _texts(session, meeting, of_it, "suggestions", "möten", done)
    said = tables.DutyWord
    _texts(
        session,
        said,
        (said.unit_code == cycle.unit_code, said.occurrence == field_id),
        "note",
        "anteckningar om uppgifter",
        done,
    )
    _action(session, cycle.unit_code, field_id, done)


def _texts(session: Session, table: Any, of_it: Sequence[Any], column: str, what: str, done: Purged) -> None:
    """One column of some rows."""
    for row in session.scalars(select(table).where(*of_it)):
        value = getattr(row, column)
        if value and value != REMOVED:
            done.remember(value)
            setattr(row, column, REMOVED)
            done.add(what)


def _submissions(
    session: Session,
    cycle: tables.Cycle,
    scope: str,
    field_id: str,
    versions: Sequence[tables.ApprovedVersion],
    done: Purged,
) -> None:
    frozen = {
        sha256: version.number
        for version in versions
        for sha256 in json.loads(version.manifest)["submissions"].values()
    }
    rows = session.scalars(
        select(tables.Submission).where(
            tables.Submission.cycle_id == cycle.id, tables.Submission.scope == scope
        )
    )
    for row in rows:
        content = json.loads(row.content)
        answers = content.get("answers", content)
        stood = answers.get(field_id)
        value = stood.get("text") if isinstance(stood, dict) else stood
        if not value or value == REMOVED:
            continue
        if row.sha256 in frozen:
            done.left.append(left_in(cycle, frozen[row.sha256]))
            continue
        done.remember(value)
        if isinstance(stood, dict):
            stood["text"] = REMOVED
            answer = session.get(tables.Answer, (row.id, field_id))
            if answer is not None:
                answer.text = REMOVED
        else:
            answers[field_id] = REMOVED
        row.content = canonical(content)
        row.sha256 = hashlib.sha256(row.content.encode()).hexdigest()
        done.add("inlämningar")
        if row.inbox_file_id is not None:
            done.files.add(_forgotten(session, row.inbox_file_id))


def _forgotten(session: Session, file_id: int) -> str:
    """Forget which bytes came in: what stood in them can be guessed from their hash."""
    file = session.get_one(tables.InboxFile, file_id)
    sha256 = file.sha256
    if not sha256.startswith("rensad-"):
        file.sha256 = no_hash()
    return sha256


def _judgements(
    session: Session,
    cycle: tables.Cycle,
    goal: str,
    versions: Sequence[tables.ApprovedVersion],
    done: Purged,
) -> None:
    rows = session.scalars(
        select(tables.Judgement).where(tables.Judgement.cycle_id == cycle.id, tables.Judgement.goal == goal)
    )
    for row in rows:
        if row.synthesis and row.synthesis != REMOVED:
            done.remember(row.synthesis)
            row.synthesis = REMOVED
            done.add("chefens texter")
            before = [version.number for version in versions if version.approved_at >= row.at]
            done.left += [left_in(cycle, number) for number in before[:1]]


def _action(session: Session, unit_code: str, action: str, done: Purged) -> None:
    """What was written of an action: its text, and every word on how it went."""
    events = session.scalars(
        select(tables.ActionEvent).where(
            tables.ActionEvent.unit_code == unit_code, tables.ActionEvent.action == action
        )
    )
    for event in events:
        written = {
            name: value
            for name, value in event.content.items()
            if name in ("text", "note", "how") and value and value != REMOVED
        }
        for value in written.values():
            done.remember(value)
        if written:
            event.content = {**event.content, **dict.fromkeys(written, REMOVED)}
            done.add("åtgärder")
