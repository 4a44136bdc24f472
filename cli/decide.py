"""`arshjul judge`, `explain`, `approve`, `correct`: what a manager decides, each on record."""

from datetime import datetime
from pathlib import Path

import click

from arshjul.adapters.judgements import judgement_file, read_judgements
from arshjul.compilation import compile_cycle
from arshjul.cycle import CycleKey
from arshjul.cycle_data import SUMMARY, Judged
from arshjul.decision_words import decision_words
from arshjul.drafting import DRAFTED, drafted_analysis
from arshjul.errors import BadInput, Refused
from arshjul.office import Office
from arshjul.plan import ATTAINMENT_SWEDISH, Kind
from arshjul.steps.cycle.output import exported_files, write_whole
from arshjul.steps.cycle.standing import GoalStanding, goal_standing, summary_text
from arshjul.steps.figures.gathering import gather
from arshjul.steps.report import deciding
from cli.options import (
    ReportTime,
    config_option,
    current_time,
    cycle_arguments,
    now_option,
    one_cycle,
    opened,
)

by_option = click.option(
    "--by", required=True, metavar="PERSON", help="Den som beslutar, med id ur organisation.yaml."
)


@click.command()
@cycle_arguments
@click.option("--file", "file", type=click.Path(path_type=Path), metavar="FIL", help="Filen att läsa in.")
@click.option(
    "--write",
    type=click.Path(path_type=Path),
    metavar="FIL",
    help="Gör en fil att fylla i, med förslagen.",
)
@click.option("--by", metavar="PERSON", help="Den som bedömer, med id ur organisation.yaml.")
@now_option
@config_option
def judge(
    kind: Kind,
    year: ReportTime,
    unit: str | None,
    file: Path | None,
    write: Path | None,
    by: str | None,
    now: datetime | None,
    config: Path,
) -> None:
    """Bedöm målen: skriv en fil med förslagen, fyll i den och läs in den.

    \b
    Exempel:
      arshjul judge T2 2026 --write bedomning.yaml
      arshjul judge T2 2026 --file bedomning.yaml --by karin
    """
    if (file is None) == (write is None) or (file is not None and by is None):
        raise BadInput("ange antingen --write FIL, eller --file FIL och --by PERSON")
    with opened(config) as office:
        key = one_cycle(office, kind, year, unit)
        if write is not None:
            count = _write_judgements(office, key, write)
            click.echo(f"{count} mål finns i {write}. Fyll i och läs in med --file.")
        elif file is not None and by is not None:
            judged = read_judgements(file)
            deciding.judge(office, key, by, judged, now or current_time())
            click.echo(f"{len(judged)} bedömningar sparade.")


def _write_judgements(office: Office, key: CycleKey, path: Path) -> int:
    if path.exists():
        raise BadInput("filen finns redan; välj ett annat namn", str(path))
    goals = goal_standing(office, key)
    if not goals:
        raise Refused(f"{key} är inte sammanställd än, så det finns inget att bedöma.")
    rows = [(SUMMARY, "Sammanfattning", "", Judged(None, summary_text(office, key)))]
    drafts = _drafted(office, key)
    rows += [
        (
            g.goal,
            g.title,
            "\n".join(filter(None, (_proposal(g), *drafts.get(g.goal, ())))),
            Judged(g.decided, g.text),
        )
        for g in goals
    ]
    write_whole(
        path, judgement_file(f"{key} {key.unit_code}", f"{key} --unit {key.unit_code}", rows).encode()
    )
    return len(goals)


def _drafted(office: Office, key: CycleKey) -> dict[str, tuple[str, ...]]:
    """By goal, what the figures say, marked as a draft: she takes over what she wants of it."""
    with office.database.reading() as session:
        data, _ = gather(office, key, session)
    compiled = compile_cycle(data)
    found = {}
    for goal in compiled.goals:
        draft = drafted_analysis(compiled, goal)
        if draft.marked:
            found[goal] = (f"{DRAFTED}:", *draft.paragraphs)
    return found


def _proposal(goal: GoalStanding) -> str:
    if goal.proposed is None:
        return ""
    return f"Förslag: {goal.proposed} ({ATTAINMENT_SWEDISH[goal.proposed].lower()}). {goal.reason}"


@click.command()
@cycle_arguments
@click.argument("finding", type=int, metavar="NUMMER")
@click.option("--reason", required=True, metavar="SKÄL", help="Varför iakttagelsen inte behöver rättas.")
@by_option
@now_option
@config_option
def explain(
    kind: Kind,
    year: ReportTime,
    unit: str | None,
    finding: int,
    reason: str,
    by: str,
    now: datetime | None,
    config: Path,
) -> None:
    """Stäng en iakttagelse med ett skäl. Numren står i ”arshjul status”.

    \b
    Exempel:
      arshjul explain T2 2026 3 --by karin --reason "Värdet kom in efter mätningen och är känt."
    """
    with opened(config) as office:
        key = one_cycle(office, kind, year, unit)
        deciding.close_finding(office, key, by, finding, reason, now or current_time())
    click.echo(f"Iakttagelse {finding} är stängd.")


@click.command()
@cycle_arguments
@by_option
@now_option
@config_option
def approve(
    kind: Kind, year: ReportTime, unit: str | None, by: str, now: datetime | None, config: Path
) -> None:
    """Godkänn rapporten, eller fastställ planen. Filerna fryses; en ändring efteråt blir en rättelse.

    \b
    Exempel:
      arshjul approve T2 2026 --by karin
    """
    with opened(config) as office:
        key = one_cycle(office, kind, year, unit)
        sha256 = deciding.approve(office, key, by, now or current_time())
        proposed = exported_files(office, key, deciding.PROPOSED)
        plans = office.installation.folder / "plans"
    click.echo(f"{key} är {decision_words(key.kind).done}. Kontrollsumma: {sha256}")
    for path in proposed:
        click.echo(f"Ett förslag till planfil ligger i {path}. Läs igenom den och ta den i bruk:")
        click.echo(f"  arshjul plan read {path} --out {plans / path.name}")


@click.command()
@cycle_arguments
@click.option("--changes", required=True, metavar="TEXT", help="Vad som rättas och varför.")
@by_option
@now_option
@config_option
def correct(
    kind: Kind, year: ReportTime, unit: str | None, changes: str, by: str, now: datetime | None, config: Path
) -> None:
    """Börja en rättelse av en godkänd rapport. Den gamla versionen står kvar.

    \b
    Exempel:
      arshjul correct T2 2026 --by karin --changes "Antalet avslutade på Humlan är rättat från 3 till 2."
    """
    with opened(config) as office:
        key = one_cycle(office, kind, year, unit)
        number = deciding.begin_correction(office, key, by, changes, now or current_time())
    click.echo(
        f"Version {number} av {key} kan nu ändras, sammanställas och {decision_words(key.kind).passive}."
    )
