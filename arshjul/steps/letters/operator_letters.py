"""Letters to the operator: what failed, for whom, and what to do. Never to a manager.

One letter for each cause and day, however often it fails. Called by posting, and by the flows when a run
has failed and trying again did not help.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from arshjul.adapters.store import tables
from arshjul.letters import Failure, MatterKind
from arshjul.office import Office
from arshjul.organisation import Role
from arshjul.steps.letters.notices import notify_unit
from arshjul.wheel import local_day


def tell_operator(
    office: Office,
    session: Session,
    unit_code: str,
    *,
    cause: str,
    what: str,
    affects: str,
    action: str,
    now: datetime,
    cycle: str | None = None,
    run: str | None = None,
) -> int:
    """Put down a letter to each operator of the unit; how many are told, 0 where they were told today.

    `what` ends the sentence "Något gick fel kl. …: …" and has no full stop; `affects` and `action` are
    sentences. `cycle` is "T2 2026", `run` what Prefect calls the run.
    """
    unit = office.installation.unit(unit_code)
    today = local_day(now)
    failure = Failure(
        unit_code=unit.code,
        unit_name=unit.name,
        cycle=cycle,
        what=what,
        affects=affects,
        action=action,
        at=now,
        run=run,
    )
    return sum(
        notify_unit(session, unit.code, failure, cause=f"{cause} {today}", receiver=operator, now=now)
        for operator in unit.holders(Role.OPERATOR, today)
    )


def tell_of_refusal(
    office: Office, session: Session, letter: tables.Letter, kinds: set[str], now: datetime, *, mended: str
) -> None:
    """A letter that did not get through. `mended` says what happens when the address has been put right."""
    if kinds == {MatterKind.FAILURE.value}:  # the operator's own address does not work: nobody to tell
        return
    people = {person.id: person.name for person in office.installation.organisation.people}
    name = people.get(letter.receiver, letter.receiver)
    tell_operator(
        office,
        session,
        letter.unit_code,
        cause=f"letter {letter.id}",
        what=f"ett brev till {name} gick inte fram",
        affects=f"{name} har inte fått det.",
        action=f"Kontrollera adressen i organisation.yaml och hör av dig till {name}. {mended}",
        now=now,
    )
