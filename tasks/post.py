"""Sending letters as a task: one batch over one connection."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from prefect.concurrency.sync import concurrency
from prefect.runtime import deployment

from arshjul.steps.letters.posting import Posted, send_letters
from tasks.installed import installed_office
from tasks.work import unit_of_work

ONE_SENDER = "arshjul-brev"  # the limit's name on the server; `flows.deploying` makes it


@contextmanager
def one_sender() -> Iterator[None]:
    """Wait for one's turn to gather and send, where other workers may be at it; a dead one's turn lapses."""
    if deployment.get_id() is None:
        yield
        return
    with concurrency(ONE_SENDER, occupy=1, lease_duration=120):
        yield


@unit_of_work("skicka brev", retries=0)
def send(now: datetime) -> Posted:
    """Send every letter whose time has come. What could not be sent waits for the next round."""
    return send_letters(installed_office(), now)
