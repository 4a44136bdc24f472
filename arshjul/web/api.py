"""The portal's API, /api/v1: the same acts as the pages, as JSON, for a city that feeds or reads us.

What reads is `arshjul.web.api_reading`, what changes something `arshjul.web.api_deciding`; who calls is
`arshjul.web.api_asking`. Its description is /api/v1/openapi.json, and /api shows it.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from starlette.responses import Response

from arshjul.errors import ArshjulError, BadInput, Busy
from arshjul.office import Office
from arshjul.web import api_deciding as deciding
from arshjul.web import api_reading as reading

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
    ("GET", "/units", reading.units, "Enheterna"),
    ("GET", CYCLE, reading.cycle, "Hur en rapport står"),
    ("GET", _FORM, reading.form, "En persons underlag och det som är sparat"),
    ("PUT", f"{_FORM}/{{scope}}/answers", deciding.save_answers, "Spara svar"),
    ("POST", f"{_FORM}/{{scope}}/hand-in", deciding.hand_in, "Lämna in en del"),
    ("GET", f"{CYCLE}/parts/{{scope}}/handed-in", reading.handed_in, "Inlämnade versioner"),
    ("POST", f"{CYCLE}/parts/{{scope}}/return", deciding.send_back, "Återsänd med ett skäl"),
    ("POST", f"{CYCLE}/parts/{{scope}}/remind", deciding.remind, "Påminn nu"),
    ("POST", f"{CYCLE}/parts/{{scope}}/extend", deciding.give_time, "Ge mer tid"),
    ("GET", f"{CYCLE}/findings", reading.findings, "Iakttagelserna"),
    (
        "POST",
        f"{CYCLE}/findings/{{number}}/close",
        deciding.close_finding,
        "Stäng en iakttagelse",
    ),
    ("GET", f"{CYCLE}/goals", reading.goals, "Mål, bedömningar och texter"),
    ("PUT", f"{CYCLE}/goals", deciding.judge, "Bedöm och skriv"),
    ("GET", f"{CYCLE}/draft", reading.draft, "Utkastets filer"),
    ("GET", f"{CYCLE}/draft/data", reading.draft_data, "Utkastets siffror"),
    ("POST", f"{CYCLE}/approve", deciding.approve, "Godkänn det som är läst"),
    ("POST", f"{CYCLE}/correct", deciding.correct, "Börja en rättelse"),
    ("GET", f"{CYCLE}/versions", reading.versions, "Beslutade versioner"),
    ("GET", f"{CYCLE}/versions/{{number}}/data", reading.version_data, "En versions siffror"),
    ("GET", f"{CYCLE}/versions/{{number}}/files/{{name}}", reading.version_file, "En fil av en version"),
    ("GET", f"{CYCLE}/meetings", reading.meetings, "APT"),
    ("PUT", f"{CYCLE}/meetings/{{scope}}", deciding.hold_meeting, "Rapportera ett APT"),
    ("GET", "/units/{unit}/duties/{year}", reading.duties, "Årets uppgifter"),
    ("POST", "/units/{unit}/duties/{duty}/done", deciding.duty_done, "Anteckna en uppgift som gjord"),
    ("POST", "/units/{unit}/duties/{duty}/not-done", deciding.duty_not_done, "Ta tillbaka att den är gjord"),
)
