"""What is settled for a cycle by its configuration: unit, report kind, dates, plan, catalogue, history.

Called by every step; the store's part is gathered in `arshjul.steps.figures.gathering`. Which plan a report
rests on is said here: a new plan starts from the one before it, and a month may need none of its own year.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from arshjul.catalogue import Measure
from arshjul.config import Installation
from arshjul.cycle import CycleKey
from arshjul.errors import BadInput
from arshjul.history import History
from arshjul.office import Office
from arshjul.organisation import Unit
from arshjul.plan import Kind, Plan
from arshjul.report_kinds import ReportKind, of_department
from arshjul.wheel import CycleRules, Milestones, milestones


@dataclass(frozen=True, slots=True)
class Settled:
    """One cycle's configuration of the day. `plan_year` is the plan's, which a VP's may be the one before."""

    unit: Unit
    kind: ReportKind
    milestones: Milestones
    plan: Plan
    plan_year: int
    catalogue: Mapping[str, Measure]
    history: History


def plan_to_start_from(installation: Installation, key: CycleKey) -> int | None:
    """The year of the plan that the cycle rests on; None where there is none.

    A plan starts from the last one until it has been read in itself, and a monthly report, which asks
    nothing of the plan, does not wait for it.
    """
    years = (key.year, key.year - 1) if key.kind in (Kind.VP, Kind.MR) else (key.year,)
    return next((year for year in years if (key.unit_code, year) in installation.plans), None)


def dates_of(office: Office, key: CycleKey) -> Milestones:
    """The dates of a cycle that its unit's wheel has. Units that share their rules share their dates."""
    rules = office.installation.wheel.rules(key.unit_code, key.kind)
    assert rules is not None
    mark = ("dates", id(rules), key.kind, key.year, key.month)
    known = office.memory.get(mark)
    if known is None or known[0] is not rules:
        known = office.memory[mark] = rules, milestones(rules, key.kind, key.year, month=key.month)
    found: Milestones = known[1]
    return found


def settled(office: Office, key: CycleKey) -> Settled:
    """The configuration of a cycle; BadInput where the wheel, the kind or the plan lacks it."""
    known = office.memory.get(("settled", key))
    if known is None or known[0] is not office.installation:
        known = office.memory["settled", key] = office.installation, _settled(office.installation, key)
    found: Settled = known[1]
    return found


def _settled(installation: Installation, key: CycleKey) -> Settled:
    rules = installation.wheel.rules(key.unit_code, key.kind)
    kind = installation.kind(key.unit_code, key.kind)
    if rules is None or kind is None:
        raise BadInput(
            f"{key.kind} finns inte i årshjulet för {key.unit_code}. Lägg till den eller välj en annan.",
            "wheel.yaml",
        )
    if bool(rules.months) != bool(key.month) or (key.month and key.month not in rules.months):
        raise BadInput(_which(key, rules), "wheel.yaml" if key.month and rules.months else "")
    year = plan_to_start_from(installation, key)
    if year is None:
        last = f" eller {key.year - 1}" if key.kind in (Kind.VP, Kind.MR) else ""
        raise BadInput(
            f"det finns ingen plan för {key.unit_code} {key.year}{last}. Läs in den med ”arshjul plan read”.",
            f"plans/{key.unit_code}-{key.year}.yaml",
        )
    return Settled(
        unit=installation.organisation.unit(key.unit_code),
        kind=of_department(kind) if installation.organisation.unit(key.unit_code).compiles else kind,
        milestones=milestones(rules, key.kind, key.year, month=key.month),
        plan=installation.plans[key.unit_code, year],
        plan_year=year,
        catalogue=installation.catalogue.get(key.unit_code, {}),
        history=installation.history.get(key.unit_code, History()),
    )


def _which(key: CycleKey, rules: CycleRules) -> str:
    """What to write instead of a month that the report has not, or of none where it needs one."""
    if not rules.months:
        return f"{key.kind} görs en gång om året. Skriv {key.kind} {key.year}."
    if not key.month:
        return f"{key.kind} görs varje månad. Skriv till exempel {key.kind} {key.year}-{rules.months[0]:02}."
    months = ", ".join(str(month) for month in rules.months)
    return f"{key.kind} görs inte för månad {key.month} i {key.unit_code}. Månaderna är {months}."
