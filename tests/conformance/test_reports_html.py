"""axe-core finds no fault in a report's web page, in Chromium, wide and narrow, light and dark."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from arshjul.adapters.reports.city_page import city_page
from arshjul.adapters.reports.html import render_html
from arshjul.plan import Kind
from arshjul.report.city_fields import city_fields
from tests.conformance.reports import reports
from tests.conformance.validators import axe_script, chromium_path
from tests.report.cycles import compiled_cycle, year_report

pytestmark = [pytest.mark.conformance, pytest.mark.xdist_group("chromium")]
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = chromium_path()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


def faults(browser: Browser, page: bytes, *, width: int = 1280, dark: bool = False) -> list[str]:
    """What axe-core says is wrong: rule, and the first place."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light"
    )
    opened = context.new_page()
    opened.set_content(page.decode(), wait_until="load")
    opened.add_script_tag(content=axe_script())
    found: Any = opened.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", _RULES
    )
    context.close()
    assert found["passes"], "axe-core tried nothing"
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found["violations"]]


@pytest.mark.parametrize(
    "name", ["T2", "VP", "empty-sections", "long-titles", "nothing", "odd", "one-sheet", "sample"]
)
def test_a_report_has_no_fault(browser: Browser, name: str) -> None:
    assert faults(browser, render_html(reports()[name])) == []


def test_nor_has_the_page_of_fields_for_the_citys_own_system(browser: Browser) -> None:
    report = year_report(Kind.T2)
    fields = city_fields(compiled_cycle(Kind.T2), report)
    page = city_page(report.front, fields, frozenset({fields[0].id}))
    assert faults(browser, page) == []
    assert faults(browser, page, width=360, dark=True) == []


def test_nor_on_a_telephone_in_the_dark(browser: Browser) -> None:
    assert faults(browser, render_html(reports()["VB"]), width=360, dark=True) == []


def test_a_page_with_a_fault_is_told(browser: Browser) -> None:
    page = render_html(reports()["sample"]).replace(b' lang="sv"', b"", 1)
    assert any(fault.startswith("html-has-lang") for fault in faults(browser, page))


def test_every_link_to_a_source_leads_to_one(browser: Browser) -> None:
    context = browser.new_context()
    opened = context.new_page()
    opened.set_content(render_html(reports()["VB"]).decode())
    dead = opened.evaluate(
        "() => [...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.getAttribute('href'))"
        ".filter(href => !document.getElementById(decodeURIComponent(href.slice(1))))"
    )
    count = opened.evaluate("() => document.querySelectorAll('a.source').length")
    context.close()
    assert dead == []
    assert count > 300
