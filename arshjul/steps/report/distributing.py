"""Sending the approved report out, to those who take it up at the workplace meetings (APT).

The letter carries the frozen PDF. Whoever handed her part on to somebody else gets it too.
"""

from datetime import date, datetime

from arshjul.adapters.store import tables
from arshjul.adapters.store.files import PDF
from arshjul.crash_points import CrashPoint, reached
from arshjul.cycle import CycleKey, Due
from arshjul.letters import Attachment, ReportOut
from arshjul.office import Office
from arshjul.organisation import Role, Unit
from arshjul.steps.cycle.cycles import hold_cycle, is_done, record_step
from arshjul.steps.cycle.settled import settled
from arshjul.steps.cycle.versions import approved_version
from arshjul.steps.letters.notices import missed, notify
from arshjul.steps.report.deciding import export_version
from arshjul.wheel import local_day


def distribute(office: Office, key: CycleKey, step: Due, now: datetime) -> int:
    """Put the approved version in the post; the number of receivers, 0 when it was done before."""
    config = settled(office, key)
    number = int(step.name.rpartition("-")[2])
    export_version(
        office, key, number
    )  # once more, where the approval was cut short before its files lay there
    with office.database.writing() as session:
        cycle = hold_cycle(session, key)
        if cycle is None or is_done(session, cycle, step.name):
            return 0
        version = approved_version(session, cycle, number)
        assert version is not None  # the step is due once it has been decided
        decision = session.get_one(tables.Decision, version.decision_id)
        name, sha256 = next((n, s) for n, s in version.files.items() if n.endswith(".pdf"))
        receivers = receivers_of(config.unit, local_day(now)) or _managers_under(office, config.unit, now)
        if not config.milestones.on_apt and not config.unit.compiles:
            receivers = dict.fromkeys(_leadership(config.unit, local_day(now)), ())
        # A report that was decided late goes out at once, and is no letter that was missed.
        meant_at = missed(step) if version.approved_at <= step.planned else None
        if not config.milestones.on_apt:
            receivers.pop(decision.person, None)  # she has just read it
        for person, subunits in receivers.items():
            letter = ReportOut(
                unit_code=config.unit.code,
                unit_name=config.unit.name,
                cycle=str(key),
                subunits=tuple(config.unit.subunit(code).name for code in subunits),
                attachments=(Attachment(name, PDF, sha256),),
                approved_by=office.installation.organisation.name(decision.person),
                approved_on=local_day(version.approved_at),
                apt_by=config.milestones.apt_by.date() if config.milestones.on_apt else None,
                version=number,
                registry_number=cycle.registry_number,
            )
            notify(session, cycle, letter, cause=step.name, receiver=person, now=now, meant_at=meant_at)
        record_step(session, cycle, step.name, step.planned, now, {"receivers": len(receivers)})
    reached(CrashPoint.REPORT_PUT_IN_POST)
    return len(receivers)


def _leadership(unit: Unit, day: date) -> tuple[str, ...]:
    """Who gets a report that is taken up at no workplace meeting."""
    return (*unit.holders(Role.MANAGER, day), *unit.holders(Role.CONTROLLER, day))


def _managers_under(office: Office, unit: Unit, now: datetime) -> dict[str, tuple[str, ...]]:
    """Who gets a department's report: the managers of its units."""
    organisation, day = office.installation.organisation, local_day(now)
    under = (organisation.unit(code) for code in unit.compiles)
    return {person: () for one in under for person in one.holders(Role.MANAGER, day)}


def receivers_of(unit: Unit, day: date) -> dict[str, tuple[str, ...]]:
    """Who gets the report, and for which sub-units: those who answer for them and who delegated them."""
    receivers: dict[str, tuple[str, ...]] = {}
    for assignment in unit.answering_on(day):
        for person in (assignment.person, assignment.delegated_by):
            if person and assignment.subunits:
                receivers[person] = (*receivers.get(person, ()), *assignment.subunits)
    return receivers
