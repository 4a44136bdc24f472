"""The API: tokens that hold and lapse, the same acts as the pages, and no call that makes the server fall."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import schemathesis
from hypothesis import HealthCheck, given, settings
from sqlalchemy import select
from starlette.testclient import TestClient

from arshjul.access import Deed
from arshjul.adapters.store import tables
from arshjul.steps.portal.api_tokens import make_token, withdraw_token
from arshjul.web.app import portal
from tests.play import Play
from tests.stages import PlayFrom

T2 = "/api/v1/units/SOL/cycles/T2-2026"


class Caller:
    """An integration with a token of its own."""

    def __init__(self, play: Play, *deeds: Deed, unit: str | None = None) -> None:
        self.office, self.now = play.office, play.dates.compile
        with self.office.database.writing() as session:
            self.token = make_token(session, "prov", deeds or tuple(Deed), unit, self.now)
        self.client = TestClient(portal(self.office, lambda: self.now))
        self.client.headers["authorization"] = f"Bearer {self.token}"


def test_a_token_opens_what_it_is_given_for_and_no_more(play_from: PlayFrom) -> None:
    play = play_from("compiled")
    caller = Caller(play, Deed.SEE_CYCLE, unit="SOL")
    parts = caller.client.get(T2).json()["parts"]
    assert ("HUMLAN", "answered") in [(part["scope"], part["state"]) for part in parts]
    assert caller.client.get(f"{T2}/findings").status_code == 403
    assert caller.client.get("/api/v1/units/HAM/cycles/T2-2026").status_code == 404


def test_without_a_token_that_holds_nothing_is_told(play_from: PlayFrom) -> None:
    play = play_from("opened")
    caller = Caller(play)
    outsider = TestClient(portal(play.office, lambda: caller.now))
    assert outsider.get(T2).status_code == 401
    caller.now += timedelta(days=366)
    assert caller.client.get(T2).status_code == 401
    caller.now -= timedelta(days=366)
    with play.office.database.writing() as session:
        withdraw_token(session, "prov", caller.now)
    assert caller.client.get(T2).status_code == 401


def test_guessing_tokens_is_stopped(play_from: PlayFrom) -> None:
    play = play_from("opened")
    caller = Caller(play)
    caller.client.headers["authorization"] = "Bearer arshjul_gissning"
    answers = [caller.client.get(T2).status_code for _ in range(62)]
    assert answers[0] == 401
    assert answers[-1] == 429


def test_answers_are_saved_and_handed_in_for_the_person_who_has_them(play_from: PlayFrom) -> None:
    play = play_from("opened")
    caller = Caller(play)
    path = f"{T2}/forms/mehmet/HUMLAN/answers"
    body = {"person": "mehmet", "answers": {"I03.men": "75"}}
    assert caller.client.put(path, json=body).json()["I03.men"]["number"] == 1
    assert caller.client.put(path, json={**body, "person": "anna"}).status_code == 403
    unknown = {"person": "mehmet", "answers": {"finns.inte": "1"}}
    assert caller.client.put(path, json=unknown).status_code == 422
    done = caller.client.post(f"{T2}/forms/mehmet/HUMLAN/hand-in", json={"person": "mehmet"})
    assert done.json() == {"accepted": False, "unchanged": False}  # the rest of the form is missing
    [sheet] = caller.client.get(f"{T2}/forms/mehmet").json()["sheets"]
    assert {f["id"]: f["value"] for f in sheet["fields"] if f["value"]} == {"I03.men": "75"}


def test_a_report_is_read_as_data_and_only_as_it_was_released(play_from: PlayFrom) -> None:
    play = play_from("archived")
    client = Caller(play, Deed.SEE_REPORT).client
    data = client.get(f"{T2}/versions/1/data").json()
    with play.office.database.reading() as session:
        released = sorted(row.printed for row in session.scalars(select(tables.ReleasedCell)))
    assert sorted(one["printed"] for one in data) == released
    assert client.get(f"{T2}/versions/1/files/T2-2026-SOL.pdf").content.startswith(b"%PDF")
    assert client.get(f"{T2}/versions/2/data").status_code == 404
    assert client.get(f"{T2}/draft").status_code == 403


def test_only_the_manager_decides_and_only_on_what_was_read(play_from: PlayFrom) -> None:
    play = play_from("reviewed")
    client = Caller(play).client
    files = [file["sha256"] for file in client.get(f"{T2}/draft").json()]
    assert client.post(f"{T2}/approve", json={"person": "anna", "files": files}).status_code == 403
    assert client.post(f"{T2}/approve", json={"person": "karin", "files": ["annat"]}).status_code == 409
    assert len(client.post(f"{T2}/approve", json={"person": "karin", "files": files}).json()) == 1
    assert [v["number"] for v in client.get(f"{T2}/versions").json()] == [1]


@contextmanager
def described(play: Play) -> Iterator[tuple[schemathesis.schemas.BaseSchema, str]]:
    """The API's own description, and a token for everything."""
    caller = Caller(play)
    application = portal(play.office, lambda: caller.now)
    yield schemathesis.openapi.from_asgi("/api/v1/openapi.json", application), caller.token


def test_no_call_that_the_description_allows_makes_the_server_fall(play_from: PlayFrom) -> None:
    with described(play_from("compiled")) as (schema, token):
        count = 0
        for found in schema.get_all_operations():
            operation = found.ok()
            count += 1

            @given(case=operation.as_strategy())
            @settings(max_examples=8, deadline=None, database=None, suppress_health_check=list(HealthCheck))
            def hold(case: schemathesis.Case) -> None:
                # Units, cycles and people that there are, or every call would end at the first door.
                case.path_parameters = {**(case.path_parameters or {}), **_KNOWN}
                answer = case.call(headers={"authorization": f"Bearer {token}"})
                assert answer.status_code < 500, (case.method, case.path, answer.status_code)

            hold()
    assert count >= 20


_KNOWN = {"unit": "SOL", "cycle": "T2-2026", "person": "mehmet", "scope": "HUMLAN"}


def test_every_call_stands_on_the_page_that_describes_them(play_from: PlayFrom) -> None:
    play = play_from("opened")
    client = TestClient(portal(play.office, lambda: play.dates.opens))
    page = client.get("/api").text
    for path in client.get("/api/v1/openapi.json").json()["paths"]:
        assert path in page
