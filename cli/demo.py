"""`arshjul demo`: a whole T2 cycle of the example unit on a virtual clock, through the Prefect flows.

People are played by `cli.story`; everything else is the product itself: real workbooks in a real inbox,
real letters over SMTP to an outbox folder, real reports and a real archive package.
"""

import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from arshjul.adapters.outbox_server import OutboxServer
from arshjul.cycle import CycleKey
from arshjul.errors import BadInput
from arshjul.organisation import ROLE_SWEDISH, Role
from arshjul.plan import Kind
from arshjul.wheel import milestones
from cli.demo_installation import UNIT, copy_config, fit_to_plan, prepare_folder
from cli.options import opened
from cli.portal import link_for, run_portal
from cli.prefect_settings import prepare_prefect, without_heartbeats

EXAMPLE = Path(__file__).parent.parent / "config"
LOOKED_IN_AS = (Role.MANAGER, Role.DEPUTY, Role.CONTROLLER, Role.REGISTRAR, Role.OPERATOR)


@click.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("demo"),
    show_default=True,
    metavar="MAPP",
    help="Var allt läggs.",
)
@click.option(
    "--plan",
    "plan_file",
    type=click.Path(path_type=Path),
    metavar="FIL",
    help="Kör på en plan ur ett dokument i stället, med påhittade svar.",
)
@click.option("--json", "as_json", is_flag=True, help="Skriv resultatet som JSON på standard ut.")
@click.option("--open", "stays_open", is_flag=True, help="Låt portalen vara igång efteråt, med länkar in.")
def demo(out: Path, plan_file: Path | None, as_json: bool, stays_open: bool) -> None:
    """Kör hela tertial 2 för exempelenheten, från plan till arkiv, på låtsad tid.

    \b
    Exempel:
      arshjul demo
      arshjul demo --out /tmp/prov --json
      arshjul demo --plan verksamhetsplan.txt
      arshjul demo --open                 och titta sedan i portalen
    """
    started = time.monotonic()
    say: Callable[[str], None] = lambda words: click.echo(words, err=as_json)  # noqa: E731
    if plan_file is not None and not plan_file.is_file():
        raise BadInput("filen finns inte", str(plan_file))
    prepare_folder(out)
    with OutboxServer(out / "utkorg") as outbox:
        config = copy_config(EXAMPLE, out, outbox.port)
        year = 2026
        if plan_file is not None:
            plan = fit_to_plan(config, plan_file)
            year = plan.year or year
            say(f"Planen är läst: {len(list(plan.walk()))} mål och {len(plan.indicators())} indikatorer.")
        prepare_prefect((out / "data" / "prefect").resolve())
        os.environ["ARSHJUL_CONFIG"] = str(config.resolve())
        say("Prefect startas (några sekunder) …")
        from cli.demo_play import play

        with without_heartbeats():
            result = play(
                CycleKey(UNIT, Kind.T2, year), config, outbox.folder, say, invented=plan_file is not None
            )
    if as_json:
        click.echo(json.dumps(result, ensure_ascii=False, indent=2))
    else:
        _table(result, out, time.monotonic() - started)
    if stays_open:
        _leave_open(config)


def _leave_open(config: Path) -> None:
    """The portal on the play's last day, with a link for each kind of person."""
    with opened(config) as office:
        rules = office.installation.wheel.rules(UNIT, Kind.T2)
        assert rules is not None
        now = milestones(rules, Kind.T2, 2026).archive
        port = office.installation.settings.portal.port
        click.echo("\nÖppna portalen som:")
        people = {role: office.installation.unit(UNIT).holders(role, now.date())[:1] for role in LOOKED_IN_AS}
        links = {
            f"{office.installation.organisation.person(person).name}, {ROLE_SWEDISH[role]}": link_for(
                office, person, now, port
            )
            for role, held in people.items()
            for person in held
        }
        run_portal(office, port, lambda: now, links)


def _table(result: dict[str, Any], out: Path, seconds: float) -> None:
    """What happened and where to look."""
    letters = result["letters"]
    click.echo("")
    click.echo(f"{result['cycle']} för {result['unit']} är klar, på {seconds:.0f} sekunder.")
    rows = [
        ("Svar som räknas", f"{result['submissions']} mottagna versioner"),
        ("Saknas", ", ".join(result["missing"]) or "ingen"),
        ("Iakttagelser", f"{result['findings']}, varav {result['open_findings']} står kvar och inte hindrar"),
        ("Brev", f"{len(letters)} i {out / 'utkorg'}"),
        ("Rapporten", result["report"]["pdf"]),
        ("", result["report"]["html"]),
        ("", result["report"]["docx"]),
        ("Arkivpaketet", result["package"]),
        ("Körd igen", f"{result['second_run_changes']} ändringar"),
    ]
    for label, words in rows:
        click.echo(f"  {label:<16} {words}")
    click.echo(f"\nTitta vidare:  arshjul status --config {out / 'config'}")
