"""A total in a text with the parts that it is said to be the sum of. Pure."""

from dataclasses import dataclass
from decimal import Decimal

from arshjul.numbers import decimals_of, round_half_up


@dataclass(frozen=True, slots=True)
class TextTotal:
    """A total, its parts, and the sentence that says it.

    `ones` is how many "en" and "ett" stand among the parts: each may be one more, or only an article.
    """

    total: Decimal
    parts: tuple[Decimal, ...]
    sentence: str
    ones: int = 0

    @property
    def adds_up(self) -> bool:
        """Whether the parts make the total, as exactly as the total is written."""
        made = round_half_up(sum(self.parts, Decimal(0)), decimals_of(self.total))
        return 0 <= self.total - made <= self.ones

    def nearly(self, few: int, share: str) -> bool:
        """Whether the parts add up, or come so close that they must be meant to.

        Close is within `few` or `share` of the total. What lies between the smallest and the largest part is
        an average and no sum.
        """
        if self.adds_up:
            return True
        off = abs(self.total - sum(self.parts, Decimal(0)))
        is_mean = min(self.parts) <= self.total <= max(self.parts)
        return not is_mean and off <= max(Decimal(few), Decimal(share) * abs(self.total))
