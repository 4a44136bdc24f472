"""The first sheet of a form workbook: when, how, whom to ask, and what each sheet is.

Called by `arshjul.adapters.workbooks.writing` only.
"""

from collections.abc import Iterator, Mapping

from xlsxwriter.worksheet import Worksheet

from arshjul.adapters.workbooks.layout import ANSWER, EARLIER, HEADER_ROW, LABEL, cell_name
from arshjul.adapters.workbooks.style import PROTECTION, Style, row_height, set_up_page
from arshjul.form import Form
from arshjul.swedish_dates import swedish_date


def write_read_first(page: Worksheet, form: Form, names: Mapping[str, str], looks: Style) -> None:
    """Fill the empty sheet `page`; `names` maps scopes to the names of their sheets."""
    page.hide_gridlines(2)
    page.set_column(0, 0, 3)
    page.set_column(1, 1, 34)
    page.set_column(2, 2, 84)
    page.write_string(0, 1, f"Underlag till {form.cycle}", looks.title)
    page.set_row(0, 32)
    page.write_string(1, 1, form.unit_name, looks.subtitle)
    page.set_row(1, 20)
    page.merge_range(3, 1, 3, 2, f"Lämnas senast {swedish_date(form.due)}", looks.due)
    page.set_row(3, 30)
    row = 5
    for label, text in _guidance(form):
        page.write_string(row, 1, label, looks.guide_label)
        page.write_string(row, 2, text, looks.guide)
        page.set_row(row, row_height(((label, (LABEL,)), (text, (EARLIER, ANSWER)))) + 4)
        row += 1
    row += 1
    page.merge_range(row, 1, row, 2, "Bladen i det här underlaget", looks.headings[2])
    page.set_row(row, 24)
    for sheet in form.sheets:
        row += 1
        questions = sum(1 for field in sheet.fields() if field.required)
        name = names[sheet.scope]
        target = "'" + name.replace("'", "''") + "'"
        page.write_url(row, 1, f"internal:{target}!{cell_name(HEADER_ROW + 1, ANSWER)}", looks.link, name)
        page.write_string(row, 2, f"{questions} frågor som måste besvaras", looks.link_note)
        page.set_row(row, 22)
    page.protect("", PROTECTION)
    set_up_page(page, form.unit_name, form.cycle, "Läs först")


def _guidance(form: Form) -> Iterator[tuple[str, str]]:
    several = len(form.sheets) > 1
    yield (
        "Så här gör du",
        ("Varje verksamhet eller område du svarar för har ett eget blad" if several else "Svara på bladet")
        + (", se listan nedan. Fyll i" if several else " som heter som din verksamhet: fyll i")
        + " de gula rutorna i kolumnen ”Ert svar”. De blir gröna när något står i dem. Allt annat är låst.",
    )
    yield "Stjärna *", "Frågor med stjärna måste besvaras innan bladet kan lämnas in."
    yield (
        "Förra gången",
        (
            "Den grå kolumnen visar vad ni svarade senast och för vilken period. Skriv nytt; gamla texter "
            "som får stå kvar är det vanligaste felet i en rapport."
        ),
    )
    yield (
        "Tal",
        (
            "Skriv bara talet, med decimalkomma. Noll är ett riktigt värde. Saknas värdet väljer ni skälet "
            "i rutan ”Om värde saknas”."
        ),
    )
    yield (
        "Människor",
        "Skriv inga namn, personnummer eller annat som kan kopplas till en enskild person.",
    )
    yield (
        "När du är klar",
        (
            "Välj Ja vid ”Klarmarkerad” överst på bladet, spara och skicka tillbaka filen som bilaga i ett "
            "svar på brevet som den kom med. Du kan skicka in en rättad fil senare: den sista räknas."
        ),
    )
    yield "Frågor", "Svara på brevet som filen kom med, så når du din enhetschef."
