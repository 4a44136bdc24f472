"""`arshjul archive`: read packages back, list, export, restore and dispose of them.

`verify` needs no installation. Exit status 1 where something is wrong with a package.
"""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from sqlalchemy import select

from arshjul.adapters.archive import find_packages, verify_package
from arshjul.adapters.archive.bags import make_bag
from arshjul.adapters.store import tables
from arshjul.errors import BadInput
from arshjul.office import Office
from arshjul.wheel import local_day
from cli.options import asked_for_folder, config_option, current_time, json_option, now_option, opened


@click.group()
def archive() -> None:
    """Arkivpaketen: kontrollera, visa, lämna ut, läsa in igen och gallra."""


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
    results = {package: verify_package(package) for package in _packages(path)}
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


@archive.command("list")
@config_option
@json_option
def list_packages(config: Path, as_json: bool) -> None:
    """Visa arkivets paket: ärende, när de skrevs, när de senast lästes tillbaka och kopiorna.

    \b
    Exempel:
      arshjul archive list --config /srv/arshjul/config
    """
    with opened(config) as office:
        rows = _ledger(office)
    if as_json:
        click.echo(json.dumps({"packages": rows}, ensure_ascii=False, indent=2))
        return
    for row in rows:
        state = (
            "gallrat"
            if row["disposed"]
            else "fel"
            if row["faults"]
            else "helt"
            if row["checked"]
            else "inte läst än"
        )
        checked = f", läst {row['checked']}" if row["checked"] else ""
        click.echo(
            f"{row['name']}  {row['register_number'] or 'utan diarienummer'}  "
            f"skrivet {row['written']}: {state}{checked}"
        )
        for target in row["copies"]:
            click.echo(f"  kopia: {target}")
        for fault in () if row["disposed"] else row["faults"]:
            click.echo(f"  {fault}")
    if not rows:
        click.echo("Arkivet är tomt.")


@archive.command()
@click.argument("path", type=click.Path(path_type=Path), metavar="PAKET")
@click.argument("out", type=click.Path(path_type=Path), metavar="MAPP")
@now_option
def export(path: Path, out: Path, now: datetime | None) -> None:
    """Lägg ett paket, eller alla i en mapp, i påsar enligt BagIt för transport till ett arkiv.

    \b
    Exempel:
      arshjul archive export data/arkiv/SOL-T2-2026-v1 leverans
    """
    for package in _packages(path):
        faults = verify_package(package)
        if faults:
            raise BadInput(f"paketet är inte helt och lämnas inte ut: {faults[0].message}", str(package))
        make_bag(package, asked_for_folder(out) / package.name, local_day(now or current_time()).isoformat())
        click.echo(f"{out / package.name}: påse med paketet, kontrollerad")


@archive.command()
@click.argument("path", type=click.Path(path_type=Path), metavar="MAPP")
@config_option
@now_option
def restore(path: Path, config: Path, now: datetime | None) -> None:
    """Läs in ett paket, eller alla i en mapp, i en ny installation: rapporter, beslut och siffror.

    Det som installationen redan har lämnas som det är.

    \b
    Exempel:
      arshjul archive restore data/arkiv --config ny/config
    """
    from arshjul.steps.archive.restoring import case_order
    from arshjul.steps.archive.restoring import restore as restore_package

    packages = sorted(_packages(path), key=case_order)
    with opened(config) as office:
        for package in packages:
            done = restore_package(office, package, now or current_time())
            click.echo(f"{done.name}: {'inläst' if done.new else 'fanns redan'}")


@archive.command()
@click.argument("name", metavar="PAKET")
@click.option(
    "--decision", default="", metavar="BESLUT", help="Beslutet som gallringen vilar på: vem, datum, nummer."
)
@click.option(
    "--by", "person", required=True, metavar="PERSON", help="Vem som gallrar (id i organisation.yaml)."
)
@click.option("--dry-run", is_flag=True, help="Visa vad som skulle tas bort.")
@config_option
@now_option
def dispose(name: str, decision: str, person: str, dry_run: bool, config: Path, now: datetime | None) -> None:
    """Gallra ett arkiverat paket och dess kopior. Kräver ett beslut; protokollet finns kvar.

    \b
    Exempel:
      arshjul archive dispose SOL-T2-2026-v1 --by karin --decision "Arkivmyndigheten 2036-03-01, AN 2036/12"
    """
    from arshjul.steps.archive.disposing import dispose as dispose_of

    with opened(config) as office:
        places = dispose_of(office, name, person, decision, now or current_time(), dry_run=dry_run)
    done = "skulle gallras" if dry_run else "är gallrat"
    click.echo(f"{name} {done} på {places} {'ställe' if places == 1 else 'ställen'}.")


def _packages(path: Path) -> list[Path]:
    if not path.exists():
        raise BadInput("mappen finns inte; ange mappen med ett paket, eller med flera", str(path))
    if path.is_file():
        raise BadInput("är en fil; ange mappen som paketet ligger i", str(path))
    whole = next((each for each in path.resolve().parents[:2] if (each / "METS.xml").is_file()), None)
    if whole is not None:
        raise BadInput(f"är en del av ett paket; ange hela paketet, {whole}", str(path))
    packages = find_packages(path if path.name not in ("", "..") else path.resolve())  # "." has a name too
    if not packages:
        raise BadInput("här finns inget arkivpaket (ingen METS.xml och ingen bagit.txt)", str(path))
    return packages


def _ledger(office: Office) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    with office.database.reading() as session:
        found = session.execute(
            select(tables.Package, tables.Cycle)
            .join(tables.ApprovedVersion, tables.Package.version_id == tables.ApprovedVersion.id)
            .join(tables.Cycle, tables.ApprovedVersion.cycle_id == tables.Cycle.id)
            .where(tables.Package.written_at.is_not(None))
            .order_by(tables.Package.id)
        ).all()
        for package, cycle in found:
            checks = session.scalars(
                select(tables.FixityCheck)
                .where(tables.FixityCheck.package_id == package.id)
                .order_by(tables.FixityCheck.id)
            ).all()
            newest = {check.target: check for check in checks}
            copies = session.scalars(
                select(tables.PackageCopy.target)
                .where(tables.PackageCopy.package_id == package.id)
                .order_by(tables.PackageCopy.id)
            )
            rows.append(
                {
                    "name": package.path,
                    "register_number": cycle.registry_number,
                    "written": local_day(package.written_at).isoformat() if package.written_at else None,
                    "sha256": package.sha256,
                    "checked": local_day(checks[-1].checked_at).isoformat() if checks else None,
                    "faults": [fault for check in newest.values() for fault in check.faults],
                    "copies": list(copies),
                    "disposed": package.disposed_at is not None,
                }
            )
    return rows
