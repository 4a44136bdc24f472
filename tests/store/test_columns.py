"""Values come back from the store exactly as they went in, on every database."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import StatementError

from arshjul.adapters.store import tables
from arshjul.adapters.store.columns import canonical
from arshjul.adapters.store.database import Database
from tests.example import at
from tests.store.rows import a_cycle, an_answer


def test_a_time_is_kept_in_utc_and_given_back_aware(store: Database) -> None:
    summer = at("2026-09-08 08:00:00.123456")
    with store.writing() as session:
        a_cycle(session, created_at=summer)
    with store.reading() as session:
        assert session.scalars(select(tables.Cycle.created_at)).one() == summer
        assert session.scalars(select(tables.Cycle.created_at)).one().tzinfo is UTC
        kept = session.scalars(text("SELECT created_at FROM cycle").columns()).one()
    assert str(kept) == "2026-09-08 06:00:00.123456"


def test_the_hour_that_comes_twice_in_october_keeps_its_order(store: Database) -> None:
    before = datetime(2026, 10, 25, 2, 30, tzinfo=timezone(timedelta(hours=2)))
    after = datetime(2026, 10, 25, 2, 30, tzinfo=timezone(timedelta(hours=1)))
    with store.writing() as session:
        a_cycle(session, created_at=after, year=2026)
        a_cycle(session, created_at=before, year=2027)
    with store.reading() as session:
        years = session.scalars(select(tables.Cycle.year).order_by(tables.Cycle.created_at)).all()
    assert years == [2027, 2026]


def test_a_time_without_zone_is_refused(store: Database) -> None:
    with pytest.raises(StatementError, match="without zone"), store.writing() as session:
        a_cycle(session, created_at=datetime(2026, 9, 8, 8))  # noqa: DTZ001
    with store.reading() as session:
        assert session.scalars(select(tables.Cycle)).all() == []


@pytest.mark.parametrize("written", ["0", "0.10", "-350", "123456789012.123456789012", "1E+3"])
def test_a_decimal_keeps_every_digit(store: Database, written: str) -> None:
    with store.writing() as session:
        an_answer(session, number=Decimal(written))
    with store.reading() as session:
        kept = session.scalars(select(tables.Answer.number)).one()
    assert kept == Decimal(written)
    assert kept is not None
    assert kept.as_tuple().exponent == min(0, Decimal(written).as_tuple().exponent)  # type: ignore[type-var]


def test_no_value_stays_no_value_and_zero_stays_zero(store: Database) -> None:
    with store.writing() as session:
        submission = an_answer(session, number=None, field="I01.total")
        session.execute(
            insert(tables.Answer).values(
                submission_id=submission, field="I02.total", state="value", number=Decimal(0)
            )
        )
    with store.reading() as session:
        kept = session.scalars(select(tables.Answer.number).order_by(tables.Answer.field)).all()
    assert kept == [None, Decimal(0)]


def test_json_is_written_one_way_whatever_order_it_was_made_in(store: Database) -> None:
    assert canonical({"b": ["å", 1], "a": None}) == canonical({"a": None, "b": ["å", 1]})
    with store.writing() as session:
        cycle = a_cycle(session)
        at_time = at("2026-09-08 08:00")
        session.add(
            tables.Step(
                cycle_id=cycle, name="open", planned_at=at_time, done_at=at_time, result={"ö": [1], "a": {}}
            )
        )
    with store.reading() as session:
        assert session.scalars(select(tables.Step.result)).one() == {"a": {}, "ö": [1]}
        assert session.scalars(text("SELECT result FROM step").columns()).one() == '{"a":{},"ö":[1]}'
