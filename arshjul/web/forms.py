"""A deputy's form: its overview, one page at a time, saving, and handing in.

A page can be saved with a button, or field by field by the script, through the same address. The workbook in
and out is `arshjul.web.form_files`.
"""

from datetime import date

from starlette.responses import JSONResponse, Response

from arshjul.access import Deed
from arshjul.answers import Fault, RawCell
from arshjul.cell_checking import check_cell
from arshjul.errors import BadInput, Refused
from arshjul.form import Field, Sheet
from arshjul.form_pages import FormPage, pages
from arshjul.steps.answers.answering import PersonsForm, SheetStanding, hand_in_saved, persons_form, standing
from arshjul.steps.answers.filling_in import Written, fill_in
from arshjul.steps.answers.handing_in import HandedIn
from arshjul.steps.answers.saving import Saved, saved_answers
from arshjul.steps.cycle.settled import dates_of
from arshjul.swedish_dates import swedish_time
from arshjul.web.asking import Ask, Page
from arshjul.web.showing import cycle_path, go, show

NEVER_SEEN = "0"


def overview(ask: Ask) -> Response:
    """All parts of the form, how far each has come, and what is left before it can be handed in."""
    mine = hers(ask)
    return _show_overview(ask, mine, None)


def one_page(ask: Ask) -> Response:
    """One goal or section: the instruction, what was written last time, and the fields."""
    mine, sheet, page = _place(ask)
    with ask.office.database.reading() as session:
        saved = saved_answers(session, mine.cycle_id, sheet.scope)
    return _show_page(ask, mine, sheet, page, saved, status=200)


def save_page(ask: Ask) -> Response:
    """Save the fields that were sent; the page again, or (to the script) what became of each."""
    mine, sheet, page = _place(ask)
    if not _may_write(ask):
        raise Refused("Det här underlaget är någon annans. Du kan läsa det men inte ändra.")
    written = {
        field.id: Written(
            ask.form[field.id],
            _number(ask.form.get(f"seen.{field.id}", NEVER_SEEN)),
            takes_earlier=ask.form.get("take") == field.id,
        )
        for field in page.fields()
        if field.id in ask.form
    }
    person = ask.me.person.id
    kept = fill_in(ask.office, mine, sheet, written, person, ask.now, secret=ask.me.is_strong)
    if ask.wants_json:
        return JSONResponse({key: _told(ask, page, answer) for key, answer in kept.items()})
    with ask.office.database.reading() as session:
        saved = saved_answers(session, mine.cycle_id, sheet.scope)
    faults = _faults(page, saved)
    if ask.form.get("then") == "next" and not faults and not any(answer.beside for answer in kept.values()):
        return go(_after(ask, mine, sheet, page))
    return _show_page(ask, mine, sheet, page, saved, status=200, just_saved=True)


def summary(ask: Ask) -> Response:
    """What is about to be handed in, and what stops it."""
    mine = hers(ask)
    return show(ask, "hand_in.html.j2", mine=mine, form=mine.form, sheets=_chosen(ask, mine), base=base(ask))


def hand_in(ask: Ask) -> Response:
    """Hand in (klarmarkera) every part that holds; say what is left in the others."""
    mine = hers(ask)
    if not _may_write(ask):
        raise Refused("Det här underlaget är någon annans. Du kan läsa det men inte lämna in det.")
    chosen = frozenset(s.sheet.scope for s in _chosen(ask, mine) if not s.faults)
    done = hand_in_saved(ask.office, ask.its_key, mine, chosen, ask.now)
    return _show_overview(ask, mine, done)


def hers(ask: Ask) -> PersonsForm:
    """The form of the path, where the visitor may see it: her own, or in a unit whose answers she sees."""
    person = ask.path["person"]
    found = persons_form(ask.office, ask.its_key, person)
    if found is None or not (person in ask.me.people or ask.may(Deed.SEE_ANSWERS)):
        raise BadInput("Underlaget finns inte, eller är inte ditt.")
    return found


def base(ask: Ask) -> str:
    """Where the form lies."""
    return cycle_path("/underlag", ask.its_key, ask.path["person"])


def _show_overview(ask: Ask, mine: PersonsForm, just: HandedIn | None) -> Response:
    return show(
        ask,
        "form.html.j2",
        mine=mine,
        form=mine.form,
        sheets=[standing(ask.office, mine, sheet) for sheet in mine.form.sheets],
        base=base(ask),
        just=just,
        figures_from=_figures_from(ask),
    )


def _figures_from(ask: Ask) -> date | None:
    """The day from which figures are filled in, where it has not come."""
    first = dates_of(ask.office, ask.its_key).figures_from
    return first.date() if first is not None and ask.now < first else None


def _may_write(ask: Ask) -> bool:
    return ask.path["person"] in ask.me.people


def _place(ask: Ask) -> tuple[PersonsForm, Sheet, FormPage]:
    mine = hers(ask)
    sheet = mine.form.sheet(ask.path["scope"])
    for page in pages(sheet) if sheet else ():
        if sheet and str(page.number) == ask.path["number"]:
            return mine, sheet, page
    raise BadInput("Sidan finns inte i underlaget.")


def _show_page(
    ask: Ask,
    mine: PersonsForm,
    sheet: Sheet,
    page: FormPage,
    saved: dict[str, Saved],
    *,
    status: int,
    just_saved: bool = False,
) -> Response:
    all_pages = pages(sheet)
    return show(
        ask,
        "form_page.html.j2",
        status,
        mine=mine,
        form=mine.form,
        sheet=sheet,
        page=page,
        count=len(all_pages),
        saved=saved,
        faults={fault.field: fault for fault in _faults(page, saved)},
        base=base(ask),
        writable=mine.is_open and _may_write(ask),
        just_saved=just_saved,
        figures_from=_figures_from(ask),
        field_type=type_of,
    )


def type_of(row: object) -> str:
    """Which kind of row a template shows."""
    return type(row).__name__


def _faults(page: FormPage, saved: dict[str, Saved]) -> list[Fault]:
    """What is wrong in the fields that are filled in; what is missing is said when she hands in."""
    found = []
    for field in page.fields():
        answer = saved.get(field.id)
        if answer and answer.value and isinstance(fault := _checked(field, answer.value), Fault):
            found.append(fault)
    return found


def _checked(field: Field, value: str) -> object:
    return check_cell(field, RawCell(value, field.label))


def _told(ask: Ask, page: FormPage, answer: Saved) -> dict[str, object]:
    """What the script is told of a field that was saved."""
    field = next(field for field in page.fields() if field.id == answer.field)
    fault = _checked(field, answer.value) if answer.value else None
    return {
        "number": answer.number,
        "fault": fault.message if isinstance(fault, Fault) else None,
        "taken_over": answer.taken_over,
        "beside": [
            {"text": other.value, "by": f"{ask.name_of(other.person)}, {swedish_time(other.at, ask.today)}"}
            for other in answer.beside
        ],
    }


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0


def _after(ask: Ask, mine: PersonsForm, sheet: Sheet, page: FormPage) -> str:
    """On to the next page where something is left; from the last one to handing in."""
    following = standing(ask.office, mine, sheet).after(page.number)
    if following is not None:
        return f"{base(ask)}/{sheet.scope}/{following.page.number}"
    return f"{base(ask)}/lamna?scope={sheet.scope}"


def _chosen(ask: Ask, mine: PersonsForm) -> list[SheetStanding]:
    """The parts to hand in: the one that is named, else all that have something new."""
    scope = ask.form.get("scope") or ask.query.get("scope")
    sheets = [standing(ask.office, mine, sheet) for sheet in mine.form.sheets]
    if scope:
        return [each for each in sheets if each.sheet.scope == scope]
    return [each for each in sheets if not each.is_handed_in or each.changed_since]


PATH = "/underlag/{unit}/{cycle}/{person}"
PAGES = (
    Page(PATH, overview),
    Page(f"{PATH}/lamna", summary),
    Page(f"{PATH}/lamna", hand_in, method="POST"),
    Page(f"{PATH}/{{scope}}/{{number}}", one_page),
    Page(f"{PATH}/{{scope}}/{{number}}", save_page, method="POST"),
)
