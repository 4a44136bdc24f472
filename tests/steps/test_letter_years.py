"""Years made at random: whatever happens, the rules of letters hold; nothing is lost, nothing doubled."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from sqlalchemy import delete, select

from arshjul.adapters.store import tables
from arshjul.letters import Matter, MatterKind, from_json
from arshjul.letters.restraint import chases, last_day
from arshjul.office import Office
from arshjul.wheel import STOCKHOLM
from arshjul.workdays import is_workday, next_workday
from tests.example import Home
from tests.steps.letter_year import EVENTS, Event, LettersOfAYear, forms_of_year

AT_ONCE = {"receipt", "returned", "link", "failure"}
CEILING = 3


@dataclass
class Sent:
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


def letters_sent(office: Office) -> list[Sent]:
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
                Sent(
                    letter.sent_at.astimezone(STOCKHOLM),
                    letter.unit_code,
                    letter.receiver,
                    letter.uncertain,
                    letter.message_id,
                    [(notice, from_json(notice.content)) for notice in notices],
                )
            )
        return sorted(found, key=lambda each: each.at)


def text_of(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


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
    year = LettersOfAYear(installed, forms_of_year(installed))
    year.live(events)
    letters = letters_sent(year.office)
    _never_at_night(letters)
    _one_a_day(letters)
    _a_ceiling_a_week(letters)
    _nobody_is_reminded_of_what_is_done(year)
    _nobody_away_gets_one(year, letters)
    _nothing_is_lost_and_nothing_comes_twice(year, letters)
    _each_says_why_and_whom_to_ask(year)


def _never_at_night(letters: list[Sent]) -> None:
    for letter in letters:
        by_day = is_workday(letter.at.date()) and time(7) <= letter.at.time() < time(18)
        assert by_day or letter.at_once


def _one_a_day(letters: list[Sent]) -> None:
    """A second one the same day tells only what could not wait."""
    todays: dict[tuple[str, date], list[Sent]] = defaultdict(list)
    for letter in letters:
        if not letter.at_once:
            todays[letter.receiver, letter.at.date()].append(letter)
    for (_, today), several in todays.items():
        for letter in several[1:]:
            if letter.uncertain or several[0].uncertain:  # one that was in flight is settled when it can be
                continue
            for notice, matter in letter.told:
                day = last_day(matter)
                soon = day is not None and today <= day <= next_workday(today + timedelta(days=1))
                assert notice.kind in AT_ONCE or soon


def _a_ceiling_a_week(letters: list[Sent]) -> None:
    weeks = Counter(
        (letter.receiver, letter.at.isocalendar()[:2])
        for letter in letters
        if letter.chases and not letter.uncertain
    )
    assert all(count <= CEILING for count in weeks.values())


def _nobody_is_reminded_of_what_is_done(year: LettersOfAYear) -> None:
    for at, message in year.relay.taken:
        for names, cycle in re.findall(r"(?i)svar saknas för (.+?) i (T[12] 2026)\.", text_of(message)):
            for name in re.split(r", | och ", names):
                done = year.answered.get((cycle, name))
                assert done is None or done > at, f"{name} answered {done}, reminded {at}"


def _nobody_away_gets_one(year: LettersOfAYear, letters: list[Sent]) -> None:
    organisation = year.office.installation.organisation
    for letter in letters:
        kinds = {notice.kind for notice, _ in letter.told}
        if kinds != {MatterKind.LINK} and not letter.uncertain:
            away = organisation.absence(letter.receiver, letter.at.date())
            assert away is None or MatterKind.LINK in kinds


def _nothing_is_lost_and_nothing_comes_twice(year: LettersOfAYear, letters: list[Sent]) -> None:
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


def _each_says_why_and_whom_to_ask(year: LettersOfAYear) -> None:
    for at, message in year.relay.taken:
        text = text_of(message)
        assert text.startswith("Hej ")
        assert "Frågor? " in text
        assert "None" not in text
        assert message["Auto-Submitted"] == "auto-generated"
        assert at.tzinfo is not None
