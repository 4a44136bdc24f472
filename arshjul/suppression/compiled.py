"""Suppression of a compiled cycle: marks on the figures that may not be shown, figures taken out of texts.

The one call of `arshjul.compilation`: what reads a `Compiled` afterwards (report, charts, released cells,
review) obeys the marks and needs no rules of its own. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from arshjul.answers import State
from arshjul.attainment import Proposal
from arshjul.catalogue import Sex, read_target
from arshjul.cycle_data import CycleData
from arshjul.history import WHOLE_UNIT
from arshjul.suppression.frames import Base, Place
from arshjul.suppression.gathering import Decided
from arshjul.suppression.marking import adds_up, decide_indicator, decide_question, measure_of
from arshjul.suppression.mentions import Mention, Nearness, Subject, mentions_in, replaced
from arshjul.suppression.outcome import WITHHELD_TEXT, Replaced, Suppressed
from arshjul.suppression.register import cell_name
from arshjul.suppression.texts import Passage, rewrite_texts

if TYPE_CHECKING:
    from arshjul.compilation import Compiled, GoalResult, IndicatorResult, PartResult


Weigh = Callable[[CycleData, "GoalResult", Mapping[str, "IndicatorResult"]], Proposal]

Told = dict[tuple[Passage, str], tuple[Mention, ...]]


def marked(result: IndicatorResult, decided: Decided | None, period: str) -> IndicatorResult:
    """The result with marks on what may not be shown, and nothing said that rests on it.

    A sub-unit's own value on people is never shown.
    """
    if decided is None:
        return result

    def hides(of_period: str, sex: Sex) -> bool:
        return cell_name(result.indicator.id, WHOLE_UNIT, sex, of_period) in decided.withheld

    figures = {
        sex: replace(figure, withheld=figure.withheld or hides(period, sex))
        for sex, figure in result.figures.items()
    }
    compared = tuple(
        replace(
            one,
            figure=replace(one.figure, withheld=one.figure.withheld or hides(one.period, Sex.TOTAL)),
        )
        for one in result.compared
    )
    total = figures.get(Sex.TOTAL)
    hidden = total is not None and total.withheld
    against_hidden = any(one.figure.withheld for one in compared[:1])
    return replace(
        result,
        figures=figures,
        compared=compared,
        state=State.SUPPRESSED if hidden else result.state,
        met=_still(result.met, result.indicator.target, hidden, against_hidden),
        met_council=_still(result.met_council, result.indicator.council_target, hidden, against_hidden),
        parts=tuple(_hidden(part) for part in result.parts),
        weighted=None if decided.guarded else result.weighted,
    )


def _still(met: bool | None, target: str | None, hidden: bool, against_hidden: bool) -> bool | None:
    """Whether a target is met tells on which side of it a value lies, and of an earlier one for "öka"."""
    aim = read_target(target)
    worded = aim is not None and aim.number is None
    return None if hidden or (worded and against_hidden) else met


def _hidden(part: PartResult) -> PartResult:
    return replace(part, figures={sex: replace(one, withheld=True) for sex, one in part.figures.items()})


def decided_openly(compiled: Compiled) -> dict[str, Decided]:
    """What may not be shown of a cycle without texts: of the sub-units of a department's units."""
    return _decided(compiled, subjects_of(compiled), {})


def suppress(compiled: Compiled, weigh: Weigh, decided: Mapping[str, Decided] | None = None) -> Compiled:
    """The cycle as it may leave the unit, with what was done in `suppressed`.

    `weigh` proposes a goal's attainment anew: it must not rest on what is withheld. `decided` is what has
    been decided of it elsewhere: a department's figures are weighed with those they are made of.
    """
    period = str(compiled.data.key)
    subjects = subjects_of(compiled)
    if not subjects:
        return compiled
    told = _told(compiled, subjects)
    if decided is None:
        decided = _decided(compiled, subjects, told)
    withheld = frozenset[str]().union(*(one.withheld for one in decided.values()))
    indicators = {
        id_: marked(result, decided.get(id_), period) for id_, result in compiled.indicators.items()
    }
    goals = {
        id_: replace(result, proposal=weigh(compiled.data, result, indicators))
        for id_, result in compiled.goals.items()
    }
    taken_out: list[Replaced] = []
    in_texts: set[str] = set()

    def rewrite(passage: Passage, text: str) -> str:
        spans = []
        for mention in told[passage, text]:
            cells = {cell_name(mention.subject, *place, period) for place in mention.places}
            if cells & withheld:
                spans.append((mention.start, mention.end))
                taken_out.append(Replaced(passage.where, subjects[mention.subject].title))
            else:
                in_texts.update(cells)
        return replaced(text, spans, WITHHELD_TEXT)

    compiled = rewrite_texts(replace(compiled, indicators=indicators, goals=goals), rewrite)
    outcome = Suppressed(
        withheld=withheld,
        lost=frozenset[str]().union(*(one.lost for one in decided.values())),
        of=sum(one.of for one in decided.values()),
        in_texts=frozenset(in_texts),
        replaced=tuple(dict.fromkeys(taken_out)),
        told=tuple(subjects[id_].title for id_, one in decided.items() if one.told),
    )
    return replace(compiled, suppressed=outcome)


def _told(compiled: Compiled, subjects: Mapping[str, Subject]) -> Told:
    """The values that the cycle's texts tell, text by text."""
    told: Told = {}

    def read(passage: Passage, text: str) -> str:
        told[passage, text] = tuple(mentions_of(passage, text, subjects, compiled.data))
        return text

    rewrite_texts(compiled, read)
    return told


def _decided(compiled: Compiled, subjects: Mapping[str, Subject], told: Told) -> dict[str, Decided]:
    """What may not be shown, by subject."""
    data = compiled.data
    mentioned: dict[str, set[Place]] = {}
    for mentions in told.values():
        for mention in mentions:
            mentioned.setdefault(mention.subject, set()).update(mention.places)
    found: dict[str, Decided] = {}
    for id_ in subjects:
        if id_ in compiled.indicators:
            result = compiled.indicators[id_]
            found[id_] = decide_indicator(data, result, data.released, mentioned.get(id_, ()))
    for question in data.kind.asks:
        if question.id in subjects:
            decided = decide_question(data, question, data.released)
            if decided is not None:
                found[question.id] = decided
    return found


def mentions_of(
    passage: Passage, text: str, subjects: Mapping[str, Subject], data: CycleData
) -> Iterator[Mention]:
    """The values that a text of the cycle tells."""
    named = {subunit.code: (subunit.name, *subunit.aliases) for subunit in data.unit.subunits}
    asked = []
    for subject in subjects.values():
        here = Nearness.ABOUT_IT if passage.only else Nearness.UNDER_GOAL
        asked.append((subject, here if subject.id in passage.subjects else Nearness.ELSEWHERE))
    return mentions_in(text, asked, passage.scope, named)


def subjects_of(compiled: Compiled) -> dict[str, Subject]:
    """What may have something to withhold: indicators on people, questions with a smallest count."""
    found: dict[str, Subject] = {}
    data = compiled.data
    for id_, result in compiled.indicators.items():
        if result.measure.people and (result.figures or result.compared):
            values = {
                (part.scope, sex): Base(figure.number, figure.respondents)
                for part in result.parts
                for sex, figure in part.figures.items()
            }
            for sex, figure in result.figures.items():
                values[WHOLE_UNIT, sex] = Base(figure.number, figure.respondents)
            name = result.indicator.name
            found[id_] = Subject(id_, name, name, result.measure, values)
    for question in data.kind.asks:
        if question.smallest_count and adds_up(question):
            numbers = {
                (scope, Sex.TOTAL): Base(answer.number)
                for scope in data.expected
                if (answer := data.answer(scope, question.id)) is not None and answer.number is not None
            }
            title = data.kind.heading(question.section).title
            words = f"{question.label} {title}"
            found[question.id] = Subject(question.id, title, words, measure_of(question), numbers)
    return found
