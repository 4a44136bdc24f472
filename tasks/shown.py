"""What a run shows on its own page in Prefect: who has answered, what was made, what went wrong.

Artifacts name sub-units and files, never people.
"""

from pathlib import Path

from prefect.artifacts import create_markdown_artifact, create_table_artifact

from arshjul.cycle import ARCHIVE, COMPILE
from arshjul.errors import ArshjulError
from arshjul.steps.cycle.output import DRAFT, exported_files
from arshjul.steps.cycle.standing import package_path, scope_standing
from tasks.installed import installed_office
from tasks.work import Work


def show_answered(work: Work) -> None:
    """A table of who has answered in the cycle."""
    rows = [
        {"Verksamhet": row.name, "Svar": row.words, "Version": row.version or "–"}
        for row in scope_standing(installed_office(), work.key)
    ]
    if rows:
        create_table_artifact(rows, key=_key(work, "svar"), description=f"{work.title}: vilka som har svarat")


def show_made(work: Work, steps: list[str]) -> None:
    """Links to what the steps made: the draft's files, the archive package."""
    office = installed_office()
    kinds = {step.partition("-")[0] for step in steps}
    if COMPILE in kinds:
        _links(work, "utkast", "utkastet", exported_files(office, work.key, DRAFT))
    if ARCHIVE in kinds and (package := package_path(office, work.key)):
        _links(work, "paket", "arkivpaketet", [package])


def show_waiting(title: str, error: Exception, number: int, seconds: float) -> None:
    """One line that says that the run waits and tries again."""
    words = f"{error} Försök {number} gick inte; nästa görs om {seconds:g} sekunder."
    create_markdown_artifact(f"**{title}**\n\n{words}", key="forsok", description=f"{title}: väntar")


def show_failure(title: str, error: Exception) -> None:
    """One line that says what failed and what to do, for whoever opens the run."""
    known = isinstance(error, ArshjulError)
    words = str(error) if known else "Ett fel i programmet. Säg till den som sköter driften; se loggen nedan."
    create_markdown_artifact(f"**{title}**\n\n{words}", key="gick-inte", description=f"{title}: gick inte")


def _links(work: Work, key: str, what: str, paths: list[Path]) -> None:
    lines = [f"- [{path.name}]({path.as_uri()})" for path in paths]
    markdown = "\n".join([f"**{work.title}: {what}**", "", *lines])
    create_markdown_artifact(markdown, key=_key(work, key), description=f"{work.title}: {what}")


def _key(work: Work, what: str) -> str:
    return f"{work.key.slug}-{work.unit}-{what}".lower()
