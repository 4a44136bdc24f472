"""Sending what somebody waits for at her browser (a link, a code) right away, after she has had her answer.

The letters are those of the ledger, claimed as everywhere else; what does not go now goes with the next.
"""

import logging
from datetime import datetime

from arshjul.errors import ArshjulError
from arshjul.office import Office
from arshjul.steps.letters.enveloping import gather_letters
from arshjul.steps.letters.posting import send_letters

log = logging.getLogger("arshjul.web")


def post_now(office: Office, now: datetime) -> None:
    """Send the letters whose time has come. Trouble is told in the letter log, not to her."""
    try:
        gather_letters(office, now)
        send_letters(office, now)
    except (ArshjulError, OSError) as trouble:
        log.warning("Brev gick inte i väg från portalen: %s", type(trouble).__name__)
