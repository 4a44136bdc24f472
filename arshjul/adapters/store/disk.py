"""Waiting for the disk together: writers of a SQLite file who are done share one flush of its log.

SQLite itself would flush within each writer's turn (`synchronous = FULL`): on a slow disk, all wait for all.
Here the turn ends with the commit, and the writer then waits until her words lie on the disk, along with
whoever has committed meanwhile. A flush holds all that was committed before it, so that nothing that has been
acknowledged can lose what it rests on. Called by `arshjul.adapters.store.database`.
"""

import os
import threading
from pathlib import Path

_flush_file = getattr(os, "fdatasync", os.fsync)  # not every system has the quicker one


class Disk:
    """Where a SQLite file's log lies. Shared by the threads of a process."""

    def __init__(self, database: str) -> None:
        self._log = Path(f"{database}-wal")
        self._changed = threading.Condition()
        self._committed = 0  # by writers who have come here
        self._kept = 0  # of those, whose words lie on the disk
        self._is_flushing = False

    def wait(self) -> None:
        """Return when what this thread has committed lies on the disk; OSError where it cannot be written."""
        with self._changed:
            self._committed += 1
            mine = self._committed
            while self._kept < mine:
                if self._is_flushing:  # it may have begun before this commit: look again when it is done
                    self._changed.wait()
                else:
                    self._flush()

    def _flush(self) -> None:
        committed, self._is_flushing = self._committed, True
        self._changed.release()
        try:
            _flush_to_disk(self._log)
        finally:
            self._changed.acquire()
            self._is_flushing = False
            self._changed.notify_all()
        self._kept = committed


def _flush_to_disk(log: Path) -> None:
    try:
        opened = os.open(log, os.O_RDWR)
    except FileNotFoundError:
        return  # the last to close it has moved everything into the database, flushed
    try:
        _flush_file(opened)
    finally:
        os.close(opened)
