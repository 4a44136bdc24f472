"""A server or worker that a command started ends with the command, also when that is killed outright.

The command puts its process id in ARSHJUL_PARENT; a child that finds its parent gone ends itself within a
second or two. Run where Prefect loads its collections, which its server and its worker both do.
"""

import os
import signal
import threading
import time

PARENT_VARIABLE = "ARSHJUL_PARENT"
EPHEMERAL_VARIABLE = "PREFECT__SERVER_EPHEMERAL"  # set by Prefect in the server that a command starts

LOOK_SECONDS = 1.0
GRACE_SECONDS = 5.0


def end_with_parent() -> None:
    """Begin to watch, where this process is a child of the command (or was, and the command is gone)."""
    parent = int(os.environ.get(PARENT_VARIABLE) or 0)
    if parent and (os.getppid() == parent or os.environ.get(EPHEMERAL_VARIABLE)):
        threading.Thread(target=_watch, args=(parent,), name="parent", daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_SECONDS)
    os._exit(1)
