"""A large file of the configuration, kept as it was read and checked, so that a city opens at once.

Read anew when a byte of the file, or the shape of what it is read into, has changed. What is kept is JSON
beside the data: values in the order of the fields, no names. It may be thrown away at any time. Called by
`arshjul.config.installation` for the organisation.
"""

import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin

Record = TypeVar("Record")

FOLDER = "konfiguration"  # in the data folder
LARGE = 200_000  # bytes; below that YAML is read in a fifth of a second


def read_kept(path: Path, record: type[Record], data: Path, read: Callable[[], Record]) -> Record:
    """What `read` gives of the file at `path`, from what is kept where the file is large and unchanged."""
    try:
        content = path.read_bytes()
    except OSError:
        return read()  # it says what is wrong
    if len(content) < LARGE:
        return read()
    mark = hashlib.sha256(_shape(record).encode() + content).hexdigest()[:32]
    kept = data / FOLDER / f"{path.stem}-{mark}.json"
    try:
        return cast(Record, _reader(record)(json.loads(kept.read_bytes())))
    except (OSError, ValueError, TypeError, IndexError):
        made = read()
        _keep(kept, path.stem, made)
        return made


def _keep(kept: Path, stem: str, made: object) -> None:
    """Put it down whole, and older ones away. A folder that cannot be written in only costs time."""
    half = kept.with_suffix(f".{os.getpid()}.part")
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        half.write_text(json.dumps(_written(made), ensure_ascii=False, separators=(",", ":")), "utf-8")
        half.replace(kept)
        for old in kept.parent.glob(f"{stem}-*.json"):
            if old != kept:
                old.unlink(missing_ok=True)
    except OSError:
        return


def _shape(record: Any) -> str:
    """The fields of a record and of the records in it, by name and type."""
    if is_dataclass(record):
        inner = [f"{f.name}:{_shape(f.type)}" for f in fields(record) if f.init]
        return f"{getattr(record, '__name__', '')}({','.join(inner)})"
    arguments = get_args(record)
    return f"{record}[{','.join(map(_shape, arguments))}]" if arguments else str(record)


def _written(value: object) -> object:
    if is_dataclass(value):
        return [_written(getattr(value, field.name)) for field in fields(value) if field.init]
    if isinstance(value, tuple):
        return [_written(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _as_it_is(value: Any) -> Any:
    return value


def _reader(wanted: Any) -> Callable[[Any], Any]:
    """What makes a value of the type out of JSON; made once for each type of a record."""
    if is_dataclass(wanted):
        record = cast(Callable[..., Any], wanted)
        readers = [_reader(field.type) for field in fields(wanted) if field.init]
        if all(reader is _as_it_is for reader in readers):
            return lambda row: record(*row)
        return lambda row: record(*[reader(value) for reader, value in zip(readers, row, strict=True)])
    if get_origin(wanted) is tuple:
        inner = _reader(get_args(wanted)[0])
        return tuple if inner is _as_it_is else lambda rows: tuple([inner(row) for row in rows])
    if get_origin(wanted) in (UnionType, Union):
        inner = _reader(next(kind for kind in get_args(wanted) if kind is not type(None)))
        return inner if inner is _as_it_is else lambda value: None if value is None else inner(value)
    if wanted is date:
        return date.fromisoformat
    if isinstance(wanted, type) and issubclass(wanted, StrEnum):
        return wanted
    return _as_it_is
