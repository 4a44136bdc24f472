"""The year's wheel as a report shows it: reports and duties, without what comes back every month.

On paper the wheel is a hand wide. With every meeting in it nobody can read the names; the portal and
`arshjul wheel` show them all. Called by `arshjul.report.parts`. Pure.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from arshjul.report.blocks import Block, Paragraph, Voice
from arshjul.report.wheel_figure import WheelEntry, draw_wheel
from arshjul.swedish_dates import MONTHS

LEFT_OUT = "Möten och det som återkommer varje månad är inte med i bilden."
_MOST = 4  # what comes oftest among the reports: three tertials, and one that begins in the year before
_WHEN = re.compile(rf"\b(\d{{4}}|{'|'.join(MONTHS)})\b", re.IGNORECASE)


def wheel_blocks(year: int, unit: str, entries: Sequence[WheelEntry]) -> Iterator[Block]:
    """The figure, and a note of what it leaves out."""
    lasting = [entry for entry in entries if entry.ring != "meeting"]
    times = Counter(_what(entry) for entry in lasting)
    shown = [entry for entry in lasting if times[_what(entry)] <= _MOST] or list(entries)
    yield draw_wheel(year, unit, shown)
    if len(shown) < len(entries):
        yield Paragraph(LEFT_OUT, Voice.NOTE)


def _what(entry: WheelEntry) -> tuple[str, str]:
    """The entry whenever it comes: "MR februari" and "MR mars" are one."""
    return entry.ring, _WHEN.sub("", entry.label).strip()
