"""The last look at a draft's own files before they are frozen: nobody's identity number is in them.

Called by `arshjul.steps.report.deciding`. What is looked for is in `arshjul.secrecy`.
"""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from arshjul.adapters.file_texts import holds_identity_number
from arshjul.adapters.store import tables
from arshjul.cycle import CycleKey
from arshjul.errors import Refused
from arshjul.office import Office
from arshjul.steps.cycle.cycles import find_cycle
from arshjul.steps.cycle.versions import newest_draft


def look_ahead(office: Office, key: CycleKey) -> None:
    """Look the files through while others can write. What was found is remembered for `refuse_secrets`."""
    with office.database.reading() as session:
        cycle = find_cycle(session, key)
        read = [(file.sha256, file.content, file.media_type) for _, file in _files(session, cycle)]
    for sha256, content, media_type in read:
        holds_identity_number(sha256, content, media_type)


def refuse_secrets(session: Session, cycle: tables.Cycle, act: str) -> None:
    """Refused where a file holds one: no reason makes an identity number fit to be frozen."""
    for name, file in _files(session, cycle):
        if holds_identity_number(file.sha256, file.content, file.media_type):
            raise Refused(
                f"{name} innehåller ett personnummer, och det hindrar ett {act}. Be den som skrivit att "
                "skriva om meningen, eller ta bort den med ”arshjul purge”, och sammanställ igen."
            )


def _files(session: Session, cycle: tables.Cycle | None) -> Iterator[tuple[str, tables.StoredFile]]:
    draft = newest_draft(session, cycle) if cycle else None
    for name, sha256 in (draft.files if draft else {}).items():
        yield name, session.get_one(tables.StoredFile, sha256)
