"""Writing, filling in and reading back; files that are no good are in test_workbook_guard.py."""

import io
import re
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from arshjul.adapters.workbooks.filling import fill_workbook
from arshjul.adapters.workbooks.layout import ABOUT_SHEET, cell_name
from arshjul.adapters.workbooks.reading import read_workbook
from arshjul.adapters.workbooks.writing import sheet_names, write_workbook
from arshjul.answers import ReturnedForm
from arshjul.cell_checking import clean
from arshjul.form import Field, FieldKind, Form, Info, Prefill, Sheet
from arshjul.form_checking import check_sheet
from arshjul.plan import Kind
from tests.unit.form_sample import DUE, annas_form
from tests.unit.test_answers import COMPLETE
from tests.unit.workbook_parts import changed

FORM = annas_form()
BLANK = write_workbook(FORM)


def written(returned: ReturnedForm, scope: str = "LARKAN") -> dict[str, object]:
    """What stands in the fields of one sheet."""
    return {key: cell.value for key, cell in returned.scopes[scope].items() if cell.value is not None}


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def saved(book: openpyxl.Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def row_of(sheet: Worksheet, field_id: str) -> int:
    return next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == field_id)


def test_the_same_form_gives_the_same_bytes():
    assert write_workbook(annas_form()) == BLANK


def test_a_workbook_that_nobody_has_touched_knows_its_form_and_holds_no_answers():
    returned = read_workbook(BLANK, "fil.xlsx")
    assert (returned.form_id, returned.number, returned.kind) == ("SOL T2 2026 anna", 1, Kind.T2)
    assert (returned.unit_code, returned.cycle, returned.year, returned.person) == (
        *("SOL", "T2 2026", 2026, "anna"),
    )
    assert set(returned.scopes) == {"LARKAN", "HUMLAN"}
    assert all(
        check_sheet(sheet, returned.scopes[sheet.scope]).empty
        and set(returned.scopes[sheet.scope]) == {field.id for field in sheet.fields()}
        for sheet in FORM.sheets
    )


def test_what_is_filled_in_is_read_back_with_the_place_of_every_cell():
    returned = read_workbook(fill_workbook(BLANK, {"LARKAN": COMPLETE}), "fil.xlsx")  # type: ignore[dict-item]
    assert written(returned) == COMPLETE
    assert written(returned, "HUMLAN") == {}
    row = row_of(opened(BLANK)["Ateljé Lärkan"], "I02.total")
    assert returned.scopes["LARKAN"]["I02.total"].place == f"bladet Ateljé Lärkan, cell D{row}"
    reading = check_sheet(FORM.sheets[0], returned.scopes["LARKAN"])
    assert reading.ready
    assert reading.faults == ()


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    text=st.text(max_size=300),
    number=st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12),
    count=st.integers(0, 10**9),
    day=st.dates(date(2000, 1, 1), date(2100, 12, 31)),
)
def test_arbitrary_texts_and_numbers_survive_the_way_through_a_workbook(
    text: str, number: float, count: int, day: date
):
    given_answers = {"G1.analysis": text, "I01.women": number, "I02.total": count, "apt.date": day}
    cells = read_workbook(fill_workbook(BLANK, {"LARKAN": given_answers}), "fil.xlsx").scopes["LARKAN"]
    assert clean(str(cells["G1.analysis"].value or "")) == clean(text)
    assert cells["I01.women"].value == pytest.approx(number, rel=1e-14)  # a spreadsheet keeps fifteen figures
    assert cells["I02.total"].value == count
    assert cells["apt.date"].value == day


def test_a_text_that_looks_like_a_formula_stays_text_on_the_way_in_and_out():
    trick = '=HYPERLINK("http://example.com";"Klicka")'
    form = replace(
        FORM,
        sheets=(
            Sheet(
                "X",
                trick,
                (
                    Info(trick, trick),
                    Field("G1.analysis", FieldKind.TEXT, trick, trick, earlier=Prefill("T1", trick)),
                ),
            ),
        ),
    )
    data = write_workbook(form)
    kinds = {cell.data_type for sheet in opened(data) for line in sheet.iter_rows() for cell in line}
    assert kinds <= {"s", "n"}
    returned = read_workbook(fill_workbook(data, {"X": {"G1.analysis": trick}}), "fil.xlsx")
    assert written(returned, "X") == {"G1.analysis": trick}


def test_a_formula_gives_the_value_that_the_spreadsheet_worked_out():
    book = opened(BLANK)
    sheet = book["Ateljé Lärkan"]
    sheet.cell(row_of(sheet, "I02.total"), 4).value = "=12+19"
    sheet.cell(row_of(sheet, "I04.men"), 4).value = "=1/0"
    sheet.cell(row_of(sheet, "G1.analysis"), 4).value = '=HYPERLINK("http://x.example","Klicka")'
    worked_out = {
        b"12+19": (b"", b"31"),
        b"1/0": (b' t="e"', b"#DIV/0!"),
        b"HYPERLINK": (b' t="str"', b"Klicka"),
    }

    def work_out(xml: bytes) -> bytes:
        for start, (kind, value) in worked_out.items():
            form = rb'<c (r="D\d+" s="\d+")><f>(' + re.escape(start) + rb"[^<]*)</f><v></v>"
            xml = re.sub(form, rb"<c \1" + kind + rb"><f>\2</f><v>" + value + b"</v>", xml)
        return xml

    data = changed(saved(book), "xl/worksheets/sheet2.xml", work_out)
    returned = written(read_workbook(data, "fil.xlsx"))
    assert returned == {"I02.total": 31, "I04.men": "#DIV/0!", "G1.analysis": "Klicka"}


def test_a_share_that_the_spreadsheet_turned_into_per_cent_is_read_as_it_was_written():
    book = opened(BLANK)
    sheet = book["Ateljé Lärkan"]
    cell = sheet.cell(row_of(sheet, "I01.women"), 4)
    cell.value, cell.number_format = 0.117, "0.0%"
    assert written(read_workbook(saved(book), "fil.xlsx")) == {"I01.women": "11,7 %"}


def test_fields_are_found_when_rows_and_columns_have_been_inserted_and_sheets_renamed():
    book = opened(fill_workbook(BLANK, {"LARKAN": {"I02.total": 31, "apt.date": date(2026, 10, 8)}}))
    sheet = book["Ateljé Lärkan"]
    sheet.title = "Lärkan klar"
    sheet.insert_rows(6, 3)
    sheet.insert_cols(3)
    returned = read_workbook(saved(book), "fil.xlsx")
    assert written(returned) == {"I02.total": 31, "apt.date": date(2026, 10, 8)}
    assert returned.scopes["LARKAN"]["I02.total"].place.startswith("bladet Lärkan klar, cell E")


def test_what_is_written_beside_the_fields_is_kept():
    book = opened(fill_workbook(BLANK, {"LARKAN": {"I02.total": 31}}))
    sheet = book["Ateljé Lärkan"]
    sheet.cell(sheet.max_row + 2, 4).value = "Ring mig om detta"
    copy = book.copy_worksheet(sheet)
    copy.cell(row_of(copy, "I02.total"), 4).value = 99
    returned = read_workbook(saved(book), "fil.xlsx")
    assert written(returned) == {"I02.total": 31}
    assert [cell.value for cell in returned.stray] == ["Ring mig om detta", 99, "Ring mig om detta"]


def test_a_form_of_an_older_version_is_read_with_its_number():
    older = replace(
        FORM,
        number=3,
        sheets=(replace(FORM.sheets[0], rows=(Field("G7.status", FieldKind.TEXT, "Borta", ""),)),),
    )
    returned = read_workbook(
        fill_workbook(write_workbook(older), {"LARKAN": {"G7.status": "Kvar"}}), "fil.xlsx"
    )
    assert returned.number == 3
    assert written(returned) == {"G7.status": "Kvar"}


def test_only_the_answers_are_open_and_the_ids_are_out_of_sight():
    sheet = opened(BLANK)["Ateljé Lärkan"]
    open_cells = {
        cell.coordinate for line in sheet.iter_rows() for cell in line if not cell.protection.locked
    }
    fields = sum(1 for _ in FORM.sheets[0].fields())
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    assert len(open_cells) == fields
    assert {coordinate[0] for coordinate in open_cells} == {"D"}
    assert sheet.column_dimensions["A"].hidden
    assert opened(BLANK)[ABOUT_SHEET].sheet_state == "veryHidden"


def test_choices_numbers_and_dates_are_held_to_by_the_spreadsheet_itself():
    sheet = opened(BLANK)["Ateljé Lärkan"]
    rules = {
        str(sheet.cell(int(str(cell.min_row)), 1).value): rule.type
        for rule in sheet.data_validations.dataValidation
        for cell in rule.sqref.ranges
    }
    wanted = {FieldKind.CHOICE: "list", FieldKind.NUMBER: "decimal", FieldKind.DATE: "date"}
    assert rules == {f.id: wanted[f.kind] for f in FORM.sheets[0].fields() if f.kind in wanted}
    assert all(rule.error and len(rule.error) <= 255 for rule in sheet.data_validations.dataValidation)


def test_filling_in_leaves_locks_lists_and_layout_as_they_were():
    before, after = opened(BLANK), opened(fill_workbook(BLANK, {"LARKAN": {"G1.status": "Inga data"}}))
    for name in before.sheetnames:
        assert after[name].protection.sheet == before[name].protection.sheet
        assert len(after[name].data_validations.dataValidation) == len(
            before[name].data_validations.dataValidation
        )
        assert after[name].freeze_panes == before[name].freeze_panes
        assert after[name].merged_cells.ranges == before[name].merged_cells.ranges


@pytest.mark.parametrize(
    ("titles", "names"),
    [
        (["Ekonomi/personal: 2026"], ["Ekonomi personal 2026"]),
        (["A" * 40, "A" * 41], ["A" * 31, "A" * 27 + " (2)"]),
        (["Läs först", "läs FÖRST"], ["Läs först (2)", "läs FÖRST (3)"]),
        (["'", "History"], [" (2)", "History (2)"]),
    ],
)
def test_every_sheet_has_a_name_of_its_own_that_excel_allows(titles: list[str], names: list[str]):
    sheets = tuple(Sheet(str(number), title, ()) for number, title in enumerate(titles))
    assert list(sheet_names(replace(FORM, sheets=sheets)).values()) == names


def test_a_long_text_from_last_time_is_shown_whole():
    long = " ".join(f"Mening {number} om det som hände i våras." for number in range(400))
    rows = (Field("G1.analysis", FieldKind.TEXT, "Analys", "", earlier=Prefill("T1 2026", long)),)
    form = Form(
        *("T2 2026", Kind.T2, 2026, "SOL", "Solgläntan", "anna", 1, DUE), sheets=(Sheet("X", "Blad", rows),)
    )
    sheet = opened(write_workbook(form))["Blad"]
    shown = " ".join(str(sheet.cell(row, 3).value) for row in range(4, sheet.max_row + 1))
    assert shown == f"T1 2026: {long}"
    assert all((sheet.row_dimensions[row].height or 15) <= 409 for row in range(1, sheet.max_row + 1))


@pytest.mark.parametrize(
    ("row", "column", "name"), [(0, 0, "A1"), (13, 3, "D14"), (9, 26, "AA10"), (0, 701, "ZZ1")]
)
def test_cells_are_named_as_people_see_them(row: int, column: int, name: str):
    assert cell_name(row, column) == name
