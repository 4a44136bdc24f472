"""What an export departs in from an approved report, and how the fields are held against each other.

Which fields there are, and which of them belong together, is in `against`, the only caller. Pure.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from arshjul.review.same_value import same_text, same_value, stretches
from arshjul.review.source_lines import SourceLines


class Difference(StrEnum):
    """What the export does with a field of the approved report."""

    DIFFERS = "differs"
    MISSING = "missing"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Departure:
    """One field in which the export departs: `field` is Swedish, None for a whole goal, row or activity.

    `line` is the export's, where it has one; of what is missing, the line of what it should stand under.
    """

    difference: Difference
    where: str
    field: str | None
    approved: str | None
    exported: str | None
    line: int | None = None

    def as_json(self) -> dict[str, object]:
        """The departure in the contract of `review --against --json`."""
        return {
            "difference": self.difference.value,
            "where": self.where,
            "field": self.field,
            "approved": self.approved,
            "exported": self.exported,
            "line": self.line,
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """What departs, and what only one of the documents prints and was not compared."""

    departures: tuple[Departure, ...]
    only_approved: tuple[str, ...] = ()
    only_exported: tuple[str, ...] = ()
    compared: int = 0  # fields that both have


@dataclass(slots=True)
class Fields:
    """Collects the departures of an export; counts what was compared."""

    source: SourceLines
    found: list[Departure] = field(default_factory=list)
    compared: int = 0

    def line(self, place: str | None) -> int | None:
        """The export's line of a part."""
        return self.source.places.get(place or "")

    def value(self, where: str, label: str, approved: str | None, exported: str | None, place: str) -> None:
        """A cell, a mark or a date."""
        if not approved and not exported:
            return
        self.compared += 1
        if not same_value(approved, exported):
            self._add(where, label, approved, exported, self.line(place))

    def text(self, where: str, label: str, approved: str | None, exported: str | None, place: str) -> None:
        """A text: each stretch that differs is told where it stands."""
        if not (approved or "").strip() and not (exported or "").strip():
            return
        self.compared += 1
        if same_text(approved, exported):
            return
        begins = self.line(place) or self.line(place.partition(".")[0])
        if not approved or not exported:
            line = self.source.line_of(exported, after=begins) if exported else begins
            self._add(where, label, approved, exported, line or begins)
            return
        for stretch in stretches(approved, exported):
            line = self.source.line_of(exported, after=begins, within=stretch.within)
            self.found.append(
                Departure(Difference.DIFFERS, where, label, stretch.one, stretch.other, line or begins)
            )

    def whole(self, part: str, approved: str | None, exported: str | None, place: str | None) -> None:
        """A goal, a row or an activity that one of the two lacks."""
        self._add(part, None, approved, exported, self.line(place))

    def _add(
        self, where: str, label: str | None, approved: str | None, exported: str | None, line: int | None
    ) -> None:
        difference = (
            Difference.MISSING if not exported else Difference.ADDED if not approved else Difference.DIFFERS
        )
        self.found.append(Departure(difference, where, label, approved, exported, line))
