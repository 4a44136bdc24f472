"""`arshjul weed`: what was only a working copy goes by rule; --dry-run shows it first, --log afterwards."""

import json
from datetime import datetime
from pathlib import Path

import click

from arshjul.cycle import CycleKey
from arshjul.office import Office
from arshjul.wheel import local_day
from cli.options import config_option, current_time, json_option, now_option, opened


@click.command()
@click.option("--dry-run", is_flag=True, help="Visa vad som skulle rensas; inget ändras.")
@click.option("--log", "shown", is_flag=True, help="Visa protokollet över det som har rensats och gallrats.")
@config_option
@now_option
@json_option
def weed(dry_run: bool, shown: bool, config: Path, now: datetime | None, as_json: bool) -> None:
    """Rensa utkast, ersatta arbetskopior och innehållet i gamla brev, efter regel och med protokoll.

    Det som är beslutat rensas aldrig, och inget rensas innan rapporten är arkiverad.

    \b
    Exempel:
      arshjul weed --dry-run
      arshjul weed --log
    """
    from arshjul.steps.archive import weeding

    with opened(config) as office:
        if shown:
            _show(office, as_json=as_json)
            return
        lines = (weeding.look if dry_run else weeding.weed)(office, now or current_time())
    if as_json:
        rows = [
            {
                "unit": line.unit_code,
                "cycle": str(line.key) if line.key else None,
                "rule": line.rule,
                "number": line.number,
            }
            for line in lines
        ]
        click.echo(json.dumps({"weeded": rows, "dry_run": dry_run}, ensure_ascii=False, indent=2))
        return
    for line in lines:
        click.echo(f"{_case(line.key, line.unit_code)}: {line.number} {weeding.RULES[line.rule]}")
    if not lines:
        click.echo("Det finns inget att rensa.")
    elif dry_run:
        click.echo("Inget är ändrat. Kör utan --dry-run för att rensa.")


def _case(key: CycleKey | None, unit_code: str) -> str:
    return f"{key} {unit_code}" if key else unit_code


def _show(office: Office, *, as_json: bool) -> None:
    from arshjul.steps.archive.disposing import DISPOSED
    from arshjul.steps.archive.weeding import RULES
    from arshjul.steps.archive.weeding_protocol import protocol

    lines = protocol(office)
    if as_json:
        rows = [
            {
                "at": line.at.isoformat(),
                "unit": line.unit_code,
                "cycle": str(line.key) if line.key else None,
                "rule": line.rule,
                "number": line.number,
                "package": line.package or None,
                "by": line.person,
                "decision": line.decision,
            }
            for line in lines
        ]
        click.echo(json.dumps({"protocol": rows}, ensure_ascii=False, indent=2))
        return
    for line in lines:
        if line.rule == DISPOSED:
            what = f"paketet {line.package} gallrat av {line.person}, beslut: {line.decision}"
        else:
            what = f"{line.number} {RULES[line.rule]}"
        click.echo(f"{local_day(line.at)}  {_case(line.key, line.unit_code)}: {what}")
    if not lines:
        click.echo("Inget har rensats eller gallrats.")
