"""Visiting the portal as a person: a client of the real application, with a cookie from a real link."""

import re
from datetime import datetime, timedelta

from starlette.applications import Starlette
from starlette.testclient import TestClient

from arshjul.office import Office
from arshjul.steps.portal.ways_in import make_link
from arshjul.web.app import portal
from tests.play import Play

LASTS = timedelta(days=30)


def figures_open(play: Play) -> datetime:
    """When a form can be answered in whole: texts from the opening, figures when the period is out."""
    return play.dates.figures_from or play.dates.opens


class Visit:
    """One person's browser. `person` None: nobody has logged in. `site`: a portal that others visit too."""

    def __init__(
        self, office: Office, now: datetime, person: str | None = None, site: Starlette | None = None
    ) -> None:
        self.office, self.now, self.person = office, now, person
        self.client = TestClient(site or portal(office, lambda: self.now), follow_redirects=True)
        if person is not None:
            answer = self.client.get(f"/l/{self.link(person)}")
            assert answer.status_code == 200, answer.text

    def link(self, person: str, lasts: timedelta = LASTS) -> str:
        with self.office.database.writing() as session:
            return make_link(session, person, None, self.now, lasts)

    def get(self, path: str) -> str:
        """A page that has to be there."""
        answer = self.client.get(path)
        assert answer.status_code == 200, f"{path}: {answer.status_code}"
        return answer.text

    def status(self, path: str) -> int:
        return self.client.get(path).status_code

    def csrf(self) -> str:
        found = re.search(r'name="csrf" value="([0-9a-f]{64})"', self.client.get("/").text)
        assert found is not None
        return found[1]

    def post(self, path: str, **fields: str) -> str:
        """Send a form as the page would; the page that it leads to."""
        answer = self.client.post(path, data={"csrf": self.csrf(), **fields})
        assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.text}"
        return answer.text
