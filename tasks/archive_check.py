"""Checking the archive packages as a task: a table of what was found, a letter where one is not whole."""

import hashlib
from datetime import datetime

from prefect.artifacts import create_table_artifact

from arshjul.steps import package_check
from arshjul.steps.failing import tell
from tasks.installed import installed_office
from tasks.progress import shown_progress
from tasks.work import unit_of_work

WHAT_TO_DO = (
    "Hämta tillbaka paketet från säkerhetskopian och kontrollera det med ”arshjul archive verify”. "
    "Låt det skadade paketet ligga kvar tills orsaken är känd."
)


@unit_of_work("läs tillbaka arkivpaketen", timeout_seconds=6 * 3600)
def check_packages(now: datetime) -> int:
    """Verify every package; the number with a fault, each told of to the operator of its unit."""
    office = installed_office()
    progress = shown_progress("arkiv-kontroll", "Arkivpaket som läses tillbaka")
    checked = package_check.check_packages(office, progress)
    rows = [
        {"Paket": package.name, "Läge": "; ".join(package.faults) or "helt och oförändrat"}
        for package in checked
    ]
    if rows:
        create_table_artifact(rows, key="arkiv", description="Arkivpaketen, kontrollerade")
    faulty = [package for package in checked if package.faults]
    for package in faulty:
        said = " ".join(package.faults)
        tell(
            office,
            package.unit_code,
            what=f"arkivpaketet {package.name} är inte som det skrevs",
            action=f"{said} {WHAT_TO_DO}",
            mark=hashlib.sha256(f"{package.name} {said}".encode()).hexdigest()[:16],
            run="Arkivpaketen kontrolleras",
            now=now,
        )
    return len(faulty)
