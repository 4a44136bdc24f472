"""The API's calls that read: units, cycles, forms, findings, drafts, approved versions, meetings.

Every one is thin over `arshjul.steps`, and gives what the portal's pages show. Put on their paths by
`arshjul.web.api`.
"""

from datetime import date
from typing import Annotated, Any

from fastapi import HTTPException, Path
from starlette.responses import Response

from arshjul.access import Deed
from arshjul.steps.answers.answering import persons_form
from arshjul.steps.answers.saving import saved_answers
from arshjul.steps.answers.versions_handed_in import answers_of_version, versions_handed_in
from arshjul.steps.cycle.standing import cycle_standing, goal_standing, summary_text
from arshjul.steps.duties.duty_words import duty_standings
from arshjul.steps.figures.report_data import report_data
from arshjul.steps.meetings.apt_meetings import apt_meetings
from arshjul.steps.portal.cycle_view import content_of, draft_files, findings_of, parts_of, versions_of
from arshjul.web.api_asking import Call, anywhere, in_cycle, in_unit
from arshjul.web.api_bodies import Code, Number, Year


def units(call: Call = anywhere(Deed.SEE_REPORT)) -> list[dict[str, Any]]:
    """The units that the token opens."""
    return [
        {
            "code": unit.code,
            "name": unit.name,
            "subunits": [{"code": s.code, "name": s.name} for s in unit.subunits],
        }
        for unit in call.office.installation.organisation.units
        if call.integration.unit_code in (None, unit.code)
    ]


def duties(year: Year, call: Call = in_unit(Deed.DO_DUTY)) -> list[dict[str, Any]]:
    """The unit's recurring duties of a year, and how each stands."""
    found = duty_standings(call.office, call.its_unit.code, date(year, 1, 1), date(year, 12, 31))
    return [
        {
            "id": one.occurrence.id,
            "title": one.occurrence.duty.label,
            "subunit": one.occurrence.subunit,
            "start": one.occurrence.start,
            "end": one.occurrence.end,
            "people": one.occurrence.holders,
            "state": one.state,
            "at": one.at,
            "by": one.person,
            "note": one.note,
        }
        for one in found
    ]


def cycle(call: Call = in_cycle(Deed.SEE_CYCLE)) -> dict[str, Any]:
    """Where a report stands, part by part."""
    standing = cycle_standing(call.office, call.its_key, call.now)
    return {
        "cycle": str(call.its_key),
        "registry_number": standing.registry_number,
        "waits_for": standing.waits_for,
        "approved": standing.progress.approved,
        "parts": [
            {
                "scope": part.scope,
                "name": part.name,
                "state": part.state,
                "version": part.version,
                "person": part.person,
            }
            for part in parts_of(call.office, call.its_key, call.now)
        ],
    }


def form(
    person: Code,
    call: Call = in_cycle(Deed.SEE_ANSWERS),
) -> dict[str, Any]:
    """A person's form: every field, and what is saved in it. Fields marked secret are not there."""
    mine = persons_form(call.office, call.its_key, person)
    if mine is None:
        raise HTTPException(404, "Underlaget finns inte.")
    with call.office.database.reading() as session:
        saved = {s.scope: saved_answers(session, mine.cycle_id, s.scope) for s in mine.form.sheets}
    return {
        "person": person,
        "due": mine.form.due,
        "is_open": mine.is_open,
        "sheets": [
            {
                "scope": sheet.scope,
                "title": sheet.title,
                "fields": [
                    {
                        "id": field.id,
                        "kind": field.kind.value,
                        "label": field.label,
                        "required": field.required,
                        "choices": field.choices,
                        "unit": field.unit,
                        "value": kept.value if (kept := saved[sheet.scope].get(field.id)) else "",
                        "number": kept.number if kept else 0,
                    }
                    for field in sheet.fields()
                    if not field.secret
                ],
            }
            for sheet in mine.form.sheets
        ],
    }


def handed_in(
    scope: Code,
    call: Call = in_cycle(Deed.SEE_ANSWERS),
) -> list[dict[str, Any]]:
    """Every version that was handed in of a part, with its answers."""
    return [
        {
            "version": v.number,
            "person": v.person,
            "at": v.at,
            "state": v.state,
            "sha256": v.sha256,
            "answers": {
                a.field: a.text
                for a in answers_of_version(call.office, call.its_key, scope, v.number, secret=False)
            },
        }
        for v in versions_handed_in(call.office, call.its_key, scope)
    ]


def findings(call: Call = in_cycle(Deed.SEE_FINDINGS)) -> list[dict[str, Any]]:
    """The findings of the review, the ones that stop a decision first."""
    return [
        {
            "id": f.id,
            "code": f.code,
            "severity": f.severity,
            "where": f.place,
            "message": f.message,
            "state": f.state,
            "reason": f.reason,
        }
        for f in findings_of(call.office, call.its_key)
    ]


def goals(call: Call = in_cycle(Deed.SEE_DRAFT)) -> dict[str, Any]:
    """The unit's texts, and each goal with what is proposed and decided."""
    return {
        "summary": summary_text(call.office, call.its_key),
        "goals": [
            {
                "id": g.goal,
                "title": g.title,
                "proposed": g.proposed,
                "reason": g.reason,
                "decided": g.decided,
                "text": g.text,
            }
            for g in goal_standing(call.office, call.its_key)
        ],
    }


def draft(call: Call = in_cycle(Deed.SEE_DRAFT)) -> list[dict[str, str]]:
    """The files of the newest draft with their hashes: what a decision is on."""
    return [{"name": f.name, "sha256": f.sha256} for f in draft_files(call.office, call.its_key)]


def draft_data(call: Call = in_cycle(Deed.SEE_DRAFT)) -> list[dict[str, str]]:
    """The draft's figures: what it prints, and nothing else."""
    return _data(call, None)


def versions(call: Call = in_cycle(Deed.SEE_REPORT)) -> list[dict[str, Any]]:
    """The approved versions, the newest first."""
    return [
        {
            "number": v.number,
            "approved_at": v.at,
            "changes": v.changes,
            "manifest_sha256": v.manifest_sha256,
            "files": [{"name": f.name, "sha256": f.sha256} for f in v.files],
        }
        for v in versions_of(call.office, call.its_key)
    ]


def version_data(
    number: Number,
    call: Call = in_cycle(Deed.SEE_REPORT),
) -> list[dict[str, str]]:
    """An approved version's figures."""
    return _data(call, number)


def version_file(
    number: Number,
    name: Annotated[str, Path(max_length=80)],
    call: Call = in_cycle(Deed.SEE_REPORT),
) -> Response:
    """A file of an approved version, from the stored bytes."""
    found = {v.number: v for v in versions_of(call.office, call.its_key)}.get(number)
    stored = content_of(call.office, found.files, name) if found else None
    if stored is None:
        raise HTTPException(404, "Filen finns inte.")
    content, media_type = stored
    return Response(content, media_type=media_type, headers={"Content-Disposition": "attachment"})


def meetings(call: Call = in_cycle(Deed.SEE_CYCLE)) -> list[dict[str, Any]]:
    """The workplaces' meetings on a report."""
    return [
        {"scope": m.scope, "planned": m.planned, "held_on": m.held_on, "suggestions": m.suggestions}
        for m in apt_meetings(call.office, call.its_key)
    ]


def _data(call: Call, version: int | None) -> list[dict[str, str]]:
    found = report_data(call.office, call.its_key, version)
    if found is None:
        raise HTTPException(404, "Siffrorna finns inte.")
    return [
        {
            "id": d.subject,
            "name": d.name,
            "goal": d.goal,
            "scope": d.scope,
            "sex": d.sex,
            "period": d.period,
            "printed": d.printed,
        }
        for d in found
    ]
