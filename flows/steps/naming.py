"""What runs are called: as a manager speaks of them. Called by Prefect when a run starts."""

from prefect.runtime import flow_run

from arshjul.cycle import CycleKey
from arshjul.plan import Kind
from tasks.installed import installed_office

MONTHLY = "month"  # the flow of MR; the others bear their report's own name


def of_cycle() -> str:
    """ "T2 2026 Solgläntan", "MR 2026-03 Solgläntan", from the flow's own name and parameters."""
    parameters = flow_run.get_parameters()
    flow = str(flow_run.get_flow_name())
    kind = Kind.MR if flow == MONTHLY else Kind(flow.upper())
    key = CycleKey(parameters.get("unit") or "", kind, parameters["year"], parameters.get("month") or 0)
    return f"{key} {_short_name(key.unit_code)}" if key.unit_code else f"{key} alla enheter"


def of_duties() -> str:
    """ "Uppgifter Solgläntan"."""
    unit = flow_run.get_parameters().get("unit")
    return f"Uppgifter {_short_name(unit)}" if unit else "Uppgifter alla enheter"


def _short_name(unit_code: str) -> str:
    return installed_office().installation.unit(unit_code).short_name
