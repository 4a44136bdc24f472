"""Gathering: what has been put down to be told becomes letters, one a morning for each receiver.

Nobody gets two letters where one would do, whatever reports, duties and units they tell of; nobody is
reminded of what has been done, and there is a ceiling a week for letters that chase. The rules are in
`arshjul.letters.restraint`; putting down is `arshjul.steps.letters.notices`, sending
`arshjul.steps.letters.posting`.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, bindparam, exists, insert, or_, select, update
from sqlalchemy.orm import Session

from arshjul.adapters.store import tables
from arshjul.crash_points import CrashPoint, reached
from arshjul.letters import Returned, from_json, message_id
from arshjul.letters.hours import AT_ONCE, letters_are_made
from arshjul.letters.restraint import can_wait, chases
from arshjul.office import Office
from arshjul.steps.letters.composing import hash_of_address, letter_key, mail_domain, receiver_on
from arshjul.steps.letters.repetition import GONE, Told, sent_back_today, without_repetition
from arshjul.steps.letters.still_true import what_is_still_true
from arshjul.wheel import local_day

MENDED_WITHIN = timedelta(days=30)  # a letter refused longer ago than that is history

# What is asked every quarter of an hour is put together once: that takes longer than the answer.
_IN_NONE = and_(tables.Notice.letter_id.is_(None), tables.Notice.withdrawn_at.is_(None))
_WAITING = select(or_(exists().where(_IN_NONE), exists().where(tables.Letter.state == "pending")))
_UNOPENED = select(tables.Notice).where(_IN_NONE).order_by(tables.Notice.id).with_for_update()
_IS_UNSENT = and_(tables.Letter.state == "pending", tables.Letter.uncertain.is_(False))
_UNSENT = select(tables.Letter).where(_IS_UNSENT).order_by(tables.Letter.id.desc()).with_for_update()
_IN_UNSENT = (
    select(tables.Notice)
    .join(tables.Letter, tables.Notice.letter_id == tables.Letter.id)
    .where(_IS_UNSENT, tables.Notice.withdrawn_at.is_(None))
)
_HAD = (
    select(tables.Letter.receiver, tables.Letter.sent_at)
    .join(tables.Notice, tables.Notice.letter_id == tables.Letter.id)
    .where(tables.Notice.kind.not_in(AT_ONCE), GONE)
)
_CHASING = (
    select(tables.Letter.id, tables.Letter.receiver, tables.Letter.sent_at, tables.Notice.content)
    .join(tables.Notice, tables.Notice.letter_id == tables.Letter.id)
    .where(tables.Notice.kind.in_(("reminder", "apt", "duty")), GONE)
)
_REFUSED = select(tables.Letter).where(
    tables.Letter.state.in_(("refused", "given_up")),
    tables.Letter.refused_sha256.is_not(None),
    tables.Letter.created_at >= bindparam("since"),
)


def gather_letters(office: Office, now: datetime) -> int:
    """Put every notice whose time has come in a letter; the letters that were made.

    Before eight and outside office hours that is only what somebody waits for: the rest waits for the
    morning and goes as one letter. A letter that has never left is made anew, with what has been put down
    or done since.
    """
    by_day = letters_are_made(now)
    if not _is_anything_waiting(office, now):
        return 0
    with office.database.writing() as session:
        if by_day:
            _take_up_mended(office, session, now)
        opened = _Opened(session) if by_day else _Opened(None)
        waiting = sorted([*_unopened(session), *opened.notices], key=lambda notice: notice.id)
        piles = _piles(office, session, [n for n in waiting if by_day or n.kind in AT_ONCE], now)
        chased, had = _Chased(session, now), _had_todays_letter(session, now)
        filled = {}
        for receiver, told in piles.items():
            if told := _restrained(office, receiver, told, chased, had, now):
                filled[receiver] = [notice for notice, _ in told]
        made = _fill(office, session, opened, filled, now)
    if filled:
        reached(CrashPoint.LETTERS_GATHERED)
    return made


def _is_anything_waiting(office: Office, now: datetime) -> bool:
    """Whether there is something to tell, a letter that has not left, or one whose address is mended."""
    with office.database.reading() as session:
        if session.scalar(_WAITING):
            return True
        return any(_is_mended(office, each) for each in session.scalars(_REFUSED, _lately(now)))


class _Opened:
    """The letters that wait and that nobody can have got, by receiver: their notices can go anew."""

    def __init__(self, session: Session | None) -> None:
        self.letters: dict[str, tables.Letter] = {}
        self.superfluous: list[tables.Letter] = []
        self.notices: list[tables.Notice] = []
        if session is None:
            return
        for letter in session.scalars(_UNSENT):
            if letter.receiver in self.letters:  # made at night, of what somebody waits for
                self.superfluous.append(self.letters[letter.receiver])
            self.letters[letter.receiver] = letter
        if self.letters:
            self.notices += session.scalars(_IN_UNSENT)


def _close(session: Session, letter: tables.Letter, domain: str) -> None:
    """An envelope with nothing in it: one that was tried stays in the ledger, another has never been.

    No server has taken it, and what was in it may make a letter again: that one has the Message-ID then.
    """
    if letter.attempts or letter.claimed_at is not None:
        letter.state, letter.message_id = "withdrawn", message_id(f"withdrawn {letter.id}", domain)
    else:
        session.delete(letter)


def _unopened(session: Session) -> Sequence[tables.Notice]:
    """What is in no letter yet."""
    return session.scalars(_UNOPENED).all()


def _piles(
    office: Office, session: Session, waiting: Sequence[tables.Notice], now: datetime
) -> dict[str, Told]:
    """What is still to be told, by who gets it today; the rest is withdrawn with its reason."""
    today = local_day(now)
    piles: dict[str, Told] = defaultdict(list)
    sent_back = sent_back_today(session, now)
    for notice, matter in what_is_still_true(office, session, waiting, now):
        piles[receiver_on(office, notice, today)].append((notice, matter))
        if isinstance(matter, Returned):
            sent_back[notice.receiver].append(matter)
    return {receiver: without_repetition(receiver, told, sent_back, now) for receiver, told in piles.items()}


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
    gone = session.execute(_HAD, {"since": now - timedelta(days=1)})
    today = local_day(now)
    return frozenset(receiver for receiver, sent_at in gone if sent_at is None or local_day(sent_at) == today)


class _Chased:
    """How many chasing letters each person has had this week, of all units, with those being made now."""

    def __init__(self, session: Session, now: datetime) -> None:
        today = local_day(now)
        self._week = today.isocalendar()[:2]
        rows = session.execute(_CHASING, {"since": now - timedelta(days=8)})
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


def _fill(
    office: Office,
    session: Session,
    opened: _Opened,
    filled: Mapping[str, Sequence[tables.Notice]],
    now: datetime,
) -> int:
    """Put each receiver's notices in her letter, a new one where none waits; how many are new.

    Only what has changed is written: a city's letters may wait for days for a mail server.
    """
    domain = mail_domain(office)
    _empty(session, opened, filled, domain)
    put_in: list[dict[str, object]] = []
    made: list[dict[str, object]] = []
    for receiver, notices in filled.items():
        identity, unit_code = message_id(letter_key(receiver, notices), domain), notices[0].unit_code
        letter = opened.letters.get(receiver)
        if letter is None:
            made.append(_new_letter(receiver, identity, unit_code, now))
            continue
        letter.message_id, letter.unit_code = identity, unit_code
        if any(notice.kind in AT_ONCE for notice in notices):
            letter.not_before = min(letter.not_before, now)
        put_in += [_in(notice, letter.id, now) for notice in notices if notice.letter_id != letter.id]
    session.flush()
    if made:
        numbers = session.scalars(
            insert(tables.Letter).returning(tables.Letter.id, sort_by_parameter_order=True), made
        ).all()
        for row, number in zip(made, numbers, strict=True):
            put_in += [_in(notice, number, now) for notice in filled[str(row["receiver"])]]
    if put_in:
        session.connection().execute(_PUT_IN, put_in)
    return len(made)


def _empty(
    session: Session, opened: _Opened, filled: Mapping[str, Sequence[tables.Notice]], domain: str
) -> None:
    """Take out what is not to be told, or not today, and close the letters that nothing is told in."""
    unfilled = [letter for receiver, letter in opened.letters.items() if receiver not in filled]
    closed = {letter.id: letter for letter in (*unfilled, *opened.superfluous)}
    told = {notice.id for notices in filled.values() for notice in notices}
    for notice in opened.notices:
        if notice.id not in told or notice.letter_id in closed:
            notice.letter_id = None
    session.flush()
    for letter in closed.values():
        _close(session, letter, domain)
    session.flush()


def _new_letter(receiver: str, identity: str, unit_code: str, now: datetime) -> dict[str, object]:
    return {
        "unit_code": unit_code,
        "receiver": receiver,
        "message_id": identity,
        "state": "pending",
        "created_at": now,
        "not_before": now,
        "attempts": 0,
        "uncertain": False,
        "redirected": False,
    }


def _in(notice: tables.Notice, letter: int, now: datetime) -> dict[str, object]:
    return {"notice": notice.id, "letter": letter, "meant": notice.meant_at or now}


_NOTICES = tables.Notice.__table__
_PUT_IN = (  # many at once, without asking the session which have changed
    update(_NOTICES)  # type: ignore[arg-type]
    .where(_NOTICES.c.id == bindparam("notice"))
    .values(letter_id=bindparam("letter"), meant_at=bindparam("meant"))
)


def _take_up_mended(office: Office, session: Session, now: datetime) -> None:
    """A letter whose receiver was refused is tried again when her address has been changed."""
    for letter in session.scalars(_REFUSED.with_for_update(), _lately(now)):
        if _is_mended(office, letter):
            letter.state, letter.not_before, letter.refused_sha256 = "pending", now, None
            letter.attempts = 1 if letter.uncertain else 0


def _lately(now: datetime) -> dict[str, datetime]:
    return {"since": now - MENDED_WITHIN}


def _is_mended(office: Office, letter: tables.Letter) -> bool:
    address = hash_of_address(office, letter.receiver)
    return address is not None and address != letter.refused_sha256
