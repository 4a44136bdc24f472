"""Several runs do a morning's work at once; whoever has a part in several of them gets one letter."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest

from arshjul.adapters.outbox_server import OutboxServer
from arshjul.cycle import CycleKey
from arshjul.office import Office
from arshjul.plan import Kind
from arshjul.steps.cycle.behind import PATIENCE, cycles_behind, others_at_work, units_with_duties_behind
from arshjul.steps.cycle.lease import leased
from arshjul.steps.cycle.morning import bring_up_to_date, morning
from arshjul.steps.duties.duties import tell_of_duties
from tests.example import Home, at
from tests.steps.posted import read, text_of, to

BOTH_OPEN = at("2026-08-24 08:00")  # the machine was off when Hamngatan's report opened
SOL, HAM = CycleKey("SOL", Kind.T2, 2026), CycleKey("HAM", Kind.T2, 2026)


@pytest.fixture
def office(home: Home, outbox: OutboxServer) -> Iterator[Office]:
    """Everything else has been seen to; the two reports open this morning."""
    home.send_to(outbox.port)
    with home.office() as opened:
        for key in cycles_behind(opened, BOTH_OPEN):
            if key not in (SOL, HAM):
                bring_up_to_date(opened, key, BOTH_OPEN)
        for unit in units_with_duties_behind(opened, BOTH_OPEN):
            tell_of_duties(opened, unit.code, BOTH_OPEN)
        yield opened


def test_the_last_run_of_a_morning_sends_what_all_have_to_tell(office: Office, outbox: OutboxServer) -> None:
    assert morning(office, SOL, BOTH_OPEN, among_others=True).posted.sent == 0
    assert outbox.letters() == []
    assert morning(office, HAM, BOTH_OPEN, among_others=True).posted.sent > 0
    came = read(outbox)
    assert set(Counter(map(to, came)).values()) == {1}
    [peters] = [letter for letter in came if to(letter) == "peter.wallgren"]
    assert all(f"– {unit}" in text_of(peters) for unit in ("Solgläntan", "Hamngatan"))


def test_a_run_that_somebody_started_by_hand_sends_at_once(office: Office, outbox: OutboxServer) -> None:
    assert morning(office, SOL, BOTH_OPEN).posted.sent > 0


def test_upkeep_waits_for_the_runs_of_its_own_quarter_and_for_no_others(office: Office) -> None:
    sol_opens = at("2026-08-24 08:00")
    bring_up_to_date(office, HAM, sol_opens)  # planned for the 19th: a run that is late, or that failed
    assert others_at_work(office, sol_opens, PATIENCE)
    assert not others_at_work(office, at("2026-08-24 08:15"), PATIENCE)
    assert others_at_work(office, at("2026-08-24 08:15"))
    bring_up_to_date(office, SOL, sol_opens)
    assert not others_at_work(office, sol_opens)


def test_upkeep_waits_for_whoever_is_at_a_report_that_is_late(office: Office) -> None:
    bring_up_to_date(office, SOL, BOTH_OPEN)
    assert not others_at_work(office, BOTH_OPEN, PATIENCE)  # Hamngatan was planned for the 19th
    another = replace(office, name="provet:0:b")
    with leased(another, HAM, BOTH_OPEN):
        assert others_at_work(office, BOTH_OPEN, PATIENCE)
        assert not others_at_work(another, BOTH_OPEN, PATIENCE)
    assert not others_at_work(office, BOTH_OPEN, PATIENCE)
