"""What the review tells of a small cycle: the findings of one code, in a line of a test."""

from arshjul.catalogue import Measure
from arshjul.compilation import compile_cycle
from arshjul.cycle_data import Judged
from arshjul.plan import Attainment, Indicator
from arshjul.review.cycle_review import review_cycle
from arshjul.review.finding import Finding
from tests.unit.small_cycle import HUMLAN, LARKAN, SHARE, Answers, cycle, goal

SCHEDULES = Indicator("I1", "Andel scheman med bildstöd", target="80 %")
VISITS = Indicator("I1", "Antal studiebesök från skolor", target="24 st")
WRITTEN = "Scheman och instruktioner har bytts ut i båda verksamheterna under året."


def told(
    code: str,
    answers: Answers | None = None,
    text: str = WRITTEN,
    indicator: Indicator = SCHEDULES,
    measure: Measure = SHARE,
    **more: object,
) -> list[Finding]:
    """The findings of one code, where the manager has judged the goal as met in part."""
    given = answers or {LARKAN: {"I1.total": 90}, HUMLAN: {"I1.total": 86}}
    asked = goal(indicator, **more.pop("goal", {}))  # type: ignore[arg-type]
    settings = {
        "measures": {"I1": measure},
        "judgements": {"G1": Judged(Attainment.PARTIAL, text)},
        **more,
    }
    found = review_cycle(compile_cycle(cycle(asked, given, **settings)))  # type: ignore[arg-type]
    return [one for one in found if one.code == code]
