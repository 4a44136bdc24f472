"""The ledger of letters: what waits, who has claimed what, and what became of each.

    pending -> claimed -> sent
       ^          |-----> refused    her mail server knows no such receiver; tried anew with another address
       |----------|-----> given_up   put off for so long that it will not come through
                  |-----> withdrawn  what it was to tell had been done

Letters are claimed many at a time (`arshjul.steps.letters.claiming`). Each is noted as handed over before it
leaves, in the same commit as the one before it is marked sent: whatever happens, and a power cut too, one
letter of a sender is in doubt and no more. Sending itself is `arshjul.steps.letters.posting`.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import and_, bindparam, or_, select, update
from sqlalchemy.orm import Session

from arshjul.adapters.store import tables
from arshjul.crash_points import CrashPoint, reached
from arshjul.letters.hours import AT_ONCE, in_office_hours
from arshjul.office import Office, has_died
from arshjul.steps.letters.composing import hash_of_address, notices_of
from arshjul.steps.letters.operator_letters import tell_of_refusal, tell_operator

CLAIM = timedelta(minutes=2)
AGAIN_AFTER = (timedelta(minutes=10), timedelta(hours=1), timedelta(hours=4))
GIVE_UP_AFTER = timedelta(days=5)  # as mail servers themselves do


_UNSENT = (  # made once: it is asked every quarter of an hour
    select(tables.Letter.id, tables.Letter.state, tables.Letter.claimed_by, tables.Letter.claimed_until)
    .where(
        or_(
            and_(tables.Letter.state == "pending", tables.Letter.not_before <= bindparam("now")),
            tables.Letter.state == "claimed",
        )
    )
    .order_by(tables.Letter.id)
)


@dataclass(slots=True)
class Posted:
    """What a round gave: letters sent, put off with the reason, refused for good, and those in doubt."""

    sent: int = 0
    put_off: int = 0
    refused: int = 0
    uncertain: int = 0
    troubles: list[str] = field(default_factory=list)


def letters_waiting(office: Office, now: datetime) -> list[int]:
    """The ids of the letters that are to be sent now: pending, or claimed by a sender that died.

    Outside office hours only those with nothing but what somebody waits for.
    """
    with office.database.reading() as session:
        found = session.execute(_UNSENT, {"now": now})
        waiting = [
            number
            for number, state, holder, until in found
            if state == "pending" or is_abandoned(office, holder, until)
        ]
        if in_office_hours(now) or not waiting:
            return waiting
        can_wait = set(
            session.scalars(
                select(tables.Notice.letter_id).where(
                    tables.Notice.letter_id.in_(waiting),
                    tables.Notice.kind.not_in(AT_ONCE),
                    tables.Notice.withdrawn_at.is_(None),
                )
            )
        )
        return [number for number in waiting if number not in can_wait]


def is_abandoned(office: Office, holder: str | None, until: datetime | None) -> bool:
    """Whether whoever claimed a letter is gone, by time or for certain."""
    if until is None or until < office.clock():
        return True
    return holder is not None and has_died(holder)


@dataclass(frozen=True, slots=True)
class Left:
    """A letter that the mail server has taken, and that the ledger is to be told of."""

    letter_id: int
    redirected: bool


def hand_over(office: Office, letter_id: int, now: datetime, left: Left | None) -> bool:
    """Note that a claimed letter is leaving, and that the one before it has left: one commit for both.

    False where somebody else has taken it over: it is not ours to send.
    """
    claim = {"letter": letter_id, "holder": office.name, "at": now, "until": office.clock() + CLAIM}
    with office.database.writing() as session:
        line = session.connection()
        if left is not None:
            line.execute(_SENT, _sent(left, now))
        noted = line.execute(_NOTED, claim).rowcount
    reached(CrashPoint.LETTER_NOTED)
    return noted == 1


def mark_sent(office: Office, left: Left, now: datetime) -> None:
    """It has left, whoever has it now."""
    with office.database.writing() as session:
        session.connection().execute(_SENT, _sent(left, now))
    reached(CrashPoint.LETTER_MARKED)


def _sent(left: Left, now: datetime) -> dict[str, object]:
    return {"letter": left.letter_id, "at": now, "redirected": left.redirected}


# Made once: they are run for every letter of a morning.
_COLUMNS = tables.Letter.__table__.c
_OF_LETTER = update(tables.Letter.__table__).where(_COLUMNS.id == bindparam("letter"))  # type: ignore[arg-type]
_SENT = _OF_LETTER.values(
    state="sent",
    sent_at=bindparam("at"),
    trouble=None,
    redirected=bindparam("redirected"),
    claimed_by=None,
    claimed_until=None,
)
_NOTED = _OF_LETTER.where(
    _COLUMNS.state == "claimed",
    _COLUMNS.claimed_by == bindparam("holder"),
    _COLUMNS.handed_over_at.is_(None),
).values(handed_over_at=bindparam("at"), claimed_until=bindparam("until"), attempts=_COLUMNS.attempts + 1)


def release(office: Office, letters: Collection[int]) -> None:
    """Give back claimed letters that were never handed over: they wait as if nobody had taken them."""
    if not letters:
        return
    with office.database.writing() as session:
        session.execute(
            update(tables.Letter)
            .where(tables.Letter.id.in_(letters), tables.Letter.claimed_by == office.name)
            .where(tables.Letter.state == "claimed", tables.Letter.handed_over_at.is_(None))
            .values(state="pending", claimed_by=None, claimed_until=None)
            .execution_options(synchronize_session=False)
        )


def mark_refused(office: Office, letter_id: int, now: datetime, trouble: str) -> None:
    """It will never get through as it is; the operator is told."""
    with _ours(office, letter_id, "refused", trouble) as (session, letter):
        if letter is None:
            return
        letter.refused_at = now
        letter.refused_sha256 = hash_of_address(office, letter.receiver)
        mended = "Med en ny adress skickas brevet av sig självt."
        _tell_of_refusal(office, session, letter, now, mended)


def put_back(
    office: Office, letter_id: int, now: datetime, trouble: str, *, wait: bool = True, uncertain: bool = False
) -> None:
    """It waits for another try, `wait`: not at once. One that has waited for days is given up."""
    with _ours(office, letter_id, "pending", trouble) as (session, letter):
        if letter is None:
            return
        letter.uncertain = letter.uncertain or uncertain
        if not wait:
            return
        letter.not_before = now + _until_next_try(letter)
        if now - letter.created_at > GIVE_UP_AFTER:
            letter.state, letter.given_up_at = "given_up", now
            letter.refused_sha256 = hash_of_address(office, letter.receiver)
            mended = "Det har försökts i fem dagar. Med en ny adress skickas brevet av sig självt."
            _tell_of_refusal(office, session, letter, now, mended)


def hold_for_mending(office: Office, letter_id: int, now: datetime, trouble: str) -> None:
    """It cannot be written until somebody mends the organisation; the operator is told once a day."""
    with _ours(office, letter_id, "pending", trouble) as (session, letter):
        if letter is None:
            return
        letter.attempts += 1
        letter.not_before = now + _until_next_try(letter)
        _tell_of_refusal(office, session, letter, now, "Brevet väntar och skickas när adressen är rättad.")


def hold_back(office: Office, letter_id: int, now: datetime, trouble: str, why: str) -> None:
    """It may not leave, or cannot be looked through: the operator is told `why`, and it is tried again."""
    with _ours(office, letter_id, "pending", trouble) as (session, letter):
        if letter is None:
            return
        letter.attempts += 1
        letter.not_before = now + _until_next_try(letter)
        tell_operator(
            office,
            session,
            letter.unit_code,
            cause=f"held back {letter.id}",
            what=f"ett brev hölls inne därför att {why}",
            affects="Mottagaren har inte fått brevet.",
            action=trouble,
            now=now,
        )


@contextmanager
def _ours(
    office: Office, letter_id: int, state: str, trouble: str
) -> Iterator[tuple[Session, tables.Letter | None]]:
    """A letter that we have claimed, in its new state and free again.

    None where we were so slow that somebody else has taken it over.
    """
    with office.database.writing() as session:
        letter = session.get_one(tables.Letter, letter_id, with_for_update=True)
        if letter.claimed_by != office.name:
            yield session, None
            return
        letter.state, letter.trouble = state, trouble
        letter.claimed_by = letter.claimed_until = None
        yield session, letter


def _until_next_try(letter: tables.Letter) -> timedelta:
    return AGAIN_AFTER[min(letter.attempts, len(AGAIN_AFTER)) - 1]


def _tell_of_refusal(
    office: Office, session: Session, letter: tables.Letter, now: datetime, mended: str
) -> None:
    kinds = {notice.kind for notice in notices_of(session, letter)}
    tell_of_refusal(office, session, letter, kinds, now, mended=mended)
