"""What has failed, told to the operators in one letter: what, for whom, and what to do.

A failure that comes back is told once a day, not at every try. The manager is not told: it is not hers to
mend. Called by flows that nobody watches.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from arshjul.errors import ArshjulError, ProgramFault
from arshjul.letters import Failure
from arshjul.office import Office
from arshjul.organisation import Role, Unit
from arshjul.steps.cycle.rounds import Trouble
from arshjul.steps.letters.enveloping import gather_letters
from arshjul.steps.letters.notices import notify_unit
from arshjul.wheel import local_day

NAMED = 10
AGAIN = "Körningen görs om av sig själv vid nästa tillsyn, så inget behöver startas för hand."
OURS = (
    "Felet ligger i programmet eller datorn. Se loggen för körningen i Prefect och rätta orsaken. "
    f"Inget är förlorat. {AGAIN}"
)


def tell_operators(
    office: Office,
    title: str,
    unit_code: str | None,
    error: Exception,
    run: str,
    now: datetime,
    *,
    gather: bool = True,
) -> int:
    """Put down one letter to each operator of the unit (None: of any unit); how many were not told before."""
    known = isinstance(error, ArshjulError)
    sentence = str(error) if known or isinstance(error, ProgramFault) else type(error).__name__
    return tell(
        office,
        unit_code,
        what=f"{title} gick inte att köra",
        action=f"{sentence} {AGAIN}" if known else OURS,
        mark=hashlib.sha256(f"{title} {sentence}".encode()).hexdigest()[:16],
        run=run,
        now=now,
        gather=gather,
    )


def tell_of_round(office: Office, troubles: Sequence[Trouble], run: str, now: datetime) -> int:
    """Put down what failed in a round, and gather once: an operator gets one letter of it all."""
    told = sum(
        tell_operators(office, trouble.title, trouble.unit_code, trouble.error, run, now, gather=False)
        for trouble in troubles
    )
    if told:
        gather_letters(office, now)
    return told


def tell(
    office: Office,
    unit_code: str | None,
    *,
    what: str,
    action: str,
    mark: str,
    run: str,
    now: datetime,
    gather: bool = True,
) -> int:
    """Put down a failure for the operators; `mark` tells one from another. Each is told once a day."""
    organisation = office.installation.organisation
    day = local_day(now)
    units = [unit for unit in organisation.units if unit_code in (None, unit.code)]
    receivers: dict[str, Unit] = {}
    for unit in units:
        for person in unit.holders(Role.OPERATOR, day) or unit.holders(Role.MANAGER, day):
            receivers.setdefault(person, unit)
    told = 0
    with office.database.writing() as session:
        for person, unit in receivers.items():
            failure = Failure(
                unit_code=unit.code,
                unit_name=unit.name,
                what=what,
                affects=unit.name if unit_code else _names(units),
                action=action,
                at=now,
                run=run,
            )
            cause = f"{mark} {day}"
            told += notify_unit(session, unit.code, failure, cause=cause, receiver=person, now=now)
    if told and gather:
        gather_letters(office, now)
    return told


def _names(units: Sequence[Unit]) -> str:
    """All of them; of a city's hundreds only that it is all."""
    return ", ".join(unit.name for unit in units) if len(units) <= NAMED else f"alla {len(units)} enheter"
