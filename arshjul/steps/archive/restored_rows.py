"""A case's rows in the store, made of what its package holds: plan, decisions, answers, the decided version.

In the caller's transaction; nothing is made twice. Called by `arshjul.steps.archive.restoring`.
"""

import hashlib
import json
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from arshjul.adapters.archive.contents import media_type
from arshjul.adapters.store import tables
from arshjul.adapters.store.columns import canonical
from arshjul.adapters.store.files import HTML, keep_file
from arshjul.adapters.store.tables.answering import SubmissionState
from arshjul.errors import BadInput
from arshjul.steps.cycle.cycles import is_done, record_step
from arshjul.submission import from_canonical_json

Json = dict[str, Any]


def case_rows(
    session: Session, cycle: tables.Cycle, case: Json, path: Path, part: Path
) -> tables.ApprovedVersion:
    """Everything of the case that rows are kept of; its version as it was decided.

    `path` is the package, `part` the data of its restricted part.
    """
    if cycle.registry_number is None:
        cycle.registry_number = case["cycle"]["registry_number"]
        _number(session, cycle)
    _plan(session, cycle, case, path)
    decisions = _decisions(session, cycle, path)
    _answers(session, cycle, case, part)
    _judgements(session, cycle, part)
    version = _version(session, cycle, case, decisions, path)
    _steps(session, cycle, case)
    return version


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
            created_at=time_of(of["created_at"]),
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
                at=time_of(said["at"]),
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
                created_at=time_of(about["created_at"]),
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
            state=SubmissionState.ACCEPTED,
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
        if (said["goal"], time_of(said["at"])) not in have:
            session.add(tables.Judgement(**{**said, "at": time_of(said["at"]), "cycle_id": cycle.id}))
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
        approved_at=time_of(of["approved_at"]),
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
            record_step(session, cycle, name, time_of(planned), time_of(done), {"restored": True})


def time_of(written: str) -> datetime:
    """A time of the case, as it is written there."""
    return datetime.fromisoformat(written)
