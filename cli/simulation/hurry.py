"""What a simulated year may do without: surviving a power cut, and looking for rubbish all the time."""

from arshjul.adapters.store.database import Database
from cli.rubbish import look_seldom

RUBBISH = 50_000  # objects between two looks; the usual 700 cost a tenth of the year


def hurry(database: Database) -> None:
    """Let the store leave it to the system when it writes to the disk; nobody else uses it."""
    look_seldom(RUBBISH)
    database.hurry()
