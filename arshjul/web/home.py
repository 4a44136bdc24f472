"""The first page: what waits for the visitor, and where she can go. And what is open to all."""

from datetime import date

from starlette.responses import JSONResponse, Response

from arshjul.steps.portal.open_meetings import open_meetings
from arshjul.steps.portal.portal_home import open_forms, open_reports
from arshjul.swedish_dates import swedish_date
from arshjul.web.api import api
from arshjul.web.asking import Ask, Page
from arshjul.web.duties import duties_shown
from arshjul.web.showing import show
from arshjul.web.year import years_shown

ASSESSED_ON = date(2026, 11, 22)  # when this release's pages were last looked through for accessibility


def home(ask: Ask) -> Response:
    """What waits for the visitor: forms to answer, reports to decide on, duties to do."""
    people = ask.me.people
    return show(
        ask,
        "home.html.j2",
        forms=open_forms(ask.office, people, ask.now),
        meetings=open_meetings(ask.office, people, ask.now),
        reports=open_reports(ask.office, people, ask.now),
        duties=duties_shown(ask).to_do,
        years=years_shown(ask),
    )


def accessibility(ask: Ask) -> Response:
    """The statement of accessibility (tillgänglighetsredogörelse)."""
    contact = ask.office.installation.settings.mail.from_address
    return show(ask, "accessibility.html.j2", contact=contact, assessed_on=swedish_date(ASSESSED_ON))


def health(ask: Ask) -> Response:
    """Whether the portal and its store answer."""
    with ask.office.database.reading() as session:
        session.connection().exec_driver_sql("SELECT 1")
    return JSONResponse({"status": "ok"})


def api_page(ask: Ask) -> Response:
    """The API, as a page: every call, what it does."""
    return show(ask, "api.html.j2", described=api(ask.office, lambda: ask.now).openapi())


PAGES = (
    Page("/api", api_page, is_open=True),
    Page("/", home),
    Page("/tillganglighet", accessibility, is_open=True),
    Page("/halsa", health, is_open=True),
)
