"""The frames of one subject (an indicator, a question): this report's, and what was released of it before.

Called by `arshjul.suppression.marking` and `forms`. Pure.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from arshjul.catalogue import Measure, Sex
from arshjul.history import EarlierValue
from arshjul.numbers import decimals_of
from arshjul.suppression.choosing import Choice, choose
from arshjul.suppression.frames import Base, Frame, Place, figures_of, is_small
from arshjul.suppression.linear import cells_of, systems_of
from arshjul.suppression.register import FORMS, Release, cell_name, cell_parts

_ROUNDED = Fraction(1, 10**12)  # what exact decimals of 28 figures lose on the way


@dataclass(frozen=True, slots=True)
class Decided:
    """What may not be shown of a subject, by lasting names of cells.

    `guarded` where there is a small group at all: nothing but the weighed cells may be shown.
    """

    withheld: frozenset[str]
    lost: frozenset[str]
    told: tuple[str, ...]
    of: int
    guarded: bool


def released_frames(
    subject: str, releases: Sequence[Release], history: Iterable[EarlierValue], periods: Collection[str]
) -> Iterator[Frame]:
    """What has left the unit about the subject, in those periods.

    A release is a frame of its own period; what it tells of another period is held against that period's
    answers as they are known now.
    """
    elsewhere: dict[str, dict[Place, str]] = {}
    for release in releases:
        own: dict[Place, str] = {}
        for name, printed in release.cells.items():
            what, scope, sex, period = cell_parts(name)
            if what == subject and period in periods:
                shown = (
                    own if period == release.period and release.values else elsewhere.setdefault(period, {})
                )
                shown[scope, sex] = printed
        bases = bases_of(subject, release.period, release.values)
        if bases and release.period in periods:
            yield Frame(release.period, bases, _within(own, bases), name=f"v{release.version}")
    for period in periods:
        bases = bases_of(subject, period, history)
        if bases and period in elsewhere:
            yield Frame(period, bases, elsewhere[period], name="known")


def shown_in_forms(subject: str, period: str, releases: Iterable[Release]) -> dict[Place, str]:
    """What forms have shown of a period before its report: values that other systems give."""
    found: dict[Place, str] = {}
    for release in releases:
        if release.version == FORMS:
            for name, printed in release.cells.items():
                what, scope, sex, of_period = cell_parts(name)
                if what == subject and of_period == period:
                    found[scope, sex] = printed
    return found


def bases_of(subject: str, period: str, values: Iterable[EarlierValue]) -> dict[Place, Base]:
    """The answers of a period by scope and sex."""
    return {
        (value.scope, value.sex): Base(value.number, value.respondents)
        for value in values
        if value.indicator == subject and value.period == period
    }


def decide(subject: str, measure: Measure, frames: Sequence[Frame]) -> Decided:
    """Which of the cells with a cost may not be shown."""
    costs = dict(cells_of(frames))
    small, released = set(), set()
    lasting: dict[str, str] = {}
    for frame in frames:
        released |= {frame.cell(place) for place in frame.shown}
        lasting |= {frame.cell(place): cell_name(subject, *place, frame.period) for place in frame.costs}
        for place, figure in figures_of(frame.bases, measure.method).items():
            if place in frame.costs and is_small(figure, measure):
                small.add(frame.cell(place))
    systems = systems_of(measure, frames)
    choice = choose(systems, costs, small, released) if systems else Choice(frozenset(), frozenset())
    return Decided(
        frozenset(lasting[name] for name in choice.withheld),
        frozenset(lasting[name] for name in choice.lost),
        choice.told,
        len(costs),
        bool(systems),
    )


def fitting(bases: Mapping[Place, Base], measure: Measure, actual: Mapping[Place, Base]) -> dict[Place, Base]:
    """The bases, as far as the figures really are made of them.

    A figure that was put otherwise (a source's own total, another way of reckoning) is an answer of its own.
    """
    found = dict(bases)
    figures = figures_of(found, measure.method)
    for place, figure in actual.items():
        made = figures.get(place)
        rounded = max(Fraction(1, 2 * 10 ** decimals_of(figure.number)), _ROUNDED)
        if made is None or abs(made.number - Fraction(figure.number)) > rounded:
            found[place] = figure
            figures = figures_of(found, measure.method)
    return found


def in_year(period: str, other: str) -> bool:
    """Whether two periods ("T1 2026", "T2 2026") are of the same year."""
    return period.rpartition(" ")[2] == other.rpartition(" ")[2]


def _within(shown: Mapping[Place, str], bases: Mapping[Place, Base]) -> dict[Place, str]:
    """What was printed, but for sexes that nobody answered in."""
    sexes = {sex for _, sex in bases} | {Sex.TOTAL}
    return {place: printed for place, printed in shown.items() if place[1] in sexes}
