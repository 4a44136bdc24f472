"""`arshjul duties`: the recurring duties of a year, who says that they are done, and taking that back."""

import json
from datetime import date, datetime
from pathlib import Path

import click

from arshjul.office import Office
from arshjul.steps.duties.duty_words import DutyStanding, confirm_duty, duty_standings, withdraw_duty
from arshjul.wheel import local_day
from cli.options import config_option, current_time, json_option, now_option, opened

STATE_WORDS = {
    "coming": "kommer",
    "told": "brev skickat",
    "reminded": "påmint om",
    "passed": "tiden gick innan någon fick besked",
    "confirmed": "klart",
}

by_option = click.option(
    "--by", required=True, metavar="PERSON", help="Den som säger det, med id ur organisation.yaml."
)
ids_argument = click.argument("ids", nargs=-1, required=True, metavar="UPPGIFT…")


@click.group()
def duties() -> None:
    """Det som återkommer: se vad som är på gång, och anteckna när det är gjort."""


@duties.command("list")
@click.option("--unit", metavar="KOD", help="Bara en enhet.")
@click.option("--year", type=click.IntRange(1990, 2100), metavar="ÅR", help="Året; annars det här.")
@click.option("--open", "only_open", is_flag=True, help="Bara det som är sagt till om men inte klart.")
@now_option
@json_option
@config_option
def list_duties(
    unit: str | None, year: int | None, only_open: bool, now: datetime | None, as_json: bool, config: Path
) -> None:
    """Visa årets uppgifter och hur det går med dem.

    \b
    Exempel:
      arshjul duties list --open
      arshjul duties list --unit SOL --year 2026 --json
    """
    of = year or local_day(now or current_time()).year
    with opened(config) as office:
        units = office.installation.organisation.units
        codes = [office.installation.unit(unit).code] if unit else [each.code for each in units]
        found = [s for code in codes for s in duty_standings(office, code, date(of, 1, 1), date(of, 12, 31))]
        if only_open:
            found = [each for each in found if each.state in ("told", "reminded", "passed")]
        if as_json:
            rows = [_row(each) for each in found]
            click.echo(json.dumps({"year": of, "duties": rows}, ensure_ascii=False, indent=2))
            return
        if not found:
            click.echo(f"Inga uppgifter{' väntar' if only_open else ''} {of}.")
        for each in found:
            click.echo(_line(office, each))


@duties.command()
@ids_argument
@by_option
@click.option("--note", default="", metavar="TEXT", help="Resultatet i några ord, till rapporten.")
@now_option
@config_option
def confirm(ids: tuple[str, ...], by: str, note: str, now: datetime | None, config: Path) -> None:
    """Anteckna att en uppgift är gjord.

    \b
    Exempel:
      arshjul duties confirm SOL-skyddsrond-2026-03-HUMLAN --by mehmet --note "Två brister, båda åtgärdade."
    """
    with opened(config) as office:
        for occurrence_id in ids:
            confirm_duty(office, occurrence_id, by, note, now or current_time())
            click.echo(f"{occurrence_id} är antecknad som klar. Ångra med ”arshjul duties undo”.")


@duties.command()
@ids_argument
@by_option
@click.option("--note", default="", metavar="TEXT", help="Varför, i några ord.")
@now_option
@config_option
def undo(ids: tuple[str, ...], by: str, note: str, now: datetime | None, config: Path) -> None:
    """Ta tillbaka en anteckning om att något är gjort. Det som sades står kvar i historiken.

    \b
    Exempel:
      arshjul duties undo SOL-skyddsrond-2026-03-HUMLAN --by mehmet
    """
    with opened(config) as office:
        for occurrence_id in ids:
            withdraw_duty(office, occurrence_id, by, note, now or current_time())
            click.echo(f"{occurrence_id} är inte längre antecknad som klar.")


def _row(standing: DutyStanding) -> dict[str, object]:
    occurrence = standing.occurrence
    return {
        "id": occurrence.id,
        "label": occurrence.duty.label,
        "unit": occurrence.unit_code,
        "subunit": occurrence.subunit,
        "start": str(occurrence.start),
        "end": str(occurrence.end),
        "confirm": occurrence.duty.confirm,
        "state": standing.state,
        "at": standing.at.isoformat() if standing.at else None,
        "by": standing.person,
        "note": standing.note,
    }


def _line(office: Office, standing: DutyStanding) -> str:
    occurrence = standing.occurrence
    days = (
        str(occurrence.start)
        if occurrence.start == occurrence.end
        else f"{occurrence.start} – {occurrence.end}"
    )
    words = STATE_WORDS[standing.state]
    if standing.at is not None:
        words += f" {local_day(standing.at)}"
    if standing.person is not None:
        words += f" ({office.installation.organisation.person(standing.person).name})"
    note = f" {standing.note}" if standing.note else ""
    return f"{days:<25} {standing.place}: {words}.{note}  [{occurrence.id}]"
