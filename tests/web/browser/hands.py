"""What a person does at the browser: with the mouse, or with the keyboard alone."""

from collections.abc import Mapping

from playwright.sync_api import Page

from arshjul.form_pages import pages
from arshjul.steps.answers.answering import persons_form
from tests.play import Play, answers_of

Answers = Mapping[str, str]


def told(play: Play, person: str, scope: str) -> list[dict[str, str]]:
    """What the story has a person write in a scope, page by page of the portal's form, as she types it."""
    mine = persons_form(play.office, play.key, person)
    assert mine is not None
    sheet = next(sheet for sheet in mine.form.sheets if sheet.scope == scope)
    given = answers_of(person)[scope]
    return [
        {
            field.id: str(given[field.id]).replace(".", ",")
            if field.kind == "number"
            else str(given[field.id])
            for field in page.fields()
            if given.get(field.id) is not None
        }
        for page in pages(sheet)
    ]


def write(page: Page, answers: Answers) -> None:
    """Fill in fields of a page with the mouse and the keys."""
    for field, value in answers.items():
        radio = page.locator(f'input[type=radio][name="{field}"]')
        if radio.count():
            page.locator(f'input[type=radio][name="{field}"][value="{value}"]').check()
        else:
            page.locator(f'[id="i-{field}"]').fill(value)


def tab_to(page: Page, selector: str, *, backwards: bool = False) -> None:
    """Press Tab until the focus is on what the selector names, as somebody without a mouse does."""
    key = "Shift+Tab" if backwards else "Tab"
    for _ in range(400):
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press(key)
    raise AssertionError(f"tangenten Tab når aldrig {selector} på {page.url}")


def press_on(page: Page, selector: str) -> None:
    """Go to a link or button with Tab and press Enter; wait for the page that it leads to."""
    tab_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def type_in(page: Page, answers: Answers) -> None:
    """Fill in a page with the keyboard alone, field after field in the order of the page."""
    order = page.evaluate("[...document.querySelectorAll('form [name]')].map(e => e.name)")
    for field in sorted(answers, key=order.index):
        value = answers[field]
        if page.locator(f'input[type=radio][name="{field}"]').count():
            choose(page, field, value)
        else:
            tab_to(page, f'[id="i-{field}"]')
            page.keyboard.press("ControlOrMeta+A")
            page.keyboard.insert_text(value)


def choose(page: Page, name: str, value: str) -> None:
    """Choose among radio buttons with Tab, Space and the arrows."""
    tab_to(page, f'input[type=radio][name="{name}"]')
    page.keyboard.press("Space")
    for _ in range(12):
        if page.evaluate("v => document.activeElement.value === v", value):
            assert page.evaluate("document.activeElement.checked")
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"valet {value} går inte att nå med tangenter")
