"""The figures of a package as CSV, and what each column means: readable without this program."""

import csv
import io
import json
from collections.abc import Iterable, Mapping

from arshjul.adapters.store import tables
from arshjul.history import WHOLE_UNIT
from arshjul.numbers import parse_quantity
from arshjul.plan import Plan
from arshjul.submission import from_canonical_json
from arshjul.suppression.register import cell_parts

_STATES = (
    "value: ett värde. not_applicable: berör inte oss. not_measured: mäts inte nu. no_data: inga data. "
    "not_answered: ej svarat. disputed: systemets siffra ifrågasätts."
)
FIGURES, ANSWERS = "figures.csv", "answers.csv"
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
}
_TITLES = {
    FIGURES: "Siffrorna i rapporten, så som de lämnade enheten",
    ANSWERS: "Svaren som rapporten bygger på",
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
