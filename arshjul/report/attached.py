"""The report's figures as data, to lie in the PDF: what has been released, and nothing else.

A row is a released cell (`arshjul.released`), so what is withheld in the report is in no row. Called by
`arshjul.report.building`. Pure.
"""

import csv
from io import StringIO

from arshjul.compilation import Compiled
from arshjul.released import released_cells
from arshjul.report.blocks import Attached
from arshjul.report.cell_words import SEX_WORDS, place_names, subject_names
from arshjul.suppression.register import cell_parts

_COLUMNS = ("diarienummer", "period", "id", "uppgift", "verksamhet", "kön", "värde")


def attached_data(compiled: Compiled) -> tuple[Attached, ...]:
    """One file of comma-separated values, in the order of the plan and the form."""
    data = compiled.data
    names, places = subject_names(compiled), place_names(compiled)
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
                SEX_WORDS[sex],
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
