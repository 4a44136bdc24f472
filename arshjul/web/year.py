"""The year as the wheel, each sector a link, and as a list. Drawn by `arshjul.report.wheel_figure`."""

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup
from starlette.responses import Response

from arshjul.access import Deed
from arshjul.cycle import CycleKey
from arshjul.duties import Entry, Ring
from arshjul.errors import BadInput
from arshjul.organisation import ROLE_SWEDISH, Unit
from arshjul.report.wheel_figure import WheelEntry, draw_wheel
from arshjul.steps.cycle.settled import plan_to_start_from
from arshjul.steps.portal.year_standing import year_standing
from arshjul.web.asking import Ask, Page
from arshjul.web.showing import cycle_path, show
from arshjul.wheel import year_entries


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry of the year as a list has it; `path` leads to its page, or to nothing ("")."""

    id: str
    label: str
    start: date
    end: date
    who: str
    status: str
    path: str


@dataclass(frozen=True, slots=True)
class YearView:
    """A unit's year: the drawing, with links in it, and the same as a list."""

    unit: Unit
    year: int
    wheel: Markup
    entries: tuple[Listed, ...]


def year_view(ask: Ask, unit: Unit, year: int) -> YearView:
    """The year of a unit as it stands today."""
    entries = year_entries(ask.office.installation.wheel, unit.code, year)
    standing = year_standing(ask.office, unit.code, entries, ask.now)
    listed = tuple(
        Listed(
            e.id,
            e.label,
            e.start,
            e.end,
            ", ".join(ROLE_SWEDISH[role] for role in e.who),
            standing.get(e.id, ""),
            _path(ask, unit, e),
        )
        for e in entries
    )
    page = f"/ar/{unit.code}/{year}"
    drawn = [
        WheelEntry(e.label, e.start, e.end, e.ring.value, standing.get(e.id), one.path or f"{page}#{e.id}")
        for e, one in zip(entries, listed, strict=True)
    ]
    figure = draw_wheel(year, unit.short_name, drawn, ask.today)
    # Several links in a drawing: a group of them, no longer one picture.
    return YearView(unit, year, Markup(figure.svg.replace('role="img"', 'role="group"', 1)), listed)


def years_shown(ask: Ask) -> list[YearView]:
    """This year, of the units whose cycles the visitor may see."""
    wheels = ask.office.installation.wheel.units
    return [
        year_view(ask, unit, ask.today.year)
        for unit in ask.units_where(Deed.SEE_CYCLE)
        if unit.code in wheels
    ]


def the_year(ask: Ask) -> Response:
    """One year: the wheel, and the list."""
    written = ask.path["year"]
    if not (written.isdecimal() and len(written) == 4 and abs(int(written) - ask.today.year) <= 5):
        raise BadInput("Det året finns inte här.")
    unit = ask.its_unit
    return show(ask, "year.html.j2", year=year_view(ask, unit, int(written)), unit=unit)


def _path(ask: Ask, unit: Unit, entry: Entry) -> str:
    """The page of a report; "" for a duty or meeting, and for a report that has no plan to rest on."""
    if entry.ring is not Ring.CYCLE:
        return ""
    key = CycleKey.named(unit.code, entry.source)
    known = plan_to_start_from(ask.office.installation, key) is not None
    return cycle_path("/rapport", key) if known else ""


PAGES = (Page("/ar/{unit}/{year}", the_year, Deed.SEE_CYCLE),)
