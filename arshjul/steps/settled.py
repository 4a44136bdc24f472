"""What is settled for a cycle by its configuration: unit, report kind, dates, plan, catalogue, history.

Called by every step; the store's part is gathered in `arshjul.steps.gathering`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from arshjul.catalogue import Measure
from arshjul.cycle import CycleKey
from arshjul.errors import BadInput
from arshjul.history import History
from arshjul.office import Office
from arshjul.organisation import Unit
from arshjul.plan import Plan
from arshjul.report_kinds import ReportKind
from arshjul.wheel import Milestones, milestones


@dataclass(frozen=True, slots=True)
class Settled:
    """One cycle's configuration of the day."""

    unit: Unit
    kind: ReportKind
    milestones: Milestones
    plan: Plan
    catalogue: Mapping[str, Measure]
    history: History


def settled(office: Office, key: CycleKey) -> Settled:
    """The configuration of a cycle; BadInput where the wheel, the kind or the plan lacks it."""
    installation = office.installation
    rules = installation.wheel.rules(key.unit_code, key.kind)
    kind = installation.kind(key.unit_code, key.kind)
    if rules is None or kind is None:
        raise BadInput(
            f"{key.kind} finns inte i årshjulet för {key.unit_code}. Lägg till den eller välj en annan.",
            "wheel.yaml",
        )
    plan = installation.plans.get((key.unit_code, key.year))
    if plan is None:
        raise BadInput(
            f"det finns ingen plan för {key.unit_code} {key.year}. Läs in den med ”arshjul plan read”.",
            f"plans/{key.unit_code}-{key.year}.yaml",
        )
    return Settled(
        unit=installation.organisation.unit(key.unit_code),
        kind=kind,
        milestones=milestones(rules, key.kind, key.year, month=key.month),
        plan=plan,
        catalogue=installation.catalogue.get(key.unit_code, {}),
        history=installation.history.get(key.unit_code, History()),
    )
