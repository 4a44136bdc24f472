"""`arshjul weed`: what was only a working copy goes by rule; shown first with --dry-run."""

import json
from datetime import datetime
from pathlib import Path

import click

from cli.options import config_option, current_time, json_option, now_option, opened


@click.command()
@click.option("--dry-run", is_flag=True, help="Visa vad som skulle rensas; inget ändras.")
@config_option
@now_option
@json_option
def weed(dry_run: bool, config: Path, now: datetime | None, as_json: bool) -> None:
    """Rensa utkast, ersatta arbetskopior och innehållet i gamla brev, efter regel och med protokoll.

    Det som är beslutat rensas aldrig, och inget rensas innan rapporten är arkiverad.

    \b
    Exempel:
      arshjul weed --dry-run
    """
    from arshjul.steps.archive import weeding

    with opened(config) as office:
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
        case = f"{line.key} {line.unit_code}" if line.key else line.unit_code
        click.echo(f"{case}: {line.number} {weeding.RULES[line.rule]}")
    if not lines:
        click.echo("Det finns inget att rensa.")
    elif dry_run:
        click.echo("Inget är ändrat. Kör utan --dry-run för att rensa.")
