"""`arshjul wheel`: the year as a list, as JSON or as a figure."""

import json
from pathlib import Path

import click

from arshjul.config import load_installation
from arshjul.report.wheel_figure import WheelEntry, draw_wheel
from arshjul.steps.output import write_whole
from arshjul.wheel import year_entries
from cli.options import config_option, json_option

_RINGS = {"cycle": "rapport", "meeting": "möte", "duty": "uppgift"}


@click.command()
@click.argument("year", type=click.IntRange(1990, 2100), metavar="ÅR")
@click.option("--unit", metavar="KOD", help="Enhetens kod; annars den första.")
@json_option
@click.option("--svg", type=click.Path(path_type=Path), metavar="FIL", help="Rita årshjulet till en fil.")
@config_option
def wheel(year: int, unit: str | None, as_json: bool, svg: Path | None, config: Path) -> None:
    """Visa ett år: rapporternas datum, möten och återkommande uppgifter.

    \b
    Exempel:
      arshjul wheel 2026
      arshjul wheel 2026 --svg arshjul-2026.svg
    """
    installation = load_installation(config)
    code = installation.unit(unit).code if unit else installation.organisation.units[0].code
    entries = year_entries(installation.wheel, code, year)
    if svg is not None:
        drawn = [WheelEntry(e.label, e.start, e.end, e.ring.value) for e in entries]
        figure = draw_wheel(year, installation.unit(code).name, drawn).svg
        paper = figure.replace("<svg ", '<svg style="background:#fff" ', 1)  # also where the page is dark
        write_whole(svg, paper.encode())
        click.echo(f"Årshjulet finns i {svg}", err=as_json)
    if as_json:
        rows = [
            {
                "id": e.id,
                "label": e.label,
                "start": str(e.start),
                "end": str(e.end),
                "ring": e.ring.value,
                "who": [role.value for role in e.who],
            }
            for e in entries
        ]
        click.echo(json.dumps({"year": year, "unit": code, "entries": rows}, ensure_ascii=False, indent=2))
    elif svg is None:
        for entry in entries:
            days = str(entry.start) if entry.start == entry.end else f"{entry.start} – {entry.end}"
            click.echo(f"{days:<25} {_RINGS[entry.ring.value]:<8} {entry.label}")
