"""Archiving an approved cycle: the package in its place, its copy at the target, the ledger.

The package row is claimed before anything is written; the package is made in a temporary folder, verified and
moved into place in one step. The step is done when the copy has been read back as well. What is kept is
decided in `package_contents`.
"""

from datetime import datetime
from functools import cache
from importlib.metadata import version as installed_version
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from arshjul.adapters.archive import Event, Holding, Marking, Part, write_package
from arshjul.adapters.archive.contents import PUBLIC, RESTRICTED
from arshjul.adapters.archive.targets import copy_package, open_target
from arshjul.adapters.store import tables
from arshjul.crash_points import CrashPoint, reached
from arshjul.cycle import CycleKey, Due
from arshjul.office import Office
from arshjul.steps.archive.package_contents import decisions_of, public_files, restricted_files, schemas
from arshjul.steps.cycle.cycles import hold_cycle, is_done, record_step
from arshjul.steps.cycle.settled import settled
from arshjul.steps.cycle.versions import approved_version

PART = "fgs"
_SOFTWARE = "Årshjul"
_SAID = {
    "approve": "Rapporten godkändes.",
    "adopt": "Planen fastställdes.",
    "correct": "En rättelse påbörjades.",
}
_ABOUT = """{title}

Det här är ett arkivpaket enligt FGS Paketstruktur 2.0 (E-ARK CSIP och SIP 2.1).

METS.xml                          innehållsförteckning med storlek och SHA-256 för varje fil
metadata/descriptive/ead.xml      vad paketet är: arkivbildare, enhet, diarienummer, period, gallringsregel
metadata/preservation/premis.xml  vad som har hänt: beslut, rättelser, paketering
representations/public            {public}
representations/restricted        {restricted}

I varje del ligger filerna under data:

report              rapporten som den beslutades, som PDF/A, webbsida och Word;
                    manifest.json är det som beslutet gäller
decisions           besluten med sina skäl; de som inte rör själva rapporten
                    ligger i den begränsade delen
plan, config        planen och inställningarna som gällde
data                siffror, svar och andra systems uppgifter som tabeller;
                    kolumnerna förklaras under schemas
submissions, forms  de svar som räknades, och underlagen som de svarar på
case.json           det som behövs för att läsa in ärendet i en ny installation

Diarienummer: {register_number}
Gallring: {disposal_rule}
Gjort med: {software} {version}
"""


def archive(office: Office, key: CycleKey, step: Due, now: datetime) -> int:
    """Write the package of the approved version; the number of files kept, 0 when it was done before."""
    number = int(step.name.rpartition("-")[2])
    with office.database.writing() as session:
        cycle = hold_cycle(session, key)
        if cycle is None or is_done(session, cycle, step.name):
            return 0
        version = approved_version(session, cycle, number)
        assert version is not None  # the step is due once it has been decided
        name = f"{key.unit_code}-{key.slug}-v{number}"
        row = _row(session, version.id)
        if row is None:
            session.add(tables.Package(version_id=version.id, part=PART, path=name))
    reached(CrashPoint.PACKAGE_CLAIMED)
    with office.database.reading() as session:  # what was approved stays; others can write meanwhile
        holding = _holding(office, session, key, cycle, version, name, now)
    path = package_folder(office, name)
    sha256 = write_package(path, holding)
    reached(CrashPoint.PACKAGE_MOVED)
    target = office.installation.settings.archive.target
    copied = copy_package(path, open_target(target)) if target else None
    reached(CrashPoint.COPY_READ_BACK)
    files = sum(1 for _ in holding.payload())
    with office.database.writing() as session:
        cycle = hold_cycle(session, key)
        assert cycle is not None
        row = _row(session, version.id)
        assert row is not None
        row.path, row.sha256, row.written_at = name, sha256, now
        if copied:
            note_copy(session, row, copied, sha256, now)
        record_step(session, cycle, step.name, step.planned, now, {"files": files})
    reached(CrashPoint.PACKAGE_RECORDED)
    return files


def package_folder(office: Office, path: str) -> Path:
    """Where a package of the ledger lies: relative to the archive folder of today."""
    return office.installation.settings.folders.archive / path


def note_copy(session: Session, package: tables.Package, target: str, sha256: str, now: datetime) -> None:
    """Put down that a copy at a target has been read back whole."""
    row = session.scalar(
        select(tables.PackageCopy).where(
            tables.PackageCopy.package_id == package.id, tables.PackageCopy.target == target
        )
    )
    if row is None:
        row = tables.PackageCopy(package_id=package.id, target=target)
        session.add(row)
    row.sha256, row.verified_at = sha256, now


@cache
def _installed_version() -> str:
    return installed_version("arshjul")


def _row(session: Session, version_id: int) -> tables.Package | None:
    return session.scalar(
        select(tables.Package).where(tables.Package.version_id == version_id, tables.Package.part == PART)
    )


def _holding(
    office: Office,
    session: Session,
    key: CycleKey,
    cycle: tables.Cycle,
    version: tables.ApprovedVersion,
    name: str,
    now: datetime,
) -> Holding:
    unit = office.installation.unit(key.unit_code)
    said = office.installation.settings.archive
    dates = settled(office, key).milestones
    kind = office.installation.kind(key.unit_code, key.kind)
    of = kind.title if kind else str(key)
    title = f"{of} {str(key).partition(' ')[2]}, {unit.name}, version {version.number}"
    public = Part(
        PUBLIC,
        "Offentlig del",
        Marking(said.public_marking),
        public_files(office, session, cycle, version),
        schemas(public=True),
    )
    restricted = Part(
        RESTRICTED,
        "Del som sekretessprövas",
        Marking(said.restricted_marking, said.restricted_law),
        restricted_files(office, session, cycle, version, (dates.period_start, dates.period_end)),
        schemas(public=False),
    )
    software = _installed_version()
    about = _ABOUT.format(
        title=title,
        public=said.public_marking,
        restricted=said.restricted_marking,
        register_number=cycle.registry_number or "inget",
        disposal_rule=said.disposal_rule,
        software=_SOFTWARE,
        version=software,
    )
    return Holding(
        name=name,
        title=title,
        created=now,
        creator=said.creator or unit.administration,
        creator_id=said.creator_id,
        unit=unit.name,
        receiver=said.receiver,
        register_number=cycle.registry_number or "",
        period=(dates.period_start, dates.period_end),
        disposal_rule=said.disposal_rule,
        software=_SOFTWARE,
        software_version=software,
        parts=(public, restricted),
        documentation={"om-paketet.txt": about.encode()},
        events=_events(office, session, cycle, name, now),
    )


def _events(
    office: Office, session: Session, cycle: tables.Cycle, name: str, now: datetime
) -> tuple[Event, ...]:
    """What has happened to the report, and that it was packed. Closed findings are restricted."""
    people = office.installation.organisation
    decided = [
        Event("creation", each.at, _SAID[each.kind], people.name(each.person))
        for each in decisions_of(session, cycle)
        if each.kind in _SAID
    ]
    return (
        *decided,
        Event("information package creation", now, f"Paketet {name} skrevs."),
        Event("validation", now, "Varje fil lästes tillbaka och jämfördes med sin kontrollsumma."),
    )
