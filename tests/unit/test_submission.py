from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arshjul.answers import Answer, State
from arshjul.errors import BadInput
from arshjul.submission import Submission, canonical_json, from_canonical_json

SUBMISSION = Submission(
    cycle="T2 2026",
    unit_code="SOL",
    scope="LARKAN",
    person="anna",
    version=2,
    based_on=1,
    received_at=datetime(2026, 9, 8, 6, 0, tzinfo=UTC),
    answers={
        "I01.women": Answer("I01.women", State.VALUE, number=Decimal("82.5")),
        "G1.analysis": Answer("G1.analysis", State.VALUE, text="Två\nrader"),
        "I02.state": Answer("I02.state", State.NO_DATA),
    },
)

texts = st.text(st.characters(exclude_categories=["Cs"]))
answers = st.one_of(
    st.builds(lambda n: {"number": n}, st.decimals(allow_nan=False, allow_infinity=False)),
    st.builds(lambda t: {"text": t}, texts),
)


def test_the_canonical_json_is_one_fixed_text():
    assert canonical_json(SUBMISSION) == (
        '{"answers":{"G1.analysis":{"state":"value","text":"Två\\nrader"},'
        '"I01.women":{"number":"82.5","state":"value"},"I02.state":{"state":"no_data"}},'
        '"based_on":1,"cycle":"T2 2026","format":1,"person":"anna",'
        '"received_at":"2026-09-08T06:00:00.000000+00:00","scope":"LARKAN","unit":"SOL","version":2}'
    )


def test_the_same_answers_give_the_same_fingerprint_however_they_were_put_together():
    summer_time = SUBMISSION.received_at.astimezone(timezone(timedelta(hours=2)))
    again = replace(
        SUBMISSION,
        received_at=summer_time,
        answers=dict(reversed(SUBMISSION.answers.items()))
        | {"I01.women": Answer("I01.women", State.VALUE, number=Decimal("82.50"))},
    )
    assert again.fingerprint == SUBMISSION.fingerprint
    assert len(SUBMISSION.fingerprint) == 64


@pytest.mark.parametrize("change", [{"version": 3}, {"person": "bo"}, {"answers": {}}])
def test_another_submission_has_another_fingerprint(change: dict[str, object]):
    assert replace(SUBMISSION, **change).fingerprint != SUBMISSION.fingerprint  # type: ignore[arg-type]


@given(st.dictionaries(texts, answers))
def test_a_submission_comes_back_as_it_was(given_answers: dict[str, dict[str, object]]):
    submission = replace(
        SUBMISSION,
        answers={
            key: Answer(key, State.VALUE, **value)  # type: ignore[arg-type]
            for key, value in given_answers.items()
        },
    )
    back = from_canonical_json(canonical_json(submission))
    assert back == submission
    assert back.fingerprint == submission.fingerprint


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        replace(SUBMISSION, received_at=datetime(2026, 9, 8))  # noqa: DTZ001 - the fault that is tested


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format":2}', '{"format":1,"answers":{"a":{}}}', "null"])
def test_what_is_no_submission_is_said_to_be_damaged(text: str):
    with pytest.raises(BadInput, match=r"Inlämningen"):
        from_canonical_json(text)
