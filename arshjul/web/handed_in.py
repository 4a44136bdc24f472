"""The versions that were handed in of a part, each to read as it came."""

from itertools import groupby

from starlette.responses import Response

from arshjul.errors import BadInput
from arshjul.steps.answers.versions_handed_in import answers_of_version, versions_handed_in
from arshjul.web.asking import Ask, Page
from arshjul.web.forms import PATH, base, hers
from arshjul.web.showing import show


def versions(ask: Ask) -> Response:
    """All versions of a part, the newest first."""
    return _show(ask, None)


def one_version(ask: Ask) -> Response:
    """What one version says."""
    number = ask.path["version"]
    if not (number.isascii() and number.isdecimal() and len(number) < 6):
        raise BadInput("Versionen finns inte.")
    return _show(ask, int(number))


def _show(ask: Ask, number: int | None) -> Response:
    mine = hers(ask)
    sheet = mine.form.sheet(ask.path["scope"])
    if sheet is None:
        raise BadInput("Delen finns inte i underlaget.")
    found = versions_handed_in(ask.office, ask.its_key, sheet.scope)
    if number is not None and number not in [version.number for version in found]:
        raise BadInput("Versionen finns inte.")
    answers = (
        answers_of_version(ask.office, ask.its_key, sheet.scope, number, secret=ask.me.is_strong)
        if number is not None
        else []
    )
    return show(
        ask,
        "versions.html.j2",
        form=mine.form,
        sheet=sheet,
        versions=found,
        number=number,
        sections=[(title, list(rows)) for title, rows in groupby(answers, key=lambda row: row.page)],
        base=base(ask),
    )


PAGES = (
    Page(f"{PATH}/{{scope}}/versioner", versions),
    Page(f"{PATH}/{{scope}}/versioner/{{version}}", one_version),
)
