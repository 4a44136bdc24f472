"""The marks that a form workbook bears, shared by writer, reader and filler.

Every field's row carries the field's id in a hidden column, every sheet its scope, and a sheet that Excel
does not offer to show says which form it is. So the reader finds its way when sheets have been renamed,
or rows and columns inserted or sorted. Nothing here is read by people but `ANSWER_HEADER`.
"""

SCHEMA = 1  # raise it when a reader of today could misread a workbook of tomorrow

ABOUT_SHEET = "_arshjul"  # very hidden: key and value in the first two columns, lists to choose from after
LIST_COLUMN = 3  # the first column of lists on it
READ_FIRST_SHEET = "Läs först"

SCOPE_MARK = "arshjul-blad "  # followed by the scope, in the id column above the fields
IDS_MARK = "arshjul-id"  # heads the id column
ANSWER_HEADER = "Ert svar"  # heads the column of answers

ID, LABEL, EARLIER, ANSWER, INSTRUCTION = range(5)  # columns
TITLE_ROW, SUBTITLE_ROW, HEADER_ROW = range(3)

CELL_LIMIT = 32_767  # characters in one cell, by Excel's own rule


def cell_name(row: int, column: int) -> str:
    """The name that people see, from indices that begin at 0 ("D14")."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"
