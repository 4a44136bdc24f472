"""`review.yaml`: which findings a city wants, how severe they are, and the words the review knows by.

Word lists that an installation leaves out are the checkout's own. A word ends in "*" where any ending may
follow. What the words are used for is in `arshjul.review`. Called by `arshjul.config.installation` and by
`arshjul review` for a document outside any installation.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from arshjul.config.records import Source, open_source
from arshjul.errors import BadInput
from arshjul.review.codes import CODES
from arshjul.review.finding import Severity

_SHIPPED = Path(__file__).resolve().parents[2] / "config" / "review.yaml"


@dataclass(frozen=True, slots=True)
class ReviewWords:
    """The word lists; what each is for stands in the file. An empty list means the checkout's own."""

    rise: tuple[str, ...] = ()
    fall: tuple[str, ...] = ()
    better: tuple[str, ...] = ()
    worse: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    wish: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    in_spring: tuple[str, ...] = ()
    other_base: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    narrower: tuple[str, ...] = ()
    whole_unit: tuple[str, ...] = ()
    result: tuple[str, ...] = ()
    total: tuple[str, ...] = ()
    halves: tuple[str, ...] = ()
    workplaces: tuple[str, ...] = ()
    workplace_kinds: tuple[str, ...] = ()
    common: tuple[str, ...] = ()
    forecast: tuple[str, ...] = ()
    lower_is_better: tuple[str, ...] = ()
    partly: tuple[str, ...] = ()
    fully: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    started: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()
    twice_is_fine: tuple[str, ...] = ()
    judged_anyway: tuple[str, ...] = ()
    one_person: tuple[str, ...] = ()
    health: tuple[str, ...] = ()
    death: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewLimits:
    """The thresholds; the reason of each stands in the file."""

    unchanged_points: Decimal = Decimal(1)
    mean_points: Decimal = Decimal(3)
    one_points: Decimal = Decimal(2)
    mean_spread: Decimal = Decimal("0.75")
    words_twice: int = 30
    words_twice_same_goal: int = 14
    name_seen: int = 3

    def __post_init__(self) -> None:
        if self.words_twice < self.words_twice_same_goal:
            raise ValueError("words_twice kan inte vara mindre än words_twice_same_goal")


@dataclass(frozen=True, slots=True)
class ReviewSettings:
    """`review.yaml`. `switched_off` maps codes of findings that this city does not want to the reason."""

    switched_off: Mapping[str, str] = field(default_factory=dict)
    severities: Mapping[str, Severity] = field(default_factory=dict)
    words: ReviewWords = ReviewWords()
    also_called: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    limits: ReviewLimits = ReviewLimits()

    def __post_init__(self) -> None:
        for code, reason in self.switched_off.items():
            if not reason.strip():
                raise ValueError(f'skriv varför "{code}" är avstängd')

    def all_words(self) -> ReviewWords:
        """The word lists, with the checkout's own where this installation has none."""
        shipped = default_review_settings().words
        missing = {
            f.name: getattr(shipped, f.name) for f in fields(ReviewWords) if not getattr(self.words, f.name)
        }
        return replace(self.words, **missing)

    def all_names(self) -> Mapping[str, tuple[str, ...]]:
        """Other names of indicators, the checkout's own where this installation has none."""
        return self.also_called or default_review_settings().also_called


def read_review_settings(source: Source) -> ReviewSettings:
    """The settings in the file; BadInput with its line for a code that no finding has."""
    settings = source.read(ReviewSettings)
    for group, codes in (("switched_off", settings.switched_off), ("severities", settings.severities)):
        for code in codes:
            if code not in CODES:
                near = get_close_matches(code, sorted(CODES), n=1)
                hint = f'; menade du "{near[0]}"?' if near else "; koderna står i docs/handbok.md"
                where = source.where(group, code)
                raise BadInput(f'granskningen har ingen iakttagelse med koden "{code}"{hint}', where)
    return settings


@cache
def default_review_settings() -> ReviewSettings:
    """The settings of the checkout's own `config/review.yaml`."""
    return read_review_settings(open_source(_SHIPPED, "config/review.yaml"))
