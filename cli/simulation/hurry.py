"""What a simulated year may do without: surviving a power cut, and looking for rubbish all the time."""

import gc

from sqlalchemy import event

from arshjul.adapters.store.database import Database

RUBBISH = 50_000  # objects between two looks; the usual 700 cost a tenth of the year


def hurry(database: Database) -> None:
    """Let the store leave it to the system when it writes to the disk; nobody else uses it."""
    gc.freeze()
    gc.set_threshold(RUBBISH, 20, 50)
    database.engine.dispose()  # so that every connection from here on is one of these

    @event.listens_for(database.engine, "connect")
    def unhurried(connection: object, _record: object) -> None:
        cursor = connection.cursor()  # type: ignore[attr-defined]
        cursor.execute("PRAGMA synchronous = OFF")
        cursor.close()
