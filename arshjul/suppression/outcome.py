"""What suppression did to a compiled cycle: cells withheld, texts where a figure was replaced.

Stands in `arshjul.compilation.Compiled`; read by the report's parts and by the review. Pure.
"""

from dataclasses import dataclass

from arshjul.catalogue import Sex
from arshjul.suppression.register import cell_name

WITHHELD_TEXT = "[uppgiften visas inte]"


@dataclass(frozen=True, slots=True)
class Replaced:
    """A figure was taken out of a text: where, and what it told of."""

    where: str
    subject: str


@dataclass(frozen=True, slots=True)
class Suppressed:
    """`withheld` are cells by their lasting name, `lost` those of them that only guard others.

    `of` is how many cells there were. `in_texts` are sub-units' figures that a text tells and may tell.
    `told` are indicators of which earlier releases tell a small group's value already.
    """

    withheld: frozenset[str] = frozenset()
    lost: frozenset[str] = frozenset()
    of: int = 0
    in_texts: frozenset[str] = frozenset()
    replaced: tuple[Replaced, ...] = ()
    told: tuple[str, ...] = ()

    def hides(self, subject: str, scope: str, period: str, sex: Sex = Sex.TOTAL) -> bool:
        """Whether a cell may not be shown."""
        return cell_name(subject, scope, sex, period) in self.withheld
