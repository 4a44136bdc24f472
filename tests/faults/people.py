"""What people do in the play: hand in, judge, approve, correct, purge, weed, copy.

Each is done once, and may be asked for again after a crash: then a person looks how it stands before she does
it again. Called by `tests.faults.drive`.
"""

import hashlib
import os
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select

from arshjul.actions import Source
from arshjul.adapters.backup import UNFINISHED, back_up, check_copy, restore_data, restore_files
from arshjul.adapters.store import tables
from arshjul.adapters.store.database import Database
from arshjul.adapters.store.files import file_content
from arshjul.adapters.store.tables.deciding import DecisionKind
from arshjul.config import load_installation
from arshjul.errors import BadInput, Refused
from arshjul.office import Office
from arshjul.review.finding import Severity
from arshjul.steps.answers.saving import save
from arshjul.steps.archive.disposing import DISPOSED, dispose
from arshjul.steps.archive.purging import purge
from arshjul.steps.archive.weeding import weed
from arshjul.steps.cycle.cycles import find_cycle
from arshjul.steps.duties import duties
from arshjul.steps.duties.actions import actions_in, add_action
from arshjul.steps.duties.duty_words import confirm_duty, duty_standings
from arshjul.steps.figures.sources import load_export
from arshjul.steps.meetings.apt_meetings import apt_meetings, record_meeting
from arshjul.steps.report import deciding
from cli.story import Delivery, Judging, Story
from tests.example import T2, at
from tests.faults.setting import Setting

PURGED = at("2026-09-21 10:00")
CORRECTED, CORRECTION_APPROVED = at("2026-11-03 10:00"), at("2026-11-04 09:00")
WEEDED, DISPOSED_AT, COPIED = at("2027-03-01 09:00"), at("2027-03-02 09:00"), at("2027-03-03 09:00")
CHANGES = "Antalet studiebesök på Humlan är rättat från fem till tre."
REASON = "Det är känt och står så med avsikt."
PROMISE = "Räkna studiebesöken en gång i månaden."
COMPLAINTS = (
    "Verksamhet;Kategori;Månad;Inkomna;Pågående;Avslutade\nTrädgårdsgruppen Humlan;Klagomål;2026-03;1;0;1\n"
)


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
        assert (
            session.scalar(select(tables.Decision).where(tables.Decision.kind == DecisionKind.PURGE))
            is not None
        )


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
