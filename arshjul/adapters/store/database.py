"""Opening the store: engines, short sessions, writers that take turns, and the newest schema.

`reading()` and `writing()` are the only ways to a session; `one_moment()` lets all that is read for one
answer share a session. On SQLite a writer begins IMMEDIATE, so that two writers wait for each other instead
of failing half way. What goes wrong with the database itself is told as one sentence
(`arshjul.adapters.store.trouble`). Called by `arshjul.office`.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, inspect
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import Session

from arshjul.adapters.store.disk import Disk
from arshjul.adapters.store.trouble import told_in_words
from arshjul.crash_points import CrashPoint, reached
from arshjul.errors import ArshjulError, BadInput

MIGRATIONS = Path(__file__).parent / "migrations"
LOCK_WAIT_SECONDS = 30
CONNECTIONS = 10  # kept open; more than the portal makes pages at once, for a new one is dear
CONNECT_SECONDS = 10  # psycopg itself would wait for minutes for a server that does not answer
_MIGRATING = 7_212_026  # the number of the advisory lock under which one process at a time migrates


class Database:
    """One store. `url` is an SQLAlchemy URL; SQLite files are made when they do not exist."""

    def __init__(self, url: str, lock_wait_seconds: float = LOCK_WAIT_SECONDS) -> None:
        self.url = _readable(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._turn = threading.Lock()
        self._disk: Disk | None = None
        self._shared = threading.local()
        self._wait_seconds = lock_wait_seconds
        milliseconds = int(lock_wait_seconds * 1000)
        if self.is_sqlite:
            if self.url.database:
                Path(self.url.database).parent.mkdir(parents=True, exist_ok=True)
                self._disk = Disk(self.url.database)
            self.engine = create_engine(self.url, pool_size=CONNECTIONS)
            _prepare_sqlite(self.engine, milliseconds)
        else:
            waits = {} if "connect_timeout" in self.url.query else {"connect_timeout": CONNECT_SECONDS}
            self.engine = create_engine(
                self.url,
                connect_args={"options": f"-c lock_timeout={milliseconds}", **waits},
                pool_pre_ping=True,
                pool_size=CONNECTIONS,
            )
        self._writer = self.engine.execution_options(writes=True)
        self._reader = (
            self.engine
            if self.is_sqlite
            else self.engine.execution_options(isolation_level="REPEATABLE READ")
        )

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one moment of the store and changes nothing; its rows can be used after."""
        shared: Session | None = getattr(self._shared, "session", None)
        if shared is not None:
            with told_in_words(self.url):
                yield shared
            return
        with told_in_words(self.url), Session(self._reader) as session:
            yield session
            session.expunge_all()
            session.rollback()

    @contextmanager
    def one_moment(self) -> Iterator[None]:
        """What this thread reads within shares one session, so that an answer shows one moment of the store.

        Whatever is written within ends that moment: what is read after it sees what was written.
        """
        with self.reading() as session:
            self._shared.session = session
            try:
                yield
            finally:
                del self._shared.session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session in one transaction: all of it is kept, or nothing."""
        shared: Session | None = getattr(self._shared, "session", None)
        if shared is not None:
            shared.expunge_all()
            shared.rollback()
            shared.info.clear()
        with (
            told_in_words(self.url),
            self._in_turn(),
            Session(self._writer, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session
            session.flush()
            reached(CrashPoint.TRANSACTION_WRITTEN)
        if self._disk is not None:
            self._disk.wait()
        reached(CrashPoint.TRANSACTION_COMMITTED)

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        """Threads of this process wait for each other here: SQLite's own waiting is blind sleep.

        Whoever has waited as long as for another process goes on, and is told so by SQLite itself.
        """
        has_turn = self.is_sqlite and self._turn.acquire(timeout=self._wait_seconds)
        try:
            yield
        finally:
            if has_turn:
                self._turn.release()

    def hurry(self) -> None:
        """Leave it to the system when it writes to the disk: a store that nobody misses after a power cut."""
        self.engine.dispose()  # so that every connection from here on is one of these
        self._disk = None

        @event.listens_for(self.engine, "connect")
        def unhurried(connection: object, _record: object) -> None:
            connection.execute("PRAGMA synchronous = OFF")  # type: ignore[attr-defined]

    def migrate(self, revision: str = "head") -> None:
        """Bring the schema to `revision`; nothing happens, and nothing is imported, when it is there."""
        with told_in_words(self.url):
            found = self._revision()
            if revision == "head" and found == newest_revision():
                return
            if found is not None and found not in revisions():
                raise ArshjulError(
                    f"Databasen är gjord av en nyare version av Årshjul (schema {found}). "
                    "Uppdatera programmet; inget ändrades."
                )
            self._migrate(revision)

    def _revision(self) -> str | None:
        """The schema's number, None in a database that has none yet."""
        with self.engine.connect() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return None
            found: str | None = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
            return found

    def _migrate(self, revision: str) -> None:
        from alembic import command
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        with self.engine.execution_options(writes=True, migrates=True).begin() as connection:
            if not self.is_sqlite:
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATING})")
            config.attributes["connection"] = connection
            if revision == "base" or revision.startswith("-"):
                command.downgrade(config, revision)
            else:
                command.upgrade(config, revision)
            if self.is_sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise ArshjulError(
                    "Databasens schema kunde inte ändras: rader hör inte ihop. Inget ändrades."
                )
            reached(CrashPoint.SCHEMA_CHANGED)
        self.engine.dispose()  # the connection that migrated did so without foreign keys

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()


def _readable(url: str) -> URL:
    try:
        read = make_url(url)
        if read.get_backend_name() in ("sqlite", "postgresql"):
            return read
    except (ArgumentError, ValueError):
        pass
    raise BadInput(
        "databasens adress går inte att läsa. Skriv den som postgresql+psycopg://användare@server/databas, "
        "eller lämna den tom för en fil i mappen data.",
        "settings.yaml, database",
    )


def revisions() -> list[str]:
    """The numbers of the migrations, oldest first, from their file names: Alembic is slow to import."""
    return sorted(path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def newest_revision() -> str:
    """The number of the newest migration."""
    return revisions()[-1]


def _prepare_sqlite(engine: Engine, lock_wait_milliseconds: int) -> None:
    @event.listens_for(engine, "connect")
    def settings(connection: object, _record: object) -> None:
        connection.isolation_level = None  # type: ignore[attr-defined]  # BEGIN is ours, below
        cursor = connection.cursor()  # type: ignore[attr-defined]
        cursor.execute(f"PRAGMA busy_timeout = {lock_wait_milliseconds}")
        cursor.execute("PRAGMA journal_mode = WAL")
        # "Sent" must survive a power cut: `writing` waits for the disk itself, when its turn is over.
        cursor.execute("PRAGMA synchronous = NORMAL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if options.get("migrates", False):
            # A table that is made anew is dropped first, which must not take the rows that refer to it.
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes", False) else "BEGIN")
