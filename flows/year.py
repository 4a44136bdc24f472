"""The year as a table: which flow serves which report, and when it runs.

One deployment per report kind; its schedules are the wheel's own dates, one schedule per unit and year,
without slugs, so that a new deployment replaces them wholesale and no old date is left. `upkeep` runs every
quarter of an hour in the day and takes up what was missed.
"""

from collections.abc import Iterator
from datetime import datetime

from prefect import Flow
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Schedule
from prefect.types.entrypoint import EntrypointType

from arshjul.config import Installation
from arshjul.cycle import chasing
from arshjul.plan import Kind
from arshjul.steps.morning import Morning
from arshjul.wheel import STOCKHOLM, Milestones, milestones
from flows.t1 import t1
from flows.t2 import t2
from flows.upkeep import upkeep
from flows.vb import vb

FLOWS: dict[Kind, Flow[..., Morning]] = {
    Kind.T1: t1,  # opens in April, per 30 April
    Kind.T2: t2,  # opens in August, per 31 August
    Kind.VB: vb,  # opens in November, the whole year, decided in January
}
UPKEEP = Schedule(cron="*/15 6-18 * * *", timezone="Europe/Stockholm")


def deployments(installation: Installation, years: tuple[int, ...]) -> list[RunnerDeployment]:
    """Every deployment of the installation for the reports of `years`."""
    made = [
        flow.to_deployment(
            name=flow.name,
            schedules=list(_schedules(installation, kind, years)),
            description=f"{installation.kinds[kind].title}, efter årshjulet",
            entrypoint_type=EntrypointType.MODULE_PATH,
        )
        for kind, flow in FLOWS.items()
        if kind in installation.kinds
    ]
    made.append(
        upkeep.to_deployment(
            name=upkeep.name,
            schedules=[UPKEEP],
            description="Inkorgen, det som har missats, och brev som väntar",
            entrypoint_type=EntrypointType.MODULE_PATH,
        )
    )
    return [deployment for deployment in made if isinstance(deployment, RunnerDeployment)]


def _schedules(installation: Installation, kind: Kind, years: tuple[int, ...]) -> Iterator[Schedule]:
    for unit in installation.organisation.units:
        rules = installation.wheel.rules(unit.code, kind)
        for year in years:
            if rules is not None and (unit.code, year) in installation.plans:
                dates = times(milestones(rules, kind, year))
                yield Schedule(
                    rrule=exact_dates(dates),
                    timezone="Europe/Stockholm",
                    parameters={"unit": unit.code, "year": year},
                )


def times(dates: Milestones) -> list[datetime]:
    """The times at which a cycle has something to do, in order."""
    found = {dates.opens, *chasing(dates).values(), *dates.digests, dates.compile, dates.archive}
    if dates.distribute:
        found.add(dates.distribute)
    return sorted(found)


def exact_dates(dates: list[datetime]) -> str:
    """The dates as a recurrence rule; local times, for the zone stands beside the rule."""
    local = [f"{at.astimezone(STOCKHOLM):%Y%m%dT%H%M%S}" for at in dates]
    return f"DTSTART:{local[0]}\nRRULE:FREQ=DAILY;COUNT=1\nRDATE:{','.join(local)}"
