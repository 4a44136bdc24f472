"""Checking the archive packages, and weeding: tables of both, a letter where one is not whole."""

import hashlib
from datetime import datetime

from prefect.artifacts import create_table_artifact

from arshjul.steps.archive import package_check, weeding
from arshjul.steps.letters.failing import tell
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
    checked = package_check.check_packages(office, now, progress)
    rows = [
        {
            "Paket": package.name,
            "Var": package.target or "arkivmappen",
            "Läge": "; ".join(package.faults) or "helt och oförändrat",
        }
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
            what=f"arkivpaketet {package.name}{_where(package)} är inte som det skrevs",
            action=f"{said} {WHAT_TO_DO}",
            mark=hashlib.sha256(f"{package.name} {package.target} {said}".encode()).hexdigest()[:16],
            run="Arkivpaketen kontrolleras",
            now=now,
        )
    return len(faulty)


def _where(package: package_check.CheckedPackage) -> str:
    return f" på {package.target}" if package.target else ""


@unit_of_work("rensa arbetskopior", timeout_seconds=3600)
def weed(now: datetime) -> int:
    """Weed by the rules what was only a working copy; how many things went, with a table of them."""
    office = installed_office()
    lines = weeding.weed(office, now)
    rows = [
        {
            "Ärende": f"{line.key} {line.unit_code}" if line.key else line.unit_code,
            "Vad": weeding.RULES[line.rule],
            "Antal": line.number,
        }
        for line in lines
    ]
    if rows:
        create_table_artifact(rows, key="rensning", description="Det som rensades, efter regel")
    return sum(line.number for line in lines)
