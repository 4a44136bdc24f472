"""Nothing is told twice to one person: what is left of a pile when what says the same is gone.

Which words are on the same thing is `arshjul.letters.restraint`. Called by
`arshjul.steps.letters.enveloping`.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, bindparam, or_, select
from sqlalchemy.orm import Session

from arshjul.adapters.store import tables
from arshjul.letters import Matter, MatterKind, Reminder, Returned, from_json
from arshjul.letters.restraint import asks_for_the_same, subject_of
from arshjul.steps.letters.still_true import Withdrawn, withdraw
from arshjul.wheel import local_day

Told = list[tuple[tables.Notice, Matter]]

GONE = or_(  # sent since, or somebody may have got it
    tables.Letter.state == "claimed",
    and_(tables.Letter.state == "pending", tables.Letter.uncertain),
    and_(tables.Letter.state == "sent", tables.Letter.sent_at >= bindparam("since")),
)
_SENT_BACK = (
    select(tables.Notice.receiver, tables.Notice.content, tables.Letter.sent_at)
    .join(tables.Letter, tables.Notice.letter_id == tables.Letter.id)
    .where(tables.Notice.kind == MatterKind.RETURNED, GONE)
)


def sent_back_today(session: Session, now: datetime) -> dict[str, list[Returned]]:
    """What each person has been told today that she has to put right."""
    today = local_day(now)
    sent_back: dict[str, list[Returned]] = defaultdict(list)
    for receiver, content, sent_at in session.execute(_SENT_BACK, {"since": now - timedelta(days=1)}):
        matter = from_json(content)
        if isinstance(matter, Returned) and (sent_at is None or local_day(sent_at) == today):
            sent_back[receiver].append(matter)
    return sent_back


def without_repetition(
    receiver: str, told: Told, sent_back: Mapping[str, Sequence[Returned]], now: datetime
) -> Told:
    """Of several words to the same person on the same, the newest; what two people get alike, once."""
    newest = {(notice.receiver, subject_of(matter)): notice.id for notice, matter in told}
    own = [matter for notice, matter in told if notice.receiver == receiver]
    kept: Told = []
    for notice, matter in told:
        about = subject_of(matter)
        replaced = about is not None and newest[notice.receiver, about] != notice.id
        if isinstance(matter, Reminder):
            replaced |= any(asks_for_the_same(matter, back) for back in sent_back.get(notice.receiver, ()))
        twice = notice.receiver != receiver and (matter in own or any(matter == m for _, m in kept))
        if replaced or twice:
            withdraw(notice, Withdrawn.REPLACED, now)
        else:
            kept.append((notice, matter))
    return kept
