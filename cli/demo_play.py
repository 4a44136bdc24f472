"""Playing the demonstration: the virtual clock walks from moment to moment; people act, the flow runs.

Imports Prefect (through the flows). Called by `arshjul demo`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from pathlib import Path

from sqlalchemy import select

from arshjul.adapters.store import tables
from arshjul.adapters.store.tables.answering import SubmissionState
from arshjul.adapters.workbooks.filling import fill_workbook
from arshjul.compilation import compile_cycle
from arshjul.config import Installation
from arshjul.cycle import CycleKey, asks_for_apt, chasing
from arshjul.cycle_data import Judged
from arshjul.form_making import make_forms
from arshjul.history import History
from arshjul.office import Office
from arshjul.organisation import Role
from arshjul.review.finding import Severity
from arshjul.steps.archive.archiving import package_folder
from arshjul.steps.cycle.cycles import find_cycle
from arshjul.steps.cycle.output import export_folder
from arshjul.steps.cycle.standing import scope_standing
from arshjul.steps.figures.gathering import gather
from arshjul.steps.letters.letter_log import sent_letters
from arshjul.steps.meetings.apt_meetings import record_meeting
from arshjul.steps.report import deciding
from arshjul.wheel import STOCKHOLM, Milestones, milestones
from cli.invented_story import Words, invent, judged_as_proposed, read_words
from cli.run import run_cycle, told
from cli.story import Delivery, Meeting, Story, read_story
from tasks.installed import close_offices, installed_office

DAYS = ("må", "ti", "on", "to", "fr", "lö", "sö")


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the play is set."""

    key: CycleKey
    config: Path
    outbox: Path
    words: Words
    dates: Milestones
    story: Story


def play(
    key: CycleKey, config: Path, outbox: Path, say: Callable[[str], None], *, invented: bool
) -> dict[str, object]:
    """The whole cycle; what it made, in the contract of `demo --json`."""
    office = installed_office()
    try:
        stage = _set(office.installation, key, config, outbox, invented=invented)
        mornings = _mornings(stage)
        for at in sorted(mornings | {meeting.at for meeting in stage.story.meetings}):
            for words in _act(stage, office, at):
                say(f"{_clock(at)}  {words}")
            for words in told(run_cycle(key, at)) if at in mornings else ():
                say(f"{_clock(at)}  {words}")
        again = run_cycle(key, stage.dates.archive)
        say(f"{_clock(stage.dates.archive)}  samma flöde en gång till: {again.changes} ändringar")
        return _result(office, stage, again.changes)
    finally:
        close_offices()


def _set(installation: Installation, key: CycleKey, config: Path, outbox: Path, *, invented: bool) -> Stage:
    rules = installation.wheel.rules(key.unit_code, key.kind)
    assert rules is not None
    dates = milestones(rules, key.kind, key.year)
    words = read_words(config / "demo" / "invented.yaml")
    if not invented:
        return Stage(key, config, outbox, words, dates, read_story(config / "demo" / "answers.yaml"))
    unit = installation.unit(key.unit_code)
    plan = installation.plans[key.unit_code, key.year]
    forms = make_forms(
        unit,
        plan,
        installation.measures(unit.code),
        installation.kinds[key.kind],
        History(),
        str(key),
        key.year,
        dates.due.date(),
        dates.opens.date(),
    )
    manager = unit.holders(Role.MANAGER, dates.opens.date())[0]
    return Stage(key, config, outbox, words, dates, invent(forms, plan, dates, manager, words))


def _mornings(stage: Stage) -> set[datetime]:
    """When the flow runs: at the wheel's times, and after what people do."""
    dates = stage.dates
    wheel = {dates.opens, *chasing(dates).values(), *dates.digests, dates.compile, dates.archive}
    out = {dates.distribute, asks_for_apt(dates)} if dates.distribute else {asks_for_apt(dates)}
    return wheel | out | set(stage.story.moments())


def _act(stage: Stage, office: Office, at: datetime) -> Iterator[str]:
    """What people do at this moment."""
    story = stage.story
    for delivery in story.deliveries:
        if delivery.at == at:
            _deliver(stage, office, delivery)
            yield f"{', '.join(delivery.sheets)} lämnas i inkorgen"
    for stray in story.stray:
        if stray.at == at:
            (office.installation.settings.folders.inbox / stray.name).write_text(stray.text, "utf-8")
            yield f"”{stray.name}” lämnas i inkorgen"
    for meeting in story.meetings:
        if meeting.at == at:
            _report_meeting(stage, office, meeting)
            yield f"{meeting.scope} har haft APT den {meeting.held_on}"
    for judging in story.judgings:
        if judging.at == at:
            yield from _judge(stage, office, judging.judged, at)
    if at == story.explains_at:
        if story.invented:
            with office.database.reading() as session:
                compiled = compile_cycle(gather(office, stage.key, session)[0])
            yield from _judge(stage, office, judged_as_proposed(compiled, stage.words), at)
        else:
            yield from _explain(stage, office, at)
    if at == story.approves_at:
        if story.invented:
            yield from _explain(stage, office, at)
        sha256 = deciding.approve(office, stage.key, story.manager, at)
        yield f"enhetschefen godkänner (kontrollsumma {sha256[:12]}…)"


def _deliver(stage: Stage, office: Office, delivery: Delivery) -> None:
    """The person fills in the workbook that came with her letter and puts it in the inbox."""
    address = office.installation.organisation.person(delivery.person).address
    workbook = _workbook_sent_to(stage.outbox, address)
    inbox = office.installation.settings.folders.inbox
    inbox.mkdir(parents=True, exist_ok=True)
    name = f"Underlag {stage.key} {delivery.person} {delivery.at:%m%d-%H%M}.xlsx"
    (inbox / name).write_bytes(fill_workbook(workbook, delivery.sheets))


def _report_meeting(stage: Stage, office: Office, meeting: Meeting) -> None:
    """As the portal does when somebody has filled in its page."""
    at, said = meeting.at, meeting.suggestions
    record_meeting(office, stage.key, meeting.scope, meeting.person, meeting.held_on, said, at)


def _workbook_sent_to(outbox: Path, address: str) -> bytes:
    for path in sorted(outbox.glob("*.eml")):
        message = message_from_bytes(path.read_bytes(), policy=policy.default)
        if address in str(message["To"]):
            for part in message.iter_attachments():
                if (part.get_filename() or "").endswith(".xlsx"):
                    content = part.get_content()
                    assert isinstance(content, bytes)
                    return content
    raise AssertionError(f"no form was sent to {address}")


def _judge(stage: Stage, office: Office, judged: Mapping[str, Judged], at: datetime) -> Iterator[str]:
    deciding.judge(office, stage.key, stage.story.manager, judged, at)
    yield f"enhetschefen skriver och bedömer {len(judged)} texter"


def _explain(stage: Stage, office: Office, at: datetime) -> Iterator[str]:
    for row in _open_findings(office, stage.key):
        reasons = [
            e.reason
            for e in stage.story.explained
            if e.code == row.code and e.goal in (None, row.evidence.get("goal"))
        ]
        if stage.story.invented and row.severity == Severity.ERROR:
            reasons.append(stage.words.reason)
        if reasons:
            deciding.close_finding(office, stage.key, stage.story.manager, row.id, reasons[0], at)
            yield f"enhetschefen stänger en iakttagelse med ett skäl: {row.place}"


def _open_findings(office: Office, key: CycleKey) -> list[tables.Finding]:
    return [row for row in _findings(office, key) if row.state == "open"]


def _findings(office: Office, key: CycleKey) -> list[tables.Finding]:
    with office.database.reading() as session:
        cycle = find_cycle(session, key)
        assert cycle is not None
        return list(session.scalars(select(tables.Finding).where(tables.Finding.cycle_id == cycle.id)))


def _result(office: Office, stage: Stage, changes: int) -> dict[str, object]:
    key = stage.key
    with office.database.reading() as session:
        cycle = find_cycle(session, key)
        assert cycle is not None
        accepted = len(
            list(
                session.scalars(
                    select(tables.Submission.id).where(
                        tables.Submission.cycle_id == cycle.id,
                        tables.Submission.state == SubmissionState.ACCEPTED,
                    )
                )
            )
        )
        version = session.scalars(
            select(tables.ApprovedVersion).where(tables.ApprovedVersion.cycle_id == cycle.id)
        ).one()
        package = session.scalars(select(tables.Package).where(tables.Package.version_id == version.id)).one()
        quarantined = list(
            session.scalars(select(tables.InboxFile.name).where(tables.InboxFile.outcome == "quarantined"))
        )
        files, path = dict(version.files), str(package_folder(office, package.path))
    folder = export_folder(office, key, f"version-{version.number}")
    return {
        "cycle": str(key),
        "unit": office.installation.unit(key.unit_code).name,
        "letters": [letter.as_json() for letter in sent_letters(office)],
        "submissions": accepted,
        "missing": [s.name for s in scope_standing(office, key) if s.state != "answered"],
        "quarantined": quarantined,
        "findings": len(_findings(office, key)),
        "open_findings": len(_open_findings(office, key)),
        "report": {name.rpartition(".")[2]: str(folder / name) for name in sorted(files)},
        "package": path,
        "second_run_changes": changes,
    }


def _clock(at: datetime) -> str:
    local = at.astimezone(STOCKHOLM)
    return f"{DAYS[local.weekday()]} {local:%Y-%m-%d %H:%M}"
