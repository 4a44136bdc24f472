"""The weekly digest to the managers: who has answered, what is missing, what waits, what could not be read.

A file that could not be read is named once; after that it is counted, as long as an answer is missing.
A step and its notices are one transaction. When it is due is `arshjul.cycle`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from arshjul.adapters.store import tables
from arshjul.adapters.store.tables.answering import QUARANTINED
from arshjul.cycle import DIGEST, OPEN, CycleKey, Due, Progress
from arshjul.decision_words import decision_words
from arshjul.letters import Digest, Quarantined, Unanswered
from arshjul.office import Office
from arshjul.organisation import Organisation, Role
from arshjul.steps.cycle.chasing import late_forms
from arshjul.steps.cycle.cycles import find_cycle, is_done, key_of, progress, record_step
from arshjul.steps.cycle.settled import Settled, settled
from arshjul.steps.cycle.standing import ScopeStanding, scope_standing
from arshjul.steps.cycle.wishes import Wish, open_wishes
from arshjul.steps.letters.notices import missed, notify
from arshjul.wheel import local_day

BESIDE = "Det mesta är läst, men något står utanför fälten. Läs det med ”arshjul status”."


def digest(office: Office, key: CycleKey, step: Due, now: datetime) -> int:
    """Tell the managers where the cycle stands; how many were told, 0 when it was done before."""
    config = settled(office, key)
    standing = scope_standing(office, key)
    told = 0
    with office.database.writing() as session:
        cycle = find_cycle(session, key)
        if cycle is None or is_done(session, cycle, step.name):
            return 0
        files = _put_aside(office, session, cycle)
        before = _told_of(session, cycle)
        letter = replace(
            where_it_stands(office, session, cycle, config, standing),
            quarantined=tuple(_told(file) for file in files if file.id not in before),
            unread_before=sum(file.id in before and file.outcome == QUARANTINED for file in files),
        )
        for manager in config.unit.holders(Role.MANAGER, local_day(now)):
            told += notify(
                session, cycle, letter, cause=step.name, receiver=manager, now=now, meant_at=missed(step)
            )
        result = {"told": told, "files": [file.id for file in files] if told else []}
        record_step(session, cycle, step.name, step.planned, now, result)
    return told


def where_it_stands(
    office: Office,
    session: Session,
    cycle: tables.Cycle,
    config: Settled,
    standing: Sequence[ScopeStanding],
) -> Digest:
    """A cycle as its managers are told of it."""
    key, people = key_of(cycle), office.installation.organisation
    state = progress(session, key)
    has_draft = state.compiled_from is not None
    return Digest(
        unit_code=config.unit.code,
        unit_name=config.unit.name,
        cycle=str(key),
        due=config.milestones.due.date(),
        answered=tuple(scope.name for scope in standing if scope.state == "answered"),
        missing=tuple(
            Unanswered(part.scope, people.name(form.person))
            for form, parts in late_forms(session, cycle)
            for part in parts
        ),
        waiting=(
            *_asked_for(people, standing, open_wishes(session, cycle)),
            *(_waiting(config, state) if has_draft else ()),
        ),
        decide_by=config.milestones.approve_by.date() if has_draft and not state.correcting else None,
    )


def _asked_for(
    people: Organisation, standing: Sequence[ScopeStanding], wishes: Sequence[Wish]
) -> Iterator[str]:
    """Who asks for a change in what. Why stands on the page: a letter bears nobody's words about people."""
    parts = {one.scope: one.name for one in standing}
    for wish in wishes:
        part = parts.get(wish.scope, wish.scope)
        yield (
            f"{people.name(wish.person)} ber om en ändring i {part}. "
            "Läs vad, och svara, på rapportens sida i portalen."
        )


def _waiting(config: Settled, state: Progress) -> Iterator[str]:
    """What the managers have to do with a draft."""
    words = decision_words(config.kind.kind)
    if state.blocking_findings:
        yield f"Iakttagelser hindrar ett {words.act}. Rätta dem eller skriv skäl."
    yield f"Utkastet är sammanställt. Läs det, bedöm och skriv det som är ditt, och {words.do}."


def _told_of(session: Session, cycle: tables.Cycle) -> set[int]:
    """The ids of the files that earlier digests of the cycle have told of."""
    results = session.scalars(
        select(tables.Step.result).where(
            tables.Step.cycle_id == cycle.id, tables.Step.name.startswith(f"{DIGEST}-")
        )
    )
    return {file for result in results for file in result.get("files", ())}


def _put_aside(office: Office, session: Session, cycle: tables.Cycle) -> list[tables.InboxFile]:
    """The unit's files since the opening that were not read, or not in whole; never another unit's."""
    opened = session.get_one(tables.Step, (cycle.id, OPEN)).done_at
    rows = session.scalars(
        select(tables.InboxFile)
        .where(tables.InboxFile.note != "", tables.InboxFile.received_at >= opened)
        .order_by(tables.InboxFile.id)
    )
    organisation = office.installation.organisation
    return [row for row in rows if (row.unit_code or whose_file(organisation, row.name)) == cycle.unit_code]


def _told(file: tables.InboxFile) -> Quarantined:
    """What people wrote beside the fields is shown by `arshjul status`, never in a letter."""
    return Quarantined(file.name, file.note if file.outcome == QUARANTINED else BESIDE)


def whose_file(organisation: Organisation, name: str) -> str | None:
    """The unit of a file that could not be read, by what it is called; None where that may be any unit's.

    A form is called "Underlag T2 2026 SOL anna.xlsx", and people keep that name, or name their sub-unit.
    """
    if len(organisation.units) == 1:
        return organisation.units[0].code
    words = name.casefold()
    found = {
        unit.code
        for unit in organisation.units
        for known in (unit.code, unit.short_name, *(n for s in unit.subunits for n in (s.name, *s.aliases)))
        if re.search(rf"(?<!\w){re.escape(known.casefold())}(?!\w)", words)
    }
    return found.pop() if len(found) == 1 else None
