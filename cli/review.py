"""`arshjul review`: the findings of a document, or of a compiled cycle.

Exit status 1 where one of them is an error. A document is reviewed without an installation; its words and
thresholds are the installation's where there is one. The checks are in `arshjul.review`.
"""

import json
from collections.abc import Sequence
from pathlib import Path

import click

from arshjul import plan_reader
from arshjul.adapters.documents.reading import read_document, read_plan_file
from arshjul.config.records import open_source
from arshjul.config.review_settings import ReviewSettings, default_review_settings, read_review_settings
from arshjul.errors import BadInput
from arshjul.plan import Kind
from arshjul.review.document_review import review_document
from arshjul.review.finding import Finding, Severity
from arshjul.review.source_lines import SourceLines
from cli.options import config_option, json_option, one_cycle, opened, read_report_time

_WORDS = {Severity.ERROR: "hindrar", Severity.WARNING: "varning", Severity.NOTE: "anmärkning"}
_DOCUMENT_WORDS = {**_WORDS, Severity.ERROR: "fel"}
_SETTINGS = "review.yaml"
_EVIDENCE = {"earlier": "Tidigare", "statistic": "Räknat så", "origin": "Uppgiften kommer från"}


@click.command()
@click.argument("what", nargs=-1, required=True, metavar="FIL | RAPPORT ÅR")
@click.option("--unit", metavar="KOD", help="Enhetens kod. Behövs när det finns flera.")
@click.option(
    "--against",
    metavar="RAPPORT",
    help="Jämför dokumentet med det som godkändes: ”T2 2026”, en rapportfil eller plan.yaml.",
)
@json_option
@config_option
def review(what: Sequence[str], unit: str | None, against: str | None, as_json: bool, config: Path) -> None:
    """Granska ett färdigt dokument, eller en rapport som håller på att bli klar.

    Dokumentet är en plan eller rapport som PDF, Word, HTML eller text. Rapporten granskas på de svar som
    finns nu. Med --against jämförs en export ur stadens system fält för fält med den godkända rapporten.

    \b
    Exempel:
      arshjul review verksamhetsberattelse.pdf
      arshjul review T2 2026
      arshjul review T2 2026 --json
      arshjul review export.pdf --against "T2 2026" --unit SOL
    """
    if against is not None:
        if len(what) != 1:
            raise BadInput("ange exporten som en fil: arshjul review export.pdf --against ”T2 2026”")
        from cli.review_against import tell_departures

        if tell_departures(Path(what[0]), against, unit, as_json, config):
            click.get_current_context().exit(1)
        return
    if len(what) == 1:
        findings, words = _of_document(Path(what[0]), config), _DOCUMENT_WORDS
    elif len(what) == 2:
        findings, words = _of_cycle(what[0], what[1], unit, config), _WORDS
    else:
        raise BadInput("ange ett dokument, eller en rapport och ett år, till exempel T2 2026")
    if as_json:
        click.echo(json.dumps({"findings": [f.as_json() for f in findings]}, ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            line = f"rad {finding.line}, " if finding.line else ""
            click.echo(f"{words[finding.severity]}: {line}{finding.where}\n    {finding.message}")
            _tell_evidence(finding)
        if not findings:
            click.echo("Inga iakttagelser.")
    if any(finding.severity is Severity.ERROR for finding in findings):
        click.get_current_context().exit(1)


def _tell_evidence(finding: Finding) -> None:
    """Under a cycle's finding: the words it is about, where its figures come from, and what to do."""
    if not finding.mend:
        return
    quoted = finding.evidence.get("sentence")
    if quoted and str(quoted) not in finding.message:
        click.echo(f"    Texten: ”{quoted}”")
    for key, label in _EVIDENCE.items():
        if value := finding.evidence.get(key):
            click.echo(f"    {label}: {value}")
    click.echo(f"    Förslag: {finding.mend}")


def _of_document(file: Path, config: Path) -> list[Finding]:
    """The findings of a document, or of a plan that was saved as `plan.yaml` (then without lines)."""
    settings = _settings(config)
    if file.suffix.lower() in (".yaml", ".yml"):
        return review_document(read_plan_file(file), settings)
    lines = read_document(file)
    try:
        reading = plan_reader.read(lines)
    except BadInput as error:
        raise type(error)(error.sentence, error.where or file.name) from error
    return review_document(reading.plan, settings, SourceLines.of(lines, reading.places))


def _settings(config: Path) -> ReviewSettings:
    """The installation's settings of the review; the checkout's own where there is no installation."""
    path = config / _SETTINGS
    if not path.exists():
        return default_review_settings()
    return read_review_settings(open_source(path, f"{config.name}/{_SETTINGS}"))


def _of_cycle(kind: str, year: str, unit: str | None, config: Path) -> list[Finding]:
    """The findings of a cycle, on the answers that there are."""
    # Compilation brings pandas, which a document does without.
    from arshjul.adapters.reports.typesetting import unprintable
    from arshjul.compilation import compile_cycle
    from arshjul.report.building import build_report
    from arshjul.review.cycle_review import review_cycle
    from arshjul.steps.figures.gathering import gather
    from arshjul.wheel import year_entries

    with opened(config) as office:
        key = one_cycle(office, _kind(kind), read_report_time(year), unit)
        with office.database.reading() as session:
            data, _ = gather(office, key, session)
        here = office.installation
        compiled = compile_cycle(data)
        entries = year_entries(here.wheel, key.unit_code, key.year)
        # The date on the first page is no matter for the review: what it looks over is the figures.
        report = build_report(compiled, here.settings.reports, entries, data.milestones.period_end)
        return review_cycle(compiled, here.review, report, unprintable)


def _kind(text: str) -> Kind:
    try:
        return Kind(text.upper())
    except ValueError:
        raise BadInput(f"”{text}” är ingen rapport. Välj bland {', '.join(Kind)}.") from None
