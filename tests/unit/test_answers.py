# ruff: noqa: DTZ001 - the dates of a spreadsheet have no zone
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arshjul.answers import Answer, Fault, RawCell, Reading, ReturnedForm, State
from arshjul.cell_checking import check_cell, clean
from arshjul.form import Field, FieldKind, Sheet
from arshjul.form_checking import check_sheet, unplaced
from arshjul.numbers import format_number
from arshjul.plan import Kind
from tests.unit.form_sample import annas_form

SHEET = annas_form().sheets[0]
COMPLETE: dict[str, object] = {
    "form.ready": "Ja",
    "I01.women": 82.5,
    "I01.men": "78 %",
    "I01.women_respondents": 11,
    "I01.men_respondents": 9,
    "I02.total": 31.0,
    "G1.status": "Uppfylls helt",
    "G1.analysis": "Alla har valt en uppgift.",
    "A1.deviation": "Nej",
    "G2.status": "Uppfylls delvis",
    "G2.analysis": "Två har börjat praktik.",
    "I04.women": 0,
    "I04.men": 2,
    "complaints.count": 0,
    "apt.date": date(2026, 10, 8),
}


def check(changes: dict[str, object] | None = None, sheet: Sheet = SHEET) -> Reading:
    """The sheet filled in completely, with `changes`; None empties a cell."""
    given = COMPLETE | (changes or {})
    return check_sheet(
        sheet,
        {key: RawCell(value, f"cell {key}") for key, value in given.items()},  # type: ignore[arg-type]
    )


def fault(changes: dict[str, object]) -> Fault:
    """The only fault that `changes` make."""
    faults = check(changes).faults
    assert len(faults) == 1, faults
    return faults[0]


def test_a_complete_sheet_is_taken_without_a_word():
    reading = check()
    assert reading.ready
    assert not reading.empty
    assert reading.faults == ()
    assert reading.answers["I01.women"] == Answer("I01.women", State.VALUE, number=Decimal("82.5"))
    assert reading.answers["apt.date"].text == "2026-10-08"
    assert "form.ready" not in reading.answers


def test_zero_is_a_value():
    assert check().answers["I04.women"].number == 0
    assert check().answers["complaints.count"].state is State.VALUE


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("1 050", "1050"),
        ("1\N{NO-BREAK SPACE}050", "1050"),
        ("1.050", "1050"),
        ("12 st", "12"),
        (" 12 ", "12"),
        (12.0, "12"),
    ],
)
def test_numbers_are_read_as_people_write_them(written: object, number: str):
    assert check({"I02.total": written}).answers["I02.total"].number == Decimal(number)


@pytest.mark.parametrize(("written", "number"), [("11,7 %", "11.7"), ("11,7", "11.7"), (0.1 + 0.2, "0.3")])
def test_shares_are_read_exactly_as_they_were_meant(written: object, number: str):
    assert check({"I01.women": written}).answers["I01.women"].number == Decimal(number)


@pytest.mark.parametrize("written", ["ca 12", "tolv", "12 %", "12-14", True, datetime(2026, 3, 4)])
def test_what_is_no_number_is_sent_back_with_its_place_and_what_to_do(written: object):
    found = fault({"I02.total": written})
    assert found.place == "cell I02.total"
    assert found.message.startswith("Här ska det stå ett tal")


@pytest.mark.parametrize("field_id", ["G1.analysis", "I02.total", "G1.status"])
def test_an_error_that_the_spreadsheet_made_is_no_answer(field_id: str):
    assert "felet ”#NAME?”" in fault({field_id: "#NAME?"}).message


def test_a_fault_never_repeats_what_was_written_since_it_goes_out_in_a_letter() -> None:
    told = fault({"I02.total": "Anna var sjuk hela våren"})
    assert "Anna" not in told.message
    assert "Skriv bara talet" in told.message


def test_more_than_a_hundred_per_cent_is_a_fault():
    assert "högst 100\N{NO-BREAK SPACE}%" in fault({"I01.women": 120}).message


def test_a_number_below_the_least_is_a_fault():
    assert "minst 0" in fault({"I02.total": "-3"}).message


def test_a_count_has_no_decimals():
    assert "helt tal" in fault({"I02.total": 2.5}).message
    assert "helt tal" in fault({"I01.men_respondents": "9,5"}).message


def test_an_absurd_number_is_a_fault():
    assert "orimligt stort" in fault({"I02.total": 1e300}).message


def test_choices_forgive_case_and_spaces():
    assert check({"G1.status": "  uppfylls   HELT "}).answers["G1.status"].text == "Uppfylls helt"
    assert check({"A1.deviation": False}).answers["A1.deviation"].text == "Nej"


def test_another_choice_than_those_listed_is_a_fault_that_lists_them():
    assert fault({"A1.deviation": "Kanske"}).message == (
        "Svaret finns inte i listan. Välj ett av svaren: Ja, Nej."
    )


@pytest.mark.parametrize(
    "written",
    [
        *("2026-10-08", "2026-10-8", "20261008", "8/10 2026", "8 oktober 2026", "den 8 okt. 2026"),
        *(20261008.0, datetime(2026, 10, 8, 9, 30), date(2026, 10, 8), 46303),
    ],
)
def test_dates_are_read_as_people_write_them(written: object):
    assert check({"apt.date": written}).answers["apt.date"].text == "2026-10-08"


@pytest.mark.parametrize("written", ["i höst", "2026-02-30", 12, "8/10", datetime(1899, 12, 31)])
def test_what_is_no_date_is_a_fault(written: object):
    assert "är inget datum" in fault({"apt.date": written}).message


def test_a_status_without_an_analysis_names_the_goal():
    found = fault({"G1.analysis": None})
    assert found.field == "G1.analysis"
    assert "Det finns en bedömning men ingen analys" in found.message
    assert "Deltagarna väljer själva sina uppgifter" in found.message


def test_a_deviation_needs_its_comment():
    assert fault({"A1.deviation": "Ja"}).field == "A1.comment"
    assert check({"A1.deviation": "Ja", "A1.comment": "Bildstödet är försenat."}).faults == ()


def test_a_goal_that_does_not_concern_them_sets_aside_everything_that_hangs_on_it():
    reading = check({"G2.status": "Berör inte oss", "G2.analysis": None, "I04.women": None, "I04.men": None})
    assert reading.faults == ()
    assert reading.answers["G2.status"].state is State.NOT_APPLICABLE


def test_a_goal_that_does_not_concern_them_sets_aside_no_other_goal():
    assert fault({"G2.status": "Berör inte oss", "G1.analysis": None}).field == "G1.analysis"


@pytest.mark.parametrize(
    ("chosen", "state"),
    [
        ("Mäts inte nu", State.NOT_MEASURED),
        ("berör inte oss", State.NOT_APPLICABLE),
        ("Inga data", State.NO_DATA),
    ],
)
def test_a_reason_stands_instead_of_a_value(chosen: str, state: State):
    reading = check({"I02.total": None, "I02.state": chosen})
    assert reading.faults == ()
    assert reading.answers["I02.state"].state is state
    assert "I02.total" not in reading.answers


def test_a_value_and_a_reason_for_having_none_do_not_go_together():
    assert "Ta bort det ena" in fault({"I02.state": "Inga data"}).message


def test_a_missing_value_says_where_and_that_a_reason_can_be_chosen():
    message = fault({"I02.total": None}).message
    assert "Antal samråd med deltagare" in message
    assert "”Om värde saknas”" in message


def test_a_sex_that_nobody_belongs_to_has_no_value():
    assert check({"I01.women": None, "I01.women_respondents": 0}).faults == ()
    assert "antalet som svarat är 0" in fault({"I01.women_respondents": 0}).message


def number(field_id: str) -> Field:
    return Field(field_id, FieldKind.NUMBER, field_id, "")


def test_women_and_men_are_no_more_than_everybody():
    sheet = Sheet(
        "X", "X", tuple(number(f"I9.{p}") for p in ("respondents", "women_respondents", "men_respondents"))
    )
    cells = {"I9.respondents": 10, "I9.women_respondents": 7, "I9.men_respondents": 5}
    reading = check_sheet(sheet, {key: RawCell(value, key) for key, value in cells.items()})
    assert [(f.field, "tillsammans 12" in f.message) for f in reading.faults] == [("I9.respondents", True)]


@pytest.mark.parametrize(
    ("total", "women", "men", "agrees"),
    [(12, 7, 5, True), (6, 7, 5, True), (13, 7, 5, False), (4, 7, 5, False)],
)
def test_a_total_is_the_sum_of_its_parts_or_lies_between_them(total: int, women: int, men: int, agrees: bool):
    sheet = Sheet("X", "X", tuple(number(f"I9.{part}") for part in ("total", "women", "men")))
    cells = {"I9.total": total, "I9.women": women, "I9.men": men}
    reading = check_sheet(sheet, {key: RawCell(value, key) for key, value in cells.items()})
    assert (reading.faults == ()) is agrees


def test_a_sheet_that_is_not_marked_ready_says_so():
    assert not check({"form.ready": None}).ready
    assert not check({"form.ready": "nej"}).ready


def test_a_sheet_with_nothing_in_it_is_empty_and_has_no_faults():
    reading = check_sheet(SHEET, {"G1.analysis": RawCell("  \n", "cell D9")})
    assert reading == Reading("LARKAN", {}, (), ready=False, empty=True)


def test_an_empty_sheet_that_is_marked_ready_is_still_empty_and_is_not_let_through():
    reading = check_sheet(SHEET, {"form.ready": RawCell("Ja", "cell D5")})
    assert reading.empty
    assert {"G1.status", "I02.total", "apt.date"} <= {fault.field for fault in reading.faults}


def test_every_fault_of_a_sheet_is_found_at_once_in_the_order_of_the_sheet():
    faults = check({"I02.total": "ca 12", "G1.analysis": None, "apt.date": "snart"}).faults
    assert [fault.field for fault in faults] == ["I02.total", "G1.analysis", "apt.date"]


def test_what_an_older_form_asked_for_and_the_newest_does_not_is_kept_aside():
    returned = ReturnedForm(
        *("fil.xlsx", "SOL T2 2026 anna", 1, "SOL", "T2 2026", Kind.T2, 2026, "anna"),
        scopes={
            "LARKAN": {"G1.status": RawCell("Inga data", "a"), "G7.analysis": RawCell("Kvar", "b")},
            "STANGD": {"G1.analysis": RawCell("Också kvar", "c"), "G1.status": RawCell(None, "d")},
        },
    )
    assert [(u.scope, u.field, u.cell.value) for u in unplaced(annas_form(), returned)] == [
        ("LARKAN", "G7.analysis", "Kvar"),
        ("STANGD", "G1.analysis", "Också kvar"),
    ]


def test_text_is_kept_without_what_cannot_be_printed():
    assert clean("a\N{COMBINING RING ABOVE}\x00 b\x1b\r\n\tc \x85") == "å b\n c"


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str):
    assert clean(clean(text)) == clean(text)


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_every_number_in_swedish_form_is_read_back(number: Decimal):
    asked = Field("I1.total", FieldKind.NUMBER, "Utfall", "")
    found = check_cell(asked, RawCell(format_number(number, 2), "cell D1"))
    assert isinstance(found, Answer)
    assert found.number == number


@given(st.one_of(st.text(), st.floats(), st.integers(), st.booleans(), st.dates(), st.datetimes()))
def test_whatever_stands_in_a_cell_is_an_answer_or_a_fault(value: object):
    for field in SHEET.fields():
        found = check_cell(field, RawCell(value, "cell D1"))  # type: ignore[arg-type]
        assert found is None or isinstance(found, Answer | Fault)
