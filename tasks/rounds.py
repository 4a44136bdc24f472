"""A round as tasks, a handful of units each: a city's evening is a few hundred task runs, not thousands.

Called by `flows.steps.spreading`.
"""

from collections.abc import Sequence
from datetime import datetime

from prefect.artifacts import create_table_artifact

from arshjul.cycle import CycleKey
from arshjul.steps.answers.collecting import Collected, collect_file, inbox_part
from arshjul.steps.cycle.rounds import Round, cycles_round, duties_round
from tasks.installed import installed_office
from tasks.work import unit_of_work

UNITS_A_TASK = 6  # seconds of work: a unit's step takes a quarter of a second to two
FILES_A_TASK = 50


@unit_of_work("{title}", retries=0, timeout_seconds=1800)
def bring_up_to_date(title: str, keys: Sequence[CycleKey], now: datetime) -> Round:  # noqa: ARG001  # its name
    """Take what is due in each of a handful of cycles."""
    return cycles_round(installed_office(), keys, now)


@unit_of_work("{title}", retries=0, timeout_seconds=1800)
def tell_of_duties(title: str, units: Sequence[str], now: datetime) -> Round:  # noqa: ARG001  # its name
    """Tell of what is due about the duties of a handful of units."""
    return duties_round(installed_office(), units, now)


@unit_of_work("läs inkorgen, del {part} av {of}", retries=0, timeout_seconds=1800)
def read_part(part: int, of: int, now: datetime, most: int = FILES_A_TASK) -> Collected:
    """Read so many files of one part of the inbox; another worker may have taken some of them."""
    office = installed_office()
    collected = Collected()
    for path in inbox_part(office, part, of)[:most]:
        collected.add(collect_file(office, path, now))
    return collected


def show_round(title: str, done: Round) -> None:
    """A table of what could not be done, on the run's own page; units, never people."""
    rows = [{"Vad": trouble.title, "Varför": trouble.words} for trouble in done.troubles]
    if rows:
        create_table_artifact(rows, key="gick-inte", description=f"{title}: det som inte gick")
