"""Each rule of a year finds what it is there to find: a good year, spoiled in one place, breaks that rule."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from tests.simulation.rules import RULES, Year

KARIN, ANNA = "karin@bjorkviken.example", "anna@bjorkviken.example"


def matter(kind: str, cause: str, **more: Any) -> Year:
    found = {"kind": kind, "unit": "SOL", "cycle": "T1 2026", "subunits": ["Humlan"], "cause": cause}
    reason = f"Det här är skälet till {cause}."
    return {**found, "meant_for": "anna", "by": "2026-05-11", "reason": reason, **more}


def letter(name: str, at: str, *matters: Year, **more: Any) -> Year:
    found = {"unit": "SOL", "at": f"{at}:00+02:00", "to": ANNA, "role": "deputy", "message_id": f"<{name}@x>"}
    return {**found, "immediate": False, "late_from": None, "matters": list(matters), **more}


def text(each: Year) -> str:
    reasons = "\n".join(m["reason"] for m in each["matters"])
    return f"Hej Anna!\n\n{reasons}\n\nSenast måndag 11 maj.\n\nFrågor? Svara på brevet."


def cycle(unit: str, name: str) -> Year:
    times = {"approved_at": "2026-05-25T15:20:00+02:00", "distributed_at": "2026-05-26T08:00:00+02:00"}
    answered = [{"subunit": "Humlan", "at": "2026-05-08T10:00:00+02:00", "version": 1}]
    return {
        "cycle": name,
        "unit": unit,
        "opens": "2026-04-15",
        "due": "2026-05-11",
        "corrected_at": [],
        **times,
        "archived_at": "2026-06-26T08:00:00+02:00",
        "submissions": answered,
        "asked": ["Humlan", "Kajutan"],
        "missing": ["Kajutan"],
    }


def good_year() -> Year:
    names = ("VB 2025", "VP 2026", "T1 2026", "T2 2026", "VP 2027", "VB 2026", "MR 2026-03")
    letters = [
        letter("1", "2026-04-15T08:00", matter("request", "form 1")),
        letter("2", "2026-05-05T08:00", matter("reminder", "remind-1")),
        letter("3", "2026-05-05T14:15", matter("receipt", "file a", by=None), immediate=True),
        letter("4", "2026-05-18T08:00", matter("duty", "SOL-rond-2026-05 tell", cycle=None)),
    ]
    duty = {"unit": "SOL", "duty": "SOL-rond-2026-05", "subunit": "Humlan", "state": "told"}
    return {
        "year": 2026,
        "mail_down": ["2026-05-13", "2026-05-15"],
        "chasing_per_week": 3,
        "troubles": [],
        "machine_off": ["2026-06-15", "2026-06-21"],
        "not_sent": [],
        "untold": [],
        "letters": letters,
        "arrived": [{"message_id": each["message_id"], "text": text(each)} for each in letters],
        "cycles": [cycle("SOL", name) for name in names],
        "packages": [{"path": "/arkiv/SOL", "sha256": "0" * 64}],
        "duties": [{**duty, "confirmed_at": None}],
    }


def add(year: Year, each: Year) -> None:
    year["letters"].append(each)
    year["arrived"].append({"message_id": each["message_id"], "text": text(each)})


def chased_every_day(year: Year) -> None:
    for day in range(4, 8):
        add(year, letter(f"k{day}", f"2026-05-0{day}T08:00", matter("apt", f"apt {day}")))


def reminded_after_she_had_answered(year: Year) -> None:
    add(year, letter("x", "2026-05-12T08:00", matter("reminder", "remind-2")))


def reminded_of_a_confirmed_duty(year: Year) -> None:
    year["duties"][0]["confirmed_at"] = "2026-05-19T10:00:00+02:00"
    again = matter("duty", "SOL-rond-2026-05 remind", cycle=None)
    add(year, letter("x", "2026-05-20T08:00", again))


def a_second_letter_the_same_morning(year: Year) -> None:
    add(year, letter("x", "2026-04-15T08:15", matter("request", "form 1", unit="HAM"), unit="HAM"))


SPOILED: list[tuple[str, Callable[[Year], object]]] = [
    ("påmind om det gjorda", reminded_after_she_had_answered),
    ("påmind om det gjorda", reminded_of_a_confirmed_duty),
    ("två brev i onödan", a_second_letter_the_same_morning),
    ("utanför arbetstid", lambda y: y["letters"][0].update(at="2026-04-18T08:00:00+02:00")),
    ("utanför arbetstid", lambda y: y["letters"][0].update(at="2026-04-15T18:30:00+02:00")),
    ("över taket", chased_every_day),
    ("utan skäl", lambda y: y["letters"][0]["matters"][0].update(reason="None saknas för X")),
    ("sagt två gånger", lambda y: add(y, letter("x", "2026-04-16T08:00", matter("request", "form 1")))),
    ("skickat när inget gick", lambda y: y["letters"][0].update(at="2026-05-13T08:00:00+02:00")),
    ("skickat när inget gick", lambda y: y["letters"][0].update(at="2026-06-17T08:00:00+02:00")),
    ("sent utan att säga det", lambda y: y["letters"][3].update(late_from="2026-05-18")),
    ("sent utan att säga det", lambda y: add(y, _held_for_weeks())),
    ("i fel ordning", lambda y: y["cycles"][2].update(approved_at="2026-06-30T08:00:00+02:00")),
    ("i fel ordning", lambda y: y["cycles"][2].update(distributed_at=None)),
    ("felräknat", lambda y: y["cycles"][2].update(missing=[])),
    ("felräknat", lambda y: y["cycles"][2]["submissions"].append(y["cycles"][2]["submissions"][0])),
    ("inte gjort", lambda y: y["cycles"][6].update(archived_at=None)),
    ("inte gjort", lambda y: y["cycles"].pop(5)),
    ("inte gjort", lambda y: y["troubles"].append("T1 2026 SOL: något gick fel")),
    ("utan besked", lambda y: y["arrived"][0].update(text="Hej Anna! Senast 11 maj. Frågor? Svara.")),
    ("utan besked", lambda y: y["arrived"][0].update(text=text(y["letters"][0]).replace("11 maj", ""))),
    ("utan besked", lambda y: y["arrived"][0].update(text=text(y["letters"][0]).replace("Frågor", ""))),
    ("borta eller dubbelt", lambda y: y["arrived"].pop()),
    ("borta eller dubbelt", lambda y: y["arrived"].append(y["arrived"][0])),
    ("borta eller dubbelt", lambda y: y["untold"].append({"since": "2026-05-14T08:00:00+02:00"})),
    ("mot avtalet", lambda y: y["letters"][0].pop("role")),
    ("mot avtalet", lambda y: y["cycles"][0].update(opens="15 april")),
    ("mot avtalet", lambda y: y["packages"].clear()),
]


def _held_for_weeks() -> Year:
    return letter("x", "2026-06-01T08:00", matter("request", "form 2"), late_from="2026-05-13")


def test_a_good_year_breaks_no_rule() -> None:
    assert {name: list(rule(good_year())) for name, rule in RULES.items()} == {name: [] for name in RULES}


@pytest.mark.parametrize(("rule", "spoil"), SPOILED)
def test_a_year_that_is_spoiled_breaks_its_rule(rule: str, spoil: Callable[[Year], object]) -> None:
    year = deepcopy(good_year())
    spoil(year)
    assert list(RULES[rule](year))


def test_every_rule_has_been_seen_to_break() -> None:
    assert {rule for rule, _ in SPOILED} == set(RULES)
