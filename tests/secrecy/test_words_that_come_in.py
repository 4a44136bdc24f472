"""Words beside the forms: an identity number stops them, and the review looks through what is left."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy.orm import Session

from arshjul.actions import Action, Source, Status
from arshjul.errors import BadInput
from arshjul.steps.archive.disposing import dispose
from arshjul.steps.cycle.directing import return_answer
from arshjul.steps.duties.actions import add_action, close_action
from arshjul.steps.duties.duty_words import confirm_duty, duty_standings
from arshjul.steps.meetings.apt_meetings import record_meeting
from arshjul.steps.report.asking_for_change import ask_change
from tests.example import at
from tests.play import MANAGER, Play
from tests.secrecy.writings import check_digit
from tests.stages import PlayFrom
from tests.unit.checked_cycle import told
from tests.unit.small_cycle import HUMLAN, LARKAN

NOW = at("2026-09-22 10:00")
NUMBER = "790101-123" + check_digit("790101123")
WORDS = f"Brukaren {NUMBER} behöver ett nytt bord."


def of_a_meeting(play: Play) -> None:
    record_meeting(play.office, play.key, HUMLAN, "mehmet", date(2026, 9, 21), WORDS, NOW)


def of_an_action(play: Play) -> None:
    unit = play.office.installation.unit("SOL")
    with play.office.database.writing() as session:
        add_action(
            session, unit, MANAGER, NOW, source=Source.COMPLAINT, text=WORDS, subunit=HUMLAN, owner="mehmet"
        )


def of_how_an_action_went(play: Play) -> None:
    def close(session: Session) -> None:
        close_action(session, "SOL", "L1", MANAGER, Status.DONE, WORDS, NOW)

    with play.office.database.writing() as session:
        close(session)


def of_a_duty(play: Play) -> None:
    first, last = date(2026, 9, 1), date(2026, 9, 30)
    duty = duty_standings(play.office, "SOL", first, last)[0].occurrence
    confirm_duty(play.office, duty.id, MANAGER, WORDS, NOW)


def of_a_return(play: Play) -> None:
    return_answer(play.office, play.key, HUMLAN, MANAGER, WORDS, NOW)


def of_a_wish(play: Play) -> None:
    ask_change(play.office, play.key, HUMLAN, MANAGER, WORDS, NOW)


def of_a_disposal(play: Play) -> None:
    dispose(play.office, "paket", MANAGER, WORDS, NOW, dry_run=False)


WAYS = [of_a_meeting, of_an_action, of_how_an_action_went, of_a_duty, of_a_return, of_a_wish, of_a_disposal]


@pytest.mark.parametrize("say", WAYS)
def test_an_identity_number_is_stopped_on_every_way_in(
    play_from: PlayFrom, say: Callable[[Play], None]
) -> None:
    play = play_from("answered")
    with pytest.raises(BadInput, match="Här står ett personnummer") as stopped:
        say(play)
    assert NUMBER not in str(stopped.value)


def test_the_review_looks_through_what_is_written_beside_the_analyses() -> None:
    disputed = {
        LARKAN: {"I1.total": 90, "I1.dispute": f"Det är {NUMBER} som saknas."},
        HUMLAN: {"I1.total": 86},
    }
    [finding] = told("identity-number-in-text", disputed)
    assert "Lärkan" in finding.where
    assert NUMBER not in finding.message


def test_the_review_looks_through_promises_that_people_made() -> None:
    made = Action("APT-T1-2026-HUMLAN-1", Source.APT, "En brukare avled i mars.", subunit=HUMLAN)
    planned = Action("2026-A1-HUMLAN", Source.PLAN, "En brukare avled i mars.", subunit=HUMLAN)
    assert [one.where for one in told("person-pointed-out", promises=(made, planned))] == [
        "Åtgärd APT-T1-2026-HUMLAN-1"
    ]
