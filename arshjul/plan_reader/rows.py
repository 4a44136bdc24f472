"""A table row as read, before it becomes an indicator or an activity."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

# Whether a row cannot go on over the line with this index.
Stop = Callable[[int], bool]


@dataclass(frozen=True, slots=True)
class Row:
    """Cells by column key (empty ones left out), over the lines from `line` to the index `end`."""

    cells: Mapping[str, str]
    line: int
    end: int
    uncertain: bool = False
