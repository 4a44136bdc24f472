"""Rows to fill a store with."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from arshjul.adapters.store import tables
from arshjul.adapters.store.files import XLSX, keep_file
from tests.example import at

NOW = at("2026-09-08 08:00")


def a_cycle(session: Session, *, created_at: datetime = NOW, year: int = 2026) -> int:
    """A cycle of the unit SOL; its id."""
    if session.get(tables.Unit, "SOL") is None:
        session.add(tables.Unit(code="SOL", name="Solgläntans dagliga verksamhet"))
        session.flush()
    cycle = tables.Cycle(unit_code="SOL", year=year, kind="T2", created_at=created_at)
    session.add(cycle)
    session.flush()
    return cycle.id


def an_answer(session: Session, *, number: Decimal | None, field: str = "I01.total") -> int:
    """An answer with all that it hangs on; the id of its submission."""
    cycle = a_cycle(session)
    form = tables.Form(
        cycle_id=cycle,
        person="anna",
        number=1,
        scopes=["LARKAN"],
        content="",
        workbook_sha256=keep_file(session, b"arbetsbok", XLSX),
        created_at=NOW,
    )
    session.add(form)
    session.flush()
    submission = tables.Submission(
        cycle_id=cycle,
        form_id=form.id,
        scope="LARKAN",
        person="anna",
        version=1,
        state="accepted",
        content="{}",
        sha256="0" * 64,
        faults=[],
        received_at=NOW,
    )
    session.add(submission)
    session.flush()
    session.add(tables.Answer(submission_id=submission.id, field=field, state="value", number=number))
    session.flush()
    return submission.id
