"""What the registrar and the operator look after: cases and packages; letters, files put aside. Reads only.

No text of a report, no answer and no letter's contents is here. Called by the portal.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select

from arshjul.adapters.store import tables
from arshjul.adapters.store.tables.answering import QUARANTINED
from arshjul.cycle import CycleKey
from arshjul.letters import MatterKind
from arshjul.office import Office
from arshjul.steps.answers.collecting import inbox_files
from arshjul.steps.cycle.cycles import key_of
from arshjul.steps.portal.cycle_view import LETTER_WORDS
from arshjul.steps.portal.letters_waiting import WaitingView, letters_waiting

LETTERS_SHOWN = 100

STATE_WORDS = {
    "pending": "väntar",
    "claimed": "skickas",
    "sent": "skickat",
    "refused": "nekat av mottagarens server",
    "given_up": "gick inte fram",
    "withdrawn": "behövdes inte längre",
}


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case: its register number, what has been decided, and its packages."""

    key: CycleKey
    unit_name: str
    registry_number: str | None
    versions: int
    decided_at: datetime | None
    packages: tuple["PackageView", ...]


@dataclass(frozen=True, slots=True)
class PackageView:
    """An archive package: its name, when it was written, and its hash; `written_at` None: being written."""

    name: str
    written_at: datetime | None
    sha256: str | None


@dataclass(frozen=True, slots=True)
class LetterView:
    """A letter: to whom, about which kinds of matter, and how it went. Never what it says."""

    to: str
    kinds: tuple[str, ...]
    state: str
    created_at: datetime
    sent_at: datetime | None
    trouble: str | None


@dataclass(frozen=True, slots=True)
class WorkView:
    """How the installation is doing."""

    waiting: WaitingView | None
    states: tuple[tuple[str, int], ...]
    letters: tuple[LetterView, ...]
    quarantined: tuple[tuple[str, str, datetime], ...]
    waiting_files: int


def cases_of(office: Office, units: frozenset[str]) -> list[CaseView]:
    """Every case of the units, the newest first: three questions, however many they are."""
    names = {unit.code: unit.short_name for unit in office.installation.organisation.units}
    version, package = tables.ApprovedVersion, tables.Package
    is_case = tables.Cycle.unit_code.in_(units), tables.Cycle.registry_number.is_not(None)
    decided: dict[int, list[datetime]] = {}
    packages: dict[int, list[PackageView]] = {}
    with office.database.reading() as session:
        cycles = session.scalars(select(tables.Cycle).where(*is_case).order_by(tables.Cycle.id.desc())).all()
        rows = session.execute(
            select(version.cycle_id, version.approved_at)
            .join(tables.Cycle, version.cycle_id == tables.Cycle.id)
            .where(*is_case)
            .order_by(version.number)
        )
        for cycle_id, at in rows:
            decided.setdefault(cycle_id, []).append(at)
        packed = session.execute(
            select(version.cycle_id, package.path, package.written_at, package.sha256)
            .join(package, package.version_id == version.id)
            .join(tables.Cycle, version.cycle_id == tables.Cycle.id)
            .where(*is_case)
            .order_by(package.id)
        )
        for cycle_id, path, written_at, sha256 in packed:
            packages.setdefault(cycle_id, []).append(PackageView(Path(path).name, written_at, sha256))
    return [
        CaseView(
            key_of(cycle),
            names[cycle.unit_code],
            cycle.registry_number,
            len(decided.get(cycle.id, ())),
            decided[cycle.id][-1] if cycle.id in decided else None,
            tuple(packages.get(cycle.id, ())),
        )
        for cycle in cycles
    ]


def work_of(office: Office, now: datetime) -> WorkView:
    """Letters by state and the newest of them, files put aside, files that wait."""
    organisation = office.installation.organisation
    with office.database.reading() as session:
        counted = session.execute(
            select(tables.Letter.state, func.count()).group_by(tables.Letter.state)
        ).all()
        letters = session.scalars(
            select(tables.Letter)
            .order_by(tables.Letter.state.not_in(["pending", "claimed"]), tables.Letter.id.desc())
            .limit(LETTERS_SHOWN)
        ).all()
        waiting = letters_waiting(office, session, now)
        kinds: dict[int, list[str]] = {}
        for letter_id, kind in session.execute(
            select(tables.Notice.letter_id, tables.Notice.kind).where(
                tables.Notice.letter_id.in_([letter.id for letter in letters])
            )
        ):
            kinds.setdefault(letter_id or 0, []).append(LETTER_WORDS[MatterKind(kind)])
        quarantined = session.execute(
            select(tables.InboxFile.name, tables.InboxFile.note, tables.InboxFile.received_at)
            .where(tables.InboxFile.outcome == QUARANTINED)
            .order_by(tables.InboxFile.id.desc())
        ).all()
    return WorkView(
        waiting=waiting,
        states=tuple((STATE_WORDS.get(state, state), number) for state, number in sorted(counted)),
        letters=tuple(
            LetterView(
                organisation.name(letter.receiver),
                tuple(sorted(set(kinds.get(letter.id, ())))),
                STATE_WORDS.get(letter.state, letter.state),
                letter.created_at,
                letter.sent_at,
                letter.trouble,
            )
            for letter in letters
        ),
        quarantined=tuple((name, note, at) for name, note, at in quarantined),
        waiting_files=len(inbox_files(office)),
    )
