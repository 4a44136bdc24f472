"""From the lines of an export to values by unit, sub-unit, field, sex and month.

Nothing smaller is kept: the rows of a survey end here, as counts. A value that is a part of a whole keeps
both, so that months and sub-units can be put together exactly. Pure.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from arshjul.catalogue import Sex
from arshjul.numbers import format_number
from arshjul.sources.declared import Give, Made, Sources
from arshjul.sources.recognition import Recognised, plain
from arshjul.sources.rows import Record
from arshjul.sources.table import LineFault

Key = tuple[str, str, str, str, Sex, str]  # unit, scope, field, detail, sex, month


@dataclass(frozen=True, slots=True)
class SourceValue:
    """One value of one month. Where `base` is set the value is `number` by `base`.

    `detail` is a category ("Klagomål") or an account, empty where there is none.
    """

    unit: str
    scope: str
    field: str
    detail: str
    sex: Sex
    month: str
    number: Decimal
    base: Decimal | None = None
    respondents: int | None = None

    @property
    def key(self) -> Key:
        """What there is one value of at a time."""
        return self.unit, self.scope, self.field, self.detail, self.sex, self.month

    @property
    def value(self) -> Decimal:
        """The value as it is read."""
        return self.number if self.base is None else self.number / self.base


@dataclass(slots=True)
class _Sum:
    """A value being put together; `line` is the last row in it."""

    number: Decimal = Decimal(0)
    base: Decimal | None = None
    respondents: int | None = None
    line: int = 0

    def add(self, number: Decimal, base: Decimal | None, respondents: int | None, line: int) -> None:
        self.number += number
        self.base = base if self.base is None else self.base + (base or 0)
        if respondents is not None:
            self.respondents = (self.respondents or 0) + respondents
        self.line = line


@dataclass(slots=True)
class Gathered:
    """The values of a file, and what its rows contradict each other in."""

    values: list[SourceValue] = field(default_factory=list)
    faults: list[LineFault] = field(default_factory=list)


def gather_values(found: Recognised, records: Iterable[Record], sources: Sources) -> Gathered:
    """The values that the records give. Those of women and men also make the total, where no row gives it."""
    gathered = Gathered()
    listed = list(records)
    for give in found.spec.gives:
        if any(column not in found.columns for column in give.columns()):
            continue  # a column that may be missing is
        sums: dict[tuple[str, str, str, str], dict[Sex | None, _Sum]] = {}
        for record in listed:
            field_id = sources.field_of(record.place[0], give)
            part = _part(give, record) if field_id else None
            if part is None:
                continue
            detail = str(record.values.get(give.detail) or "") if give.detail else ""
            by_sex = sums.setdefault((*record.place, detail, record.month), {})
            known = by_sex.setdefault(record.sex, _Sum())
            if give.made is Made.VALUE and not give.respondents and known.line:
                gathered.faults.append(
                    LineFault(
                        record.line, found.heading(give.of), f"samma värde står redan på rad {known.line}."
                    )
                )
                continue
            known.add(*part, record.line)
        for (unit, scope, detail, month), by_sex in sums.items():
            field_id = sources.field_of(unit, give)
            blank = SourceValue(unit, scope, field_id, detail, Sex.TOTAL, month, Decimal(0))
            gathered.faults += _contradiction(found, give, by_sex)
            gathered.values += _values(blank, by_sex)
    return gathered


def _part(give: Give, record: Record) -> tuple[Decimal, Decimal | None, int | None] | None:
    """What one record adds: number, base and respondents; None where it has nothing to say."""
    for column, wanted in give.where.items():
        if plain(record.values.get(column)) not in map(plain, wanted):
            return None
    number = record.number(give.of) if give.of else None
    match give.made:
        case Made.COUNT:
            return Decimal(1), None, None
        case Made.SHARE:
            answer = record.values.get(give.of)
            if answer is None or plain(_as_text(answer)) not in map(plain, give.asked):
                return None
            yes = plain(_as_text(answer)) in map(plain, give.counted)
            return give.scale if yes else Decimal(0), Decimal(1), 1
        case Made.RATIO:
            base = record.number(give.per)
            if number is None or base is None:
                return None
            people = record.number(give.respondents) if give.respondents else None
            return number * give.scale, base, None if people is None else int(people)
        case Made.SUM:
            return None if number is None else (number * give.scale, None, None)
        case Made.VALUE:
            if number is None:
                return None
            if not give.respondents:
                return number * give.scale, None, None
            people = record.number(give.respondents)
            return (number * give.scale * people, people, int(people)) if people else None


def _as_text(answer: Decimal | str) -> str:
    return format_number(answer) if isinstance(answer, Decimal) else answer


def _values(blank: SourceValue, by_sex: Mapping[Sex | None, _Sum]) -> Iterator[SourceValue]:
    for sex in (Sex.WOMEN, Sex.MEN):
        if (one := by_sex.get(sex)) is not None and one.base != 0:
            yield _filled(blank, sex, one)
    total = by_sex.get(Sex.TOTAL)
    if total is None:
        total = _together(by_sex.values())
    if total.base != 0:
        yield _filled(blank, Sex.TOTAL, total)


def _filled(blank: SourceValue, sex: Sex, made: _Sum) -> SourceValue:
    return replace(blank, sex=sex, number=made.number, base=made.base, respondents=made.respondents)


def _together(sums: Iterable[_Sum]) -> _Sum:
    total = _Sum()
    for one in sums:
        total.add(one.number, one.base, one.respondents, one.line)
    return total


def _contradiction(found: Recognised, give: Give, by_sex: Mapping[Sex | None, _Sum]) -> Iterator[LineFault]:
    """A row about everybody that women and men do not make, where all of them are told by sex."""
    said = by_sex.get(Sex.TOTAL)
    sexes = [by_sex[sex] for sex in (Sex.WOMEN, Sex.MEN) if sex in by_sex]
    if said is None or len(sexes) < 2 or give.made not in (Made.SUM, Made.RATIO) or None in by_sex:
        return
    made = _together(sexes)
    if (made.number, made.base) != (said.number, said.base):
        sentence = (
            f"kvinnor och män blir {format_number(made.number)}, "
            f"men raden för alla säger {format_number(said.number)}."
        )
        yield LineFault(said.line, found.heading(give.of), sentence)
