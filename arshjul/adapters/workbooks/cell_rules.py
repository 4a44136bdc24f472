"""What Excel accepts in an answer's cell: a choice from a list, a number within bounds, a date.

Called by `arshjul.adapters.workbooks.scope_sheet` only.
"""

from datetime import datetime

from xlsxwriter.worksheet import Worksheet

from arshjul.adapters.workbooks.layout import ABOUT_SHEET, LIST_COLUMN, cell_name
from arshjul.form import Field, FieldKind


class ChoiceLists:
    """The lists of choices, each written once on the hidden sheet: a cell's own list holds 255 characters."""

    def __init__(self, page: Worksheet) -> None:
        self._page = page
        self._known: dict[tuple[str, ...], str] = {}

    def source(self, choices: tuple[str, ...]) -> str:
        """The formula that names where the list stands."""
        if choices not in self._known:
            column = LIST_COLUMN + len(self._known)
            for row, choice in enumerate(choices):
                self._page.write_string(row, column, choice)
            letters = cell_name(0, column)[:-1]
            self._known[choices] = f"={ABOUT_SHEET}!${letters}$1:${letters}${len(choices)}"
        return self._known[choices]


def cell_rule(field: Field, lists: ChoiceLists) -> dict[str, object]:
    """What is accepted in the field's cell, and what Excel says of anything else; empty for a text."""
    match field.kind:
        case FieldKind.CHOICE:
            return {
                "validate": "list",
                "source": lists.source(field.choices),
                "error_title": "Välj i listan",
                "error_message": "Klicka på pilen till höger om rutan och välj ett av svaren där.",
            }
        case FieldKind.NUMBER:
            return _number_rule(field)
        case FieldKind.DATE:
            return {
                "validate": "date",
                "criteria": "between",
                "minimum": datetime(2000, 1, 1),  # noqa: DTZ001 - Excel's days have no zone
                "maximum": datetime(2100, 12, 31),  # noqa: DTZ001
                "input_title": "Datum",
                "input_message": "Skriv datumet som år-månad-dag, till exempel 2026-09-15.",
                "error_title": "Här går bara ett datum",
                "error_message": "Skriv datumet som år-månad-dag, till exempel 2026-09-15.",
            }
        case FieldKind.TEXT:
            return {}


def _number_rule(field: Field) -> dict[str, object]:
    low, high = field.minimum, field.maximum
    least = -1e12 if low is None else low
    bounds: dict[str, object] = {"criteria": ">=", "value": least}
    said = "" if low is None else f" som är minst {low}"
    if high is not None:
        bounds = {"criteria": "between", "minimum": least, "maximum": high}
        said = f" som är högst {high}" if low is None else f" från {low} till {high}"
    return {
        "validate": "decimal",
        **bounds,
        "error_title": "Här går bara ett tal",
        "error_message": f"Skriv ett tal{said}, med decimalkomma och utan andra ord. "
        "Det du vill förklara skriver du i kommentaren.",
    }
