"""The review of a compiled cycle: what a careful controller would write in the margin before it is signed.

Each check is a function from `Reviewed` to findings; `CHECKS` is the list, and what a document would be told
for stands in it too (`as_printed`). Codes are bound to what they check; `config/review.yaml` sets severities
and switches codes off. Called by `arshjul.steps.report.compiling` and `arshjul review`. Pure.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from arshjul.compilation import Compiled
from arshjul.config.review_settings import ReviewSettings, default_review_settings
from arshjul.report.blocks import Report
from arshjul.review.cycle.as_printed import as_printed
from arshjul.review.cycle.changes import changes_without_a_word, open_targets
from arshjul.review.cycle.characters import characters_lost
from arshjul.review.cycle.counted import counts_against_values, goals_counted
from arshjul.review.cycle.fewer_or_more import fewer_or_more
from arshjul.review.cycle.figures_drawn import figures_without_words
from arshjul.review.cycle.higher import higher_without_why
from arshjul.review.cycle.jumps import jumps
from arshjul.review.cycle.lists import parts_in_lists
from arshjul.review.cycle.missing import (
    activities_unanswered,
    expected_results_unmentioned,
    judgements_without_analysis,
    missing_answers,
    promises_unanswered,
    targets_without_analysis,
)
from arshjul.review.cycle.money import results_against_numbers
from arshjul.review.cycle.money_parts import parts_of_amounts
from arshjul.review.cycle.persons import (
    contacts_in_texts,
    identity_numbers_in_texts,
    persons_pointed_out,
    staff_named_in_texts,
)
from arshjul.review.cycle.reviewed import Reviewed
from arshjul.review.cycle.sourced import figures_without_source
from arshjul.review.cycle.spelling import names_spelt_wrong
from arshjul.review.cycle.standing import same_under_goals, texts_left_standing
from arshjul.review.cycle.totals import full_over_missed, totals_against_figures, wrong_totals
from arshjul.review.cycle.withheld import already_released, withheld_in_texts
from arshjul.review.finding import Finding, Severity

Check = Callable[[Reviewed], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    missing_answers,
    full_over_missed,
    higher_without_why,
    wrong_totals,
    totals_against_figures,
    parts_in_lists,
    counts_against_values,
    goals_counted,
    results_against_numbers,
    parts_of_amounts,
    fewer_or_more,
    as_printed,
    figures_without_source,
    targets_without_analysis,
    judgements_without_analysis,
    activities_unanswered,
    expected_results_unmentioned,
    promises_unanswered,
    texts_left_standing,
    same_under_goals,
    jumps,
    changes_without_a_word,
    open_targets,
    names_spelt_wrong,
    withheld_in_texts,
    already_released,
    identity_numbers_in_texts,
    persons_pointed_out,
    staff_named_in_texts,
    contacts_in_texts,
)


def review_cycle(
    compiled: Compiled,
    settings: ReviewSettings | None = None,
    report: Report | None = None,
    unprintable: Callable[[str], str] | None = None,
) -> list[Finding]:
    """The findings of a compiled cycle, errors first, then in the order of the checks.

    A sentence is told for one thing: what the cycle's own checks say goes before what a document would be
    told. `report` is looked over for figures without words where it is given, and the texts for characters
    that cannot be printed where `unprintable` says which of a text's are such.
    """
    settings = settings or default_review_settings()
    reviewed = Reviewed(compiled, settings)
    found = _told_once(f for check in CHECKS for f in check(reviewed) if f.code not in settings.switched_off)
    if report is not None:
        found += figures_without_words(report)
    if unprintable is not None:
        found += characters_lost(reviewed, unprintable)
    judged = [
        replace(f, severity=settings.severities.get(f.code, f.severity))
        for f in found
        if f.code not in settings.switched_off
    ]
    order = list(Severity)
    return sorted(judged, key=lambda finding: order.index(finding.severity))


_SAME = {"sum-mismatch", "total-against-figures"}  # two things to say of one total


def _told_once(findings: Iterator[Finding]) -> list[Finding]:
    """The findings without those on a sentence that has been told for a figure already."""
    found: dict[str, Finding] = {}
    told: dict[str, str] = {}
    for finding in findings:
        sentence = finding.evidence.get("sentence")
        if isinstance(sentence, str):
            before = told.setdefault(sentence, finding.code)
            if before != finding.code and {before, finding.code} != _SAME:
                continue
        found.setdefault(finding.key, finding)
    return list(found.values())
