"""A form out and in as a file: workbook or Word document with what is answered so far, and back again."""

import secrets

from starlette.responses import Response

from arshjul.adapters.returned_files import MAX_BYTES, read_returned
from arshjul.adapters.store.files import DOCX, XLSX
from arshjul.adapters.word_forms.writing import write_word_form
from arshjul.adapters.workbooks.filling import fill_workbook
from arshjul.adapters.workbooks.writing import write_workbook
from arshjul.errors import BadInput, Refused
from arshjul.form import Form
from arshjul.steps.answers.answering import PersonsForm
from arshjul.steps.answers.collecting import collect_file
from arshjul.steps.answers.saving import saved_answers
from arshjul.steps.cycle.output import write_whole
from arshjul.web.asking import Ask, Page
from arshjul.web.forms import PATH, base, hers
from arshjul.web.showing import go, show


def workbook(ask: Ask) -> Response:
    """The workbook with what has been saved filled in."""
    mine = hers(ask)
    return _file(ask, fill_workbook(write_workbook(mine.form), _written(ask, mine)), XLSX, "xlsx")


def document(ask: Ask) -> Response:
    """The Word document with what has been saved filled in."""
    mine = hers(ask)
    return _file(ask, write_word_form(mine.form, _written(ask, mine)), DOCX, "docx")


def take_in(ask: Ask) -> Response:
    """Take a filled-in file as if it had come by mail; the page says what became of it."""
    mine = hers(ask)
    upload = ask.files.get("file")
    if upload is None or not upload.content:
        raise BadInput("Välj en fil först.")
    if len(upload.content) > MAX_BYTES:
        raise BadInput(f"Filen är för stor. Den får vara högst {MAX_BYTES // 1_000_000} MB.")
    returned = read_returned(upload.content, "Filen")
    if returned.form_id != mine.form.id or ask.path["person"] not in ask.me.people:
        raise Refused("Filen är ett annat underlag än det här. Välj rätt fil och försök igen.")
    ending = "docx" if upload.name.lower().endswith(".docx") else "xlsx"
    inbox = ask.office.installation.settings.folders.inbox
    inbox.mkdir(parents=True, exist_ok=True)
    path = inbox / f"{_name(mine.form)} {secrets.token_hex(4)}.{ending}"
    write_whole(path, upload.content)
    done = collect_file(ask.office, path, ask.now)
    return show(ask, "taken_in.html.j2", form=mine.form, done=done, base=base(ask))


def to_overview(ask: Ask) -> Response:
    """The address of a file that was sent, opened anew: back to the form."""
    return go(base(ask))


def _written(ask: Ask, mine: PersonsForm) -> dict[str, dict[str, str]]:
    """What is saved, scope by scope; only fields that the form has."""
    written = {}
    with ask.office.database.reading() as session:
        for sheet in mine.form.sheets:
            saved = saved_answers(session, mine.cycle_id, sheet.scope)
            known = {field.id for field in sheet.fields() if not field.secret or ask.me.is_strong}
            written[sheet.scope] = {
                field: answer.value for field, answer in saved.items() if answer.value and field in known
            }
    return written


def _name(form: Form) -> str:
    return f"Underlag {form.cycle} {form.person}"


def _file(ask: Ask, content: bytes, media_type: str, ending: str) -> Response:
    key = ask.its_key
    disposition = {
        "Content-Disposition": f'attachment; filename="Underlag-{key.slug}-{key.unit_code}.{ending}"'
    }
    return Response(content, media_type=media_type, headers=disposition)


PAGES = (
    Page(f"{PATH}/arbetsbok", workbook),
    Page(f"{PATH}/dokument", document),
    Page(f"{PATH}/fil", to_overview),
    Page(f"{PATH}/fil", take_in, method="POST"),
)
