"""Figures in texts against what they can come from: indicators, the sections' numbers, the texts below.

A sentence that names an indicator is held against that indicator alone; any other against everything under
its goal, and the summary against the whole cycle. Small counts in words are let be: they are counted by eye.
Sub-units are their own source, save for shares of what they have also reported as a value. Pure.
"""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import combinations

from arshjul.catalogue import Sex
from arshjul.compilation import IndicatorResult
from arshjul.cycle_data import SUMMARY
from arshjul.history import WHOLE_UNIT
from arshjul.numbers import decimals_of, format_quantity, round_half_up
from arshjul.review.cycle.as_document import part_before
from arshjul.review.cycle.reported import rows_near
from arshjul.review.cycle.reviewed import Reviewed, sentences_of
from arshjul.review.cycle.texts import Text
from arshjul.review.figures import Figure, figures_in, shown
from arshjul.review.finding import Finding, Severity
from arshjul.review.rows import Row

_TOLD = 13  # counts from here are read off a table, smaller ones are counted by eye
_NEARLY = Decimal("0.06")  # what "drygt", "knappt" and "omkring" may be off, of the whole
_YEARS = re.compile(r"\b(?:19|20)\d\d\b")
_TIMES = re.compile(r"\s*(?:minut|timm|veck|månad|dag|år\b|kvadrat|kilometer|meter|km\b|kl\b|grader|gram)")


def figures_without_source(reviewed: Reviewed) -> Iterator[Finding]:
    """A figure in a text that nothing it could come from says."""
    everything: set[Decimal] | None = None
    for text in reviewed.texts:
        near = [] if text.about == SUMMARY else rows_near(reviewed, text)
        for sentence in sentences_of(text.text):
            figures = [f for f in figures_in(sentence) if _is_told(f, sentence, text.is_units)]
            if not figures:
                continue
            row = reviewed.row_of(sentence, near or reviewed.rows)
            if not text.is_units and (row is None or reviewed.vocabulary.about.search(sentence)):
                continue
            if (
                row is not None
                and all(_fits(f, row) for f in figures)
                and not _is_about_other(reviewed, sentence)
            ):
                known = _of_row(reviewed, row, text)
                whole = _of_row_texts(reviewed, row, text)
            elif not text.is_units:
                continue
            elif text.about == SUMMARY or everything is None:
                everything = everything or set(_everything(reviewed))
                known, whole = everything, set()
            else:
                known, whole = everything, set()
            if _is_of_an_unknown_time(reviewed, sentence, row):
                continue
            for figure in figures:
                if not _is_known(figure, known | whole):
                    yield _finding(reviewed, text, sentence, figure, row)
                    break


def _is_told(figure: Figure, sentence: str, units: bool) -> bool:
    """Whether the figure is one that is read off something: a share, an amount, a greater count."""
    if figure.unit in ("%", "tkr", "mnkr", "kr", "points") or decimals_of(figure.number):
        return True
    if _TIMES.match(sentence[figure.end :].lower()):
        return False
    return units and figure.number >= _TOLD and figure.printed[:1].isdigit()


def _fits(figure: Figure, row: Row) -> bool:
    if row.unit == "%":
        return figure.unit in ("%", "points")
    return figure.unit in ("", row.unit) and not row.unit.startswith("%")


def _is_about_other(reviewed: Reviewed, sentence: str) -> bool:
    """Whether the words narrow the figure to what the row does not know."""
    words = reviewed.vocabulary
    return words.about.search(sentence) is not None or words.forecast.search(sentence) is not None


def _is_of_an_unknown_time(reviewed: Reviewed, sentence: str, row: Row | None) -> bool:
    """Whether the sentence is of a time that there are no values of: nobody can say where they come from."""
    if row is None:
        return False
    years = {int(year) for year in _YEARS.findall(sentence)} - {reviewed.data.key.year}
    if not years and not reviewed.vocabulary.before.search(sentence):
        return False
    known = reviewed.periods.get(row.indicator.id, frozenset())
    wanted = years or {reviewed.data.key.year - 1}
    return not any(str(year) in period for year in wanted for period in known)


def _of_row(reviewed: Reviewed, row: Row, text: Text) -> set[Decimal]:
    """Every figure of an indicator: values, targets, earlier values, and differences between them.

    A sub-unit's text is held against its own values and the unit's, not against its neighbours'.
    """
    result = reviewed.compiled.indicators[row.indicator.id]
    scopes = None if text.is_units else (text.scope, WHOLE_UNIT)
    values = set(_values(result, scopes))
    earlier = {
        v.number
        for v in reviewed.data.history.values
        if v.indicator == row.indicator.id and (scopes is None or v.scope in scopes)
    }
    targets = {t.number for t in row.targets if t.number is not None}
    compared = {c.figure.number for c in result.compared}
    if text.scope is not None:
        periods = reviewed.data.kind.compared_periods(reviewed.data.key.year)
        before = part_before(reviewed.data.history, periods, text.scope, result)
        compared |= {before} if before is not None else set()
    base = {round_half_up(n, result.measure.decimals) for n in (*values, *compared)} | targets
    differences = {abs(a - b) for a, b in combinations(base, 2)} | {Decimal(0)}
    return values | base | earlier | targets | compared | differences


def _of_row_texts(reviewed: Reviewed, row: Row, text: Text) -> set[Decimal]:
    """Figures of what the sub-units wrote under the row's goal, for the unit's text; of the plan for all."""
    found = set(_of_words(row.goal.sections.values()))
    if text.is_units:
        found |= set(_of_words(t.text for t in reviewed.texts_under(row.goal, units=False)))
    return found


def _values(result: IndicatorResult, scopes: tuple[str | None, ...] | None) -> Iterator[Decimal]:
    yield Decimal(result.groups)
    parts = (part.figures for part in result.parts if scopes is None or part.scope in scopes)
    for figures in (result.figures, *parts):
        for figure in figures.values():
            yield figure.number
            if figure.respondents is not None:
                yield Decimal(figure.respondents)


def _everything(reviewed: Reviewed) -> Iterator[Decimal]:
    """Every figure that the cycle knows, and what is reckoned from its sections and goals."""
    data = reviewed.data
    for row in reviewed.rows:
        yield from _of_row(reviewed, row, Text("", "", None, "", ""))
    for question in data.kind.asks:
        numbers = [
            a.number for s in data.expected if (a := data.answer(s, question.id)) and a.number is not None
        ]
        yield from numbers
        yield sum(numbers, Decimal(0))
    amounts = [
        a.number
        for q in data.kind.asks
        if q.scope in data.expected
        for a in [data.answer(q.scope, q.id)]
        if a and a.number is not None
    ]
    yield from (abs(a - b) for a in amounts for b in amounts)
    yield from (round_half_up(100 * a / b, 1) for a in amounts for b in amounts if b)
    yield from (round_half_up(100 * abs(a - b) / b, 1) for a in amounts for b in amounts if b)
    yield from (Decimal(n) for n in (len(data.expected), len(data.asked_subunits), len(data.submissions)))
    plan = data.plan
    yield from _of_words((*plan.front.values(), *plan.back.values()))
    for goal in plan.walk():
        yield from _of_words((goal.title, *goal.sections.values(), *(a.title for a in goal.activities)))
    yield from _of_words(text.text for text in reviewed.texts if not text.is_units)
    yield from _of_words(text.text for text in data.history.texts)


def _of_words(texts: Iterable[str]) -> Iterator[Decimal]:
    for text in texts:
        yield from (figure.number for figure in figures_in(text))


def _is_known(figure: Figure, known: Iterable[Decimal]) -> bool:
    """Whether the figure is one of the known, rounded as it is written; "drygt" may be off a little."""
    scale = {"mnkr": Decimal(1000), "kr": Decimal("0.001")}.get(
        figure.unit, Decimal(1)
    )  # sections are in tkr
    number, decimals = abs(figure.number), decimals_of(figure.number)
    for one in map(abs, known):
        if number in (one, round_half_up(one / scale, decimals)):
            return True
        if figure.approximate and abs(number - one / scale) <= one / scale * _NEARLY:
            return True
    return False


def _finding(reviewed: Reviewed, text: Text, sentence: str, figure: Figure, row: Row | None) -> Finding:
    told = shown(figure.number, figure.unit)
    held = "någon uppgift i rapporten, planen eller verksamheternas svar"
    value = None
    if row is not None and _fits(figure, row):
        result = reviewed.compiled.indicators[row.indicator.id]
        whose = Sex.TOTAL
        number = result.number
        if text.scope is not None:
            figures = next((p.figures for p in result.parts if p.scope == text.scope), {})
            number = figures[whose].number if whose in figures else None
        if number is not None:
            value = format_quantity(number, result.measure.unit, result.measure.decimals)
            held = f"det som är lämnat om {row.indicator.name} ({value})"
    return Finding(
        "figure-without-source",
        Severity.WARNING,
        text.where,
        f"Texten säger {told}, men talet går inte att hitta i {held}.",
        {
            "text": told,
            "value": value,
            "sentence": sentence,
            "origin": "verksamheternas svar, planen och tidigare rapporter",
        },
        mend="Rätta talet, eller skriv varifrån det kommer.",
    )
