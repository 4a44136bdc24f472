"""`arshjul actions`: what was promised, by whom, and what became of it.

The rules are in `arshjul.actions`, the store's part in `arshjul.steps.duties.actions`. Every event stays on
record.
"""

import json
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import click

from arshjul.actions import SOURCE_SWEDISH, STATUS_SWEDISH, Action, Source, Status
from arshjul.adapters.store import tables
from arshjul.errors import BadInput
from arshjul.office import Office
from arshjul.organisation import Unit
from arshjul.steps.duties import actions as steps
from arshjul.wheel import local_day
from cli.options import config_option, current_time, json_option, now_option, opened

_SOURCES = {
    "egenkontroll": Source.SELF_CHECK,
    "brukarundersökning": Source.USER_SURVEY,
    "klagomål": Source.COMPLAINT,
    "skyddsrond": Source.SAFETY_ROUND,
    "tillsyn": Source.SUPERVISION,
    "rapport": Source.LAST_REPORT,
    "granskning": Source.FINDING,
}
_unit_option = click.option("--unit", metavar="KOD", help="Enhetens kod. Behövs när det finns flera.")
_by_option = click.option("--by", required=True, metavar="ID", help="Ditt id i organisation.yaml.")


@click.group()
def actions() -> None:
    """Åtgärder och löften: vad som lovats, av vem, och vad det blev.

    \b
    Exempel:
      arshjul actions list --unit SOL
      arshjul actions add "Laga dörröppnaren" --unit SOL --subunit LARKAN --source skyddsrond --by karin
      arshjul actions close L1 --unit SOL --how "Dörröppnaren lagades i maj." --by karin
    """


@actions.command("list")
@_unit_option
@click.option("--all", "everything", is_flag=True, help="Visa också det som är stängt.")
@click.option("--plan", "planned", is_flag=True, help="Visa också planens egna aktiviteter och resultat.")
@json_option
@config_option
def list_(unit: str | None, everything: bool, planned: bool, as_json: bool, config: Path) -> None:
    """Visa åtgärderna. Det som planen lovar visas med --plan; det följs upp under sina mål.

    \b
    Exempel:
      arshjul actions list --unit SOL
      arshjul actions list --unit SOL --plan --all --json
    """
    with opened(config) as office:
        here = _unit(office, unit)
        with office.database.reading() as session:
            found = steps.actions_in(session, here.code)
        shown = [a for a in found if (everything or a.is_open) and (planned or not a.is_planned)]
        if as_json:
            rows = [_as_json(action) for action in shown]
            click.echo(json.dumps({"unit": here.code, "actions": rows}, ensure_ascii=False, indent=2))
            return
        for action in shown:
            _tell(action, here)
        hidden = sum(a.is_planned and a.is_open for a in found)
        if not shown:
            click.echo("Inga öppna åtgärder.")
        if hidden and not planned:
            click.echo(f"Dessutom {hidden} löften ur planen, per verksamhet. Visa dem med --plan.")


@actions.command()
@click.argument("text", required=False)
@_unit_option
@click.option("--subunit", metavar="KOD", default="", help="Verksamheten som ska göra det.")
@click.option(
    "--source",
    type=click.Choice(list(_SOURCES)),
    default="egenkontroll",
    show_default=True,
    help="Var det kommer från.",
)
@click.option("--finding", type=int, metavar="NUMMER", help="Gör en åtgärd av en iakttagelse i granskningen.")
@click.option("--owner", metavar="ID", help="Vem som svarar för det. Annars den som svarar för verksamheten.")
@click.option("--goal", metavar="ID", default="", help="Målet det hör till, till exempel G07.")
@click.option("--due", metavar="DATUM", help="Senast när, till exempel 2026-10-31.")
@_by_option
@now_option
@json_option
@config_option
def add(
    text: str | None,
    unit: str | None,
    subunit: str,
    source: str,
    finding: int | None,
    owner: str | None,
    goal: str,
    due: str | None,
    by: str,
    now: datetime | None,
    as_json: bool,
    config: Path,
) -> None:
    """Lägg till en åtgärd. Den kommer med i nästa underlag som öppnas.

    \b
    Exempel:
      arshjul actions add "Flytta hyllan" --unit SOL --subunit HYVELN --source skyddsrond --by johan
      arshjul actions add --finding 3 --unit SOL --subunit HUMLAN --by karin
    """
    at = now or current_time()
    with opened(config) as office:
        here = _unit(office, unit)
        _check_person(office, by)
        codes = [s.code for s in here.subunits]
        if subunit and subunit not in codes:
            raise BadInput(f"”{subunit}” är ingen verksamhet i {here.code}. Välj bland {', '.join(codes)}.")
        known = office.installation.plans
        plans = [known[key] for key in known if key[0] == here.code]
        if goal and not any(goal == one.id for plan in plans for one in plan.walk()):
            raise BadInput(f"ingen plan för {here.code} har ett mål med id {goal}")
        if owner:
            _check_person(office, owner)
        day = _day(due)
        with office.database.writing() as session:
            if finding is not None:
                row = session.get(tables.Finding, finding)
                cycle = session.get(tables.Cycle, row.cycle_id) if row else None
                if row is None or cycle is None or cycle.unit_code != here.code:
                    raise BadInput(f"{here.code} har ingen iakttagelse med nummer {finding}")
                text, source = text or row.mend or row.message, "granskning"
            if not text or not text.strip():
                raise BadInput("skriv vad som ska göras, inom citattecken")
            answering = steps.owners_on(here, local_day(at)).get(subunit, by)
            action = steps.add_action(
                session,
                here,
                by,
                at,
                source=_SOURCES[source],
                text=" ".join(text.split()),
                subunit=subunit,
                owner=owner or answering,
                goal=goal,
                due=day,
            )
        _done(office, here, action, as_json, f"{action} är tillagd.")


@actions.command()
@click.argument("action", metavar="ÅTGÄRD")
@_unit_option
@click.option("--how", required=True, metavar="TEXT", help="Hur det gick, med några ord.")
@click.option("--dropped", is_flag=True, help="Åtgärden blir inte av.")
@_by_option
@now_option
@json_option
@config_option
def close(
    action: str,
    unit: str | None,
    how: str,
    dropped: bool,
    by: str,
    now: datetime | None,
    as_json: bool,
    config: Path,
) -> None:
    """Stäng en åtgärd, med ett ord om hur det gick. Ångra med reopen.

    \b
    Exempel:
      arshjul actions close L1 --unit SOL --how "Hyllan flyttades den 3 juni." --by johan
      arshjul actions close L2 --unit SOL --dropped --how "Lokalen lämnas i höst." --by karin
    """
    with opened(config) as office:
        here = _unit(office, unit)
        _check_person(office, by)
        status = Status.DROPPED if dropped else Status.DONE
        with office.database.writing() as session:
            steps.close_action(session, here.code, action, by, status, how, now or current_time())
        _done(office, here, action, as_json, f"{action} är stängd.")


@actions.command()
@click.argument("action", metavar="ÅTGÄRD")
@_unit_option
@click.option("--why", required=True, metavar="TEXT", help="Varför den öppnas igen, med några ord.")
@_by_option
@now_option
@json_option
@config_option
def reopen(
    action: str, unit: str | None, why: str, by: str, now: datetime | None, as_json: bool, config: Path
) -> None:
    """Öppna en stängd åtgärd igen. Det som sades när den stängdes finns kvar.

    \b
    Exempel:
      arshjul actions reopen L1 --unit SOL --why "Hyllan står där igen." --by johan
    """
    with opened(config) as office:
        here = _unit(office, unit)
        _check_person(office, by)
        with office.database.writing() as session:
            steps.reopen_action(session, here.code, action, by, why, now or current_time())
        _done(office, here, action, as_json, f"{action} är öppen igen.")


def _unit(office: Office, code: str | None) -> Unit:
    if code:
        return office.installation.unit(code)
    units: Sequence[Unit] = office.installation.organisation.units
    if len(units) > 1:
        raise BadInput(f"det finns flera enheter; välj en med --unit ({', '.join(u.code for u in units)})")
    return units[0]


def _check_person(office: Office, person: str) -> None:
    people = [one.id for one in office.installation.organisation.people]
    if person not in people:
        raise BadInput(f"det finns ingen med id ”{person}”. Välj bland {', '.join(people)}.")


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadInput(f"”{text}” är inget datum. Skriv som 2026-10-31.") from None


def _done(office: Office, unit: Unit, action: str, as_json: bool, words: str) -> None:
    if not as_json:
        click.echo(words)
        return
    with office.database.reading() as session:
        found = next(a for a in steps.actions_in(session, unit.code) if a.id == action)
    click.echo(json.dumps(_as_json(found), ensure_ascii=False, indent=2))


def _tell(action: Action, unit: Unit) -> None:
    whose = next((s.name for s in unit.subunits if s.code == action.subunit), unit.name)
    due = f", senast {action.due.isoformat()}" if action.due else ""
    click.echo(f"{action.id}  {STATUS_SWEDISH[action.status].lower()}: {action.text}")
    click.echo(f"    {whose}, {action.owner or 'ingen ägare'}{due}. Från {action.origin_words}.")
    if action.note:
        click.echo(f"    {action.note}")


def _as_json(action: Action) -> dict[str, object]:
    return {
        "id": action.id,
        "source": action.source.value,
        "from": SOURCE_SWEDISH[action.source],
        "text": action.text,
        "subunit": action.subunit or None,
        "owner": action.owner or None,
        "goal": action.goal or None,
        "due": action.due.isoformat() if action.due else None,
        "status": action.status.value,
        "note": action.note,
        "made_in": action.made_in or None,
        "cycles": list(action.cycles),
    }
