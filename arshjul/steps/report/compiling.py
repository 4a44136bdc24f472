"""Compiling a cycle into a draft: figures, review, the report in three forms, the findings.

A draft is made when what it rests on has changed, and tells the managers when new answers made it. Nothing
in it is decided. Findings live on from draft to draft: those that are gone are mended.
"""

import hashlib
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from sqlalchemy import bindparam, exists, func, insert, select
from sqlalchemy.orm import Session

from arshjul.adapters.reports.docx import render_docx
from arshjul.adapters.reports.html import render_html
from arshjul.adapters.reports.pdf import render_pdf
from arshjul.adapters.reports.typesetting import unprintable
from arshjul.adapters.store import tables
from arshjul.adapters.store.files import DOCX, HTML, PDF, keep_file
from arshjul.compilation import Compiled, compile_cycle
from arshjul.crash_points import CrashPoint, reached
from arshjul.cycle import COMPILE, CycleKey, Due
from arshjul.letters import Attachment, MatterKind, Review, WayOn
from arshjul.office import Office
from arshjul.organisation import Role
from arshjul.plan import ATTAINMENT_SWEDISH, Goal
from arshjul.released import released_cells, rests_on
from arshjul.report.building import build_report
from arshjul.report.city_fields import city_fields
from arshjul.review.cycle_review import review_cycle
from arshjul.review.finding import Finding, Severity
from arshjul.steps.cycle.cycles import hold_cycle, record_step
from arshjul.steps.cycle.cycles import progress as cycle_progress
from arshjul.steps.cycle.output import DRAFT, export_files
from arshjul.steps.cycle.unchanged import gathered
from arshjul.steps.letters.notices import notify
from arshjul.wheel import local_day, year_entries

_HAD_ANOTHER = select(  # whether the managers have been sent a draft on other answers
    exists().where(
        tables.Notice.cycle_id == bindparam("cycle"),
        tables.Notice.kind == MatterKind.REVIEW,
        tables.Notice.cause != bindparam("cause"),
        tables.Notice.letter_id == tables.Letter.id,
        tables.Letter.state == "sent",
    )
)


def compile_draft(
    office: Office,
    key: CycleKey,
    step: Due,
    now: datetime,
    progress: Callable[[float], None] = lambda _share: None,
) -> int:
    """Make a new draft where the newest is not of today's data; the number of open findings.

    `progress` is told, from 0 to 1, how far it has come.
    """
    installation = office.installation
    with office.database.reading() as session:
        data, inputs = gathered(office, key, session)
    compiled = compile_cycle(data)
    entries = year_entries(installation.wheel, key.unit_code, key.year)
    dated = local_day(now)
    report = build_report(compiled, installation.settings.reports, entries, dated)
    with ThreadPoolExecutor(1) as beside:  # Typst works outside the interpreter, on another core
        pdf = beside.submit(render_pdf, report)
        findings = review_cycle(compiled, installation.review, report, unprintable)
        progress(0.25)
        html, docx = render_html(report), render_docx(report)
        progress(0.5)
    name = f"{key.slug}-{key.unit_code}"
    rendered = (
        (f"{name}.html", html, HTML),
        (f"{name}.pdf", pdf.result(), PDF),
        (f"{name}.docx", docx, DOCX),
    )
    reached(CrashPoint.DRAFT_MADE)
    # Before the store knows of them: a draft that is put down has its files, whatever happens in between.
    export_files(office, key, DRAFT, {file: content for file, content, _ in rendered})
    reached(CrashPoint.DRAFT_EXPORTED)
    with office.database.writing() as session:
        cycle = hold_cycle(session, key)
        assert cycle is not None
        newest = session.scalar(
            select(func.max(tables.Draft.number)).where(tables.Draft.cycle_id == cycle.id)
        )
        number = (newest or 0) + 1
        files = {file: keep_file(session, content, media) for file, content, media in rendered}
        session.add(
            tables.Draft(
                cycle_id=cycle.id,
                number=number,
                inputs_sha256=inputs,
                files=files,
                cells=released_cells(compiled),
                bases=rests_on(compiled),
                proposals={
                    goal: [result.proposal.attainment.value, result.proposal.reason]
                    for goal, result in compiled.goals.items()
                    if data.kind.judges_goals
                },
                city_fields=[[f.id, f.group, f.name, f.text] for f in city_fields(compiled, report)],
                created_at=now,
            )
        )
        open_findings = keep_findings(session, cycle, findings, now)
        _tell_managers(session, cycle, compiled, findings, files, now)
        record_step(session, cycle, f"{COMPILE}-{number}", step.planned, now, {"findings": len(findings)})
    reached(CrashPoint.DRAFT_KEPT)
    progress(1.0)
    return open_findings


def keep_findings(session: Session, cycle: tables.Cycle, findings: list[Finding], now: datetime) -> int:
    """Put the findings to the store; the number that are open. An explained one stays explained."""
    rows = session.scalars(select(tables.Finding).where(tables.Finding.cycle_id == cycle.id))
    kept = {row.key: row for row in rows}
    found = {finding.key: finding for finding in findings}
    for key, row in kept.items():
        if key not in found and row.state == "open":
            row.state, row.closed_at = "mended", now
        elif key in found and row.state == "mended":
            row.state, row.closed_at = "open", None
    new = [
        {
            "cycle_id": cycle.id,
            "key": key,
            "code": finding.code,
            "severity": finding.severity.value,
            "place": finding.where,
            "message": finding.message,
            "evidence": dict(finding.evidence),
            "mend": finding.mend,
            "state": "open",
            "found_at": now,
        }
        for key, finding in found.items()
        if key not in kept
    ]
    if new:
        session.execute(insert(tables.Finding), new)
    return len(new) + sum(row.state == "open" for row in kept.values())


def _with_proposal(compiled: Compiled, goal: Goal) -> str:
    """A goal and what is proposed for it, without the figures: they stand in the draft."""
    proposed = ATTAINMENT_SWEDISH[compiled.goals[goal.id].proposal.attainment].lower()
    return f"{goal.title} (förslag: {proposed})"


def _tell_managers(
    session: Session,
    cycle: tables.Cycle,
    compiled: Compiled,
    findings: list[Finding],
    files: Mapping[str, str],
    now: datetime,
) -> None:
    """A letter when new answers made the draft; her own writing makes drafts in silence."""
    data = compiled.data
    answers = hashlib.sha256(repr(sorted((s, c.sha256) for s, c in data.submissions.items())).encode())
    cause = f"draft {answers.hexdigest()[:16]}"
    corrected = cycle_progress(session, data.key).correcting
    review = Review(
        unit_code=data.unit.code,
        unit_name=data.unit.name,
        cycle=str(data.key),
        attachments=tuple(
            Attachment(f"Utkast {name}", media, files[name])
            for name, media in zip(files, (HTML, PDF, DOCX), strict=True)
            if media != HTML
        ),
        findings=len(findings),
        undecided=tuple(_with_proposal(compiled, goal) for goal in data.undecided),
        blocking=tuple(f.where for f in findings if f.severity is Severity.ERROR),
        unanswered=tuple(data.scope_name(scope) for scope in data.missing),
        ways_on=_ways_on(data.key),
        approve_by=None if corrected else data.milestones.approve_by.date(),
        again=bool(session.scalar(_HAD_ANOTHER, {"cycle": cycle.id, "cause": cause})),
    )
    for manager in data.unit.holders(Role.MANAGER, local_day(now)):
        notify(session, cycle, review, cause=cause, receiver=manager, now=now)


def _ways_on(key: CycleKey) -> tuple[WayOn, ...]:
    """The command that a manager can begin with; it tells the others."""
    command = f"arshjul status {key} --unit {key.unit_code}"
    return (WayOn("Se iakttagelserna och vad som väntar på dig", command),)
