"""What a manager has left to do before she can decide on a report. Reads only; called by the portal."""

from collections.abc import Sequence
from dataclasses import dataclass

from arshjul.cycle import COMPILE
from arshjul.steps.cycle.standing import CycleStanding
from arshjul.steps.portal.cycle_view import FindingView, PartView


@dataclass(frozen=True, slots=True)
class Todo:
    """Parts without an answer, goals to judge, findings that block, and whether the draft is of yesterday."""

    silent: tuple[PartView, ...]
    undecided: int
    blocking: int
    is_stale: bool

    @property
    def is_ready(self) -> bool:
        """Whether she can decide: an answer that is missing does not stop her."""
        return not (self.undecided or self.blocking or self.is_stale)


def todo_of(
    standing: CycleStanding, parts: Sequence[PartView], findings: Sequence[FindingView]
) -> Todo | None:
    """What is left; None before there is a draft, and when the report is decided on."""
    progress = standing.progress
    if progress.compiled_from is None or (progress.approved and not progress.correcting):
        return None
    return Todo(
        silent=tuple(part for part in parts if part.state != "answered"),
        undecided=progress.undecided,
        blocking=sum(f.state == "open" and f.severity == "error" for f in findings),
        is_stale=any(step.kind == COMPILE for step in standing.due),
    )
