"""What goes wrong with a database, told as one sentence that says what to do.

Called by `arshjul.adapters.store.database`, around everything that touches the store.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from arshjul.errors import ArshjulError, Busy

_HELD = ("locked", "lock timeout", "deadlock detected")
_FULL = ("disk is full", "disk I/O", "No space left")
_READ_ONLY = ("readonly database", "read-only")
_DAMAGED = ("file is not a database", "malformed")
_ABSENT = ("unable to open", "could not connect", "connection failed", "terminating connection", "closed the")


@contextmanager
def told_in_words(url: URL) -> Iterator[None]:
    """A database that is held, full, damaged or absent becomes a sentence; Busy where waiting helps."""
    try:
        yield
    except DBAPIError as error:
        cause = str(error.orig)
        where = url.render_as_string(hide_password=True)
        if _says(cause, _HELD):
            raise Busy(
                "Databasen är upptagen av ett annat program. Inget ändrades; försök igen om en stund."
            ) from error
        if _says(cause, _FULL):
            raise ArshjulError("Disken är full. Inget ändrades; frigör plats och kör igen.") from error
        if _says(cause, _READ_ONLY):
            raise ArshjulError(
                f"Databasen {where} får inte skrivas. Ändra behörigheten och kör igen."
            ) from error
        if _says(cause, _DAMAGED):
            raise ArshjulError(
                f"Databasen {where} är skadad eller ingen databas. Lägg tillbaka en säkerhetskopia."
            ) from error
        if _says(cause, _ABSENT):
            raise ArshjulError(
                f"Databasen {where} går inte att nå. Kontrollera adressen och att den är igång."
            ) from error
        raise


def _says(cause: str, signs: tuple[str, ...]) -> bool:
    return any(sign in cause for sign in signs)
