"""Sentences about one indicator: how it moved, against its target, between sexes, the highest and the lowest.

What is said is what is printed: values are compared rounded as they are shown, so that no sentence speaks of
a rise that nobody can see. Called by `arshjul.drafting.analyses`. Pure.
"""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from arshjul.answers import State
from arshjul.attainment import Weighed
from arshjul.catalogue import Direction, Measure, Method, Sex, Span, read_target
from arshjul.compilation.figures import IndicatorResult, PartResult
from arshjul.numbers import NBSP, count_word, format_number, format_quantity, round_half_up

Naming = Callable[[str], str]  # a sub-unit's code -> what people call it

_SMALL_GAP = 3  # points between women and men below which they are said to be about the same
_SHARE = "%"


def draft_sentences(result: IndicatorResult, naming: Naming) -> tuple[str, ...]:
    """What the figures say of the indicator; empty where it has no value that may be shown."""
    if result.number is None:
        return ()
    value = round_half_up(result.number, result.measure.decimals)
    found = [
        _movement(result, value),
        _against_target(result, value),
        _between_sexes(result),
        _highest_and_lowest(result, naming),
        _disputed(result, naming),
    ]
    return tuple(sentence for sentence in found if sentence)


def _movement(result: IndicatorResult, value: Decimal) -> str:
    name, measure = _as_subject(result.indicator.name), result.measure
    now = _printed(value, measure)
    if measure.span is Span.CHANGE:
        change = format_number(value, measure.decimals, sign=True)
        return f"{name} har ändrats med {change}{_unit_of_change(value, measure)} sedan förra året."
    before = next((one for one in result.compared if not one.figure.withheld), None)
    if before is None:
        return f"{name} är {now}."
    earlier = round_half_up(before.figure.number, measure.decimals)
    if value == earlier:
        return f"{name} är {now}, samma som {before.period}."
    moved = "ökat" if value > earlier else "minskat"
    since = f"från {_printed(earlier, measure)} ({before.period}) till {now}"
    by = f", {_gap(abs(value - earlier), measure)}" if measure.unit == _SHARE else ""
    return f"{name} har {moved} {since}{by}."


def _gap(difference: Decimal, measure: Measure) -> str:
    """How far apart two values are: shares in points."""
    return format_number(difference) + _unit_of_change(difference, measure)


def _unit_of_change(difference: Decimal, measure: Measure) -> str:
    if measure.unit == _SHARE:
        return f"{NBSP}procentenhet" if abs(difference) == 1 else f"{NBSP}procentenheter"
    return f"{NBSP}{measure.unit}" if measure.unit else ""


def _against_target(result: IndicatorResult, value: Decimal) -> str:
    target, met = result.target, result.met_target
    aim = read_target(target)
    if target is None or aim is None or met is None:
        return ""
    whose = "årsmålet" if result.indicator.target else "KF:s årsmål"
    if aim.number is None:
        wanted = "öka" if aim.direction is Direction.INCREASE else "minska"
        return (
            f"Målet är att värdet ska {wanted}, {'och det har det gjort' if met else 'men det har det inte'}."
        )
    against = Weighed(result.indicator.name, value, target, result.measure, met).against.partition(" mot ")[2]
    if met:
        return f"Värdet når {whose}, {against}."
    nearest = aim.number if aim.upper is None or value < aim.number else aim.upper
    side = "över" if value > nearest else "under"
    return (
        f"Värdet når inte {whose}, {against}: det ligger {_gap(abs(value - nearest), result.measure)} {side}."
    )


def _between_sexes(result: IndicatorResult) -> str:
    women, men = result.shown(Sex.WOMEN), result.shown(Sex.MEN)
    if women is None or men is None or not result.measure.by_sex:
        return ""
    measure = result.measure
    women, men = (round_half_up(number, measure.decimals) for number in (women, men))
    both = f"{_printed(women, measure)} för kvinnor och {_printed(men, measure)} för män"
    if measure.method is Method.SUM:
        return f"Av dem är {format_number(women)} kvinnor och {format_number(men)} män."
    if women == men:
        return f"Värdet är detsamma för kvinnor och män, {_printed(women, measure)}."
    if measure.unit == _SHARE and abs(women - men) < _SMALL_GAP:
        return f"Skillnaden mellan könen är liten: {both}."
    higher = "kvinnor" if women > men else "män"
    return f"Värdet är högre för {higher}: {both}."


def _highest_and_lowest(result: IndicatorResult, naming: Naming) -> str:
    """Workplaces only where each may be shown: of people a sub-unit's own value never is."""
    if result.measure.people:
        return ""
    known = [
        (round_half_up(part.figures[Sex.TOTAL].number, result.measure.decimals), part)
        for part in result.parts
        if part.state in (State.VALUE, State.DISPUTED) and _may_be_shown(part)
    ]
    if len(known) < 3:
        return ""
    top, bottom = max(number for number, _ in known), min(number for number, _ in known)
    if top == bottom:
        return f"Alla {count_word(len(known))} verksamheter har samma värde."
    highest = [naming(part.scope) for number, part in known if number == top]
    lowest = [naming(part.scope) for number, part in known if number == bottom]
    if len(highest) > 3 or len(lowest) > 3:
        span = f"{_printed(bottom, result.measure)} till {_printed(top, result.measure)}"
        return f"Mellan verksamheterna går värdet från {span}."
    return (
        f"Högst är {_listed(highest)} ({_printed(top, result.measure)}) "
        f"och lägst {_listed(lowest)} ({_printed(bottom, result.measure)})."
    )


def _may_be_shown(part: PartResult) -> bool:
    total = part.figures.get(Sex.TOTAL)
    return total is not None and not total.withheld


def _disputed(result: IndicatorResult, naming: Naming) -> str:
    names = [naming(part.scope) for part in result.disputed]
    if not names:
        return ""
    return f"{_listed(names)} menar att det hämtade värdet inte stämmer."


_DEFINITE = {"andel": "andelen", "antal": "antalet", "index": "indexet", "sjukfrånvaro": "sjukfrånvaron"}


def _as_subject(name: str) -> str:
    """The indicator's name as the subject of a sentence: "Andel som …" is "Andelen som …"."""
    first, space, rest = " ".join(name.split()).rstrip(".:").partition(" ")
    text = _DEFINITE.get(first.lower(), first) + space + rest
    return text[:1].upper() + text[1:]


def _printed(number: Decimal, measure: Measure) -> str:
    return format_quantity(number, measure.unit, measure.decimals)


def _listed(names: Iterable[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} och {last}" if first else last


def each(results: Iterable[IndicatorResult], naming: Naming) -> Iterator[str]:
    """The sentences of several indicators, one paragraph each."""
    for result in results:
        if sentences := draft_sentences(result, naming):
            yield " ".join(sentences)
