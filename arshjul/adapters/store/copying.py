"""The whole store as plain files, and a store made of them again; from SQLite to PostgreSQL and back too.

Every table is a file of JSON lines, read in one moment of the store while others go on working. Bytes lie
beside as files named by their hash. Rows are written as the schema of the day stores them, and put back under
that same schema before it is brought up to date. Called by `arshjul.adapters.backup`.
"""

import base64
import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Connection,
    DateTime,
    LargeBinary,
    MetaData,
    Table,
    func,
    insert,
    inspect,
    select,
)

from arshjul.adapters.store.database import Database, newest_revision
from arshjul.adapters.store.trouble import told_in_words
from arshjul.errors import BadInput

TABLES, BYTES = "tabeller", "filer"
_VERSION = "alembic_version"
_AT_A_TIME = 500
_SMALL = 4_000  # bytes that stand in the line itself


def copy_out(database: Database, folder: Path) -> tuple[str, dict[str, int]]:
    """Write every table to `folder`; the schema's revision, and the number of rows by table."""
    (folder / TABLES).mkdir(parents=True)
    (folder / BYTES).mkdir()
    counted = {}
    with database.reading() as session:
        connection = session.connection()
        metadata = _reflected(connection)
        for table in metadata.sorted_tables:
            if table.name == _VERSION:
                continue
            with (folder / TABLES / f"{table.name}.jsonl").open("w", encoding="utf-8") as file:
                count = 0
                for row in _rows(connection, table):
                    file.write(json.dumps(_written(table, row, folder), ensure_ascii=False) + "\n")
                    count += 1
            counted[table.name] = count
        revision = connection.execute(select(metadata.tables[_VERSION].c.version_num)).scalar_one()
    return str(revision), counted


def copy_in(database: Database, folder: Path, revision: str) -> dict[str, int]:
    """Fill an empty store from `folder` under `revision`, then bring the schema up to date; rows by table.

    A store with tables of that revision and nothing in them is empty: a filling that was cut short.
    """
    with told_in_words(database.url):
        return _copy_in(database, folder, revision)


def _copy_in(database: Database, folder: Path, revision: str) -> dict[str, int]:
    with database.engine.connect() as connection:
        if not _is_empty(connection, revision):
            raise BadInput(
                "databasen är inte tom; återställ till en tom databas, så skrivs inget över", "databasen"
            )
    database.migrate(revision)
    counted = {}
    with database.engine.execution_options(writes=True).begin() as connection:
        metadata = _reflected(connection)
        for table in metadata.sorted_tables:
            path = folder / TABLES / f"{table.name}.jsonl"
            if table.name == _VERSION or not path.is_file():
                continue
            counted[table.name] = _fill(connection, table, path, folder)
            _count_on(connection, table)
    if revision != newest_revision():
        database.migrate()
    return counted


def _is_empty(connection: Connection, revision: str) -> bool:
    if not inspect(connection).get_table_names():
        return True
    tables = _reflected(connection).tables
    if _VERSION not in tables:
        return False
    rows = (table for name, table in tables.items() if name != _VERSION)
    return connection.execute(select(tables[_VERSION].c.version_num)).scalar() == revision and not any(
        connection.execute(select(table).limit(1)).first() for table in rows
    )


def _reflected(connection: Connection) -> MetaData:
    """The tables as they are in the database, whatever the program's own say."""
    metadata = MetaData()
    metadata.reflect(connection)
    return metadata


def _rows(connection: Connection, table: Table) -> Iterator[Any]:
    ordered = select(table).order_by(*table.primary_key.columns)
    return iter(connection.execute(ordered.execution_options(yield_per=_AT_A_TIME)).mappings())


def _written(table: Table, row: Any, folder: Path) -> dict[str, Any]:
    values = {}
    for column in table.columns:
        value = row[column.name]
        if isinstance(value, datetime):
            value = value.isoformat()
        elif isinstance(value, bytes | memoryview):
            value = _kept(bytes(value), folder)
        values[column.name] = value
    return values


def _kept(content: bytes, folder: Path) -> str:
    if len(content) <= _SMALL:
        return f"base64:{base64.b64encode(content).decode()}"
    name = hashlib.sha256(content).hexdigest()
    path = folder / BYTES / name
    if not path.exists():
        path.write_bytes(content)
    return f"fil:{name}"


def _fill(connection: Connection, table: Table, path: Path, folder: Path) -> int:
    count = 0
    batch: list[dict[str, Any]] = []
    with path.open(encoding="utf-8") as file:
        for line in file:
            batch.append(_read(table, json.loads(line), folder))
            if len(batch) == _AT_A_TIME:
                connection.execute(insert(table), batch)
                count, batch = count + len(batch), []
    if batch:
        connection.execute(insert(table), batch)
    return count + len(batch)


def _read(table: Table, values: dict[str, Any], folder: Path) -> dict[str, Any]:
    read = {}
    for name, value in values.items():
        kind = table.columns[name].type
        if value is not None and isinstance(kind, DateTime):
            value = datetime.fromisoformat(value)
        elif value is not None and isinstance(kind, LargeBinary):
            how, _, what = value.partition(":")
            value = (folder / BYTES / what).read_bytes() if how == "fil" else base64.b64decode(what)
        read[name] = value
    return read


def _count_on(connection: Connection, table: Table) -> None:
    """PostgreSQL goes on counting from the highest number that was put back."""
    column = table.primary_key.columns.values()[0] if len(table.primary_key.columns) == 1 else None
    if column is None or column.name != "id" or connection.dialect.name != "postgresql":
        return
    sequence = connection.execute(select(func.pg_get_serial_sequence(table.name, "id"))).scalar()
    highest = connection.execute(select(func.max(column))).scalar()
    if sequence and highest:
        connection.execute(select(func.setval(sequence, highest)))
