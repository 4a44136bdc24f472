"""The figures of a report as CSV and XLSX, for whoever reckons on. What may be in them is the caller's.

CSV as Excel in Swedish opens it: semicolons, a byte order mark. No text becomes a formula in either.
"""

import csv
import io
from collections.abc import Sequence

import xlsxwriter

Rows = Sequence[Sequence[str]]
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(heads: Sequence[str], rows: Rows) -> bytes:
    """A UTF-8 file with a byte order mark; what would be read as a formula bears an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([_inert(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def as_xlsx(title: str, heads: Sequence[str], rows: Rows) -> bytes:
    """One sheet, its first row a heading that stays."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("".join(c for c in title if c not in "[]:*?/\\")[:31])
        bold = book.add_format({"bold": True})
        for column, head in enumerate(heads):
            sheet.write_string(0, column, head, bold)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell)
        sheet.freeze_panes(1, 0)
        sheet.autofit()
    return out.getvalue()


def _inert(cell: str) -> str:
    is_number = cell[1:2].isdigit() and cell[:1] in "-+"
    return f"'{cell}" if cell.startswith(_FORMULA) and not is_number else cell
