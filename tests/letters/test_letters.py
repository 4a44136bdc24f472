"""Letters rendered for real: what must stand in each and what must not."""

import json
import re
from dataclasses import replace
from datetime import date

import pytest

from arshjul.letters import (
    MatterKind,
    Missing,
    Receipt,
    Reminder,
    Stage,
    from_json,
    reason,
    to_json,
)
from tests.letters.reading import body_words, letter_of, words
from tests.letters.samples import (
    NOW,
    OMAR,
    REPORT,
    REQUEST,
    RETURNED,
    SAMPLES,
    T2,
    reminder,
    written,
)

every_letter = pytest.mark.parametrize("name", SAMPLES)


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
        ("several-duties", ["Svara ”Skyddsrond klart” på", "Svara ”Brandskydd klart” på"], ["”klart”"]),
        ("duty", ["Svara ”klart” på"], ["Skyddsrond klart"]),
        ("escalation-compiled", ["sammanställs nu, utan det som saknas", "Där står det"], ["7 september"]),
        (
            "review-again",
            [
                "Nya svar har kommit sedan förra utkastet.",
                "sammanställd på nytt",
                "hjälper dig att godkänna.",
            ],
            ["se iakttagelserna", "Senast"],
        ),
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
        ("digest-told-before", ["2 filer som du redan har fått veta om", "inte göra något nu"], ["Be den"]),
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
    length = {stage: len(letter_of(reminder(stage)).text) for stage in Stage}
    assert length[Stage.FIRST] >= length[Stage.SECOND]
    assert max(length[Stage.LAST_DAY], length[Stage.LATE]) < length[Stage.FIRST]


def test_a_reminder_of_nothing_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="nobody is reminded"):
        Reminder(**T2, subunits=("Ängen",), stage=Stage.FIRST, due=date(2026, 9, 11), missing=())


def test_a_long_list_of_missing_parts_is_cut_short() -> None:
    parts = tuple(f"avsnitt {number}" for number in range(1, 10))
    why = reason(reminder(Stage.FIRST, Missing("Ängen", parts)), today=NOW.date())
    assert why == ("Avsnitt 1, avsnitt 2, avsnitt 3, avsnitt 4 och 5 till saknas för Ängen i T2 2026.")


def test_a_late_letter_says_so() -> None:
    letter = letter_of(REQUEST, to=OMAR, planned_for=date(2026, 9, 1))
    assert "skulle ha kommit tisdag 1 september men blev försenat" in letter.text


def test_what_people_are_called_cannot_become_markup() -> None:
    odd = replace(REQUEST, subunits=("<b>Ängen</b> & Co",), cycle="T2 <2026>")
    letter = letter_of(odd)
    assert "&lt;b&gt;Ängen&lt;/b&gt; &amp; Co" in letter.html
    assert "<b>" not in letter.html
    assert "<b>Ängen</b> & Co" in letter.text


def test_what_comes_after_the_last_day_is_not_asked_for_in_the_past() -> None:
    passed = date(2026, 9, 4)
    returned = letter_of(replace(RETURNED, due=passed))
    assert "Sista dagen var fredag 4 september. Gör det så snart" in returned.text
    receipt = Receipt(**T2, subunits=("Ängen",), file="a.xlsx", received_at=NOW, due=passed)
    assert "senast" not in letter_of(receipt).text
    corrected = letter_of(replace(REPORT, version=2, apt_by=passed))
    assert "Ta upp den på nästa APT." in corrected.text
    assert written("request-late").subject == "T2 2026: fyll i underlaget så snart du kan"


def test_a_receipt_may_have_no_due_date() -> None:
    receipt = Receipt(**T2, subunits=("Ängen",), file="a.xlsx", received_at=NOW)
    assert "lämnar du arbetsboken på nytt." in letter_of(receipt).text
