"""A workplace's sheet for its meeting on a report, as a page and on paper. Reads only."""

from datetime import datetime

import pypdfium2

from arshjul.adapters.reports.html import render_html
from arshjul.adapters.reports.pdf import render_pdf
from arshjul.compilation import compile_cycle
from arshjul.cycle import CycleKey
from arshjul.errors import Refused
from arshjul.office import Office
from arshjul.report.apt_sheet import apt_sheet
from arshjul.report.blocks import Report
from arshjul.steps.cycle.cycles import progress
from arshjul.steps.duties.actions import actions_in
from arshjul.steps.figures.gathering import gather
from arshjul.wheel import local_day

ROWS = (8, 6, 4, 2, 0)  # tried in turn, until it is one page


def sheet_of(office: Office, key: CycleKey, scope: str, now: datetime) -> list[Report]:
    """The sheet, and shorter ones; Refused before the report is approved."""
    with office.database.reading() as session:
        if not progress(session, key).approved:
            raise Refused("Bladet till APT finns när rapporten är godkänd.")
        data, _ = gather(office, key, session)
        promises = [a for a in actions_in(session, key.unit_code) if a.is_open and a.subunit in (scope, "")]
    promises.sort(key=lambda action: (action.due is None, action.due, action.id))
    if scope not in {subunit.code for subunit in data.asked_subunits}:
        raise Refused("Verksamheten har inget blad i den här rapporten.")
    compiled = compile_cycle(data)
    return [apt_sheet(compiled, scope, promises, local_day(now), most_rows=rows) for rows in ROWS]


def sheet_page(office: Office, key: CycleKey, scope: str, now: datetime) -> bytes:
    """As a page of its own."""
    return render_html(sheet_of(office, key, scope, now)[0])


def sheet_on_paper(office: Office, key: CycleKey, scope: str, now: datetime) -> bytes:
    """As a PDF of one page: rows of the table go until it is."""
    made = b""
    for sheet in sheet_of(office, key, scope, now):
        made = render_pdf(sheet)
        if len(pypdfium2.PdfDocument(made)) == 1:
            break
    return made
