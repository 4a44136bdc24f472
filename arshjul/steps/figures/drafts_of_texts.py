"""What the figures say under each goal, drafted for a manager who has not written yet. Reads only.

The sentences are `arshjul.drafting`; they are hers when she has taken them over. Called by the portal.
"""

from threading import Lock

from arshjul.compilation import compile_cycle
from arshjul.cycle import CycleKey
from arshjul.drafting import drafted_analysis
from arshjul.office import Office
from arshjul.steps.figures.gathering import gather

_LOCK = Lock()
_KEPT: dict[tuple[str, str], dict[str, str]] = {}  # compiling takes a while, and the page is opened often
_MOST = 8


def drafted_texts(office: Office, key: CycleKey) -> dict[str, str]:
    """By goal, the drafted text; without the goals that the figures say nothing of."""
    with office.database.reading() as session:
        data, inputs = gather(office, key, session)
    name = (str(office.database.engine.url), inputs)
    with _LOCK:
        if name not in _KEPT:
            compiled = compile_cycle(data)
            while len(_KEPT) >= _MOST:
                _KEPT.pop(next(iter(_KEPT)))
            drafts = {goal: drafted_analysis(compiled, goal) for goal in compiled.goals}
            _KEPT[name] = {goal: draft.text for goal, draft in drafts.items() if draft.paragraphs}
        return _KEPT[name]
