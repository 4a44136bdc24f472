"""Opening the store: engines, short sessions, writers that take turns, and the newest schema.

`reading()` and `writing()` are the only ways to a session. On SQLite a writer begins IMMEDIATE, so that
two writers wait for each other instead of failing half way. Called by `arshjul.office`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from arshjul.errors import ArshjulError, Busy

MIGRATIONS = Path(__file__).parent / "migrations"
LOCK_WAIT_SECONDS = 30


class Database:
    """One store. `url` is an SQLAlchemy URL; SQLite files are made when they do not exist."""

    def __init__(self, url: str, lock_wait_seconds: float = LOCK_WAIT_SECONDS) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        if self.is_sqlite and self.url.database:
            Path(self.url.database).parent.mkdir(parents=True, exist_ok=True)
        self.engine = create_engine(self.url)
        if self.is_sqlite:
            _prepare_sqlite(self.engine, lock_wait_seconds)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one moment of the store and changes nothing; its rows can be used after."""
        with _translated(self), Session(self.engine) as session:
            yield session
            session.expunge_all()
            session.rollback()

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session in one transaction: all of it is kept, or nothing."""
        engine = self.engine.execution_options(writes=True)
        with _translated(self), Session(engine, expire_on_commit=False) as session, session.begin():
            yield session

    def migrate(self, revision: str = "head") -> None:
        """Bring the schema to `revision`; nothing happens when it is there already."""
        from alembic import command
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        with _translated(self), self.engine.execution_options(writes=True).begin() as connection:
            config.attributes["connection"] = connection
            if revision == "base" or revision.startswith("-"):
                command.downgrade(config, revision)
            else:
                command.upgrade(config, revision)

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()


def _prepare_sqlite(engine: Engine, lock_wait_seconds: float) -> None:
    @event.listens_for(engine, "connect")
    def settings(connection: object, _record: object) -> None:
        connection.isolation_level = None  # type: ignore[attr-defined]  # BEGIN is ours, below
        cursor = connection.cursor()  # type: ignore[attr-defined]
        cursor.execute(f"PRAGMA busy_timeout = {int(lock_wait_seconds * 1000)}")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")  # "sent" must survive a power cut
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def _translated(database: Database) -> Iterator[None]:
    """A locked or absent database becomes one sentence."""
    try:
        yield
    except OperationalError as error:
        cause = str(error.orig)
        if "locked" in cause or "lock timeout" in cause:
            raise Busy(
                "Databasen är upptagen av ett annat program. Inget ändrades; försök igen om en stund."
            ) from error
        if "disk is full" in cause or "disk I/O" in cause:
            raise ArshjulError("Disken är full. Inget ändrades; frigör plats och kör igen.") from error
        if "unable to open" in cause or "could not connect" in cause or "connection failed" in cause:
            where = database.url.render_as_string(hide_password=True)
            raise ArshjulError(
                f"Databasen {where} går inte att nå. Kontrollera adressen och att den är igång."
            ) from error
        raise
