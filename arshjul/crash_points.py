"""The moments of a cycle where a crash matters, named in one place, so that tests can strike there.

Nothing happens at them unless an environment variable of `FAULTS` names one: "letters-claimed", or
"letters-claimed:3" for the third time that this process comes by. A fault of another kind is a line in
`FAULTS`. Called by the steps, the store and the package writer; the striking tests are in `tests/faults`.
"""

import os
import signal
from collections import Counter
from collections.abc import Callable, Mapping
from enum import StrEnum


class CrashPoint(StrEnum):
    """Named after what has been done and, where it matters, what has not."""

    # the store, under everything else
    SCHEMA_CHANGED = "schema-changed-not-committed"
    TRANSACTION_WRITTEN = "transaction-written-not-committed"
    TRANSACTION_COMMITTED = "transaction-committed"
    LEASE_TAKEN = "lease-taken"
    # opening and chasing
    FORMS_MADE = "forms-made-not-kept"
    CYCLE_OPENED = "cycle-opened"
    REMINDERS_PUT_DOWN = "reminders-put-down"
    ESCALATION_PUT_DOWN = "escalation-put-down"
    APT_ASKED = "apt-questions-put-down"
    # beside the cycle
    DUTIES_PUT_DOWN = "duties-put-down"
    SOURCE_KEPT = "source-kept"
    PURGED = "purged-not-committed"
    PURGE_COMMITTED = "purge-committed-pages-not-cleaned"
    WEEDED = "weeded-files-not-removed"
    DISPOSED = "disposal-put-down-nothing-removed"
    DISPOSED_HALF = "disposed-at-one-place"
    BACKUP_HALF_WRITTEN = "backup-half-written"
    BACKUP_WRITTEN = "backup-written-not-moved"
    RESTORED_HALF = "restored-files-no-rows"
    # collecting
    FILE_READ = "file-read-not-kept"
    FILE_KEPT = "file-kept-not-moved"
    FILE_MOVED = "file-moved"
    QUARANTINE_KEPT = "quarantine-kept-not-noted"
    QUARANTINE_NOTED = "quarantine-noted-not-moved"
    # compiling and deciding
    DRAFT_MADE = "draft-made-not-exported"
    EXPORT_HALF_WRITTEN = "export-half-written"
    DRAFT_EXPORTED = "draft-exported-not-kept"
    DRAFT_KEPT = "draft-kept"
    JUDGED = "judged"
    FINDING_CLOSED = "finding-closed"
    APPROVED = "approved-not-exported"
    CORRECTION_BEGUN = "correction-begun"
    # distributing and archiving
    REPORT_PUT_IN_POST = "report-put-in-post"
    PACKAGE_CLAIMED = "package-claimed"
    PACKAGE_HALF_WRITTEN = "package-half-written"
    PACKAGE_WRITTEN = "package-written-not-moved"
    PACKAGE_MOVED = "package-moved-not-recorded"
    COPY_HALF_SENT = "archive-copy-half-sent"
    COPY_READ_BACK = "archive-copy-read-back-not-recorded"
    PACKAGE_RECORDED = "package-recorded"
    # posting
    LETTERS_GATHERED = "letters-gathered"
    LETTERS_CLAIMED = "letters-claimed"
    LETTER_NOTED = "letter-noted-not-handed-over"
    LETTER_HANDED_OVER = "letter-handed-over-not-marked"
    LETTER_MARKED = "letter-marked"


def _kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _stop() -> None:
    os.kill(os.getpid(), signal.SIGSTOP)  # until somebody sends SIGCONT


FAULTS: Mapping[str, Callable[[], None]] = {"ARSHJUL_KILL_AT": _kill, "ARSHJUL_STOP_AT": _stop}

passed: Counter[CrashPoint] = Counter()  # how many times this process has come by each point


def reached(point: CrashPoint) -> None:
    """Say that the work has come here."""
    passed[point] += 1
    for variable, strike in FAULTS.items():
        name, _, number = os.environ.get(variable, "").partition(":")
        if name == point and passed[point] == int(number or 1):
            strike()
