"""Half an hour of everything at once: the portal, the flows and the mail, and what they leave behind.

    python -m bench.soak                   thirty minutes
    python -m bench.soak --minutes 5       shorter

`arshjul serve` runs as it does for a small installation: Prefect, a worker, the portal. People save and
read in the portal all the while, a run of a cycle or of the upkeep is asked for every half minute, and
letters go to a mail server here. The memory, the open files and the connections of every process are looked
at every few seconds. At the end a table: each process in the first third and in the last. Exit status 1 where
memory has grown by more than a tenth and 20 MB, or files or connections by more than a few, or something
answered with an error.
"""

import argparse
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import httpx
import yaml

from arshjul.adapters.outbox_server import Keeper, OutboxServer
from arshjul.office import open_office
from arshjul.steps.cycle.settled import settled
from arshjul.steps.portal.ways_in import make_link
from bench.portal import free_port
from bench.portal_example import CONFIG, PAGE, T2, Place, text_fields, way
from bench.soak_looks import Counted, Look, look_at, told
from cli.demo_installation import copy_config
from cli.options import current_time

SESSIONS, SAVE_EVERY, LOOK_EVERY, RUN_EVERY = 20, 2.0, 5.0, 30.0
SOL = {"unit": "SOL", "year": 2026}


def main(arguments: Sequence[str] | None = None) -> int:
    """Keep everything going, and say what it left behind."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # asked to stop: it ends what it has started
    options = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    options.add_argument("--minutes", type=float, default=30.0)
    asked = options.parse_args(arguments)
    folder = Path(tempfile.mkdtemp(prefix="arshjul-uthållig-"))
    try:
        with OutboxServer(folder / "utkorg", keeper=Keeper(folder / "utkorg", lasting=False)) as outbox:
            return soak(folder, outbox, asked.minutes * 60)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def soak(folder: Path, outbox: OutboxServer, seconds: float) -> int:
    """Everything at once for so long; the exit status."""
    copy_config(CONFIG, folder, outbox.port)
    config = folder / "config"
    portal, prefect = free_port(), free_port()
    settings = config / "settings.yaml"
    kept = yaml.safe_load(settings.read_text("utf-8"))
    kept["portal"] = {**kept.get("portal", {}), "port": portal}
    settings.write_text(yaml.safe_dump(kept, allow_unicode=True, sort_keys=False), "utf-8")
    counted, looks = Counted(), dict[str, list[Look]]()
    with serving(config, prefect, folder / "serve.log") as process:
        api = f"http://127.0.0.1:{prefect}/api"
        pause_the_year(api)
        with open_office(config, current_time) as office:
            opens = settled(office, T2).milestones.opens
        run_flow(api, opens, counted, **SOL)
        print("Installationen går; en rapport öppnas …", flush=True)
        wait_for_letters(outbox)
        print(f"Öppnad. {seconds / 60:.1f} minuter börjar nu.", flush=True)
        with open_office(config, current_time) as office:
            places = text_fields(office)[:SESSIONS]
            now = current_time()
            with office.database.writing() as session:
                tokens = [make_link(session, p.person, None, now, timedelta(days=2)) for p in places]
                manager = make_link(session, "karin", None, now, timedelta(days=2))
        ended = threading.Event()
        address = f"http://127.0.0.1:{portal}"
        work = [
            threading.Thread(target=save, args=(address, token, place, ended, counted))
            for token, place in zip(tokens, places, strict=True)
        ]
        work += [
            threading.Thread(target=read, args=(address, manager, ended, counted)),
            threading.Thread(target=run_flows, args=(api, opens, ended, counted)),
        ]
        for each in work:
            each.start()
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            look_at(process.pid, looks)
            time.sleep(LOOK_EVERY)
        ended.set()
        for each in work:
            each.join(120)
    return told(looks, counted, len(outbox.letters()), seconds)


@contextmanager
def serving(config: Path, port: int, log: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """`arshjul serve` on a port."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    with log.open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "cli.main", "serve", "--port", str(port), "--config", str(config)],
            env=clean | {"PREFECT_WORKER_QUERY_SECONDS": "5"},
            stdout=said,
            stderr=said,
            start_new_session=True,
        )
    try:
        while "Årshjulet går" not in log.read_text("utf-8"):
            assert process.poll() is None, log.read_text("utf-8")
            time.sleep(0.5)
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(60)
        finally:
            with suppress(ProcessLookupError):  # whatever is left of its session
                os.killpg(process.pid, signal.SIGKILL)


def pause_the_year(api: str) -> None:
    """Nothing goes by the day that it is today: every run here is told what time it is."""
    for each in post(f"{api}/deployments/filter", {}):
        with urlopen(Request(f"{api}/deployments/{each['id']}/pause_deployment", b""), timeout=60):
            continue


def run_flow(api: str, now: datetime, counted: Counted, deployment: str = "t2", **parameters: object) -> None:
    """Ask for a run of a deployment, as if it were `now`."""
    try:
        [found] = post(f"{api}/deployments/filter", {"deployments": {"name": {"any_": [deployment]}}})
        asked = {
            "parameters": {**parameters, "now": now.isoformat()},
            "state": {
                "type": "SCHEDULED",
                "state_details": {"scheduled_time": current_time().isoformat()},
            },
        }
        post(f"{api}/deployments/{found['id']}/create_flow_run", asked)
        counted.runs += 1
    except HTTPError as trouble:
        if trouble.code != 503:  # its database is busy; the next one comes in half a minute
            counted.errors.append(f"Prefect: {trouble}")
    except URLError as trouble:
        counted.errors.append(f"Prefect: {trouble}")


def post(url: str, body: dict[str, Any]) -> Any:
    request = Request(url, json.dumps(body).encode(), {"content-type": "application/json"})
    with urlopen(request, timeout=60) as answer:
        return json.load(answer)


def run_flows(api: str, opens: datetime, ended: threading.Event, counted: Counted) -> None:
    """The cycle is brought up to date over and over, a day later each time: reminders, digests, a draft.

    Every other time it is upkeep that goes by, over all units.
    """
    day = 0
    while not ended.wait(RUN_EVERY):
        day += 1
        run_flow(api, opens + timedelta(days=day), counted, **SOL)
        if not ended.wait(RUN_EVERY):
            run_flow(api, opens + timedelta(days=day, hours=1), counted, "upkeep")


def save(address: str, token: str, place: Place, ended: threading.Event, counted: Counted) -> None:
    """One person's window, who saves a field every other second."""
    with httpx.Client(base_url=address, timeout=120) as client:
        client.get(f"/l/{token}", follow_redirects=True)
        found = re.search(r'name="csrf" value="([0-9a-f]{64})"', client.get(way(place)).text)
        if found is None:
            counted.errors.append(f"portalen: ingen sida för {place.person}")
            return
        number, turn = 0, 0
        while not ended.wait(SAVE_EVERY):
            turn += 1
            fields = {"csrf": found[1], place.field: f"Omgång {turn}.", f"seen.{place.field}": str(number)}
            try:
                answer = client.post(way(place), data=fields, headers={"accept": "application/json"})
            except httpx.HTTPError as trouble:
                counted.errors.append(f"portalen: {type(trouble).__name__}")
                continue
            if answer.status_code == 200:
                number = answer.json().get(place.field, {}).get("number", number)
                counted.saves += 1
            else:
                counted.errors.append(f"portalen: {answer.status_code}")


def read(address: str, token: str, ended: threading.Event, counted: Counted) -> None:
    """The manager looks at her page, now and then."""
    with httpx.Client(base_url=address, timeout=120) as client:
        client.get(f"/l/{token}", follow_redirects=True)
        while not ended.wait(1.0):
            for page in ("/", PAGE):
                try:
                    answer = client.get(page)
                except httpx.HTTPError as trouble:
                    counted.errors.append(f"portalen: {type(trouble).__name__}")
                    continue
                counted.pages += answer.status_code == 200
                if answer.status_code != 200:
                    counted.errors.append(f"portalen: {page} {answer.status_code}")


def wait_for_letters(outbox: OutboxServer) -> None:
    """The cycle has opened when its letters have come."""
    for _ in range(600):
        if len(outbox.letters()) >= 5:
            return
        time.sleep(0.5)
    raise SystemExit("Inga brev kom: körningen gick inte.")


if __name__ == "__main__":
    sys.exit(main())
