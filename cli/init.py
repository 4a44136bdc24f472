"""`arshjul init`: a new installation, from an existing plan document where there is one."""

import re
from dataclasses import replace
from pathlib import Path

import click

from arshjul.adapters.documents.reading import read_plan_file
from arshjul.adapters.new_installation import NewUnit, write_installation
from arshjul.config import load_installation
from arshjul.duty_proposals import proposed_duties
from arshjul.errors import BadInput
from arshjul.plan import Kind, Plan
from cli.options import asked_for_folder

_PERSON = re.compile(r"(?P<name>[^<>]+?)\s*<(?P<address>[^<>@\s]+@[^<>@\s]+)>\Z")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="MAPP")
@click.option(
    "--plan",
    "plan_file",
    type=click.Path(path_type=Path),
    metavar="FIL",
    help="Er verksamhetsplan: PDF, Word, webbsida eller text.",
)
@click.option(
    "--code", default="ENHET", show_default=True, metavar="KOD", help="Enhetens kod, som i diarienumret."
)
@click.option("--name", metavar="NAMN", help="Enhetens namn; annars det som står i planen.")
@click.option(
    "--year", type=click.IntRange(2000, 2100), metavar="ÅR", help="Planens år, om dokumentet inte säger det."
)
@click.option(
    "--manager",
    default="Enhetschef <enhetschef@kommun.example>",
    show_default=True,
    metavar="PERSON",
    help="Enhetschefens namn och adress.",
)
def init(
    folder: Path, plan_file: Path | None, code: str, name: str | None, year: int | None, manager: str
) -> None:
    """Gör en ny installation i MAPP, gärna ur er egen verksamhetsplan.

    \b
    Exempel:
      arshjul init /srv/arshjul --plan verksamhetsplan.pdf --code SOL
      arshjul init prov --plan vp.docx --manager "Karin Ekdahl <karin@kommun.example>"
    """
    person = _PERSON.match(manager)
    if person is None:
        raise BadInput("skriv som ”Karin Ekdahl <karin@kommun.example>”", "--manager")
    if not re.fullmatch(r"[A-ZÅÄÖ0-9]{2,12}", code):
        raise BadInput("en kod är 2 till 12 stora bokstäver eller siffror, som SOL", "--code")
    plan = _plan(plan_file, name, year) if plan_file else None
    unit_name = name or (plan.unit if plan else None) or "Enheten"
    unit = NewUnit(
        code=code,
        name=unit_name,
        short_name=_short(unit_name),
        administration="Förvaltningen",
        department="Avdelningen",
        people_word="deltagare",
        manager_name=person["name"].strip(),
        manager_address=person["address"],
    )
    config = asked_for_folder(folder) / "config"
    written = write_installation(config, unit, plan)
    load_installation(config)  # what was written must be readable, or it is our fault
    for path in written:
        click.echo(f"  {path}")
    if plan is not None:
        goals, indicators = len(list(plan.walk())), len(plan.indicators())
        click.echo(f"Planen är läst: {goals} mål, {indicators} indikatorer, {len(plan.warnings)} varningar.")
        if proposed := len(proposed_duties(plan)):
            click.echo(
                f"Planen talar om uppföljning på {proposed} ställen; de står som förslag sist i "
                f"{config / 'wheel.yaml'}."
            )
    click.echo(f"Nu: skriv in verksamheter och personer i {config / 'organisation.yaml'},")
    click.echo(f"och e-postservern i {config / 'settings.yaml'}. Se sedan året med:")
    click.echo(f"  arshjul wheel {plan.year if plan else 2026} --config {config}")


def _short(name: str) -> str:
    """What the unit is called every day, as far as its name tells: "Norden" of "Nordens hemtjänst"."""
    first, *rest = name.split()
    return first.removesuffix("s") if rest and rest[0].islower() else first


def _plan(file: Path, name: str | None, year: int | None) -> Plan:
    plan = read_plan_file(file)
    plan = replace(plan, kind=plan.kind or Kind.VP, year=year or plan.year, unit=name or plan.unit)
    if plan.year is None:
        raise BadInput("dokumentet säger inte vilket år det gäller; ange det med --year", str(file))
    return plan
