"""The plan as a file that people read and edit (`plan.yaml`); its JSON for other programs is `plan_json`.

`dump_plan` and `load_plan` are each other's inverse. Errors in an edited file name the line. Nothing is
read from disk here; called by the commands, by `arshjul.adapters.documents.reading` and by the installation.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any, NoReturn, TypeVar

import yaml

from arshjul.errors import BadInput
from arshjul.plan import Activity, Attainment, Goal, Indicator, Kind, Level, Plan, PlanWarning
from arshjul.plan_json import plan_as_json
from arshjul.yaml_text import compose_yaml, shown

__all__ = ["dump_plan", "load_plan", "plan_as_json", "read_plan"]

_T = TypeVar("_T")
_E = TypeVar("_E", bound=StrEnum)
_DEEPEST = 6  # four levels of goals; more is a mistake of indentation
# Characters that YAML takes for line breaks, or that no text file keeps: written as escapes.
_SPECIAL = re.compile(
    r"[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_HEADER = """\
# Planen som Årshjul läser. Texterna får ändras för hand; id ska stå kvar, för de håller ihop åren.
"""


def dump_plan(plan: Plan) -> str:
    """The text of `plan.yaml`: empty parts left out, long texts as blocks."""
    body = yaml.dump(
        _plan_mapping(plan), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1_000_000, indent=2
    )
    return _HEADER + body


def load_plan(text: str, where: str = "plan.yaml") -> Plan:
    """The plan in the text of a `plan.yaml`. BadInput names the line of what is wrong and what is allowed."""
    unreadable = "Raden går inte att läsa. Kontrollera indrag, kolon och citattecken."
    node = compose_yaml(text, where, unreadable)
    if node is None:
        raise BadInput("Filen är tom.", where)
    return _Loader(where).plan(node)


@lru_cache(maxsize=32)
def read_plan(text: str, where: str) -> Plan:
    """As `load_plan`, read once: for the versions that are kept, which never change."""
    return load_plan(text, where)


class _Dumper(yaml.SafeDumper):
    """Writes long texts as blocks and indents lists under their key."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: object) -> bool:
        return True


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = '"' if _SPECIAL.search(text) else "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _represent_text)


def _without_empty(mapping: Mapping[str, object]) -> dict[str, object]:
    """The mapping without what is None, false or an empty list or mapping (an empty text is kept)."""
    return {key: value for key, value in mapping.items() if value not in (None, False, [], {})}


def _plan_mapping(plan: Plan) -> dict[str, object]:
    """The plan as plain values in the file's order."""
    return _without_empty(
        {
            "kind": plan.kind and str(plan.kind),
            "year": plan.year,
            "unit": plan.unit,
            "goals": [_goal_mapping(goal) for goal in plan.goals],
            "front": dict(plan.front),
            "back": dict(plan.back),
            "warnings": [{"line": warning.line, "message": warning.message} for warning in plan.warnings],
        }
    )


def _goal_mapping(goal: Goal) -> dict[str, object]:
    """A goal as plain values."""
    return _without_empty(
        {
            "id": goal.id,
            "level": str(goal.level),
            "number": goal.number,
            "title": goal.title,
            "attainment": goal.attainment and str(goal.attainment),
            "sections": dict(goal.sections),
            "indicators": [
                _without_empty({field: getattr(indicator, field) for field in Indicator.__slots__})
                for indicator in goal.indicators
            ],
            "activities": [_activity_mapping(activity) for activity in goal.activities],
            "goals": [_goal_mapping(below) for below in goal.goals],
        }
    )


def _activity_mapping(activity: Activity) -> dict[str, object]:
    """An activity as plain values; here false and no column at all differ."""
    mapping = _without_empty(
        {
            "id": activity.id,
            "title": activity.title,
            "start": activity.start and activity.start.isoformat(),
            "end": activity.end and activity.end.isoformat(),
            "analysis": activity.analysis,
        }
    )
    return mapping if activity.deviation is None else {**mapping, "deviation": activity.deviation}


class _Loader:
    """Reads the nodes of a `plan.yaml`, with the line of each at hand for the error.

    A scalar is read by what the field expects, so that a title "Ja" is a text and "1.10" keeps its zero.
    """

    def __init__(self, where: str) -> None:
        self._where = where
        self._seen: set[str] = set()

    def plan(self, node: yaml.Node) -> Plan:
        """The whole file."""
        fields = self._fields(node, "planen", {"kind", "year", "unit", "goals", "front", "back", "warnings"})
        return Plan(
            kind=self._optional(fields, "kind", lambda value: self._choice(value, Kind)),
            year=self._optional(fields, "year", self._whole_number),
            unit=self._optional(fields, "unit", self._text),
            goals=self._goals(fields, 1),
            front=self._texts(fields, "front"),
            back=self._texts(fields, "back"),
            warnings=self._list(fields, "warnings", self._warning),
        )

    def _goals(self, fields: Mapping[str, yaml.Node], depth: int) -> tuple[Goal, ...]:
        return self._list(fields, "goals", lambda node: self._goal(node, depth))

    def _goal(self, node: yaml.Node, depth: int) -> Goal:
        if depth > _DEEPEST:
            self._fail(node, "Målen ligger i för många nivåer. Kontrollera indragen.")
        fields = self._fields(node, "ett mål", set(Goal.__slots__), {"id", "level", "title"})
        return Goal(
            id=self._id(fields["id"]),
            level=self._choice(fields["level"], Level),
            title=self._text(fields["title"]),
            number=self._optional(fields, "number", self._text),
            attainment=self._optional(fields, "attainment", lambda value: self._choice(value, Attainment)),
            sections=self._texts(fields, "sections"),
            indicators=self._list(fields, "indicators", self._indicator),
            activities=self._list(fields, "activities", self._activity),
            goals=self._goals(fields, depth + 1),
        )

    def _indicator(self, node: yaml.Node) -> Indicator:
        fields = self._fields(node, "en indikator", set(Indicator.__slots__), {"id", "name"})
        uncertain = self._optional(fields, "columns_uncertain", self._yes_or_no)
        texts = {
            key: self._optional(fields, key, self._text)
            for key in Indicator.__slots__
            if key not in ("id", "columns_uncertain")
        }
        values: dict[str, Any] = {**texts, "id": self._id(fields["id"]), "columns_uncertain": bool(uncertain)}
        return Indicator(**values)

    def _activity(self, node: yaml.Node) -> Activity:
        fields = self._fields(node, "en aktivitet", set(Activity.__slots__), {"id", "title"})
        return Activity(
            id=self._id(fields["id"]),
            title=self._text(fields["title"]),
            start=self._optional(fields, "start", self._date),
            end=self._optional(fields, "end", self._date),
            deviation=self._optional(fields, "deviation", self._yes_or_no),
            analysis=self._optional(fields, "analysis", self._text),
        )

    def _warning(self, node: yaml.Node) -> PlanWarning:
        fields = self._fields(node, "en varning", {"line", "message"}, {"line", "message"})
        return PlanWarning(self._whole_number(fields["line"]), self._text(fields["message"]))

    def _fields(
        self,
        node: yaml.Node,
        what: str,
        allowed: set[str],
        required: set[str] = frozenset(),  # type: ignore[assignment]
    ) -> dict[str, yaml.Node]:
        """The mapping's nodes by key; a wrong, doubled or missing key is told with its line."""
        if not isinstance(node, yaml.MappingNode):
            self._fail(node, f"Här väntas {what} med rader av formen ”namn: värde”.")
        fields: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name = self._text(key)
            if name not in allowed:
                self._fail(
                    key, f"Okänt fält ”{shown(name)}” i {what}. Tillåtna fält: {', '.join(sorted(allowed))}."
                )
            if name in fields:
                self._fail(key, f"Fältet ”{shown(name)}” står två gånger.")
            fields[name] = value
        for name in sorted(required - fields.keys()):
            self._fail(node, f"Fältet ”{name}” saknas i {what}.")
        return fields

    def _texts(self, fields: Mapping[str, yaml.Node], key: str) -> dict[str, str]:
        """A mapping of heading to text; missing is empty."""
        node = fields.get(key)
        if node is None or self._is_null(node):
            return {}
        if not isinstance(node, yaml.MappingNode):
            self._fail(node, f"”{key}” ska vara rader av formen ”rubrik: text”.")
        texts: dict[str, str] = {}
        for name, value in node.value:
            heading = self._text(name)
            if heading in texts:
                self._fail(name, f"Rubriken ”{shown(heading)}” står två gånger.")
            texts[heading] = "" if self._is_null(value) else self._text(value)
        return texts

    def _list(
        self, fields: Mapping[str, yaml.Node], key: str, read: Callable[[yaml.Node], _T]
    ) -> tuple[_T, ...]:
        """A list read item by item; missing is empty."""
        node = fields.get(key)
        if node is None or self._is_null(node):
            return ()
        if not isinstance(node, yaml.SequenceNode):
            self._fail(node, f"”{key}” ska vara en lista där varje del börjar med ett streck.")
        return tuple(read(item) for item in node.value)

    def _optional(
        self, fields: Mapping[str, yaml.Node], key: str, read: Callable[[yaml.Node], _T]
    ) -> _T | None:
        node = fields.get(key)
        return None if node is None or self._is_null(node) else read(node)

    def _text(self, node: yaml.Node) -> str:
        if not isinstance(node, yaml.ScalarNode):
            self._fail(node, 'Här väntas en text. Sätt citattecken om texten ("…") om den innehåller kolon.')
        return str(node.value)

    def _id(self, node: yaml.Node) -> str:
        """An id, which nothing else in the file may bear."""
        value = self._text(node)
        if value in self._seen:
            self._fail(node, f"Id ”{shown(value)}” står två gånger. Ge den nya delen ett eget id.")
        self._seen.add(value)
        return value

    def _choice(self, node: yaml.Node, choices: type[_E]) -> _E:
        value = self._text(node)
        try:
            return choices(value)
        except ValueError:
            self._fail(node, f"”{shown(value)}” är inget av {', '.join(choices)}.")

    def _whole_number(self, node: yaml.Node) -> int:
        value = self._text(node)
        if not (value.isascii() and value.isdigit() and len(value) < 10):
            self._fail(node, f"”{shown(value)}” ska vara ett heltal.")
        return int(value)

    def _yes_or_no(self, node: yaml.Node) -> bool:
        value = self._text(node).casefold()
        if value not in ("true", "false", "ja", "nej", "yes", "no"):
            self._fail(node, f"”{shown(value)}” ska vara true eller false.")
        return value in ("true", "ja", "yes")

    def _date(self, node: yaml.Node) -> date:
        value = self._text(node)
        try:
            return date.fromisoformat(value)
        except ValueError:
            self._fail(node, f"”{shown(value)}” ska vara ett datum av formen 2026-12-31.")

    @staticmethod
    def _is_null(node: yaml.Node) -> bool:
        return isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:null"

    def _fail(self, node: yaml.Node, sentence: str) -> NoReturn:
        raise BadInput(sentence, f"{self._where}, rad {node.start_mark.line + 1}")
