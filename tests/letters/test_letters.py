"""Letters rendered for real: what must stand in each, what must not, and how matters share an envelope."""

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from html.parser import HTMLParser

import pytest

from arshjul.letters import (
    InsteadOf,
    Matter,
    MatterKind,
    Missing,
    Receipt,
    Reminder,
    Stage,
    compose,
    from_json,
    message_id,
    reason,
    to_json,
)
from arshjul.organisation import Person
from tests.letters.samples import (
    ANNA,
    DOMAIN,
    DRIFT,
    KARIN,
    NOW,
    OMAR,
    REPORT,
    REQUEST,
    RETURNED,
    REVIEW,
    SAMPLES,
    SENDER,
    T2,
    reminder,
    written,
)

every_letter = pytest.mark.parametrize("name", SAMPLES)


class _Words(HTMLParser):
    """The words of a page, a line per block, without its head."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text = ""
        self.feed(page.partition("<body>")[2])

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in ("p", "li", "h1", "h2", "br"):
            self.text += "\n"

    def handle_data(self, data: str) -> None:
        self.text += data.replace("\n", " ")


def words(text: str) -> list[str]:
    return re.sub(r"(?m)^\s*(- |\d+\. |-+$)", "", text).split()


def body_words(page: str) -> list[str]:
    return words(_Words(page).text)


def text_of(*matters: Matter, to: Person = ANNA) -> str:
    return compose(to, matters, SENDER, letter_key="k", domain=DOMAIN, now=NOW).text


@every_letter
def test_the_page_says_the_same_words_as_the_text(name: str) -> None:
    letter = written(name)
    assert body_words(letter.html) == words(letter.text)


@every_letter
def test_a_letter_greets_says_why_it_came_and_whom_to_ask(name: str) -> None:
    letter = written(name)
    assert letter.text.startswith(f"Hej {letter.receiver.name.split()[0]}!\n\n")
    assert all(why in letter.text for why in letter.reasons)
    assert "Frågor? " in letter.text
    assert letter.answers_to
    assert letter.receiver not in letter.answers_to


@every_letter
def test_a_letter_leaves_no_trace_of_its_template(name: str) -> None:
    letter = written(name)
    for text in (letter.subject, letter.text, letter.html.partition("<body>")[2]):
        assert not re.search(r"None|[{}]|  (?=\w)|\bStage\b|MatterKind| [.,](?!\w)", text)
    assert "\n" not in letter.subject
    assert len(letter.subject) <= 100


@every_letter
def test_a_matter_survives_being_stored(name: str) -> None:
    for matter in SAMPLES[name][1]:
        assert from_json(json.loads(json.dumps(to_json(matter)))) == matter


def test_every_kind_of_letter_has_a_sample() -> None:
    assert {m.kind for _, matters in SAMPLES.values() for m in matters} == set(MatterKind)


@pytest.mark.parametrize(
    ("name", "stands", "does_not"),
    [
        ("request", ["3 blad: Solgläntan, Ängen och Källan", "Senast fredag 11 september."], ["tidigare"]),
        ("request", ["påminnelse tisdag 8 september och torsdag 10 september"], []),
        (
            "request-late",
            ["Sista dagen var fredag 4 september.", "kommer en påminnelse torsdag 10 september."],
            ["enast fredag 4", "påminnelse fredag 4"],
        ),
        ("request-one-sheet", ["Lisa Holm har lämnat över Tallen till dig"], [" blad:"]),
        ("request-changed", ["i stället för den förra", "Ängen och Ekonomi"], []),
        ("reminder-first", ["Avsnitt 2 och avsnitt 5 saknas för Solgläntan"], ["Ängen"]),
        ("reminder-first-several", ["- Ängen: inget svar har kommit."], []),
        ("reminder-unmarked", ["inte klarmarkerat bladet Källan"], ["Fyll i"]),
        ("reminder-last-day", ["I dag är sista dagen."], ["Nästa påminnelse"]),
        ("reminder-late", ["Sista dagen var fredag 4 september.", "inga uppgifter lämnade"], ["Nästa"]),
        (
            "escalation",
            ["Omar Said, omar.said@exempel.se", "underlag tisdag 25 augusti, påminnelse"],
            ["mig"],
        ),
        ("escalation", ["Uppdraget kommer från Lisa Holm", "sammanställs måndag 14 september"], []),
        ("escalation-delegator", ["Du har lämnat över Tallen till Omar Said"], ["Anna", "lämna uppdraget"]),
        ("digest", ["- Tallen (Omar Said)", "Kopia av underlag.xls: Äldre filformat"], ["inte göra något"]),
        ("digest", ["Senast i dag, måndag 7 september.", "Be den som skickade filen om en ny"], []),
        (
            "digest-decision-late",
            ["Sista dagen var fredag 4 september. Gör det så snart du kan."],
            ["Senast"],
        ),
        ("digest-all", ["Du behöver inte göra något nu."], ["Saknas", "Väntar"]),
        ("receipt", ["räknas som ditt svar", "Kvar att lämna senast fredag 11 september"], ["version"]),
        ("receipt-again", ["version 2 av ditt svar för Solgläntan", "inte göra något mer"], ["Kvar"]),
        ("returned", ["- Bladet Solgläntan, cell D14: Här ska stå ett tal.", "Ängen är mottaget"], []),
        ("returned-not-ready", ["är inte klarmarkerat och räknas inte än"], ["Rätta"]),
        (
            "review",
            ["4 iakttagelser", "Pär Lund hjälper dig", "”arshjul status T2 2026 --unit BJO”"],
            ["mig"],
        ),
        ("report", ["APT senast fredag 9 oktober", "BJO 2026/14", "ett för varje verksamhet"], []),
        ("apt", ["planerat till torsdag 24 september"], []),
        (
            "duty-days",
            ["Planeringsdagar: onsdag 14 till torsdag 15 oktober", "I dag, måndag 7 september."],
            ["enast"],
        ),
        ("failure", ["Vem det rör: Anna Berg och Omar Said", "Gör så här: Kontrollera"], ["Traceback"]),
        ("link", ["https://arshjul.exempel.se/in/x7", "kl. 9.05"], ["så når du mig"]),
    ],
)
def test_a_letter_says_what_its_reader_needs(name: str, stands: list[str], does_not: list[str]) -> None:
    text = written(name).text
    assert [each for each in stands if each not in text] == []
    assert [each for each in does_not if each in text] == []


def test_reminders_grow_shorter() -> None:
    lengths = [len(text_of(reminder(stage))) for stage in (Stage.FIRST, Stage.SECOND)]
    assert lengths == sorted(lengths, reverse=True)
    assert len(text_of(reminder(Stage.LAST_DAY))) < lengths[0]
    assert len(text_of(reminder(Stage.LATE))) < lengths[0]


def test_a_reminder_of_nothing_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="nobody is reminded"):
        Reminder(**T2, subunits=("Ängen",), stage=Stage.FIRST, due=date(2026, 9, 11), missing=())


def test_a_long_list_of_missing_parts_is_cut_short() -> None:
    parts = tuple(f"avsnitt {number}" for number in range(1, 10))
    why = reason(reminder(Stage.FIRST, Missing("Ängen", parts)), today=NOW.date())
    assert why == ("Avsnitt 1, avsnitt 2, avsnitt 3, avsnitt 4 och 5 till saknas för Ängen i T2 2026.")


def test_several_matters_share_one_letter_and_the_most_urgent_names_it() -> None:
    letter = compose(ANNA, [REPORT, REQUEST, RETURNED], SENDER, letter_key="k", domain=DOMAIN, now=NOW)
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
    letter = compose(ANNA, [early, late], SENDER, letter_key="k", domain=DOMAIN, now=NOW)
    assert letter.subject == "Försenat: T2 2026 för Källan (och 1 till)"


def test_the_manager_signs_what_goes_to_deputies_and_the_program_what_goes_to_her() -> None:
    to_deputy, to_manager = written("request"), written("review")
    assert to_deputy.answers_to == (KARIN,)
    assert "Vänliga hälsningar\nKarin Ek\nBjörkens enhet" in to_deputy.text
    assert to_manager.answers_to == (DRIFT,)
    assert "Vänliga hälsningar" not in to_manager.text


def test_a_manager_who_answers_for_a_subunit_herself_is_not_signed_to_by_herself() -> None:
    letter = compose(KARIN, [REQUEST], SENDER, letter_key="k", domain=DOMAIN, now=NOW)
    assert letter.answers_to == (DRIFT,)
    assert "Vänliga hälsningar" not in letter.text


WHY = "Du får det här i stället för Anna Berg, som är borta till och med 18 september."


def test_a_stand_in_is_told_whose_letter_it_is() -> None:
    for_anna = InsteadOf(REQUEST, ANNA, WHY)
    letter = compose(OMAR, [for_anna], SENDER, letter_key="k", domain=DOMAIN, now=NOW)
    assert letter.text.startswith(f"Hej Omar!\n\n{WHY}\n\n")
    assert letter.references == written("request").references  # Anna's thread goes on


def test_her_own_matter_and_one_she_stands_in_for_share_a_letter_that_says_which_is_which() -> None:
    own = replace(REQUEST, subunits=("Tallen",))
    both = [own, InsteadOf(reminder(Stage.LATE), ANNA, WHY)]
    letter = compose(OMAR, both, SENDER, letter_key="k", domain=DOMAIN, now=NOW)
    assert letter.text.count(WHY) == letter.html.count(WHY) == 1
    late, request = letter.text.index("1. Försenat"), letter.text.index("2. T2 2026: fyll i")
    assert late < letter.text.index(WHY) < request
    assert len(letter.references) == 2
    assert body_words(letter.html) == words(letter.text)


def test_who_stands_in_for_a_manager_is_written_to_as_the_one_in_charge() -> None:
    for_karin = InsteadOf(SAMPLES["review"][1][0], KARIN, "Du får det här i stället för Karin Ek.")
    letter = compose(ANNA, [for_karin], SENDER, letter_key="k", domain=DOMAIN, now=NOW)
    assert letter.answers_to == (DRIFT,)
    assert "Vänliga hälsningar" not in letter.text


def test_answers_reach_who_stands_in_for_the_manager_and_the_letter_says_so() -> None:
    away = replace(SENDER, answering=(OMAR,))
    letter = compose(ANNA, [REQUEST], away, letter_key="k", domain=DOMAIN, now=NOW)
    assert letter.answers_to == (OMAR,)
    assert "Svara på brevet, så når du Omar Said." in letter.text
    herself = compose(OMAR, [REQUEST], away, letter_key="k", domain=DOMAIN, now=NOW)
    assert herself.answers_to == (DRIFT,)


def test_a_late_letter_says_so() -> None:
    letter = compose(
        OMAR, [REQUEST], SENDER, letter_key="k", domain=DOMAIN, now=NOW, planned_for=date(2026, 9, 1)
    )
    assert "skulle ha kommit tisdag 1 september men blev försenat" in letter.text


def test_what_people_are_called_cannot_become_markup() -> None:
    odd = replace(REQUEST, subunits=("<b>Ängen</b> & Co",), cycle="T2 <2026>")
    letter = compose(ANNA, [odd], SENDER, letter_key="k", domain=DOMAIN, now=NOW)
    assert "&lt;b&gt;Ängen&lt;/b&gt; &amp; Co" in letter.html
    assert "<b>" not in letter.html
    assert "<b>Ängen</b> & Co" in letter.text


def test_each_letter_has_its_own_lasting_message_id() -> None:
    first, again = (
        compose(ANNA, [REQUEST], SENDER, letter_key="1", domain=DOMAIN, now=NOW + timedelta(days=day))
        for day in (0, 1)
    )
    other = compose(ANNA, [REQUEST], SENDER, letter_key="2", domain=DOMAIN, now=NOW)
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
    before = compose(ANNA, [REQUEST], SENDER, letter_key="1", domain=DOMAIN, now=NOW).calendar
    changed = replace(REQUEST, due=date(2026, 9, 14), number=2)
    after = compose(ANNA, [changed], SENDER, letter_key="2", domain=DOMAIN, now=NOW).calendar
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


def test_what_comes_after_the_last_day_is_not_asked_for_in_the_past() -> None:
    passed = date(2026, 9, 4)
    assert "Sista dagen var fredag 4 september. Gör det så snart" in text_of(replace(RETURNED, due=passed))
    receipt = Receipt(**T2, subunits=("Ängen",), file="a.xlsx", received_at=NOW, due=passed)
    assert "senast" not in text_of(receipt)
    corrected = compose(
        ANNA, [replace(REPORT, version=2, apt_by=passed)], SENDER, letter_key="k", domain=DOMAIN, now=NOW
    )
    assert "Ta upp den på nästa APT." in corrected.text
    assert written("request-late").subject == "T2 2026: fyll i underlaget så snart du kan"


def test_a_receipt_may_have_no_due_date() -> None:
    receipt = Receipt(**T2, subunits=("Ängen",), file="a.xlsx", received_at=NOW)
    assert "lämnar du arbetsboken på nytt." in text_of(receipt)


def test_where_there_is_a_portal_a_manager_is_led_there_and_reads_no_commands() -> None:
    there = compose(
        KARIN,
        [REVIEW],
        SENDER,
        letter_key="k",
        domain=DOMAIN,
        now=NOW,
        way_in="https://arshjul.exempel.se/l/x",
    )
    assert "Se iakttagelserna och godkänn i webbläsaren, med länken längst ner." in there.text
    assert "Här går du vidare i webbläsaren: https://arshjul.exempel.se/l/x\n" in there.text
    assert "arshjul status" not in there.text
    assert words(there.text) == body_words(there.html)


def test_whoever_runs_the_program_herself_is_told_the_command_and_not_to_ask_herself() -> None:
    alone = replace(SENDER, operator=KARIN)
    own = compose(KARIN, [REVIEW], alone, letter_key="k", domain=DOMAIN, now=NOW)
    assert "I programmet börjar du med ”arshjul status T2 2026 --unit BJO”." in own.text
    assert "hjälper dig" not in own.text
