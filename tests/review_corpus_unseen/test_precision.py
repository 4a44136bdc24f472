"""What the review of documents has reached on reports with known faults is kept.

What each corpus reached the first time, before it was read, stands in docs/benchmarks.md.
"""

from pathlib import Path

import pytest

from tests.review_corpus.planted import SEEN, THIRD, UNSEEN, Outcome, Score, documents, measure

MOST_MISSED = 1  # a table that the reader takes for rows of its own


@pytest.fixture(scope="module")
def tuning() -> list[Outcome]:
    return [measure(document) for document in documents(UNSEEN, "tuning")]


def test_no_more_than_one_finding_in_twenty_is_false_on_the_unseen_reports(tuning: list[Outcome]) -> None:
    false = {o.name: [f"{f.line} {f.code}: {f.message}" for f in o.false] for o in tuning if o.false}
    assert Score.of(tuning).precision >= 0.95, false


def test_the_unseen_reports_without_faults_have_no_findings(tuning: list[Outcome]) -> None:
    clean = [outcome for outcome in tuning if outcome.is_clean]
    assert len(clean) == 4
    assert [f"{o.name} {f.line} {f.code}" for o in clean for f in o.false] == []


def test_the_planted_faults_are_found(tuning: list[Outcome]) -> None:
    missed = [f"{o.name} {fault['line']} {fault['kind']}" for o in tuning for fault in o.missed]
    assert len(missed) <= MOST_MISSED, missed


def test_the_known_reports_keep_their_findings() -> None:
    outcomes = [measure(document) for document in documents(SEEN)]
    score = Score.of(outcomes)
    assert score.false == 0, [f"{o.name} {f.line} {f.code}" for o in outcomes for f in o.false]
    assert score.missed <= 1, [f"{o.name} {fault['line']}" for o in outcomes for fault in o.missed]


@pytest.mark.parametrize(("corpus", "recall"), [(UNSEEN, 0.8), (THIRD, 0.7)])
def test_what_was_only_measured_with_has_few_false_findings_too(corpus: Path, recall: float) -> None:
    score = Score.of([measure(document) for document in documents(corpus, "held_out")])
    assert score.precision >= 0.95
    assert score.recall >= recall
