"""`arshjul load-example`: a city that does not exist, with everything an installation has, to try on."""

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from arshjul.config import load_installation
from arshjul.cycle import CycleKey
from arshjul.plan import Kind
from cli.options import database_option, json_option, opened
from cli.swedish import counted


@click.command("load-example")
@click.argument("folder", type=click.Path(path_type=Path), metavar="MAPP")
@click.option(
    "--units",
    type=click.IntRange(1, 2000),
    default=720,
    show_default=True,
    metavar="ANTAL",
    help="Hur många enheter staden har, med omkring åtta verksamheter var.",
)
@click.option("--seed", type=int, default=1, show_default=True, metavar="TAL", help="Samma tal, samma stad.")
@click.option(
    "--year",
    type=click.IntRange(2000, 2100),
    default=2026,
    show_default=True,
    metavar="ÅR",
    help="Planernas år.",
)
@database_option("PostgreSQL, som postgresql+psycopg://arshjul@localhost/arshjul. Annars SQLite i MAPP.")
@click.option(
    "--answers",
    is_flag=True,
    help="Öppna också T2 och lägg ifyllda underlag i inkorgen; några är sena, fel eller borta.",
)
@json_option
def load_example(
    folder: Path, units: int, seed: int, year: int, database: str | None, answers: bool, as_json: bool
) -> None:
    """Gör en påhittad stad i MAPP: förvaltningar, avdelningar, enheter, människor, planer, värden.

    \b
    Exempel:
      arshjul load-example stad
      arshjul load-example liten --units 12 --answers
      arshjul load-example stad --database postgresql+psycopg://arshjul@localhost/arshjul
    """
    from cli.example.words import read_city_words
    from cli.example.writing import write_city

    words = read_city_words()
    with _progress("Skriver staden", as_json) as told:
        city = write_city(folder, words, units, seed, year, database or "", told)
    config = folder / "config"
    begun = time.perf_counter()
    load_installation(config)  # what was written must be readable, or it is our fault
    made: dict[str, object] = {
        "config": str(config),
        "administrations": len(city.administrations),
        "departments": len(city.departments),
        "units": len(city.units),
        "subunits": sum(len(each.unit.subunits) for each in city.units),
        "people": len(city.organisation.people),
        "load_seconds": round(time.perf_counter() - begun, 2),
        "answers": None,
    }
    if answers:
        from cli.example.answers import open_and_answer

        keys = [CycleKey(each.unit.code, Kind.T2, year) for each in city.units]
        with opened(config) as office, _progress("Öppnar T2 och fyller i underlagen", as_json) as told:
            returned = open_and_answer(office, keys, words, seed, told)
        made["answers"] = {
            "cycle": f"T2 {year}",
            "forms": returned.forms,
            "in_time": returned.in_time,
            "late": returned.late,
            "never": returned.never,
            "faulty": returned.faulty,
        }
    if as_json:
        click.echo(json.dumps(made, ensure_ascii=False, indent=2))
    else:
        for line in _told(made, config, year):
            click.echo(line)


def _told(made: dict[str, object], config: Path, year: int) -> Iterator[str]:
    counts = [
        counted(int(str(made[name])), one, several)
        for name, one, several in (
            ("administrations", "förvaltning", "förvaltningar"),
            ("departments", "avdelning", "avdelningar"),
            ("units", "enhet", "enheter"),
            ("subunits", "verksamhet", "verksamheter"),
        )
    ]
    yield f"{', '.join(counts)} och {made['people']} människor i {config}."
    answers = made["answers"]
    if isinstance(answers, dict):
        yield (
            f"T2 {year} är öppnad med {answers['forms']} underlag. I inkorgen ligger {answers['in_time']} "
            f"som är rätt ifyllda och {answers['faulty']} med fel. {answers['late']} är sena och ligger i "
            f"{config.parent / 'data' / 'senare'}; {answers['never']} svarar aldrig. Breven är inte skickade."
        )
    yield f"Se efter: arshjul status --config {config}"


@contextmanager
def _progress(label: str, quiet: bool) -> Iterator[Callable[[float], None]]:
    """A bar on standard error while people wait; nothing where a program reads."""
    if quiet or not sys.stderr.isatty():
        yield lambda _share: None
        return
    with click.progressbar(length=1000, label=label, file=sys.stderr) as bar:
        shown = 0

        def told(share: float) -> None:
            nonlocal shown
            bar.update(int(share * 1000) - shown)
            shown = int(share * 1000)

        yield told
