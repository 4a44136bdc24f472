"""`arshjul letters`: the letters that would go, and those that have gone."""

import json
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import click

from arshjul.cycle import CycleKey, keys_of_year
from arshjul.errors import BadInput
from arshjul.office import Office
from arshjul.plan import Kind
from arshjul.steps.cycle.settled import settled
from arshjul.steps.letters.letter_log import LoggedLetter, all_letters
from arshjul.wheel import STOCKHOLM, local_day, morning
from arshjul.workdays import next_workday
from cli.options import (
    ReportKindName,
    ReportTime,
    ReportTimeName,
    config_option,
    current_time,
    cycle_keys,
    json_option,
    now_option,
    opened,
    write_asked_for,
)

STATES = {
    "pending": "väntar",
    "claimed": "skickas nu",
    "sent": "skickat",
    "refused": "kom inte fram",
    "given_up": "gavs upp",
    "withdrawn": "drogs tillbaka, redan gjort",
}


class Day(click.ParamType[date]):
    """A day like 2026-09-08."""

    name = "dag"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            return value if isinstance(value, date) else date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"”{value}” är ingen dag. Skriv som 2026-09-08.", param, ctx)


@click.group()
def letters() -> None:
    """Se breven: dem som skulle gå, innan något skickas, och dem som har gått."""


@letters.command("preview")
@click.argument("kind", type=ReportKindName(), metavar="[RAPPORT]", required=False)
@click.argument("year", type=ReportTimeName(), metavar="[ÅR]", required=False)
@click.option("--day", type=Day(), metavar="DAG", help="En dags brev, t.ex. 2026-09-08.")
@click.option(
    "--year", "whole_year_of", type=click.IntRange(1990, 2100), metavar="ÅR", help="Ett helt års brev."
)
@click.option("--unit", metavar="KOD", help="Bara en enhet.")
@click.option("--html", type=click.Path(path_type=Path), metavar="FIL", help="Skriv breven som en webbsida.")
@now_option
@json_option
@config_option
def preview_letters(
    kind: Kind | None,
    year: ReportTime | None,
    day: date | None,
    whole_year_of: int | None,
    unit: str | None,
    html: Path | None,
    now: datetime | None,
    as_json: bool,
    config: Path,
) -> None:
    """Visa breven och varför de går, innan något skickas. Inget sparas.

    Utan något mer visas breven för dagen (eller nästa arbetsdag). Det utgår från att ingen mer svarar och att
    rapporter beslutas sista dagen, så att alla brev som kan komma syns.

    \b
    Exempel:
      arshjul letters preview
      arshjul letters preview T2 2026 --html brev.html
      arshjul letters preview --day 2026-09-08
      arshjul letters preview --year 2026 --unit SOL
    """
    from arshjul.steps.letters import previewing  # it needs all that a report needs

    if sum(each is not None for each in (kind, day, whole_year_of)) > 1 or (kind is None) != (year is None):
        raise click.UsageError("Välj en sak: en rapport och dess år, --day eller --year.")
    at = now or current_time()
    with opened(config) as office:
        keys, first, last = _scope(office, at, kind, year, day, whole_year_of, unit)
        found = previewing.preview(office, keys, first, last, duties=kind is None)
        if day is not None or (kind is None and whole_year_of is None):
            found.letters = [each for each in found.letters if local_day(each.letter.at) == local_day(last)]
        if html is not None:
            write_asked_for(html, previewing.as_page(found).encode())
            click.echo(f"{len(found.letters)} brev finns i {html}", err=as_json)
    if as_json:
        click.echo(json.dumps(_preview_json(found), ensure_ascii=False, indent=2))
    elif html is None:
        _show_preview(found, previewing.SUPPOSED)


def _scope(
    office: Office,
    now: datetime,
    kind: Kind | None,
    year: ReportTime | None,
    day: date | None,
    whole_year_of: int | None,
    unit: str | None,
) -> tuple[list[CycleKey], datetime, datetime]:
    """The cycles to live through, from when and to when."""
    from arshjul.steps.letters.previewing import is_open, whole_year

    if kind is not None and year is not None:
        keys = cycle_keys(office, kind, year, unit)
        dates = [settled(office, key).milestones for key in keys]
        begun = any(is_open(office, key) for key in keys)
        opens, last = min(d.opens for d in dates), max(d.archive for d in dates)
        return keys, now if begun else min(now, opens), last
    if whole_year_of is not None:
        keys = _all_keys(office, whole_year_of, unit)
        first, last = whole_year(whole_year_of)
        begun = any(is_open(office, key) for key in keys)
        first = max(first, now) if begun else first
        return _not_left_alone(office, keys, first), first, last
    last = morning(next_workday(day or local_day(now)))
    if day is not None:
        last = datetime.combine(day, time(18), STOCKHOLM)
        if day < local_day(now):
            raise BadInput(f"{day} har passerat. Det som gick den dagen visas av ”arshjul letters log”.")
    first = min(now, last)
    keys = _not_left_alone(office, _all_keys(office, local_day(last).year, unit), first)
    return keys, first, max(now, last)


def _not_left_alone(office: Office, keys: list[CycleKey], first: datetime) -> list[CycleKey]:
    """Those that will be at work: what was over before the installation began gives no letters."""
    from arshjul.steps.cycle.behind import is_left_alone

    return [key for key in keys if not is_left_alone(office, key, first)]


def _all_keys(office: Office, year: int, unit: str | None) -> list[CycleKey]:
    """The cycles with a plan that may have something to do in a year."""
    installation = office.installation
    code = installation.unit(unit).code if unit else None
    return [
        key
        for unit_code, wheel in installation.wheel.units.items()
        if code in (None, unit_code)
        for kind, rules in wheel.cycles.items()
        if installation.kind(unit_code, kind) is not None
        for of_year in (year - 1, year, year + 1)
        if (unit_code, of_year) in installation.plans
        for key in keys_of_year(unit_code, kind, rules, of_year)
        if settled(office, key).milestones.archive.year >= year
        and settled(office, key).milestones.opens.year <= year
    ]


def _show_preview(found: Any, supposed: str) -> None:
    for line in found.left_out:
        click.echo(f"Inte med: {line}", err=True)
    for each in found.letters:
        letter = each.letter
        click.echo("=" * 78)
        click.echo(f"Går:      {_clock(letter.at)}")
        click.echo(f"Till:     {each.name}, {letter.to}")
        click.echo(f"Ämne:     {each.subject}")
        for matter in letter.matters:
            click.echo(f"Varför:   {matter.reason}")
        if each.attached:
            click.echo(f"Bifogat:  {', '.join(each.attached)}")
        click.echo("-" * 78)
        click.echo(each.text.rstrip())
        click.echo()
    click.echo(f"{len(found.letters)} brev. Inget är skickat. {supposed}")


def _preview_json(found: Any) -> dict[str, object]:
    return {
        "letters": [
            {**each.letter.as_json(), "subject": each.subject, "text": each.text} for each in found.letters
        ],
        "left_out": found.left_out,
    }


@letters.command("log")
@click.option("--person", metavar="ID", help="Bara en persons brev, med hennes id i organisation.yaml.")
@json_option
@config_option
def log(person: str | None, as_json: bool, config: Path) -> None:
    """Visa vilka brev som har gått, till vem och varför, och vad som hände med dem.

    \b
    Exempel:
      arshjul letters log --person anna
    """
    with opened(config) as office:
        known = {each.id: each.name for each in office.installation.organisation.people}
        if person is not None and person not in known:
            raise BadInput(f"det finns ingen person med id ”{person}”; välj bland {', '.join(sorted(known))}")
        found = all_letters(office, person)
    if as_json:
        rows = [{**each.as_json(), "state": each.state, "receiver": each.receiver} for each in found]
        click.echo(json.dumps({"letters": rows}, ensure_ascii=False, indent=2))
        return
    for each in found:
        _show_logged(each, known)
    if not found:
        click.echo("Inga brev än.")


def _show_logged(letter: LoggedLetter, known: dict[str, str]) -> None:
    marks = [STATES[letter.state]]
    if letter.late_from:
        marks.append(f"skulle ha gått {letter.late_from}")
    if letter.uncertain:
        marks.append("kan ha kommit två gånger")
    if letter.redirected:
        marks.append("till provlådan")
    click.echo(f"{_clock(letter.at)}  {known.get(letter.receiver, letter.receiver)}  ({', '.join(marks)})")
    for matter in letter.matters:
        instead = f" I stället för {known.get(matter.meant_for, matter.meant_for)}."
        click.echo(f"    {matter.reason}{instead if matter.meant_for != letter.receiver else ''}")
    if letter.trouble and letter.state != "sent":
        click.echo(f"    {letter.trouble}")


def _clock(at: datetime) -> str:
    return f"{at.astimezone(STOCKHOLM):%Y-%m-%d %H:%M}"
