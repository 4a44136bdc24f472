"""Letters before they go: the days to come, lived on a copy of the store by the real steps.

Nothing is sent and nothing is written outside a folder that is thrown away. It is supposed that nobody
answers any more and that a report is approved on its last day, so that every letter that may come is seen.
Called by `arshjul letters preview`.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import insert, select

from arshjul.adapters.mail import MailServer
from arshjul.adapters.store import tables
from arshjul.adapters.store.database import Database
from arshjul.cycle import ARCHIVE, OPEN, CycleKey, Due, chasing
from arshjul.errors import BadInput
from arshjul.letters import WrittenLetter
from arshjul.letters.wording import body_of, lay_out
from arshjul.office import Office
from arshjul.organisation import Role
from arshjul.steps.cycle.cycles import find_cycle, hold_cycle, is_done
from arshjul.steps.cycle.morning import PLAIN, STEPS, bring_up_to_date
from arshjul.steps.cycle.settled import settled
from arshjul.steps.cycle.versions import newest_draft
from arshjul.steps.duties.duties import duty_times, tell_of_duties
from arshjul.steps.letters.enveloping import gather_letters
from arshjul.steps.letters.letter_log import LoggedLetter, sent_letters
from arshjul.steps.letters.posting import send_letters
from arshjul.wheel import STOCKHOLM, local_day, morning
from arshjul.workdays import next_workday

SUPPOSED = "Förhandsvisningen utgår från att ingen mer svarar och att rapporten beslutas sista dagen."


@dataclass(frozen=True, slots=True)
class PreviewedLetter:
    """A letter as it would go, with the ledger's own reasons."""

    letter: LoggedLetter
    name: str
    subject: str
    text: str
    html: str
    attached: tuple[str, ...]


@dataclass(slots=True)
class Preview:
    """The letters of a time, in order, and the cycles that could not be lived through, each with why."""

    letters: list[PreviewedLetter] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def preview(
    office: Office, keys: Sequence[CycleKey], first: datetime, last: datetime, *, duties: bool = True
) -> Preview:
    """The letters from `first` to `last` about the cycles `keys`, and with `duties` those of their units."""
    result = Preview()
    with _rehearsal(office) as copy:
        able = [key for key in keys if _can_be_lived(copy, key, result)]
        box = _Box()
        units = tuple(dict.fromkeys(key.unit_code for key in able)) if duties else ()
        for now in _moments(copy, able, units, first, last):
            for key in able:
                bring_up_to_date(copy, key, now, _HANDS)
                _suppose_decided(copy, key, now)
            for unit in units:
                tell_of_duties(copy, unit, now)
            gather_letters(copy, now)
            send_letters(copy, now, connect=box.connect)
        for logged in sent_letters(copy):
            content = box.taken.get(logged.message_id)
            if content is not None and logged.at >= first:
                result.letters.append(_previewed(logged, content))
    return result


def is_open(office: Office, key: CycleKey) -> bool:
    """Whether the cycle has been opened in earnest."""
    with office.database.reading() as session:
        cycle = find_cycle(session, key)
        return cycle is not None and is_done(session, cycle, OPEN)


def as_page(found: Preview) -> str:
    """All letters on one page, for a browser."""
    return lay_out("preview.html.j2", {"preview": found, "supposed": SUPPOSED, "today": date.min})


@contextmanager
def _rehearsal(office: Office) -> Iterator[Office]:
    """The same installation on a copy of its store, in a folder of its own."""
    with TemporaryDirectory(prefix="arshjul-") as folder:
        under = office.installation.settings.under(Path(folder))
        (Path(folder) / "data").mkdir()
        database = Database(under.database_url)
        try:
            tables.Base.metadata.create_all(database.engine)
            _copy(office.database, database)
            yield replace(
                office, installation=replace(office.installation, settings=under), database=database
            )
        finally:
            database.close()


def _copy(source: Database, target: Database) -> None:
    with source.reading() as given, target.writing() as copied:
        for table in tables.Base.metadata.sorted_tables:
            rows = [dict(row) for row in given.execute(select(table)).mappings()]
            if rows:
                copied.execute(insert(table), rows)


def _can_be_lived(office: Office, key: CycleKey, result: Preview) -> bool:
    try:
        settled(office, key)
    except BadInput as lacking:
        result.left_out.append(f"{key} {key.unit_code}: {lacking.sentence}")
        return False
    return True


def _moments(
    office: Office, keys: Sequence[CycleKey], units: Sequence[str], first: datetime, last: datetime
) -> Iterator[datetime]:
    """When something may happen: the wheel's own times, and the mornings after, for what had to wait."""
    planned = {first}
    for key in keys:
        dates = settled(office, key).milestones
        planned |= {dates.opens, *chasing(dates).values(), *dates.digests, dates.compile, dates.approve_by}
        planned |= {at for at in (dates.distribute, morning(next_workday(dates.apt_by.date()))) if at}
        planned.add(dates.archive)
    for unit in units:
        for year in range(local_day(first).year, local_day(last).year + 1):
            planned |= set(duty_times(office.installation, unit, year))
    after = {morning(next_workday(local_day(at) + timedelta(days=1))) for at in planned}
    yield from sorted(at for at in planned | after if first <= at <= last)


def _take(office: Office, key: CycleKey, step: Due, now: datetime) -> int:
    return 0 if step.kind == ARCHIVE else STEPS[step.kind](office, key, step, now)  # an archive sends nothing


_HANDS = replace(PLAIN, take=_take)


def _suppose_decided(office: Office, key: CycleKey, now: datetime) -> None:
    """Approve the newest draft on its last day, as if its manager had."""
    config = settled(office, key)
    if now < config.milestones.approve_by:
        return
    with office.database.writing() as session:
        cycle = hold_cycle(session, key)
        draft = newest_draft(session, cycle) if cycle else None
        managers = config.unit.holders(Role.MANAGER, local_day(now))
        known = cycle and session.scalar(
            select(tables.ApprovedVersion.id).where(tables.ApprovedVersion.cycle_id == cycle.id).limit(1)
        )
        if cycle is None or draft is None or known or not managers:
            return
        decision = tables.Decision(
            unit_code=key.unit_code, cycle_id=cycle.id, kind="approve", person=managers[0], at=now, content={}
        )
        session.add(decision)
        session.flush()
        session.add(
            tables.ApprovedVersion(
                cycle_id=cycle.id,
                number=1,
                manifest="",
                manifest_sha256="",
                files=draft.files,
                decision_id=decision.id,
                approved_at=now,
            )
        )


@dataclass(slots=True)
class _Box:
    """Takes the letters in place of a mail server."""

    taken: dict[str, bytes] = field(default_factory=dict)

    @contextmanager
    def connect(self, _server: MailServer) -> Iterator["_Box"]:
        yield self

    def send(self, letter: WrittenLetter) -> None:
        self.taken[letter.message_id] = letter.content


def _previewed(logged: LoggedLetter, content: bytes) -> PreviewedLetter:
    """As a mail program would read it."""
    message = message_from_bytes(content, policy=default)
    assert isinstance(message, EmailMessage)
    text, page = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert page is not None
    return PreviewedLetter(
        letter=logged,
        name=str(message["To"].addresses[0].display_name),
        subject=str(message["Subject"]),
        text=text.get_content().replace("\r\n", "\n"),
        html=body_of(page.get_content().replace("\r\n", "\n")),
        attached=tuple(str(part.get_filename()) for part in message.iter_attachments()),
    )


def whole_year(year: int) -> tuple[datetime, datetime]:
    """From the first minute of a year to the last morning."""
    first = datetime.combine(date(year, 1, 1), time(0), STOCKHOLM)
    return first, datetime.combine(date(year, 12, 31), time(18), STOCKHOLM)
