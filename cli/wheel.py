"""`arshjul wheel`: the year as a list, as JSON, as a figure, as calendars; duties that a plan speaks of."""

import json
from datetime import datetime
from html import escape
from pathlib import Path

import click

from arshjul.config import Installation, load_installation
from arshjul.duties import Entry
from arshjul.errors import BadInput
from arshjul.wheel import local_day, year_entries
from cli.options import config_option, current_time, json_option, now_option, write_asked_for
from cli.wheel_shown import year_as_json, year_in_words


@click.command()
@click.argument("year", type=click.IntRange(1990, 2100), metavar="ÅR")
@click.option("--unit", metavar="KOD", help="Enhetens kod; annars den första.")
@json_option
@click.option("--svg", type=click.Path(path_type=Path), metavar="FIL", help="Rita årshjulet till en fil.")
@click.option(
    "--ics",
    type=click.Path(path_type=Path),
    metavar="MAPP|FIL",
    help="Lägg året i kalendern: en fil per person i en mapp, eller en fil som slutar på .ics.",
)
@click.option("--person", metavar="ID", help="Bara den personens kalender, med id ur organisation.yaml.")
@click.option("--propose", is_flag=True, help="Visa uppgifter som planens uppföljning talar om.")
@now_option
@config_option
def wheel(
    year: int,
    unit: str | None,
    as_json: bool,
    svg: Path | None,
    ics: Path | None,
    person: str | None,
    propose: bool,
    now: datetime | None,
    config: Path,
) -> None:
    """Visa ett år: rapporternas datum, möten och återkommande uppgifter.

    Finns det redan en databas visas också vad som är klart, pågår, kommer och är försenat.

    \b
    Exempel:
      arshjul wheel 2026
      arshjul wheel 2026 --svg arshjul-2026.svg
      arshjul wheel 2026 --ics kalendrar
      arshjul wheel 2026 --ics anna.ics --person anna
      arshjul wheel 2026 --propose
    """
    at = now or current_time()
    installation = load_installation(config)
    code = installation.unit(unit).code if unit else installation.organisation.units[0].code
    if person is not None and ics is None:
        raise BadInput("väljer vems kalender det blir; skriv också --ics och en fil", "--person")
    if propose:
        _propose(installation, code, year, as_json=as_json)
        return
    entries = year_entries(installation.wheel, code, year)
    standing = _standing(installation, code, entries, at)
    if svg is not None:
        _draw(svg, installation, code, year, entries, standing, at)
        click.echo(f"Årshjulet finns i {svg}", err=as_json)
    if ics is not None:
        for path in _calendars(ics, installation, code, year, person, at):
            click.echo(f"Kalendern finns i {path}", err=as_json)
    if as_json:
        shown = year_as_json(installation, code, year, entries, standing)
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
    elif svg is None and ics is None:
        for line in year_in_words(installation, code, year, entries, standing):
            click.echo(line)


def _standing(
    installation: Installation, code: str, entries: tuple[Entry, ...], at: datetime
) -> dict[str, str]:
    """What the store knows; nothing where there is none yet, for to look must not make one."""
    from arshjul.office import open_office
    from arshjul.steps.portal.year_standing import year_standing

    kind, _, path = installation.settings.database_url.partition(":///")
    if kind.startswith("sqlite") and not Path(path).is_file():
        return {}
    with open_office(installation.folder, current_time) as office:
        return year_standing(office, code, entries, at)


def _draw(
    path: Path,
    installation: Installation,
    code: str,
    year: int,
    entries: tuple[Entry, ...],
    standing: dict[str, str],
    at: datetime,
) -> None:
    from arshjul.report.wheel_figure import WheelEntry, draw_wheel

    drawn = [WheelEntry(e.label, e.start, e.end, e.ring.value, standing.get(e.id)) for e in entries]
    figure = draw_wheel(year, installation.unit(code).name, drawn, local_day(at))
    # A file by itself has neither an alt attribute nor a ground of its own, where the page is dark.
    said = f'<svg aria-label="{escape(figure.alt)}" '
    ground = '</title><rect width="100%" height="100%" fill="#ffffff"/>'
    paper = figure.svg.replace("<svg ", said, 1).replace("</title>", ground, 1)
    write_asked_for(path, paper.encode())


def _calendars(
    target: Path, installation: Installation, code: str, year: int, person: str | None, at: datetime
) -> list[Path]:
    """Write the calendars that are asked for; an entry that has moved since last time moves."""
    from arshjul.calendar_days import person_days, unit_days
    from arshjul.calendar_file import calendar_file
    from arshjul.steps.cycle.output import write_whole

    organisation, wheel_rules = installation.organisation, installation.wheel
    if person is not None and person not in {p.id for p in organisation.people}:
        ids = ", ".join(p.id for p in organisation.people)
        raise BadInput(f'det finns ingen person "{person}"; här finns {ids}', "--person")
    unit = installation.unit(code)
    is_file = target.suffix.lower() == ".ics"
    made = []
    if is_file and person is None:
        made.append((target, code, unit.short_name, unit_days(wheel_rules, unit, year)))
    people = (
        [person] if person else [] if is_file else list(dict.fromkeys(a.person for a in unit.assignments))
    )
    for each in people:
        name = organisation.person(each).name
        path = target if is_file else target / f"{each}-{year}.ics"
        made.append((path, each, name, person_days(wheel_rules, organisation, each, year)))
    domain = installation.settings.mail.from_address.rpartition("@")[2]
    for path, owner, name, days in made:
        path.parent.mkdir(parents=True, exist_ok=True)
        previous = path.read_bytes() if path.is_file() else None
        try:
            content = calendar_file(days, owner, f"Årshjul {year}, {name}", domain, at, previous)
        except BadInput as error:
            raise BadInput(error.sentence, str(path)) from None
        write_whole(path, content)
    return [path for path, *_ in made]


def _propose(installation: Installation, code: str, year: int, *, as_json: bool) -> None:
    from arshjul.duty_proposals import proposals_as_yaml, proposed_duties

    plan = installation.plans.get((code, year))
    if plan is None:
        raise BadInput(f"det finns ingen plan för {code} {year}", f"config/plans/{code}-{year}.yaml")
    proposals = proposed_duties(plan)
    if as_json:
        shown = [
            {"id": p.duty.id, "label": p.duty.label, "goal": p.goal_id, "phrase": p.phrase} for p in proposals
        ]
        click.echo(json.dumps({"proposals": shown}, ensure_ascii=False, indent=2))
        return
    click.echo(proposals_as_yaml(proposals) if proposals else "Planen säger inget om när målen följs upp.")
