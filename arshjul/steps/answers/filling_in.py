"""Filling in a form: what somebody wrote in its fields is saved, all of it or none.

A field marked secret is passed over unless she has shown who she is strongly enough. Handing in is
`arshjul.steps.answers.answering`. Called by the portal and its API.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from arshjul.cell_checking import clean
from arshjul.decision_words import decision_words
from arshjul.errors import BadInput, Refused
from arshjul.form import Field, Sheet
from arshjul.office import Office
from arshjul.steps.answers.answering import PersonsForm
from arshjul.steps.answers.saving import Saved, save

LONGEST = 20_000  # characters of one answer


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in a field, the number that she saw there, and whether she takes the last report's text."""

    text: str
    seen: int = 0
    takes_earlier: bool = False


def fill_in(
    office: Office,
    mine: PersonsForm,
    sheet: Sheet,
    written: Mapping[str, Written],
    person: str,
    now: datetime,
    *,
    secret: bool,
) -> dict[str, Saved]:
    """Save what was written, by field id; what now stands in each. Refused when the report is decided on."""
    if not mine.is_open:
        done = decision_words(mine.form.kind).done
        raise Refused(f"{mine.form.cycle} är redan {done}, så svaren kan inte ändras. Tala med enhetschefen.")
    fields = {field.id: field for field in sheet.fields() if secret or not field.secret}
    texts = {name: _text(fields[name], one) for name, one in written.items() if name in fields}
    with office.database.writing() as session:
        return {
            name: save(
                session,
                mine.cycle_id,
                sheet.scope,
                name,
                text,
                based_on=written[name].seen,
                person=person,
                now=now,
                taken_over=written[name].takes_earlier and fields[name].earlier is not None,
            )
            for name, text in texts.items()
        }


def _text(field: Field, written: Written) -> str:
    text = clean(written.text)
    if written.takes_earlier and field.earlier is not None and field.earlier.text not in text:
        text = "\n\n".join(filter(None, (text, field.earlier.text)))  # what she has written stays first
    if len(text) > LONGEST:
        raise BadInput(f"”{field.label}” är längre än {LONGEST} tecken. Korta texten.")
    return text
