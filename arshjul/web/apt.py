"""The workplace meetings: an overview for the manager, and a page for each workplace to report on its own."""

from datetime import date

from starlette.responses import Response

from arshjul.access import Deed
from arshjul.adapters.store.files import HTML, PDF
from arshjul.errors import BadInput
from arshjul.steps.cycle.settled import settled
from arshjul.steps.meetings.apt_meetings import apt_meetings, record_meeting
from arshjul.steps.meetings.apt_sheets import sheet_on_paper, sheet_page
from arshjul.steps.portal.cycle_view import versions_of
from arshjul.web.asking import Ask, Page
from arshjul.web.cycles import REPORT_POLICY
from arshjul.web.showing import cycle_path, go, show


def overview(ask: Ask) -> Response:
    """Every workplace: when it was planned, when it was held, what was said."""
    return show(
        ask,
        "apt.html.j2",
        key=ask.its_key,
        unit=ask.its_unit,
        meetings=apt_meetings(ask.office, ask.its_key),
        dates=settled(ask.office, ask.its_key).milestones,
        base=cycle_path("/apt", ask.its_key),
    )


def meeting(ask: Ask) -> Response:
    """One workplace: report the day, and what was said."""
    scope = ask.path["scope"]
    found = next((m for m in apt_meetings(ask.office, ask.its_key) if m.scope == scope), None)
    if found is None:
        raise BadInput("Verksamheten har inget APT att rapportera i den här rapporten.")
    versions = versions_of(ask.office, ask.its_key)
    return show(
        ask,
        "apt_meeting.html.j2",
        key=ask.its_key,
        unit=ask.its_unit,
        meeting=found,
        version=versions[0] if versions else None,
        dates=settled(ask.office, ask.its_key).milestones,
        saved=ask.query.get("sparat") == "1",
    )


def report(ask: Ask) -> Response:
    """Keep the day and what was said."""
    scope = ask.path["scope"]
    try:
        held_on = date.fromisoformat(ask.form.get("held_on", "").strip())
    except ValueError:
        raise BadInput("Skriv dagen som år-månad-dag, till exempel 2026-10-08.") from None
    said = ask.form.get("suggestions", "").strip()[:4000]
    record_meeting(ask.office, ask.its_key, scope, ask.me.person.id, held_on, said, ask.now)
    return go(f"{cycle_path('/apt', ask.its_key, scope)}?sparat=1")


def sheet(ask: Ask) -> Response:
    """The workplace's sheet as a page."""
    page = sheet_page(ask.office, ask.its_key, ask.path["scope"], ask.now)
    return Response(page, media_type=HTML, headers={"Content-Security-Policy": REPORT_POLICY})


def sheet_to_print(ask: Ask) -> Response:
    """The workplace's sheet on paper."""
    key = ask.its_key
    content = sheet_on_paper(ask.office, key, ask.path["scope"], ask.now)
    scope = "".join(c for c in ask.path["scope"] if c.isascii() and c.isalnum())
    name = f"APT-{key.slug}-{scope}"
    disposition = {"Content-Disposition": f'attachment; filename="{name}.pdf"'}
    return Response(content, media_type=PDF, headers=disposition)


PAGES = (
    Page("/apt/{unit}/{cycle}", overview, Deed.SEE_CYCLE),
    Page("/apt/{unit}/{cycle}/{scope}", meeting, Deed.HOLD_APT),
    Page("/apt/{unit}/{cycle}/{scope}", report, Deed.HOLD_APT, method="POST"),
    Page("/apt/{unit}/{cycle}/{scope}/blad", sheet, Deed.HOLD_APT),
    Page("/apt/{unit}/{cycle}/{scope}/blad.pdf", sheet_to_print, Deed.HOLD_APT),
)
