"""What runs are called: as a manager speaks of them. Called by Prefect when a run starts."""

from prefect.runtime import flow_run

from tasks.installed import installed_office


def of_cycle() -> str:
    """ "T2 2026 Solgläntan", from the flow's own name and parameters."""
    parameters = flow_run.get_parameters()
    short_name = installed_office().installation.unit(parameters["unit"]).short_name
    return f"{str(flow_run.get_flow_name()).upper()} {parameters['year']} {short_name}"
