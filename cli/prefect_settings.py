"""Prefect as we run it inside a command: quiet, its files in the installation, no calls out.

Must be called before Prefect is imported: it reads its environment once.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def prepare_prefect(home: Path, log_level: str = "CRITICAL") -> None:
    """Set what has not been set by the operator.

    A command tells what went wrong in its own words, so that Prefect's log of the same is only noise.
    """
    home.mkdir(parents=True, exist_ok=True)
    os.environ["ARSHJUL_PARENT"] = str(os.getpid())  # the server we start ends with us: `tasks.parent`
    for name, value in {
        "PREFECT_HOME": str(home),
        "PREFECT_LOGGING_LEVEL": log_level,
        "PREFECT_LOGGING_TO_API_ENABLED": "false",
        "PREFECT_SERVER_LOGGING_LEVEL": log_level,
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_UI_V2_ENABLED": "false",
        "PREFECT_CLI_PROMPT": "false",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "90",
    }.items():
        os.environ.setdefault(name, value)


@contextmanager
def without_heartbeats() -> Iterator[None]:
    """Flow runs in this process do not wait a second each for a heartbeat thread that nobody listens to."""
    from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

    with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
        yield
