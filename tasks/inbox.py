"""Reading the inbox as a task: a batch of files, with progress shown while they are read."""

from datetime import datetime

from arshjul.steps.answers.collecting import Collected, collect_file, inbox_files
from tasks.installed import installed_office
from tasks.progress import shown_progress
from tasks.work import unit_of_work


@unit_of_work("läs inkorgen")
def read_inbox(now: datetime) -> Collected:
    """Read every file that waits in the inbox; what they gave."""
    office = installed_office()
    files = inbox_files(office)
    collected = Collected()
    progress = shown_progress("inkorg", "Svar som läses")
    for number, path in enumerate(files, start=1):
        collected.add(collect_file(office, path, now))
        progress(number / len(files))
    return collected
