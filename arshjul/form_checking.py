"""Checking what came back: a sheet's cells against its fields, and the rules that hold between fields.

Every fault is one sentence for the one who answered, with the place; all faults of a sheet are found at
once, so that she mends them in one go. One cell alone is in `arshjul.cell_checking`. Called by the step
that collects answers and by the portal. Pure.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from arshjul.actions import HOW, OUTCOME, PROMISE_GOES_ON
from arshjul.answers import Answer, Fault, RawCell, Reading, ReturnedForm, State, Unplaced
from arshjul.cell_checking import check_cell
from arshjul.form import NO, READY, YES, Field, FieldKind, Form, Heading, Sheet
from arshjul.form_questions import (
    ANALYSIS,
    COMMENT,
    DEVIATION,
    MEN,
    RESPONDENT_PARTS,
    RESPONDENTS,
    STATE,
    STATUS,
    TOTAL,
    VALUE_PARTS,
    WOMEN,
)
from arshjul.numbers import format_number


def check_sheet(sheet: Sheet, cells: Mapping[str, RawCell]) -> Reading:
    """What the sheet says. Answers with a fault are left out of `answers`.

    A sheet in which nothing is written and that is not marked ready has no faults: it has just not been
    begun. A sheet that is marked ready is held to everything, also when it is empty.
    """
    work = _Work(sheet, cells)
    work.read()
    empty = not work.answers and not work.faults
    ready = work.ready
    if ready or not empty:
        for block in _blocks(sheet):
            work.check_block(block)
    order = {field.id: place for place, field in enumerate(sheet.fields())}
    return Reading(
        scope=sheet.scope,
        answers=dict(work.answers),
        faults=tuple(sorted(work.faults, key=lambda fault: order[fault.field])),
        ready=ready,
        empty=empty,
    )


def unplaced(form: Form, returned: ReturnedForm) -> tuple[Unplaced, ...]:
    """What stands in a returned form and has no field in `form`, the newest: kept and shown, never lost."""
    known = {sheet.scope: {field.id for field in sheet.fields()} for sheet in form.sheets}
    return tuple(
        Unplaced(scope, field_id, cell)
        for scope, cells in returned.scopes.items()
        for field_id, cell in cells.items()
        if cell.value is not None and field_id not in known.get(scope, ())
    )


@dataclass(frozen=True, slots=True)
class _Block:
    """The fields under one goal, with all that hangs on it, or under another heading of its level."""

    groups: Mapping[str, list[Field]]
    headings: Mapping[str, str]  # group -> the nearest heading


def _blocks(sheet: Sheet) -> Iterator[_Block]:
    groups: dict[str, list[Field]] = {}
    headings: dict[str, str] = {}
    heading = sheet.title
    for row in sheet.rows:
        if isinstance(row, Heading):
            heading = row.text
            if row.level <= 2 and groups:
                yield _Block(groups, headings)
                groups, headings = {}, {}
        elif isinstance(row, Field):
            groups.setdefault(row.group, []).append(row)
            headings.setdefault(row.group, heading)
    yield _Block(groups, headings)


@dataclass(slots=True)
class _Work:
    """A sheet being checked: answers and faults so far."""

    sheet: Sheet
    cells: Mapping[str, RawCell]
    answers: dict[str, Answer] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    ready: bool = False

    def read(self) -> None:
        """Every cell by itself."""
        for asked in self.sheet.fields():
            cell = self.cells.get(asked.id)
            if cell is None:
                continue
            found = check_cell(asked, cell)
            if isinstance(found, Fault):
                self.faults.append(found)
            elif asked.id == READY:
                self.ready = found is not None and found.text == YES
            elif found is not None:
                self.answers[asked.id] = found

    def check_block(self, block: _Block) -> None:
        """What must be there, and what must agree, under one goal."""
        aside = any(self._state(f"{group}.{STATUS}") is State.NOT_APPLICABLE for group in block.groups)
        for group, fields in block.groups.items():
            state = self.answers.get(f"{group}.{STATE}")
            if state is not None:
                self._state_stands_alone(group, fields)
            elif not aside:
                for asked in fields:
                    self._required(group, asked, block.headings[group])
            self._deviation_explained(group, fields)
            self._promise_explained(group)
            self._values_agree(group)

    def _required(self, group: str, asked: Field, heading: str) -> None:
        if not asked.required or asked.id in self.answers or self._is_faulty(asked.id):
            return
        if asked.part in (WOMEN, MEN) and self._number(f"{group}.{RESPONDENT_PARTS[asked.part]}") == 0:
            return
        match asked.part:
            case part if part == ANALYSIS and f"{group}.{STATUS}" in self.answers:
                sentence = (
                    f"Det finns en bedömning men ingen analys under ”{heading}”. Skriv några meningar "
                    "om vad ni har gjort och vilket resultat ni ser."
                )
            case part if part in VALUE_PARTS:
                sentence = (
                    f"”{asked.label}” saknas under ”{heading}”. Skriv talet, eller välj skälet i rutan "
                    "”Om värde saknas”."
                )
            case _ if asked.kind is FieldKind.CHOICE:
                sentence = f"”{asked.label}” saknas under ”{heading}”. Välj ett av svaren i listan."
            case _:
                sentence = f"”{asked.label}” saknas under ”{heading}”. {asked.instruction}"
        self._fault(asked.id, sentence)

    def _state_stands_alone(self, group: str, fields: list[Field]) -> None:
        if any(f"{group}.{part}" in self.answers for part in VALUE_PARTS):
            label = next(field.label for field in fields if field.part == STATE)
            self._fault(
                f"{group}.{STATE}",
                f"Här finns både ett värde och ett val i ”{label}”. Ta bort det ena.",
            )

    def _deviation_explained(self, group: str, fields: list[Field]) -> None:
        deviation = self.answers.get(f"{group}.{DEVIATION}")
        comment = f"{group}.{COMMENT}"
        if deviation is None or deviation.text != YES or comment in self.answers or self._is_faulty(comment):
            return
        if any(field.id == comment for field in fields):
            self._fault(
                comment,
                "Aktiviteten avviker men kommentaren saknas. Skriv vad som avviker, varför och vad ni gör "
                f"åt det, eller välj {NO}.",
            )

    def _promise_explained(self, group: str) -> None:
        """A promise is closed with a word on how it went."""
        outcome, how = self.answers.get(f"{group}.{OUTCOME}"), f"{group}.{HOW}"
        if outcome is None or outcome.text == PROMISE_GOES_ON or how in self.answers or self._is_faulty(how):
            return
        self._fault(how, f"Löftet är markerat ”{outcome.text}”. Skriv med några ord hur det gick.")

    def _values_agree(self, group: str) -> None:
        value = {part: self._number(f"{group}.{part}") for part in VALUE_PARTS}
        count = {part: self._number(f"{group}.{RESPONDENT_PARTS[part]}") for part in VALUE_PARTS}
        for part in VALUE_PARTS:
            if count[part] == 0 and value[part] is not None:
                self._fault(
                    f"{group}.{part}",
                    "Det finns ett värde fast antalet som svarat är 0. Rätta antalet eller ta bort värdet.",
                )
        by_sex = [count[part] for part in (WOMEN, MEN) if count[part] is not None]
        everybody = count[TOTAL]
        if everybody is not None and (together := sum(number for number in by_sex if number)) > everybody:
            self._fault(
                f"{group}.{RESPONDENTS}",
                f"Kvinnor och män är tillsammans {format_number(Decimal(together))}, "
                f"fler än alla svarande ({format_number(everybody)}). Rätta ett av antalen.",
            )
        total, women, men = (value[part] for part in VALUE_PARTS)
        if total is None or women is None or men is None:
            return
        # A count adds up; a share lies between the two. Anything else is a slip in one of the three.
        if total != women + men and not min(women, men) <= total <= max(women, men):
            self._fault(
                f"{group}.{TOTAL}",
                f"Det samlade värdet {format_number(total)} stämmer inte med kvinnor "
                f"{format_number(women)} och män {format_number(men)}. Rätta ett av de tre.",
            )

    def _fault(self, field_id: str, sentence: str) -> None:
        self.answers.pop(field_id, None)
        cell = self.cells.get(field_id)
        self.faults.append(Fault(field_id, cell.place if cell else f"bladet {self.sheet.title}", sentence))

    def _is_faulty(self, field_id: str) -> bool:
        return any(fault.field == field_id for fault in self.faults)

    def _state(self, field_id: str) -> State | None:
        answer = self.answers.get(field_id)
        return answer.state if answer else None

    def _number(self, field_id: str) -> Decimal | None:
        answer = self.answers.get(field_id)
        return answer.number if answer else None
