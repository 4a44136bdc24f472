"""Single sign-on against a real OpenID provider: the right person comes in, others and forgeries do not."""

import json
import os
import socket
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from arshjul.adapters.store import tables
from arshjul.config.settings import SSO_SECRET_VARIABLE, SignOn
from tests.web.browser.conftest import HERE, Site

SECRET = "hemligheten i provet"


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@pytest.fixture
def signing_on(
    site_at: Callable[..., Site], node_modules: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Site]:
    """The portal with a provider of its own; `karin` and `bytt` are accounts there."""
    port = free_port()
    issuer = f"http://127.0.0.1:{port}"
    monkeypatch.setenv(SSO_SECRET_VARIABLE, SECRET)
    site = site_at("opened", sso=SignOn(issuer, "arshjul"))
    address = site.play.office.installation.organisation.person("karin").address
    told = {
        "port": port,
        "client_id": "arshjul",
        "client_secret": SECRET,
        "back": f"{site.address}/sso/svar",
        "accounts": {"karin": address.upper()},
    }
    provider = subprocess.Popen(
        ["node", str(HERE / "provider.mjs")],
        env={**os.environ, "PROVIDER": json.dumps(told)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert provider.stdout is not None
    assert "listening" in provider.stdout.readline()
    yield site
    provider.terminate()
    provider.wait(10)


def sign_on(page: Page, site: Site, account: str) -> None:
    page.goto(f"{site.address}/logga-in")
    page.get_by_role("link", name="Logga in med ditt konto").click()
    page.locator("input[name=login]").fill(account)
    page.locator("input[name=password]").fill("vad som helst")
    page.locator("button[type=submit]").click()
    page.locator("button[type=submit]").click()  # what the portal may know of her


def test_whoever_the_provider_vouches_for_comes_in_as_herself(signing_on: Site) -> None:
    page = signing_on.visit()
    sign_on(page, signing_on, "karin")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hej Karin")
    assert urlsplit(page.url).query == ""
    with signing_on.play.office.database.reading() as session:
        assert [row.strength for row in session.scalars(select(tables.PortalSession))] == ["sso"]
        assert session.scalars(select(tables.SignOn)).all() == []  # used once


def test_an_account_that_nobody_here_has_is_told_so(signing_on: Site) -> None:
    page = signing_on.visit()
    sign_on(page, signing_on, "okand")
    expect(page.get_by_role("main")).to_contain_text("hör inte till någon i organisationen")


def test_an_answer_that_another_browser_asked_for_opens_nothing(signing_on: Site) -> None:
    asked = signing_on.visit()
    begun = asked.request.get(f"{signing_on.address}/sso", max_redirects=0)
    query = parse_qs(urlsplit(begun.headers["location"]).query)
    assert query["code_challenge_method"] == ["S256"]
    assert query["redirect_uri"] == [f"{signing_on.address}/sso/svar"]
    other = signing_on.visit()
    answer = other.goto(f"{signing_on.address}/sso/svar?code=x&state={query['state'][0]}")
    assert answer is not None
    assert answer.status == 409
    forged = asked.goto(f"{signing_on.address}/sso/svar?code=hittepa&state={query['state'][0]}")
    assert forged is not None
    assert forged.status == 409
    with signing_on.play.office.database.reading() as session:
        assert session.scalars(select(tables.PortalSession)).all() == []


def test_the_settings_are_held_to_https() -> None:
    with pytest.raises(ValueError, match="ingen https-adress"):
        replace(SignOn("https://inloggning.kommun.example", "arshjul"), issuer="http://annan.example")
