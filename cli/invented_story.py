"""A made-up story for a plan that came from a document: believable answers, the same each time.

The people and their habits are those of the example: some answer early, one with faults, one twice, one
late, one never. Numbers lie around the printed targets. Called by `arshjul demo --plan`.
"""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from arshjul.compilation import Compiled
from arshjul.config.records import open_source
from arshjul.cycle_data import SUMMARY, Judged
from arshjul.form import NO, READY, STATUS_CHOICES, YES, YES_NO, Field, FieldKind, Form, Sheet
from arshjul.numbers import parse_quantity
from arshjul.plan import Plan
from arshjul.wheel import Milestones
from arshjul.workdays import add_workdays
from cli.story import Delivery, Sheets, Story, Written


@dataclass(frozen=True, slots=True)
class Words:
    """The sentences that people of the story use."""

    analyses: tuple[str, ...]
    texts: tuple[str, ...]
    faulty_number: str
    summary: str
    reason: str


def read_words(path: Path) -> Words:
    """The sentences of `config/demo/invented.yaml`."""
    return open_source(path, f"config/demo/{path.name}").read(Words)


def invent(forms: tuple[Form, ...], plan: Plan, dates: Milestones, manager: str, words: Words) -> Story:
    """The story: in time, with faults, twice, late and never, spread over the people who answer."""
    chance = random.Random(f"{plan.unit} {plan.year}")
    targets = {i.id: i.target or i.council_target or "" for _, i in plan.indicators()}
    filled = {
        sheet.scope: dict(_answers(sheet, targets, dates, words, chance))
        for form in forms
        for sheet in form.sheets
    }
    return Story(
        manager=manager,
        deliveries=tuple(sorted(_deliveries(forms, filled, dates, words), key=lambda d: d.at)),
        judgings=(),
        explains_at=dates.compile + timedelta(days=1, hours=2),
        explained=(),
        approves_at=dates.approve_by - timedelta(hours=-3),
        invented=True,
    )


def _answers(
    sheet: Sheet, targets: Mapping[str, str], dates: Milestones, words: Words, chance: random.Random
) -> Iterator[tuple[str, Written]]:
    for field in sheet.fields():
        value = _answer(field, sheet.title, targets, dates, words, chance)
        if value is not None:
            yield field.id, value


def _answer(
    field: Field,
    name: str,
    targets: Mapping[str, str],
    dates: Milestones,
    words: Words,
    chance: random.Random,
) -> Written | None:
    if field.id == READY:
        return YES
    match field.kind:
        case FieldKind.CHOICE if field.choices == YES_NO:
            return NO
        case FieldKind.CHOICE if field.choices == STATUS_CHOICES:
            return chance.choices(STATUS_CHOICES[:2], weights=(3, 2))[0]
        case FieldKind.CHOICE:
            return None
        case FieldKind.NUMBER:
            return _number(field, targets.get(field.group, ""), chance)
        case FieldKind.DATE:
            return add_workdays(dates.approve_by.date(), chance.randint(3, 10))
        case FieldKind.TEXT if field.part == "analysis" or field.required:
            return chance.choice(words.analyses).format(name=name)
        case FieldKind.TEXT if field.part == "text":
            return chance.choice(words.texts)
    return None


def _number(field: Field, target: str, chance: random.Random) -> int | float:
    quantity = parse_quantity(target)
    if field.part.endswith("respondents"):
        return chance.randint(6, 14)
    if field.unit == "tkr":
        return chance.randint(4000, 5000)
    if quantity is None:
        return chance.randint(60, 95) if field.unit == "%" else chance.randint(0, 6)
    spread = max(1.0, float(quantity.number) * 0.08)
    value = round(float(quantity.number) + chance.uniform(-spread, spread), 1)
    value = max(0.0, min(value, float(field.maximum)) if field.maximum is not None else value)
    return value if quantity.number != quantity.number.to_integral_value() else round(value)


def _deliveries(
    forms: tuple[Form, ...], filled: Sheets, dates: Milestones, words: Words
) -> Iterator[Delivery]:
    """Who answers when. The last sheet of the longest form but the first's stays empty for ever."""
    by_length = sorted(range(len(forms)), key=lambda n: len(forms[n].sheets))
    never = forms[by_length[-2]] if len(forms) > 1 else forms[0]
    single = [form for form in forms if len(form.sheets) == 1]
    faulty, twice, late = (single * 3)[:3]
    begins = add_workdays(dates.opens.date(), 4)
    if dates.figures_from is not None:
        begins = max(begins, dates.figures_from.date())
    for place, form in enumerate(forms):
        sheets = {sheet.scope: filled[sheet.scope] for sheet in form.sheets}
        if form is never and len(form.sheets) > 1:
            sheets.pop(form.sheets[-1].scope)
        at = _afternoon(dates.opens, add_workdays(begins, place))
        if form is late:
            at = dates.escalation + timedelta(hours=6)
        elif form is faulty:
            scope = form.sheets[0].scope
            yield Delivery(form.person, at, {scope: _with_faults(form.sheets[0], sheets[scope], words)})
            at += timedelta(days=1)
        yield Delivery(form.person, at, sheets)
        if form is twice:
            again = {scope: {**answers, **_other_analysis(answers)} for scope, answers in sheets.items()}
            yield Delivery(form.person, at + timedelta(days=1), again)


def _with_faults(sheet: Sheet, answers: Mapping[str, Written], words: Words) -> dict[str, Written]:
    """A text where a number goes, and a judgement without its analysis."""
    number = next(f.id for f in sheet.fields() if f.kind is FieldKind.NUMBER)
    analysis = next(f.id for f in sheet.fields() if f.part == "analysis")
    kept = {key: value for key, value in answers.items() if key != analysis}
    return {**kept, number: words.faulty_number}


def _other_analysis(answers: Mapping[str, Written]) -> dict[str, Written]:
    """The first analysis with a sentence taken away: a corrected version."""
    key = next(key for key in answers if key.endswith(".analysis"))
    return {key: str(answers[key]).rpartition(". ")[0] + "."}


def _afternoon(opens: datetime, day: date) -> datetime:
    return opens.replace(year=day.year, month=day.month, day=day.day, hour=15)


def judged_as_proposed(compiled: Compiled, words: Words) -> dict[str, Judged]:
    """A manager who agrees with every proposal, and says why in its own words."""
    judged = {
        goal: Judged(result.proposal.attainment, result.proposal.reason)
        for goal, result in compiled.goals.items()
    }
    return {SUMMARY: Judged(None, words.summary), **judged}
