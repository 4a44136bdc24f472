"""Two units side by side: wheels of their own, and a person with a part in both who is kept apart."""

import re
from collections.abc import Iterator
from dataclasses import fields
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from icalendar import Calendar
from sqlalchemy import select

from arshjul.adapters.store import tables
from arshjul.steps.cycle.cycles import find_cycle
from arshjul.submission import from_canonical_json
from tests.units.neighbours import HAM, KEYS, SOL, Neighbours

PETER = "peter.wallgren@bjorkviken.example"


def test_each_unit_has_a_wheel_of_its_own(lived: Neighbours) -> None:
    one, other = (lived.lives[key.unit_code].play.dates for key in (SOL, HAM))
    turns = [field.name for field in fields(one) if field.name not in ("kind", "year", "as_of", "last_day")]
    same = {name for name in turns if getattr(one, name) == getattr(other, name)}
    # What is not the unit's own: the period, figures from the day after it, and that both have meetings.
    assert same == {"period_start", "period_end", "figures_from", "month", "extra", "on_apt"}


def test_every_step_was_taken_by_its_own_units_wheel(lived: Neighbours) -> None:
    for key in KEYS:
        dates = lived.lives[key.unit_code].play.dates
        with lived.office.database.reading() as session:
            cycle = find_cycle(session, key)
            assert cycle is not None
            rows = session.scalars(select(tables.Step).where(tables.Step.cycle_id == cycle.id))
            planned = {row.name: row.planned_at for row in rows}
        assert planned["open"] == dates.opens
        assert planned["escalate"] == dates.escalation
        assert planned["archive-1"] == dates.archive
        assert [planned[f"remind-{n}"] for n in (1, 2)] == list(dates.reminders)


def accepted(both: Neighbours) -> Iterator[tuple[str, tables.Submission]]:
    with both.office.database.reading() as session:
        for key in KEYS:
            cycle = find_cycle(session, key)
            assert cycle is not None
            rows = select(tables.Submission).where(
                tables.Submission.cycle_id == cycle.id, tables.Submission.state == "accepted"
            )
            yield from ((key.unit_code, row) for row in session.scalars(rows))


def test_a_workbook_lands_in_its_own_unit_whichever_is_run_when_it_comes(lived: Neighbours) -> None:
    """The inbox is one; it is always read in the morning of the unit that is run first."""
    answered: dict[str, set[str]] = {"SOL": set(), "HAM": set()}
    for code, row in accepted(lived):
        answered[code].add(row.scope)
    subunits = {
        code: {subunit.code for subunit in lived.office.installation.unit(code).subunits} for code in answered
    }
    assert answered["HAM"] == {*subunits["HAM"], "economy"}
    assert answered["SOL"] == {*subunits["SOL"], "economy"} - {"RETUREN"}


def test_what_the_shared_controller_writes_for_one_unit_counts_in_that_one(lived: Neighbours) -> None:
    written = {
        code: {
            field: answer
            for delivery in life.story.deliveries
            if delivery.person == "peter"
            for field, answer in delivery.sheets["economy"].items()
        }
        for code, life in lived.lives.items()
    }
    assert written["SOL"] != written["HAM"]
    counted = {code: row.content for code, row in accepted(lived) if row.scope == "economy"}
    for code, answers in written.items():
        read = from_canonical_json(counted[code]).answers
        assert read["economy.outcome_tkr"].number == answers["economy.outcome_tkr"]
        assert read["economy.analysis"].text == answers["economy.analysis"]


def letters_to_peter(both: Neighbours) -> list[EmailMessage]:
    messages = [message_from_bytes(path.read_bytes(), policy=default) for path in both.outbox.letters()]
    return [m for m in messages if isinstance(m, EmailMessage) and PETER in str(m["To"])]


def text_of(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def test_whoever_has_a_part_in_both_gets_one_letter_on_a_morning_that_says_which_is_which(
    lived: Neighbours,
) -> None:
    first, *later = letters_to_peter(lived)
    assert [str(m["Date"]) for m in later if m["Date"] == first["Date"]] == []
    text = text_of(first)
    assert re.findall(r"(?m)^\d\. .* – (\w+)$", text) == ["Hamngatan", "Solgläntan"]
    assert "Brevet gäller" not in text
    carried = {p.get_filename() for p in first.iter_attachments()}
    assert carried == {
        "Underlag T2 2026 SOL peter.xlsx",
        "Underlag T2 2026 HAM peter.xlsx",
        "sista-dag.ics",
    }


def test_his_answers_go_to_the_managers_of_the_unit_that_asked(lived: Neighbours) -> None:
    of_unit = re.split(r"(?m)^\d\. .* – \w+$", text_of(letters_to_peter(lived)[0]))[1:]
    assert "skicka arbetsboken till Malin Åkerström, malin.akerstrom@" in of_unit[0]
    assert "karin.ekdahl" not in of_unit[0]
    assert "skicka arbetsboken till Karin Ekdahl, karin.ekdahl@" in of_unit[1]
    ending = of_unit[1].partition("Frågor om ")[2]
    assert "Hamngatan? Skriv till Karin" not in ending
    assert "Solgläntan? Skriv till Karin Ekdahl" in ending


def test_his_threads_and_calendar_keep_the_units_apart(lived: Neighbours) -> None:
    messages = letters_to_peter(lived)
    threads = {thread for m in messages for thread in str(m["References"] or "").split()}
    assert len(threads) == 2
    assert sorted(day for _, day in due_entries(messages[0])) == ["2026-09-08", "2026-09-11"]
    assert len({uid for uid, _ in due_entries(messages[0])}) == 2


def due_entries(message: EmailMessage) -> list[tuple[str, str]]:
    part = next(p for p in message.iter_attachments() if p.get_filename() == "sista-dag.ics")
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    events = Calendar.from_ical(content).walk("VEVENT")
    return [(str(event["UID"]), event.decoded("DTSTART").isoformat()) for event in events]
