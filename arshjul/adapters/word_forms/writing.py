"""The form as a Word document: headings, instructions, and a box for each answer.

The same description as the workbook and the portal (`arshjul.form`). Reading back is
`arshjul.adapters.word_forms.reading`. The same form and answers give the same bytes.
"""

import re
from collections.abc import Iterator, Mapping
from html import escape, unescape

from docx.oxml.ns import nsdecls

from arshjul.adapters.reports.docx import package_of
from arshjul.adapters.reports.docx_base import RUNNING_HEAD, Base, styled_base
from arshjul.adapters.word_forms.layout import CHOOSE, KEEP, bookmark, code_line, mark
from arshjul.form import READY, Field, FieldKind, Form, Heading, Info, Sheet
from arshjul.report.printable import printable
from arshjul.swedish_dates import swedish_day

Answers = Mapping[str, Mapping[str, str]]  # scope -> field id -> what is written

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TAGS, _TABLES = re.compile("<[^>]*>"), re.compile("<w:tbl>.*?</w:tbl>", re.DOTALL)
_WIDTH = 8500  # twentieths of a point
_ANSWER_WIDTH = 3000
_TINT, _BOX, _FAINT = "E8F0F4", "9AA4AA", "8A8A8A"


def write_word_form(form: Form, answers: Answers | None = None) -> bytes:
    """The form as a .docx file, with what has been answered so far in its boxes."""
    base = styled_base()
    parts = dict(base.parts)
    body = "".join(_Writing(base, answers or {}).document(form))
    names = nsdecls("w", "r")
    parts["word/document.xml"] = (
        f"{_XML}<w:document {names}><w:body>{body}{base.section}</w:body></w:document>".encode()
    )
    head = escape(printable(f"Underlag {form.cycle} {form.unit_name}")).encode()
    for name in base.headers:
        parts[name] = parts[name].replace(RUNNING_HEAD.encode(), head)
    parts["docProps/core.xml"] = _properties(form)
    return package_of(parts)


def _properties(form: Form) -> bytes:
    moment = f"{form.due.isoformat()}T00:00:00Z"
    return (
        f"{_XML}<cp:coreProperties {nsdecls('cp', 'dc', 'dcterms', 'xsi')}>"
        f"<dc:title>{escape(printable(f'Underlag {form.cycle} {form.unit_name}'))}</dc:title>"
        f"<dc:creator>Årshjul</dc:creator><cp:keywords>{escape(code_line(form))}</cp:keywords>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
        "<dc:language>sv-SE</dc:language></cp:coreProperties>"
    ).encode()


def own_sentences(form: Form) -> frozenset[str]:
    """What the document says outside the boxes by itself: what else stands there, somebody has written."""
    base = styled_base()
    body = "".join(_Writing(base, {}).document(form))
    lines = (unescape(_TAGS.sub("", line)) for line in _TABLES.sub("", body).split("</w:p>"))
    return frozenset(" ".join(line.split()) for line in lines)


class _Writing:
    """The body, piece by piece."""

    def __init__(self, base: Base, answers: Answers) -> None:
        self.styles = base.styles
        self.answers = answers
        self.bookmarks = 0

    def document(self, form: Form) -> Iterator[str]:
        yield self._paragraph(f"Underlag till {form.cycle}", "Title")
        yield self._paragraph(form.unit_name, "Subtitle")
        yield self._paragraph(f"Lämnas senast {swedish_day(form.due, form.due)} {form.due.year}.")
        yield self._paragraph(
            "Skriv i rutorna. En ruta växer när du skriver, och det går bra med flera stycken. Välj ”Ja” vid "
            "”Klarmarkerad” när en del är färdig, spara dokumentet och skicka det som svar på brevet."
        )
        yield self._paragraph(f"{code_line(form)}. {KEEP}", faint=True)
        for sheet in form.sheets:
            yield self._paragraph(sheet.title, "Heading 1")
            yield from self._rows(sheet)

    def _rows(self, sheet: Sheet) -> Iterator[str]:
        for row in sheet.rows:
            if isinstance(row, Heading):
                yield self._paragraph(row.text, f"Heading {min(row.level + 1, 4)}")
            elif isinstance(row, Info):
                yield self._paragraph(f"{row.label}: {row.text}")
            else:
                yield self._field(sheet.scope, row)

    def _field(self, scope: str, field: Field) -> str:
        """A table of its own: the question and its mark, then the box. Long answers have the whole width."""
        given = self.answers.get(scope, {}).get(field.id, "")
        question = self._question(scope, field)
        box = self._box(scope, field, given)
        if field.kind is FieldKind.TEXT:
            rows = _row(_cell(question, _WIDTH, tint=True), header=True) + _row(
                _cell(box, _WIDTH), height=1100
            )
            widths = [_WIDTH]
        else:
            left = _WIDTH - _ANSWER_WIDTH
            rows = _row(_cell(question, left, tint=True) + _cell(box, _ANSWER_WIDTH))
            widths = [left, _ANSWER_WIDTH]
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        return (
            f'<w:tbl><w:tblPr><w:tblW w:w="{_WIDTH}" w:type="dxa"/>{_borders()}<w:tblLayout w:type="fixed"/>'
            f"<w:tblCaption w:val={_attribute(field.label)}/></w:tblPr>"
            f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>{self._paragraph('')}"
        )

    def _question(self, scope: str, field: Field) -> str:
        needed = " (behövs)" if field.required else ""
        unit = f", {field.unit}" if field.unit and field.unit not in field.label else ""
        parts = [
            f"<w:p>{self._style('Tabelltext')}{_run(field.label + unit + needed, bold=True)}</w:p>",
            f"<w:p>{self._style('Tabelltext')}{_run(field.instruction)}</w:p>" if field.instruction else "",
        ]
        if field.earlier:
            before = f"Förra gången ({field.earlier.source}): {field.earlier.text}"
            parts.append(f"<w:p>{self._style('Tabelltext')}{_run(before, faint=True)}</w:p>")
        parts.append(f"<w:p>{self._style('Tabelltext')}{_run(mark(scope, field.id), tiny=True)}</w:p>")
        return "".join(parts)

    def _box(self, scope: str, field: Field, given: str) -> str:
        name = bookmark(scope, field.id)
        start = end = ""
        if name is not None:
            self.bookmarks += 1
            start = f'<w:bookmarkStart w:id="{self.bookmarks}" w:name={_attribute(name)}/>'
            end = f'<w:bookmarkEnd w:id="{self.bookmarks}"/>'
        if field.kind is FieldKind.CHOICE:
            inside = _list(field, given)
            return f"<w:p>{start}{inside}{end}</w:p>"
        lines = given.split("\n") if given else [""]
        paragraphs = [f"<w:p>{_run(line) if line else ''}</w:p>" for line in lines]
        paragraphs[0] = paragraphs[0].replace("<w:p>", f"<w:p>{start}", 1)
        paragraphs[-1] = paragraphs[-1].removesuffix("</w:p>") + f"{end}</w:p>"
        return "".join(paragraphs)

    def _paragraph(self, text: str, style: str | None = None, *, faint: bool = False) -> str:
        run = _run(text, faint=faint, tiny=faint) if text else ""
        return f"<w:p>{self._style(style) if style else ''}{run}</w:p>"

    def _style(self, name: str) -> str:
        return f'<w:pPr><w:pStyle w:val="{self.styles[name]}"/></w:pPr>'


def _list(field: Field, given: str) -> str:
    """A list to choose from; what is typed over it is read as well."""
    items = "".join(
        f"<w:listItem w:displayText={_attribute(choice)} w:value={_attribute(choice)}/>"
        for choice in field.choices
    )
    label = "Klarmarkerad" if field.id == READY else field.label
    return (
        f"<w:sdt><w:sdtPr><w:alias w:val={_attribute(label)}/><w:dropDownList>"
        f'<w:listItem w:displayText={_attribute(CHOOSE)} w:value=""/>{items}</w:dropDownList></w:sdtPr>'
        f"<w:sdtContent>{_run(given or CHOOSE, faint=not given)}</w:sdtContent></w:sdt>"
    )


def _row(cells: str, *, header: bool = False, height: int = 0) -> str:
    kept = "<w:cantSplit/>" if not height else ""
    tall = f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>' if height else ""
    head = "<w:tblHeader/>" if header else ""
    return f"<w:tr><w:trPr>{kept}{tall}{head}</w:trPr>{cells}</w:tr>"


def _cell(content: str, width: int, *, tint: bool = False) -> str:
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{_TINT}"/>' if tint else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>{content}</w:tc>'


def _borders() -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{_BOX}"/>' for side in sides)
    return f"<w:tblBorders>{lines}</w:tblBorders>"


def _run(text: str, *, bold: bool = False, faint: bool = False, tiny: bool = False) -> str:
    looks = "".join(
        (
            "<w:b/>" if bold else "",
            f'<w:color w:val="{_FAINT if tiny else "5A5A5A"}"/>' if faint or tiny else "",
            '<w:sz w:val="12"/>' if tiny else "",
        )
    )
    properties = f"<w:rPr>{looks}</w:rPr>" if looks else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(printable(text))}</w:t></w:r>'


def _attribute(text: str) -> str:
    return f'"{escape(printable(text), quote=True)}"'
