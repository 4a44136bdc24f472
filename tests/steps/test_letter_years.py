"""Years made at random: whatever happens, the rules of letters hold, nothing is lost and nothing is doubled.

Steps, gathering, composing and sending are the real ones; only the mail server is ours (`_Relay`), and
people's answers are put straight in the store, since no workbook is under test here.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from arshjul.adapters.mail import MailServer, MailServerTrouble, MailUncertain
from arshjul.adapters.store import tables
from arshjul.adapters.store.files import XLSX, keep_file
from arshjul.cycle import CycleKey, Due, chasing, due
from arshjul.errors import MailTrouble
from arshjul.form import Form
from arshjul.form_file import dump_form
from arshjul.form_making import make_forms
from arshjul.letters import Duty, Failure, Link, Matter, MatterKind, Receipt, Request, from_json
from arshjul.letters.restraint import chases, last_day
from arshjul.office import Office
from arshjul.organisation import Absence
from arshjul.plan import Kind
from arshjul.steps.chasing import escalate, remind
from arshjul.steps.cycles import find_cycle, hold_cycle, progress, record_step, start_cycle
from arshjul.steps.digesting import digest
from arshjul.steps.enveloping import gather_letters
from arshjul.steps.notices import notify, notify_unit
from arshjul.steps.posting import send_letters
from arshjul.steps.settled import settled
from arshjul.wheel import STOCKHOLM, local_day
from arshjul.workdays import is_workday, next_workday
from tests.example import Home

YEAR = 2026
T1, T2 = (CycleKey("SOL", kind, YEAR) for kind in (Kind.T1, Kind.T2))
PEOPLE = ("karin", "anna", "mehmet", "sofia", "johan", "fatima", "elin", "peter")
AT_ONCE = {"receipt", "returned", "link", "failure"}
CEILING = 3


@dataclass(frozen=True)
class Event:
    """Something that happens on a day and hour of the year: its kind, who, and a number to vary it by."""

    day: int
    hour: int
    what: str
    person: str
    number: int

    @property
    def at(self) -> datetime:
        return datetime.combine(date(YEAR, 1, 1), time(self.hour), STOCKHOLM) + timedelta(days=self.day)


WHATS = (
    "answer",
    "answer",
    "duty",
    "again",
    "receipt",
    "link",
    "failure",
    "approve",
    "away",
    "trouble",
    "off",
)
EVENTS = st.lists(
    st.builds(
        Event,
        day=st.one_of(st.integers(110, 145), st.integers(235, 275), st.integers(0, 360)),
        hour=st.integers(5, 21),
        what=st.sampled_from(WHATS),
        person=st.sampled_from(PEOPLE),
        number=st.integers(0, 6),
    ),
    min_size=5,
    max_size=20,
)


@dataclass
class _Relay:
    """The mail server of the year: on the days of trouble it refuses, hangs up, or is away."""

    now: datetime = datetime(YEAR, 1, 1, tzinfo=STOCKHOLM)
    trouble: dict[date, int] = field(default_factory=dict)
    taken: list[tuple[datetime, EmailMessage]] = field(default_factory=list)
    handed_over: int = 0

    @contextmanager
    def connect(self, _: MailServer) -> Iterator["_Relay"]:
        if self._today() == 1:
            raise MailServerTrouble("nere", permanent=False)
        yield self

    def send(self, message: EmailMessage) -> None:
        self.handed_over += 1
        today = self._today()
        if today == 2 and self.handed_over % 2:
            raise MailTrouble("451 senare", permanent=False)
        if today in (3, 4) and self.handed_over % 3 == 0:
            if today == 3:
                self.taken.append((self.now, message))
            raise MailUncertain("bröts", permanent=False)
        self.taken.append((self.now, message))

    def _today(self) -> int:
        return self.trouble.get(local_day(self.now), 0)


@dataclass
class _Year:
    """The year as it is lived, and what an onlooker knows of it."""

    office: Office
    forms: Mapping[CycleKey, tuple[Form, ...]]
    relay: _Relay = field(default_factory=_Relay)
    answered: dict[tuple[str, str], datetime] = field(default_factory=dict)  # cycle and sub-unit's name
    off: set[date] = field(default_factory=set)

    def live(self, events: list[Event]) -> None:
        self._prepare(events)
        moments = sorted({*self._planned(), *(event.at for event in events), *_mornings(events)})
        waiting = sorted(events, key=lambda event: event.at)
        for now in moments:
            self.relay.now = now
            while waiting and waiting[0].at <= now:
                self._happens(waiting.pop(0), now)
            if local_day(now) not in self.off:
                self._round(now)
        for day in range(1, 25):  # quiet weeks at the end: whatever waits gets its chance
            now = datetime(YEAR, 12, 31, 8, tzinfo=STOCKHOLM) + timedelta(days=day)
            self.relay.now = now
            self._round(now)

    def _prepare(self, events: list[Event]) -> None:
        first = date(YEAR, 1, 1)
        absences = []
        for event in events:
            day = first + timedelta(days=event.day)
            if event.what == "trouble":
                for more in range(1 + event.number // 2):
                    self.relay.trouble[day + timedelta(days=more)] = 1 + event.number % 4
            elif event.what == "off":
                self.off |= {day + timedelta(days=more) for more in range(1 + event.number)}
            elif event.what == "away":
                absences.append((event.person, day, day + timedelta(days=7 * (1 + event.number))))
        organisation = replace(self.office.installation.organisation, absences=_without_chains(absences))
        self.office = replace(
            self.office, installation=replace(self.office.installation, organisation=organisation)
        )

    def _planned(self) -> Iterator[datetime]:
        for key in (T1, T2):
            dates = settled(self.office, key).milestones
            yield from (dates.opens, *chasing(dates).values(), *dates.digests)

    def _round(self, now: datetime) -> None:
        for key in (T1, T2):
            self._steps(key, now)
        gather_letters(self.office, now)
        send_letters(self.office, now, connect=self.relay.connect)

    def _steps(self, key: CycleKey, now: datetime) -> None:
        """What the cycle has due, by the real rules, compiling aside."""
        dates = settled(self.office, key).milestones
        if now.hour != 8 or not dates.opens <= now <= dates.archive:
            return
        with self.office.database.reading() as session:
            steps = due(dates, progress(session, key), now)
        for step in steps:
            if step.kind == "open":
                self._open(key, step, now)
            elif take := _TAKE.get(step.kind):
                take(self.office, key, step, now)

    def _open(self, key: CycleKey, step: Due, now: datetime) -> None:
        """As `arshjul.steps.opening` does it, with forms that were made once for all years."""
        with self.office.database.writing() as session:
            cycle = start_cycle(session, key, _OF_UNIT["unit_name"], now)
            for form in self.forms[key]:
                row = {
                    "person": form.person,
                    "number": form.number,
                    "scopes": [sheet.scope for sheet in form.sheets],
                    "content": dump_form(form),
                    "workbook_sha256": keep_file(session, b"bok", XLSX),
                    "created_at": now,
                }
                session.add(tables.Form(cycle_id=cycle.id, **row))
                names = tuple(sheet.title for sheet in form.sheets)
                request = Request(**_OF_UNIT, cycle=str(key), subunits=names, due=form.due)
                told = {"cause": "form 1", "receiver": form.person, "now": now}
                notify(session, cycle, request, meant_at=step.planned, **told)
            record_step(session, cycle, "open", step.planned, now, {})

    def _happens(self, event: Event, now: datetime) -> None:
        key = T1 if event.day < 200 else T2
        match event.what:
            case "answer":
                self._answer(key, event.person, event.number, now)
            case "approve":
                self._approve(key, now)
            case "duty" | "again":
                by = local_day(now) + timedelta(days=event.number * 3)
                title = f"Kontroll {event.number}"
                self._tell(Duty(**_OF_UNIT, title=title, due=by, again=event.what == "again"), event, now)
            case "receipt":
                self._tell(Receipt(**_OF_UNIT, cycle="T1 2026", received_at=now, file="bok.xlsx"), event, now)
            case "link":
                until = now + timedelta(days=30)
                self._tell(Link(**_OF_UNIT, url="https://x.example", valid_until=until), event, now)
            case "failure":
                what = Failure(**_OF_UNIT, what="fel", affects="alla", action="Rätta.", at=now)
                self._tell(what, replace(event, person="drift"), now)

    def _tell(self, matter: Matter, event: Event, now: datetime) -> None:
        with self.office.database.writing() as session:
            notify_unit(session, "SOL", matter, cause=repr(event), receiver=event.person, now=now)

    def _answer(self, key: CycleKey, person: str, number: int, now: datetime) -> None:
        with self.office.database.writing() as session:
            cycle = find_cycle(session, key)
            form = cycle and session.scalar(
                select(tables.Form).where(tables.Form.cycle_id == cycle.id, tables.Form.person == person)
            )
            if cycle is None or form is None:
                return
            scope = form.scopes[number % len(form.scopes)]
            unit = self.office.installation.unit("SOL")
            name = next((s.name for s in unit.subunits if s.code == scope), "Ekonomi")
            if (str(key), name) in self.answered:
                return
            self.answered[str(key), name] = now
            session.add(
                tables.Submission(
                    cycle_id=cycle.id,
                    form_id=form.id,
                    scope=scope,
                    person=person,
                    version=1,
                    state="accepted",
                    content="{}",
                    sha256="0" * 64,
                    faults=[],
                    received_at=now,
                )
            )

    def _approve(self, key: CycleKey, now: datetime) -> None:
        with self.office.database.writing() as session:
            cycle = hold_cycle(session, key)
            if cycle is None or session.scalar(
                select(tables.ApprovedVersion.id).where(tables.ApprovedVersion.cycle_id == cycle.id)
            ):
                return
            decision = tables.Decision(
                unit_code="SOL", cycle_id=cycle.id, kind="approve", person="karin", at=now, content={}
            )
            session.add(decision)
            session.flush()
            session.add(
                tables.ApprovedVersion(
                    cycle_id=cycle.id,
                    number=1,
                    manifest="",
                    manifest_sha256="0" * 64,
                    files={},
                    decision_id=decision.id,
                    approved_at=now,
                )
            )


_OF_UNIT: dict[str, Any] = {"unit_code": "SOL", "unit_name": "Solgläntans dagliga verksamhet"}
_TAKE = {"remind": remind, "escalate": escalate, "digest": digest}


def _without_chains(absences: list[tuple[str, date, date]]) -> tuple[Absence, ...]:
    """Nobody stands in while away herself, as the configuration demands; Birgitta always can."""
    return tuple(Absence(person, "birgitta", start, end) for person, start, end in absences)


def _mornings(events: list[Event]) -> Iterator[datetime]:
    """The rounds that may matter: the morning of each event's day, noon, and two mornings after."""
    for event in events:
        for after in range(3):
            yield event.at.replace(hour=8) + timedelta(days=after)
        yield event.at.replace(hour=12)


@dataclass
class _Sent:
    """A letter that the ledger says has gone."""

    at: datetime
    unit: str
    receiver: str
    uncertain: bool
    message_id: str
    told: list[tuple[tables.Notice, Matter]]

    @property
    def at_once(self) -> bool:
        return all(notice.kind in AT_ONCE for notice, _ in self.told)

    @property
    def chases(self) -> bool:
        return any(chases(matter) for _, matter in self.told)


def _sent(office: Office) -> list[_Sent]:
    with office.database.reading() as session:
        found = []
        for letter in session.scalars(select(tables.Letter).where(tables.Letter.state == "sent")):
            notices = session.scalars(
                select(tables.Notice).where(
                    tables.Notice.letter_id == letter.id, tables.Notice.withdrawn_at.is_(None)
                )
            )
            assert letter.sent_at is not None
            found.append(
                _Sent(
                    letter.sent_at.astimezone(STOCKHOLM),
                    letter.unit_code,
                    letter.receiver,
                    letter.uncertain,
                    letter.message_id,
                    [(notice, from_json(notice.content)) for notice in notices],
                )
            )
        return sorted(found, key=lambda each: each.at)


def _text(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def _forms(office: Office) -> dict[CycleKey, tuple[Form, ...]]:
    """The forms of both reports, by the real rules; made once."""
    for key in () if _made else (T1, T2):
        config = settled(office, key)
        dates = config.milestones
        made = make_forms(
            config.unit,
            config.plan,
            config.catalogue,
            config.kind,
            config.history,
            str(key),
            key.year,
            dates.due.date(),
            dates.opens.date(),
        )
        # Whose and what for is what matters here; the questions are left out.
        sheets = [tuple(replace(sheet, rows=()) for sheet in form.sheets) for form in made]
        _made[key] = tuple(replace(form, sheets=of_it) for form, of_it in zip(made, sheets, strict=True))
    return _made


_made: dict[CycleKey, tuple[Form, ...]] = {}


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory, empty_store: Path) -> Iterator[Office]:
    """One installation for all years; each year begins with an empty store."""
    with Home.new(tmp_path_factory.mktemp("ar") / "installation", empty_store).office() as office:
        yield office


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(events=EVENTS)
@example(events=[Event(day, 9, "again", "anna", 1) for day in (250, 251, 252, 253, 254)])
@example(events=[Event(235, 7, "trouble", "anna", 6), Event(238, 9, "answer", "anna", 0)])
def test_in_every_year_the_rules_of_letters_hold(installed: Office, events: list[Event]) -> None:
    with installed.database.writing() as session:
        for table in reversed(tables.Base.metadata.sorted_tables):
            session.execute(delete(table))
    year = _Year(installed, _forms(installed))
    year.live(events)
    letters = _sent(year.office)
    _never_at_night(letters)
    _one_a_day(letters)
    _a_ceiling_a_week(letters)
    _nobody_is_reminded_of_what_is_done(year)
    _nobody_away_gets_one(year, letters)
    _nothing_is_lost_and_nothing_comes_twice(year, letters)
    _each_says_why_and_whom_to_ask(year)


def _never_at_night(letters: list[_Sent]) -> None:
    for letter in letters:
        by_day = is_workday(letter.at.date()) and time(7) <= letter.at.time() < time(18)
        assert by_day or letter.at_once


def _one_a_day(letters: list[_Sent]) -> None:
    """A second one the same day tells only what could not wait."""
    todays: dict[tuple[str, str, date], list[_Sent]] = defaultdict(list)
    for letter in letters:
        if not letter.at_once:
            todays[letter.unit, letter.receiver, letter.at.date()].append(letter)
    for (_, _, today), several in todays.items():
        for letter in several[1:]:
            if letter.uncertain or several[0].uncertain:  # one that was in flight is settled when it can be
                continue
            for notice, matter in letter.told:
                day = last_day(matter)
                soon = day is not None and today <= day <= next_workday(today + timedelta(days=1))
                assert notice.kind in AT_ONCE or soon


def _a_ceiling_a_week(letters: list[_Sent]) -> None:
    weeks = Counter(
        (letter.receiver, letter.at.isocalendar()[:2])
        for letter in letters
        if letter.chases and not letter.uncertain
    )
    assert all(count <= CEILING for count in weeks.values())


def _nobody_is_reminded_of_what_is_done(year: _Year) -> None:
    for at, message in year.relay.taken:
        for names, cycle in re.findall(r"(?i)svar saknas för (.+?) i (T[12] 2026)\.", _text(message)):
            for name in re.split(r", | och ", names):
                done = year.answered.get((cycle, name))
                assert done is None or done > at, f"{name} answered {done}, reminded {at}"


def _nobody_away_gets_one(year: _Year, letters: list[_Sent]) -> None:
    organisation = year.office.installation.organisation
    for letter in letters:
        kinds = {notice.kind for notice, _ in letter.told}
        if kinds != {MatterKind.LINK} and not letter.uncertain:
            away = organisation.absence(letter.receiver, letter.at.date())
            assert away is None or MatterKind.LINK in kinds


def _nothing_is_lost_and_nothing_comes_twice(year: _Year, letters: list[_Sent]) -> None:
    arrived = Counter(str(message["Message-ID"]) for _, message in year.relay.taken)
    for letter in letters:
        assert arrived[letter.message_id] >= 1
        assert arrived[letter.message_id] == 1 or letter.uncertain
    sent = {notice.id for letter in letters for notice, _ in letter.told}
    with year.office.database.reading() as session:
        for notice in session.scalars(select(tables.Notice)):
            given_up = (
                notice.letter_id and session.get_one(tables.Letter, notice.letter_id).state == "given_up"
            )
            assert notice.id in sent or notice.withdrawn_at is not None or given_up, (
                notice.kind,
                notice.cause,
                notice.receiver,
            )
    in_doubt = {letter.message_id for letter in letters if letter.uncertain}
    withdrawn_in_doubt = set(arrived) - {letter.message_id for letter in letters}
    assert all(arrived[message_id] == 1 for message_id in withdrawn_in_doubt - in_doubt)


def _each_says_why_and_whom_to_ask(year: _Year) -> None:
    for at, message in year.relay.taken:
        text = _text(message)
        assert text.startswith("Hej ")
        assert "Frågor? " in text
        assert "None" not in text
        assert message["Auto-Submitted"] == "auto-generated"
        assert at.tzinfo is not None
