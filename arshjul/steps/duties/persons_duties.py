"""A person's duties as they stand today: what is hers to do and say, and what a manager keeps an eye on.

Reads only; saying that one is done is `arshjul.steps.duties.duty_words`. Called by the portal and its API.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from arshjul.office import Office
from arshjul.organisation import Role, Unit
from arshjul.steps.duties.duty_words import CONFIRMED, DutyStanding, duty_standings
from arshjul.wheel import local_day

_AHEAD, _BACK = timedelta(days=30), timedelta(days=120)
_DONE_SHOWN = timedelta(days=30)  # so long can what was said be taken back on the page


@dataclass(frozen=True, slots=True)
class PersonsDuties:
    """`to_do` are told of and not done, `coming` begin within a month, `done` were confirmed within one, and
    `others` are those of other people in units that she manages, told of and not done.
    """

    to_do: tuple[DutyStanding, ...] = ()
    coming: tuple[DutyStanding, ...] = ()
    done: tuple[DutyStanding, ...] = ()
    others: tuple[DutyStanding, ...] = ()


def persons_duties(
    office: Office, units: Iterable[Unit], people: frozenset[str], now: datetime
) -> PersonsDuties:
    """The duties in `units` of any of `people`: a person and those she stands in for."""
    today = local_day(now)
    to_do: list[DutyStanding] = []
    coming: list[DutyStanding] = []
    done: list[DutyStanding] = []
    others: list[DutyStanding] = []
    for unit in units:
        manages = not people.isdisjoint(unit.holders(Role.MANAGER, today))
        for standing in duty_standings(office, unit.code, today - _BACK, today + _AHEAD):
            ended = standing.occurrence.end < today
            if not standing.occurrence.duty.confirm or (standing.state == "coming" and ended):
                continue  # nobody was told of it, from before the installation began
            if standing.state == CONFIRMED:
                recent = standing.at is not None and standing.at > now - _DONE_SHOWN
                place = done if recent else None
            else:
                place = coming if standing.state == "coming" else to_do
            if people.isdisjoint(standing.occurrence.holders):
                place = others if manages and place is to_do else None
            if place is not None:
                place.append(standing)
    to_do, others = (sorted(found, key=_last_day) for found in (to_do, others))
    return PersonsDuties(tuple(to_do), tuple(coming), tuple(done), tuple(others))


def _last_day(standing: DutyStanding) -> tuple[date, str]:
    return standing.occurrence.end, standing.place
