"""Values from other systems in a cycle: locked in the form, in the figures, disputed, never written over."""

from dataclasses import replace
from decimal import Decimal

from arshjul.adapters.workbooks.filling import fill_workbook
from arshjul.adapters.workbooks.reading import read_workbook
from arshjul.adapters.workbooks.writing import write_workbook
from arshjul.answers import State
from arshjul.catalogue import Measure, Method, Sex, Span
from arshjul.compilation import IndicatorResult, compile_cycle
from arshjul.form import Given, Sheet
from arshjul.form_checking import check_sheet
from arshjul.form_file import dump_form, load_form
from arshjul.form_making import make_forms
from arshjul.history import WHOLE_UNIT
from arshjul.plan import Indicator, Kind
from arshjul.sources.given import TOO_FEW, GivenValue, GivenValues
from tests.unit.form_sample import CATALOGUE, DAY, DUE, HISTORY, PLAN, T2, UNIT
from tests.unit.small_cycle import (
    COUNT,
    HUMLAN,
    LARKAN,
    Answers,
    cycle,
    earlier_value,
    goal,
)

RATIO = Measure(Method.RATIO, "%", 1)
INDICATOR = Indicator("I1", "Sjukfrånvaro", target="högst 8,5 %")


def told(
    scope: str,
    number: str | int,
    field: str = "I1",
    sex: Sex = Sex.TOTAL,
    *,
    of: tuple[int, int] | None = None,
    people: int | None = None,
    as_of: str = "2026-08",
) -> GivenValue:
    part, whole = (Decimal(of[0]), Decimal(of[1])) if of else (None, None)
    return GivenValue(scope, field, sex, Decimal(number), as_of, "HR-systemet", 1, part, whole, people)


def measured(
    answers: Answers, *values: GivenValue, measure: Measure = RATIO, **more: object
) -> IndicatorResult:
    data = cycle(goal(INDICATOR), answers, measures={"I1": measure}, given=GivenValues(values), **more)
    return compile_cycle(data).indicators["I1"]


def test_a_ratio_is_of_the_sums_and_not_of_the_shares() -> None:
    result = measured({}, told(LARKAN, 10, of=(1000, 100)), told(HUMLAN, 2, of=(1800, 900)))
    assert (result.number, result.groups) == (Decimal("2.8"), 2)


def test_a_value_from_another_system_goes_before_an_answer() -> None:
    result = measured({LARKAN: {"I1.total": 3}}, told(LARKAN, 10, of=(1000, 100)))
    assert result.number == 10
    assert (result.parts[0].state, result.parts[0].origin) == (State.VALUE, "HR-systemet per 2026-08")


def test_a_disputed_value_stands_with_its_state_and_the_reason() -> None:
    answers = {LARKAN: {"I1.dispute": "Två veckor saknas."}}
    result = measured(answers, told(LARKAN, 10, of=(1000, 100)), told(HUMLAN, 2, of=(1800, 900)))
    assert [(part.state, part.dispute) for part in result.parts] == [
        (State.DISPUTED, "Två veckor saknas."),
        (State.VALUE, None),
    ]
    assert result.number == Decimal("2.8")
    assert [part.scope for part in result.disputed] == [LARKAN]


def test_the_unit_holds_for_the_earliest_month_of_its_parts() -> None:
    assert measured({}, told(LARKAN, 1, as_of="2026-07"), told(HUMLAN, 1)).as_of == "2026-07"
    assert measured({LARKAN: {"I1.total": 3}}).as_of == "2026-08"


def test_what_is_told_of_the_whole_unit_goes_before_what_the_sub_units_make() -> None:
    result = measured({}, told(LARKAN, 10, of=(1000, 100)), told(WHOLE_UNIT, "8.4", people=50))
    assert (result.number, result.met) == (Decimal("8.4"), True)


def test_zero_is_a_value_also_from_another_system() -> None:
    result = measured({}, told(LARKAN, 0, of=(0, 100)))
    assert (result.number, result.state) == (0, State.VALUE)


def test_a_rolling_year_of_answers_is_last_year_less_the_same_period_and_this_year() -> None:
    rolling = replace(COUNT, span=Span.ROLLING_YEAR)
    earlier = (
        earlier_value(30, period="VB 2025", scope=LARKAN),
        earlier_value(18, period="T2 2025", scope=LARKAN),
    )
    assert measured({LARKAN: {"I1.total": 20}}, measure=rolling, earlier=earlier).number == 32
    short = measured({LARKAN: {"I1.total": 20}}, measure=rolling, earlier=earlier[:1])
    assert (short.number, short.groups) == (None, 0)


def test_a_change_is_the_units_value_less_last_years() -> None:
    change = replace(COUNT, span=Span.CHANGE)
    answers: Answers = {LARKAN: {"I1.total": 20}, HUMLAN: {"I1.total": 5}}
    assert measured(answers, measure=change, earlier=(earlier_value(30),)).number == -5
    assert measured(answers, measure=change).number is None


def given_form(*values: GivenValue) -> Sheet:
    """The sheet of Lärkan in VB, written to a file and read again."""
    kind = replace(T2, kind=Kind.VB)
    forms = make_forms(
        UNIT, PLAN, CATALOGUE, kind, HISTORY, "VB 2026", 2026, DUE, DAY, given=GivenValues(values)
    )
    form = next(form for form in forms if form.person == "anna")
    assert load_form(dump_form(form)) == form
    return form.sheets[0]


def test_a_known_value_is_shown_with_origin_and_month_and_not_asked_for() -> None:
    sheet = given_form(told("LARKAN", 17, "I02"))
    [row] = [row for row in sheet.rows if isinstance(row, Given)]
    assert (row.field, row.text, row.origin) == ("I02.total", "17\xa0st", "HR-systemet per 2026-08")
    ids = {field.id for field in sheet.fields()}
    assert {"I02.dispute", "I02.comment"} <= ids
    assert not {"I02.total", "I02.state"} & ids


def test_a_known_value_on_few_people_is_not_shown_to_the_one_who_answers() -> None:
    sheet = given_form(
        told("LARKAN", "81", "I01", people=14),
        told("LARKAN", "90", "I01", Sex.WOMEN, people=10),
        told("LARKAN", "60", "I01", Sex.MEN, people=4),
    )
    shown = {row.field: row.text for row in sheet.rows if isinstance(row, Given)}
    assert shown == {"I01.total": "81,0\xa0%", "I01.women": TOO_FEW, "I01.men": TOO_FEW}


def test_a_question_that_another_system_answers_is_shown_and_can_be_disputed() -> None:
    sheet = given_form(told("LARKAN", 3, "complaints.count"))
    ids = {field.id for field in sheet.fields()}
    assert "complaints.dispute" in ids
    assert "complaints.count" not in ids


def test_a_dispute_comes_back_from_the_workbook_and_nothing_else_of_a_locked_value() -> None:
    kind = replace(T2, kind=Kind.VB)
    values = GivenValues((told("LARKAN", 17, "I02"),))
    forms = make_forms(UNIT, PLAN, CATALOGUE, kind, HISTORY, "VB 2026", 2026, DUE, DAY, given=values)
    form = next(form for form in forms if form.person == "anna")
    filled = fill_workbook(write_workbook(form), {"LARKAN": {"I02.dispute": "Vi hade 19."}})
    returned = read_workbook(filled, "svar.xlsx")
    assert returned.stray == ()
    reading = check_sheet(form.sheets[0], returned.scopes["LARKAN"])
    answer = reading.answers["I02.dispute"]
    assert (answer.state, answer.text) == (State.DISPUTED, "Vi hade 19.")
