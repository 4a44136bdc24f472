"""Every code that a finding can have, and what `config/review.yaml` may name; see the handbook. Pure."""

OF_CYCLES = frozenset(
    {
        "already-released",
        "alt-text-missing",
        "analysis-missing",
        "changed-without-a-word",
        "contact-in-text",
        "figure-without-source",
        "goals-counted-wrong",
        "identity-number-in-text",
        "jump-against-history",
        "missed-without-analysis",
        "missing-answer",
        "part-against-figures",
        "person-pointed-out",
        "promise-not-mentioned",
        "promise-unanswered",
        "rated-higher-without-why",
        "result-against-numbers",
        "same-text-under-goals",
        "staff-named",
        "target-open",
        "text-from-earlier-report",
        "total-against-figures",
        "withheld-in-text",
    }
)
OF_DOCUMENTS = frozenset(
    {
        "activity-dates-reversed",
        "activity-outside-year",
        "activity-without-result",
        "heading-twice",
        "outcome-missing",
        "period-differs",
        "rated-above-goals-below",
        "row-twice",
        "row-twice-differs",
        "section-twice",
        "target-differs",
        "total-against-sexes",
        "unit-missing",
        "unit-value-against-parts",
        "unit-value-of-one",
        "value-only-in-text",
    }
)
OF_BOTH = frozenset(
    {
        "count-differs-from-list",
        "deviation-without-analysis",
        "direction-against-figures",
        "figure-against-row",
        "full-over-missed-target",
        "name-spelt-two-ways",
        "sexes-against-row",
        "sign-against-word",
        "sum-mismatch",
        "target-words-against-figures",
        "text-twice",
        "told-twice-differently",
        "words-against-rating",
        "wrong-year",
    }
)
CODES = OF_CYCLES | OF_DOCUMENTS | OF_BOTH
