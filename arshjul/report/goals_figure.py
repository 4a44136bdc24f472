"""The status of all goals on one page: how many of each, and every goal with its symbol.

Called where a report is built. Pure.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from arshjul.plan import ATTAINMENT_SWEDISH, LEVEL_SWEDISH, Attainment, Level
from arshjul.report import svg
from arshjul.report.blocks import Figure
from arshjul.report.charts import SIZE, WIDTH
from arshjul.report.symbols import SIZE as SYMBOL
from arshjul.report.symbols import symbol_at

_COLUMNS = 2
_GAP = 28.0
_LINE = 16.0


@dataclass(frozen=True, slots=True)
class GoalStatus:
    """A goal by its number and title. Only goals that carry a status belong in the overview."""

    level: Level
    title: str
    attainment: Attainment
    number: str | None = None

    @property
    def name(self) -> str:
        """The number and the title."""
        return f"{self.number}\N{NO-BREAK SPACE} {self.title}" if self.number else self.title


def goals_overview(title: str, goals: Sequence[GoalStatus]) -> Figure:
    """Counts first, then the goals level by level in two columns, in the order given."""
    drawn: list[str] = []
    y = _counts(drawn, Counter(goal.attainment for goal in goals))
    for level, group in groupby(goals, key=lambda goal: goal.level):
        y += 14
        drawn.append(svg.text(0, y + 12, LEVEL_SWEDISH[level], size=12.5, colour=svg.SOFT, bold=True))
        drawn.append(svg.line(0, y + 19, WIDTH, y + 19, svg.stroke(svg.GRID)))
        y = _goals(drawn, list(group), y + 30)
    return Figure(svg.document(WIDTH, y + 4, title, drawn), _in_words(title, goals), title)


def _counts(drawn: list[str], counts: Counter[Attainment]) -> float:
    """The four counts side by side, each with its symbol and its words."""
    width = WIDTH / len(Attainment)
    drawn.append(svg.rect(0, 0, WIDTH, 54, svg.fill(svg.TINT)))
    for place, attainment in enumerate(Attainment):
        x = place * width + 14
        drawn.append(symbol_at(attainment, x, 19))
        drawn.append(svg.text(x + 25, 35, str(counts[attainment]), size=23, bold=True))
        drawn.append(
            svg.text(
                x + 31 + 12 * len(str(counts[attainment])), 34, ATTAINMENT_SWEDISH[attainment], size=SIZE
            )
        )
    return 56.0


def _goals(drawn: list[str], goals: Sequence[GoalStatus], top: float) -> float:
    """Down the first column, then down the second."""
    width = (WIDTH - _GAP * (_COLUMNS - 1)) / _COLUMNS
    split = -(-len(goals) // _COLUMNS)
    bottom = top
    for column in range(_COLUMNS):
        x, y = column * (width + _GAP), top
        for goal in goals[column * split : (column + 1) * split]:
            lines = svg.wrap(goal.name, width - SYMBOL - 10, SIZE, 6)
            drawn.append(symbol_at(goal.attainment, x, y - 2))
            drawn += [
                svg.text(x + SYMBOL + 9, y + 10.5 + place * _LINE, line) for place, line in enumerate(lines)
            ]
            y += _LINE * len(lines) + 9
        bottom = max(bottom, y)
    return bottom


def _in_words(title: str, goals: Sequence[GoalStatus]) -> str:
    counts = Counter(goal.attainment for goal in goals)
    counted = ", ".join(f"{counts[one]} {ATTAINMENT_SWEDISH[one].lower()}" for one in Attainment)
    said = [f"{title}. Av {len(goals)} mål: {counted}."]
    for level, group in groupby(goals, key=lambda goal: goal.level):
        each = "; ".join(f"{goal.name}: {ATTAINMENT_SWEDISH[goal.attainment].lower()}" for goal in group)
        said.append(f"{LEVEL_SWEDISH[level]}: {each}.")
    return " ".join(said)
