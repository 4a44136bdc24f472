"""`arshjul status`: who has answered, what is due, what waits for whom. Reads only."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from sqlalchemy import select

from arshjul.adapters.store import tables
from arshjul.cycle import CycleKey
from arshjul.errors import BadInput
from arshjul.office import Office
from arshjul.plan import ATTAINMENT_SWEDISH, Kind
from arshjul.steps.cycle.cycles import find_cycle, key_of
from arshjul.wheel import local_day
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
)

Standing = dict[str, Any]  # a cycle as `--json` prints it


@click.command()
@click.argument("kind", type=ReportKindName(), metavar="[RAPPORT]", required=False)
@click.argument("year", type=ReportTimeName(), metavar="[ÅR]", required=False)
@click.option("--unit", metavar="KOD", help="Bara en enhet.")
@now_option
@json_option
@config_option
def status(
    kind: Kind | None,
    year: ReportTime | None,
    unit: str | None,
    now: datetime | None,
    as_json: bool,
    config: Path,
) -> None:
    """Visa vilka som har svarat, vad som är kvar och vem det väntar på.

    \b
    Exempel:
      arshjul status
      arshjul status T2 2026 --json
    """
    at = now or current_time()
    with opened(config) as office:
        if kind is not None and year is not None:
            standings = [_standing(office, key, at) for key in cycle_keys(office, kind, year, unit)]
        else:
            standings = [_known(office, key, at) for key in _keys(office, kind, unit)]
        post = _post(office, at)
    if as_json:
        told = {"cycles": standings} | ({"letters_waiting": post} if post else {})
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    if post:
        click.echo(post["sentence"])
    if not standings:
        click.echo("Ingen rapport har öppnats än.")
    for standing in standings:
        _show(standing)


def _post(office: Office, now: datetime) -> dict[str, object] | None:
    """What the mail server has not taken, and what to do; None where nothing waits for it."""
    from arshjul.steps.portal.letters_waiting import letters_waiting

    with office.database.reading() as session:
        found = letters_waiting(office, session, now)
    if found is None:
        return None
    from arshjul.swedish_dates import swedish_time

    number = "Ett brev väntar" if found.letters == 1 else f"{found.letters} brev väntar"
    since = swedish_time(found.since, local_day(now))
    sentence = (
        f"{number} på e-postservern {found.server} sedan {since}. Se om den går och om den tar emot brev "
        "från den här datorn. Breven går av sig själva vid nästa körning. Vilka de är visar "
        "”arshjul letters log”."
    )
    return {"letters": found.letters, "since": found.since.isoformat(), "sentence": sentence}


def _keys(office: Office, kind: Kind | None, unit: str | None) -> list[CycleKey]:
    """The cycles that have begun, the oldest first."""
    code = office.installation.unit(unit).code if unit else None
    with office.database.reading() as session:
        rows = session.scalars(select(tables.Cycle).order_by(tables.Cycle.year, tables.Cycle.id))
        keys = [key_of(row) for row in rows]
    return [key for key in keys if code in (None, key.unit_code) and kind in (None, key.kind)]


def _known(office: Office, key: CycleKey, now: datetime) -> Standing:
    """A cycle of the store; one whose plan or rules have been taken away does not hide the others."""
    try:
        return _standing(office, key, now)
    except BadInput as trouble:
        nothing: Standing = {
            "scopes": [],
            "undecided": [],
            "findings": [],
            "due": [],
            "beside": [],
            "letters_in_doubt": [],
        }
        about = {"cycle": str(key), "unit": key.unit_code, "registry_number": None}
        return {**about, "waits_for": str(trouble), "approved_version": None, **nothing}


def _standing(office: Office, key: CycleKey, now: datetime) -> Standing:
    from arshjul.steps.cycle.standing import cycle_standing, goal_standing, scope_standing, written_beside
    from arshjul.steps.letters.doubt import letters_in_doubt

    standing = cycle_standing(office, key, now)
    scopes = scope_standing(office, key)
    return {
        "cycle": str(key),
        "unit": key.unit_code,
        "registry_number": standing.registry_number,
        "waits_for": standing.waits_for,
        "due": [step.name for step in standing.due],
        "approved_version": standing.progress.approved or None,
        "scopes": [
            {"scope": s.scope, "name": s.name, "state": s.state, "version": s.version, "words": s.words}
            for s in scopes
        ],
        "undecided": [
            {"goal": g.goal, "title": g.title, "proposed": g.proposed, "reason": g.reason}
            for g in (goal_standing(office, key) if standing.progress.undecided else [])
            if g.decided is None
        ],
        "findings": _findings(office, key),
        "beside": [{"file": name, "words": words} for name, words in written_beside(office, key)],
        "letters_in_doubt": letters_in_doubt(office, key),
    }


def _findings(office: Office, key: CycleKey) -> list[dict[str, object]]:
    with office.database.reading() as session:
        cycle = find_cycle(session, key)
        if cycle is None:
            return []
        rows = session.scalars(
            select(tables.Finding)
            .where(tables.Finding.cycle_id == cycle.id, tables.Finding.state == "open")
            .order_by(tables.Finding.id)
        )
        return [
            {"id": r.id, "code": r.code, "severity": r.severity, "where": r.place, "message": r.message}
            for r in rows
        ]


_MARKS = {"answered": "●", "returned": "◐", "missing": "○"}
_SEVERITY = {"error": "hindrar", "warning": "varning", "note": "anmärkning"}


def _show(standing: Standing) -> None:
    """The same in words, from the top down."""
    number = standing["registry_number"]
    click.echo(f"{standing['cycle']} {standing['unit']}" + (f"  ({number})" if number else ""))
    click.echo(f"  {standing['waits_for']}")
    for scope in standing["scopes"]:
        click.echo(f"  {_MARKS[scope['state']]} {scope['name']:<32} {scope['words']}")
    if standing["undecided"]:
        click.echo("  Väntar på bedömning (arshjul judge):")
    for goal in standing["undecided"]:
        proposed = ATTAINMENT_SWEDISH[goal["proposed"]].lower() if goal["proposed"] else "inget"
        click.echo(f"  {goal['goal']:>4}  {goal['title']}")
        click.echo(f"        Förslag: {proposed}. {goal['reason']}")
    if standing["beside"]:
        click.echo("  Skrivet utanför fälten, inte med i rapporten:")
    for file in standing["beside"]:
        click.echo(f"        {file['file']}: {file['words']}")
    if standing["findings"]:
        click.echo("  Iakttagelser:")
    for finding in standing["findings"]:
        click.echo(f"  {finding['id']:>4}  {_SEVERITY[finding['severity']]}: {finding['where']}")
        click.echo(f"        {finding['message']}")
    for sentence in standing["letters_in_doubt"]:
        click.echo(f"  {sentence}")
    if standing["due"]:
        click.echo(f"  Att göra nu: arshjul run {standing['cycle']} --unit {standing['unit']}")
