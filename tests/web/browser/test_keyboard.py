"""The keyboard alone: a whole form, a whole approval; and what a screen reader is told on the way."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.web.browser.conftest import Site
from tests.web.browser.hands import choose, press_on, tab_to, told, type_in
from tests.web.browser.places import FORM, T2


def test_a_whole_form_is_filled_in_with_the_keyboard(site_at: Callable[..., Site]) -> None:
    site = site_at("opened")
    page = site.visit("mehmet")
    press_on(page, f'a[href="{FORM}"]')
    press_on(page, f'a[href="{FORM}/HUMLAN/1"]')
    for answers in told(site.play, "mehmet", "HUMLAN"):
        type_in(page, answers)
        press_on(page, 'button[value="next"]')
    press_on(page, "main form button")  # the last page leads to handing in
    expect(page.get_by_role("status")).to_contain_text("är inlämnat")


def test_the_first_press_of_tab_leads_past_the_head_of_the_page(site_at: Callable[..., Site]) -> None:
    page = site_at("opened").visit("mehmet")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Till innehållet")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_what_is_wrong_and_that_it_is_saved_is_told_to_those_who_do_not_see(
    site_at: Callable[..., Site],
) -> None:
    site = site_at("opened")
    page = site.visit("mehmet")
    page.goto(f"{site.address}{FORM}/HUMLAN/1")
    type_in(page, {"I03.men": "de flesta"})
    told_of = page.locator("[data-saved]")
    expect(told_of).to_have_attribute("aria-live", "polite")
    expect(told_of).to_contain_text("Sparat")
    field = page.locator('[id="i-I03.men"]')
    expect(field).to_have_attribute("aria-invalid", "true")
    described = str(field.get_attribute("aria-describedby")).split()
    assert "Här ska det stå ett tal" in " ".join(page.locator(f'[id="{i}"]').inner_text() for i in described)
    press_on(page, 'button[value="stay"]')
    expect(page.get_by_role("alert").first).to_be_focused()
    tab_to(page, '#summary a[href="#i-I03.men"]')
    page.keyboard.press("Enter")
    expect(field).to_be_focused()


def test_a_whole_approval_is_made_with_the_keyboard(site_at: Callable[..., Site]) -> None:
    site = site_at("compiled")
    page = site.visit("karin")
    press_on(page, f'a[href="{T2}"]')
    press_on(page, f'a[href="{T2}/texter"]')
    tab_to(page, "#t-summary")
    page.keyboard.insert_text("Året går enligt planen.")
    for name in page.evaluate(
        "[...new Set([...document.querySelectorAll('[type=radio]')].map(e => e.name))]"
    ):
        choose(page, name, "PARTIAL")
    press_on(page, "main form .actions button")
    press_on(page, f'a[href="{T2}/utkast"]')
    press_on(page, f'main form[action="{T2}/utkast"] button')
    while page.locator(".finding.error:not(.closed)").count():
        tab_to(page, ".finding.error:not(.closed) summary")
        page.keyboard.press("Enter")
        tab_to(page, ".finding.error:not(.closed) textarea")
        page.keyboard.insert_text("Kontrollerat mot systemet i dag.")
        press_on(page, ".finding.error:not(.closed) form button")
    press_on(page, f'a[href="{T2}"]')
    press_on(page, f'a[href="{T2}/beslut"]')
    press_on(page, "main form button")
    expect(page.get_by_role("status")).to_contain_text("är godkänd (version 1)")
