"""A one-time code, for what a link alone does not open: asked for, sent to the known address, written in."""

from datetime import timedelta

from starlette.background import BackgroundTask
from starlette.responses import Response

from arshjul.steps.letters.link_letters import send_code
from arshjul.steps.portal.ways_in import use_code, within_limit
from arshjul.web.asking import Ask, Page
from arshjul.web.posting import post_now
from arshjul.web.safety import set_session
from arshjul.web.showing import go, is_secure, show

_HOUR = timedelta(hours=1)


def ask_or_write(ask: Ask) -> Response:
    """A button that sends a code, and a field for it."""
    return show(ask, "code.html.j2", sent=False, trouble=None, onward=_onward(ask))


def send(ask: Ask) -> Response:
    """Send a code, not too often."""
    with ask.office.database.writing() as session:
        may = within_limit(session, "code asked", ask.me.person.id, ask.now, most=5, within=_HOUR)
    if not may:
        trouble = "Du har bett om många koder. Vänta en timme och försök igen."
        return show(ask, "code.html.j2", 429, sent=False, trouble=trouble, onward=_onward(ask))
    send_code(ask.office, ask.me.visit, ask.now)
    answer = show(ask, "code.html.j2", sent=True, trouble=None, onward=_onward(ask))
    answer.background = BackgroundTask(post_now, ask.office, ask.now)
    return answer


def write(ask: Ask) -> Response:
    """Try a code; a right one gives a stronger session under a new secret."""
    with ask.office.database.writing() as session:
        may = within_limit(session, "code tried", ask.me.person.id, ask.now, most=15, within=_HOUR)
        secret = use_code(session, ask.me.visit, ask.form.get("code", ""), ask.now) if may else None
    if secret is None:
        trouble = "Koden stämmer inte eller har gått ut. Be om en ny."
        return show(ask, "code.html.j2", 400, sent=True, trouble=trouble, onward=_onward(ask))
    return set_session(go(_onward(ask)), secret, is_secure=is_secure(ask))


def _onward(ask: Ask) -> str:
    """Back to the page of the form that she came from, of ours and no other; else the first page."""
    asked = ask.form.get("onward") or ask.query.get("onward", "")
    return asked if asked.startswith("/underlag/") else "/"


PAGES = (
    Page("/kod", ask_or_write),
    Page("/kod/skicka", send, method="POST"),
    Page("/kod", write, method="POST"),
)
