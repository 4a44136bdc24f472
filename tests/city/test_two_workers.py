"""A small city on PostgreSQL, Prefect's server on PostgreSQL, and two workers; one of them is killed.

Everything here is real: the server, the work pool, the workers as processes. Slow, and so among the faults.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from email import message_from_bytes
from email.message import Message

import pytest
from sqlalchemy import URL

from arshjul.adapters.outbox_server import OutboxServer
from tests.city.installation import City, children, kill_all, until
from tests.city.server import postgresql_with_extensions
from tests.databases import new_database
from tests.faults.test_serving import free_port

__all__ = ["postgresql_with_extensions"]

pytestmark = [pytest.mark.faults, pytest.mark.xdist_group("city")]  # one city for all of them

UNITS, A_BATCH, BROKEN = 50, 25, 20  # two batches
OPENS = "2026-08-24T08:00:00+02:00"
UPKEEP = "2026-08-24T08:30:00+02:00"


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory, postgresql_with_extensions: URL) -> Iterator[City]:
    """The city when its T2 has been opened: one unit's plan is broken, and a worker was killed on the way."""
    folder = tmp_path_factory.mktemp("tva-arbetare")
    with ExitStack() as open_now:
        outbox = open_now.enter_context(OutboxServer(folder / "utkorg"))
        database = open_now.enter_context(new_database(postgresql_with_extensions))
        prefect = open_now.enter_context(new_database(postgresql_with_extensions))
        made = City(folder / "stad", database, prefect, free_port())
        url = database.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
        made.arshjul("load-example", str(folder / "stad"), "--units", str(UNITS), "--database", url)
        settings = made.config / "settings.yaml"
        kept = settings.read_text("utf-8").replace("8025", str(outbox.port))
        settings.write_text(kept.replace("schedules:", f"schedules:\n  batch_units: {A_BATCH}"), "utf-8")
        made.arshjul("status")  # the first command makes the tables
        open_now.enter_context(made.server())
        until(made.is_up)
        made.deploy()
        sorted((made.config / "plans").glob("*.yaml"))[BROKEN].write_text("goals: [", "utf-8")
        live(made)
        yield made
        made.engine.dispose()


def live(city: City) -> None:
    """Two workers, one of whom is killed with what it was doing; upkeep takes up what it had begun."""
    with city.worker() as first, city.worker() as second:
        city.start("t2", year=2026, now=OPENS)
        until(lambda: city.steps("open") >= 1)
        until(lambda: not city.runs("PENDING"))  # taken and not begun: Prefect lets that wait for its worker
        kill_all(next(worker for worker in (first, second) if children(worker.pid)))
        city.start("upkeep", now=UPKEEP)
        until(lambda: city.steps("open") == UNITS - 1)
        until(lambda: bool(city.runs("FAILED")))  # the batch of the broken unit, when it has told of it
        until(lambda: city.count("SELECT count(*) FROM letter WHERE state = 'sent'") > UNITS)
        until(lambda: not city.count("SELECT count(*) FROM letter WHERE state <> 'sent'"))
        until(lambda: not city.runs("SCHEDULED", "PENDING"))


def letters(city: City) -> list[Message]:
    return [
        message_from_bytes(path.read_bytes()) for path in (city.config.parents[1] / "utkorg").glob("*.eml")
    ]


def test_everything_is_opened_once_though_a_worker_was_killed_in_the_middle(city: City) -> None:
    forms = city.count("SELECT count(*) FROM form")
    assert city.steps("open") == UNITS - 1
    assert forms == city.count("SELECT count(*) FROM (SELECT DISTINCT cycle_id, person FROM form) AS once")
    assert forms == city.count("SELECT count(*) FROM notice WHERE kind = 'request'")


def test_every_letter_goes_once_save_perhaps_the_one_in_flight(city: City) -> None:
    times = Counter(str(letter["Message-ID"]) for letter in letters(city))
    assert len(times) == city.count("SELECT count(*) FROM letter WHERE state = 'sent'")
    assert sum(times.values()) - len(times) <= 1


def test_the_unit_that_failed_stopped_no_other_and_the_operator_got_one_letter_of_it(city: City) -> None:
    assert city.steps("open") == UNITS - 1
    assert sum("arshjul-drift@" in str(letter["To"]) for letter in letters(city)) == 1


def test_no_cycle_is_left_held(city: City) -> None:
    held = "SELECT count(*) FROM cycle WHERE lease_holder IS NOT NULL"
    assert city.count(held) <= 1  # that of the dead one lapses by itself
