"""`arshjul plan`: read a plan or report from a document, show a plan as a tree, compare two.

Called by the main group. Reading is in `arshjul.plan_reader`; here are only options and print.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path

import click

from arshjul.adapters.documents.reading import read_document_file, read_plan_file
from arshjul.errors import BadInput
from arshjul.plan import ATTAINMENT_SWEDISH, Goal, Kind, Level, Plan
from arshjul.plan_diff import Change, Difference, Part, diff_plans
from arshjul.plan_file import dump_plan, plan_as_json
from arshjul.plan_ids import keep_ids
from arshjul.plan_reader import Reading

_LEVEL_SHORT = {
    Level.DIRECTION: "Inriktningsmål",
    Level.COUNCIL: "KF:s mål",
    Level.BOARD: "Nämndmål",
    Level.UNIT: "Enhetsmål",
}
_PART_HEADINGS = {
    Part.GOAL: "Mål",
    Part.SECTION: "Texter under mål",
    Part.TARGET: "Målvärden",
    Part.INDICATOR: "Indikatorer",
    Part.ACTIVITY: "Aktiviteter",
}
_LONG = 120
_FILE = click.Path(path_type=Path)  # what it is and whether it is there, the reading says in Swedish


@click.group("plan")
def plan_group() -> None:
    """Verksamhetsplaner och rapporter i dokument: läs dem, visa målkedjan, jämför två."""


@plan_group.command("read")
@click.argument("file", type=_FILE, metavar="FIL")
@click.option("--json", "as_json", is_flag=True, help="Skriv planen som JSON.")
@click.option("--out", type=_FILE, metavar="FIL", help="Spara planen som en fil (plan.yaml).")
@click.option("--replace", "replaces", is_flag=True, help="Byt ut den plan som finns; målens id:n behålls.")
@click.option("--kind", type=click.Choice([kind.value for kind in Kind]), help="Dokumentets slag.")
@click.option("--year", type=click.IntRange(2000, 2100), metavar="ÅR", help="Dokumentets år.")
@click.option("--unit", metavar="NAMN", help="Enhetens namn.")
def read_command(
    file: Path,
    as_json: bool,
    out: Path | None,
    replaces: bool,
    kind: str | None,
    year: int | None,
    unit: str | None,
) -> None:
    """Läs en plan eller rapport (VP, T1, T2, VB) ur FIL: PDF, Word, HTML eller text.

    Finns planfilen redan byts den bara ut med --replace. Det som är samma mål, indikator eller aktivitet
    behåller då sitt id, och den förra planen ligger kvar bredvid.

    \b
    Exempel:
      arshjul plan read verksamhetsplan.pdf
      arshjul plan read verksamhetsplan.pdf --year 2026 --out config/plans/SOL-2026.yaml
      arshjul plan read ny-plan.pdf --year 2026 --out config/plans/SOL-2026.yaml --replace
    """
    reading = read_any(file)
    plan = reading.plan
    plan = replace(
        plan, kind=Kind(kind) if kind else plan.kind, year=year or plan.year, unit=unit or plan.unit
    )
    changes: Sequence[Change] | None = None
    if out is not None and out.exists() and out.resolve() != file.resolve():
        plan, changes = _instead_of(plan, file, out, replaces=replaces)
    if out is not None:
        save(plan, out)
    if as_json:
        furniture = [
            {"line": noted.line, "text": noted.text, "kind": noted.kind} for noted in reading.furniture
        ]
        click.echo(json.dumps(plan_as_json(plan, furniture), ensure_ascii=False, indent=2))
        return
    for line in summary(plan, reading):
        click.echo(line)
    for line in told(changes) if changes is not None else ():
        click.echo(line)
    if out is not None:
        click.echo(f"Planen är sparad i {out}.")


@plan_group.command("show")
@click.argument("file", type=_FILE, metavar="FIL")
def show_command(file: Path) -> None:
    """Visa målkedjan i FIL (plan.yaml eller ett dokument) som ett träd.

    \b
    Exempel:
      arshjul plan show config/plans/SOL-2026.yaml
    """
    plan = read_any(file).plan
    click.echo(_title(plan))
    for line in tree(plan):
        click.echo(line)


@plan_group.command("diff")
@click.argument("old", type=_FILE, metavar="GAMMAL")
@click.argument("new", type=_FILE, metavar="NY")
@click.option("--json", "as_json", is_flag=True, help="Skriv skillnaderna som JSON.")
def diff_command(old: Path, new: Path, as_json: bool) -> None:
    """Visa vad som har tillkommit, tagits bort och ändrats från planen GAMMAL till planen NY.

    \b
    Exempel:
      arshjul plan diff config/plans/SOL-2026.yaml ny-plan.pdf
    """
    changes = diff_plans(read_any(old).plan, read_any(new).plan)
    if as_json:
        click.echo(
            json.dumps({"changes": [asdict(change) for change in changes]}, ensure_ascii=False, indent=2)
        )
        return
    for line in told(changes):
        click.echo(line)


def _instead_of(plan: Plan, file: Path, out: Path, *, replaces: bool) -> tuple[Plan, Sequence[Change]]:
    """The plan with the ids of the one in `out`, which is put beside, and what differs from it."""
    old = read_plan_file(out)
    if not replaces:
        raise BadInput(
            f"det finns redan en plan. Se vad som skiljer med ”arshjul plan diff {out} {file}”, och lägg "
            "till --replace för att byta ut den.",
            str(out),
        )
    out.with_name(f"{out.name}.tidigare").write_bytes(out.read_bytes())
    plan = keep_ids(old, plan)
    return plan, diff_plans(old, plan)


def save(plan: Plan, out: Path) -> None:
    """Write `plan.yaml`. BadInput where it cannot be written."""
    try:
        out.write_text(dump_plan(plan), encoding="utf-8")
    except OSError as error:
        raise BadInput("Planen går inte att spara där. Välj en annan fil.", str(out)) from error


def read_any(file: Path) -> Reading:
    """The reading of a document, or a saved plan with nothing beside it."""
    if file.suffix.lower() in (".yaml", ".yml"):
        return Reading(read_plan_file(file))
    return read_document_file(file)


def summary(plan: Plan, reading: Reading) -> Iterator[str]:
    """What was found, and what a person should look at."""
    yield _title(plan)
    for level in Level:
        yield f"  {_LEVEL_SHORT[level] + ':':<16}{len(plan.at(level)):>3}"
    yield f"  {'Indikatorer:':<16}{len(plan.indicators()):>3}"
    yield f"  {'Aktiviteter:':<16}{len(plan.activities()):>3}"
    if plan.front:
        yield f"Före målen: {', '.join(plan.front)}"
    if plan.back:
        yield f"Efter målen: {', '.join(plan.back)}"
    uncertain = [indicator.name for _, indicator in plan.indicators() if indicator.columns_uncertain]
    if uncertain:
        yield f"Kontrollera kolumnerna för {len(uncertain)} indikatorer (tomma celler syns inte i texten):"
        yield from (f"  {name}" for name in uncertain)
    missing = [
        f"{name} ({option})"
        for name, value, option in (
            ("slag", plan.kind, "--kind"),
            ("år", plan.year, "--year"),
            ("enhet", plan.unit, "--unit"),
        )
        if value is None
    ]
    if missing:
        yield f"Står inte i dokumentet, ange själv: {', '.join(missing)}"
    if plan.warnings:
        yield "Gick inte att placera:"
        yield from (f"  rad {warning.line}: {warning.message}" for warning in plan.warnings)
    if reading.furniture:
        yield f"Sidhuvuden, sidfötter och annat som inte är innehåll: {len(reading.furniture)} rader."


def tree(plan: Plan) -> Iterator[str]:
    """The chain of goals, one line each, with what hangs on them."""
    for number, goal in enumerate(plan.goals, start=1):
        yield from _branch(goal, "", last=number == len(plan.goals))


def told(changes: Sequence[Change]) -> Iterator[str]:
    """The changes in words, under a heading for each kind of part."""
    if not changes:
        yield "Planerna är lika."
    for part, heading in _PART_HEADINGS.items():
        of_part = [change for change in changes if change.part is part]
        if of_part:
            yield heading
        for change in of_part:
            yield f"  {change.id} {change.name}: {_what_became(change)}"


def _what_became(change: Change) -> str:
    """A change as words; long texts are only said to be changed."""
    value = change.before or change.after
    if change.difference is not Difference.CHANGED:
        verb = "tillkom" if change.difference is Difference.CAME else "togs bort"
        return f"{verb} (mål {value})" if value else verb
    if max(len(change.before or ""), len(change.after or "")) > _LONG:
        return f"{change.field} är ändrad"
    return f"{change.field}: {change.before or '–'} → {change.after or '–'}"


def _branch(goal: Goal, indent: str, *, last: bool) -> Iterator[str]:
    """A goal's line, its indicators and activities, and the goals below it."""
    number = f"{goal.number} " if goal.number else ""
    status = f" [{ATTAINMENT_SWEDISH[goal.attainment]}]" if goal.attainment else ""
    yield f"{indent}{'└─' if last else '├─'} {_LEVEL_SHORT[goal.level]} {number}{goal.title}{status}"
    below = indent + ("   " if last else "│  ")
    stem = "│" if goal.goals else " "
    for indicator in goal.indicators:
        target = indicator.target or indicator.council_target
        outcome = f": {indicator.outcome}" if indicator.outcome else ""
        yield f"{below}{stem}  ◦ {indicator.name}{outcome}{f' (mål {target})' if target else ''}"
    for activity in goal.activities:
        days = " – ".join(day.isoformat() for day in (activity.start, activity.end) if day)
        yield f"{below}{stem}  ▸ {activity.title}{f' ({days})' if days else ''}"
    for position, lower in enumerate(goal.goals, start=1):
        yield from _branch(lower, below, last=position == len(goal.goals))


def _title(plan: Plan) -> str:
    """Kind, year and unit, as far as they are known."""
    known = [str(part) for part in (plan.kind, plan.year, plan.unit) if part]
    return " ".join(known) or "Plan"
