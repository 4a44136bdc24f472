"""Everything that left a unit as text, and the traces by which another unit would be known in it.

Files are opened to the bottom: letters with their headers and attachments, every part of a workbook or a
DOCX, the pages of a PDF, the source of a page.
"""

import html
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.policy import default
from functools import cache
from pathlib import Path

import pypdfium2
from sqlalchemy import select
from sqlalchemy.orm import Session

from arshjul.adapters.store import tables
from arshjul.config import Installation
from arshjul.organisation import Organisation, Person, Unit
from arshjul.plan import Goal, Plan
from tests.units.neighbours import MARKS, Neighbours

_SHORTEST_SENTENCE = 25  # letters; a shorter one may be said by anybody


@dataclass(frozen=True)
class Trace:
    """What would give a unit away: a `word` to find as a whole, or a `sentence` however it is broken."""

    text: str
    whole_word: bool

    def is_in(self, content: "Content") -> bool:
        if not self.whole_word:
            return squeezed(self.text) in content.squeezed
        found = self.text in content.text  # most are nowhere, and this finds it out quickly
        return found and re.search(rf"(?<!\w){re.escape(self.text)}(?!\w)", content.text) is not None


@dataclass(frozen=True)
class Content:
    """One file's text, and the same without anything that a line break may have put in or taken away."""

    place: str
    text: str
    squeezed: str


@cache
def squeezed(text: str) -> str:
    return re.sub(r"[\s\u00ad\u2010-]+", "", text)


def opened(name: str, content: bytes) -> str:
    """All text in a file; of a workbook or a DOCX, that of every part but pictures."""
    kind = name.rpartition(".")[2]
    if kind in ("xlsx", "docx"):
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            parts = [part for part in file.namelist() if not part.endswith((".png", ".odttf"))]
            return "\n".join(part + "\n" + _markup(file.read(part)) for part in parts)
    if kind == "pdf":
        with pypdfium2.PdfDocument(content) as pdf:
            pages = [page.get_textpage().get_text_range() for page in pdf]
            return "\n".join([*pages, *pdf.get_metadata_dict().values()]).replace("\ufffe", "")
    if kind == "html":
        return _markup(content)
    return content.decode()


def _letter(path: Path, message: Message) -> Iterator[tuple[str, str, bytes]]:
    """A letter and what it carries, each as (place, name, content)."""
    words = [f"{name}: {value}" for name, value in message.items()]
    for part in message.walk():
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes):
            name = part.get_filename()
            if name:
                words.append(name)
                yield f"{path.name}/{name}", name, payload
            else:
                words.append(payload.decode())
    yield path.name, "letter.html", "\n".join(words).encode()


def _markup(content: bytes) -> str:
    """Source and words: a text is found whether or not tags run through it."""
    source = content.decode(errors="replace")
    return html.unescape(source) + "\n" + html.unescape(re.sub(r"<[^>]*>", "", source))


def left(both: Neighbours, code: str) -> list[Content]:
    """Every file that left the unit: letters, what they carry, reports, the archive package.

    The same file carried by several letters is opened once.
    """
    seen: dict[tuple[str, bytes], Content] = {}
    for place, name, content in _files(both, code):
        if (name, content) not in seen:
            text = f"{place}\n{opened(name, content)}"
            seen[name, content] = Content(place, text, squeezed(text))
    return list(seen.values())


def units_of_letters(session: Session) -> dict[str, set[str]]:
    """The units that each letter tells of, by its Message-ID: whoever has a part in both may have one."""
    found: dict[str, set[str]] = {}
    told = select(tables.Letter.message_id, tables.Notice.unit_code).join(
        tables.Notice, tables.Notice.letter_id == tables.Letter.id
    )
    for message_id, unit in session.execute(told):
        found.setdefault(message_id, set()).add(unit)
    return found


def _files(both: Neighbours, code: str) -> Iterator[tuple[str, str, bytes]]:
    data = both.home.data
    with both.office.database.reading() as session:
        own = {message_id for message_id, units in units_of_letters(session).items() if units == {code}}
    for path in both.outbox.letters():
        message = message_from_bytes(path.read_bytes(), policy=default)
        if message["Message-ID"] in own:
            yield from _letter(path, message)
    for folder in (data / "rapporter" / code, data / "arkiv" / f"{code}-T2-2026-v1"):
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            yield path.relative_to(data).as_posix(), path.name, path.read_bytes()


def traces(installation: Installation, code: str) -> tuple[Trace, ...]:
    """What is this unit's and nobody else's: names, codes, people, sentences of plan and earlier periods."""
    unit = installation.unit(code)
    others = [other.code for other in installation.organisation.units if other.code != code]
    foreign = set().union(*(_sentences(installation, other) for other in others))
    words = {MARKS[code], *_names(unit), *_people(installation.organisation, unit)}
    sentences = _sentences(installation, code) - foreign
    return (*(Trace(w, True) for w in sorted(words)), *(Trace(s, False) for s in sorted(sentences)))


def _names(unit: Unit) -> Iterator[str]:
    yield from (unit.code, unit.name, unit.short_name, unit.department)
    for subunit in unit.subunits:
        yield from (subunit.code, subunit.name, *subunit.aliases)


def _people(organisation: Organisation, unit: Unit) -> Iterator[str]:
    """Names, addresses and ids of those who have a part in this unit and in no other."""
    elsewhere = {a.person for other in organisation.units if other is not unit for a in other.assignments}
    for person in parties(organisation, unit):
        if person.id not in elsewhere:
            yield from (person.id, person.name, person.address, *person.name.split())


def parties(organisation: Organisation, unit: Unit) -> tuple[Person, ...]:
    """Everybody who has a part in the unit."""
    ids = dict.fromkeys(person for a in unit.assignments for person in (a.person, a.delegated_by) if person)
    return tuple(organisation.person(person) for person in ids)


def _sentences(installation: Installation, code: str) -> set[str]:
    texts = [text for (unit, _), plan in installation.plans.items() if unit == code for text in _plan(plan)]
    texts += [earlier.text for earlier in installation.history[code].texts]
    texts += [duty.note for duty in installation.wheel.units[code].duties if duty.note]
    parts = (part.strip() for text in texts for part in re.split(r"(?<=[.:?])\s+|\n", text))
    return {part for part in parts if len(part) >= _SHORTEST_SENTENCE}


def _plan(plan: Plan) -> Iterator[str]:
    yield from _values(plan.front)
    for goal in plan.walk():
        yield from _goal(goal)
    yield from _values(plan.back)


def _goal(goal: Goal) -> Iterator[str]:
    yield goal.title
    yield from _values(goal.sections)
    yield from (indicator.name for indicator in goal.indicators)
    yield from (activity.title for activity in goal.activities)


def _values(texts: Mapping[str, str]) -> Iterator[str]:
    return iter(texts.values())
