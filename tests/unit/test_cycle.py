"""What is due in a cycle: nothing early, nothing twice, nobody chased in vain."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arshjul.cycle import CycleKey, Due, Progress, chasing, due, skipped, waits_for
from arshjul.plan import Kind
from arshjul.wheel import STOCKHOLM, Milestones


def at(month: int, day: int, hour: int = 8) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=STOCKHOLM)


T2 = Milestones(
    kind=Kind.T2,
    year=2026,
    period_start=date(2026, 1, 1),
    period_end=date(2026, 8, 31),
    as_of=date(2026, 8, 31),
    opens=at(8, 24),
    reminders=(at(9, 8), at(9, 14)),
    last_day=None,
    due=at(9, 11),
    escalation=at(9, 15),
    compile=at(9, 17),
    approve_by=at(9, 25),
    distribute=at(9, 28),
    apt_by=at(10, 16),
    archive=at(10, 30),
)
OPENED = Progress(done=frozenset({"open"}), opened_at=at(8, 24), missing=("LARKAN",), inputs="a")
COMPILED = replace(OPENED, missing=(), compiled_from="a")
APPROVED = replace(COMPILED, approved=1)


def names(progress: Progress, now: datetime) -> list[str]:
    return [step.name for step in due(T2, progress, now)]


def test_a_cycle_opens_on_its_morning_and_not_before() -> None:
    assert names(Progress(), at(8, 24, 7)) == []
    assert names(Progress(), at(8, 24)) == ["open"]


def test_nothing_else_is_done_before_the_cycle_has_been_opened() -> None:
    assert names(Progress(missing=("LARKAN",), inputs="a"), at(10, 30)) == ["open"]


def test_a_reminder_goes_on_its_morning_while_somebody_is_missing() -> None:
    assert names(OPENED, at(9, 7)) == []
    assert names(OPENED, at(9, 8)) == ["remind-1"]


def test_nobody_is_chased_when_nothing_is_missing() -> None:
    assert names(replace(OPENED, missing=(), compiled_from="a"), at(9, 16)) == []


def test_a_reminder_that_was_slept_over_never_chases_besides_the_next_one() -> None:
    assert names(OPENED, at(9, 14)) == ["remind-2"]


def test_the_escalation_comes_with_the_last_reminder_when_both_were_slept_over() -> None:
    assert names(OPENED, at(9, 15)) == ["remind-2", "escalate"]


def test_reminders_before_the_one_that_is_sent_count_as_skipped_unless_they_were_sent() -> None:
    assert skipped(T2, "remind-2", frozenset({"open"})) == ("remind-1",)
    assert skipped(T2, "remind-2", frozenset({"remind-1"})) == ()
    assert skipped(T2, "remind-1", frozenset()) == ()


def test_forms_that_went_out_late_are_not_chased_for_the_time_before() -> None:
    late = replace(OPENED, opened_at=at(9, 8))
    assert names(late, at(9, 8)) == []
    assert names(late, at(9, 14)) == ["remind-2"]


def test_chasing_is_in_order_of_time_wherever_the_escalation_stands() -> None:
    early = replace(T2, escalation=at(9, 10))
    assert list(chasing(early)) == ["remind-1", "escalate", "remind-2"]


def test_a_draft_is_made_on_its_date_also_when_somebody_is_missing() -> None:
    chased = replace(OPENED, done=frozenset({"open", "remind-2", "escalate"}))
    assert names(chased, at(9, 16)) == []
    assert names(chased, at(9, 17)) == ["compile"]


def test_a_new_draft_is_made_when_the_data_have_moved_and_only_then() -> None:
    assert names(COMPILED, at(9, 18)) == []
    assert names(replace(COMPILED, inputs="b"), at(9, 18)) == ["compile"]


def test_an_approved_report_is_frozen_and_chases_nobody() -> None:
    moved = replace(APPROVED, inputs="b", missing=("LARKAN",))
    assert names(moved, at(9, 26)) == []


def test_an_approved_report_is_sent_on_its_date_and_archived_on_its() -> None:
    assert names(APPROVED, at(9, 28)) == ["distribute-1"]
    sent = replace(APPROVED, distributed=1, done=APPROVED.done | {"apt"})
    assert names(sent, at(10, 29)) == []
    assert names(sent, at(10, 30)) == ["archive-1"]
    assert names(replace(sent, archived=1), at(12, 1)) == []


def test_the_working_day_after_the_last_apt_those_who_have_not_reported_theirs_are_asked_once() -> None:
    sent = replace(APPROVED, distributed=1)
    last = T2.apt_by.date()
    assert names(sent, at(last.month, last.day)) == []
    assert names(sent, at(10, 29)) == ["apt"]
    assert names(replace(sent, done=sent.done | {"apt"}), at(10, 29)) == []
    assert "apt" not in names(replace(sent, archived=1), at(10, 29))  # history


def test_the_last_day_is_one_of_the_reminders_where_the_wheel_has_one() -> None:
    last_day = replace(T2, last_day=T2.due)
    assert sorted(chasing(last_day).values()) == sorted({*chasing(T2).values(), T2.due})
    same = replace(T2, last_day=T2.reminders[0])
    assert chasing(same) == chasing(T2)  # nobody is reminded twice on one day


def test_a_report_without_a_date_to_be_sent_on_goes_out_when_it_is_approved() -> None:
    undated = replace(T2, distribute=None)
    assert [step.name for step in due(undated, APPROVED, at(9, 20))] == ["distribute-1"]


def test_both_are_made_up_for_in_order_when_both_were_slept_over() -> None:
    assert names(APPROVED, at(11, 2)) == ["distribute-1", "apt", "archive-1"]


def test_a_version_that_was_corrected_before_its_archive_day_is_archived_beside_the_new_one() -> None:
    corrected = replace(APPROVED, approved=2, distributed=2, done=APPROVED.done | {"apt"})
    assert names(corrected, at(10, 30)) == ["archive-1", "archive-2"]
    assert names(replace(corrected, archived=1), at(10, 31)) == ["archive-2"]


def test_a_correction_is_compiled_and_then_sent_and_archived_as_a_version_of_its_own() -> None:
    correcting = replace(APPROVED, distributed=1, archived=1, correcting=True, inputs="b")
    assert names(correcting, at(11, 5)) == ["compile"]
    assert names(replace(correcting, compiled_from="b"), at(11, 5)) == []
    corrected = replace(correcting, compiled_from="b", approved=2, correcting=False)
    assert names(corrected, at(11, 6)) == ["distribute-2", "archive-2"]


def test_a_correction_makes_no_digest_of_a_day_that_passed_after_the_decision() -> None:
    weekly = replace(T2, digests=(at(9, 21), at(9, 28)))
    correcting = replace(APPROVED, done=APPROVED.done | {"digest-2026-09-21"}, correcting=True)
    assert [step.name for step in due(weekly, correcting, at(10, 5))] == []


def test_a_correction_chases_nobody() -> None:
    assert names(replace(APPROVED, correcting=True, missing=("LARKAN",)), at(9, 26)) == []


def test_a_step_is_late_six_hours_after_its_time() -> None:
    assert [step.late for step in due(T2, OPENED, at(9, 8, 14))] == [False]
    assert [step.late for step in due(T2, OPENED, at(9, 8, 15))] == [True]


def test_a_new_draft_or_a_corrected_version_has_missed_no_date() -> None:
    moved = replace(COMPILED, inputs="b")
    assert [step.late for step in due(T2, moved, at(9, 22))] == [False]
    corrected = replace(APPROVED, approved=2, distributed=1, archived=1)
    assert [step.late for step in due(T2, corrected, at(11, 6))] == [False, False]


def test_a_step_tells_its_kind_and_a_cycle_its_name() -> None:
    assert Due("remind-2", at(9, 14), False).kind == "remind"
    assert Due("escalate", at(9, 15), False).kind == "escalate"
    assert str(CycleKey("SOL", Kind.T2, 2026)) == "T2 2026"


@pytest.mark.parametrize(
    ("progress", "words"),
    [
        (Progress(), "Öppnas 2026-08-24."),
        (OPENED, "Väntar på svar. Sista dag är 2026-09-11."),
        (replace(OPENED, missing=()), "Alla har svarat. Sammanställs 2026-09-17."),
        (COMPILED, "Sammanställd. Väntar på enhetschefens godkännande, senast 2026-09-25."),
        (
            replace(COMPILED, blocking_findings=2),
            "Sammanställd. Iakttagelser hindrar ett godkännande: enhetschefen rättar dem eller skriver skäl.",
        ),
        (APPROVED, "Godkänd. Skickas ut 2026-09-28."),
        (replace(APPROVED, distributed=1), "Godkänd och utskickad. Arkiveras 2026-10-30."),
        (replace(APPROVED, distributed=1, archived=1), "Klar: godkänd, utskickad och arkiverad."),
        (
            replace(APPROVED, distributed=1, archived=1, correcting=True),
            "Version 1 rättas. Väntar på enhetschefens godkännande.",
        ),
    ],
)
def test_what_a_cycle_waits_for_is_one_sentence(progress: Progress, words: str) -> None:
    assert waits_for(T2, progress) == words


@dataclass
class World:
    """A cycle that is brought up to date after every event; everything done is logged."""

    now: datetime
    missing: set[str] = field(default_factory=lambda: {"LARKAN", "HUMLAN"})
    state: Progress = field(default_factory=Progress)
    log: list[tuple[datetime, str]] = field(default_factory=list)
    answers: int = 0

    def progress(self) -> Progress:
        known = "open" in self.state.done
        return replace(
            self.state,
            missing=tuple(sorted(self.missing)) if known else (),
            inputs=f"{self.answers} {self.state.approved} {self.state.correcting}" if known else None,
        )

    def happen(self, event: str) -> None:
        match event.split():
            case ["wait", hours]:
                self.now += timedelta(hours=int(hours))
            case ["answer", scope] if "open" in self.state.done:
                self.missing.discard(scope)
                self.answers += 1
            case ["approve"]:
                progress = self.progress()
                open_for_change = not progress.approved or progress.correcting
                if open_for_change and progress.compiled_from and progress.compiled_from == progress.inputs:
                    self.log.append((self.now, f"approve-{progress.approved + 1}"))
                    self.state = replace(self.state, approved=progress.approved + 1, correcting=False)
            case ["correct"] if self.state.approved:
                self.state = replace(self.state, correcting=True)

    def bring_up_to_date(self) -> Iterator[list[Due]]:
        while steps := due(T2, self.progress(), self.now):
            yield steps
            for step in steps:
                self._do(step)

    def _do(self, step: Due) -> None:
        self.log.append((self.now, step.name))
        passed = skipped(T2, step.name, self.state.done) if step.kind == "remind" else ()
        self.state = replace(self.state, done=self.state.done | {step.name, *passed})
        version = int(step.name.partition("-")[2] or 0)
        match step.kind:
            case "open":
                self.state = replace(self.state, opened_at=self.now)
            case "compile":
                self.state = replace(self.state, compiled_from=self.progress().inputs)
            case "distribute":
                self.state = replace(self.state, distributed=version)
            case "archive":
                self.state = replace(self.state, archived=version)


EVENTS = st.one_of(
    st.integers(1, 24 * 12).map(lambda hours: f"wait {hours}"),
    st.sampled_from(["answer LARKAN", "answer HUMLAN", "approve", "approve", "correct"]),
)


@settings(max_examples=100, deadline=None)
@given(st.lists(EVENTS, min_size=1, max_size=30))
def test_whatever_happens_a_cycle_stays_in_order(events: list[str]) -> None:
    world = World(at(8, 20))
    for event in events:
        world.happen(event)
        rounds = []
        for steps in world.bring_up_to_date():
            rounds.append([step.name for step in steps])
            assert all(step.planned <= world.now for step in steps)
            assert world.missing or not {"remind", "escalate"} & {step.kind for step in steps}
            assert sum(step.kind == "remind" for step in steps) <= 1
        assert len(rounds) <= 1 or rounds == [["open"], ["compile"]]
    done = [name for _, name in world.log]
    once = [name for name in done if name != "compile"]
    assert len(once) == len(set(once))
    reminders = [name for name in done if name.startswith("remind")]
    assert reminders == sorted(reminders)
    for name in done:
        kind, _, version = name.partition("-")
        before = {
            "distribute": f"approve-{version}",
            "archive": f"distribute-{version}",
            "approve": "compile",
        }
        assert before.get(kind, "open") in done[: done.index(name) + 1]
