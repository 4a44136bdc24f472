"""Two units side by side: wheels of their own, and a person with a part in both who is kept apart."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from icalendar import Calendar
from sqlalchemy import select

from arshjul.adapters.store import tables
from arshjul.steps.cycles import find_cycle
from arshjul.submission import from_canonical_json
from tests.units.neighbours import HAM, KEYS, SOL, Neighbours

PETER = "peter.wallgren@bjorkviken.example"


def test_each_unit_has_a_wheel_of_its_own(lived: Neighbours) -> None:
    one, other = (lived.lives[key.unit_code].play.dates for key in (SOL, HAM))
    turns = [field.name for field in fields(one) if field.name not in ("kind", "year", "as_of", "last_day")]
    same = {name for name in turns if getattr(one, name) == getattr(other, name)}
    # What is the year's and not the unit's: the period, and figures from the day after it.
    assert same == {"period_start", "period_end", "figures_from", "month", "extra"}


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


def letters_to_peter(both: Neighbours) -> Mapping[str, list[EmailMessage]]:
    """His letters by the unit that the ledger says they are of."""
    with both.office.database.reading() as session:
        of_unit = {row.message_id: row.unit_code for row in session.scalars(select(tables.Letter))}
    found: dict[str, list[EmailMessage]] = {"SOL": [], "HAM": []}
    for path in both.outbox.letters():
        message = message_from_bytes(path.read_bytes(), policy=default)
        assert isinstance(message, EmailMessage)
        if PETER in str(message["To"]):
            found[of_unit[str(message["Message-ID"])]].append(message)
    return found


def test_whoever_has_a_part_in_both_gets_a_letter_from_each_on_the_same_morning(lived: Neighbours) -> None:
    found = letters_to_peter(lived)
    requests = {code: messages[0] for code, messages in found.items()}
    assert requests["SOL"]["Date"] == requests["HAM"]["Date"]
    assert str(requests["SOL"]["Subject"]).endswith(" – Solgläntan")
    assert str(requests["HAM"]["Subject"]).endswith(" – Hamngatan")
    carried = {code: [p.get_filename() for p in m.iter_attachments()] for code, m in requests.items()}
    assert carried["SOL"] == ["Underlag T2 2026 SOL peter.xlsx", "sista-dag.ics"]
    assert carried["HAM"] == ["Underlag T2 2026 HAM peter.xlsx", "sista-dag.ics"]
    assert "karin.ekdahl" in requests["SOL"]["Reply-To"]
    assert "karin.ekdahl" not in requests["HAM"]["Reply-To"]


def test_his_threads_and_calendar_keep_the_units_apart(lived: Neighbours) -> None:
    found = letters_to_peter(lived)
    threads = {code: {str(m["References"]) for m in messages} for code, messages in found.items()}
    assert [len(thread) for thread in threads.values()] == [1, 1]
    assert threads["SOL"] != threads["HAM"]
    days = {code: due_entry(messages[0]) for code, messages in found.items()}
    assert days["SOL"][0] != days["HAM"][0]
    assert (days["SOL"][1], days["HAM"][1]) == ("2026-09-11", "2026-09-08")


def due_entry(message: EmailMessage) -> tuple[str, str]:
    part = next(p for p in message.iter_attachments() if p.get_filename() == "sista-dag.ics")
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    event = Calendar.from_ical(content).walk("VEVENT")[0]
    return str(event["UID"]), event.decoded("DTSTART").isoformat()
