"""What is said of budget and forecast against the economy's own numbers.

Knows the questions by the last part of their ids: budget_tkr, outcome_tkr, forecast_tkr. Pure.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from arshjul.cycle_data import SUMMARY
from arshjul.numbers import format_quantity
from arshjul.review.cycle.reviewed import Reviewed, sentences_of
from arshjul.review.cycle.texts import Text
from arshjul.review.figures import Figure, figures_in
from arshjul.review.finding import Finding, Severity

_SHORT = re.compile(r"\b(?:under|minus)(?:skott\w*|resultat\w*)\b", re.I)
_OVER = re.compile(r"\b(?:över|plus)(?:skott\w*|resultat\w*)\b", re.I)
_BALANCE = re.compile(r"\b(?:prognos\w*|helår\w*)\b[^.;]*\b(?:i\s+balans|balans|nollresultat)\b", re.I)
_UNSURE = re.compile(
    r"\b(?:om|risk\w*|kan|kunde|skulle|annars|möjlig\w*|nås|förra|fjol\w*|månad\w*|januari|februari|mars|april|maj|juni|juli|augusti|inte)\b",
    re.I,
)
_WHOLE = re.compile(r"\b(?:prognos\w*|helår\w*|enhet\w*|vi\s+redovisar|årets\s+slut|årsskift\w*)\b", re.I)
_BALANCED = Decimal("0.002")  # of the budget: what is so near is called balance
_SCALE = {"tkr": Decimal(1), "mnkr": Decimal(1000), "kr": Decimal("0.001")}
_ROUNDED = Decimal("0.06")


def results_against_numbers(reviewed: Reviewed) -> Iterator[Finding]:
    """A deficit or surplus in words that budget and forecast make another of."""
    found = _numbers(reviewed)
    if found is None:
        return
    budget, forecast, origin = found
    left = budget - forecast
    for text in reviewed.texts:
        of_economy = text.scope is not None and text.field.endswith("economy.analysis")
        if not (of_economy or text.is_units):
            continue
        for sentence in sentences_of(text.text):
            if of_economy or text.about == SUMMARY or _WHOLE.search(sentence):
                yield from _of_sentence(text, sentence, budget, forecast, left, origin, sure=of_economy)


def _of_sentence(
    text: Text, sentence: str, budget: Decimal, forecast: Decimal, left: Decimal, origin: str, *, sure: bool
) -> Iterator[Finding]:
    short, over = _SHORT.search(sentence), _OVER.search(sentence)
    if bool(short) == bool(over):
        balance = _BALANCE.search(sentence)
        if balance and not short and not _UNSURE.search(sentence) and abs(left) > budget * _BALANCED:
            yield _finding(text, sentence, "balans", budget, forecast, left, origin)
        return
    word = short or over
    assert word is not None
    if not (sure or _WHOLE.search(sentence)) or _UNSURE.search(sentence[: word.start()]):
        return
    if (left > 0) if short else (left < 0):
        yield _finding(text, sentence, word[0].lower(), budget, forecast, left, origin)
        return
    amounts = [f for f in figures_in(sentence) if f.is_money and f.start > word.start()]
    if amounts and not _is(amounts[0], abs(left)):
        said = f"{word[0].lower()} på {amounts[0].printed}"
        yield _finding(text, sentence, said, budget, forecast, left, origin)


def _is(figure: Figure, amount: Decimal) -> bool:
    number = abs(figure.number) * _SCALE[figure.unit]
    room = amount * _ROUNDED if figure.approximate or figure.unit == "mnkr" else Decimal("0.5")
    return abs(number - amount) <= room


def _numbers(reviewed: Reviewed) -> tuple[Decimal, Decimal, str] | None:
    data = reviewed.data
    values: dict[str, tuple[Decimal, str]] = {}
    for question in data.kind.asks:
        part = question.id.rpartition(".")[2]
        answer = data.answer(question.scope, question.id)
        if part in ("budget_tkr", "forecast_tkr") and answer and answer.number is not None:
            values[part] = answer.number, data.submissions[question.scope].ref
    if len(values) < 2:
        return None
    return values["budget_tkr"][0], values["forecast_tkr"][0], values["forecast_tkr"][1]


def _finding(
    text: Text, sentence: str, said: str, budget: Decimal, forecast: Decimal, left: Decimal, origin: str
) -> Finding:
    what = "överskott" if left > 0 else "underskott"
    really = f"ett {what} på {format_quantity(abs(left), 'tkr')}" if left else "noll"
    numbers = f"budget {format_quantity(budget, 'tkr')}, prognos {format_quantity(forecast, 'tkr')}"
    return Finding(
        "result-against-numbers",
        Severity.ERROR,
        text.where,
        f"Texten säger {said}, men skillnaden mellan budget och prognos är {really} ({numbers}).",
        {
            "text": said,
            "value": really,
            "budget": format_quantity(budget, "tkr"),
            "forecast": format_quantity(forecast, "tkr"),
            "sentence": sentence,
            "origin": origin,
        },
        mend="Rätta texten, eller be controllern rätta talen.",
    )
