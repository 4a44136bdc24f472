"""Filling in a form workbook as a person does in Excel, and leaving the rest as it is.

Used where a form is handed out with what has been answered so far (the portal), and where answers are given
without a person: the demo, the year's simulation, tests. Never by the steps that collect answers.
"""

import io
import re
from collections.abc import Mapping
from datetime import date

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from arshjul.adapters.workbooks.layout import (
    ABOUT_SHEET,
    ANSWER,
    HEADER_ROW,
    ID,
    SCOPE_MARK,
    TITLE_ROW,
)

Written = str | int | float | date

# What Excel lets nobody type in and the file format cannot hold.
_UNTYPABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def fill_workbook(data: bytes, answers: Mapping[str, Mapping[str, Written]]) -> bytes:
    """The workbook with `answers` (scope -> field id -> what is written) in its answer cells.

    KeyError for a scope or a field that the workbook does not have: the caller made the answers up.
    """
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheets = {_scope(sheet): sheet for sheet in book.worksheets if sheet.title != ABOUT_SHEET}
    for scope, given in answers.items():
        _fill(sheets[scope], given)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _scope(sheet: Worksheet) -> str:
    mark = str(sheet.cell(TITLE_ROW + 1, ID + 1).value)
    return mark.removeprefix(SCOPE_MARK) if mark.startswith(SCOPE_MARK) else f"utan märke: {sheet.title}"


def _fill(sheet: Worksheet, given: Mapping[str, Written]) -> None:
    rows = {
        str(sheet.cell(row, ID + 1).value): row
        for row in range(HEADER_ROW + 2, sheet.max_row + 1)
        if sheet.cell(row, ID + 1).value
    }
    for field_id, value in given.items():
        cell = sheet.cell(rows[field_id], ANSWER + 1)
        if isinstance(value, str):
            cell.value = _UNTYPABLE.sub("", value)
            cell.data_type = "s"  # "=1+1" stays the text that was written
        else:
            form = cell.number_format
            cell.value = value
            cell.number_format = form
