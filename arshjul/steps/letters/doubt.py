"""Letters that may have come twice: whose sender died, or lost the line, when they had just been handed over.

The sender says so at once; whoever was not there then reads it in `arshjul status`, from the ledger.
"""

from sqlalchemy import select

from arshjul.adapters.store import tables
from arshjul.cycle import CycleKey
from arshjul.office import Office
from arshjul.steps.cycle.cycles import find_cycle


def in_doubt(message_id: str) -> str:
    """What is told of such a letter. It names nobody: a sentence may end up in a log."""
    return (
        f"Ett brev kan ha kommit fram två gånger, med samma Message-ID {message_id}: sändaren avbröts mitt i."
    )


def letters_in_doubt(office: Office, key: CycleKey) -> list[str]:
    """A sentence for each letter of the cycle that was sent and may have come twice."""
    with office.database.reading() as session:
        cycle = find_cycle(session, key)
        if cycle is None:
            return []
        found = session.scalars(
            select(tables.Letter.message_id)
            .join(tables.Notice, tables.Notice.letter_id == tables.Letter.id)
            .where(tables.Notice.cycle_id == cycle.id, tables.Letter.uncertain)
            .order_by(tables.Letter.id)
        )
        return [in_doubt(message_id) for message_id in dict.fromkeys(found)]
