"""Gathering: what has been put down to be told becomes letters, one a morning for each receiver.

Nobody gets two letters where one would do, whatever reports, duties and units they tell of; nobody is
reminded of what has been done, and there is a ceiling a week for letters that chase. The rules are in
`arshjul.letters.restraint`; putting down is `arshjul.steps.letters.notices`, sending
`arshjul.steps.letters.posting`.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from arshjul.adapters.store import tables
from arshjul.crash_points import CrashPoint, reached
from arshjul.letters import Matter, from_json, message_id
from arshjul.letters.hours import AT_ONCE, in_office_hours
from arshjul.letters.restraint import can_wait, chases, subject_of
from arshjul.office import Office
from arshjul.steps.letters.composing import hash_of_address, letter_key, mail_domain, notices_of, receiver_on
from arshjul.steps.letters.still_true import Withdrawn, what_is_still_true, withdraw
from arshjul.wheel import local_day

Told = list[tuple[tables.Notice, Matter]]

MENDED_WITHIN = timedelta(days=30)  # a letter refused longer ago than that is history


def gather_letters(office: Office, now: datetime) -> int:
    """Put every notice whose time has come in a letter; the letters that were made.

    Outside office hours that is only what somebody waits for: the rest waits for the morning and goes as
    one letter. A letter that has never left is made anew, with what has been put down or done since.
    """
    by_day = in_office_hours(now)
    made = gathered = 0
    if not _is_anything_waiting(office, now):
        return 0
    with office.database.writing() as session:
        if by_day:
            _take_up_mended(office, session, now)
        opened = _open_again(session) if by_day else {}
        piles = _piles(office, session, now, by_day=by_day)
        chased, had = _Chased(session, now), _had_todays_letter(session, now)
        filled: list[tuple[tables.Letter, list[tables.Notice]]] = []
        for receiver, told in piles.items():
            told = _restrained(office, receiver, told, chased, had, now)
            if not told:
                continue
            gathered += 1
            letter = opened.pop(receiver, None)
            if letter is None:
                letter = _new_letter(receiver, told[0][0].unit_code, now)
                session.add(letter)
                made += 1
            filled.append((letter, [notice for notice, _ in told]))
        _fill(office, session, filled, now)
        for letter in opened.values():  # nothing in it is to be told any more, or not today
            _close(session, letter)
    if gathered:
        reached(CrashPoint.LETTERS_GATHERED)
    return made


def _is_anything_waiting(office: Office, now: datetime) -> bool:
    """Whether there is something to tell, a letter that has not left, or one that was refused of late."""
    letter = tables.Letter
    told = select(tables.Notice.id).where(
        tables.Notice.letter_id.is_(None), tables.Notice.withdrawn_at.is_(None)
    )
    pending = select(letter.id).where(letter.state == "pending")
    refused = select(letter.id).where(
        letter.state.in_(("refused", "given_up")), letter.created_at >= now - MENDED_WITHIN
    )
    with office.database.reading() as session:
        return any(session.scalar(each.limit(1)) is not None for each in (told, pending, refused))


def _open_again(session: Session) -> dict[str, tables.Letter]:
    """The letters that wait and that nobody can have got; their notices are free again."""
    letters = session.scalars(
        select(tables.Letter)
        .where(tables.Letter.state == "pending", tables.Letter.uncertain.is_(False))
        .order_by(tables.Letter.id.desc())
        .with_for_update()
    ).all()
    opened: dict[str, tables.Letter] = {}
    for letter in letters:
        for notice in notices_of(session, letter):
            notice.letter_id = None
        if letter.receiver in opened:  # made at night, of what somebody waits for
            _close(session, opened[letter.receiver])
        opened[letter.receiver] = letter
    session.flush()
    return opened


def _close(session: Session, letter: tables.Letter) -> None:
    """An envelope with nothing in it: one that was tried stays in the ledger, another has never been."""
    if letter.attempts:
        letter.state = "withdrawn"
    else:
        session.flush()
        session.delete(letter)


def _piles(office: Office, session: Session, now: datetime, *, by_day: bool) -> dict[str, Told]:
    """What waits and is still to be told, by who gets it today; the rest is withdrawn with its reason."""
    waiting = session.scalars(
        select(tables.Notice)
        .where(tables.Notice.letter_id.is_(None), tables.Notice.withdrawn_at.is_(None))
        .order_by(tables.Notice.id)
        .with_for_update()
    ).all()
    todays = [notice for notice in waiting if by_day or notice.kind in AT_ONCE]
    today = local_day(now)
    piles: dict[str, Told] = defaultdict(list)
    for notice, matter in what_is_still_true(office, session, todays, now):
        piles[receiver_on(office, notice, today)].append((notice, matter))
    return {receiver: _without_repetition(receiver, told, now) for receiver, told in piles.items()}


def _without_repetition(receiver: str, told: Told, now: datetime) -> Told:
    """Of several words to the same person on the same, the newest; what two people get alike, once."""
    newest = {(notice.receiver, subject_of(matter)): notice.id for notice, matter in told}
    own = [matter for notice, matter in told if notice.receiver == receiver]
    kept: Told = []
    for notice, matter in told:
        about = subject_of(matter)
        replaced = about is not None and newest[notice.receiver, about] != notice.id
        twice = notice.receiver != receiver and (matter in own or any(matter == m for _, m in kept))
        if replaced or twice:
            withdraw(notice, Withdrawn.REPLACED, now)
        else:
            kept.append((notice, matter))
    return kept


def _restrained(
    office: Office, receiver: str, told: Told, chased: "_Chased", had: frozenset[str], now: datetime
) -> Told:
    """What is told now: the rest waits for tomorrow's letter, or for next week's."""
    today = local_day(now)
    if receiver in had:
        told = [(notice, matter) for notice, matter in told if not can_wait(matter, today)]
    if any(chases(matter) for _, matter in told):
        if chased.letters_to(receiver) >= office.installation.settings.mail.chasing_per_week:
            return [(notice, matter) for notice, matter in told if not chases(matter)]
        chased.count_one(receiver)
    return told


def _had_todays_letter(session: Session, now: datetime) -> frozenset[str]:
    """Those to whom a letter that nobody waited for has gone today, or is on its way."""
    gone = session.execute(
        select(tables.Letter.receiver, tables.Letter.sent_at)
        .join(tables.Notice, tables.Notice.letter_id == tables.Letter.id)
        .where(tables.Notice.kind.not_in(AT_ONCE), _left(now - timedelta(days=1)))
    )
    today = local_day(now)
    return frozenset(receiver for receiver, sent_at in gone if sent_at is None or local_day(sent_at) == today)


def _left(since: datetime) -> ColumnElement[bool]:
    """Letters that have been sent since, or that somebody may have got."""
    claimed = tables.Letter.state == "claimed"
    perhaps = and_(tables.Letter.state == "pending", tables.Letter.uncertain)
    return or_(claimed, perhaps, and_(tables.Letter.state == "sent", tables.Letter.sent_at >= since))


class _Chased:
    """How many chasing letters each person has had this week, of all units, with those being made now."""

    def __init__(self, session: Session, now: datetime) -> None:
        today = local_day(now)
        self._week = today.isocalendar()[:2]
        rows = session.execute(
            select(tables.Letter.id, tables.Letter.receiver, tables.Letter.sent_at, tables.Notice.content)
            .join(tables.Notice, tables.Notice.letter_id == tables.Letter.id)
            .where(tables.Notice.kind.in_(("reminder", "apt", "duty")), _left(now - timedelta(days=8)))
        )
        self._letters: dict[str, set[object]] = defaultdict(set)
        for letter_id, receiver, sent_at, content in rows:
            this_week = sent_at is None or local_day(sent_at).isocalendar()[:2] == self._week
            if this_week and chases(from_json(content)):
                self._letters[receiver].add(letter_id)

    def letters_to(self, person: str) -> int:
        """Those of this week."""
        return len(self._letters[person])

    def count_one(self, person: str) -> None:
        """One more is being made."""
        self._letters[person].add(object())


def _new_letter(receiver: str, unit_code: str, now: datetime) -> tables.Letter:
    return tables.Letter(
        unit_code=unit_code,
        receiver=receiver,
        message_id="",
        state="pending",
        created_at=now,
        not_before=now,
    )


def _fill(
    office: Office,
    session: Session,
    filled: Sequence[tuple[tables.Letter, Sequence[tables.Notice]]],
    now: datetime,
) -> None:
    """Put each letter's notices in it; the store numbers all new letters at once."""
    domain = mail_domain(office)
    for letter, notices in filled:
        letter.message_id = message_id(letter_key(notices), domain)
        letter.unit_code = notices[0].unit_code
    session.flush()
    for letter, notices in filled:
        for notice in notices:
            notice.letter_id = letter.id
            notice.meant_at = notice.meant_at or now
        if any(notice.kind in AT_ONCE for notice in notices):
            letter.not_before = min(letter.not_before, now)


def _take_up_mended(office: Office, session: Session, now: datetime) -> None:
    """A letter whose receiver was refused is tried again when her address has been changed."""
    refused = session.scalars(
        select(tables.Letter)
        .where(
            tables.Letter.state.in_(("refused", "given_up")),
            tables.Letter.refused_sha256.is_not(None),
            tables.Letter.created_at >= now - MENDED_WITHIN,
        )
        .with_for_update()
    )
    for letter in refused:
        address = hash_of_address(office, letter.receiver)
        if address is not None and address != letter.refused_sha256:
            letter.state, letter.not_before, letter.refused_sha256 = "pending", now, None
            letter.attempts = 1 if letter.uncertain else 0
