"""`arshjul review`: the findings of a compiled cycle. Exit status 1 where one of them is an error."""

import json
from pathlib import Path

import click

from arshjul.compilation import compile_cycle
from arshjul.plan import Kind
from arshjul.review.cycle_review import review_cycle
from arshjul.review.finding import Severity
from arshjul.steps.gathering import gather
from cli.options import config_option, cycle_arguments, json_option, one_cycle, opened

_WORDS = {Severity.ERROR: "hindrar", Severity.WARNING: "varning", Severity.NOTE: "anmärkning"}


@click.command()
@cycle_arguments
@json_option
@config_option
def review(kind: Kind, year: int, unit: str | None, as_json: bool, config: Path) -> None:
    """Granska en rapport som håller på att bli klar, på de svar som finns nu.

    \b
    Exempel:
      arshjul review T2 2026
      arshjul review T2 2026 --json
    """
    with opened(config) as office:
        key = one_cycle(office, kind, year, unit)
        with office.database.reading() as session:
            data, _ = gather(office, key, session)
        findings = review_cycle(compile_cycle(data), office.installation.review.switched_off)
    if as_json:
        click.echo(json.dumps({"findings": [f.as_json() for f in findings]}, ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            click.echo(f"{_WORDS[finding.severity]}: {finding.where}\n    {finding.message}")
        if not findings:
            click.echo("Inga iakttagelser.")
    if any(finding.severity is Severity.ERROR for finding in findings):
        click.get_current_context().exit(1)
