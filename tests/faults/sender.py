"""A sender of letters as a process of its own, to be killed: `-m tests.faults.sender CONFIG URL HANDFUL`.

Prints how many it sent, and how many of those were in doubt.
"""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from socket import gethostname

from arshjul.adapters.store.database import Database
from arshjul.config import load_installation
from arshjul.office import Office
from arshjul.steps.letters import posting
from arshjul.steps.letters.enveloping import gather_letters
from tests.steps.posted import TUESDAY


def main() -> None:
    """Gather and send what waits."""
    config, url, handful = sys.argv[1:]
    posting.HANDFUL = int(handful)
    database = Database(url)
    name = f"{gethostname()}:{os.getpid()}:a"
    office = Office(load_installation(Path(config)), database, lambda: datetime.now(UTC), name)
    gather_letters(office, TUESDAY)
    posted = posting.send_letters(office, TUESDAY)
    database.close()
    sys.stdout.write(f"{posted.sent} {posted.uncertain}\n")


if __name__ == "__main__":
    main()
