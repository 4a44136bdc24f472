"""Sending letters as a task: one batch over one connection."""

from datetime import datetime

from arshjul.steps.posting import Posted, send_letters
from tasks.installed import installed_office
from tasks.work import unit_of_work


@unit_of_work("skicka brev", retries=0)
def send(now: datetime) -> Posted:
    """Send every letter whose time has come. What could not be sent waits for the next round."""
    return send_letters(installed_office(), now)
