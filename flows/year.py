"""The year as a table: which flow serves what, and when it runs.

One deployment per kind of report; its schedules are the wheel's own dates, one schedule per unit and year
(and month), without slugs, so that a new deployment replaces them wholesale and no old date is left. `duties`
runs on the days that letters about them go. `upkeep` runs every quarter of an hour in the day and takes up
what was missed. Bringing a server in step with the table is `flows.deploying`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from prefect import Flow
from prefect.schedules import Schedule

from arshjul.config import Installation
from arshjul.cycle import (
    APT,
    ARCHIVE,
    COMPILE,
    DIGEST,
    DISTRIBUTE,
    ESCALATE,
    OPEN,
    REMIND,
    CycleKey,
    keys_of_year,
    planned_steps,
)
from arshjul.plan import Kind
from arshjul.steps.cycle.morning import Morning
from arshjul.steps.cycle.rounds import Round
from arshjul.steps.cycle.settled import plan_to_start_from
from arshjul.steps.duties.duties import duty_times
from arshjul.wheel import STOCKHOLM, Milestones, milestones
from flows.archive_check import archive_check
from flows.batch import batch
from flows.duties import duties
from flows.inbox_part import inbox_part
from flows.month import month
from flows.steps.spreading import is_city
from flows.t1 import t1
from flows.t2 import t2
from flows.upkeep import upkeep
from flows.vb import vb
from flows.vp import vp

FLOWS: dict[Kind, Flow[..., Morning | Round]] = {
    Kind.VP: vp,  # opens in the autumn before, decided in January
    Kind.T1: t1,  # opens in April, per 30 April
    Kind.T2: t2,  # opens in August, per 31 August
    Kind.VB: vb,  # opens in November, the whole year, decided in January
    Kind.MR: month,  # the months between them, with the controller
}
UPKEEP = Schedule(cron="*/15 6-18 * * *", timezone=STOCKHOLM.key)
ARCHIVE_CHECK = Schedule(cron="30 6 2 * *", timezone=STOCKHOLM.key)

YEAR_TAG, MACHINE_TAG = "årshjul", "tillsyn"  # what a manager looks for; what only the machine needs


@dataclass(frozen=True, slots=True)
class Planned:
    """One schedule: its parameters, and what happens at each time. Runs are named by `title` and that."""

    title: str
    parameters: Mapping[str, Any]
    times: Mapping[datetime, str]

    @property
    def schedule(self) -> Schedule:
        """As Prefect knows it."""
        return Schedule(
            rrule=exact_dates(sorted(self.times)),
            timezone=STOCKHOLM.key,
            parameters=dict(self.parameters),
        )


@dataclass(frozen=True, slots=True)
class Wanted:
    """One deployment as it should be: exact dates, or a schedule that comes back (`recurring`)."""

    flow: Flow[..., Any]
    description: str
    tag: str
    planned: tuple[Planned, ...] = ()
    recurring: tuple[Schedule, ...] = ()
    at_once: bool = False  # many of them may be in the pool at a time, and so there is a limit

    @property
    def name(self) -> str:
        """Flow, deployment and module bear one name."""
        return self.flow.name

    @property
    def schedules(self) -> list[Schedule]:
        """Everything that Prefect is to know."""
        return [*(planned.schedule for planned in self.planned), *self.recurring]


def table(installation: Installation, years: tuple[int, ...]) -> list[Wanted]:
    """Every deployment of the installation for the reports and duties of `years`."""
    wanted = [
        Wanted(
            FLOWS[kind],
            f"{installation.kinds[kind].title}, efter årshjulet",
            YEAR_TAG,
            tuple(_reports(installation, kind, years)),
        )
        for kind in FLOWS
        if kind in installation.kinds
    ]
    wanted.append(Wanted(duties, "Brev om det som återkommer", YEAR_TAG, tuple(_duties(installation, years))))
    wanted.append(
        Wanted(
            upkeep,
            "Inkorgen, det som har missats, och brev som väntar",
            MACHINE_TAG,
            recurring=(UPKEEP,),
        )
    )
    if is_city(installation):
        wanted.append(Wanted(batch, "En omgång enheter, när arbetare är lediga", MACHINE_TAG, at_once=True))
        wanted.append(Wanted(inbox_part, "En del av en full inkorg", MACHINE_TAG, at_once=True))
    wanted.append(
        Wanted(
            archive_check,
            "Arkivpaketen läses tillbaka varje månad",
            MACHINE_TAG,
            recurring=(ARCHIVE_CHECK,),
        )
    )
    return wanted


def _reports(installation: Installation, kind: Kind, years: tuple[int, ...]) -> Iterator[Planned]:
    if is_city(installation):
        yield from _joined(_reports_by_unit(installation, kind, years))
    else:
        yield from _reports_by_unit(installation, kind, years)


def _joined(planned: Iterable[Planned]) -> Iterator[Planned]:
    """The schedules of all units as one of each report: on a day of any of them, all are seen to."""
    times: dict[str, dict[datetime, str]] = {}
    parameters: dict[str, Mapping[str, Any]] = {}
    for each in planned:
        of_all = {key: value for key, value in each.parameters.items() if key != "unit"}
        name = " ".join(each.title.split()[:2]) if of_all else each.title.split()[0]
        parameters[name] = of_all
        for at, what in each.times.items():
            known = times.setdefault(name, {}).setdefault(at, what)
            if what not in known:
                times[name][at] = f"{known} och {what}"
    for name, found in times.items():
        yield Planned(f"{name} alla enheter", parameters[name], dict(sorted(found.items())))


def _reports_by_unit(installation: Installation, kind: Kind, years: tuple[int, ...]) -> Iterator[Planned]:
    of_rules: dict[object, dict[datetime, str]] = {}  # units that share their rules share their days
    for unit in installation.organisation.units:
        rules = installation.wheel.rules(unit.code, kind)
        if rules is None:
            continue
        for year in years:
            for key in keys_of_year(unit.code, kind, rules, year):
                if plan_to_start_from(installation, key):
                    mark = (id(rules), year, key.month)
                    if mark not in of_rules:
                        of_rules[mark] = times(milestones(rules, kind, year, month=key.month))
                    yield Planned(f"{key} {unit.short_name}", _parameters(key), of_rules[mark])


def _parameters(key: CycleKey) -> dict[str, Any]:
    of_month = {"month": key.month} if key.month else {}
    return {"unit": key.unit_code, "year": key.year, **of_month}


def _duties(installation: Installation, years: tuple[int, ...]) -> Iterator[Planned]:
    if is_city(installation):
        yield from _joined(_duties_by_unit(installation, years))
    else:
        yield from _duties_by_unit(installation, years)


def _duties_by_unit(installation: Installation, years: tuple[int, ...]) -> Iterator[Planned]:
    for unit in installation.organisation.units:
        found = {at for year in years for at in duty_times(installation, unit.code, year)}
        if found:
            title = f"Uppgifter {unit.short_name}"
            yield Planned(title, {"unit": unit.code}, dict.fromkeys(sorted(found), "brev"))


WORDS = {
    OPEN: "underlag",
    REMIND: "påminnelse",
    ESCALATE: "sena svar till enhetschefen",
    COMPILE: "sammanställning",
    DIGEST: "veckobrev",
    DISTRIBUTE: "utskick",
    APT: "fråga om APT",
    ARCHIVE: "arkivering",
}


def times(dates: Milestones) -> dict[datetime, str]:
    """The times at which a cycle has something to do, in order, and what that is."""
    found: dict[datetime, list[str]] = {}
    for at, step in planned_steps(dates):
        found.setdefault(at, []).append(WORDS[step.partition("-")[0]])
    return {at: " och ".join(dict.fromkeys(words)) for at, words in found.items()}


def exact_dates(dates: list[datetime]) -> str:
    """The dates as a recurrence rule; local times, for the zone stands beside the rule."""
    local = [f"{at.astimezone(STOCKHOLM):%Y%m%dT%H%M%S}" for at in dates]
    return f"DTSTART:{local[0]}\nRRULE:FREQ=DAILY;COUNT=1\nRDATE:{','.join(local)}"
