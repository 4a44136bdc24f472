"""`arshjul simulate`: the whole year of the example on a virtual clock, with all that befalls it.

The people are played by chance, from a seed; the rest is the product itself, as it is in `cli.simulation`.
"""

import json
import time
from collections import Counter
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import click

from arshjul.errors import BadInput
from arshjul.office import open_office
from arshjul.swedish_dates import MONTHS
from arshjul.wheel import STOCKHOLM
from cli.invented_story import read_words
from cli.options import current_time, json_option

FIRST_YEAR, LAST_YEAR = 2020, 2060


@click.command()
@click.argument("year", type=click.IntRange(FIRST_YEAR, LAST_YEAR), metavar="ÅR")
@click.option("--out", type=click.Path(path_type=Path), required=True, metavar="MAPP", help="Var allt läggs.")
@click.option(
    "--seed",
    type=click.IntRange(0),
    default=1,
    show_default=True,
    metavar="TAL",
    help="Vilket av alla tänkbara år.",
)
@click.option("--unit", metavar="KOD", help="Bara den enheten.")
@json_option
def simulate(year: int, out: Path, seed: int, unit: str | None, as_json: bool) -> None:
    """Spela upp ett helt år för exempelenheterna, på låtsad tid.

    Rapporter, månadsrapporter, uppgifter och nästa års plan, med svar som kommer tidigt, sent, fel, två
    gånger eller aldrig, någon som slutar, en e-postserver som är nere två dagar i maj och en dator som är
    avstängd midsommarveckan. Samma tal ger samma år. Ingenting skickas utanför datorn.

    \b
    Exempel:
      arshjul simulate 2026 --out /tmp/aret
      arshjul simulate 2026 --out /tmp/aret --seed 7 --json
      arshjul simulate 2027 --out /tmp/aret --unit HAM
    """
    from cli.simulation.fate import fate_of
    from cli.simulation.hurry import hurry
    from cli.simulation.installation import EXAMPLE, make_installation, prepare_folder, units_of_example
    from cli.simulation.mail import MailServerOfTheYear
    from cli.simulation.outcome import outcome
    from cli.simulation.world import World
    from cli.simulation.year import SimulatedYear

    started = time.monotonic()
    told = partial(_told, as_json=as_json)
    codes = units_of_example()
    if unit is not None and unit not in codes:
        raise BadInput(f"det finns ingen enhet {unit} i exemplet. Välj bland {', '.join(codes)}.", "--unit")
    prepare_folder(out)
    fate = fate_of(year, seed)
    with MailServerOfTheYear(out / "utkorg") as mail:
        config = make_installation(out, mail.port, fate, unit)
        with open_office(config, current_time) as office:
            hurry(office.database)
            words = read_words(EXAMPLE / "demo" / "invented.yaml")
            begins = datetime(year - 1, 10, 1, 5, tzinfo=STOCKHOLM)
            played = SimulatedYear(World(office, fate, words, begins), mail, told)
            played.live()
            result = outcome(played, seed)
    if as_json:
        click.echo(json.dumps(result, ensure_ascii=False, indent=2))
    else:
        _table(result, out, time.monotonic() - started)


def _told(month: date, *, as_json: bool) -> None:
    click.echo(f"{MONTHS[month.month - 1]} {month.year} …", err=as_json)


def _table(result: dict[str, Any], out: Path, seconds: float) -> None:
    """What the year came to."""
    letters = result["letters"]
    kinds = Counter(matter["kind"] for letter in letters for matter in letter["matters"])
    headings = " ".join(f"{word:<11}" for word in ("Öppnad", "Godkänd", "Utskickad", "Arkiverad"))
    late = sum(letter["late_from"] is not None for letter in letters)
    click.echo(f"\n{result['year']}, år nummer {result['seed']}, på {seconds:.0f} sekunder.\n")
    click.echo(f"  {'Rapport':<12} {'Enhet':<6} {headings} Svar")
    for cycle in result["cycles"]:
        dates = [
            str(cycle[key] or "–")[:10] for key in ("opens", "approved_at", "distributed_at", "archived_at")
        ]
        asked, missing = len(cycle["asked"]), len(cycle["missing"])
        words = " ".join(f"{day:<11}" for day in dates)
        click.echo(f"  {cycle['cycle']:<12} {cycle['unit']:<6} {words} {asked - missing} av {asked}")
    click.echo(f"\n  {len(letters)} brev i {out / 'utkorg'}, {late} av dem försenade:")
    click.echo("  " + ", ".join(f"{KINDS.get(kind, kind)} {count}" for kind, count in kinds.most_common()))
    click.echo(f"  {len(result['packages'])} arkivpaket i {out / 'data' / 'arkiv'}")
    for trouble in result["troubles"]:
        click.echo(f"  Gick inte: {trouble}")
    click.echo(f"\nTitta vidare:  arshjul letters log --config {out / 'config'}")


KINDS = {
    "request": "underlag",
    "reminder": "påminnelser",
    "escalation": "sena svar till chefen",
    "digest": "veckobrev",
    "receipt": "kvittenser",
    "returned": "återsända",
    "review": "utkast att granska",
    "report": "rapporter till APT",
    "apt": "frågor om APT",
    "duty": "uppgifter",
    "failure": "till driften",
    "link": "länkar",
}
