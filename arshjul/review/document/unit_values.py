"""The unit's value against its workplaces' values in the list of the analysis.

A count is their sum. A share is a mean of groups of different size: it lies between them, near their plain
mean, and is hardly ever just what one of them has.
"""

from collections.abc import Iterator
from decimal import Decimal
from statistics import pstdev

from arshjul.numbers import round_half_up
from arshjul.review.document.analyses import value_of
from arshjul.review.document.explained import meant_among, rows_near
from arshjul.review.document.model import Model
from arshjul.review.figures import agree, shown
from arshjul.review.finding import Finding, Severity
from arshjul.review.rows import Row
from arshjul.review.statements import Item, Listing, Passage

_ROUNDED = Decimal("0.5")  # of a unit: what rounding can move a value
_FEWEST = 3  # workplaces of a list that can say something of the whole unit


def unit_values(model: Model) -> Iterator[Finding]:
    """A unit's value that its workplaces' values deny: outside them, one of them, far from their mean."""
    for row in model.rows:
        passage, value = model.analysis_of(row), value_of(row, model)
        listing = _list_of(row, passage, model) if passage else None
        if passage is None or listing is None or value is None:
            continue
        yield from (
            _sum_of(row, value[0], listing, passage, model)
            if row.counts
            else _mean_of(row, value[0], listing, passage, model)
        )


def totals_against_sexes(model: Model) -> Iterator[Finding]:
    """A value for all that lies outside those of women and men, and is not their sum either.

    Where most rows of a table are so, its columns were not understood and nothing is said.
    """
    told = [row for row in model.rows if None not in (row.outcome, row.men, row.women) and not row.is_unsure]
    wrong = [row for row in told if not _is_of_sexes(row)]
    for row in wrong:
        beside = [one for one in told if one.goal is row.goal]
        if len(beside) > 1 and 2 * sum(one in wrong for one in beside) > len(beside):
            continue
        all_of_them = shown(row.outcome or Decimal(0), row.unit)
        women, men = (shown(value or Decimal(0), row.unit) for value in (row.women, row.men))
        yield model.at_place(
            "total-against-sexes",
            Severity.WARNING,
            row.indicator.name,
            row.indicator.id,
            f"Utfallet {all_of_them} ligger inte mellan kvinnor/flickor {women} och män/pojkar {men}.",
            {"outcome": all_of_them, "women": women, "men": men},
        )


def outcomes_missing(model: Model) -> Iterator[Finding]:
    """An outcome that is empty although women's and men's are given."""
    for row in model.rows:
        empty = model.is_report and not (row.indicator.outcome or "").strip() and not row.is_unsure
        if empty and value_of(row, model) is None and row.women is not None and row.men is not None:
            women, men = shown(row.women, row.unit), shown(row.men, row.unit)
            yield model.at_place(
                "outcome-missing",
                Severity.WARNING,
                row.indicator.name,
                row.indicator.id,
                f"Utfallet är tomt, men för kvinnor/flickor står {women} och för män/pojkar {men}.",
                {"women": women, "men": men},
            )


def _is_of_sexes(row: Row) -> bool:
    """Whether the value for all can be that of these women and men."""
    if row.outcome is None or row.men is None or row.women is None:
        return True
    low, high = sorted((row.men, row.women))
    return low - _ROUNDED <= row.outcome <= high + _ROUNDED or row.men + row.women == row.outcome


def _list_of(row: Row, passage: Passage, model: Model) -> list[Item] | None:
    """The workplaces' values in a row's analysis: one figure each, in the row's unit."""
    for listing in passage.listings:
        if passage.shared and not _is_of(row, listing, passage, model):
            continue
        items = [item for item in _without_totals(listing, model) if item.figures]
        fits = all(
            len(item.figures) == 1 and item.figures[0].unit in ("%",)
            if row.unit == "%"
            else len(item.figures) == 1
            for item in items
        )
        money = any(figure.is_money for item in items for figure in item.figures)
        if (
            len(items) >= _FEWEST
            and fits
            and not money
            and not any(model.vocabulary.halves.match(i.label) for i in items)
        ):
            return items
    return None


def _is_of(row: Row, listing: Listing, passage: Passage, model: Model) -> bool:
    """Whether a list under a whole table is about the row: by the words above it, else its unit alone."""
    near = rows_near(passage, model)
    told = meant_among(listing.above.text, near) if listing.above else set()
    if told:
        return row.indicator.name in told
    units = {figure.unit for item in listing.items for figure in item.figures}
    fits = {one.indicator.name for one in near if units == ({"%"} if one.unit == "%" else {""})}
    return fits == {row.indicator.name}


def _without_totals(listing: Listing, model: Model) -> list[Item]:
    return [item for item in listing.items if not model.vocabulary.total.match(item.label)]


def _sum_of(row: Row, value: Decimal, items: list[Item], passage: Passage, model: Model) -> Iterator[Finding]:
    made = sum((item.figures[0].number for item in items), Decimal(0))
    if made == value:
        return
    one = next((item for item in items if item.figures[0].number == value), None)
    yield _of_unit(
        row, value, made, one, items, passage, model, f"delarna i analysen blir {shown(made, row.unit)}"
    )


def _mean_of(
    row: Row, value: Decimal, items: list[Item], passage: Passage, model: Model
) -> Iterator[Finding]:
    numbers = [item.figures[0].number for item in items]
    mean = round_half_up(sum(numbers, Decimal(0)) / len(numbers), 1)
    off = abs(value - mean)
    outside = value < min(numbers) - Decimal("0.5") or value > max(numbers) + Decimal("0.5")
    one = next((item for item in items if agree(item.figures[0].number, value)), None)
    spread = Decimal(str(pstdev(float(number) for number in numbers)))
    far = off > model.limits.mean_points and off > model.limits.mean_spread * spread
    if not outside and not far and (one is None or off <= model.limits.one_points):
        return
    told = f"verksamheternas medelvärde är {shown(mean, row.unit)}"
    if outside:
        lowest, highest = shown(min(numbers), row.unit), shown(max(numbers), row.unit)
        told = f"verksamheterna ligger mellan {lowest} och {highest}"
    yield _of_unit(row, value, mean, None if outside else one, items, passage, model, told)


def _of_unit(
    row: Row,
    value: Decimal,
    made: Decimal,
    one: Item | None,
    items: list[Item],
    passage: Passage,
    model: Model,
    told: str,
) -> Finding:
    """The finding on a unit's value; `one` is the workplace whose own value it is."""
    now = shown(value, row.unit)
    whose = f" {now} är {one.label}s eget värde." if one else ""
    return model.in_text(
        "unit-value-of-one" if one else "unit-value-against-parts",
        Severity.ERROR if row.counts else Severity.WARNING,
        passage,
        (one or items[0]).sentence,
        f"Enhetens värde anges till {now}, men {told} ({row.indicator.name}).{whose}",
        {"unit": now, "parts": shown(made, row.unit), "workplace": one.label if one else None},
    )
