"""Single sign-on: off to the city's provider and back. Who it vouches for is known by her address.

What has begun is bound to the browser by a cookie, is used once and lapses; the session that follows is new.
Talking with the provider is `arshjul.web.provider`.
"""

import secrets
from datetime import timedelta

from sqlalchemy import delete
from starlette.responses import RedirectResponse, Response

from arshjul.adapters.store import tables
from arshjul.config.settings import SignOn
from arshjul.errors import BadInput, Refused
from arshjul.steps.portal.ways_in import Strength, begin_session, hashed
from arshjul.web.asking import Ask, Page
from arshjul.web.provider import proven_address, way_to
from arshjul.web.safety import set_session
from arshjul.web.showing import go, is_secure

LASTS = timedelta(minutes=10)
_COOKIE = "arshjul-sso"


def begin(ask: Ask) -> Response:
    """Off to the provider."""
    sign_on, back = _settings(ask)
    state, nonce, verifier = (secrets.token_urlsafe(48) for _ in range(3))
    with ask.office.database.writing() as session:
        session.execute(delete(tables.SignOn).where(tables.SignOn.begun_at < ask.now - LASTS))
        session.add(
            tables.SignOn(state_sha256=hashed(state), nonce=nonce, verifier=verifier, begun_at=ask.now)
        )
    answer = RedirectResponse(way_to(sign_on, back, state, nonce, verifier), status_code=303)
    answer.set_cookie(
        _COOKIE,
        state,
        max_age=int(LASTS.total_seconds()),
        path="/sso",
        httponly=True,
        secure=is_secure(ask),
        samesite="lax",
    )
    return answer


def finish(ask: Ask) -> Response:
    """Back from the provider: a session for the person whose address it vouches for."""
    sign_on, back = _settings(ask)
    state = ask.query.get("state", "")
    if not state or not secrets.compare_digest(state.encode(), ask.cookies.get(_COOKIE, "").encode()):
        raise Refused("Inloggningen hör inte till den här webbläsaren. Börja om.")
    with ask.office.database.writing() as session:
        begun = session.get(tables.SignOn, hashed(state))
        if begun is None or begun.begun_at < ask.now - LASTS:
            raise Refused("Inloggningen tog för lång tid. Börja om.")
        nonce, verifier = begun.nonce, begun.verifier
        session.delete(begun)
    code = ask.query.get("code")
    if not code:
        raise Refused("Inloggningen avbröts. Börja om, eller be om en länk.")
    address = proven_address(sign_on, back, code, nonce, verifier, ask.office.clock())
    people = ask.office.installation.organisation.people
    person = next((p for p in people if address and p.address.casefold() == address.casefold()), None)
    if person is None:
        raise Refused("Ditt konto hör inte till någon i organisationen här. Tala med din enhetschef.")
    with ask.office.database.writing() as session:
        secret = begin_session(session, person.id, Strength.SSO, ask.now)
    answer = set_session(go("/"), secret, is_secure=is_secure(ask))
    answer.delete_cookie(_COOKIE, path="/sso")
    return answer


def _settings(ask: Ask) -> tuple[SignOn, str]:
    portal = ask.office.installation.settings.portal
    if portal.sso is None or portal.address is None:
        raise BadInput("Här finns ingen gemensam inloggning. Be om en länk i stället.")
    return portal.sso, f"{portal.address.rstrip('/')}/sso/svar"


PAGES = (
    Page("/sso", begin, is_open=True),
    Page("/sso/svar", finish, is_open=True),
)
