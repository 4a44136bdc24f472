"""`arshjul archive verify`: read packages back and compare. Exit status 1 where something is wrong."""

import json
from pathlib import Path

import click

from arshjul.adapters.package import verify_package
from arshjul.errors import BadInput
from cli.options import json_option


@click.group()
def archive() -> None:
    """Arkivpaketen: kontrollera att de är hela och oförändrade."""


@archive.command()
@click.argument("path", type=click.Path(path_type=Path), metavar="MAPP")
@json_option
def verify(path: Path, as_json: bool) -> None:
    """Läs tillbaka varje fil i ett paket, eller i alla paket i en mapp, och jämför kontrollsummorna.

    \b
    Exempel:
      arshjul archive verify data/arkiv
      arshjul archive verify data/arkiv/SOL-T2-2026-v1 --json
    """
    packages = (
        [path] if (path / "bagit.txt").is_file() else sorted(p.parent for p in path.glob("*/bagit.txt"))
    )
    if not packages:
        raise BadInput("här finns inget arkivpaket (ingen bagit.txt)", str(path))
    results = {package: verify_package(package) for package in packages}
    if as_json:
        found = [
            {
                "path": str(package),
                "faults": [{"code": f.code, "place": f.place, "message": f.message} for f in faults],
            }
            for package, faults in results.items()
        ]
        click.echo(json.dumps({"packages": found}, ensure_ascii=False, indent=2))
    else:
        for package, faults in results.items():
            click.echo(f"{package.name}: {'helt och oförändrat' if not faults else 'FEL'}")
            for fault in faults:
                click.echo(f"  {fault.message}")
    if any(results.values()):
        click.get_current_context().exit(1)
