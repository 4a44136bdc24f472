"""The figures of a package as CSV, and what each column means: readable without this program."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from functools import cache

from arshjul.adapters.store import tables
from arshjul.history import WHOLE_UNIT
from arshjul.numbers import parse_quantity
from arshjul.plan import Plan
from arshjul.steps.archive.package_sources import Given
from arshjul.submission import from_canonical_json
from arshjul.suppression.register import cell_parts

_STATES = (
    "value: ett värde. not_applicable: berör inte oss. not_measured: mäts inte nu. no_data: inga data. "
    "not_answered: ej svarat. disputed: systemets siffra ifrågasätts."
)
FIGURES, ANSWERS, SOURCES = "figures.csv", "answers.csv", "sources.csv"
_COLUMNS: Mapping[str, tuple[tuple[str, str, str, str], ...]] = {
    FIGURES: (
        ("id", "Id", "string", "Indikatorns eller frågans id i planen och underlaget."),
        (
            "name",
            "Namn",
            "string",
            "Indikatorns namn den dag rapporten beslutades; tomt för en fråga i underlaget.",
        ),
        ("scope", "Del", "string", "Verksamhetens kod, eller unit för hela enheten."),
        ("scope_name", "Delens namn", "string", "Verksamhetens namn, eller Hela enheten."),
        ("sex", "Kön", "string", "total, women eller men."),
        ("period", "Period", "string", "Rapporten som värdet gäller, till exempel T2 2026."),
        ("value", "Värde", "decimal", "Talet som det redovisas, med decimalpunkt."),
        ("unit", "Enhet", "string", "Vad talet räknas i, till exempel % eller st."),
        ("printed", "Tryckt", "string", "Värdet så som det står i rapporten."),
    ),
    ANSWERS: (
        ("scope", "Del", "string", "Verksamhetens kod, eller den del av rapporten som svaret gäller."),
        ("field", "Fält", "string", "Fältets id i underlaget; se forms."),
        (
            "state",
            "Läge",
            "string",
            _STATES,
        ),
        ("number", "Tal", "decimal", "Talet, med decimalpunkt; tomt där svaret inte är ett tal."),
        ("text", "Text", "string", "Texten; tom där svaret inte är en text."),
        ("version", "Version", "integer", "Vilken i ordningen av delens inlämningar som räknas."),
    ),
    SOURCES: (
        ("source", "Källa", "string", "Systemet som värdet kom från; se config/sources.yaml."),
        ("scope", "Del", "string", "Verksamhetens kod, eller unit för hela enheten."),
        ("field", "Fält", "string", "Vad värdet är, till exempel economy.outcome_tkr."),
        ("detail", "Uppdelning", "string", "Konto, slag av ärende eller liknande; tomt där det inte finns."),
        ("sex", "Kön", "string", "total, women eller men."),
        ("month", "Månad", "string", "Månaden som värdet gäller."),
        ("number", "Tal", "decimal", "Talet, med decimalpunkt; en täljare där base finns."),
        ("base", "Nämnare", "decimal", "Det som talet ska delas med; tomt där talet står för sig självt."),
        ("respondents", "Svarande", "integer", "Hur många som har svarat; tomt där ingen har frågats."),
        ("load", "Inläsning", "integer", "Numret på inläsningen som värdet kom med."),
        ("loaded_at", "Inläst", "datetime", "När det lästes in."),
        (
            "file_sha256",
            "Filens SHA-256",
            "string",
            "Kontrollsumman för filen som lästes; filen är inte sparad.",
        ),
    ),
}
_TITLES = {
    FIGURES: "Siffrorna i rapporten, så som de lämnade enheten",
    ANSWERS: "Svaren som rapporten bygger på",
    SOURCES: "Det som andra system hade lämnat när rapporten beslutades",
}


def figures_csv(released: Mapping[str, str], plan: Plan | None, scopes: Mapping[str, str]) -> bytes:
    """Every figure that the report released, one a row, in order of id."""
    indicators = {i.id: i.name for goal in (plan.walk() if plan else ()) for i in goal.indicators}
    rows = []
    for cell in sorted(released):
        subject, scope, sex, period = cell_parts(cell)
        found = parse_quantity(released[cell])
        place = "Hela enheten" if scope == WHOLE_UNIT else scopes.get(scope, scope)
        value, unit = (f"{found.number:f}", found.unit) if found else ("", "")
        name = indicators.get(subject, "")
        rows.append((subject, name, scope, place, sex.value, period, value, unit, released[cell]))
    return _written(FIGURES, rows)


def answers_csv(submissions: Iterable[tables.Submission]) -> bytes:
    """Every answer of the submissions that count, one a row."""
    rows = []
    for row in submissions:
        submission = from_canonical_json(row.content)
        for field in sorted(submission.answers):
            answer = submission.answers[field]
            number = "" if answer.number is None else f"{answer.number:f}"
            rows.append(
                (row.scope, field, answer.state.value, number, answer.text or "", str(submission.version))
            )
    return _written(ANSWERS, rows)


def sources_csv(given: Iterable[Given]) -> bytes:
    """Every value that other systems gave, one a row, with the load that it came in."""
    rows = [
        (
            load.source,
            value.scope,
            value.field,
            value.detail,
            value.sex,
            value.month,
            f"{value.number:f}",
            "" if value.base is None else f"{value.base:f}",
            "" if value.respondents is None else str(value.respondents),
            str(load.id),
            load.loaded_at.isoformat(),
            load.file_sha256,
        )
        for load, value in given
    ]
    return _written(SOURCES, rows)


@cache
def described(name: str) -> bytes:
    """What the columns of that file mean, after CSV on the Web."""
    content = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "sv"}],
        "url": f"../data/data/{name}",
        "dc:title": _TITLES[name],
        "dialect": {"encoding": "utf-8", "delimiter": ";", "header": True},
        "tableSchema": {
            "columns": [
                {"name": column, "titles": title, "datatype": kind, "dc:description": said}
                for column, title, kind, said in _COLUMNS[name]
            ]
        },
    }
    return json.dumps(content, ensure_ascii=False, indent=2).encode() + b"\n"


def _written(name: str, rows: Iterable[tuple[str, ...]]) -> bytes:
    """With a header, semicolons and a byte order mark: Swedish spreadsheets open it as it is."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([column for column, *_ in _COLUMNS[name]])
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")
