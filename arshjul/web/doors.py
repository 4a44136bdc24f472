"""In and out: opening a personal link, asking for a new one, logging out.

Whoever asks for a link gets the same answer whether the address is known or not. Single sign-on is
`arshjul.web.sign_on`.
"""

from datetime import datetime, timedelta

from starlette.background import BackgroundTask
from starlette.responses import Response

from arshjul.office import Office
from arshjul.steps.letters.link_letters import send_link
from arshjul.steps.portal.portal_home import place_of
from arshjul.steps.portal.ways_in import Opened, end_session, open_link, within_limit
from arshjul.web.asking import Ask, Page
from arshjul.web.posting import post_now
from arshjul.web.safety import clear_session, set_session
from arshjul.web.showing import cycle_path, go, is_secure, show

_HOUR = timedelta(hours=1)


def open_door(ask: Ask) -> Response:
    """A link of a letter: begin a session and go on to an address without the token."""
    with ask.office.database.writing() as session:
        opened = open_link(session, ask.path["token"], ask.now)
        within = opened is not None or within_limit(
            session, "bad link", ask.client, ask.now, most=30, within=_HOUR
        )
    if opened is None:
        # A right link opens even then: a whole town may sit behind one address.
        return show(
            ask, "enter.html.j2", 404 if within else 429, asked=False, trouble="Länken gäller inte längre."
        )
    return set_session(go(_where(ask, opened)), opened.secret, is_secure=is_secure(ask))


def _where(ask: Ask, opened: Opened) -> str:
    """Straight to what the letter is about: her form, the report that waits for her; else the first page."""
    about = place_of(ask.office, opened.person, opened.cycle_id, ask.now)
    if about is None:
        return "/"
    if about.form_of:
        return cycle_path("/underlag", about.key, about.form_of)
    if about.meeting_of:
        return cycle_path("/apt", about.key, about.meeting_of)
    return cycle_path("/rapport", about.key)


def enter(ask: Ask) -> Response:
    """Where somebody without a link starts."""
    return show(ask, "enter.html.j2", asked=False, trouble=None)


def ask_for_link(ask: Ask) -> Response:
    """Send a new link to a known address; say the same thing to everybody."""
    address = ask.form.get("address", "").strip()
    with ask.office.database.writing() as session:
        by_machine = within_limit(session, "link asked", ask.client, ask.now, most=20, within=_HOUR)
        by_address = within_limit(session, "link asked", address.lower(), ask.now, most=3, within=_HOUR)
    answer = show(ask, "enter.html.j2", asked=True, trouble=None)
    if by_machine and by_address:
        # After the answer, so that not even its time says whether the address is known.
        answer.background = BackgroundTask(_send, ask.office, address, ask.now)
    return answer


def _send(office: Office, address: str, now: datetime) -> None:
    if send_link(office, address, now):
        post_now(office, now)


def leave(ask: Ask) -> Response:
    """Log out."""
    with ask.office.database.writing() as session:
        end_session(session, ask.me.visit, ask.now)
    return clear_session(go("/logga-in"), is_secure=is_secure(ask))


PAGES = (
    Page("/l/{token}", open_door, is_open=True),
    Page("/logga-in", enter, is_open=True),
    Page("/logga-in", ask_for_link, is_open=True, method="POST"),
    Page("/ut", leave, method="POST"),
)
