"""What a reading gives: the plan, and beside it what is no part of its texts, so that no word is lost.

Every word of a document is in the plan, in one of `warnings` of the plan, in `furniture` (page heads and
feet, contents, repeated table heads) or in `form` (the headings, marks and labels that became structure).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from arshjul.plan import Plan


@dataclass(frozen=True, slots=True)
class Noted:
    """Words of one line that are not kept as text, and what they are."""

    line: int
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A plan with the account of the words that are not in it and the lines its parts came from.

    `places` maps ids ("G01", "I02") and sections ("G01.analysis") to the line they begin on.
    """

    plan: Plan
    furniture: tuple[Noted, ...] = ()
    form: tuple[Noted, ...] = ()
    places: Mapping[str, int] = field(default_factory=dict)
