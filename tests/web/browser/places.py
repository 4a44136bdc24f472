"""Every page and state of the portal, as tests of looks and accessibility visit them."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

T2 = "/rapport/SOL/T2-2026"
FORM = "/underlag/SOL/T2-2026/mehmet"


@dataclass(frozen=True)
class Place:
    """A page in a state: who sees it, at which stage, and what she does there first."""

    name: str
    stage: str
    person: str | None
    path: str
    do: Callable[[Page], None] | None = None


def _wrong_number(page: Page) -> None:
    page.locator('[id="i-I03.men"]').fill("de flesta")
    page.get_by_role("button", name="Spara", exact=True).click()


def _two_windows(page: Page) -> None:
    field = page.locator('[id="i-G04.analysis"]')
    field.fill("Skrivet i den ena fliken.")
    page.get_by_role("button", name="Spara", exact=True).click()
    page.evaluate("document.querySelector('[name=\"seen.G04.analysis\"]').value = 0")
    field.fill("Skrivet i den andra.")
    page.get_by_role("button", name="Spara", exact=True).click()


def _open_all(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")


def _ask_for_link(page: Page) -> None:
    page.get_by_label("Din e-postadress").fill("ingen@bjorkviken.example")
    page.get_by_role("button", name="Skicka en länk").click()


def _wrong_code(page: Page) -> None:
    page.get_by_role("button", name="Skicka en kod").click()
    page.get_by_label("Koden i brevet").fill("12")
    page.get_by_role("button", name="Fortsätt").click()


def _stand_in(page: Page) -> None:
    page.get_by_label("Vem är borta?").select_option("mehmet")
    page.get_by_label("Vem ersätter?").select_option("anna")
    page.get_by_label("Till och med").fill("2026-12-31")
    page.get_by_role("button", name="Spara").click()


PLACES = (
    Place("logga in", "opened", None, "/logga-in"),
    Place("länk begärd", "opened", None, "/logga-in", _ask_for_link),
    Place("länk som inte gäller", "opened", None, "/l/ingen"),
    Place("tillgänglighet", "opened", None, "/tillganglighet"),
    Place("start, svarande", "opened", "mehmet", "/"),
    Place("underlaget", "opened", "mehmet", FORM),
    Place("siffror", "opened", "mehmet", f"{FORM}/HUMLAN/1"),
    Place("siffror med fel", "opened", "mehmet", f"{FORM}/HUMLAN/1", _wrong_number),
    Place("ett mål", "opened", "mehmet", f"{FORM}/HUMLAN/2", _open_all),
    Place("två skrev samtidigt", "opened", "mehmet", f"{FORM}/HUMLAN/2", _two_windows),
    Place("lämna in", "opened", "mehmet", f"{FORM}/lamna"),
    Place("ekonomin", "opened", "peter", "/underlag/SOL/T2-2026/peter/economy/1"),
    Place("koden", "opened", "mehmet", "/kod"),
    Place("en fel kod", "opened", "mehmet", "/kod", _wrong_code),
    Place("året", "opened", "karin", "/ar/SOL/2026"),
    Place("ersättare", "opened", "karin", "/ersattare/SOL", _stand_in),
    Place("uppgifter", "opened", "mehmet", "/uppgifter"),
    Place("enhetens uppgifter", "opened", "karin", "/uppgifter", _open_all),
    Place("api", "opened", None, "/api"),
    Place("det går inte", "opened", "mehmet", "/drift"),
    Place("start, chef", "compiled", "karin", "/"),
    Place("rapporten", "compiled", "karin", T2, _open_all),
    Place("utkastet", "compiled", "karin", f"{T2}/utkast", _open_all),
    Place("texterna", "compiled", "karin", f"{T2}/texter", _open_all),
    Place("beslut som väntar", "compiled", "karin", f"{T2}/beslut"),
    Place("beslut som kan tas", "reviewed", "karin", f"{T2}/beslut"),
    Place("beslutat", "archived", "karin", f"{T2}/beslut"),
    Place("beslutade versioner", "archived", "karin", T2),
    Place("controllerns start", "compiled", "peter", "/"),
    Place("controllerns utkast", "compiled", "peter", f"{T2}/utkast", _open_all),
    Place("inlämnade versioner", "compiled", "mehmet", f"{FORM}/HUMLAN/versioner"),
    Place("en inlämnad version", "compiled", "mehmet", f"{FORM}/HUMLAN/versioner/2"),
    Place("controllerns rapport", "compiled", "peter", T2, _open_all),
    Place("bladet till apt", "archived", "mehmet", "/apt/SOL/T2-2026/HUMLAN/blad"),
    Place("apt", "archived", "karin", "/apt/SOL/T2-2026"),
    Place("ett apt", "archived", "mehmet", "/apt/SOL/T2-2026/HUMLAN"),
    Place("diarium", "archived", "lena", "/diarium"),
    Place("drift", "archived", "drift", "/drift"),
)
