"""The installation that a worker process serves, opened once and again when its configuration changes.

Which one is said by the environment variable ARSHJUL_CONFIG (the config folder). Called by every task.
"""

import os
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from arshjul.office import Office, open_office

CONFIG_VARIABLE = "ARSHJUL_CONFIG"

_open: dict[Path, tuple[float, ExitStack, Office]] = {}


def config_folder() -> Path:
    """The config folder of this process: ARSHJUL_CONFIG, else "config" where it stands."""
    return Path(os.environ.get(CONFIG_VARIABLE, "config")).resolve()


def installed_office() -> Office:
    """The office of this process; opened anew when a file of the configuration has been changed."""
    folder = config_folder()
    changed = max((path.stat().st_mtime for path in folder.rglob("*.yaml")), default=0.0)
    known = _open.get(folder)
    if known is not None and known[0] == changed:
        return known[2]
    if known is not None:
        known[1].close()
    stack = ExitStack()
    office = stack.enter_context(open_office(folder, lambda: datetime.now(UTC)))
    _open[folder] = (changed, stack, office)
    return office


def close_offices() -> None:
    """Give back every connection (at the end of a command, between tests)."""
    while _open:
        _, (_, stack, _) = _open.popitem()
        stack.close()
