"""A person's duties as they stand today: what is hers to do and say, and what a manager keeps an eye on.

Reads only; saying that one is done is `arshjul.steps.duties.duty_words`. Called by the portal and its API.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from arshjul.office import Office
from arshjul.organisation import Role, Unit
from arshjul.steps.duties.duty_words import COMING, CONFIRMED, DutyStanding, duty_standings
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
    own: list[DutyStanding] = []
    others: list[DutyStanding] = []
    for unit in units:
        manages = not people.isdisjoint(unit.holders(Role.MANAGER, today))
        for standing in duty_standings(office, unit.code, today - _BACK, today + _AHEAD):
            if not standing.occurrence.duty.confirm:
                continue
            if not people.isdisjoint(standing.occurrence.holders):
                own.append(standing)
            elif manages:
                others.append(standing)
    return PersonsDuties(
        to_do=_by_last_day(each for each in own if _is_to_do(each)),
        coming=tuple(each for each in own if _is_coming(each, today)),
        done=tuple(each for each in own if _is_done_lately(each, now)),
        others=_by_last_day(each for each in others if _is_to_do(each)),
    )


def _is_to_do(standing: DutyStanding) -> bool:
    """Told of, and nobody has said that it is done."""
    return standing.state not in (COMING, CONFIRMED)


def _is_coming(standing: DutyStanding, today: date) -> bool:
    """Not told of yet; what has ended is from before the installation began, and nobody was told of it."""
    return standing.state == COMING and standing.occurrence.end >= today


def _is_done_lately(standing: DutyStanding, now: datetime) -> bool:
    """Said to be done, so short a time ago that it can be taken back on the page."""
    return standing.state == CONFIRMED and standing.at is not None and standing.at > now - _DONE_SHOWN


def _by_last_day(standings: Iterable[DutyStanding]) -> tuple[DutyStanding, ...]:
    return tuple(sorted(standings, key=lambda each: (each.occurrence.end, each.place)))
