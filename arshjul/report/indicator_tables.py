"""The tables under a goal: its indicators against targets and earlier periods, its activities.

Called by `arshjul.report.building`. Pure.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from arshjul.answers import State
from arshjul.catalogue import Method, Sex, read_target, read_word
from arshjul.compilation import ActivityResult, Compiled, IndicatorResult
from arshjul.numbers import NBSP, decimals_of, format_quantity, parse_quantity
from arshjul.report.blocks import Align, Cell, Column, Origin, OriginKind, Table

WITHHELD = "‥"
WITHHELD_NOTE = (
    f"{WITHHELD} betyder att uppgiften inte visas: den gäller för få personer, eller så skulle den avslöja "
    "en annan som gör det."
)
STATE_WORDS = {
    State.NO_DATA: "inga data",
    State.NOT_MEASURED: "mäts inte nu",
    State.NOT_APPLICABLE: "berör inte",
    State.NOT_ANSWERED: "inga uppgifter lämnade",
    State.SUPPRESSED: WITHHELD,
    State.DISPUTED: "ifrågasatt",
}
LATER = "mäts senare"  # in another report of the year
YES, NO, UNKNOWN = "Ja", "Nej", "–"


def indicator_table(compiled: Compiled, results: Sequence[IndicatorResult], caption: str) -> Table:
    """The unit's values of some indicators; columns by sex only where one has them.

    A unit of several words ("kg CO2e per kg") would be broken in every column: it stands by the name instead.
    """
    by_sex = any(Sex.WOMEN in result.figures or Sex.MEN in result.figures for result in results)
    periods = compiled.data.kind.compared_periods(compiled.data.key.year)
    period = periods[0] if periods else None
    columns = [Column("Indikator", width=3.6), Column("Utfall", Align.RIGHT, 1.3)]
    if by_sex:
        columns += [Column("Kvinnor", Align.RIGHT, 1.1), Column("Män", Align.RIGHT, 1.1)]
    if period:
        columns.append(Column(period, Align.RIGHT, 1.1))
    columns += [
        Column("Årsmål", Align.RIGHT, 1.3),
        Column("KF:s årsmål", Align.RIGHT, 1.3),
        Column("Når målet", Align.LEFT, 0.9),
    ]
    rows = tuple(tuple(_row(result, by_sex=by_sex, period=period)) for result in results)
    withheld = any(cell.text == WITHHELD for row in rows for cell in row)
    return Table(caption, tuple(columns), rows, WITHHELD_NOTE if withheld else None)


def _row(result: IndicatorResult, *, by_sex: bool, period: str | None) -> list[Cell]:
    origin = Origin(OriginKind.RULE, result.indicator.id, method_words(result))
    name, unit = result.indicator.name, result.measure.unit
    if " " in unit:
        name, unit = f"{name} ({unit})", ""
    cells = [Cell(name), _value(result, Sex.TOTAL, origin, unit)]
    if by_sex:
        cells += [_value(result, Sex.WOMEN, origin, unit), _value(result, Sex.MEN, origin, unit)]
    if period:
        cells.append(_earlier(result, period, unit))
    targets = (result.indicator.target, result.indicator.council_target)
    cells += [Cell(printed_target(target, {result.measure.unit: unit})) for target in targets]
    met = result.met_target
    cells.append(Cell(UNKNOWN if met is None else YES if met else NO))
    return cells


def _earlier(result: IndicatorResult, period: str, unit: str) -> Cell:
    figure = next((c.figure for c in result.compared if c.period == period), None)
    if figure is None:
        return Cell(UNKNOWN)
    if figure.withheld:
        return Cell(WITHHELD)
    kept = Origin(OriginKind.EARLIER, f"{result.indicator.id} {period}", f"Värdet för {period}")
    return Cell(format_quantity(figure.number, unit, result.measure.decimals), kept)


def _value(result: IndicatorResult, sex: Sex, origin: Origin, unit: str) -> Cell:
    figure = result.figures.get(sex)
    if figure is None:
        if sex is not Sex.TOTAL:
            return Cell(UNKNOWN)
        return Cell(STATE_WORDS[result.state] if result.asked else LATER)
    if figure.withheld:
        return Cell(WITHHELD)
    words = format_quantity(figure.number, unit, result.measure.decimals)
    return Cell(words, origin, strong=sex is Sex.TOTAL)


def quantity(result: IndicatorResult, number: Decimal) -> str:
    """A value of the indicator as it is printed."""
    return format_quantity(number, result.measure.unit, result.measure.decimals)


def printed_target(target: str | None, units: Mapping[str, str] | None = None) -> str:
    """A target as the plan has it; its number in Swedish form and whole, its unit as `units` want it."""
    text = " ".join((target or "").split())
    aim, word = read_target(text), read_word(text) or ""
    parsed = parse_quantity(text[len(word) :].lstrip("."))
    if aim is None or parsed is None or aim.upper is not None:
        return text or UNKNOWN
    unit = (units or {}).get(parsed.unit, parsed.unit)
    number = format_quantity(parsed.number, unit, decimals_of(parsed.number))
    return f"{text[: len(word)]}{NBSP}{number}" if word else number


def printed_value(result: IndicatorResult, sex: Sex) -> str:
    """The unit's value with its unit: withheld is withheld, missing is in words."""
    return _value(result, sex, Origin(OriginKind.RULE, result.indicator.id), result.measure.unit).text


def method_words(result: IndicatorResult) -> str:
    """How the unit's value was made, in a phrase."""
    if result.groups == 1:
        return "Värdet från den enda verksamhet som har lämnat något"
    answered = f"{result.groups} verksamheter"
    match result.measure.method:
        case Method.SUM:
            return f"Summan av {answered}"
        case Method.RATIO:
            return f"Räknat på {answered} tillsammans"
        case Method.WEIGHTED_MEAN:
            return f"Medelvärde av {answered}, viktat efter antal svarande"
        case Method.MEAN:
            beside = f"; räknat på alla svarande {quantity(result, result.beside)}" if result.beside else ""
            return f"Medelvärde av {answered}, alla lika mycket värda{beside}"


def activity_table(compiled: Compiled, results: Sequence[ActivityResult], caption: str) -> Table:
    """Activities with dates, whether anybody reports a deviation, and what was said."""
    rows = []
    for result in results:
        deviation = UNKNOWN if result.deviation is None else YES if result.deviation else NO
        heard = [p for p in result.parts if p.comment and (p.deviation or result.deviation is None)]
        said = [f"{compiled.data.scope_name(part.scope)}: {part.comment}" for part in heard]
        refs = ", ".join(part.ref for part in heard)
        rows.append(
            (
                Cell(result.activity.title),
                Cell(result.activity.start.isoformat() if result.activity.start else UNKNOWN),
                Cell(result.activity.end.isoformat() if result.activity.end else UNKNOWN),
                Cell(deviation),
                Cell("\n".join(said) or UNKNOWN, Origin(OriginKind.SUBMISSION, refs) if said else None),
            )
        )
    columns = (
        Column("Aktivitet", width=2.8),
        Column("Start", width=1.1),
        Column("Slut", width=1.1),
        Column("Avvikelse", width=1.0),
        Column("Kommentar till avvikelse", width=4.4),
    )
    return Table(caption, columns, tuple(rows))
