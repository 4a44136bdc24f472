"""Reading a YAML file into dataclasses: strict types, no unknown or doubled key, every fault with its line.

The dataclasses of the house are themselves the description of the file: field names are the keys, types
are checked, a field with a default may be left out, and a `ValueError` from `__post_init__` is placed at
the line of its record. Pydantic would do as well, but its import alone costs a quarter of a second, and
`arshjul status` reads the installation at every call. Called by the other modules of `arshjul.config`.
"""

import re
from collections.abc import Hashable, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any, NoReturn, TypeVar, Union, cast, get_args, get_origin

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from arshjul.errors import BadInput
from arshjul.yaml_text import compose_yaml
from arshjul.yaml_text import shown as in_short

Record = TypeVar("Record")

_LONGEST_NUMBER = 30  # characters
_LARGEST = 8_000_000  # letters; the organisation of a city of seven hundred units has a million and a half
_NUMBER = re.compile(r"-?\d+(\.\d+)?\Z")
_TAG_TYPES = {"str": str, "int": int, "float": float, "timestamp": date}
_TAG_SWEDISH = {
    "str": "en text",
    "int": "ett heltal",
    "float": "ett decimaltal",
    "bool": "ja/nej (true/false)",
    "null": "tomt",
    "timestamp": "ett datum",
    "map": "en grupp av nycklar",
    "seq": "en lista",
}


@dataclass(frozen=True, slots=True)
class Source:
    """A YAML file as nodes. `name` is how people find it ("config/wheel.yaml")."""

    name: str
    root: Node

    def where(self, *path: str | int) -> str:
        """The place of a path of keys and indices ("config/wheel.yaml, rad 12"), as far as it exists."""
        node = self.root
        for step in path:
            inner = _child(node, step)
            if inner is None:
                break
            node = inner
        return self.at(node)

    def at(self, node: Node) -> str:
        """The place of a node."""
        return f"{self.name}, rad {node.start_mark.line + 1}"

    def read(self, record: type[Record]) -> Record:
        """The whole file as one record."""
        return cast(Record, _read(self, self.root, record, ""))

    def read_each(self, record: type[Record]) -> dict[str, Record]:
        """The whole file as records by name."""
        return cast(dict[str, Record], _read_mapping(self, self.root, str, record, ""))


def open_source(path: Path, name: str) -> Source:
    """The file at `path`; BadInput where it is missing, empty, binary or no YAML."""
    try:
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise BadInput("filen finns inte; lägg tillbaka den eller skapa den på nytt", name) from None
    except IsADirectoryError:
        raise BadInput("här ska ligga en fil, inte en mapp", name) from None
    except UnicodeDecodeError:
        raise BadInput("filen är inte en textfil i UTF-8; spara om den som UTF-8", name) from None
    except OSError as error:
        raise BadInput(f"filen går inte att öppna ({error.strerror})", name) from None
    if len(text) > _LARGEST:
        raise BadInput("filen är orimligt stor för en konfiguration; se efter att det är rätt fil", name)
    return parse_source(text, name)


def parse_source(text: str, name: str) -> Source:
    """The YAML in `text`, composed; `name` is the file that faults name."""
    unreadable = "går inte att läsa; se över indrag, kolon och citattecken här och på raden före"
    root = compose_yaml(text, name, unreadable)
    if root is None:
        raise BadInput("filen är tom", name)
    return Source(name, root)


def _child(node: Node, step: str | int) -> Node | None:
    if isinstance(node, MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        return cast(Node, node.value[step])
    return None


def _tag(node: Node) -> str:
    return node.tag.rpartition(":")[2]


def _refuse(source: Source, node: Node, sentence: str) -> NoReturn:
    raise BadInput(sentence, source.at(node))


def _wrong(source: Source, node: Node, key: str, wanted: str) -> NoReturn:
    found = node.value if isinstance(node, ScalarNode) and node.value else None
    shown = f'"{in_short(found)}"' if found else _TAG_SWEDISH.get(_tag(node), "något annat")
    name = f'"{key}"' if key else "hela filen"
    _refuse(source, node, f"{name} ska vara {wanted}, men här står {shown}")


def _read(source: Source, node: Node, wanted: Any, key: str) -> object:
    """`node` as a value of the type `wanted`; `key` is what it is called in a sentence about a fault."""
    if is_dataclass(wanted):
        return _read_record(source, node, cast(type[Any], wanted), key)
    origin, arguments = get_origin(wanted), get_args(wanted)
    if origin in (UnionType, Union):
        kinds = [kind for kind in arguments if kind is not type(None)]
        if _tag(node) == "null" and len(kinds) < len(arguments):
            return None
        return _read(source, node, _as_written(node, kinds), key)
    if origin is tuple:
        if not isinstance(node, SequenceNode):
            _wrong(source, node, key, "en lista")
        return tuple(_read(source, item, arguments[0], key) for item in node.value)
    if origin is not None and issubclass(origin, Mapping):
        return _read_mapping(source, node, arguments[0], arguments[1], key)
    return _read_scalar(source, node, wanted, key)


def _as_written(node: Node, kinds: list[type[Any]]) -> type[Any]:
    """Of several types that are allowed, the one that the value is written as; else the first."""
    return next((kind for kind in kinds if _TAG_TYPES.get(_tag(node)) is kind), kinds[0])


def _read_mapping(source: Source, node: Node, names: Any, values: Any, key: str) -> dict[object, object]:
    """A mapping by free names (`names` is str) or by the members of an enumeration."""
    return {
        name if names is str else _read_scalar(source, name_node, names, name): _read(
            source, value, values, name
        )
        for name, name_node, value in _pairs(source, node, key)
    }


def _pairs(source: Source, node: Node, key: str) -> list[tuple[str, Node, Node]]:
    """The keys and values of a mapping, each key once."""
    if not isinstance(node, MappingNode):
        _wrong(source, node, key, "en grupp av nycklar")
    seen: dict[str, Node] = {}
    pairs: list[tuple[str, Node, Node]] = []
    for name_node, value in node.value:
        if not isinstance(name_node, ScalarNode):
            _refuse(source, name_node, "en nyckel ska vara ett enkelt ord")
        name = name_node.value
        if name in seen:
            first = seen[name].start_mark.line + 1
            _refuse(source, name_node, f'nyckeln "{name}" står två gånger (första gången på rad {first})')
        seen[name] = name_node
        pairs.append((name, name_node, value))
    return pairs


@cache
def _fields_of(record: Hashable) -> dict[str, tuple[Any, bool]]:
    """Key -> (type, whether it must be there)."""
    return {
        f.name: (f.type, f.default is MISSING and f.default_factory is MISSING)
        for f in fields(cast(type[Any], record))
        if f.init
    }


def _read_record(source: Source, node: Node, record: type[Any], key: str) -> object:
    known = _fields_of(cast(Hashable, record))
    values: dict[str, object] = {}
    for name, name_node, value in _pairs(source, node, key):
        if name not in known:
            close = get_close_matches(name, known, n=1)
            hint = f'; menade du "{close[0]}"?' if close else f" (här kan stå: {', '.join(known)})"
            _refuse(source, name_node, f'okänd nyckel "{in_short(name)}"{hint}')
        values[name] = _read(source, value, known[name][0], name)
    missing = [name for name, (_, required) in known.items() if required and name not in values]
    if missing:
        under = f' under "{key}"' if key else ""
        _refuse(source, node, f'nyckeln "{missing[0]}" saknas{under}')
    try:
        return cast(object, record(**values))
    except ValueError as error:
        _refuse(source, node, str(error))


def _read_scalar(source: Source, node: Node, wanted: type[Any], key: str) -> object:
    if not isinstance(node, ScalarNode):
        _wrong(source, node, key, "ett enda värde")
    tag, text = _tag(node), node.value
    if issubclass(wanted, StrEnum):
        try:
            return wanted(text)
        except ValueError:
            _wrong(source, node, key, f"något av {', '.join(wanted)}")
    if wanted is str:
        if tag != "str":
            _wrong(source, node, key, f'text; sätt citattecken om ("{text}")' if text else "text")
        return text
    if wanted is bool:
        if tag != "bool":
            _wrong(source, node, key, "true eller false")
        return text.lower() in ("true", "yes", "on")
    if wanted is int:
        if tag != "int" or not text.lstrip("-").isdigit() or len(text) > _LONGEST_NUMBER:
            _wrong(source, node, key, "ett heltal")
        return int(text)
    if wanted in (Decimal, float):
        if tag not in ("int", "float") or not _NUMBER.match(text) or len(text) > _LONGEST_NUMBER:
            _wrong(source, node, key, "ett tal med decimalpunkt")
        return wanted(text)
    if wanted is date:
        try:
            return date.fromisoformat(text)
        except ValueError:
            _wrong(source, node, key, "ett datum som 2026-01-31")
    raise TypeError(f"no reader for {wanted!r}")  # a fault in a dataclass of ours, not in anybody's file
