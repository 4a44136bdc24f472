"""The steps of a cycle as tasks: opening, reminding, escalating, compiling, distributing, archiving."""

from arshjul.steps.archive import archiving
from arshjul.steps.cycle import chasing, digesting, opening
from arshjul.steps.meetings import apt_reminding
from arshjul.steps.report import compiling, distributing
from tasks.installed import installed_office
from tasks.progress import shown_progress
from tasks.work import StepWork, unit_of_work


@unit_of_work("{step.title}: gör underlag")
def make_forms(step: StepWork) -> int:
    """Open the cycle; the number of forms made."""
    return opening.open_cycle(installed_office(), step.cycle.key, step.due, step.cycle.now)


@unit_of_work("{step.title}: påminn")
def remind(step: StepWork) -> int:
    """Put reminders in the post; their number."""
    return chasing.remind(installed_office(), step.cycle.key, step.due, step.cycle.now)


@unit_of_work("{step.title}: säg till enhetschefen")
def escalate(step: StepWork) -> int:
    """Put the escalation in the post; the number of people told."""
    return chasing.escalate(installed_office(), step.cycle.key, step.due, step.cycle.now)


@unit_of_work("{step.title}: sammanställ och granska")
def compile_draft(step: StepWork) -> int:
    """Make a draft of the report in three forms; the number of open findings."""
    cycle = step.cycle
    key = f"{cycle.key.slug}-{cycle.unit}-rapport".lower()
    progress = shown_progress(key, f"{step.title}: rapporten görs i tre former")
    return compiling.compile_draft(installed_office(), cycle.key, step.due, cycle.now, progress)


@unit_of_work("{step.title}: veckobrev")
def digest(step: StepWork) -> int:
    """Put the weekly digest in the post; the number of managers told."""
    return digesting.digest(installed_office(), step.cycle.key, step.due, step.cycle.now)


@unit_of_work("{step.title}: skicka ut rapporten")
def distribute(step: StepWork) -> int:
    """Put the approved report in the post; the number of receivers."""
    return distributing.distribute(installed_office(), step.cycle.key, step.due, step.cycle.now)


@unit_of_work("{step.title}: fråga om APT")
def ask_for_meetings(step: StepWork) -> int:
    """Put reminders to report the workplace meeting in the post; their number."""
    return apt_reminding.ask_for_meetings(installed_office(), step.cycle.key, step.due, step.cycle.now)


@unit_of_work("{step.title}: arkivera")
def archive(step: StepWork) -> int:
    """Write the archive package; the number of files in it."""
    return archiving.archive(installed_office(), step.cycle.key, step.due, step.cycle.now)
