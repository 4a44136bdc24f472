"""`arshjul run`: bring cycles up to date through Prefect; says what it did and what it waits for."""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from arshjul.cycle import CycleKey
from arshjul.errors import ArshjulError
from arshjul.plan import Kind
from arshjul.steps.cycle.settled import settled
from cli.options import (
    ReportTime,
    config_option,
    current_time,
    cycle_arguments,
    cycle_keys,
    now_option,
    opened,
    redirect_option,
)
from cli.prefect_settings import prepare_prefect, without_heartbeats
from cli.swedish import counted

if TYPE_CHECKING:
    from arshjul.steps.cycle.morning import Morning

FEW = 12  # units that are taken and told of one by one
STEP_WORDS = {  # of one, and of several
    "open": ("underlag gjort", "underlag gjorda"),
    "remind": ("påminnelse", "påminnelser"),
    "escalate": ("underrättad om sena svar", "underrättade om sena svar"),
    "compile": ("öppen iakttagelse efter sammanställning", "öppna iakttagelser efter sammanställning"),
    "digest": ("veckobrev till enhetschefen", "veckobrev till enhetscheferna"),
    "distribute": ("mottagare av rapporten", "mottagare av rapporten"),
    "apt": ("fråga om när APT har varit", "frågor om när APT har varit"),
    "archive": ("fil i arkivpaketet", "filer i arkivpaketet"),
}
_STUCK = "{} gick inte att läsa nu och ligger kvar i inkorgen"


@click.command()
@cycle_arguments
@now_option
@redirect_option
@config_option
def run(kind: Kind, year: ReportTime, unit: str | None, now: datetime | None, config: Path) -> None:
    """Gör det som ska göras i en rapport just nu, för alla enheter eller en.

    \b
    Exempel:
      arshjul run T2 2026
      arshjul run T2 2026 --unit SOL --now 2026-09-08T08:00
      arshjul run MR 2026-03
    """
    at = now or current_time()
    with opened(config) as office:
        keys = cycle_keys(office, kind, year, unit)
        for key in keys:
            settled(office, key)  # what is missing is said at once, not after Prefect has started
        prepare_prefect(office.installation.settings.folders.prefect)
    os.environ["ARSHJUL_CONFIG"] = str(config.resolve())
    with without_heartbeats():
        if len(keys) > FEW:
            troubled = _run_all_and_tell(keys[0], at)
        else:
            troubled = sum(not _run_and_tell(key, at, alone=len(keys) == 1) for key in keys)
    if troubled:
        click.get_current_context().exit(2)


def _run_and_tell(key: CycleKey, now: datetime, *, alone: bool) -> bool:
    """Whether it went well. Of several units, one that is in trouble says so and stops no other."""
    click.echo(f"{key} {key.unit_code}")
    try:
        morning = run_cycle(key, now)
    except ArshjulError as trouble:
        if alone:
            raise
        click.echo(" ".join(f"{key} {key.unit_code}: {trouble}".split()), err=True)
        return False
    for words in told(morning):
        click.echo(f"  {words}")
    if not morning.changes:
        click.echo("  Inget att göra: inget skickades, skrevs eller ändrades.")
    click.echo(f"  {morning.done.waits_for}")
    return True


def _run_all_and_tell(key: CycleKey, now: datetime) -> int:
    """The same report of a city's units in one flow; how many units are in trouble."""
    from arshjul.steps.cycle.rounds import Round
    from flows.year import FLOWS

    done = FLOWS[key.kind](year=key.year, now=now, **_of_month(key))
    assert isinstance(done, Round)  # of every unit
    click.echo(f"{key} {done.units} enheter med något att göra")
    for step, count in done.steps.items():
        click.echo(f"  {counted(count, *STEP_WORDS[step])}")
    if done.late:
        click.echo(f"  {counted(done.late, 'steg var försenat', 'steg var försenade')} och togs igen nu")
    for trouble in done.troubles:
        click.echo(" ".join(f"{trouble.title} ({trouble.unit_code}): {trouble.words}".split()), err=True)
    return len(done.troubles)


def _of_month(key: CycleKey) -> dict[str, int]:
    return {"month": key.month} if key.month else {}


def run_cycle(key: CycleKey, now: datetime) -> "Morning":
    """One cycle through its Prefect flow; trouble that a person can mend is raised as it is."""
    from arshjul.steps.cycle.rounds import Round
    from flows.year import FLOWS

    done = FLOWS[key.kind](year=key.year, unit=key.unit_code, now=now, **_of_month(key))
    assert not isinstance(done, Round)  # of one unit
    return done


def told(morning: "Morning") -> Iterator[str]:
    """What a morning gave, a line at a time; nothing for a quiet one."""
    collected, posted = morning.collected, morning.posted
    for one, several, names in (
        ("svar mottaget", "svar mottagna", collected.accepted),
        ("svar återsänt", "svar återsända", collected.rejected),
        ("fil i karantän", "filer i karantän", collected.quarantined),
        (_STUCK.format("fil"), _STUCK.format("filer"), collected.stuck),
    ):
        if names:
            yield f"{counted(len(names), one, several)}: {', '.join(names)}"
    for step, count in morning.done.steps.items():
        late = " (försenat, togs igen nu)" if step in morning.done.late else ""
        yield f"{counted(count, *STEP_WORDS[step.partition('-')[0]])}{late}"
    if posted.sent:
        yield counted(posted.sent, "brev skickat", "brev skickade")
    yield from posted.troubles
