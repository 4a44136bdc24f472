"""What has a file for each unit (plans, earlier periods), read when it is asked for.

A small installation reads everything at once, so that a mistake is told before anything is done. Where there
are many units each file is read when its unit's turn comes, and a mistake in it is that unit's only. Called
by `arshjul.config.installation`.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")

MANY = 12  # units; with more of them each is read by itself


class ReadWhenAsked(Mapping[Key, Value]):
    """A mapping whose values are read by `read` the first time, and kept; `at_once` reads them all now."""

    def __init__(self, keys: Mapping[Key, object], read: Callable[[Key], Value], *, at_once: bool) -> None:
        self._keys = keys
        self._read = read
        self._values: dict[Key, Value] = {}
        if at_once:
            for key in keys:
                self[key]

    def __getitem__(self, key: Key) -> Value:
        if key not in self._values:
            if key not in self._keys:
                raise KeyError(key)
            self._values[key] = self._read(key)
        return self._values[key]

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __iter__(self) -> Iterator[Key]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)
