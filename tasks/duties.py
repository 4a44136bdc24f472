"""The recurring duties as a task: one round for a unit."""

from datetime import datetime

from prefect.artifacts import create_markdown_artifact

from arshjul.steps.duties import duties
from arshjul.steps.duties.duties import DutiesDone
from tasks.installed import installed_office
from tasks.work import unit_of_work


@unit_of_work("säg till om uppgifter")
def tell_of_duties(unit: str, now: datetime) -> DutiesDone:
    """Put letters about the unit's duties in the post; shows what has passed untold."""
    done = duties.tell_of_duties(installed_office(), unit, now)
    if done.passed:
        lines = "\n".join(f"- {label}" for label in done.passed)
        create_markdown_artifact(
            f"Tiden gick innan någon fick besked. Enhetschefen har fått veta det.\n\n{lines}",
            key=f"uppgifter-{unit}-missade".lower(),
            description="Uppgifter vars tid har gått",
        )
    return done
