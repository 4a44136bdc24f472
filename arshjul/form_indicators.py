"""The rows of a form for one indicator: targets, earlier values, and what is asked for or already known.

The parts of their field ids are named in `arshjul.form_questions`. Called by `arshjul.form_making`. Pure.
"""

from collections.abc import Iterator, Mapping

from arshjul.catalogue import Measure, Method, Sex
from arshjul.form import STATE_CHOICES, Field, FieldKind, Given, Heading, Info, Prefill, Row
from arshjul.form_questions import (
    MEN,
    RESPONDENT_PARTS,
    STATE,
    TOTAL,
    VALUE_PARTS,
    WOMEN,
    Past,
    comment_field,
    dispute_field,
)
from arshjul.history import WHOLE_UNIT, EarlierValue
from arshjul.numbers import NBSP, format_quantity
from arshjul.plan import Indicator
from arshjul.sources.given import shown_values

WITHHELD = "visas inte: för få personer"
_SEX = {TOTAL: Sex.TOTAL, WOMEN: Sex.WOMEN, MEN: Sex.MEN}
_OF_SEX = {TOTAL: "", WOMEN: " kvinnor/flickor", MEN: " män/pojkar"}
_HOW = {"": "Skriv bara talet", "%": "Skriv bara talet, i procent", "st": "Skriv bara antalet"}


def indicator_rows(indicator: Indicator, measure: Measure, past: Past) -> Iterator[Row]:
    """Heading, targets, the earlier value, then value by value with what it rests on."""
    yield Heading(f"Indikator: {indicator.name}", 3)
    if targets := target_line(indicator):
        yield Info("Mål", targets)
    parts = (WOMEN, MEN) if measure.by_sex else (TOTAL,)
    yield from _compared_rows(indicator, measure, parts, past)
    if shown := shown_values(past.given, past.scopes[0], indicator.id, measure):
        yield from _given_rows(indicator, measure, shown, past)
    else:
        yield from _asked_rows(indicator, measure, parts, past)
    yield comment_field(indicator.id, "Frivilligt. Vad förklarar värdet?", past)


def _asked_rows(
    indicator: Indicator, measure: Measure, parts: tuple[str, ...], past: Past
) -> Iterator[Field]:
    for part in parts:
        yield _value_field(indicator, measure, part, past)
    if _rests_on_respondents(measure):
        for part in parts:
            yield _respondents_field(indicator, measure, part, past)
    yield Field(
        id=f"{indicator.id}.{STATE}",
        kind=FieldKind.CHOICE,
        label="Om värde saknas",
        instruction="Välj bara om ni inte har något värde att lämna. Noll är ett värde: skriv då 0.",
        choices=STATE_CHOICES,
    )


def _given_rows(
    indicator: Indicator, measure: Measure, shown: Mapping[Sex, str], past: Past
) -> Iterator[Row]:
    """What a system knows is shown and not asked for."""
    for part in VALUE_PARTS:
        value = past.given.value(past.scopes[0], indicator.id, _SEX[part])
        if value is not None and _SEX[part] in shown:
            label = ("Antal" if measure.unit == "st" else "Utfall") + _OF_SEX[part]
            yield Given(label, shown[_SEX[part]], f"{indicator.id}.{part}", value.origin)
    yield dispute_field(indicator.id)


def yearly_row(indicator: Indicator) -> Info:
    """An indicator that this report does not ask for, so that nobody misses it."""
    note = "Årsindikator – följs upp i verksamhetsberättelsen."
    targets = target_line(indicator)
    return Info(indicator.name, f"{note} {targets}." if targets else note)


def target_line(indicator: Indicator) -> str:
    """The indicator's targets on one line, empty where it has none."""
    named = (("Årsmål", indicator.target), ("KF:s årsmål", indicator.council_target))
    return " · ".join(f"{name} {target}" for name, target in named if target)


def _compared_rows(
    indicator: Indicator, measure: Measure, parts: tuple[str, ...], past: Past
) -> Iterator[Info]:
    """The value to compare with; by sex where only that is known, and not what stands beside the field."""
    compared = past.value(past.compared, indicator.id, Sex.TOTAL)
    if compared is not None:
        if compared != past.value(past.prefill, indicator.id, Sex.TOTAL) or TOTAL not in parts:
            yield Info(f"Utfall {compared.period}", _printed(compared, measure))
        return
    for part in parts:
        found = past.value(past.compared, indicator.id, _SEX[part])
        if found is not None and found != past.value(past.prefill, indicator.id, _SEX[part]):
            yield Info(f"Utfall{_OF_SEX[part]} {found.period}", _printed(found, measure))


def _value_field(indicator: Indicator, measure: Measure, part: str, past: Past) -> Field:
    earlier = past.value(past.prefill, indicator.id, _SEX[part])
    label = ("Antal" if measure.unit == "st" else "Utfall") + _OF_SEX[part]
    how = _HOW.get(measure.unit, f"Skriv bara talet, i {measure.unit}")
    example = "82" if measure.unit == "%" else "12"
    example = f", till exempel {example},5." if measure.decimals else f", till exempel {example}."
    empty = f" Lämna tomt om antalet svarande{_OF_SEX[part]} är 0." if part != TOTAL else ""
    system = past.given.announced.get(indicator.id)
    coming = (
        f" Behöver inte fyllas i: värdet väntas från {system} och går före det ni skriver." if system else ""
    )
    return Field(
        id=f"{indicator.id}.{part}",
        kind=FieldKind.NUMBER,
        label=f"{label}{NBSP}({measure.unit})" if measure.unit not in ("", "st") else label,
        instruction=how + example + (empty if _rests_on_respondents(measure) else "") + coming,
        required=system is None,
        unit=measure.unit,
        maximum=measure.maximum,
        earlier=Prefill(earlier.period, _printed(earlier, measure)) if earlier else None,
    )


def _respondents_field(indicator: Indicator, measure: Measure, part: str, past: Past) -> Field:
    label = "Antal svarande" if measure.people else "Antal som värdet räknas på"
    return Field(
        id=f"{indicator.id}.{RESPONDENT_PARTS[part]}",
        kind=FieldKind.NUMBER,
        label=label + _OF_SEX[part],
        instruction="Skriv antalet som ett helt tal. Det används när enhetens värde räknas ut.",
        required=indicator.id not in past.given.announced,
    )


def _rests_on_respondents(measure: Measure) -> bool:
    """A count of people is its own number of people; a share of them needs to be told how many."""
    weighed = measure.method in (Method.WEIGHTED_MEAN, Method.RATIO)
    return weighed or (measure.people and measure.method is not Method.SUM)


def _printed(value: EarlierValue, measure: Measure) -> str:
    if value.withheld:
        return WITHHELD
    printed = format_quantity(value.number, measure.unit, measure.decimals)
    return f"{printed} (hela enheten)" if value.scope == WHOLE_UNIT else printed
