"""What a letter is besides its words: matters that share it, its id and thread, its calendar entry."""

import re
from dataclasses import replace
from datetime import date, timedelta

from arshjul.letters import Missing, Stage, message_id
from tests.letters.reading import letter_of
from tests.letters.samples import DOMAIN, NOW, REPORT, REQUEST, RETURNED, SAMPLES, reminder, written


def test_several_matters_share_one_letter_and_the_most_urgent_names_it() -> None:
    letter = letter_of(REPORT, REQUEST, RETURNED)
    assert letter.subject == "T2 2026: rätta svaret för Solgläntan och Källan (och 2 till)"
    headings = re.findall(r"<h1>(\d\. [^<]+)</h1>", letter.html)
    assert [heading[:3] for heading in headings] == ["1. ", "2. ", "3. "]
    assert letter.text.count("Hej Anna!") == letter.text.count("Vänliga hälsningar") == 1
    assert len(letter.reasons) == 3
    assert [attachment.name for attachment in letter.attachments] == [
        "T2 2026 Anna Berg.xlsx",
        "T2 2026 Björkens enhet.pdf",
    ]


def test_a_late_reminder_goes_before_an_early_one() -> None:
    early, late = reminder(Stage.FIRST), reminder(Stage.LATE, Missing("Källan"))
    letter = letter_of(early, late)
    assert letter.subject == "Försenat: T2 2026 för Källan (och 1 till)"


def test_each_letter_has_its_own_lasting_message_id() -> None:
    first, again = (letter_of(REQUEST, letter_key="1", now=NOW + timedelta(days=day)) for day in (0, 1))
    other = letter_of(REQUEST, letter_key="2")
    assert first.message_id == again.message_id == message_id("1", DOMAIN)
    assert other.message_id != first.message_id
    assert re.fullmatch(r"<[0-9a-f]{32}@exempel\.se>", first.message_id)


def test_a_cycles_letters_to_one_receiver_share_a_thread() -> None:
    request, chased = written("request"), written("reminder-late")
    assert request.references == chased.references
    assert len(request.references) == 1
    assert written("request-one-sheet").references != request.references  # another receiver
    assert written("duty").references == ()  # outside a cycle


def test_the_calendar_entry_moves_with_the_due_date() -> None:
    before = letter_of(REQUEST, letter_key="1").calendar
    changed = replace(REQUEST, due=date(2026, 9, 14), number=2)
    after = letter_of(changed, letter_key="2").calendar
    assert before is not None
    assert after is not None
    first, second = before.decode(), after.decode()
    assert re.findall("UID:(.+)", first) == re.findall("UID:(.+)", second) != []
    assert "DTSTART;VALUE=DATE:20260911" in first
    assert "DTSTART;VALUE=DATE:20260914" in second
    assert ("SEQUENCE:0" in first, "SEQUENCE:1" in second) == (True, True)


def test_only_a_request_brings_a_calendar_entry() -> None:
    assert [name for name in SAMPLES if written(name).calendar] == [
        "request",
        "request-one-sheet",
        "request-changed",
        "several",
    ]
