"""What a manager decides: texts and attainments, findings closed with a reason, approval, corrections.

Every decision is on record with name, time and the hash of what was decided on. An approved version is
frozen; a correction is a new number. Called by commands and the portal.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from arshjul.adapters.store import tables
from arshjul.adapters.store.columns import canonical
from arshjul.adapters.store.files import file_content
from arshjul.adapters.store.tables.deciding import DecisionKind
from arshjul.crash_points import CrashPoint, reached
from arshjul.cycle import CycleKey
from arshjul.cycle_data import SUMMARY, CycleData, Judged
from arshjul.decision_words import decision_words
from arshjul.errors import BadInput, Refused
from arshjul.next_plan import proposed_plan
from arshjul.office import Office
from arshjul.organisation import Role
from arshjul.plan import Kind
from arshjul.plan_file import dump_plan, read_plan
from arshjul.secrecy import refuse_identity_numbers
from arshjul.steps.cycle.cycles import find_cycle, hold_cycle, key_of, progress
from arshjul.steps.cycle.decisions import decide, require_reason
from arshjul.steps.cycle.lease import leased
from arshjul.steps.cycle.output import export_files, export_folder
from arshjul.steps.cycle.unchanged import gathered
from arshjul.steps.cycle.versions import approved_version, newest_draft, newest_version
from arshjul.steps.duties.actions import settle_promises
from arshjul.steps.report.last_look import look_ahead, refuse_secrets
from arshjul.wheel import local_day

PROPOSED = "planforslag"  # the folder of the plan file that an adopted plan proposes, beside its versions


def judge(office: Office, key: CycleKey, person: str, judged: Mapping[str, Judged], now: datetime) -> None:
    """Keep what the manager decides and writes under goals (by id) and under "summary": all or nothing."""
    _require_manager(office, key, person, now)
    with office.database.writing() as session:
        cycle = _open_for_change(session, key)
        places = {SUMMARY, *_goals(session, cycle)}
        for goal in judged:
            if goal not in places:
                raise BadInput(
                    f"planen har inget mål med id {goal}. Välj bland {', '.join(sorted(places))}.", str(key)
                )
            refuse_identity_numbers(judged[goal].synthesis, f"{key}, {goal}")
        before = {
            row.goal: row
            for row in session.scalars(
                select(tables.Judgement)
                .where(tables.Judgement.cycle_id == cycle.id)
                .order_by(tables.Judgement.id)
            )
        }
        session.add_all(
            tables.Judgement(
                cycle_id=cycle.id,
                goal=goal,
                person=person,
                attainment=one.attainment.value if one.attainment else None,
                synthesis=one.synthesis,
                at=now,
            )
            for goal, one in judged.items()
            if not _says(before.get(goal), person, one)
        )
    reached(CrashPoint.JUDGED)


def _says(row: tables.Judgement | None, person: str, judged: Judged) -> bool:
    """Whether that is what the person has said already: handed in again it is nothing new."""
    said = row and (row.person, row.attainment, row.synthesis)
    return said == (person, judged.attainment and judged.attainment.value, judged.synthesis)


def close_finding(
    office: Office, key: CycleKey, person: str, finding: int, reason: str, now: datetime
) -> None:
    """Close an open finding with the manager's reason; Refused without a reason."""
    _require_manager(office, key, person, now)
    require_reason(reason, "Skriv ett skäl på minst några ord: det står kvar i beslutet.")
    with office.database.writing() as session:
        cycle = _open_for_change(session, key)
        row = session.get(tables.Finding, finding)
        if row is None or row.cycle_id != cycle.id:
            raise Refused(
                f"{key} har ingen iakttagelse med nummer {finding}. Se numren med ”arshjul status”."
            )
        if row.state != "open":
            raise Refused(f"Iakttagelse {finding} är redan stängd.")
        decision = decide(
            session,
            cycle,
            DecisionKind.CLOSE_FINDING,
            person,
            now,
            subject=row.key,
            content={"code": row.code},
            reason=reason,
        )
        row.state, row.closed_at, row.decision_id = "explained", now, decision.id
    reached(CrashPoint.FINDING_CLOSED)


def approve(
    office: Office, key: CycleKey, person: str, now: datetime, *, read: Sequence[str] | None = None
) -> str:
    """Approve the newest draft; the hash of its manifest. Refused while an error is open or data moved on.

    `read` are the hashes of the files that she has read, in the order of their names: those and no others.
    """
    _require_manager(office, key, person, now)
    words = decision_words(key.kind)
    with leased(office, key, now):
        look_ahead(office, key)
        with office.database.writing() as session:
            cycle = _open_for_change(session, key)
            data, inputs = gathered(office, key, session)  # within: an answer may come in at any moment
            state = progress(session, key, inputs)
            if state.compiled_from is None:
                raise Refused(f"{key} är inte sammanställd än, så det finns inget att {words.to}.")
            if state.compiled_from != inputs:
                raise Refused(
                    f"Något har ändrats sedan {key} sammanställdes. Kör ”arshjul run {key} --unit "
                    f"{key.unit_code}” och läs det nya utkastet innan du {words.does}."
                )
            if data.undecided:
                titles = "; ".join(goal.title for goal in data.undecided)
                raise Refused(f"{len(data.undecided)} mål väntar på din bedömning: {titles}.")
            if state.blocking_findings:
                raise Refused(
                    f"{state.blocking_findings} iakttagelser hindrar ett {words.act}. Rätta dem eller "
                    "stäng dem med ett skäl."
                )
            if read is not None and list(read) != _hashes(session, cycle):
                raise Refused(f"Ett nyare utkast har gjorts. Läs det innan du {words.does}.")
            refuse_secrets(session, cycle, words.act)
            version = _freeze(session, cycle, data, state.approved + 1, person, now)
            settle_promises(session, data, person, now)
        reached(CrashPoint.APPROVED)
        export_version(office, key, version.number)
    return version.manifest_sha256


def begin_correction(office: Office, key: CycleKey, person: str, changes: str, now: datetime) -> int:
    """Open the approved cycle for a correction; its coming version number. `changes` says what and why."""
    _require_manager(office, key, person, now)
    words = "Skriv vad som rättas och varför, med minst några ord: det står i den nya versionen."
    require_reason(changes, words, "det som rättas")
    with leased(office, key, now), office.database.writing() as session:
        cycle = hold_cycle(session, key)
        state = progress(session, key)
        if cycle is None or not state.approved:
            raise Refused(f"{key} är inte {decision_words(key.kind).done} än. Ändra utkastet i stället.")
        if state.correcting:
            raise Refused(f"En rättelse av {key} pågår redan.")
        version = newest_version(session, cycle)
        assert version is not None  # it was looked for above
        decide(
            session,
            cycle,
            DecisionKind.CORRECT,
            person,
            now,
            subject=version.manifest_sha256,
            content={"of": version.number},
            reason=changes,
        )
        number = version.number + 1
    reached(CrashPoint.CORRECTION_BEGUN)
    return number


def export_version(office: Office, key: CycleKey, number: int) -> None:
    """Lay the files of an approved version where people look for them; again changes nothing."""
    with office.database.reading() as session:
        cycle = find_cycle(session, key)
        assert cycle is not None
        version = approved_version(session, cycle, number)
        assert version is not None
        files = {name: file_content(session, sha256) for name, sha256 in version.files.items()}
        proposed = _proposed_plan(office, session, key) if key.kind is Kind.VP else {}
    export_files(office, key, f"version-{number}", files)
    if proposed:
        export_files(office, key, PROPOSED, proposed)


def _proposed_plan(office: Office, session: Session, key: CycleKey) -> dict[str, bytes]:
    """The coming year's plan file as the adopted plan puts it, for a person to take into use."""
    name = f"{key.unit_code}-{key.year}.yaml"
    data, _ = gathered(office, key, session)
    here, there = export_folder(office, key, PROPOSED) / name, office.installation.folder / "plans" / name
    head = (
        f"# Förslag till planfil ur {key}, som är fastställd. Läs, ändra det som behövs och ta i bruk:\n"
        f"#   arshjul plan read {here} --out {there}\n"
        "# Målvärdena är förra årets. Aktiviteterna har inga datum: skriv dem (start, end).\n\n"
    )
    return {name: (head + dump_plan(proposed_plan(data))).encode()}


def _hashes(session: Session, cycle: tables.Cycle) -> list[str]:
    """The newest draft's files, in the order of their names."""
    draft = newest_draft(session, cycle)
    return [sha256 for _, sha256 in sorted(draft.files.items())] if draft else []


def _freeze(
    session: Session, cycle: tables.Cycle, data: CycleData, number: int, person: str, now: datetime
) -> tables.ApprovedVersion:
    draft = newest_draft(session, cycle)
    assert draft is not None  # the caller has seen to it
    manifest = canonical(
        {
            "unit": cycle.unit_code,
            "cycle": str(key_of(cycle)),
            "registry_number": cycle.registry_number,
            "version": number,
            "files": draft.files,
            "submissions": {scope: counted.sha256 for scope, counted in data.submissions.items()},
        }
    )
    sha256 = hashlib.sha256(manifest.encode()).hexdigest()
    kind = DecisionKind(decision_words(data.key.kind).record)
    decision = decide(session, cycle, kind, person, now, subject=sha256, content={"version": number})
    version = tables.ApprovedVersion(
        cycle_id=cycle.id,
        number=number,
        manifest=manifest,
        manifest_sha256=sha256,
        files=draft.files,
        bases=draft.bases,
        city_fields=draft.city_fields,
        decision_id=decision.id,
        approved_at=now,
    )
    session.add(version)
    session.flush()
    session.add_all(
        tables.ReleasedCell(version_id=version.id, cell=cell, unit_code=cycle.unit_code, printed=printed)
        for cell, printed in draft.cells.items()
    )
    return version


def _require_manager(office: Office, key: CycleKey, person: str, now: datetime) -> None:
    unit = office.installation.unit(key.unit_code)
    day = local_day(now)
    managers = unit.holders(Role.MANAGER, day)
    organisation = office.installation.organisation
    if person not in managers and person not in {organisation.receiver(m, day).person for m in managers}:
        raise Refused(
            f"{person} är inte enhetschef för {unit.name}. Det kan bara göras av: {', '.join(managers)}."
        )


def _open_for_change(session: Session, key: CycleKey) -> tables.Cycle:
    cycle = hold_cycle(session, key)
    if cycle is None or cycle.plan_version_id is None:
        raise Refused(f"{key} för {key.unit_code} har inte öppnats än.")
    state = progress(session, key)
    if state.approved and not state.correcting:
        raise Refused(
            f"{key} är redan {decision_words(key.kind).done} (version {state.approved}). "
            f"Börja en rättelse med ”arshjul correct {key} --unit {key.unit_code}”."
        )
    return cycle


def _goals(session: Session, cycle: tables.Cycle) -> Iterator[str]:
    """The ids of the goals in the plan that the cycle rests on."""
    plan = session.get_one(tables.PlanVersion, cycle.plan_version_id)
    return (goal.id for goal in read_plan(plan.content, f"plan {plan.year}").walk())
