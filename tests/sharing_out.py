"""How `make test` shares out the tests to its processes: what shares plays together, what takes long first.

`tests/conftest.py` hands this to pytest-xdist when files are what is shared out (`--dist loadfile`).
"""

import pytest
from xdist.scheduler import LoadScopeScheduling

# What a whole folder shares: a Prefect server, the lives of two units.
IN_ONE_PROCESS = ("tests/flows/", "tests/units/")
# The short files that are left fill both processes to the end.
FIRST = (*IN_ONE_PROCESS, "tests/web/", "tests/steps/", "tests/cli/")


class SharedOut(LoadScopeScheduling):
    """A file's tests stay in one process, and so do the tests of a folder that shares more."""

    def _split_scope(self, nodeid: str) -> str:
        whole = (folder for folder in IN_ONE_PROCESS if nodeid.startswith(folder))
        return next(whole, nodeid.partition("::")[0])


def longest_first(items: list[pytest.Item]) -> None:
    """Put the tests in the order in which they are begun; within a folder they keep theirs."""
    items.sort(key=lambda item: [not item.nodeid.startswith(folder) for folder in FIRST])
