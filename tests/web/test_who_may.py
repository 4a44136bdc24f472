"""Who may see and do what: every page of the portal, as every role, against one table."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from arshjul.access import MAY, Deed
from arshjul.organisation import Role
from arshjul.web.app import portal
from arshjul.web.asking import Page
from arshjul.web.pages import PAGES
from tests.example import Home
from tests.play import Play
from tests.stages import PlayFrom, Stages
from tests.web.visiting import Visit

PEOPLE = {
    Role.MANAGER: "karin",
    Role.DEPUTY: "anna",
    Role.TEAM_LEADER: "elin",
    Role.CONTROLLER: "peter",
    Role.REGISTRAR: "lena",
    Role.OPERATOR: "drift",
}
_PARTS = {
    "unit": "SOL",
    "cycle": "T2-2026",
    "person": "mehmet",
    "scope": "HUMLAN",
    "number": "1",
    "part": "HUMLAN",
    "file": "T2-2026-SOL.html",
    "finding": "1",
    "version": "1",
    "token": "ingen",
    "wish": "1",
    "ending": "csv",
    "year": "2026",
    "duty": "SOL-skyddsrond-2026-03-HUMLAN",
}
# Pages of one's own form are open to those who answer; whose form it is, is tried by the page itself.
_OF_ONE_PERSON = "/underlag/"


def filled(page: Page) -> str:
    """The page's path for the example's T2, and another person's form."""
    path = page.path
    for name, value in _PARTS.items():
        path = path.replace(f"{{{name}}}", value)
    assert "{" not in path, f"say in _PARTS what {page.path} is tried with"
    return path


def visits(play: Play, *people: str | None) -> list[Visit]:
    """Each of them at one portal, when the report is compiled."""
    now = play.dates.compile
    site = portal(play.office, lambda: now)
    return [Visit(play.office, now, person, site) for person in people]


@pytest.fixture(scope="module")
def readers(stages: Stages, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Visit]]:
    """The outsider and all roles, for all the pages that are only read."""
    home = Home(shutil.copytree(stages.at("compiled"), tmp_path_factory.mktemp("portal") / "installation"))
    with home.office() as office:
        yield visits(Play(home, office, stages.play.outbox), None, *PEOPLE.values())


@pytest.fixture
def visitors(page: Page, request: pytest.FixtureRequest) -> list[Visit]:
    """The outsider and all roles before that page; what is done there is done in a play of its own."""
    if page.method == "GET":
        return list(request.getfixturevalue("readers"))
    return visits(request.getfixturevalue("play_from")("compiled"), None, *PEOPLE.values())


def answer(visit: Visit, page: Page) -> int:
    if page.method == "GET":
        return visit.status(filled(page))
    csrf = visit.csrf() if visit.person else ""
    return visit.client.post(filled(page), data={"csrf": csrf}).status_code


@pytest.mark.parametrize("page", [p for p in PAGES if not p.is_open], ids=lambda p: f"{p.method} {p.path}")
def test_a_page_is_shut_to_outsiders_and_open_to_those_of_the_table(
    page: Page, visitors: list[Visit]
) -> None:
    outsider, *known = visitors
    assert answer(outsider, page) == 401
    for role, visit in zip(PEOPLE, known, strict=True):
        status = answer(visit, page)
        if page.deed is not None:
            shut = page.deed not in MAY[role] or (
                page.deed in (Deed.ANSWER, Deed.HOLD_APT) and role is not Role.MANAGER
            )
            assert (status == 403) == shut, f"{role}: {status}"
        elif page.path.startswith(_OF_ONE_PERSON):
            assert status in (400, 403, 404, 409) or role is Role.MANAGER, f"{role}: {status}"


def test_a_manager_of_another_unit_sees_nothing_of_this_one(play_from: PlayFrom) -> None:
    [malin] = visits(play_from("compiled"), "malin")
    for page in PAGES:
        if "{unit}" in page.path:
            assert answer(malin, page) in (400, 403, 404), page.path


def test_no_template_has_script_or_style_in_it() -> None:
    for template in Path("templates/web").glob("*.j2"):
        text = template.read_text("utf-8")
        assert "<style" not in text, template
        assert " style=" not in text, template
        assert "<script>" not in text, template
        assert not re.search(r"\son[a-z]+=", text), template
