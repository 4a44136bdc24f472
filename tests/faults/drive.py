"""The program that is struck: the example's T2 from opening to archive, moment by moment.

Run as a process of its own (`python -m tests.faults.drive FOLDER`); `tests.faults.stage` starts it, and
starts it again after a crash. It notes on disk which moment it is at and what people have done, and goes on
from there: a moment that was cut short is repeated. People are never cut short, but what they ask of the
program may be; then they look how it stands and ask again.
"""

import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from secrets import token_hex
from socket import gethostname

import click
from sqlalchemy import select

from arshjul.actions import Source
from arshjul.adapters.backup import UNFINISHED, back_up, check_copy, restore_data, restore_files
from arshjul.adapters.store import tables
from arshjul.adapters.store.database import Database
from arshjul.adapters.store.files import file_content
from arshjul.config import load_installation
from arshjul.crash_points import passed
from arshjul.cycle import asks_for_apt
from arshjul.errors import ArshjulError, BadInput, Refused
from arshjul.office import Office
from arshjul.organisation import Unit
from arshjul.review.finding import Severity
from arshjul.steps.answers.saving import save
from arshjul.steps.archive.purging import PURGE, purge
from arshjul.steps.archive.weeding import DISPOSED, dispose, weed
from arshjul.steps.cycle.cycles import find_cycle
from arshjul.steps.cycle.morning import morning
from arshjul.steps.cycle.settled import settled
from arshjul.steps.duties import duties
from arshjul.steps.duties.actions import actions_in, add_action
from arshjul.steps.duties.duty_words import confirm_duty, duty_standings
from arshjul.steps.figures.sources import load_export
from arshjul.steps.meetings.apt_meetings import apt_meetings, record_meeting
from arshjul.steps.report import deciding
from cli.story import Delivery, Judging, Story, read_story
from cli.swedish import of_the_system
from tests.example import T2, at

SUBUNITS = ("HUMLAN", "KAJUTAN", "RETUREN")  # one answers twice, one is sent back, one never answers
PURGED = at("2026-09-21 10:00")
CORRECTED, CORRECTION_APPROVED = at("2026-11-03 10:00"), at("2026-11-04 09:00")
WEEDED, DISPOSED_AT, COPIED = at("2027-03-01 09:00"), at("2027-03-02 09:00"), at("2027-03-03 09:00")
CHANGES = "Antalet studiebesök på Humlan är rättat från fem till tre."
REASON = "Det är känt och står så med avsikt."
PROMISE = "Räkna studiebesöken en gång i månaden."
COMPLAINTS = (
    "Verksamhet;Kategori;Månad;Inkomna;Pågående;Avslutade\nTrädgårdsgruppen Humlan;Klagomål;2026-03;1;0;1\n"
)

Act = Callable[[Office], None]


@dataclass(frozen=True, slots=True)
class Setting:
    """What the harness says in setting.json: where things are, and how far to play."""

    database: str
    port: int
    filled: str  # the folder where people keep the workbooks they have filled in, run after run
    until: str = ""  # the last moment to play; empty: the archiving
    corrected: bool = False  # go on with a correction, its own archive, weeding, disposal and a safety copy
    lock_wait_seconds: float = 30
    kinds: str = "T2"  # what is played: "T2", or "VP MR"
    hours_back: int = (
        0  # somebody has set the clock back: only the program works, at the last moment less that
    )

    @classmethod
    def of(cls, folder: Path) -> "Setting":
        return cls(**json.loads((folder / "setting.json").read_text("utf-8")))


@contextmanager
def office_at(folder: Path, setting: Setting) -> Iterator[Office]:
    """The installation in `folder`; its files say nothing of port and database, which differ between runs."""
    installation = load_installation(folder / "config")
    mail = replace(installation.settings.mail, host="127.0.0.1", port=setting.port)
    organisation = installation.organisation
    copies = str(folder / "data" / "kopior")
    archive = replace(installation.settings.archive, target=copies)
    installation = replace(
        installation,
        settings=replace(installation.settings, mail=mail, archive=archive),
        organisation=replace(organisation, units=tuple(smaller(unit) for unit in organisation.units)),
    )
    database = Database(setting.database, setting.lock_wait_seconds)
    try:
        database.migrate()
        name = f"{gethostname()}:{os.getpid()}:{token_hex(4)}"
        yield Office(
            installation, database, lambda: datetime.now(UTC) - timedelta(hours=setting.hours_back), name
        )
    finally:
        database.close()


def smaller(unit: Unit) -> Unit:
    """The unit with three sub-units and those who answer for them: every point is passed, sooner."""
    return replace(
        unit,
        subunits=tuple(subunit for subunit in unit.subunits if subunit.code in SUBUNITS),
        assignments=tuple(
            replace(one, subunits=tuple(code for code in one.subunits if code in SUBUNITS))
            for one in unit.assignments
            if not one.subunits or {*one.subunits} & {*SUBUNITS}
        ),
    )


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
    acts[dates.escalation] += [load_source, save_in_the_portal]
    acts[asks_for_apt(dates)] = [hold_meeting, tell_of_duties, confirm_a_duty]
    acts[PURGED] = [purge_an_answer]
    for delivery in story.deliveries:
        if {*delivery.sheets} <= {*SUBUNITS, "economy"}:
            acts.setdefault(delivery.at, []).append(partial(deliver, folder, setting, delivery))
    acts[dates.reminders[0]].append(partial(put, folder, "Semesterlista.xlsx", b"ingen arbetsbok"))
    judging = story.judgings[0]
    acts[judging.at] = [partial(judge, story, judging), partial(promise, judging.at)]
    acts[story.approves_at] = [
        partial(explain, story, story.approves_at),
        partial(approve, story, 1, story.approves_at),
    ]
    if setting.corrected:
        acts[CORRECTED] = [
            partial(correct, story),
            partial(judge, story, replace(story.judgings[1], at=CORRECTED)),
        ]
        acts[CORRECTION_APPROVED] = [
            partial(explain, story, CORRECTION_APPROVED),
            partial(approve, story, 2, CORRECTION_APPROVED),
        ]
        acts[WEEDED] = [weed_drafts]
        acts[DISPOSED_AT] = [dispose_of_the_first]
        acts[COPIED] = [partial(copy_and_restore, folder)]
    last = datetime.fromisoformat(setting.until) if setting.until else max(acts)
    return {moment: acts[moment] for moment in sorted(acts) if moment <= last}


def deliver(folder: Path, setting: Setting, delivery: Delivery, office: Office) -> None:
    """A person fills in the workbook that she was sent and puts it in the inbox."""
    with office.database.reading() as session:
        cycle = find_cycle(session, T2)
        assert cycle is not None
        form = session.scalars(
            select(tables.Form).where(tables.Form.cycle_id == cycle.id, tables.Form.person == delivery.person)
        ).one()
        sent = file_content(session, form.workbook_sha256)
    # Filling one in costs more than all that the program does with it.
    kept = Path(setting.filled) / f"{hashlib.sha256(sent).hexdigest()[:16]} {delivery.at:%m%d}.xlsx"
    if not kept.exists():
        from arshjul.adapters.workbooks.filling import fill_workbook  # slow to import

        unfinished = kept.with_suffix(f".{os.getpid()}")
        unfinished.write_bytes(fill_workbook(sent, delivery.sheets))
        unfinished.replace(kept)
    put(folder, f"{delivery.person} {delivery.at:%m%d}.xlsx", kept.read_bytes(), office)


def put(folder: Path, name: str, content: bytes, _office: Office) -> None:
    """A file lands in the inbox, whole."""
    inbox = folder / "data" / "inkorg"
    inbox.mkdir(parents=True, exist_ok=True)
    (inbox / f".{name}").write_bytes(content)
    (inbox / f".{name}").replace(inbox / name)


def judge(story: Story, judging: Judging, office: Office) -> None:
    """The manager writes and judges; what she has handed in already she may hand in again."""
    deciding.judge(office, T2, story.manager, judging.judged, judging.at)


def explain(story: Story, now: datetime, office: Office) -> None:
    """The manager closes what still blocks, with a reason."""
    with office.database.reading() as session:
        blocking = list(
            session.scalars(
                select(tables.Finding)
                .where(tables.Finding.state == "open", tables.Finding.severity == Severity.ERROR)
                .order_by(tables.Finding.id)
            )
        )
    for row in blocking:
        deciding.close_finding(office, T2, story.manager, row.id, REASON, now)


def approve(story: Story, version: int, now: datetime, office: Office) -> None:
    """The manager approves, unless she is told that it is done."""
    try:
        deciding.approve(office, T2, story.manager, now)
    except Refused as told:
        if f"redan godkänd (version {version})" not in str(told):
            raise


def correct(story: Story, office: Office) -> None:
    """The manager begins a correction, unless she is told that it has begun."""
    try:
        deciding.begin_correction(office, T2, story.manager, CHANGES, CORRECTED)
    except Refused as told:
        if "pågår redan" not in str(told):
            raise


def load_source(office: Office) -> None:
    """The controller loads an export; one that is known already changes nothing."""
    load_export(office, COMPLAINTS.encode(), "synpunkter.csv", at("2026-09-15 07:40"))


def hold_meeting(office: Office) -> None:
    """A workplace reports its meeting, unless she sees that it is reported."""
    if all(view.held_on is None for view in apt_meetings(office, T2)):
        now = at("2026-10-19 07:30")
        record_meeting(office, T2, "HUMLAN", "mehmet", date(2026, 10, 12), "Fler utflykter i vår.", now)


def tell_of_duties(office: Office) -> None:
    """The round of the recurring duties, slept over since the cycle opened."""
    duties.tell_of_duties(office, T2.unit_code, at("2026-10-19 08:00"))


def promise(now: datetime, office: Office) -> None:
    """The manager puts down an action, unless she sees that it is there."""
    with office.database.writing() as session:
        if any(action.text == PROMISE for action in actions_in(session, T2.unit_code)):
            return
        unit = office.installation.unit(T2.unit_code)
        add_action(
            session, unit, "karin", now, source=Source.FINDING, text=PROMISE, subunit="HUMLAN", owner="mehmet"
        )


def save_in_the_portal(office: Office) -> None:
    """Somebody begins an answer in the portal that she never hands in; the page saves again what it must."""
    with office.database.writing() as session:
        cycle = find_cycle(session, T2)
        assert cycle is not None
        now = at("2026-09-15 07:30")
        save(
            session,
            cycle.id,
            "RETUREN",
            "risks.text",
            "Lokalen är för liten.",
            based_on=0,
            person="johan",
            now=now,
        )


def purge_an_answer(office: Office) -> None:
    """Something that may not be kept is taken out, of every version; asked for again after a crash."""
    reason = "Uppgiften gäller en enskild person."
    purge(office, T2, "HUMLAN", "G10.analysis", "karin", reason, PURGED)
    with office.database.reading() as session:
        assert session.scalar(select(tables.Decision).where(tables.Decision.kind == PURGE)) is not None


def confirm_a_duty(office: Office) -> None:
    """The first duty that stands open is noted as done, unless she sees that one is."""
    now = at("2026-10-19 08:05")
    standing = duty_standings(office, T2.unit_code, date(2026, 9, 1), date(2026, 12, 31))
    if all(each.state != "confirmed" for each in standing):
        first = next(each for each in standing if each.occurrence.duty.confirm)
        confirm_duty(office, first.occurrence.id, "karin", "", now)


def weed_drafts(office: Office) -> None:
    """The monthly weeding."""
    weed(office, WEEDED)


def dispose_of_the_first(office: Office) -> None:
    """The archived first version goes, under a decision; asked again, what a crash left of it goes."""
    decision = "Arkivmyndigheten 2027-03-01, AN 2027/12"
    with office.database.reading() as session:
        begun = session.scalar(select(tables.Weeding).where(tables.Weeding.rule == DISPOSED)) is not None
    try:
        dispose(office, "SOL-T2-2026-v1", "karin", decision, DISPOSED_AT, dry_run=False)
    except BadInput:
        if not begun:
            raise


def copy_and_restore(folder: Path, office: Office) -> None:
    """A safety copy, and an installation made of it; each until it is whole."""
    copies, new = folder / "säkerhetskopior", folder / "återställd"
    copies.mkdir(exist_ok=True)
    whole = sorted(copies.glob("arshjul-*"))
    copy = whole[-1] if whole else back_up(office.installation, office.database, copies, COPIED).path
    check_copy(copy)
    if (new / "config").is_dir() and not (new / UNFINISHED).exists():
        return
    config = restore_files(copy, new)
    installation = load_installation(config)
    database = Database(f"sqlite:///{new / 'data' / 'arshjul.sqlite'}")
    restore_data(copy, installation, database)
    database.close()


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
            morning(office, T2, max(acts) - timedelta(hours=setting.hours_back))
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
