"""`arshjul ils`: an approved report as the fields of the city's own system, to be entered one by one."""

from pathlib import Path

import click

from arshjul.adapters.reports.city_page import city_page
from arshjul.plan import Kind
from arshjul.steps.cycle.output import write_whole
from arshjul.steps.report.city_system import package_document, package_of
from cli.options import ReportTime, asked_for_folder, config_option, cycle_arguments, one_cycle, opened


@click.command()
@cycle_arguments
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="MAPP",
    required=True,
    help="Mappen att lägga filerna i.",
)
@config_option
def ils(kind: Kind, year: ReportTime, unit: str | None, out: Path, config: Path) -> None:
    """Gör underlaget för stadens eget system: varje fält i ordning.

    Blir en Word-fil och en webbsida, där varje fält har en knapp som kopierar det. Det som är inskrivet
    bockas av i portalen. Gäller den senast beslutade versionen.

    \b
    Exempel:
      arshjul ils T2 2026 --out inskrivning
    """
    with opened(config) as office:
        key = one_cycle(office, kind, year, unit)
        package = package_of(office, key)
        asked_for_folder(out)
        name = f"ILS-{key.slug}-{key.unit_code}"
        for path, content in (
            (out / f"{name}.docx", package_document(package)),
            (out / f"{name}.html", city_page(package.front, package.fields, frozenset(package.entered))),
        ):
            write_whole(path, content)
            click.echo(str(path))
        click.echo(f"{len(package.fields)} fält; {package.left} återstår att skriva in.")
