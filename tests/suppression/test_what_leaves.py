"""What stands beside the tables obeys too: forms, texts, counted events, charts, released cells."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from arshjul.adapters.workbooks.writing import write_workbook
from arshjul.catalogue import Sex
from arshjul.compilation import compile_cycle
from arshjul.form_making import make_forms
from arshjul.history import EarlierText, EarlierValue, History
from arshjul.organisation import Assignment, Role
from arshjul.plan import Kind
from arshjul.released import released_cells
from arshjul.report_kinds import Earlier
from arshjul.review.cycle_review import review_cycle
from arshjul.suppression.forms import presentable
from arshjul.suppression.outcome import WITHHELD_TEXT
from tests.suppression.reading import text_of_docx, text_of_html, text_of_pdf
from tests.suppression.reports import MEAN, NAME, SHARE, Unit, files
from tests.unit.reading_blocks import tables
from tests.unit.small_cycle import HUMLAN, HYVELN, KIND, LARKAN, cycle, goal
from tests.unit.test_report_building import report

W, M, T = Sex.WOMEN, Sex.MEN, Sex.TOTAL


def test_a_figure_that_may_not_be_shown_is_taken_out_of_texts_in_every_form() -> None:
    unit = Unit(SHARE, ("A", "B"))
    texts = {
        "A": "Av kvinnorna känner 67 procent sig trygga. Två av tre kvinnor. Vi har byggt om i 3 veckor.",
        "B": "Männen är tryggare.",
    }
    compiled = unit.report(Kind.T2, {"A": {W: (67, 3), M: (80, 10)}, "B": {M: (88, 8)}}, texts)
    made = files(compiled)
    for words in (text_of_html(made["html"]), text_of_pdf(made["pdf"]), text_of_docx(made["docx"])):
        joined = " ".join(words.split())
        assert "67 procent" not in joined
        assert "Två av tre" not in joined
        assert "3 veckor" in joined
        assert joined.count(WITHHELD_TEXT) >= 2
    [finding] = [f for f in review_cycle(compiled) if f.code == "withheld-in-text"]
    assert "67" not in finding.message
    assert "67" not in str(finding.evidence)


def test_a_sub_units_figure_in_a_text_goes_before_the_units_when_one_of_them_must_go() -> None:
    """With B's share in a text, the unit's total would tell A's: the sentence is missed less."""
    unit = Unit(replace(SHARE, by_sex=False), ("A", "B"))
    texts = {"B": "Hos oss känner sig 88 procent trygga."}
    compiled = unit.report(Kind.T2, {"A": {T: (33, 3)}, "B": {T: (88, 8)}}, texts)
    [text] = [one.text for one in compiled.goals["G1"].texts if one.scope == "B"]
    assert text == f"Hos oss känner sig {WITHHELD_TEXT} trygga."
    assert compiled.indicators["I1"].number is not None


def test_a_figure_that_a_text_may_tell_is_released_with_it() -> None:
    unit = Unit(replace(SHARE, by_sex=False), ("A", "B", "C"))
    texts = {"B": "Hos oss känner sig 88 procent trygga."}
    answers = {"A": {T: (33, 12)}, "B": {T: (88, 8)}, "C": {T: (50, 10)}}
    compiled = unit.report(Kind.T2, answers, texts)
    assert "I1|B|total|T2 2026" in released_cells(compiled)
    assert WITHHELD_TEXT not in str(compiled.goals)


EVENTS = replace(
    KIND,
    asks=tuple(replace(q, smallest_count=3) if q.id == "complaints.count" else q for q in KIND.asks),
)


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ((7, 0, 9), ["7", "0", "9", "16"]),  # nobody reveals nobody
        ((1, 5, 9), ["‥", "‥", "9", "15"]),  # the smallest other count guards it
        ((1, 2, 9), ["‥", "‥", "9", "12"]),  # together they may be anything up to three
        ((2, 4, 30), ["‥", "‥", "30", "36"]),
    ],
)
def test_events_have_a_smallest_count_of_their_own(counts: tuple[int, int, int], shown: list[str]) -> None:
    scopes = (LARKAN, HUMLAN, HYVELN)
    answers = {scope: {"complaints.count": count} for scope, count in zip(scopes, counts, strict=True)}
    made = report(goal(), answers, asked=scopes, kind=EVENTS)
    [table] = tables(made.blocks, "Synpunkter")
    assert [row[1].removesuffix("\N{NO-BREAK SPACE}st") for row in table[1:]] == shown
    cells = released_cells(compile_cycle(cycle(goal(), answers, asked=scopes, kind=EVENTS)))
    assert sum(cell.startswith("complaints.count|") for cell in cells) == sum(one != "‥" for one in shown)


def forms(history: History) -> Mapping[str, list[str]]:
    """What the forms show, sheet by sheet, as they are read in the workbooks."""
    data = Unit(SHARE, ("A", "B", "C")).data(Kind.T2, {}, {})
    kind = replace(KIND, asks=(), prefill=(Earlier(Kind.T2, 1),), compared_with=(Earlier(Kind.T2, 1),))
    unit = replace(
        data.unit, assignments=(Assignment(person="anna", role=Role.DEPUTY, subunits=("A", "B", "C")),)
    )
    names = {subunit.code: (subunit.name,) for subunit in unit.subunits}
    shown = presentable(history, {"I1": SHARE}, {"I1": NAME}, names, ("T2 2025",), ())
    due, day = data.milestones.due.date(), data.milestones.opens.date()
    made = make_forms(unit, data.plan, {"I1": SHARE}, kind, shown.history, "T2 2026", 2026, due, day)
    workbook = load_workbook(BytesIO(write_workbook(made[0])), read_only=True)
    found: dict[str, list[str]] = {}
    for sheet in workbook.worksheets:
        found[sheet.title] = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    return found


def earlier(scope: str, sex: Sex, number: int, respondents: int) -> EarlierValue:
    return EarlierValue("T2 2025", scope, "I1", Decimal(number), sex, respondents)


def test_a_form_shows_no_earlier_value_of_few_and_none_that_tells_it() -> None:
    """The unit's total stands in every sheet: with both others shown, C's few women could be reckoned."""
    history = History(
        (
            *(earlier("A", W, 81, 6), earlier("B", W, 91, 9), earlier("C", W, 34, 3)),
            EarlierValue("T2 2025", "unit", "I1", Decimal(78), W, 18),
        ),
        (EarlierText("T2 2025", "C", "G1.analysis", f"Hos oss var 34 procent av kvinnorna trygga. {NAME}."),),
    )
    sheets = forms(history)
    said = {name: " ".join(cells) for name, cells in sheets.items()}
    assert "34" not in " ".join(said.values())
    shown = [value for value in ("81", "91") if any(value in words for words in said.values())]
    assert len(shown) <= 1
    assert any("visas inte" in words for words in said.values())


def test_a_form_shows_earlier_values_of_enough() -> None:
    history = History((earlier("A", W, 81, 6), earlier("B", W, 91, 9), earlier("C", W, 77, 8)))
    said = " ".join(" ".join(cells) for cells in forms(history).values())
    assert all(value in said for value in ("81", "91", "77"))


def test_what_earlier_reports_tell_already_is_a_finding() -> None:
    """A limit that is raised after a report went out: the small group is known, and nothing helps."""
    unit = Unit(replace(SHARE, smallest_group=2), ("A",))
    unit.report(Kind.T2, {"A": {W: (67, 3), M: (80, 10)}})
    unit.measure = SHARE
    compiled = unit.report(Kind.T2, {"A": {W: (67, 3), M: (80, 10)}})
    assert compiled.suppressed.told == (NAME,)
    assert [f.severity.value for f in review_cycle(compiled) if f.code == "already-released"] == ["warning"]


def test_a_second_mean_beside_the_first_is_not_shown_where_there_is_a_small_group() -> None:
    """Two means of the same answers tell more than one."""
    unit = Unit(replace(MEAN, by_sex=False), ("A", "B"))
    few = unit.report(Kind.T2, {"A": {T: (33, 3)}, "B": {T: (88, 18)}}).indicators["I1"]
    enough = Unit(unit.measure, ("A", "B"))
    assert few.weighted is None
    assert (
        enough.report(Kind.T2, {"A": {T: (33, 9)}, "B": {T: (88, 18)}}).indicators["I1"].weighted is not None
    )
