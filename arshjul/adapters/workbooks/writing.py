"""Writing a form as an Excel workbook that a deputy can fill in without a manual.

One sheet to read first, then one sheet a scope. Only the answer cells are open. The same form gives the same
bytes. Reading is in `arshjul.adapters.workbooks.reading`. Called by the step that makes the forms of a cycle.
"""

import io
from datetime import datetime

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from arshjul.adapters.workbooks.cell_rules import ChoiceLists
from arshjul.adapters.workbooks.guidance import write_read_first
from arshjul.adapters.workbooks.layout import ABOUT_SHEET, READ_FIRST_SHEET, SCHEMA
from arshjul.adapters.workbooks.scope_sheet import ScopeSheet
from arshjul.adapters.workbooks.style import PROTECTION, styles
from arshjul.form import Form

_FORBIDDEN_IN_SHEET_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def write_workbook(form: Form) -> bytes:
    """The form as the bytes of an .xlsx file."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(
        target,
        {
            "in_memory": True,
            # What people wrote stays text, also where it looks like a formula, a link or a number.
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties(
        {
            "title": f"Underlag {form.cycle}, {form.unit_name}",
            "author": "Årshjul",
            "created": datetime(form.year, 1, 1),  # noqa: DTZ001 - a fixed date: same form, same bytes
        }
    )
    looks = styles(book)
    names = sheet_names(form)
    first = book.add_worksheet(READ_FIRST_SHEET)
    sheets = [(sheet, book.add_worksheet(names[sheet.scope])) for sheet in form.sheets]
    about = book.add_worksheet(ABOUT_SHEET)
    about.very_hidden()
    lists = ChoiceLists(about)
    write_read_first(first, form, names, looks)
    for sheet, page in sheets:
        ScopeSheet(page, form, sheet, looks, lists).write()
    _write_about(about, form, names)
    first.activate()
    book.close()
    return target.getvalue()


def sheet_names(form: Form) -> dict[str, str]:
    """The name of each scope's sheet: its title as far as Excel allows, every name once."""
    names: dict[str, str] = {}
    taken = {READ_FIRST_SHEET.lower(), ABOUT_SHEET, "history", ""}
    for sheet in form.sheets:
        plain = " ".join(sheet.title.translate(_FORBIDDEN_IN_SHEET_NAMES).split()).strip("'")
        name = plain[:31].strip(" '")
        count = 2
        while name.lower() in taken:
            ending = f" ({count})"
            name = plain[: 31 - len(ending)].strip(" '") + ending
            count += 1
        taken.add(name.lower())
        names[sheet.scope] = name
    return names


def _write_about(page: Worksheet, form: Form, names: dict[str, str]) -> None:
    facts = {
        "schema": str(SCHEMA),
        "form_id": form.id,
        "number": str(form.number),
        "unit_code": form.unit_code,
        "cycle": form.cycle,
        "kind": form.kind.value,
        "year": str(form.year),
        "person": form.person,
        **{f"sheet {scope}": name for scope, name in names.items()},
    }
    for row, (key, value) in enumerate(facts.items()):
        page.write_string(row, 0, key)
        page.write_string(row, 1, value)
    page.protect("", PROTECTION)
