"""The whole way in a browser: a letter with a link, a form with mistakes, a return, an approval, a report."""

import io
import re
from collections.abc import Callable
from email import message_from_bytes
from email.policy import default
from urllib.parse import urlsplit

import docx
import pypdfium2
from playwright.sync_api import Page, expect

from tests.web.browser.conftest import Site
from tests.web.browser.hands import told, write
from tests.web.visiting import figures_open

WRITTEN = "Skolan i Ekbacken vill komma på besök när trädgården blommar."


def link_in_letter(site: Site, to: str) -> str:
    """The personal link of the newest letter to an address, read from what the mail server kept."""
    for path in reversed(site.play.outbox.letters()):
        letter = message_from_bytes(path.read_bytes(), policy=default)
        if to in str(letter["To"]):
            body = letter.get_body(("plain",))
            assert body is not None
            found = re.search(rf"{re.escape(site.address)}/l/\S+", body.get_content())
            assert found is not None, body.get_content()
            return found[0]
    raise AssertionError(f"inget brev till {to}")


def go_on(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="Spara och gå vidare").click()


def keep(page: Page) -> None:
    """Save, and wait for the page that says so: to leave before would be to leave it unsaved."""
    with page.expect_navigation():
        page.get_by_role("button", name="Spara", exact=True).click()


def test_from_the_letter_to_the_approved_report(site_at: Callable[..., Site]) -> None:
    site = site_at("fresh")
    play = site.play
    play.morning(site.now)

    deputy = site.visit()
    deputy.goto(link_in_letter(site, "mehmet"))
    assert urlsplit(deputy.url).path == "/underlag/SOL/T2-2026/mehmet"  # no token, and straight to it
    expect(deputy.get_by_text("Siffrorna fylls i från")).to_be_visible()
    site.now = figures_open(play)
    deputy.goto(link_in_letter(site, "mehmet"))  # a link opens until it lapses, a session only for the day
    _fills_in_with_three_mistakes(play_answers := told(play, "mehmet", "HUMLAN"), deputy)
    _mends_and_hands_in(play_answers, deputy)

    site.now = play.dates.compile
    play.morning(site.now)
    manager = site.visit()
    manager.goto(link_in_letter(site, "karin"))
    manager.goto(f"{site.address}/rapport/SOL/T2-2026")
    part = manager.locator("li.part", has_text="Trädgårdsgruppen Humlan")
    part.locator("summary", has_text="Återsänd").click()
    part.get_by_label("Vad behöver ändras?").fill("Skriv något om praktikplatserna till våren.")
    part.get_by_role("button", name="Återsänd till").click()
    expect(part.get_by_text("Återsänd, väntar på rättelse")).to_be_visible()

    play.morning(site.now)  # the letter that says it came back bears a new link
    deputy.goto(link_in_letter(site, "mehmet"))
    deputy.goto(f"{site.address}/underlag/SOL/T2-2026/mehmet")
    expect(deputy.get_by_text("Skriv något om praktikplatserna till våren.")).to_be_visible()
    _writes_more(deputy)

    _decides(manager, site)
    report = f"{site.address}/rapport/SOL/T2-2026/version/1/T2-2026-SOL"
    files = {end: manager.request.get(f"{report}.{end}") for end in ("html", "docx", "pdf")}
    shown = files["html"].text()
    assert WRITTEN in shown, [line for line in shown.splitlines() if "Ekbacken" in line]
    assert WRITTEN in _words_of_docx(files["docx"].body())
    assert WRITTEN in _words_of_pdf(files["pdf"].body())


def _fills_in_with_three_mistakes(answers: list[dict[str, str]], page: Page) -> None:
    """A text for a number, more than a hundred per cent, and a goal without its analysis."""
    page.locator(".steps a").first.click()
    for number, given in enumerate(answers, start=1):
        wrong = dict(given)
        if number == 1:
            wrong["I03.men"] = "de flesta"
            wrong["I03.women"] = "180"
        if "G04.analysis" in wrong:
            wrong["G04.analysis"] = ""
        write(page, wrong)
        go_on(page)
        if number == 1:
            # It stays on the page and says what is wrong, and the focus is on the summary of it.
            expect(page.locator("#summary")).to_be_focused()
            expect(page.locator('[id="i-I03.men"]')).to_have_attribute("aria-invalid", "true")
            expect(page.locator('[id="i-I03.women"]')).to_have_attribute("aria-invalid", "true")
            page.goto(re.sub(r"/1$", "/2", page.url))


def _mends_and_hands_in(answers: list[dict[str, str]], page: Page) -> None:
    expect(page.get_by_role("alert")).to_contain_text("3 svar återstår")
    for field, value in (("I03.men", "75"), ("I03.women", "80")):
        page.locator(f'a[href$="#i-{field}"]').click()
        write(page, {field: value})
        keep(page)
        page.goto(page.url.partition("/HUMLAN/")[0] + "/lamna?scope=HUMLAN")
    page.locator('a[href$="#i-G04.analysis"]').click()
    write(page, {"G04.analysis": next(a["G04.analysis"] for a in answers if "G04.analysis" in a)})
    # The script saves by itself, and says so.
    expect(page.locator("[data-saved]")).to_contain_text("Sparat")
    page.goto(page.url.partition("/HUMLAN/")[0] + "/lamna?scope=HUMLAN")
    page.get_by_role("button", name="Lämna in Trädgårdsgruppen Humlan").click()
    expect(page.get_by_role("status")).to_contain_text("Trädgårdsgruppen Humlan är inlämnat")


def _writes_more(page: Page) -> None:
    base = page.url
    for link in page.locator(".steps a").all():
        if link.get_attribute("href") is None:
            continue
        page.goto(base.partition("/underlag")[0] + str(link.get_attribute("href")))
        if page.locator('[id="i-G10.analysis"]').count():
            break
        page.goto(base)
    write(page, {"G10.analysis": WRITTEN})
    keep(page)
    page.goto(f"{base}/lamna?scope=HUMLAN")
    page.get_by_role("button", name="Lämna in Trädgårdsgruppen Humlan").click()
    expect(page.get_by_role("status")).to_contain_text("är inlämnat")


def _decides(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/rapport/SOL/T2-2026/texter")
    page.get_by_label("Sammanfattning").fill("Året går enligt planen.")
    for group in page.get_by_role("group", name="Bedömning").all():
        group.get_by_label("Uppfylls delvis").check()
    keep(page)
    page.goto(f"{site.address}/rapport/SOL/T2-2026/utkast")
    page.get_by_role("button", name="Gör ett nytt utkast").click()
    blocking = page.locator(".finding.error:not(.closed)")
    while blocking.count():
        one = blocking.first
        one.get_by_text("Stäng med ett skäl").click()
        one.get_by_label("Varför stämmer det ändå?").fill("Kontrollerat mot verksamhetssystemet i dag.")
        one.get_by_role("button", name="Stäng", exact=True).click()
    page.goto(f"{site.address}/rapport/SOL/T2-2026/beslut")
    page.get_by_role("button", name="Godkänn T2 2026").click()
    expect(page.get_by_role("status")).to_contain_text("är godkänd (version 1)")


def _words_of_docx(content: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs)


def _words_of_pdf(content: bytes) -> str:
    pages = pypdfium2.PdfDocument(content)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())
