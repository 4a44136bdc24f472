"""A table row as read, before it becomes an indicator or an activity, and what can name one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from arshjul.plan_reader.lines import Line, squash, without_spaces

_NAME_LENGTH = 400
_NAME_LINES = 60

# Whether a row cannot go on over the line with this index.
Stop = Callable[[int], bool]


@dataclass(frozen=True, slots=True)
class Row:
    """Cells by column key (empty ones left out), over the lines from `line` to the index `end`."""

    cells: Mapping[str, str]
    line: int
    end: int
    uncertain: bool = False


def is_name(name: str, lines: Sequence[Line], index: int) -> bool:
    """Whether the words can name an indicator or activity after a text that had ended.

    A capital first, no sentence ended within, and nothing but the first block of lines.
    """
    name = squash(name)
    if not name or len(name) > _NAME_LENGTH or not (name[0].isupper() or name[0].isdigit()):
        return False
    block = 0
    crossed = False  # a page's end: what goes on after it does so with a small letter
    for line in lines[index : index + _NAME_LINES]:
        if line.blank:
            if not line.soft:
                break
            crossed = True
            continue
        if crossed and line.text.lstrip()[:1].isupper():
            break
        crossed = False
        block += len(without_spaces(line.text))
    if len(without_spaces(name)) > block:
        return False
    return not any(
        (word[-1] in ".!?:" and following[0].isupper()) or (word[-1] == ":" and following[0].isdigit())
        for word, following in pairwise(name.split())
    )
