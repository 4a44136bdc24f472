"""A repair that Prefect's server needs: loaded by Prefect itself, as the entry point `prefect.collections`.

Prefect 3.8 hands its scheduler's bulk inserts values for hybrid attributes (`FlowRun.state`), which are not
columns. SQLAlchemy 2.0 passed over them; SQLAlchemy 2.1 refuses the whole insert, and no scheduled run is
ever made. Here the hybrids are told to leave such values out, as before. Goes when Prefect supports 2.1;
`tests/flows/test_schedules.py` says when that is.

It is also the one place of ours that Prefect's server and worker run when they start, so that `tasks.parent`
is called from here.
"""

from collections.abc import Callable, MutableMapping
from typing import Any

from prefect.server.database import orm_models
from sqlalchemy.ext.hybrid import hybrid_property

from tasks.parent import end_with_parent


def leave_out(key: str) -> Callable[[object, MutableMapping[str, Any], object], None]:
    """A setter for bulk inserts that takes the value away."""

    def setter(_model: object, mapping: MutableMapping[str, Any], _value: object) -> None:
        mapping.pop(key, None)

    return setter


for model in (orm_models.FlowRun, orm_models.FlowRunState, orm_models.TaskRun, orm_models.TaskRunState):
    for name, attribute in vars(model).items():
        if isinstance(attribute, hybrid_property) and attribute.bulk_dml_setter is None:
            attribute.bulk_dml_setter = leave_out(name)  # type: ignore[assignment]  # its own type is private

end_with_parent()
