"""The page from which an approved report is entered into the city's own system, field by field.

Each field has a button that copies it and a box to tick when it is entered. What they are is
`arshjul.steps.report.city_system`.
"""

from starlette.responses import Response

from arshjul.access import Deed
from arshjul.adapters.store.files import DOCX
from arshjul.steps.report.city_system import package_document, package_of, tick
from arshjul.web.asking import Ask, Page
from arshjul.web.showing import cycle_path, go, show


def fields(ask: Ask) -> Response:
    """All fields in order, those that are entered marked."""
    return show(
        ask,
        "ils.html.j2",
        key=ask.its_key,
        unit=ask.its_unit,
        package=package_of(ask.office, ask.its_key),
        may_tick=ask.may(Deed.WRITE),
        base=cycle_path("/rapport", ask.its_key),
    )


def enter(ask: Ask) -> Response:
    """Tick one field off, or take the tick back."""
    field = ask.form.get("field", "")
    entered = ask.form.get("entered") == "ja"
    tick(ask.office, ask.its_key, field, ask.me.person.id, ask.now, entered=entered)
    number = ask.form.get("number", "")
    anchor = f"#falt-{number}" if number.isdecimal() else ""
    return go(cycle_path("/rapport", ask.its_key, "ils") + anchor)


def document(ask: Ask) -> Response:
    """The same as a Word document."""
    content = package_document(package_of(ask.office, ask.its_key))
    name = f"ILS-{ask.its_key.slug}-{ask.its_key.unit_code}.docx"
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=DOCX, headers=disposition)


PATH = "/rapport/{unit}/{cycle}/ils"
PAGES = (
    Page(PATH, fields, Deed.SEE_DRAFT),
    Page(PATH, enter, Deed.WRITE, method="POST"),
    Page(f"{PATH}/dokument", document, Deed.SEE_DRAFT),
)
