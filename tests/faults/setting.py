"""Where a play goes on and how far, and the installation that it is played in.

What the harness wants is said in setting.json. Called by `tests.faults.drive` and by its stages.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import token_hex
from socket import gethostname

from arshjul.adapters.store.database import Database
from arshjul.config import load_installation
from arshjul.office import Office
from arshjul.organisation import Unit

SUBUNITS = ("HUMLAN", "KAJUTAN", "RETUREN")  # one answers twice, one is sent back, one never answers


@dataclass(frozen=True, slots=True)
class Setting:
    """What the harness says in setting.json: where things are, and how far to play."""

    database: str
    port: int
    filled: str  # the folder where people keep the workbooks they have filled in, run after run
    until: str = ""  # the last moment to play; empty: the archiving
    corrected: bool = False  # go on with a correction, its own archive, weeding, disposal and a safety copy
    lock_wait_seconds: float = 30
    hours_back: int = 0  # the clock is set back: only the program works, at the last moment less that

    @classmethod
    def of(cls, folder: Path) -> "Setting":
        return cls(**json.loads((folder / "setting.json").read_text("utf-8")))


@contextmanager
def office_at(folder: Path, setting: Setting) -> Iterator[Office]:
    """The installation in `folder`; its files say nothing of port and database, which differ between runs."""
    installation = load_installation(folder / "config")
    mail = replace(installation.settings.mail, host="127.0.0.1", port=setting.port)
    organisation = installation.organisation
    copies = str(folder / "data" / "kopior")
    archive = replace(installation.settings.archive, target=copies)
    installation = replace(
        installation,
        settings=replace(installation.settings, mail=mail, archive=archive),
        organisation=replace(organisation, units=tuple(smaller(unit) for unit in organisation.units)),
    )
    database = Database(setting.database, setting.lock_wait_seconds)
    try:
        database.migrate()
        name = f"{gethostname()}:{os.getpid()}:{token_hex(4)}"
        yield Office(
            installation, database, lambda: datetime.now(UTC) - timedelta(hours=setting.hours_back), name
        )
    finally:
        database.close()


def smaller(unit: Unit) -> Unit:
    """The unit with three sub-units and those who answer for them: every point is passed, sooner."""
    return replace(
        unit,
        subunits=tuple(subunit for subunit in unit.subunits if subunit.code in SUBUNITS),
        assignments=tuple(
            replace(one, subunits=tuple(code for code in one.subunits if code in SUBUNITS))
            for one in unit.assignments
            if not one.subunits or {*one.subunits} & {*SUBUNITS}
        ),
    )
