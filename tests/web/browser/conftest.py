"""A real Chromium before the real portal. Skipped where there is no browser, but never where CI says true.

The browser is the system's own (ARSHJUL_CHROMIUM names another). What the tests need of npm is installed by
`package.json` beside this file.
"""

import os
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import NoReturn

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from arshjul.config.settings import SignOn
from arshjul.steps.portal.ways_in import make_link
from arshjul.web.app import portal
from cli.options import current_time
from tests.play import Play
from tests.stages import PlayFrom
from tests.web.visiting import figures_open

HERE = Path(__file__).parent
CHROMIUM = Path(os.environ.get("ARSHJUL_CHROMIUM", "/usr/bin/chromium"))
WIDE = {"width": 1280, "height": 800}


def lacking(what: str) -> NoReturn:
    """Skip for want of something; fail where nothing may be skipped."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what}, och CI=true: webbläsarproven får inte hoppas över")
    pytest.skip(what)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser, started once."""
    if not CHROMIUM.exists():
        lacking(f"{CHROMIUM} finns inte (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def node_modules() -> Path:
    """What package.json names, installed the first time."""
    folder = HERE / "node_modules"
    if not (folder / "axe-core" / "axe.min.js").exists() or not (folder / "oidc-provider").exists():
        npm = shutil.which("npm")
        if npm is None:
            lacking("npm finns inte (Debian: apt-get install npm)")
        done = subprocess.run(
            [npm, "ci", "--no-audit", "--no-fund"], cwd=HERE, capture_output=True, text=True
        )
        if done.returncode:
            lacking(f"npm ci gick inte: {done.stderr.strip()[-300:]}")
    return folder


@pytest.fixture(scope="session")
def axe(node_modules: Path) -> str:
    """The accessibility checker's own script."""
    return (node_modules / "axe-core" / "axe.min.js").read_text("utf-8")


@dataclass
class Site:
    """The portal of a play, listening; `now` is the time of the year there."""

    play: Play
    address: str
    now: datetime
    browser: Browser
    open_contexts: list[BrowserContext] = field(default_factory=list)

    def link(self, person: str) -> str:
        """A personal link, as a letter bears it."""
        with self.play.office.database.writing() as session:
            token = make_link(session, person, None, self.now, timedelta(days=30))
        return f"{self.address}/l/{token}"

    def visit(self, person: str | None = None, **context: object) -> Page:
        """A browser of her own for a person who has opened her link."""
        made = self.browser.new_context(**{"viewport": WIDE, "locale": "sv-SE", **context})  # type: ignore[arg-type]
        made.set_default_timeout(15_000)
        self.open_contexts.append(made)
        page = made.new_page()
        if person is not None:
            page.goto(self.link(person))
        return page


@contextmanager
def listening(play: Play, now: datetime, browser: Browser, sso: SignOn | None = None) -> Iterator[Site]:
    """The portal on a free port, its address in the letters."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    installation = play.office.installation
    settings = replace(
        installation.settings, portal=replace(installation.settings.portal, address=address, sso=sso)
    )
    play.office = replace(play.office, installation=replace(installation, settings=settings))
    if sso is not None:
        play.office = replace(play.office, clock=current_time)  # the provider's tokens hold in the real time
    site = Site(play, address, now, browser)
    server = uvicorn.Server(
        uvicorn.Config(portal(play.office, lambda: site.now), log_level="error", access_log=False)
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield site
    for context in site.open_contexts:
        context.close()
    server.should_exit = True
    thread.join(timeout=10)


@pytest.fixture
def site_at(play_from: PlayFrom, chromium: Browser) -> Iterator[object]:
    """`site_at("compiled")`: the portal of a play that goes on from there, at the time of the stage."""
    opened = []

    def begin(stage: str, now: datetime | None = None, sso: SignOn | None = None) -> Site:
        play = play_from(stage)
        dates = play.dates
        times = {"fresh": dates.opens, "opened": figures_open(play), "archived": dates.archive}
        context = listening(play, now or times.get(stage, dates.compile), chromium, sso)
        opened.append(context)
        return context.__enter__()

    yield begin
    for context in opened:
        context.__exit__(None, None, None)
