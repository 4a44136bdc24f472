"""What a play left behind: files, letters, rows; and what two plays made differently.

Called by `tests.faults.stage` and by the tests.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from email import message_from_bytes
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, select

from arshjul.adapters.store import tables

Row = tuple[tuple[str, str], ...]

CHANCE = re.compile("rensad-[0-9a-f]+")  # what stands where a hash was purged
TWICE = "Ett brev kan ha kommit fram två gånger, med samma Message-ID "
# Looked at by themselves: how often a letter was tried, whether it is in doubt. A file's bytes are its hash.
# The lease of a process that has died counts for nothing, and is taken back when there is something to do.
NOT_COMPARED = {
    "letter": {"attempts", "uncertain"},
    "stored_file": {"content"},
    "cycle": {"lease_holder", "lease_until"},
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """Everything that a play left behind."""

    files: Mapping[str, str]  # path under data/ -> SHA-256: reports, packages, what came in
    letters: tuple[tuple[str, str], ...]  # Message-ID and SHA-256, in order of arrival
    rows: Mapping[str, tuple[Row, ...]]  # every table of the store
    uncertain: frozenset[str]  # Message-IDs that the ledger says may have come twice
    told: frozenset[str]  # Message-IDs that a person was told may have come twice
    passed: Mapping[str, int]  # how often the last process came by each place, in order of the first time


def outcome_of(folder: Path, database: str, said: list[str]) -> Outcome:
    """What was made in the installation in `folder`; `said` are the lines that the program printed."""
    rows = dict(_rows(database))
    return Outcome(
        files=dict(_files(folder / "data")),
        letters=tuple(_letters(folder / "utkorg")),
        rows={
            table: tuple(_compared(row, NOT_COMPARED.get(table, set()), folder) for row in found)
            for table, found in rows.items()
        },
        uncertain=frozenset(row["message_id"] for row in rows["letter"] if row["uncertain"]),
        told=frozenset(line.removeprefix(TWICE).partition(":")[0] for line in said if line.startswith(TWICE)),
        passed=json.loads((folder / "passed.json").read_text("utf-8")),
    )


def _files(data: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(data.rglob("*")):
        if path.is_file() and not path.name.startswith("arshjul.sqlite"):
            yield path.relative_to(data).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest()


def _letters(outbox: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(outbox.glob("*.eml")):
        content = path.read_bytes()
        yield str(message_from_bytes(content)["Message-ID"]), hashlib.sha256(content).hexdigest()


def _rows(url: str) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Every table's rows in order of keys. For an id stands the number of its row: a crash leaves gaps."""
    engine = create_engine(url)
    numbers: dict[str, dict[int, int]] = {}
    with engine.connect() as connection:
        for table in tables.Base.metadata.sorted_tables:
            found = connection.execute(select(table).order_by(*table.primary_key.columns))
            rows = [dict(row._mapping) for row in found]
            numbers[table.name] = {row.pop("id"): number for number, row in enumerate(rows) if "id" in row}
            refers = {
                column.name: key.column.table.name
                for column in table.columns
                for key in column.foreign_keys
                if key.column.name == "id"
            }
            for row in rows:
                for column, target in refers.items():
                    row[column] = numbers[target].get(row[column])
            yield table.name, rows
    engine.dispose()


def _compared(row: Mapping[str, Any], left_out: set[str], folder: Path) -> Row:
    """The row as text; the installation's own folder is another in each run."""
    return tuple(
        (name, CHANCE.sub("rensad", repr(value).replace(str(folder), "…")))
        for name, value in row.items()
        if name not in left_out
    )


@dataclass(slots=True)
class Verdict:
    """What a struck play made otherwise than the undisturbed one, in words."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    other: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        counts = {"förlorat": self.lost, "dubblerat": self.doubled, "annorlunda": self.other}
        return ", ".join(f"{len(what)} {word}" for word, what in counts.items() if what) or "ok"


def differences(undisturbed: Outcome, struck: Outcome, letters_twice: int) -> Verdict:
    """Compare two plays; that many letters may have come twice, with the same bytes, if people were told."""
    verdict = Verdict()
    compare_files(undisturbed.files, struck.files, verdict)
    _compare_letters(undisturbed, struck, letters_twice, verdict)
    for table, rows in undisturbed.rows.items():
        _compare_rows(table, rows, struck.rows[table], verdict)
    return verdict


def compare_files(before: Mapping[str, str], after: Mapping[str, str], verdict: Verdict) -> None:
    """The same files with the same bytes."""
    verdict.lost += [f"file {name}" for name in before if name not in after]
    verdict.doubled += [f"file {name}" for name in after if name not in before]
    verdict.other += [
        f"file {name} has other bytes" for name, sha in before.items() if after.get(name, sha) != sha
    ]


def _compare_letters(undisturbed: Outcome, struck: Outcome, letters_twice: int, verdict: Verdict) -> None:
    before, after = dict(undisturbed.letters), dict(struck.letters)
    times = Counter(message_id for message_id, _ in struck.letters)
    twice = {message_id for message_id, number in times.items() if number > 1}
    verdict.lost += [f"letter {one}" for one in before if one not in after]
    verdict.doubled += [f"letter {one} that was not to be" for one in after if one not in before]
    if len(struck.letters) - len(after) > letters_twice:
        verdict.doubled += [f"letter {one} came {times[one]} times" for one in twice]
    verdict.other += [
        f"letter {one} has other bytes" for one, sha in struck.letters if before.get(one, sha) != sha
    ]
    verdict.other += [f"letter {one} came twice, unknown to the ledger" for one in twice - struck.uncertain]


def _compare_rows(table: str, before: tuple[Row, ...], after: tuple[Row, ...], verdict: Verdict) -> None:
    missing = [*(Counter(before) - Counter(after)).elements()]
    added = [*(Counter(after) - Counter(before)).elements()]
    if len(missing) > len(added):
        verdict.lost.append(f"{table}: {missing}")
    elif len(added) > len(missing):
        verdict.doubled.append(f"{table}: {added}")
    elif missing:
        apart = [
            f"{a} / {b}"
            for one, other in zip(missing, added, strict=True)
            for a, b in zip(one, other, strict=True)
            if a != b
        ]
        verdict.other.append(f"{table}: {'; '.join(apart)[:2000]}")
