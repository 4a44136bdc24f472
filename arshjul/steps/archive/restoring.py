"""From packages alone: a new installation takes up the cases again, shows every report and knows the figures.

Read from a package that is whole: the files that were decided on, the submissions that count and the answers
in them, the decisions, the plan, what was released. Not there to read: drafts, letters, who was late. What
the installation has already is left alone. Called by `arshjul archive restore`.
"""

import hashlib
import json
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from arshjul.adapters.archive import find_packages, package_sha256, verify_package
from arshjul.adapters.archive.bags import DECLARATION
from arshjul.adapters.archive.contents import media_type
from arshjul.adapters.store import tables
from arshjul.adapters.store.columns import canonical
from arshjul.adapters.store.files import HTML, keep_file
from arshjul.cycle import ARCHIVE, CycleKey
from arshjul.errors import BadInput
from arshjul.office import Office
from arshjul.plan import Kind
from arshjul.steps.archive.archiving import PART, package_folder
from arshjul.steps.archive.package_contents import CASE, FORMAT
from arshjul.steps.cycle.cycles import is_done, record_step, start_cycle
from arshjul.steps.report.deciding import export_version
from arshjul.submission import from_canonical_json

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Restored:
    """One package: its name, its cycle, and whether it brought anything."""

    name: str
    key: CycleKey
    version: int
    new: bool


def restore(office: Office, path: Path, now: datetime) -> Restored:
    """Take up the case in a package. BadInput where it is not whole, or has no case in it."""
    faults = verify_package(path)
    if faults:
        raise BadInput(f"paketet är inte helt och läses inte in: {faults[0].message}", str(path))
    path = _inside(path)
    part = path / "representations" / "restricted" / "data"
    try:
        case: Json = json.loads((part / CASE).read_text("utf-8"))
        known_format = case["format"]
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise BadInput(
            "i paketet finns inget ärende att läsa in (case.json i den begränsade delen)", str(path)
        ) from error
    if known_format != FORMAT:
        raise BadInput("paketet är skrivet av en nyare version av Årshjul", str(path))
    try:
        restored = _take_up(office, path, part, case, now)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, OSError) as error:
        raise BadInput(
            f"paketet är helt, men ärendet i det går inte att förstå ({_what(error)}); inget lästes in",
            str(path),
        ) from error
    if restored.new:
        export_version(office, restored.key, restored.version)
    return restored


def _inside(path: Path) -> Path:
    """The package itself, where it came in a bag for transport."""
    found = find_packages(path / "data") if (path / DECLARATION).is_file() else []
    return found[0] if len(found) == 1 else path


def _what(error: Exception) -> str:
    """What was wrong, in few words: a name that is not there, or a file."""
    if isinstance(error, KeyError):
        return f"uppgiften {error.args[0]} saknas"
    if isinstance(error, OSError):
        return f"filen {Path(error.filename or '').name} kan inte läsas"
    return "en uppgift har fel form"


def _keep(office: Office, path: Path) -> None:
    """Lay the package in the archive of this installation, where the ledger says that it is."""
    place = package_folder(office, path.name)
    if place.exists():
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    unfinished = place.with_name(f".{place.name}.part")
    shutil.rmtree(unfinished, ignore_errors=True)
    shutil.copytree(path, unfinished)
    faults = verify_package(unfinished)
    if faults:
        raise BadInput(f"kopian till arkivet blev inte hel: {faults[0].message}", str(place))
    unfinished.replace(place)


def _take_up(office: Office, path: Path, part: Path, case: Json, now: datetime) -> Restored:
    cycle_of, number = case["cycle"], case["version"]["number"]
    key = CycleKey(case["unit"]["code"], Kind(cycle_of["kind"]), cycle_of["year"], cycle_of["month"])
    with office.database.writing() as session:
        cycle = start_cycle(session, key, case["unit"]["name"], _at(cycle_of["created_at"]))
        known = session.scalar(
            select(tables.ApprovedVersion.id).where(
                tables.ApprovedVersion.cycle_id == cycle.id, tables.ApprovedVersion.number == number
            )
        )
        if known is not None:
            return Restored(path.name, key, number, new=False)
        if cycle.registry_number is None:
            cycle.registry_number = cycle_of["registry_number"]
            _number(session, cycle)
        _plan(session, cycle, case, path)
        decisions = _decisions(session, cycle, path)
        _answers(session, cycle, case, part)
        _judgements(session, cycle, part)
        version = _version(session, cycle, case, decisions, path)
        _steps(session, cycle, case)
        session.add(
            tables.Package(
                version_id=version.id, part=PART, path=path.name, sha256=package_sha256(path), written_at=now
            )
        )
        if not is_done(session, cycle, f"{ARCHIVE}-{number}"):
            record_step(session, cycle, f"{ARCHIVE}-{number}", now, now, {"restored": True})
        _keep(office, path)  # before the ledger says so
    return Restored(path.name, key, number, new=True)


def case_order(path: Path) -> tuple[int, int, int, str]:
    """In which order packages are taken up: as the years went, corrections after what they correct."""
    try:
        file = _inside(path) / "representations" / "restricted" / "data" / CASE
        case = json.loads(file.read_text("utf-8"))
        cycle = case["cycle"]
        return cycle["year"], cycle["month"], case["version"]["number"], path.name
    except (OSError, ValueError, KeyError, TypeError):
        return 0, 0, 0, path.name  # told of when it is read


def _number(session: Session, cycle: tables.Cycle) -> None:
    """Built-in numbers go on after those that were given, so that none is given twice."""
    prefix, _, rest = (cycle.registry_number or "").rpartition(" ")
    year, _, number = rest.partition("/")
    if prefix and year.isdecimal() and number.isdecimal():
        key = (prefix, int(year), int(number))
        if session.get(tables.RegistryNumber, key) is None:
            session.add(tables.RegistryNumber(prefix=prefix, year=key[1], number=key[2], cycle_id=cycle.id))


def _plan(session: Session, cycle: tables.Cycle, case: Json, path: Path) -> None:
    of = case["plan"]
    if of is None:
        return
    content = (path / "representations" / "public" / "data" / "plan" / "plan.yaml").read_text("utf-8")
    same = select(tables.PlanVersion).where(
        tables.PlanVersion.unit_code == cycle.unit_code, tables.PlanVersion.year == of["year"]
    )
    rows = session.scalars(same.order_by(tables.PlanVersion.number)).all()
    row = next((row for row in rows if row.content == content), None)
    if row is None:
        taken = {each.number for each in rows}
        row = tables.PlanVersion(
            unit_code=cycle.unit_code,
            year=of["year"],
            number=of["number"] if of["number"] not in taken else max(taken) + 1,
            content=content,
            sha256=hashlib.sha256(content.encode()).hexdigest(),
            created_at=_at(of["created_at"]),
        )
        session.add(row)
        session.flush()
    cycle.plan_version_id = row.id


def _decisions(session: Session, cycle: tables.Cycle, path: Path) -> dict[int, int]:
    """The decisions of both parts, in their order; number in the case to id in the store."""
    files = sorted(
        (path / "representations").glob("*/data/decisions/[0-9]*.json"), key=lambda file: file.name
    )
    have = {
        canonical([row.kind, row.person, row.at.isoformat(), row.subject_sha256]): row.id
        for row in session.scalars(select(tables.Decision).where(tables.Decision.cycle_id == cycle.id))
    }
    ids = {}
    for file in files:
        said = json.loads(file.read_text("utf-8"))
        same = canonical([said["kind"], said["person"], said["at"], said["on_sha256"]])
        if same not in have:
            row = tables.Decision(
                unit_code=cycle.unit_code,
                cycle_id=cycle.id,
                kind=said["kind"],
                person=said["person"],
                at=_at(said["at"]),
                subject_sha256=said["on_sha256"],
                reason=said["reason"],
                content=said["content"],
            )
            session.add(row)
            session.flush()
            have[same] = row.id
        ids[int(file.name[:4])] = have[same]
    return ids


def _answers(session: Session, cycle: tables.Cycle, case: Json, part: Path) -> None:
    """Forms, submissions and the answers in them. A form's workbook is not kept: its content stands in."""
    forms: dict[int, int] = {}
    for number, about in enumerate(case["forms"], start=1):
        content = (part / "forms" / f"form-{number:02d}.json").read_text("utf-8")
        same = select(tables.Form).where(
            tables.Form.cycle_id == cycle.id,
            tables.Form.person == about["person"],
            tables.Form.number == about["number"],
        )
        form = session.scalar(same)
        if form is None:
            form = tables.Form(
                cycle_id=cycle.id,
                person=about["person"],
                number=about["number"],
                scopes=about["scopes"],
                content=content,
                workbook_sha256=keep_file(session, content.encode(), "application/json"),
                created_at=_at(about["created_at"]),
            )
            session.add(form)
            session.flush()
        forms[number] = form.id
    have = set(
        session.scalars(select(tables.Submission.sha256).where(tables.Submission.cycle_id == cycle.id))
    )
    for scope, number in case["submissions"].items():
        content = (part / "submissions" / f"{scope}.json").read_text("utf-8")
        submission = from_canonical_json(content)
        if submission.fingerprint in have:
            continue
        row = tables.Submission(
            cycle_id=cycle.id,
            form_id=forms[number],
            scope=scope,
            person=submission.person,
            version=submission.version,
            state="accepted",
            content=content,
            sha256=submission.fingerprint,
            faults=[],
            received_at=submission.received_at,
        )
        session.add(row)
        session.flush()
        session.add_all(
            tables.Answer(
                submission_id=row.id,
                field=answer.field,
                state=answer.state.value,
                number=answer.number,
                text=answer.text,
            )
            for answer in submission.answers.values()
        )


def _judgements(session: Session, cycle: tables.Cycle, part: Path) -> None:
    file = part / "decisions" / "judgements.json"
    have = {
        (row.goal, row.at)
        for row in session.scalars(select(tables.Judgement).where(tables.Judgement.cycle_id == cycle.id))
    }
    for said in json.loads(file.read_text("utf-8")) if file.is_file() else ():
        if (said["goal"], _at(said["at"])) not in have:
            session.add(tables.Judgement(**{**said, "at": _at(said["at"]), "cycle_id": cycle.id}))
            session.flush()


def _version(
    session: Session, cycle: tables.Cycle, case: Json, decisions: dict[int, int], path: Path
) -> tables.ApprovedVersion:
    """The approved version, byte by byte as it was decided on."""
    of = case["version"]
    report = path / "representations" / "public" / "data" / "report"
    for name, sha256 in of["files"].items():
        media = HTML if name.endswith(".html") else media_type(name)
        if keep_file(session, (report / name).read_bytes(), media) != sha256:
            raise BadInput(f"filen {name} är inte den som beslutades", str(path))
    version = tables.ApprovedVersion(
        cycle_id=cycle.id,
        number=of["number"],
        manifest=(report / "manifest.json").read_text("utf-8"),
        manifest_sha256=of["manifest_sha256"],
        files=of["files"],
        bases=of["bases"],
        decision_id=decisions[of["decision"]],
        approved_at=_at(of["approved_at"]),
    )
    session.add(version)
    session.flush()
    session.add_all(
        tables.ReleasedCell(version_id=version.id, cell=cell, unit_code=cycle.unit_code, printed=printed)
        for cell, printed in case["released"].items()
    )
    for cell, printed in case["released_in_forms"].items():
        if session.get(tables.ReleasedInForm, (cycle.id, cell)) is None:
            session.add(
                tables.ReleasedInForm(
                    cycle_id=cycle.id, cell=cell, unit_code=cycle.unit_code, printed=printed
                )
            )
    return version


def _steps(session: Session, cycle: tables.Cycle, case: Json) -> None:
    for name, (planned, done) in case["steps"].items():
        if not is_done(session, cycle, name):
            record_step(session, cycle, name, _at(planned), _at(done), {"restored": True})


def _at(written: str) -> datetime:
    return datetime.fromisoformat(written)
