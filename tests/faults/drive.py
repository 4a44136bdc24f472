"""The program that is struck: the example's T2 from opening to archive, moment by moment.

Run as a process of its own (`python -m tests.faults.drive FOLDER`); `tests.faults.stage` starts it, and
starts it again after a crash. It notes on disk which moment it is at and what people have done, and goes on
from there: a moment that was cut short is repeated. People (`tests.faults.people`) are never cut short, but
what they ask of the program may be.
"""

import json
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import click

from arshjul.crash_points import passed
from arshjul.cycle import asks_for_apt
from arshjul.errors import ArshjulError
from arshjul.office import Office
from arshjul.steps.cycle.morning import morning
from arshjul.steps.cycle.settled import settled
from cli.story import read_story
from cli.swedish import of_the_system
from tests.example import T2
from tests.faults import people
from tests.faults.setting import SUBUNITS, Setting, office_at

Act = Callable[[Office], None]


def script(office: Office, folder: Path, setting: Setting) -> dict[datetime, list[Act]]:
    """What people do and when; at every moment the program's morning follows."""
    story = read_story(folder / "config" / "demo" / "answers.yaml")
    dates = settled(office, T2).milestones
    acts: dict[datetime, list[Act]] = {
        moment: []
        for moment in (dates.opens, *dates.reminders, dates.escalation, dates.compile, dates.archive)
    }
    if dates.distribute:
        acts[dates.distribute] = []
    acts[dates.escalation] += [people.load_source, people.save_in_the_portal]
    acts[asks_for_apt(dates)] = [people.hold_meeting, people.tell_of_duties, people.confirm_a_duty]
    acts[people.PURGED] = [people.purge_an_answer]
    for delivery in story.deliveries:
        if {*delivery.sheets} <= {*SUBUNITS, "economy"}:
            acts.setdefault(delivery.at, []).append(partial(people.deliver, folder, setting, delivery))
    acts[dates.reminders[0]].append(partial(people.put, folder, "Semesterlista.xlsx", b"ingen arbetsbok"))
    judging = story.judgings[0]
    acts[judging.at] = [partial(people.judge, story, judging), partial(people.promise, judging.at)]
    acts[story.approves_at] = [
        partial(people.explain, story, story.approves_at),
        partial(people.approve, story, 1, story.approves_at),
    ]
    if setting.corrected:
        acts[people.CORRECTED] = [
            partial(people.correct, story),
            partial(people.judge, story, replace(story.judgings[1], at=people.CORRECTED)),
        ]
        acts[people.CORRECTION_APPROVED] = [
            partial(people.explain, story, people.CORRECTION_APPROVED),
            partial(people.approve, story, 2, people.CORRECTION_APPROVED),
        ]
        acts[people.WEEDED] = [people.weed_drafts]
        acts[people.DISPOSED_AT] = [people.dispose_of_the_first]
        acts[people.COPIED] = [partial(people.copy_and_restore, folder)]
    last = datetime.fromisoformat(setting.until) if setting.until else max(acts)
    return {moment: acts[moment] for moment in sorted(acts) if moment <= last}


class Notes:
    """What has been done, kept on disk through every crash: moments, and people's acts."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "notes.txt"
        self._done = self._path.read_text("utf-8").splitlines() if self._path.exists() else []

    def once(self, name: str, act: Callable[[], object]) -> None:
        """Do what has not been noted as done; note it."""
        if name in self._done:
            return
        act()
        with self._path.open("a", encoding="utf-8") as file:
            file.write(f"{name}\n")
            file.flush()
            os.fsync(file.fileno())


def play(folder: Path) -> None:
    """Go on where the notes end, and say what a person would be told."""
    setting = Setting.of(folder)
    with office_at(folder, setting) as office:
        notes = Notes(folder)
        acts = script(office, folder, setting)
        if setting.hours_back:
            work(office, max(acts) - timedelta(hours=setting.hours_back))
            return
        for moment, wanted in acts.items():
            for number, act in enumerate(wanted):
                notes.once(f"{moment.isoformat()} {number}", partial(act, office))
            notes.once(moment.isoformat(), partial(work, office, moment))
        changes = morning(office, T2, max(acts)).changes
    (folder / "passed.json").write_text(json.dumps(passed), "utf-8")
    click.echo(f"klart; {changes} ändringar när det körs igen")


def work(office: Office, moment: datetime) -> None:
    """The program's own work at a moment."""
    done = morning(office, T2, moment)
    for trouble in (*done.posted.troubles, *done.collected.stuck):
        click.echo(trouble)
    if done.posted.put_off or done.collected.stuck:
        raise ArshjulError("Allt gick inte; samma stund görs om när felet är avhjälpt.")


def main(folder: Path) -> int:
    """Play; trouble that a person can mend is one line, as the command tells it."""
    try:
        play(folder)
    except ArshjulError as trouble:
        click.echo(str(trouble), err=True)
        return 2
    except OSError as trouble:
        click.echo(of_the_system(trouble), err=True)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
