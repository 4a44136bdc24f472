"""The report's figures as data, to lie in the PDF: what has been released, and nothing else.

A row is a released cell (`arshjul.released`), so what is withheld in the report is in no row. Called by
`arshjul.report.building`. Pure.
"""

import csv
from io import StringIO

from arshjul.catalogue import Sex
from arshjul.compilation import Compiled
from arshjul.history import WHOLE_UNIT
from arshjul.released import released_cells
from arshjul.report.blocks import Attached
from arshjul.suppression.register import cell_parts

_SEX = {Sex.TOTAL: "alla", Sex.WOMEN: "kvinnor", Sex.MEN: "män"}
_COLUMNS = ("diarienummer", "period", "id", "uppgift", "verksamhet", "kön", "värde")


def attached_data(compiled: Compiled) -> tuple[Attached, ...]:
    """One file of comma-separated values, in the order of the plan and the form."""
    data = compiled.data
    names = {id_: result.indicator.name for id_, result in compiled.indicators.items()}
    names |= {question.id: question.label for question in data.kind.asks}
    places = {subunit.code: subunit.name for subunit in data.unit.subunits} | {WHOLE_UNIT: data.unit.name}
    places |= {heading.section: heading.title for heading in data.kind.headings}
    order = {name: place for place, name in enumerate(names)}
    rows = []
    for cell, printed in released_cells(compiled).items():
        subject, scope, sex, period = cell_parts(cell)
        rows.append(
            (
                data.registry_number,
                period,
                subject,
                names.get(subject, subject),
                places.get(scope, scope),
                _SEX[sex],
                printed,
            )
        )
    rows.sort(key=lambda row: (order.get(row[2], len(order)), row))
    file = StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerows([_COLUMNS, *rows])
    name = f"{data.key.slug}-{data.unit.code}.csv"
    words = f"Rapportens siffror som data (CSV, UTF-8): {', '.join(_COLUMNS)}."
    return (Attached(name, "text/csv", words, file.getvalue()),)
