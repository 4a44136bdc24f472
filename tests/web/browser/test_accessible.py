"""Every page can be used by all: held against axe-core, in small windows, in the dark, without script."""

from collections.abc import Callable
from typing import Literal

import pytest
from playwright.sync_api import Page

from arshjul.steps.duties.duties import tell_of_duties
from tests.web.browser.conftest import Site
from tests.web.browser.hands import told, write
from tests.web.browser.places import FORM, PLACES, Place

_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
_CHECK = """rules => axe.run(document, {iframes: false, runOnly: {type: "tag", values: rules}})
    .then(found => found.violations.map(
        v => [v.id, v.help, v.nodes.map(n => n.html + " " + n.failureSummary)]))"""
# 320 px is a page magnified four times, as the law's standard asks for; 640 px twice.
WIDTHS = (320, 360, 640, 1280)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
STAGES = tuple(dict.fromkeys(place.stage for place in PLACES))


@pytest.fixture(params=STAGES)
def places(request: pytest.FixtureRequest, site_at: Callable[..., Site]) -> tuple[Site, list[Place]]:
    """The portal at a stage, when duties have been told of, and the places that are seen there."""
    site = site_at(request.param)
    tell_of_duties(site.play.office, "SOL", site.now)
    return site, [place for place in PLACES if place.stage == request.param]


def go_to(page: Page, site: Site, place: Place) -> None:
    """The place in its person's window, wide and light."""
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": WIDTHS[-1], "height": 800})
    page.goto(site.address + place.path)
    if place.do is not None:
        place.do(page)


def test_no_page_has_a_hindrance_that_axe_knows_and_none_is_wider_than_its_window(
    places: tuple[Site, list[Place]], axe: str
) -> None:
    site, here = places
    troubles = []
    windows = {person: site.visit(person) for person in dict.fromkeys(place.person for place in here)}
    for place in here:
        page = windows[place.person]
        go_to(page, site, place)
        page.evaluate(axe)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            troubles += [(place.name, scheme, *found) for found in page.evaluate(_CHECK, _RULES)]
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            wide = page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                troubles.append((place.name, f"{width} px", f"sidan är {wide} px bred"))
    assert not troubles, "\n".join(map(str, troubles))


def test_a_form_is_filled_in_and_handed_in_without_script(site_at: Callable[..., Site]) -> None:
    site = site_at("opened")
    page = site.visit("mehmet", java_script_enabled=False)
    page.goto(f"{site.address}{FORM}/HUMLAN/1")
    for answers in told(site.play, "mehmet", "HUMLAN"):
        write(page, answers)
        page.get_by_role("button", name="Spara och gå vidare").click()
    page.goto(f"{site.address}{FORM}/lamna?scope=HUMLAN")
    page.get_by_role("button", name="Lämna in Trädgårdsgruppen Humlan").click()
    assert "är inlämnat" in page.content()
