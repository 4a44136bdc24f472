"""Reading the inbox as a task: a batch of files, with progress shown while they are read."""

from datetime import datetime
from uuid import UUID

from prefect.artifacts import create_progress_artifact, update_progress_artifact

from arshjul.steps.collecting import Collected, collect_file, inbox_files
from tasks.installed import installed_office
from tasks.work import unit_of_work


@unit_of_work("läs inkorgen")
def read_inbox(now: datetime) -> Collected:
    """Read every file that waits in the inbox; what they gave."""
    office = installed_office()
    files = inbox_files(office)
    collected = Collected()
    shown = create_progress_artifact(progress=0.0, key="inkorg", description="Svar som läses")
    assert isinstance(shown, UUID)  # a coroutine only when called from async code
    for number, path in enumerate(files, start=1):
        collected.add(collect_file(office, path, now))
        update_progress_artifact(shown, progress=100.0 * number / len(files))
    return collected
