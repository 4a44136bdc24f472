"""Every text that people wrote in a cycle, with where it stands, whose it is and what it is about. Pure.

What tells of the work is held against the figures (`texts_of`); what stands beside it is only looked through
for what tells of people (`texts_beside`).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from arshjul.compilation import Compiled
from arshjul.cycle_data import SUMMARY
from arshjul.form import FieldKind


@dataclass(frozen=True, slots=True)
class Text:
    """`scope` is a sub-unit or a section, None for the unit's own text; `about` the goal, the indicator or
    the activity by its id, or the question's id. `field` is the answer's, as in the form.
    """

    where: str
    text: str
    scope: str | None
    about: str
    field: str
    is_analysis: bool = False

    @property
    def is_units(self) -> bool:
        """Whether the manager wrote it."""
        return self.scope is None


def texts_of(compiled: Compiled) -> Iterator[Text]:
    """The texts in the order of the report: the summary, goal by goal, comments, sections."""
    data = compiled.data
    if SUMMARY in data.judgements:
        yield Text("Sammanfattning", data.judgements[SUMMARY].synthesis, None, SUMMARY, SUMMARY)
    for goal, result in compiled.goals.items():
        title = result.goal.title
        if result.synthesis:
            yield Text(f"{title}, enhetens text", result.synthesis, None, goal, goal, True)
        for text in result.texts:
            if text.text:
                where = f"{title}, {data.scope_name(text.scope)}"
                yield Text(where, text.text, text.scope, goal, f"{goal}.analysis", True)
    for measured in compiled.indicators.values():
        indicator = measured.indicator
        for part in measured.parts:
            if part.comment:
                where = f"{indicator.name}, {data.scope_name(part.scope)}"
                yield Text(where, part.comment, part.scope, indicator.id, f"{indicator.id}.comment")
    for activity in compiled.activities.values():
        for said in activity.parts:
            if said.comment:
                where = f"{activity.activity.title}, {data.scope_name(said.scope)}"
                about = activity.activity.id
                yield Text(where, said.comment, said.scope, about, f"{about}.comment")
    for question in data.kind.asks:
        for scope in data.expected:
            answer = data.answer(scope, question.id) if question.kind is FieldKind.TEXT else None
            if answer and answer.text:
                name, title = data.scope_name(scope), data.kind.heading(question.section).title
                where = title if name == title else f"{title}, {name}"
                yield Text(where, answer.text, scope, question.id, question.id)


def texts_beside(compiled: Compiled, told: Iterable[Text]) -> Iterator[Text]:
    """What else is written in the answers, save what is `told`, and what promises made by people say."""
    data = compiled.data
    known = {(text.scope, text.field) for text in told}
    titles = {goal.id: goal.title for goal in data.plan.walk()}
    titles |= {indicator.id: indicator.name for _, indicator in data.plan.indicators()}
    for scope, counted in data.submissions.items():
        for field, answer in counted.answers.items():
            if answer.text and (scope, field) not in known:
                about = field.rpartition(".")[0]
                where = f"{titles.get(about, about or field)}, {data.scope_name(scope)}"
                yield Text(where, answer.text, scope, about, field)
    for duty in data.duties:
        if duty.note:
            where = f"{duty.label}, {data.scope_name(duty.scope) if duty.scope else data.unit.name}"
            yield Text(where, duty.note, None, duty.label, f"{duty.section} {duty.start} {duty.scope}")
    for promise in data.promises:
        if not promise.is_planned:
            words = f"{promise.text}\n{promise.note}".strip()
            yield Text(f"Åtgärd {promise.id}", words, None, promise.id, promise.how_field)
