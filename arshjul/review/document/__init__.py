"""The checks of a document, each a function from `Model` to findings; `CHECKS` is the list. Pure."""

from collections.abc import Callable, Iterator

from arshjul.review.document.activities import activities
from arshjul.review.document.analyses import figures_against_rows, units_missing, values_only_in_words
from arshjul.review.document.directions import directions, from_to
from arshjul.review.document.enumerations import counts_of_lists
from arshjul.review.document.goals import full_over_missed, rated_above_goals_below, words_against_rating
from arshjul.review.document.model import Model
from arshjul.review.document.money import totals_of_money
from arshjul.review.document.movements_of_people import people_told_twice, stock_of_people
from arshjul.review.document.names import names_spelt_two_ways
from arshjul.review.document.repeats import goals_twice, headings_twice, rows_twice, texts_twice
from arshjul.review.document.sexes import sexes_compared
from arshjul.review.document.shares import shares_in_all, shares_of_whole
from arshjul.review.document.sums import totals_in_texts, totals_of_lists, totals_without_the_word
from arshjul.review.document.tables import tables_in_texts
from arshjul.review.document.target_words import target_words, targets_in_plans
from arshjul.review.document.unit_values import outcomes_missing, totals_against_sexes, unit_values
from arshjul.review.document.years import periods_of_rows, wrong_years, years_of_values
from arshjul.review.finding import Finding

CHECKS: tuple[Callable[[Model], Iterator[Finding]], ...] = (
    totals_in_texts,
    totals_of_lists,
    totals_without_the_word,
    totals_of_money,
    tables_in_texts,
    shares_of_whole,
    shares_in_all,
    figures_against_rows,
    values_only_in_words,
    units_missing,
    directions,
    from_to,
    sexes_compared,
    target_words,
    targets_in_plans,
    unit_values,
    totals_against_sexes,
    outcomes_missing,
    counts_of_lists,
    people_told_twice,
    stock_of_people,
    full_over_missed,
    rated_above_goals_below,
    words_against_rating,
    activities,
    wrong_years,
    periods_of_rows,
    years_of_values,
    names_spelt_two_ways,
    rows_twice,
    goals_twice,
    headings_twice,
    texts_twice,
)

__all__ = ["CHECKS", "Model"]
