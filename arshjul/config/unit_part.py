"""The part of a configuration that is one unit's: what goes into its archive package.

Files that speak of several units are cut node by node, so that what is left stands as it was written; their
comments are left out, because a comment may speak of any unit. Called by `arshjul.steps.archive.archiving`.
"""

from collections.abc import Container
from copy import copy
from functools import lru_cache
from typing import Any

import yaml
from yaml.nodes import CollectionNode, MappingNode, Node, SequenceNode

from arshjul.config.installation import Installation
from arshjul.config.records import parse_source

_BY_UNIT = ("plans/", "earlier/")  # folders with files for each unit
_HEADER = "# Utdrag: det som gäller {code}.\n"
_WIDTH = 110


def files_of_unit(installation: Installation, unit_code: str) -> dict[str, bytes]:
    """The configuration of the day as far as it is the unit's, by path in the config folder."""
    unit = installation.unit(unit_code)
    people = frozenset(person for a in unit.assignments for person in (a.person, a.delegated_by) if person)
    own = {f"plans/{code}-{year}.yaml" for code, year in installation.plans if code == unit_code}
    own.add(f"earlier/{unit_code}.yaml")
    files = {}
    for path in installation.files:
        name = path.relative_to(installation.folder).as_posix()
        if not name.startswith(_BY_UNIT):
            files[name] = _cut(path.read_bytes(), name, unit.code, people)
        elif name in own:
            files[name] = path.read_bytes()
    return files


@lru_cache(maxsize=64)  # every package of a unit has the same part of the same files
def _cut(content: bytes, name: str, unit_code: str, known: frozenset[str]) -> bytes:
    """The file without what is other units'; as it is where it does not speak of units."""
    root = _read(content, name)
    units = _under(root, "units")
    if not isinstance(root, MappingNode) or not isinstance(units, MappingNode | SequenceNode):
        return content
    pairs = []
    for key, value in root.value:
        if key.value == "absences":  # who was away is no part of the case
            continue
        if key.value == "units":
            value = _only(value, "code", {unit_code})
        elif key.value == "people" and isinstance(value, SequenceNode):
            value = _without_addresses(_only(value, "id", known))
        pairs.append((key, value))
    text: str = yaml.serialize(_with(root, pairs), allow_unicode=True, width=_WIDTH)
    return (_HEADER.format(code=unit_code) + text).encode()


@lru_cache(maxsize=16)  # a city's organisation is read once, not once for each of its units
def _read(content: bytes, name: str) -> Node:
    """The file as nodes, which nobody may change."""
    return parse_source(content.decode(), name).root


def _only(node: CollectionNode, by: str, wanted: Container[str]) -> CollectionNode:
    """The node with only the wanted: of a mapping by their key, of a sequence by what they say under `by`."""
    if isinstance(node, MappingNode):
        return _with(node, [pair for pair in node.value if pair[0].value in wanted])
    return _with(node, [each for each in node.value if _text(each, by) in wanted])


def _without_addresses(people: CollectionNode) -> CollectionNode:
    """Who answered what is of the case; where she was written to is not."""
    return _with(
        people,
        [_with(each, [pair for pair in each.value if pair[0].value != "address"]) for each in people.value],
    )


def _with(node: CollectionNode, value: list[Any]) -> CollectionNode:
    """The same node with another content."""
    made = copy(node)
    made.value = value
    return made


def _under(node: Node, key: str) -> Node | None:
    if not isinstance(node, MappingNode):
        return None
    return next((value for name, value in node.value if name.value == key), None)


def _text(node: Node, key: str) -> str | None:
    found = _under(node, key)
    return str(found.value) if found is not None else None
