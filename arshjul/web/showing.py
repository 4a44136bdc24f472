"""Pages from templates: templates/web, plain HTML with one style sheet. Called by every module of pages."""

from collections.abc import Mapping
from functools import lru_cache

from jinja2 import Environment
from markupsafe import Markup
from starlette.responses import HTMLResponse, RedirectResponse

from arshjul.access import Deed
from arshjul.cycle import CycleKey
from arshjul.swedish_dates import swedish_day, swedish_time
from arshjul.templating import TEMPLATES, environment
from arshjul.web.asking import Ask, Visitor
from arshjul.web.safety import CSRF_FIELD

STATIC = TEMPLATES / "web" / "static"


def show(ask: Ask, template: str, status: int = 200, **facts: object) -> HTMLResponse:
    """A page. Every template gets the visitor, the day, and what else is in `facts`."""
    text = (
        _environment()
        .get_template(template)
        .render(ask=ask, visitor=ask.visitor, today=ask.today, places=places(ask), **facts)
    )
    return HTMLResponse(text, status)


def go(path: str) -> RedirectResponse:
    """On to another page of the portal after something was done; `path` is always our own."""
    return RedirectResponse(path, status_code=303)


def places(ask: Ask) -> Mapping[str, str]:
    """What stands in the head of every page, by what the visitor may do."""
    if ask.visitor is None:
        return {}
    found = {"/": "Start"}
    if ask.units_where(Deed.ANSWER):
        found["/uppgifter"] = "Uppgifter"
    if ask.units_where(Deed.SEE_ARCHIVE):
        found["/diarium"] = "Diarium och arkiv"
    if ask.units_where(Deed.OPERATE):
        found["/drift"] = "Drift"
    return found


def cycle_path(start: str, key: CycleKey, *rest: str) -> str:
    """ "/rapport/SOL/T2-2026/utkast"."""
    return "/".join((start, key.unit_code, key.slug, *rest))


def is_secure(ask: Ask) -> bool:
    """Whether the portal is reached over https, by its address in the settings."""
    return (ask.office.installation.settings.portal.address or "").startswith("https://")


def csrf_field(visitor: Visitor | None) -> Markup:
    """What every form of a visitor sends back, so that no other site can send it for her."""
    if visitor is None:
        return Markup()
    return Markup('<input type="hidden" name="{}" value="{}">').format(CSRF_FIELD, visitor.csrf)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    portal = environment("web")
    portal.filters["day"] = swedish_day
    portal.filters["time"] = swedish_time
    portal.globals["cycle_path"] = cycle_path
    portal.globals["csrf_field"] = csrf_field
    portal.globals["Deed"] = Deed
    return portal
