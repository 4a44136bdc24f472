"""The portal's API, /api/v1: the same acts as the pages, as JSON, for a city that feeds or reads us.

Thin over `arshjul.steps`, as the pages are. Its description is /api/v1/openapi.json, and /api shows it.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any

from fastapi import FastAPI, HTTPException, Path, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.responses import Response

from arshjul.access import Deed
from arshjul.adapters.store import tables
from arshjul.cell_checking import clean
from arshjul.cycle_data import SUMMARY, Judged
from arshjul.errors import ArshjulError, BadInput, Busy
from arshjul.office import Office
from arshjul.plan import Attainment
from arshjul.steps import deciding, directing
from arshjul.steps.answering import hand_in_saved, persons_form
from arshjul.steps.apt_meetings import apt_meetings, record_meeting
from arshjul.steps.chasing import remind_now
from arshjul.steps.cycle_view import draft_files, findings_of, parts_of, versions_of
from arshjul.steps.report_data import report_data
from arshjul.steps.saving import save, saved_answers
from arshjul.steps.standing import cycle_standing, goal_standing, summary_text
from arshjul.steps.versions_handed_in import answers_of_version, versions_handed_in
from arshjul.web.api_asking import Call, anywhere, in_cycle

Text = Annotated[str, Field(max_length=20_000)]
Code = Annotated[str, Path(max_length=40)]
PersonId = Annotated[str, Field(max_length=40, description="Personens id ur organisation.yaml")]
Number = Annotated[int, Path(ge=0, le=1_000_000)]


class By(BaseModel):
    """Who does it."""

    person: PersonId


class Because(By):
    """Who does it, and why."""

    reason: Text


class Until(By):
    """Who gives more time, and until when."""

    until: date


class Answers(By):
    """Answers to save: field id to what is written in it; `based_on` the number that was seen of each."""

    answers: dict[Annotated[str, Field(max_length=80)], Text] = Field(max_length=500)
    based_on: dict[Annotated[str, Field(max_length=80)], Annotated[int, Field(ge=0, le=1_000_000)]] = {}


class Judgement(BaseModel):
    """A goal's attainment and text; the summary has the id "summary" and no attainment."""

    attainment: Attainment | None = None
    text: Text = ""


class Judgements(By):
    """The manager's judgements, by goal id."""

    judgements: dict[Annotated[str, Field(max_length=40)], Judgement] = Field(max_length=500)


class Decided(By):
    """What is decided on: the SHA-256 of every file of the draft, in the order that the draft lists them."""

    files: list[str]


class Meeting(By):
    """When a workplace took the report up, and what was said, a suggestion a line."""

    held_on: date
    suggestions: Text = ""


CYCLE = "/units/{unit}/cycles/{cycle}"


def api(office: Office, now: Callable[[], datetime]) -> FastAPI:
    """The API of an installation."""
    app = FastAPI(
        title="Årshjul",
        version="1",
        description="Underlag, svar, rapporter och beslut. Varje anrop bär en nyckel för sin integration.",
        docs_url=None,  # the ready-made pages fetch scripts from other hosts
        redoc_url=None,
        servers=[{"url": "/api/v1"}],
    )
    app.state.office, app.state.now = office, now
    app.add_exception_handler(ArshjulError, _refused)
    for method, path, answer, words in _ROUTES:
        app.add_api_route(path, answer, methods=[method], summary=words, responses=_RESPONSES)
    return app


async def _refused(_request: Request, error: Exception) -> Response:
    status = 503 if isinstance(error, Busy) else 400 if isinstance(error, BadInput) else 409
    return JSONResponse({"detail": str(error)}, status)


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


def save_answers(
    person: Code,
    scope: Code,
    body: Answers,
    call: Call = in_cycle(Deed.ANSWER),
) -> dict[str, Any]:
    """Save answers; what now stands in each field, with what others wrote beside it."""
    by = call.acting(body.person, Deed.ANSWER, scope)
    mine = persons_form(call.office, call.its_key, person)
    sheet = next((s for s in mine.form.sheets if s.scope == scope), None) if mine else None
    if mine is None or sheet is None:
        raise HTTPException(404, "Delen finns inte i underlaget.")
    if not mine.is_open:
        raise HTTPException(409, f"{call.its_key} är redan godkänd, så svaren kan inte ändras.")
    known = {field.id for field in sheet.fields() if not field.secret}
    if strange := sorted(body.answers.keys() - known):
        raise HTTPException(422, f"Fält som inte finns: {', '.join(strange[:5])}")
    with call.office.database.writing() as session:
        kept = {
            field: save(
                session,
                mine.cycle_id,
                scope,
                field,
                clean(value),
                based_on=body.based_on.get(field, 0),
                person=by,
                now=call.now,
            )
            for field, value in body.answers.items()
        }
    return {
        field: {"number": one.number, "value": one.value, "beside": [b.value for b in one.beside]}
        for field, one in kept.items()
    }


def hand_in(
    person: Code,
    scope: Code,
    body: By,
    call: Call = in_cycle(Deed.ANSWER),
) -> dict[str, Any]:
    """Hand in what is saved in a part. It is not taken while something is missing or wrong."""
    call.acting(body.person, Deed.ANSWER, scope)
    mine = persons_form(call.office, call.its_key, person)
    if mine is None or scope not in [s.scope for s in mine.form.sheets]:
        raise HTTPException(404, "Delen finns inte i underlaget.")
    done = hand_in_saved(call.office, call.its_key, mine, frozenset({scope}), call.now)
    return {"accepted": bool(done.accepted), "unchanged": bool(done.unchanged)}


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
    sha256 = next((f.sha256 for f in found.files if f.name == name), None) if found else None
    if sha256 is None:
        raise HTTPException(404, "Filen finns inte.")
    with call.office.database.reading() as session:
        stored = session.get_one(tables.StoredFile, sha256)
        return Response(
            stored.content, media_type=stored.media_type, headers={"Content-Disposition": "attachment"}
        )


def send_back(
    scope: Code,
    body: Because,
    call: Call = in_cycle(Deed.CHASE),
) -> dict[str, bool]:
    """Return a part with a reason."""
    by = call.acting(body.person, Deed.CHASE)
    directing.return_answer(call.office, call.its_key, scope, by, clean(body.reason), call.now)
    return {"done": True}


def remind(
    scope: Code,
    body: By,
    call: Call = in_cycle(Deed.CHASE),
) -> dict[str, bool]:
    """Remind the person of a part now; `done` false where there is nothing to remind of."""
    by = call.acting(body.person, Deed.CHASE)
    people = {part.scope: part.person for part in parts_of(call.office, call.its_key, call.now)}
    if scope not in people:
        raise HTTPException(404, "Delen finns inte.")
    return {"done": remind_now(call.office, call.its_key, people[scope], by, call.now)}


def give_time(
    scope: Code,
    body: Until,
    call: Call = in_cycle(Deed.CHASE),
) -> dict[str, bool]:
    """Give a part more time."""
    by = call.acting(body.person, Deed.CHASE)
    if scope not in {part.scope for part in parts_of(call.office, call.its_key, call.now)}:
        raise HTTPException(404, "Delen finns inte.")
    directing.extend(call.office, call.its_key, scope, by, body.until, call.now)
    return {"done": True}


def judge(body: Judgements, call: Call = in_cycle(Deed.WRITE)) -> dict[str, bool]:
    """Keep the manager's judgements and texts."""
    by = call.acting(body.person, Deed.WRITE)
    judged = {
        goal: Judged(None if goal == SUMMARY else one.attainment, clean(one.text))
        for goal, one in body.judgements.items()
    }
    deciding.judge(call.office, call.its_key, by, judged, call.now)
    return {"done": True}


def close_finding(
    number: Number,
    body: Because,
    call: Call = in_cycle(Deed.DECIDE),
) -> dict[str, bool]:
    """Close a finding with a reason."""
    by = call.acting(body.person, Deed.DECIDE)
    deciding.close_finding(call.office, call.its_key, by, number, clean(body.reason), call.now)
    return {"done": True}


def approve(body: Decided, call: Call = in_cycle(Deed.DECIDE)) -> dict[str, str]:
    """Approve exactly the files that are named; the hash of the manifest."""
    by = call.acting(body.person, Deed.DECIDE)
    if [f.sha256 for f in draft_files(call.office, call.its_key)] != body.files:
        raise HTTPException(409, "Filerna är inte det senaste utkastets. Läs det innan du beslutar.")
    return {"manifest_sha256": deciding.approve(call.office, call.its_key, by, call.now)}


def correct(body: Because, call: Call = in_cycle(Deed.DECIDE)) -> dict[str, int]:
    """Begin a correction; the number of the coming version."""
    by = call.acting(body.person, Deed.DECIDE)
    return {"version": deciding.begin_correction(call.office, call.its_key, by, clean(body.reason), call.now)}


def meetings(call: Call = in_cycle(Deed.SEE_CYCLE)) -> list[dict[str, Any]]:
    """The workplaces' meetings on a report."""
    return [
        {"scope": m.scope, "planned": m.planned, "held_on": m.held_on, "suggestions": m.suggestions}
        for m in apt_meetings(call.office, call.its_key)
    ]


def hold_meeting(
    scope: Code,
    body: Meeting,
    call: Call = in_cycle(Deed.HOLD_APT),
) -> dict[str, bool]:
    """Record that a workplace has taken the report up."""
    by = call.acting(body.person, Deed.HOLD_APT, scope)
    if scope not in {m.scope for m in apt_meetings(call.office, call.its_key)}:
        raise HTTPException(404, "Verksamheten har inget APT att rapportera.")
    said = clean(body.suggestions)
    record_meeting(call.office, call.its_key, scope, by, body.held_on, said, call.now)
    return {"done": True}


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


_RESPONSES: dict[int | str, dict[str, Any]] = {
    status: {"description": words}
    for status, words in {
        400: "Något i anropet går inte att läsa",
        401: "Nyckeln saknas eller gäller inte",
        403: "Nyckeln eller personen får inte",
        404: "Finns inte",
        409: "Går inte nu; en mening säger varför",
        429: "För många försök",
        503: "Upptaget; försök igen",
    }.items()
}
_FORM = f"{CYCLE}/forms/{{person}}"
_ROUTES: tuple[tuple[str, str, Callable[..., Any], str], ...] = (
    ("GET", "/units", units, "Enheterna"),
    ("GET", CYCLE, cycle, "Hur en rapport står"),
    ("GET", _FORM, form, "En persons underlag och det som är sparat"),
    ("PUT", f"{_FORM}/{{scope}}/answers", save_answers, "Spara svar"),
    ("POST", f"{_FORM}/{{scope}}/hand-in", hand_in, "Lämna in en del"),
    ("GET", f"{CYCLE}/parts/{{scope}}/handed-in", handed_in, "Inlämnade versioner"),
    ("POST", f"{CYCLE}/parts/{{scope}}/return", send_back, "Återsänd med ett skäl"),
    ("POST", f"{CYCLE}/parts/{{scope}}/remind", remind, "Påminn nu"),
    ("POST", f"{CYCLE}/parts/{{scope}}/extend", give_time, "Ge mer tid"),
    ("GET", f"{CYCLE}/findings", findings, "Iakttagelserna"),
    ("POST", f"{CYCLE}/findings/{{number}}/close", close_finding, "Stäng en iakttagelse med ett skäl"),
    ("GET", f"{CYCLE}/goals", goals, "Mål, bedömningar och texter"),
    ("PUT", f"{CYCLE}/goals", judge, "Bedöm och skriv"),
    ("GET", f"{CYCLE}/draft", draft, "Utkastets filer"),
    ("GET", f"{CYCLE}/draft/data", draft_data, "Utkastets siffror"),
    ("POST", f"{CYCLE}/approve", approve, "Godkänn det som är läst"),
    ("POST", f"{CYCLE}/correct", correct, "Börja en rättelse"),
    ("GET", f"{CYCLE}/versions", versions, "Beslutade versioner"),
    ("GET", f"{CYCLE}/versions/{{number}}/data", version_data, "En versions siffror"),
    ("GET", f"{CYCLE}/versions/{{number}}/files/{{name}}", version_file, "En fil av en version"),
    ("GET", f"{CYCLE}/meetings", meetings, "APT"),
    ("PUT", f"{CYCLE}/meetings/{{scope}}", hold_meeting, "Rapportera ett APT"),
)
