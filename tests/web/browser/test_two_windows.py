"""Two windows on the same form: nobody's words are lost unseen, with the script as without it."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.web.browser.conftest import Site
from tests.web.browser.places import FORM

FIELD = '[id="i-G04.analysis"]'


def saved(page: Page) -> None:
    expect(page.locator("[data-saved]")).to_contain_text("Sparat")


def test_what_another_window_wrote_is_shown_at_once_and_stays(site_at: Callable[..., Site]) -> None:
    site = site_at("opened")
    first = site.visit("mehmet")
    second = first.context.new_page()
    for page in (first, second):
        page.goto(f"{site.address}{FORM}/HUMLAN/2")
    first.locator(FIELD).fill("Vi har prövat två former.")
    saved(first)
    second.locator(FIELD).fill("Deltagarna leder mötet.")
    shown = second.get_by_role("alert").filter(has_text="Två har skrivit här samtidigt")
    expect(shown).to_contain_text("Vi har prövat två former.")
    expect(shown).to_contain_text("Mehmet Yildirim")
    with second.expect_response(lambda answer: answer.request.method == "POST"):
        second.locator(FIELD).press_sequentially(" ")
        second.locator(FIELD).press_sequentially("Och mer.")
    expect(shown).to_contain_text("Vi har prövat två former.")


def test_the_mark_of_last_times_text_goes_when_it_is_changed(site_at: Callable[..., Site]) -> None:
    site = site_at("opened")
    page = site.visit("mehmet")
    page.goto(f"{site.address}{FORM}/HUMLAN/2")
    page.locator("details.earlier:has(button)").first.locator("summary").click()
    page.get_by_role("button", name="Börja med den här texten").first.click()
    mark = page.get_by_text("Texten är tagen från förra gången")
    expect(mark).to_be_visible()
    page.locator("[data-field]").filter(has=mark).locator("textarea").press_sequentially("Ändrat. ")
    expect(mark).to_be_hidden()
