"""What the sources give a cycle: one value for each sub-unit, field and sex, put together from the months.

Each bears the month it holds for and the system it comes from. Called when a form is made and when a cycle is
gathered; read by compilation. Pure.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from arshjul.catalogue import Measure, Method, Sex, Span
from arshjul.history import WHOLE_UNIT
from arshjul.numbers import format_quantity
from arshjul.organisation import Unit
from arshjul.sources.declared import Give, Made, Sources, SourceSpec
from arshjul.sources.gathering import SourceValue
from arshjul.sources.months import months_of_year, twelve_months, year_before

TOO_FEW = "för få svarande för att visas"


@dataclass(frozen=True, slots=True)
class Stored:
    """A value that counts, as it is kept: which source and which load it came with."""

    source: str
    load: int
    value: SourceValue


@dataclass(frozen=True, slots=True)
class GivenValue:
    """A value of the period. Where `whole` is set, `number` is `part` by `whole`.

    `as_of` is the newest month in it ("2026-08"), `load` the newest load.
    """

    scope: str
    field: str
    sex: Sex
    number: Decimal
    as_of: str
    system: str
    load: int
    part: Decimal | None = None
    whole: Decimal | None = None
    respondents: int | None = None
    withheld: bool = False  # it would tell a small group's value: marked by `arshjul.suppression.forms`

    @property
    def origin(self) -> str:
        """ "HR-systemet per 2026-08"."""
        return f"{self.system} per {self.as_of}"


@dataclass(frozen=True, slots=True)
class GivenValues:
    """All that the sources give one unit in one period.

    `announced` are fields that a source is declared to give, whether or not it has yet, with its system;
    `months` the months' own values, of what is kept by category or account or put together for a section.
    """

    values: tuple[GivenValue, ...] = ()
    announced: Mapping[str, str] = field(default_factory=dict)
    months: tuple[Stored, ...] = ()
    _by_key: dict[tuple[str, str, Sex], GivenValue] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_key = {(v.scope, v.field, v.sex): v for v in self.values}
        object.__setattr__(self, "_by_key", by_key)

    def value(self, scope: str, field_id: str, sex: Sex = Sex.TOTAL) -> GivenValue | None:
        """The value of a field or an indicator, None where no source gives it."""
        return self._by_key.get((scope, field_id, sex))


NOTHING_GIVEN = GivenValues()


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Which period, and who is asked about what."""

    last_month: str
    asked: frozenset[str]
    sections: Mapping[str, str]  # question -> the section that answers it
    measures: Mapping[str, Measure]


def given_values(
    stored: Iterable[Stored],
    sources: Sources,
    unit: Unit,
    last_month: str,
    asked: Iterable[str],
    sections: Mapping[str, str],
    measures: Mapping[str, Measure],
) -> GivenValues:
    """The values of the period that ends with `last_month`, of the sub-units that are `asked`.

    `sections` maps a question that a section answers to the section's name: its value is that of all
    sub-units.
    """
    wanted = _Wanted(last_month, frozenset(asked), sections, measures)
    by_field: dict[tuple[str, str], list[Stored]] = {}
    for one in stored:
        if one.value.unit == unit.code and one.value.month <= last_month:
            by_field.setdefault((one.source, one.value.field), []).append(one)
    values: list[GivenValue] = []
    months: list[Stored] = []
    announced: dict[str, str] = {}
    for source_id, spec, give in sources.giving(unit.code):
        field_id = sources.field_of(unit.code, give)
        announced.setdefault(field_id, spec.system)
        own = by_field.get((source_id, field_id), [])
        values += _of_field(own, field_id, spec, give, unit, wanted)
        if give.detail or field_id in wanted.sections:
            months += own
    return GivenValues(tuple(values), announced, tuple(months))


def _of_field(
    stored: list[Stored], field_id: str, spec: SourceSpec, give: Give, unit: Unit, wanted: _Wanted
) -> Iterator[GivenValue]:
    section = wanted.sections.get(field_id)
    measure = wanted.measures.get(field_id)
    span = (measure.span if measure else None) or give.span
    by_scope: dict[tuple[str, Sex], list[Stored]] = {}
    for one in stored:
        scope = section or _heir(unit, one.value.scope, wanted.asked)
        by_scope.setdefault((scope, one.value.sex), []).append(one)
    for (scope, sex), months in by_scope.items():
        made = _through_time(months, span, wanted.last_month, give)
        if made is not None:
            yield replace(made, scope=scope, field=field_id, sex=sex, system=spec.system)


def _heir(unit: Unit, scope: str, asked: frozenset[str]) -> str:
    """The sub-unit that answers today for what an earlier one gave; itself where nobody has taken over."""
    seen = {scope}
    while scope not in asked and scope != WHOLE_UNIT:
        heirs = [s.code for s in unit.subunits if s.predecessor == scope and s.code not in seen]
        if len(heirs) != 1:  # a sub-unit that was divided has no one heir
            break
        scope = heirs[0]
        seen.add(scope)
    return scope


def _through_time(stored: list[Stored], span: Span, last: str, give: Give) -> GivenValue | None:
    match span:
        case Span.YEAR:
            return _put_together(stored, months_of_year(last), give)
        case Span.LAST:
            known = {one.value.month for one in stored} & set(twelve_months(last))
            return _put_together(stored, (max(known),), give) if known else None
        case Span.ROLLING_YEAR:
            wanted = twelve_months(last)
            if not set(wanted) <= {one.value.month for one in stored}:
                return None  # eleven months are no year
            return _put_together(stored, wanted, give)
        case Span.CHANGE:
            now = _put_together(stored, months_of_year(last), give)
            before = _put_together(stored, months_of_year(year_before(now.as_of)), give) if now else None
            if now is None or before is None:
                return None
            return replace(now, number=now.number - before.number, part=None, whole=None)


def _put_together(stored: list[Stored], months: tuple[str, ...], give: Give) -> GivenValue | None:
    within = [one for one in stored if one.value.month in months]
    if not within:
        return None
    number = sum((one.value.number for one in within), Decimal(0))
    bases = [one.value.base for one in within if one.value.base is not None]
    whole = sum(bases, Decimal(0)) if bases else None
    if whole == 0:
        return None
    newest = max(one.value.month for one in within)
    # Whoever answers a survey is new each time; a staff is the same people from month to month.
    counted = (
        within if give.made in (Made.SHARE, Made.VALUE) else [o for o in within if o.value.month == newest]
    )
    people = [one.value.respondents for one in counted if one.value.respondents is not None]
    return GivenValue(
        scope="",
        field="",
        sex=Sex.TOTAL,
        number=number if whole is None else number / whole,
        as_of=newest,
        system="",
        load=max(one.load for one in within),
        part=None if whole is None else number,
        whole=whole,
        respondents=sum(people) if people else None,
    )


def shown_values(given: GivenValues, scope: str, indicator: str, measure: Measure) -> dict[Sex, str]:
    """The printed values that may be shown to the one who answers for `scope`, by sex.

    Of people, a value on too few is not shown, nor then the other sex's: the two and the total give it away.
    """
    found = {sex: v for sex in Sex if (v := given.value(scope, indicator, sex)) is not None}
    small = {sex for sex, value in found.items() if _rests_on_too_few(value, measure)}
    if small & {Sex.WOMEN, Sex.MEN}:
        small |= {Sex.WOMEN, Sex.MEN}
    return {
        sex: TOO_FEW if sex in small else format_quantity(value.number, measure.unit, measure.decimals)
        for sex, value in found.items()
        if sex is Sex.TOTAL or measure.by_sex
    }


def _rests_on_too_few(value: GivenValue, measure: Measure) -> bool:
    if value.withheld:
        return True
    if not measure.people:
        return False
    if measure.method is Method.SUM:
        return 0 < value.number < measure.smallest_group
    return value.respondents is not None and value.respondents < measure.smallest_group
