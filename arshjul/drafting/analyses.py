"""The draft of a goal's analysis: its indicators, then its activities, marked until it is taken over. Pure.

A manager takes a draft over by writing the goal's text, with the sentences in it or without: what she hands
in is hers. `DRAFTED` must never stand in what is approved.
"""

from dataclasses import dataclass

from arshjul.compilation import Compiled
from arshjul.drafting.sentences import each
from arshjul.numbers import count_word

DRAFTED = "Utkast ur siffrorna"  # the label of text that nobody has taken over


@dataclass(frozen=True, slots=True)
class Drafted:
    """A goal's drafted text, a paragraph an indicator; `taken_over` once the manager has written her own."""

    goal: str
    paragraphs: tuple[str, ...]
    taken_over: bool

    @property
    def text(self) -> str:
        """The paragraphs as one text."""
        return "\n\n".join(self.paragraphs)

    @property
    def marked(self) -> str:
        """The text under its mark; empty where there is nothing to say or a person has taken over."""
        return "" if self.taken_over or not self.paragraphs else f"{DRAFTED}: {self.text}"


def drafted_analysis(compiled: Compiled, goal_id: str) -> Drafted:
    """What the figures say under one goal. KeyError for a goal that the report does not ask about."""
    result = compiled.goals[goal_id]
    indicators = [compiled.indicators[indicator.id] for indicator in result.goal.indicators]
    paragraphs = list(each(indicators, compiled.data.scope_name))
    if activities := _activities(compiled, goal_id):
        paragraphs.append(activities)
    return Drafted(goal_id, tuple(paragraphs), taken_over=bool(result.synthesis.strip()))


def _activities(compiled: Compiled, goal_id: str) -> str:
    goal = compiled.goals[goal_id].goal
    told = [compiled.activities[activity.id].deviation for activity in goal.activities]
    known = [deviates for deviates in told if deviates is not None]
    if not known:
        return ""
    late = sum(known)
    if not late:
        if len(known) == 1:
            return "Aktiviteten följer planen."
        return f"Alla {count_word(len(known))} aktiviteter följer planen."
    titles = [
        f"”{activity.title}”" for activity, deviates in zip(goal.activities, told, strict=True) if deviates
    ]
    said = ", ".join(titles[:-1]) + " och " + titles[-1] if len(titles) > 1 else titles[0]
    if len(known) == 1:
        return f"Aktiviteten {said} avviker från planen."
    count = f"{count_word(late)} av {count_word(len(known))}"
    return f"{count[:1].upper()}{count[1:]} aktiviteter avviker från planen: {said}."
