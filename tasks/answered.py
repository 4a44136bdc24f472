"""The table of who has answered, as an artifact on the run's own page. Names sub-units, never people."""

from prefect.artifacts import create_table_artifact

from arshjul.steps.standing import scope_standing
from tasks.installed import installed_office
from tasks.work import Work


def show_answered(work: Work) -> None:
    """Publish the table for the cycle."""
    rows = [
        {"Verksamhet": row.name, "Svar": row.words, "Version": row.version or "–"}
        for row in scope_standing(installed_office(), work.key)
    ]
    if rows:
        key = f"{work.kind}-{work.year}-{work.unit}-svar".lower()
        create_table_artifact(rows, key=key, description=f"{work.title}: vilka som har svarat")
