"""What has a file for each unit (plans, earlier periods), read when it is asked for.

A small installation reads everything at once, so that a mistake is told before anything is done. A city has
thousands of such files: there each is read when its unit's turn comes, and a mistake in it is that unit's
only. Called by `arshjul.config.installation`.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")

AT_ONCE = 60  # files; more are read one by one as they are needed


class ReadWhenAsked(Mapping[Key, Value]):
    """A mapping whose values are read by `read` the first time, and kept."""

    def __init__(self, keys: Mapping[Key, object], read: Callable[[Key], Value]) -> None:
        self._keys = keys
        self._read = read
        self._values: dict[Key, Value] = {}
        if len(keys) <= AT_ONCE:
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
