"""A report's figures to download, as XLSX and CSV: of the draft, and of each approved version."""

from starlette.responses import Response

from arshjul.access import Deed
from arshjul.adapters.data_files import as_csv, as_xlsx
from arshjul.adapters.store.files import XLSX
from arshjul.errors import BadInput
from arshjul.steps.figures.report_data import HEADS, report_data
from arshjul.web.asking import Ask, Page
from arshjul.web.cycles import PATH


def of_draft(ask: Ask) -> Response:
    """The draft's figures."""
    return _file(ask, None)


def of_version(ask: Ask) -> Response:
    """An approved version's figures."""
    number = ask.path["version"]
    if not (number.isascii() and number.isdecimal() and len(number) < 6):
        raise BadInput("Versionen finns inte.")
    return _file(ask, int(number))


def _file(ask: Ask, version: int | None) -> Response:
    ending = ask.path["ending"]
    data = report_data(ask.office, ask.its_key, version)
    if data is None or ending not in ("csv", "xlsx"):
        raise BadInput("Filen finns inte.")
    rows = [datum.row for datum in data]
    key = ask.its_key
    name = f"{key.slug}-{key.unit_code}-{f'v{version}' if version else 'utkast'}.{ending}"
    content, media = (
        (as_csv(HEADS, rows), "text/csv; charset=utf-8")
        if ending == "csv"
        else (as_xlsx(str(key), HEADS, rows), XLSX)
    )
    return Response(
        content, media_type=media, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


PAGES = (
    Page(f"{PATH}/utkast/data/{{ending}}", of_draft, Deed.SEE_DRAFT),
    Page(f"{PATH}/version/{{version}}/data/{{ending}}", of_version, Deed.SEE_REPORT),
)
