"""What belongs in an archive package, and in which part of it.

Kept: the report, the submissions that count with the forms they answer, the figures, the decisions with their
reasons, plan and configuration of the day, and what a new installation needs to take the case up again. Not
kept: drafts, rejected hand-ins, findings in work, letters. Called by `arshjul.steps.archive.archiving`; read
again by `restoring`.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from arshjul.adapters.store import tables
from arshjul.adapters.store.columns import canonical
from arshjul.adapters.store.files import file_content
from arshjul.config.unit_part import files_of_unit
from arshjul.office import Office
from arshjul.plan import Plan
from arshjul.plan_file import read_plan
from arshjul.steps.archive.archive_tables import (
    ANSWERS,
    FIGURES,
    SOURCES,
    answers_csv,
    described,
    figures_csv,
    sources_csv,
)
from arshjul.steps.archive.package_sources import given_at
from arshjul.steps.cycle.cycles import key_of

CASE = "case.json"  # what a new installation needs besides the files
FORMAT = 1
# Who answers what, with addresses, is needed to understand the case but is not for publication.
_RESTRICTED_CONFIG = ("organisation.yaml",)
_NOT_OF_THE_CASE = ("settings.yaml",)  # servers and folders, perhaps a database's password
_PUBLIC_DECISIONS = ("approve", "adopt")


def public_files(
    office: Office, session: Session, cycle: tables.Cycle, version: tables.ApprovedVersion
) -> dict[str, bytes]:
    """What anybody may see: the report, its figures, the plan, the configuration, the decision."""
    files = {f"report/{name}": file_content(session, sha256) for name, sha256 in version.files.items()}
    files["report/manifest.json"] = version.manifest.encode()
    plan = _plan(session, cycle)
    if plan is not None:
        files["plan/plan.yaml"] = plan.content.encode()
    files |= _config(office, cycle, restricted=False)
    files |= _decisions(office, session, cycle, public=True)
    files[f"data/{FIGURES}"] = figures_csv(_released(session, version), _read(plan), _names(office, cycle))
    return files


def restricted_files(
    office: Office,
    session: Session,
    cycle: tables.Cycle,
    version: tables.ApprovedVersion,
    period: tuple[date, date],
) -> dict[str, bytes]:
    """What is tried for secrecy first: answers, forms, other systems' values of the months of `period`,
    what the guard of small numbers rests on."""
    counted = counted_submissions(session, cycle, version)
    files = {f"submissions/{row.scope}.json": row.content.encode() for row in counted}
    forms = session.scalars(
        select(tables.Form)
        .where(tables.Form.id.in_({row.form_id for row in counted}))
        .order_by(tables.Form.id)
    ).all()
    for number, form in enumerate(forms, start=1):
        files[f"forms/form-{number:02d}.json"] = form.content.encode()
    files |= _config(office, cycle, restricted=True)
    files |= _decisions(office, session, cycle, public=False)
    judgements = _judgements(session, cycle, version)
    if judgements:
        files["decisions/judgements.json"] = canonical(judgements).encode()
    files[f"data/{ANSWERS}"] = answers_csv(counted)
    given = given_at(session, cycle.unit_code, period, version.approved_at)
    files[f"data/{SOURCES}"] = sources_csv(given)
    files[CASE] = canonical(_case(session, cycle, version, counted, forms)).encode()
    return files


def schemas(public: bool) -> Mapping[str, bytes]:
    """What the columns of the part's data mean, as CSV on the Web has it."""
    names = (FIGURES,) if public else (ANSWERS, SOURCES)
    return {f"{name}-metadata.json": described(name) for name in names}


def counted_submissions(
    session: Session, cycle: tables.Cycle, version: tables.ApprovedVersion
) -> list[tables.Submission]:
    """The submissions that the approved version rests on; what came in later is not of it."""
    approved = json.loads(version.manifest)["submissions"]
    rows = session.scalars(
        select(tables.Submission)
        .where(tables.Submission.cycle_id == cycle.id, tables.Submission.sha256.in_(approved.values()))
        .order_by(tables.Submission.scope)
    )
    return list(rows)


def decisions_of(session: Session, cycle: tables.Cycle) -> list[tables.Decision]:
    """Every decision in the case, in order."""
    rows = session.scalars(
        select(tables.Decision).where(tables.Decision.cycle_id == cycle.id).order_by(tables.Decision.id)
    )
    return list(rows)


def _plan(session: Session, cycle: tables.Cycle) -> tables.PlanVersion | None:
    return session.get(tables.PlanVersion, cycle.plan_version_id) if cycle.plan_version_id else None


def _read(plan: tables.PlanVersion | None) -> Plan | None:
    return read_plan(plan.content, f"plan {plan.year}") if plan else None


def _names(office: Office, cycle: tables.Cycle) -> dict[str, str]:
    return {subunit.code: subunit.name for subunit in office.installation.unit(cycle.unit_code).subunits}


def _released(session: Session, version: tables.ApprovedVersion) -> dict[str, str]:
    cell = tables.ReleasedCell
    rows = session.execute(select(cell.cell, cell.printed).where(cell.version_id == version.id))
    return {row.cell: row.printed for row in rows}


def _config(office: Office, cycle: tables.Cycle, *, restricted: bool) -> dict[str, bytes]:
    return {
        f"config/{name}": content
        for name, content in files_of_unit(office.installation, cycle.unit_code).items()
        if name not in _NOT_OF_THE_CASE
        and (name in _RESTRICTED_CONFIG or name.startswith("earlier/")) is restricted
    }


def _decisions(office: Office, session: Session, cycle: tables.Cycle, *, public: bool) -> dict[str, bytes]:
    """The decisions of a part, numbered within the case: the store's own numbers run through all units."""
    return {
        f"decisions/{number:04d}-{decision.kind}.json": _decision(office, decision)
        for number, decision in enumerate(decisions_of(session, cycle), start=1)
        if (decision.kind in _PUBLIC_DECISIONS) is public
    }


def _decision(office: Office, decision: tables.Decision) -> bytes:
    return canonical(
        {
            "kind": decision.kind,
            "by": office.installation.organisation.name(decision.person),
            "person": decision.person,
            "at": decision.at.isoformat(),
            "on_sha256": decision.subject_sha256,
            "reason": decision.reason,
            "content": decision.content,
        }
    ).encode()


def _judgements(
    session: Session, cycle: tables.Cycle, version: tables.ApprovedVersion
) -> list[dict[str, str | None]]:
    """What the manager decided and wrote under each goal, as it stood at the approval."""
    rows = session.scalars(
        select(tables.Judgement)
        .where(tables.Judgement.cycle_id == cycle.id, tables.Judgement.at <= version.approved_at)
        .order_by(tables.Judgement.id)
    )
    return [
        {
            "goal": row.goal,
            "person": row.person,
            "attainment": row.attainment,
            "synthesis": row.synthesis,
            "at": row.at.isoformat(),
        }
        for row in {row.goal: row for row in rows}.values()
    ]


def _case(
    session: Session,
    cycle: tables.Cycle,
    version: tables.ApprovedVersion,
    counted: Iterable[tables.Submission],
    forms: Iterable[tables.Form],
) -> dict[str, object]:
    """The case as the store knows it, without what only a working copy needs."""
    order = {form.id: number for number, form in enumerate(forms, start=1)}
    plan = _plan(session, cycle)
    steps = session.scalars(
        select(tables.Step).where(tables.Step.cycle_id == cycle.id).order_by(tables.Step.name)
    )
    shown = session.scalars(select(tables.ReleasedInForm).where(tables.ReleasedInForm.cycle_id == cycle.id))
    return {
        "format": FORMAT,
        "unit": {"code": cycle.unit_code, "name": session.get_one(tables.Unit, cycle.unit_code).name},
        "cycle": {
            "name": str(key_of(cycle)),
            "kind": cycle.kind,
            "year": cycle.year,
            "month": cycle.month,
            "registry_number": cycle.registry_number,
            "created_at": cycle.created_at.isoformat(),
        },
        "plan": {"year": plan.year, "number": plan.number, "created_at": plan.created_at.isoformat()}
        if plan
        else None,
        "version": {
            "number": version.number,
            "manifest_sha256": version.manifest_sha256,
            "files": version.files,
            "bases": version.bases,
            "decision": [d.id for d in decisions_of(session, cycle)].index(version.decision_id) + 1,
            "approved_at": version.approved_at.isoformat(),
        },
        "released": _released(session, version),
        "released_in_forms": {row.cell: row.printed for row in shown},
        "forms": [
            {
                "person": form.person,
                "number": form.number,
                "scopes": form.scopes,
                "created_at": form.created_at.isoformat(),
            }
            for form in forms
        ],
        "submissions": {row.scope: order[row.form_id] for row in counted},
        "steps": {
            step.name: [step.planned_at.isoformat(), step.done_at.isoformat()]
            for step in steps
            if not step.name.startswith("remind")  # who was late is no part of the case
        },
    }
