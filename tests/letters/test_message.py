"""The letter on the wire: read back by the standard library as a mail program would."""

from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from arshjul.errors import BadInput
from arshjul.letters import Attachment, write_letter
from tests.letters.samples import ANNA, PDF_BYTES, SAMPLES, WORKBOOK_BYTES, read, written

LINES = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]))
NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Cf", "Co", "Cn"]), min_size=1)
PLAIN = st.from_regex(r"[A-Za-z .,-]{1,90}", fullmatch=True)


def over_the_wire(name: str) -> EmailMessage:
    message = message_from_bytes(write_letter(written(name), read).content, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def test_headers_name_the_sender_the_manager_and_the_thread() -> None:
    message = over_the_wire("request")
    assert message["From"] == "Karin Ek via Årshjul <arshjul@exempel.se>"
    assert message["To"] == "Anna Berg <anna.berg@exempel.se>"
    assert message["Reply-To"] == "Karin Ek <karin.ek@exempel.se>"
    assert message["Date"] == "Mon, 07 Sep 2026 08:05:00 +0200"
    assert message["Message-ID"] == written("request").message_id
    assert message["References"] == message["In-Reply-To"] == written("request").references[0]


def test_no_automatic_answer_is_asked_for() -> None:
    message = over_the_wire("reminder-first")
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "OOF, AutoReply"
    assert message["Content-Language"] == "sv"


@pytest.mark.parametrize("name", SAMPLES)
def test_text_and_page_arrive_as_they_were_written(name: str) -> None:
    message, letter = over_the_wire(name), written(name)
    text, page = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert page is not None
    assert text.get_content().replace("\r\n", "\n") == letter.text
    assert page.get_content().replace("\r\n", "\n") == letter.html
    assert message["Subject"] == letter.subject


@given(
    words=st.lists(
        st.sampled_from(["MR", "2026-03:", "fyll", "i", "senast", "januari", "–", "på", "Solgläntan"]),
        min_size=1,
        max_size=40,
    )
)
def test_a_subject_arrives_with_each_of_its_spaces_however_long_it_is(words: list[str]) -> None:
    letter = replace(written("request"), subject=" ".join(words))
    content = write_letter(letter, read).content
    assert message_from_bytes(content, policy=default)["Subject"] == letter.subject
    assert max(map(len, content.partition(b"\r\n\r\n")[0].split(b"\r\n"))) <= 78


def test_attachments_arrive_whole_with_their_names() -> None:
    attached = {part.get_filename(): part for part in over_the_wire("several").iter_attachments()}
    assert attached["T2 2026 Anna Berg.xlsx"].get_content() == WORKBOOK_BYTES
    assert attached["T2 2026 Björkens enhet.pdf"].get_content() == PDF_BYTES
    assert attached["T2 2026 Björkens enhet.pdf"].get_content_type() == "application/pdf"


def test_the_due_date_comes_as_a_calendar_entry_that_nobody_has_to_answer() -> None:
    part = next(p for p in over_the_wire("request").iter_attachments() if p.get_filename() == "sista-dag.ics")
    assert part.get_content_type() == "text/calendar"
    assert part.get_param("method") == "PUBLISH"
    event = Calendar.from_ical(part.get_payload(decode=True)).walk("VEVENT")[0]
    assert event["SUMMARY"] == "Sista dag: T2 2026 för Solgläntan, Ängen och Källan"
    assert event["TRANSP"] == "TRANSPARENT"


def test_the_same_letter_gives_the_same_bytes() -> None:
    first, again = (write_letter(written("several"), read) for _ in range(2))
    assert first == again
    assert b"Message-ID: " + first.message_id.encode() in first.content


@given(line=LINES, text=LINES, name=NAMES | PLAIN, file=NAMES, content=st.binary())
def test_whatever_is_written_arrives_as_it_was_written(
    line: str, text: str, name: str, file: str, content: bytes
) -> None:
    sheet = Attachment(file, "application/pdf", "bb")
    person = replace(ANNA, name=name)
    letter = replace(
        written("request"), subject=line, text=text, receiver=person, attachments=(sheet,), calendar=None
    )
    message = message_from_bytes(write_letter(letter, lambda _: content).content, policy=default)
    assert isinstance(message, EmailMessage)
    body = message.get_body(("plain",))
    assert body is not None
    assert body.get_content().removesuffix("\r\n") == text
    assert [part.get_content() for part in message.iter_attachments()] == [content]
    assert message["To"].addresses[0].addr_spec == ANNA.address


@pytest.mark.parametrize("address", ["anna berg@", "anna", "", "anna@x.se, eva@x.se", "åsa@exempel.se"])
def test_an_address_that_cannot_be_used_is_told_with_its_person(address: str) -> None:
    letter = replace(written("request"), receiver=replace(ANNA, address=address))
    with pytest.raises(BadInput, match=f"Anna Berg: ”{address}” går inte att skicka till"):
        write_letter(letter, read)


def test_a_line_break_in_a_name_does_not_become_a_header() -> None:
    letter = replace(written("request"), receiver=replace(ANNA, name="Anna\r\nBcc: x@exempel.se"))
    assert message_from_bytes(write_letter(letter, read).content)["Bcc"] is None


def test_redirected_it_goes_to_the_test_box_and_shows_to_whom_it_would_have_gone() -> None:
    redirected = write_letter(written("request"), read, redirect="provlada@exempel.se")
    assert redirected.address == "provlada@exempel.se"
    message = message_from_bytes(redirected.content, policy=default)
    assert message["To"] == "Anna Berg <provlada@exempel.se>"
    assert message["Reply-To"] == "provlada@exempel.se"
    assert message["X-Original-To"] == "anna.berg@exempel.se"
    assert message["X-Original-Reply-To"] == "karin.ek@exempel.se"
    assert b"X-Original-To" not in write_letter(written("request"), read).content
