"""How far a task has come, as an artifact on its run's own page."""

from collections.abc import Callable
from uuid import UUID

from prefect.artifacts import create_progress_artifact, update_progress_artifact


def shown_progress(key: str, description: str) -> Callable[[float], None]:
    """Shows nothing done; what it gives is called with the share that is done, from 0 to 1."""
    shown = create_progress_artifact(progress=0.0, key=key, description=description)
    assert isinstance(shown, UUID)  # a coroutine only when called from async code

    def update(share: float) -> None:
        update_progress_artifact(shown, progress=100.0 * share)

    return update
