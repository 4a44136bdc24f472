"""What released cells are called: the name of an indicator or a question, of a place, of a sex.

Called by `arshjul.report.attached` and `arshjul.report.correction_part`. Pure.
"""

from arshjul.catalogue import Sex
from arshjul.compilation import Compiled
from arshjul.compilation.movements import CAME, LEFT
from arshjul.history import WHOLE_UNIT

SEX_WORDS = {Sex.TOTAL: "alla", Sex.WOMEN: "kvinnor", Sex.MEN: "män"}


def subject_names(compiled: Compiled) -> dict[str, str]:
    """Indicators and questions by id, in the order of the plan and the form."""
    people = compiled.data.unit.people.capitalize()
    names = {id_: result.indicator.name for id_, result in compiled.indicators.items()}
    names |= {question.id: question.label for question in compiled.data.kind.asks}
    return names | {CAME: f"{people} som började", LEFT: f"{people} som slutade"}


def place_names(compiled: Compiled) -> dict[str, str]:
    """Sub-units, the unit as a whole and the sections that one person answers for."""
    data = compiled.data
    places = {subunit.code: subunit.name for subunit in data.unit.subunits} | {WHOLE_UNIT: data.unit.name}
    return places | {heading.section: heading.title for heading in data.kind.headings}
