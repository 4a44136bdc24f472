"""An hour that was lived twice: the clock is set back, the program works in the past, the hour comes again.

What people did stands as it was, the reports have the same bytes, and every matter is told once. But what was
ready in the extra hour left in it: letters may be cut otherwise, and a draft may have been made once more.
Times, and hashes of what a time is in, are those of either hour. Called by the matrix.
"""

import re
from collections import Counter
from collections.abc import Iterator

from arshjul.adapters.store import tables
from tests.faults.outcome import Outcome, Row, Verdict, compare_files

# What a package says of the steps taken, and the lists of its files' hashes.
OF_STEPS = ("case.json", "METS.xml", "premis.xml")
MAY_BE_MORE = ("letter", "step", "draft", "finding", "stored_file")
TIME_OR_HASH = re.compile(
    r"datetime\.datetime\([^()]*(?:\([^()]*\))?[^()]*\)"
    r"|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:[+-]\d\d:\d\d|Z)?|[0-9a-f]{64}"
)


def differences_in_time(undisturbed: Outcome, struck: Outcome, letters_twice: int) -> Verdict:
    """Compare two plays, one of which had an hour more; so many letters may have come twice, as ever."""
    verdict = Verdict()
    compare_files(undisturbed.files, {**struck.files, **_as_in(undisturbed, struck)}, verdict)
    _compare_letters(struck, letters_twice, verdict)
    _compare_notices(undisturbed, struck, verdict)
    for table, rows in undisturbed.rows.items():
        if table in MAY_BE_MORE:
            if len(struck.rows[table]) < len(rows) and table != "letter":
                verdict.lost.append(f"{table}: {len(rows) - len(struck.rows[table])} rows")
        elif table != "notice":
            _compare_rows(table, rows, struck.rows[table], verdict)
    return verdict


def _as_in(undisturbed: Outcome, struck: Outcome) -> dict[str, str]:
    """The files in packages that may differ, with the hashes of the undisturbed ones where there are such."""
    return {
        name: undisturbed.files.get(name, sha256)
        for name, sha256 in struck.files.items()
        if name.rpartition("/")[2] in OF_STEPS
    }


def _compare_letters(struck: Outcome, letters_twice: int, verdict: Verdict) -> None:
    """Each came once, and everything that the ledger calls sent has come."""
    times = Counter(message_id for message_id, _ in struck.letters)
    twice = [one for one, number in times.items() if number > 1]
    if sum(times.values()) - len(times) > letters_twice:
        verdict.doubled += [f"letter {one} came {times[one]} times" for one in twice]
    verdict.other += [
        f"letter {one} came twice, unknown to the ledger" for one in {*twice} - struck.uncertain
    ]
    for row in map(dict, struck.rows["letter"]):
        came = row["message_id"].strip("'") in times
        if (row["state"] == "'sent'") != came:
            verdict.lost.append(f"letter {row['message_id']} is {row['state']}, and came {came}")


def _compare_notices(undisturbed: Outcome, struck: Outcome, verdict: Verdict) -> None:
    """The same matters by kind, cause and receiver; what was told, or rightly not told, is so again."""
    before, after = _notices(undisturbed), _notices(struck)
    verdict.lost += [f"notice {one}" for one in before if one not in after]
    verdict.doubled += [f"notice {one}" for one in after if one not in before]
    verdict.lost += [f"notice {one} waits" for one, seen_to in before.items() if seen_to > after.get(one, 1)]


def _notices(outcome: Outcome) -> dict[tuple[str, ...], bool]:
    """Each matter, and whether it has been seen to: put in a letter, or withdrawn."""
    key = ("unit_code", "kind", "cause", "receiver")
    return {
        tuple(row[name] for name in key): (row["letter_id"], row["withdrawn_at"]) != ("None", "None")
        for row in map(dict, outcome.rows["notice"])
    }


def _compare_rows(table: str, before: tuple[Row, ...], after: tuple[Row, ...], verdict: Verdict) -> None:
    was, is_now = (Counter(_timeless(table, rows)) for rows in (before, after))
    verdict.lost += [f"{table}: {row}" for row in (was - is_now).elements()]
    verdict.doubled += [f"{table}: {row}" for row in (is_now - was).elements()]


def _timeless(table: str, rows: tuple[Row, ...]) -> Iterator[Row]:
    """The rows without times and hashes, and without what numbers rows of which there may be more."""
    refers = {
        column.name
        for column in tables.Base.metadata.tables[table].columns
        if any(key.column.table.name in MAY_BE_MORE for key in column.foreign_keys)
    }
    for row in rows:
        yield tuple((name, TIME_OR_HASH.sub("…", value)) for name, value in row if name not in refers)
