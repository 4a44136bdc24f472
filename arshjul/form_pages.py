"""A sheet cut into pages: one goal with all that hangs on it, or one section's questions, at a time.

The portal shows a page; the workbook shows the whole sheet. Both are the same rows. Pure.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from arshjul.form import READY, Field, Heading, Info, Row, Sheet
from arshjul.form_making import HANGS_ABOVE


@dataclass(frozen=True, slots=True)
class FormPage:
    """One page of a sheet. `number` counts from 1 within the sheet.

    `above` is the part of the form that it stands in (the board's goal), `context` what is said of it.
    """

    number: int
    title: str
    above: str = ""
    context: tuple[Info, ...] = ()
    rows: tuple[Row, ...] = ()

    def fields(self) -> Iterator[Field]:
        """The fields of the page, in order."""
        return (row for row in self.rows if isinstance(row, Field))


class ThisSheet:
    """A sheet as the key of what has been worked out of it: told by which it is, not by its many rows."""

    __slots__ = ("sheet",)

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ThisSheet) and self.sheet is other.sheet

    def __hash__(self) -> int:
        return id(self.sheet)


def pages(sheet: Sheet) -> tuple[FormPage, ...]:
    """The pages that ask for something; the mark of readiness (klarmarkera) is on none of them."""
    return _pages(ThisSheet(sheet))


@lru_cache(maxsize=512)
def _pages(this: ThisSheet) -> tuple[FormPage, ...]:
    asking = [page for page in _cut(this.sheet) if any(page.fields())]
    return tuple(replace(page, number=number) for number, page in enumerate(asking, start=1))


def _cut(sheet: Sheet) -> Iterator[FormPage]:
    """The rows between one heading of the two highest levels and the next."""
    page = FormPage(0, sheet.title)
    part = page  # what the page stands in
    for row in sheet.rows:
        if isinstance(row, Heading) and row.level <= 2:
            yield page
            if row.level == 1:
                part = page = FormPage(0, row.text)
            else:
                infos = tuple(r for r in part.rows if isinstance(r, Info))
                above, title = (
                    ("", f"{part.title} – att följa upp")
                    if row.text == HANGS_ABOVE
                    else (part.title, row.text)
                )
                page = FormPage(0, title, above, infos)
        elif not (isinstance(row, Field) and row.id == READY):
            page = replace(page, rows=(*page.rows, row))
            if part.title == page.title and not page.above:
                part = page
    yield page
