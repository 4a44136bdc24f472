"""The organisation file: people, units and assignments that fit each other."""

from datetime import date
from pathlib import Path

import pytest

from arshjul.config import load_installation
from arshjul.config.organisation import read_organisation
from arshjul.config.records import parse_source
from arshjul.config.unit_part import files_of_unit
from arshjul.errors import BadInput

GOOD = """\
people:
  - {id: anna, name: Anna, address: anna@stad.example}
  - {id: bo, name: Bo, address: bo@stad.example}
units:
  - code: SOL
    name: Solgläntans dagliga verksamhet
    short_name: Solgläntan
    administration: Björkviken
    department: Stöd
    people: deltagare
    subunits:
      - {code: A, name: Ateljén}
      - {code: B, name: Caféet, valid_from: 2026-03-01, predecessor: A}
    assignments:
      - {person: anna, role: manager}
      - {person: bo, role: deputy, subunits: [A], delegated_by: anna}
"""


def test_a_good_file_gives_units_and_people() -> None:
    organisation = read_organisation(parse_source(GOOD, "organisation.yaml"))
    assert organisation.unit("SOL").subunit("B").predecessor == "A"
    assert organisation.person("bo").address == "bo@stad.example"
    assert organisation.unit("SOL").short_name == "Solgläntan"


@pytest.mark.parametrize(
    ("good", "bad", "line", "sentence"),
    [
        ("{id: bo,", "{id: anna,", 3, 'id "anna" står två gånger'),
        ("bo@stad.example", "bo", 3, '"bo" är ingen e-postadress'),
        ("{code: B,", "{code: A,", 13, 'code "A" står två gånger'),
        ("predecessor: A", "predecessor: Z", 13, 'företrädaren "Z" finns inte'),
        ("2026-03-01", "2026-03-01, valid_to: 2026-02-01", 13, "slutar (2026-02-01) innan det börjar"),
        ("person: bo", "person: eva", 16, 'personen "eva" finns inte under people'),
        ("delegated_by: anna", "delegated_by: eva", 16, 'personen "eva" finns inte under people'),
        ("subunits: [A]", "subunits: [A, X]", 16, 'verksamheten "X" finns inte i enheten SOL'),
        ("role: manager", "role: deputy", 5, "enheten har ingen enhetschef"),
        ("role: manager", "role: manager, subunits: [A]", 16, 'både anna och bo svarar för "A" samtidigt'),
        ("role: manager", "role: chef", 15, '"role" ska vara något av manager, deputy'),
    ],
)
def test_what_does_not_fit_is_named_with_its_line(good: str, bad: str, line: int, sentence: str) -> None:
    source = parse_source(GOOD.replace(good, bad), "organisation.yaml")
    with pytest.raises(BadInput) as caught:
        read_organisation(source)
    assert caught.value.where == f"organisation.yaml, rad {line}"
    assert sentence in caught.value.sentence


def test_one_person_may_take_over_from_another_during_the_year() -> None:
    text = GOOD.replace("role: manager", "role: manager, subunits: [A], valid_to: 2026-05-31").replace(
        "role: deputy,", "role: deputy, valid_from: 2026-06-01,"
    )
    organisation = read_organisation(parse_source(text, "organisation.yaml"))
    unit = organisation.unit("SOL")
    assert {a.person for a in unit.answering_on(date(2026, 5, 31))} == {"anna"}
    assert {a.person for a in unit.answering_on(date(2026, 6, 1))} == {"bo"}


def test_what_nobody_answers_for_is_the_managers() -> None:
    text = GOOD.replace("role: deputy,", "role: deputy, valid_to: 2026-05-31,")
    organisation = read_organisation(parse_source(text, "organisation.yaml"))

    def answering(day: date) -> list[tuple[str, tuple[str, ...]]]:
        return [(a.person, a.subunits) for a in organisation.unit("SOL").answering_on(day)]

    assert answering(date(2026, 2, 1)) == [("bo", ("A",))]
    assert answering(date(2026, 5, 31)) == [("bo", ("A",)), ("anna", ("B",))]
    assert answering(date(2026, 6, 1)) == [("anna", ("A", "B"))]
    assert organisation.receiver("bo", date(2026, 6, 1)) == (
        "anna",
        "Du får det här efter Bo, som har lämnat uppdraget.",
    )


AWAY = (
    GOOD
    + """\
absences:
  - {person: bo, valid_from: 2026-07-06, valid_to: 2026-07-31, stand_in: anna}
  - {person: anna, valid_from: 2026-08-03, stand_in: bo}
"""
)


def test_letters_to_somebody_away_go_to_the_stand_in_who_is_told_why() -> None:
    organisation = read_organisation(parse_source(AWAY, "organisation.yaml"))
    assert organisation.receiver("bo", date(2026, 7, 5)) == ("bo", "")
    assert organisation.receiver("bo", date(2026, 7, 31)) == (
        "anna",
        "Du får det här i stället för Bo, som är borta till och med 31 juli.",
    )
    assert organisation.receiver("anna", date(2027, 1, 1)).why == (
        "Du får det här i stället för Anna, som är borta."
    )


def test_letters_to_somebody_who_has_left_go_to_whoever_has_her_task_now() -> None:
    text = GOOD.replace("role: manager", "role: manager, subunits: [A], valid_to: 2026-05-31").replace(
        "role: deputy,", "role: deputy, valid_from: 2026-06-01,"
    )
    organisation = read_organisation(parse_source(text, "organisation.yaml"))
    assert organisation.receiver("anna", date(2026, 5, 31)) == ("anna", "")
    assert organisation.receiver("anna", date(2026, 6, 1)) == (
        "bo",
        "Du får det här efter Anna, som har lämnat uppdraget.",
    )
    assert organisation.successor("bo", date(2026, 6, 1)) == "bo"


def test_letters_meant_for_a_stand_in_who_has_left_go_to_whoever_has_her_task() -> None:
    text = (
        GOOD.replace("people:\n", "people:\n  - {id: eva, name: Eva, address: eva@stad.example}\n", 1)
        .replace("role: deputy,", "role: deputy, valid_to: 2026-05-31,")
        .replace(
            "    assignments:\n",
            "    assignments:\n      - {person: eva, role: deputy, subunits: [A], valid_from: 2026-06-01}\n",
        )
    )
    text += "absences:\n  - {person: anna, valid_from: 2026-05-01, valid_to: 2027-01-31, stand_in: bo}\n"
    organisation = read_organisation(parse_source(text, "organisation.yaml"))
    assert organisation.receiver("anna", date(2026, 5, 31)).person == "bo"
    assert organisation.receiver("anna", date(2026, 6, 1)) == (
        "eva",
        "Du får det här i stället för Anna, som är borta till och med 31 januari 2027.",
    )


def test_of_two_who_share_a_part_the_one_at_work_gets_the_letter_once_and_as_her_own() -> None:
    organisation = read_organisation(parse_source(AWAY, "organisation.yaml"))
    assert organisation.receivers(("bo", "anna"), date(2026, 7, 10)) == (("anna", ""),)
    assert [r.person for r in organisation.receivers(("bo", "anna"), date(2026, 7, 1))] == ["bo", "anna"]


@pytest.mark.parametrize(
    ("good", "bad", "line", "sentence"),
    [
        ("person: bo, valid_from: 2026-07-06", "person: eva, valid_from: 2026-07-06", 18, '"eva" finns inte'),
        ("stand_in: anna", "stand_in: eva", 18, '"eva" finns inte under people'),
        ("stand_in: anna", "stand_in: bo", 18, "bo kan inte ersätta sig själv"),
        ("2026-07-31", "2026-07-01", 18, "slutar (2026-07-01) innan det börjar"),
        ("2026-08-03", "2026-07-20", 19, "bo ska ersätta anna men är borta samtidigt (rad 18)"),
        (
            "anna, valid_from: 2026-08-03, stand_in: bo",
            "bo, valid_from: 2026-07-31, stand_in: anna",
            19,
            "redan",
        ),
    ],
)
def test_an_absence_without_somebody_at_work_behind_it_is_refused_at_its_line(
    good: str, bad: str, line: int, sentence: str
) -> None:
    assert good in AWAY
    with pytest.raises(BadInput) as refused:
        read_organisation(parse_source(AWAY.replace(good, bad), "organisation.yaml"))
    assert refused.value.where == f"organisation.yaml, rad {line}"
    assert sentence in refused.value.sentence


def test_who_was_away_and_where_people_are_written_to_is_no_part_of_what_is_archived() -> None:
    installation = load_installation(Path(__file__).parents[2] / "config")
    assert installation.organisation.absences
    kept = files_of_unit(installation, "SOL")["organisation.yaml"]
    assert b"Karin Ekdahl" in kept
    assert b"absences" not in kept
    assert b"@" not in kept
