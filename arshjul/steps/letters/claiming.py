"""Claiming: a handful of waiting letters is taken in one transaction, with all that is needed to write them.

What is no longer true is taken out, and the links and codes that stand in a letter alone are made. A claimed
letter has not left until it is noted as handed over (`arshjul.steps.letters.letter_states`): one whose sender
died before that is sent by the next as if nothing had happened, one whose sender died after it is in doubt.
Called by `arshjul.steps.letters.posting`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from arshjul.adapters.store import tables
from arshjul.crash_points import CrashPoint, reached
from arshjul.letters import Link, Matter, MatterKind, to_json
from arshjul.letters.hours import AT_ONCE
from arshjul.office import Office
from arshjul.steps.letters.composing import Claimed
from arshjul.steps.letters.doubt import in_doubt
from arshjul.steps.letters.letter_states import CLAIM, Posted, is_abandoned
from arshjul.steps.letters.link_letters import fresh_code, way_in
from arshjul.steps.letters.still_true import what_is_still_true

HANDFUL = 50  # of letters that one sender holds at a time: others take the next ones


def claim_letters(office: Office, letters: Sequence[int], now: datetime, posted: Posted) -> list[Claimed]:
    """Take those of the letters that nobody has and that still have something to tell, in their order."""
    with office.database.writing() as session:
        ours = list(_free(office, session, letters, posted))
        notices = _notices(session, [letter.id for letter in ours])
        told: dict[int | None, list[tuple[tables.Notice, Matter]]] = defaultdict(list)
        for notice, matter in what_is_still_true(office, session, notices, now):
            notice.content = to_json(matter)  # what the letter says: the log tells the same
            told[notice.letter_id].append((notice, matter))
        claimed: list[Claimed] = []
        for letter in ours:
            letter.handed_over_at = None
            if told[letter.id]:
                claimed.append(_claim(office, session, letter, told[letter.id], now))
            else:
                letter.state, letter.claimed_by, letter.claimed_until = "withdrawn", None, None
    if claimed:
        reached(CrashPoint.LETTERS_CLAIMED)
    return claimed


def _free(
    office: Office, session: Session, letters: Sequence[int], posted: Posted
) -> Iterator[tables.Letter]:
    """Those that wait, and those whose sender has died; one that had been handed over is told of."""
    # Rows that another sender is claiming just now are passed over.
    found = session.scalars(
        select(tables.Letter)
        .where(tables.Letter.id.in_(letters), tables.Letter.state.in_(("pending", "claimed")))
        .order_by(tables.Letter.id)
        .with_for_update(skip_locked=True)
    )
    for letter in found.all():
        if letter.state == "claimed":
            if not is_abandoned(office, letter.claimed_by, letter.claimed_until):
                continue
            if letter.handed_over_at is not None:
                letter.uncertain = True
                posted.uncertain += 1
                posted.troubles.append(in_doubt(letter.message_id))
        yield letter


def _notices(session: Session, letters: Sequence[int]) -> list[tables.Notice]:
    """What the letters tell, in the order that it was put down."""
    return list(
        session.scalars(
            select(tables.Notice)
            .where(tables.Notice.letter_id.in_(letters), tables.Notice.withdrawn_at.is_(None))
            .order_by(tables.Notice.id)
        )
    )


def _claim(
    office: Office,
    session: Session,
    letter: tables.Letter,
    told: Iterable[tuple[tables.Notice, Matter]],
    now: datetime,
) -> Claimed:
    letter.state, letter.claimed_by, letter.claimed_at = "claimed", office.name, now
    letter.claimed_until = office.clock() + CLAIM
    written = tuple((notice, _with_link(office, session, letter, matter, now)) for notice, matter in told)
    return Claimed(letter, written, _way_in(office, session, letter, written, now))


def _with_link(
    office: Office, session: Session, letter: tables.Letter, matter: Matter, now: datetime
) -> Matter:
    """A link or a code stands in no ledger, only in the letter."""
    if isinstance(matter, Link) and matter.session:
        return replace(matter, code=fresh_code(session, letter.receiver, matter.session, now) or "–")
    if isinstance(matter, Link) and not matter.url:
        return replace(matter, url=way_in(office, session, letter.receiver, None, now) or "")
    return matter


def _way_in(
    office: Office,
    session: Session,
    letter: tables.Letter,
    told: Sequence[tuple[tables.Notice, Matter]],
    now: datetime,
) -> str | None:
    """The receiver's own link to the portal: to the cycle where the letter is about one; None without one."""
    if all(notice.kind in AT_ONCE and notice.kind != MatterKind.RETURNED for notice, _ in told):
        return None
    cycles = {notice.cycle_id for notice, _ in told}
    return way_in(office, session, letter.receiver, cycles.pop() if len(cycles) == 1 else None, now)
