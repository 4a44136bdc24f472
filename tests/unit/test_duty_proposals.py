"""Duties out of a plan's own words: how often is read, what says no rhythm proposes nothing."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from arshjul.config import load_installation
from arshjul.config.records import parse_source
from arshjul.duties import Duty, Every, Season
from arshjul.duty_proposals import DutyProposal, proposals_as_yaml, proposed_duties
from arshjul.organisation import Role
from arshjul.plan import Goal, Kind, Level, Plan

EXAMPLE = load_installation(Path(__file__).parents[2] / "config")


@dataclass(frozen=True, slots=True)
class Duties:
    duties: tuple[Duty, ...]


def proposed(text: str, key: str = "follow_up") -> tuple[DutyProposal, ...]:
    goal = Goal("G04", Level.UNIT, "Deltagarna bestämmer innehållet i sin dag", sections={key: text})
    return proposed_duties(Plan(Kind.VP, 2026, "SOL", (goal,)))


@pytest.mark.parametrize(
    ("sentence", "months"),
    [
        ("Målet följs upp månadsvis.", (1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12)),
        ("Följs upp vid T1, T2 och VB.", (4, 8, 12)),
        ("Redovisas i tertialrapport 2 och verksamhetsberättelsen.", (8, 12)),
        ("Årligen på APT.", (11,)),
        ("En gång per år eller vid behov.", (11,)),
        ("Varannan månad i ledningsgruppen.", (1, 3, 5, 9, 11)),
        ("Varje kvartal.", (2, 5, 8, 11)),
        ("Två gånger per termin.", (2, 5, 9, 11)),
        ("Två gånger om året.", (3, 10)),
        ("Stäms av i mars, maj och november.", (3, 5, 11)),
        ("Uppföljning tertialvis.", (4, 8, 12)),
    ],
)
def test_how_often_is_read_from_the_sentence(sentence: str, months: tuple[int, ...]) -> None:
    (proposal,) = proposed(sentence)
    assert proposal.duty.when.in_months() == months
    assert proposal.goal_id == "G04"


def test_a_season_is_a_season() -> None:
    (proposal,) = proposed("Bemötandet följs upp i brukarundersökningen i höst.")
    assert proposal.duty.when.seasons == (Season.AUTUMN,)


@pytest.mark.parametrize(
    "sentence",
    ["Rutinerna följs fortlöpande upp.", "Följs upp i brukarundersökningen.", "I vardagen, kontinuerligt."],
)
def test_what_is_done_all_the_time_proposes_nothing(sentence: str) -> None:
    assert proposed(sentence) == ()


def test_two_rhythms_in_a_sentence_are_two_duties_and_the_controller_is_in_both() -> None:
    monthly, tertial = proposed("Månadsvis med controllern, tertialvis i rapport till nämnden.")
    assert (monthly.duty.when.every, tertial.duty.when.months) == (Every.MONTH, (4, 8, 12))
    assert monthly.duty.who == tertial.duty.who == (Role.MANAGER, Role.CONTROLLER)
    assert not monthly.duty.confirm
    assert tertial.duty.confirm


def test_the_reports_that_a_rule_names_take_the_result_up() -> None:
    (named,) = proposed("Följs upp vid T2 och VB.")
    (tertial,) = proposed("Uppföljning tertialvis och i samband med verksamhetsberättelse.")
    assert named.duty.report_into == (Kind.T2, Kind.VB)
    assert tertial.duty.report_into == (Kind.T1, Kind.T2, Kind.VB)


def test_elsewhere_in_the_plan_a_rhythm_alone_is_not_enough() -> None:
    assert proposed("Vi bakar varje månad.", "approach") == ()
    assert len(proposed("Vi stämmer av bemanningen varje månad.", "approach")) == 1


def test_the_proposals_for_the_examples_plan_can_be_put_into_the_wheel_as_they_stand() -> None:
    proposals = proposed_duties(EXAMPLE.plans["SOL", 2026])
    text = f"duties:\n{proposals_as_yaml(proposals, '  ')}\n"
    read = parse_source(text, "wheel.yaml").read(Duties)
    assert [p.duty for p in proposals] == list(read.duties)
    assert len({duty.id for duty in read.duties}) == len(read.duties) >= 10


def test_as_comments_the_proposals_say_nothing_until_somebody_takes_them() -> None:
    text = proposals_as_yaml(proposed("Årligen på APT."), "      ", "# ")
    assert all(line.startswith("      # ") for line in text.splitlines())
    assert "# mål G04: Årligen på APT." in text
