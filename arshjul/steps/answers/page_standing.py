"""How far each page of a form has come by what is saved, held to everything that handing in demands.

Called by the portal, by the page of a cycle and where letters say what is missing.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from arshjul.answers import Fault, RawCell
from arshjul.form import READY, YES, Sheet
from arshjul.form_checking import check_sheet
from arshjul.form_pages import FormPage, pages
from arshjul.steps.answers.saving import Saved, cells_of

MARKED = RawCell(YES, "klarmarkeringen")


@dataclass(frozen=True, slots=True)
class PageStanding:
    """How far a page has come: `missing` answers that are required, `faults` in those that are given."""

    page: FormPage
    missing: int
    faults: tuple[Fault, ...]
    begun: bool

    @property
    def words(self) -> str:
        """In two or three words."""
        if wrong := len(self.faults) - self.missing:
            return f"{wrong} att rätta"
        if not self.missing:
            return "klar" if self.begun else "får lämnas tom"
        return f"{self.missing} kvar" if self.begun else "inte påbörjad"


def page_standings(sheet: Sheet, saved: Mapping[str, Saved]) -> tuple[PageStanding, ...]:
    """How far each page of a sheet has come, held to everything that handing in demands."""
    said = {name for name, answer in saved.items() if answer.value}
    faults = check_sheet(sheet, {**cells_of(saved, places(sheet)), READY: MARKED}).faults
    made = []
    for page in pages(sheet):
        ids = {field.id for field in page.fields()}
        mine = tuple(fault for fault in faults if fault.field in ids)
        empty = [fault for fault in mine if fault.field not in said]
        begun = not said.isdisjoint(ids)
        made.append(PageStanding(page, len(empty), mine, begun))
    return tuple(made)


def places(sheet: Sheet) -> dict[str, str]:
    """Where each field stands, in words for a message."""
    return {
        field.id: f"”{field.label}” under ”{page.title}”" for page in pages(sheet) for field in page.fields()
    }
