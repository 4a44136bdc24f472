"""The ledger of letters: what waits, who has claimed what, and what became of each.

    pending -> claimed -> sent
       ^          |-----> refused    her mail server knows no such receiver; tried anew with another address
       |----------|-----> given_up   put off for so long that it will not come through
                  |-----> withdrawn  what it was to tell had been done

Sending itself is `arshjul.steps.letters.posting`.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import and_, or_, select

from arshjul.adapters.store import tables
from arshjul.crash_points import CrashPoint, reached
from arshjul.letters.hours import AT_ONCE, in_office_hours
from arshjul.office import Office, has_died
from arshjul.steps.letters.composing import hash_of_address, notices_of
from arshjul.steps.letters.doubt import in_doubt
from arshjul.steps.letters.operator_letters import tell_of_refusal, tell_operator
from arshjul.steps.letters.still_true import what_is_still_true

CLAIM = timedelta(minutes=2)
AGAIN_AFTER = (timedelta(minutes=10), timedelta(hours=1), timedelta(hours=4))
GIVE_UP_AFTER = timedelta(days=5)  # as mail servers themselves do


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
        pending = and_(tables.Letter.state == "pending", tables.Letter.not_before <= now)
        letters = session.scalars(
            select(tables.Letter)
            .where(or_(pending, tables.Letter.state == "claimed"))
            .order_by(tables.Letter.id)
        )
        waiting = [row.id for row in letters if row.state == "pending" or _abandoned(office, row)]
        if in_office_hours(now):
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
        return [letter for letter in waiting if letter not in can_wait]


def _abandoned(office: Office, letter: tables.Letter) -> bool:
    """Whether whoever claimed the letter is gone, by time or for certain."""
    if letter.claimed_until is None or letter.claimed_until < office.clock():
        return True
    return letter.claimed_by is not None and has_died(letter.claimed_by)


def claim(office: Office, letter_id: int, now: datetime, posted: Posted) -> bool:
    """Take a letter before it leaves; False where somebody else has it, or nothing in it is true any more."""
    with office.database.writing() as session:
        letter = session.get(tables.Letter, letter_id, with_for_update=True)
        if letter is None:  # made anew under another number since
            return False
        if letter.state == "claimed":
            if not _abandoned(office, letter):
                return False
            letter.uncertain = True
            posted.uncertain += 1
            posted.troubles.append(in_doubt(letter.message_id))
        elif letter.state != "pending":
            return False
        if not list(what_is_still_true(office, session, notices_of(session, letter), now)):
            letter.state = "withdrawn"
            letter.claimed_by = letter.claimed_until = None
            return False
        letter.state, letter.claimed_by, letter.claimed_at = "claimed", office.name, now
        letter.claimed_until = office.clock() + CLAIM
        letter.attempts += 1
    reached(CrashPoint.LETTER_CLAIMED)
    return True


def mark_sent(office: Office, letter_id: int, now: datetime, *, redirected: bool) -> None:
    """It has left, whoever has it now."""
    with office.database.writing() as session:
        letter = session.get_one(tables.Letter, letter_id, with_for_update=True)
        letter.state, letter.sent_at, letter.trouble = "sent", now, None
        letter.redirected = redirected
        letter.claimed_by = letter.claimed_until = None


def mark_refused(office: Office, letter_id: int, now: datetime, trouble: str) -> None:
    """It will never get through as it is; the operator is told."""
    with office.database.writing() as session:
        letter = session.get_one(tables.Letter, letter_id, with_for_update=True)
        if letter.claimed_by != office.name:
            return
        letter.state, letter.refused_at, letter.trouble = "refused", now, trouble
        letter.refused_sha256 = hash_of_address(office, letter.receiver)
        letter.claimed_by = letter.claimed_until = None
        kinds = {notice.kind for notice in notices_of(session, letter)}
        mended = "Med en ny adress skickas brevet av sig självt."
        tell_of_refusal(office, session, letter, kinds, now, mended=mended)


def put_back(
    office: Office, letter_id: int, now: datetime, trouble: str, *, wait: bool = True, uncertain: bool = False
) -> None:
    """It waits for another try, `wait`: not at once. One that has waited for days is given up."""
    with office.database.writing() as session:
        letter = session.get_one(tables.Letter, letter_id, with_for_update=True)
        if letter.claimed_by != office.name:  # so slow that somebody else has taken it over
            return
        letter.state, letter.trouble = "pending", trouble
        letter.claimed_by = letter.claimed_until = None
        letter.uncertain = letter.uncertain or uncertain
        if not wait:
            return
        letter.not_before = now + AGAIN_AFTER[min(letter.attempts, len(AGAIN_AFTER)) - 1]
        if now - letter.created_at > GIVE_UP_AFTER:
            letter.state, letter.given_up_at = "given_up", now
            letter.refused_sha256 = hash_of_address(office, letter.receiver)
            kinds = {notice.kind for notice in notices_of(session, letter)}
            mended = "Det har försökts i fem dagar. Med en ny adress skickas brevet av sig självt."
            tell_of_refusal(office, session, letter, kinds, now, mended=mended)


def hold_for_mending(office: Office, letter_id: int, now: datetime, trouble: str) -> None:
    """It cannot be written until somebody mends the organisation; the operator is told once a day."""
    with office.database.writing() as session:
        letter = session.get_one(tables.Letter, letter_id, with_for_update=True)
        if letter.claimed_by != office.name:
            return
        letter.state, letter.trouble = "pending", trouble
        letter.claimed_by = letter.claimed_until = None
        letter.not_before = now + AGAIN_AFTER[min(letter.attempts, len(AGAIN_AFTER)) - 1]
        kinds = {notice.kind for notice in notices_of(session, letter)}
        mended = "Brevet väntar och skickas när adressen är rättad."
        tell_of_refusal(office, session, letter, kinds, now, mended=mended)


def hold_for_secrecy(office: Office, letter_id: int, now: datetime, trouble: str) -> None:
    """It may not leave as it is; the operator is told once a day, and it is looked at again each time."""
    with office.database.writing() as session:
        letter = session.get_one(tables.Letter, letter_id, with_for_update=True)
        if letter.claimed_by != office.name:
            return
        letter.state, letter.trouble = "pending", trouble
        letter.claimed_by = letter.claimed_until = None
        letter.not_before = now + AGAIN_AFTER[min(letter.attempts, len(AGAIN_AFTER)) - 1]
        tell_operator(
            office,
            session,
            letter.unit_code,
            cause=f"secrecy {letter.id}",
            what="ett brev hölls inne därför att det innehåller ett personnummer",
            affects="Mottagaren har inte fått brevet.",
            action=trouble,
            now=now,
        )
