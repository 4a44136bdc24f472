"""YAML that people write, composed into nodes without harm: not too deep, not endless by its own aliases.

The composer in C overruns its stack and takes the process with it where a file is nested a few thousand
levels; a short file whose aliases point at each other has a billion values. Both are refused here before
anybody walks the nodes. What the nodes mean is read by `arshjul.config.records`, `arshjul.plan_file` and
`arshjul.adapters.judgements`.
"""

import re
from typing import Any

import yaml
from yaml.events import CollectionEndEvent, CollectionStartEvent
from yaml.nodes import MappingNode, Node, SequenceNode

from arshjul.errors import BadInput

Loader: Any = getattr(
    yaml, "CSafeLoader", yaml.SafeLoader
)  # the C one is ten times faster, where it was built

_DEEPEST = 50  # levels; the example's plan has eleven
_ROOM = 2000  # levels that are safe for the composer on the smallest stack of a thread
_MOST = 500_000  # values with every alias followed; the plan of a large unit has some ten thousand
_SHOWN = 60  # characters of what is written that a sentence repeats
_HALF_LETTER = re.compile(r"\\(?:u|U0000)[dD][89a-fA-F]")  # an escape for half of a pair: no text has it


def compose_yaml(text: str, name: str, unreadable: str) -> Node | None:
    """The root of a file, None for an empty one. BadInput with the line; `unreadable` where it is no YAML."""
    try:
        if half := _HALF_LETTER.search(text):
            where = f"{name}, rad {text.count(chr(10), 0, half.start()) + 1}"
            raise BadInput("\\ud800 till \\udfff är halva tecken, som ingen text har; ta bort det", where)
        points = "*" in text and "&" in text
        if (points or _may_be_deep(text)) and _is_deep(text):
            raise BadInput("filen är nästlad i för många nivåer", name)
        root: Node | None = yaml.compose(text, Loader=Loader)
        if points and root is not None:
            _count(root, {})
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{name}, rad {mark.line + 1}" if mark is not None else name
        raise BadInput(unreadable, where) from None
    except _Endless as found:
        where = f"{name}, rad {found.node.start_mark.line + 1}"
        raise BadInput(
            "det som står här hänvisar till sig självt (med * och &) och tar aldrig slut", where
        ) from None
    return root


class _Endless(Exception):
    """A node that stands in itself, or has more below it than anybody writes. Stays in this module."""

    def __init__(self, node: Node) -> None:
        super().__init__()
        self.node = node


def shown(written: str) -> str:
    """What is written, short enough to stand in a sentence."""
    written = " ".join(written.split())
    return written if len(written) <= _SHOWN else f"{written[:_SHOWN]}…"


def _may_be_deep(text: str) -> bool:
    """Whether `text` has room for so many levels that the composer in C would overrun its stack and die.

    A level takes a bracket or a step to the right on some line, so this bound is cheap and never too low.
    """
    longest = max(map(len, text.splitlines()), default=0)
    return text.count("[") + text.count("{") + longest > _ROOM


def _is_deep(text: str) -> bool:
    depth = 0
    for event in yaml.parse(text, Loader=Loader):
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        if depth > _DEEPEST:
            return True
    return False


def _count(node: Node, known: dict[int, int]) -> int:
    """How many values there are with every alias followed. `known` has those counted, 0 for those begun."""
    if id(node) not in known:
        known[id(node)] = 0
        below: list[Node] = []
        if isinstance(node, SequenceNode):
            below = list(node.value)
        elif isinstance(node, MappingNode):
            below = [each for pair in node.value for each in pair]
        known[id(node)] = 1 + sum(_count(each, known) for each in below)
    if not 0 < known[id(node)] <= _MOST:
        raise _Endless(node)
    return known[id(node)]
