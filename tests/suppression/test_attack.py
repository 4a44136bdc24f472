"""Nobody can reckon a small group's value from what has left; with the guard off, the attacker can."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arshjul.catalogue import Measure, Sex
from arshjul.plan import Kind
from arshjul.suppression import gathering
from arshjul.suppression.choosing import Choice
from tests.suppression.attacker import Attacker, Pinned, Seen
from tests.suppression.reading import figures_in_docx, figures_in_html, figures_in_pdf
from tests.suppression.reports import COUNT, MEAN, SHARE, Answers, Unit, files, html

W, M = Sex.WOMEN, Sex.MEN
T1, T2, VB = Kind.T1, Kind.T2, Kind.VB
Story = Sequence[tuple[Kind, Answers]]


def attack(unit: Unit, printed: Sequence[dict[str, str]] | None = None) -> list[Pinned]:
    printed = printed or [figures_in_html(html(report)) for report in unit.reports]
    seen = [
        Seen(str(report.data.key), answers, figures)
        for report, answers, figures in zip(unit.reports, unit.answers, printed, strict=True)
    ]
    return Attacker(unit.measure, seen).pinned()


def played(measure: Measure, story: Story) -> Unit:
    subunits = dict.fromkeys(scope for _, answers in story for scope in answers)
    unit = Unit(measure, tuple(subunits))
    for kind, answers in story:
        unit.report(kind, answers)
    return unit


def both(women: tuple[int, int], men: tuple[int, int]) -> dict[Sex, tuple[int, int]]:
    return {W: women, M: men}


def counted(women: int, men: int) -> dict[Sex, tuple[int, int]]:
    return {W: (women, 0), M: (men, 0)}


NASTY: dict[str, tuple[Measure, Story]] = {
    "few women beside men": (
        SHARE,
        [(T2, {"A": both((67, 3), (80, 10)), "B": both((100, 1), (88, 8))})],
    ),
    "all say the same": (
        SHARE,
        [(T2, {"A": both((100, 3), (100, 9)), "B": both((100, 6), (100, 6))})],
    ),
    "nobody says so": (SHARE, [(T2, {"A": both((0, 2), (0, 9)), "B": both((0, 6), (0, 5))})]),
    "a sub-unit that comes late": (
        SHARE,
        [
            (T2, {"A": both((83, 6), (88, 8)), "B": both((80, 5), (86, 7))}),
            (T2, {"A": both((83, 6), (88, 8)), "B": both((80, 5), (86, 7)), "C": both((50, 2), (100, 1))}),
        ],
    ),
    "a correction that brings the women above the limit": (
        SHARE,
        [
            (T2, {"A": both((75, 4), (80, 10))}),
            (T2, {"A": both((80, 5), (80, 10))}),
        ],
    ),
    "few women in a mean of workplaces": (MEAN, [(T2, {"A": both((67, 3), (80, 10))})]),
    "a few more than in April": (
        COUNT,
        [
            (T1, {"A": counted(2, 6), "B": counted(1, 5)}),
            (T2, {"A": counted(3, 6), "B": counted(2, 5)}),
            (VB, {"A": counted(3, 9), "B": counted(2, 8)}),
        ],
    ),
    "few women from the first to the last": (
        COUNT,
        [(T1, {"A": counted(3, 11)}), (T2, {"A": counted(4, 12)}), (VB, {"A": counted(5, 14)})],
    ),
    "a late sub-unit's count": (
        COUNT,
        [
            (T2, {"A": counted(6, 8), "B": counted(5, 7)}),
            (T2, {"A": counted(6, 8), "B": counted(5, 7), "C": counted(1, 1)}),
        ],
    ),
}


@pytest.mark.parametrize("name", NASTY)
def test_no_small_group_can_be_reckoned(name: str) -> None:
    measure, story = NASTY[name]
    assert attack(played(measure, story)) == []


@pytest.mark.parametrize("name", NASTY)
def test_the_attacker_catches_a_program_that_withholds_only_what_is_small_in_itself(
    name: str, only_the_small: None
) -> None:
    measure, story = NASTY[name]
    assert attack(played(measure, story)) != []


@pytest.fixture
def only_the_small(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program with its secondary suppression switched off."""

    def choose(_systems: object, _costs: object, small: set[str], _released: object) -> Choice:
        return Choice(frozenset(small), frozenset())

    monkeypatch.setattr(gathering, "choose", choose)


@pytest.mark.parametrize("name", ["few women beside men", "all say the same"])
def test_pdf_and_word_tell_no_more_than_the_page(name: str) -> None:
    measure, story = NASTY[name]
    unit = played(measure, story)
    made = files(unit.reports[0])
    page = figures_in_html(made["html"])
    assert page["Utfall"]
    assert figures_in_docx(made["docx"]) == page
    of_pdf = figures_in_pdf(made["pdf"])
    assert {column: page[column].replace("\N{NO-BREAK SPACE}", " ") for column in of_pdf} == {
        column: value.replace("\N{NO-BREAK SPACE}", " ") for column, value in of_pdf.items()
    }
    assert {"Utfall", "Kvinnor", "Män"} <= of_pdf.keys()


def people(draw: st.DrawFn, size: int) -> tuple[int, int]:
    """So many who answer, and how many of them in a hundred say yes."""
    return round(100 * draw(st.integers(0, size)) / size) if size else 0, size


@st.composite
def shares(draw: st.DrawFn, subunits: Sequence[str] = "ABCD") -> Answers:
    asked = subunits[: draw(st.integers(1, len(subunits)))]
    return {
        scope: both(people(draw, draw(st.integers(0, 8))), people(draw, draw(st.integers(1, 8))))
        for scope in asked
    }


@st.composite
def counts(draw: st.DrawFn) -> Answers:
    asked = "ABCDE"[: draw(st.integers(1, 5))]
    return {scope: counted(draw(st.integers(0, 6)), draw(st.integers(0, 6))) for scope in asked}


@st.composite
def corrected(draw: st.DrawFn) -> Story:
    """A report, and a correction of it: one sub-unit answers anew, or comes late."""
    first = draw(shares())
    after = dict(first)
    after[draw(st.sampled_from("ABCDEFG"))] = draw(shares("A"))["A"]
    return [(T2, first), (T2, after)]


@st.composite
def of_a_year(draw: st.DrawFn) -> Story:
    """T1, T2 and VB of one year, each with what has come since."""
    now = dict(draw(counts()))
    story: list[tuple[Kind, Answers]] = [(T1, dict(now))]
    for kind in (T2, VB):
        for scope, before in now.items():
            more = draw(st.tuples(st.integers(0, 3), st.integers(0, 3)))
            now[scope] = counted(before[W][0] + more[0], before[M][0] + more[1])
        story.append((kind, dict(now)))
    return story


@settings(max_examples=25, deadline=None)
@given(shares(), st.sampled_from((SHARE, MEAN)))
def test_no_generated_survey_can_be_reckoned(answers: Answers, measure: Measure) -> None:
    assert attack(played(measure, [(T2, answers)])) == []


@settings(max_examples=15, deadline=None)
@given(corrected())
def test_no_generated_correction_can_be_reckoned(story: Story) -> None:
    assert attack(played(SHARE, story)) == []


@settings(max_examples=15, deadline=None)
@given(of_a_year())
def test_no_generated_year_of_counts_can_be_reckoned(story: Story) -> None:
    assert attack(played(COUNT, story)) == []


@pytest.mark.parametrize("smallest", [3, 10])
def test_the_indicators_own_smallest_group_holds(smallest: int) -> None:
    measure = replace(SHARE, smallest_group=smallest)
    unit = played(measure, [(T2, {"A": both((50, smallest - 1), (80, 20)), "B": both((90, 20), (85, 20))})])
    assert attack(unit) == []
