"""What the unit's own approved reports gave, beside what `config/earlier/` says of the time before Årshjul.

A value or text of an approved cycle goes before one in the configuration for the same period. Called when a
form is made and when a cycle is gathered.
"""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from arshjul.adapters.store import tables
from arshjul.adapters.store.tables.answering import SubmissionState
from arshjul.catalogue import Sex
from arshjul.cycle import CycleKey
from arshjul.form_questions import RESPONDENT_PARTS, VALUE_PARTS
from arshjul.history import EarlierText, EarlierValue, History
from arshjul.steps.cycle.cycles import key_of

_SEX = {part: Sex(part) for part in VALUE_PARTS}


class _Answered(NamedTuple):
    """One answer of an approved cycle."""

    field: str
    number: Decimal | None
    text: str | None


_RESPONDENTS = frozenset(RESPONDENT_PARTS.values())


def history_of(session: Session, key: CycleKey, configured: History) -> History:
    """All that is known of other periods than the cycle's own."""
    values: list[EarlierValue] = []
    texts: list[EarlierText] = []
    for period, scope, answers in _approved_answers(session, key.unit_code):
        if period == str(key):
            continue
        for field, answer in answers.items():
            group, _, part = field.rpartition(".")
            if part in _SEX and answer.number is not None:
                respondents = answers.get(f"{group}.{RESPONDENT_PARTS[part]}")
                count = int(respondents.number) if respondents and respondents.number is not None else None
                values.append(EarlierValue(period, scope, group, answer.number, _SEX[part], count))
            elif answer.number is not None and part not in _RESPONDENTS:
                # a question's, by its own id
                values.append(EarlierValue(period, scope, field, answer.number))
            elif answer.text:
                texts.append(EarlierText(period, scope, field, answer.text))
    return History((*configured.values, *values), (*configured.texts, *texts))


def decided_cycles(session: Session, unit_code: str) -> dict[str, tuple[tables.Cycle, datetime]]:
    """The unit's cycles with a decided report, by period ("T2 2026"), and when the newest was decided."""
    cycle = tables.Cycle
    rows = session.execute(
        select(cycle, func.max(tables.ApprovedVersion.approved_at))
        .join(tables.ApprovedVersion, tables.ApprovedVersion.cycle_id == cycle.id)
        .where(cycle.unit_code == unit_code)
        .group_by(cycle.id)
        .order_by(cycle.id)
    )
    return {str(key_of(row)): (row, at) for row, at in rows}


def _approved_answers(session: Session, unit_code: str) -> Iterator[tuple[str, str, dict[str, _Answered]]]:
    """Period, scope and answers of the submissions that count in the unit's approved cycles.

    What came after the decision belongs to no report, and counts first when there is a correction.
    """
    submission, answer = tables.Submission, tables.Answer
    decided = {cycle.id: (period, at) for period, (cycle, at) in decided_cycles(session, unit_code).items()}
    handed_in = session.execute(
        select(submission.cycle_id, submission.scope, submission.id, submission.received_at)
        .where(submission.cycle_id.in_(decided), submission.state == SubmissionState.ACCEPTED)
        .order_by(submission.cycle_id, submission.version)
    )
    newest = {(of, scope): id_ for of, scope, id_, at in handed_in if at <= decided[of][1]}
    answers: dict[int, dict[str, _Answered]] = {id_: {} for id_ in newest.values()}
    given = session.execute(
        select(answer.submission_id, answer.field, answer.number, answer.text)
        .where(answer.submission_id.in_(answers))
        .order_by(answer.submission_id, answer.field)
    )
    for id_, field, number, text in given:
        answers[id_][field] = _Answered(field, number, text)
    for (of, scope), id_ in newest.items():
        yield decided[of][0], scope, answers[id_]
