"""The portal as an ASGI application: every page of the table behind one guard.

A request is looked up (unit, cycle, session), the visitor's right is tried, and only then is the page called,
in a worker thread. What goes wrong is a page with one sentence. Made by `arshjul serve` and by tests.
"""

import logging
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from anyio import to_thread
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from arshjul.errors import ArshjulError, BadInput, Busy
from arshjul.office import Office, with_stand_ins
from arshjul.organisation import Organisation
from arshjul.steps.portal.standing_for import people_of
from arshjul.steps.portal.ways_in import find_visit
from arshjul.web import pages
from arshjul.web.api import api
from arshjul.web.asking import Ask, Page, Upload, Visitor
from arshjul.web.place import cycle_at, unit_at
from arshjul.web.safety import CSRF_FIELD, Guard, cookie_name, csrf_of, is_from_here
from arshjul.web.showing import STATIC, show

log = logging.getLogger("arshjul.web")

# Pages that are made at once, the others wait their turn: fewer than the store has connections, and more
# would not be faster on the few cores of a small machine.
AT_A_TIME = 8


def portal(office: Office, now: Callable[[], datetime]) -> Starlette:
    """The portal of an installation. `now` gives the time of the year, aware."""
    address = office.installation.settings.portal.address
    is_secure = (address or "").startswith("https://")
    hosts = [urlsplit(address).hostname or "" if address else "", "127.0.0.1", "localhost", "testserver"]
    routes = [
        Mount("/api/v1", api(office, now)),
        Mount("/static", StaticFiles(directory=STATIC), name="static"),
        *(
            Route(page.path, _endpoint(office, now, page, is_secure=is_secure), methods=[page.method])
            for page in pages.PAGES
        ),
    ]
    return Starlette(
        routes=routes,
        lifespan=_few_at_a_time,
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=[host for host in hosts if host]),
            Middleware(Guard, is_secure=is_secure),
        ],
        exception_handlers={404: _missing(office, now), 405: _missing(office, now)},
    )


@asynccontextmanager
async def _few_at_a_time(_app: Starlette) -> AsyncIterator[None]:
    to_thread.current_default_thread_limiter().total_tokens = AT_A_TIME
    yield


def _endpoint(
    office: Office, now: Callable[[], datetime], page: Page, *, is_secure: bool
) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        fields: dict[str, str] = {}
        files: dict[str, Upload] = {}
        if request.method == "POST":
            async with request.form(max_files=4, max_fields=4000) as form:
                for name, value in form.multi_items():
                    if isinstance(value, UploadFile):
                        files[name] = Upload(value.filename or "", await value.read())
                    else:
                        fields[name] = value
        ask = Ask(
            office=office,
            now=now(),
            client=request.client.host if request.client else "",
            path=dict(request.path_params),
            query=dict(request.query_params),
            form=fields,
            files=files,
            cookies=request.cookies,
            wants_json=request.headers.get("accept", "").startswith("application/json"),
        )
        return await run_in_threadpool(_answer, ask, page, request.headers, is_secure=is_secure)

    return answer


def _answer(ask: Ask, page: Page, headers: Mapping[str, str], *, is_secure: bool) -> Response:
    """The page's answer, or a page that says in a sentence why there is none."""
    try:
        with ask.office.database.one_moment():
            ask = replace(ask, office=with_stand_ins(ask.office))  # of today: they change while it runs
            secret = ask.cookies.get(cookie_name(is_secure=is_secure))
            ask = replace(ask, visitor=_visitor(ask, secret))
            return _of_page(ask, page, headers)
    except Busy as trouble:
        return told(ask, 503, str(trouble))
    except BadInput as trouble:
        return told(ask, 400, str(trouble))
    except ArshjulError as trouble:
        return told(ask, 409, str(trouble))
    except Exception as error:
        # Neither path nor text: a path may hold a token, and a text may be about people.
        places = "".join(traceback.format_tb(error.__traceback__))
        log.error("%s på sidan %s\n%s", type(error).__name__, page.path, places)
        return told(ask, 500, "Något gick fel hos oss. Inget ändrades. Försök igen om en stund.")


def _of_page(ask: Ask, page: Page, headers: Mapping[str, str]) -> Response:
    """What the page answers, where she who asks may have it."""
    if ask.visitor is None and not page.is_open:
        return show(ask, "enter.html.j2", 401, asked=False, trouble=None)
    if page.method == "POST" and not _is_meant(ask, headers):
        return told(ask, 403, "Sidan var för gammal. Gå tillbaka, ladda om den och försök igen.")
    found = _looked_up(ask)
    if found is None:
        return told(ask, 404, "Sidan finns inte.")
    if not _is_allowed(found, page):
        return told(found, 403, "Det här är inte öppet för dig.")
    return page.answer(found)


def told(ask: Ask, status: int, sentence: str) -> Response:
    """A page with one sentence."""
    return show(ask, "told.html.j2", status, sentence=sentence)


def _visitor(ask: Ask, secret: str | None) -> Visitor | None:
    if not secret:
        return None
    with ask.office.database.reading() as session:
        visit = find_visit(session, secret, ask.now)
    if visit is None:
        return None
    organisation: Organisation = ask.office.installation.organisation
    try:
        person = organisation.person(visit.person)
    except KeyError:
        return None  # she is no longer in organisation.yaml
    return Visitor(visit, person, people_of(ask.office, person.id, ask.today), csrf_of(secret))


def _is_meant(ask: Ask, headers: Mapping[str, str]) -> bool:
    if not is_from_here(headers):
        return False
    return ask.visitor is None or ask.form.get(CSRF_FIELD) == ask.visitor.csrf


def _looked_up(ask: Ask) -> Ask | None:
    """With the unit and the cycle that the path names; None where there is no such thing."""
    code, slug = ask.path.get("unit"), ask.path.get("cycle")
    if code is None:
        return ask
    unit = unit_at(ask.office, code)
    if unit is None:
        return None
    if slug is None:
        return replace(ask, unit=unit)
    key = cycle_at(ask.office, code, slug)
    return replace(ask, unit=unit, key=key) if key is not None else None


def _is_allowed(ask: Ask, page: Page) -> bool:
    if page.is_open or page.deed is None:
        return True
    if ask.unit is not None:
        return ask.may(page.deed, ask.path.get("scope"))
    return bool(ask.units_where(page.deed))


def _missing(
    office: Office, now: Callable[[], datetime]
) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def missing(_request: Request, _error: Exception) -> Response:
        ask = Ask(office=office, now=now(), client="")
        return await run_in_threadpool(told, ask, 404, "Sidan finns inte.")

    return missing
