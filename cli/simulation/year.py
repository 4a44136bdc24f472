"""A year on a virtual clock: rounds as the daily upkeep makes them, people in between.

A round reads the inbox, takes the steps that are due in every cycle, tells of duties and sends letters: the
same calls as the flows', with plain hands. Rounds are made at the times that the wheel names, a quarter of
an hour after somebody did something, and while something waits to be sent; in between nothing can be due.
The autumn before is played too, so that the year begins with what it inherits.
"""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from sqlalchemy import exists, or_, select

from arshjul.adapters.store import tables
from arshjul.config import load_installation
from arshjul.cycle import CycleKey, planned_steps
from arshjul.errors import ArshjulError
from arshjul.letters import Review
from arshjul.office import Office
from arshjul.plan import Kind
from arshjul.steps.answers.collecting import inbox_files
from arshjul.steps.cycle.behind import cycles_around, cycles_behind, units_with_duties_behind
from arshjul.steps.cycle.morning import PLAIN, bring_up_to_date, post_what_waits
from arshjul.steps.cycle.settled import settled
from arshjul.steps.duties.duties import duty_times, tell_of_duties
from arshjul.wheel import STOCKHOLM, local_day
from arshjul.workdays import is_workday, next_workday
from cli.simulation.installation import lay_plan_in_place
from cli.simulation.mail import MailServerOfTheYear
from cli.simulation.managers import Managers
from cli.simulation.people import People, letters_of
from cli.simulation.world import World

FIRST_ROUND, LAST_ROUND, QUARTER = time(6), time(18, 45), timedelta(minutes=15)
TRIES = (time(7), time(8), time(12), time(16))


@dataclass
class SimulatedYear:
    """`troubles` are sentences of what did not go as it should; a year that goes well has none."""

    world: World
    mail: MailServerOfTheYear
    told: Callable[[date], None] = lambda _month: None  # called when a month of the year begins
    troubles: list[str] = field(default_factory=list)
    rounds: int = 0
    _wheel: list[datetime] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.people = People(self.world)
        self.managers = Managers(self.world, self._decided)

    def live(self, until: date | None = None) -> None:
        """From the first of October of the year before to New Year's Eve, or to the end of an earlier day."""
        year = self.world.fate.year
        end = datetime.combine(until or date(year, 12, 31), time(23, 59), STOCKHOLM)
        self._read_the_wheel()
        month = date(year, 1, 1)
        while (now := self._next()) is not None and now <= end:
            while month <= local_day(now):
                self.told(month)
                month = (month + timedelta(days=32)).replace(day=1)
            self.world.happen(now)
            self.world.now = now
            if not self.world.fate.machine_is_off(now):
                with self.world.office.database.one_moment():
                    self._round(now)

    def _next(self) -> datetime | None:
        """The time of the next round: what the wheel names, what somebody does, what waits to be sent."""
        now = self.world.now
        coming = [at for at in (_next_of(self._wheel, now), self.world.next_at) if at is not None]
        coming = [_round_at(max(at, now)) for at in coming]
        if self._waits():
            coming.append(_next_try(now))
        return min((at if at > now else _round_at(now + QUARTER) for at in coming), default=None)

    def _round(self, now: datetime) -> None:
        office = self.world.office
        self.rounds += 1
        self._set_mail(now)
        if inbox_files(office):
            PLAIN.collect(office, now)
        for key in cycles_behind(office, now):
            try:
                bring_up_to_date(office, key, now)
            except ArshjulError as trouble:  # one unit's trouble is its own
                self.troubles.append(f"{now:%Y-%m-%d} {key} {key.unit_code}: {trouble}")
        for unit in units_with_duties_behind(office, now):
            tell_of_duties(office, unit.code, now)
        sent = post_what_waits(office, now).sent
        for got in letters_of(office, now) if sent else ():
            if isinstance(got.matter, Review):
                assert got.key is not None
                self.managers.get_draft(got.key, now)
            else:
                self.people.get(got)

    def _read_the_wheel(self) -> None:
        """When something can be due in the years around this one."""
        office, year = self.world.office, self.world.fate.year
        keys = {key for of in (year - 1, year) for key in cycles_around(office.installation, of)}
        times = {at for key in keys for at, _ in planned_steps(settled(office, key).milestones)}
        for unit in office.installation.organisation.units:
            for of in (year - 1, year, year + 1):
                times |= set(_told(office, unit.code, of))
        self._wheel = sorted(times)

    def _decided(self, key: CycleKey) -> None:
        """A plan that has been decided is read in, as a person does with `arshjul plan read`."""
        config = self.world.office.installation.folder
        if key.kind is Kind.VP and lay_plan_in_place(config, key.unit_code, key.year):
            self.world.office = replace(self.world.office, installation=load_installation(config))
            self._read_the_wheel()

    def _set_mail(self, now: datetime) -> None:
        if self.world.fate.mail_is_down(now):
            self.mail.fail(self.world.fate.mail_trouble)
        else:
            self.mail.recover()

    def _waits(self) -> bool:
        """Whether something is to be told or sent."""
        with self.world.office.database.reading() as session:
            return bool(session.scalar(_WAITS))


_WAITS = select(
    or_(
        exists().where(tables.Notice.letter_id.is_(None), tables.Notice.withdrawn_at.is_(None)),
        exists().where(tables.Letter.state == "pending"),
    )
)


def _told(office: Office, unit_code: str, year: int) -> list[datetime]:
    """When something about duties may be due: when they are told of, and the midnights after their days."""
    return list(duty_times(office.installation, unit_code, year))


def _next_of(times: list[datetime], now: datetime) -> datetime | None:
    """The first of the sorted times that lies after `now`."""
    place = bisect_right(times, now)
    return times[place] if place < len(times) else None


def _round_at(at: datetime) -> datetime:
    """The first round of the upkeep at or after `at`: every quarter of an hour in the day."""
    local = at.astimezone(STOCKHOLM)
    minutes = -(-(local.hour * 60 + local.minute + bool(local.second)) // 15) * 15
    midnight = datetime.combine(local.date(), time(0), STOCKHOLM)
    found = midnight + timedelta(minutes=minutes)
    if found.time() < FIRST_ROUND and found.date() == local.date():
        return datetime.combine(local.date(), FIRST_ROUND, STOCKHOLM)
    if found.date() != local.date() or found.time() > LAST_ROUND:
        return datetime.combine(local.date() + timedelta(days=1), FIRST_ROUND, STOCKHOLM)
    return found


def _next_try(now: datetime) -> datetime:
    """When what waits is tried again: some times a working day."""
    local = now.astimezone(STOCKHOLM)
    for hour in TRIES:
        at = datetime.combine(local.date(), hour, STOCKHOLM)
        if at > now and is_workday(local.date()):
            return at
    day = next_workday(local.date() + timedelta(days=1))
    return datetime.combine(day, TRIES[0], STOCKHOLM)
