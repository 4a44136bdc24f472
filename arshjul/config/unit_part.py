"""The part of a configuration that is one unit's: what goes into its archive package.

Files that speak of several units are cut node by node, so that what is left stands as it was written; their
comments are left out, because a comment may speak of any unit. Called by `arshjul.steps.archive.archiving`.
"""

from functools import lru_cache

import yaml
from yaml.nodes import MappingNode, Node, SequenceNode

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
    root = parse_source(content.decode(), name).root
    units = _under(root, "units")
    if isinstance(units, MappingNode):
        units.value = [pair for pair in units.value if pair[0].value == unit_code]
    elif isinstance(units, SequenceNode):
        units.value = [node for node in units.value if _text(node, "code") == unit_code]
    else:
        return content
    people = _under(root, "people")
    if isinstance(people, SequenceNode):
        people.value = [node for node in people.value if _text(node, "id") in known]
    if isinstance(root, MappingNode):  # who was away is no part of the case
        root.value = [pair for pair in root.value if pair[0].value != "absences"]
    text: str = yaml.serialize(root, allow_unicode=True, width=_WIDTH)
    return (_HEADER.format(code=unit_code) + text).encode()


def _under(node: Node, key: str) -> Node | None:
    if not isinstance(node, MappingNode):
        return None
    return next((value for name, value in node.value if name.value == key), None)


def _text(node: Node, key: str) -> str | None:
    found = _under(node, key)
    return str(found.value) if found is not None else None
