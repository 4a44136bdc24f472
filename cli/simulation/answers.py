"""What people write in a sheet: believable, by chance, and right by the form's own rules; or with a fault.

The sentences are the demonstration's. Called by `cli.simulation.people`.
"""

import random
import re
from collections.abc import Iterator, Mapping
from datetime import date

from arshjul.actions import HOW, OUTCOME, PROMISE_GOES_ON
from arshjul.answers import RawCell
from arshjul.form import (
    NO,
    NOT_APPLICABLE,
    NOT_MEASURED,
    READY,
    STATUS_CHOICES,
    YES,
    YES_NO,
    Field,
    FieldKind,
    Heading,
    Info,
    Sheet,
)
from arshjul.form_checking import check_sheet
from arshjul.form_questions import COMMENT, DEVIATION, STATE, TOTAL, VALUE_PARTS, WOMEN
from cli.invented_story import Words
from cli.story import Written

Answers = dict[str, Written]
_MENDINGS = 6
_FIGURE = re.compile(r"\d+(?:,\d+)?")


def answers_for(sheet: Sheet, words: Words, apt: date, chance: random.Random) -> Answers:
    """A sheet filled in and marked ready, without faults. `apt` is the day planned for the meeting."""
    answers: Answers = {}
    targets = _targets(sheet)
    for field in sheet.fields():
        value = _answer(field, sheet.title, words, apt, chance, targets.get(field.id))
        if value is not None:
            answers[field.id] = value
    for _ in range(_MENDINGS):
        faults = check_sheet(sheet, cells(answers)).faults
        if not faults:
            return answers
        for fault in faults:
            _mend(answers, sheet, fault.field, words, apt)
    raise AssertionError(f"the form cannot be answered: {[fault.message for fault in faults]}")


def cells(answers: Mapping[str, Written]) -> dict[str, RawCell]:
    """As a returned sheet holds them."""
    return {field: RawCell(value, "cellen") for field, value in answers.items()}


def with_faults(sheet: Sheet, answers: Answers, words: Words) -> Answers:
    """A text where a number goes, or where the sheet asks for no number, a text that is missing."""
    faulty = dict(answers)
    for field in sheet.fields():
        if field.kind is FieldKind.NUMBER and field.id in answers:
            return {**faulty, field.id: words.faulty_number}
    missing = next(
        f.id for f in sheet.fields() if f.kind is FieldKind.TEXT and f.required and f.id in answers
    )
    faulty.pop(missing)
    return faulty


def revised(answers: Answers, words: Words) -> Answers:
    """The same with a sentence more in its first long text: a second version."""
    long = next((key for key, value in answers.items() if isinstance(value, str) and len(value) > 20), None)
    if long is None:
        return answers
    return {**answers, long: f"{answers[long]} {words.texts[0]}"}


def _targets(sheet: Sheet) -> dict[str, float]:
    """The first figure of the target that stands above each number ("Årsmål minst 80 %")."""
    found: dict[str, float] = {}
    target: float | None = None
    for row in sheet.rows:
        match row:
            case Heading():
                target = None
            case Info(label="Mål"):
                figure = _FIGURE.search(row.text)
                target = float(figure[0].replace(",", ".")) if figure else None
            case Field(kind=FieldKind.NUMBER) if target is not None:
                found[row.id] = target
    return found


def _answer(
    field: Field, name: str, words: Words, apt: date, chance: random.Random, target: float | None
) -> Written | None:
    match field.kind:
        case _ if field.id == READY:
            return YES
        case FieldKind.CHOICE if field.choices == YES_NO:
            return YES if field.part == DEVIATION and chance.random() < 0.1 else NO
        case FieldKind.CHOICE if field.choices == STATUS_CHOICES:
            return chance.choices((*STATUS_CHOICES[:3], NOT_APPLICABLE), weights=(55, 33, 6, 6))[0]
        case FieldKind.CHOICE if field.part == OUTCOME:
            return chance.choice((*field.choices, PROMISE_GOES_ON))
        case FieldKind.CHOICE if field.part == STATE or not field.required:
            return None
        case FieldKind.CHOICE:
            return chance.choices((field.choices[0], field.choices[-1]), weights=(4, 1))[0]
        case FieldKind.NUMBER:
            return _number(field, chance, target)
        case FieldKind.DATE:
            return apt
        case FieldKind.TEXT if field.part == HOW:
            return words.texts[-1]
        case FieldKind.TEXT if field.required or field.part == COMMENT:
            return chance.choice(words.analyses).format(name=name) if field.required else None
        case FieldKind.TEXT if field.part == "text":
            return chance.choice(words.texts)
    return None


def _number(field: Field, chance: random.Random, target: float | None) -> Written:
    if field.part.endswith("respondents"):
        return chance.randint(5, 14)
    if field.unit == "tkr":
        return chance.randint(4000, 5000)
    if target is None:
        return chance.randint(60, 95) if field.unit == "%" else chance.randint(0, 12)
    if field.unit == "st":  # what some ten sub-units count becomes the unit's
        return chance.randint(0, max(1, round(target / 4)))
    near = target * chance.uniform(0.9, 1.07)
    near = round(near) if target >= 20 else round(near, 1 if target >= 2 else 2)
    return min(near, 100) if field.unit == "%" else near


def _mend(answers: Answers, sheet: Sheet, field_id: str, words: Words, apt: date) -> None:
    """Do what the fault asks for, as somebody who wants to be done."""
    field = next(field for field in sheet.fields() if field.id == field_id)
    group = field.group
    match field.part:
        case part if part == TOTAL and f"{group}.{WOMEN}" in answers:
            answers[field_id] = answers[f"{group}.{WOMEN}"]
        case part if part in VALUE_PARTS or part.endswith("respondents"):
            for other in list(_of_numbers(sheet, group)):
                answers.pop(other, None)
            answers[f"{group}.{STATE}"] = NOT_MEASURED
        case _ if field.kind is FieldKind.TEXT:
            answers[field_id] = words.texts[0]
        case _ if field.kind is FieldKind.CHOICE:
            answers[field_id] = field.choices[0]
        case _ if field.kind is FieldKind.DATE:
            answers[field_id] = apt
        case _:
            answers[field_id] = field.minimum or 0


def _of_numbers(sheet: Sheet, group: str) -> Iterator[str]:
    return (f.id for f in sheet.fields() if f.group == group and f.kind is FieldKind.NUMBER)
