"""What goes wrong with a database, told as one sentence that says what to do; never with its password.

Called by `arshjul.adapters.store.database`, around everything that touches the store.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from arshjul.errors import ArshjulError, Busy

_HELD = ("locked", "lock timeout", "deadlock detected", "could not serialize")
_FULL = ("disk is full", "disk I/O", "No space left")
_READ_ONLY = ("readonly database", "read-only")
_DAMAGED = ("file is not a database", "malformed")
_SHUT_OUT = ("authentication failed", "no password supplied", "pg_hba.conf", "permission denied", 'role "')
_ABSENT = (
    "unable to open",
    "could not connect",
    "connection failed",
    "connection is bad",
    "failed to resolve",
    "timeout expired",
    "terminating connection",
    "starting up",
    "shutting down",
    "too many clients",
    "closed the",
    "connection is closed",
    "connection is lost",
)


@contextmanager
def told_in_words(url: URL) -> Iterator[None]:
    """A database that is held, full, damaged or absent becomes a sentence; Busy where waiting helps."""
    try:
        yield
    except DBAPIError as error:
        told = _sentence(str(error.orig), url)
        if told is None:
            raise
        raise told from error


def _sentence(cause: str, url: URL) -> ArshjulError | None:
    where = place(url)
    if _says(cause, _HELD):
        return Busy("Databasen är upptagen av ett annat program. Inget ändrades; försök igen om en stund.")
    if _says(cause, _FULL):
        return ArshjulError("Disken är full. Inget ändrades; frigör plats och kör igen.")
    if _says(cause, _READ_ONLY):
        return ArshjulError(f"Databasen {where} får inte skrivas. Ändra behörigheten och kör igen.")
    if _says(cause, _DAMAGED):
        return ArshjulError(
            f"Databasen {where} är skadad eller ingen databas. Lägg tillbaka en säkerhetskopia."
        )
    if _says(cause, _SHUT_OUT):
        return ArshjulError(
            f"Databasen {where} släpper inte in {url.username or 'någon utan användarnamn'}. "
            "Kontrollera användarnamn, lösenord och behörighet."
        )
    if f'database "{url.database}" does not exist' in cause:
        return ArshjulError(f"Databasen {where} finns inte. Skapa den, eller rätta namnet i inställningarna.")
    if _says(cause, _ABSENT):
        return ArshjulError(f"Databasen {where} går inte att nå. Kontrollera adressen och att den är igång.")
    return None


def place(url: URL) -> str:
    """Where a database is: its file, or its name and server. The rest of its address may be secret."""
    if url.get_backend_name() == "sqlite":
        return url.database or "i minnet"
    server = url.host or url.query.get("host") or "den här datorn"
    return f"{url.database} på {server}{f':{url.port}' if url.port else ''}"


def _says(cause: str, signs: tuple[str, ...]) -> bool:
    return any(sign in cause for sign in signs)
