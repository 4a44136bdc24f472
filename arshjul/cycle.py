"""A cycle (unit, year, kind) and what is due in it: the pure heart of "brought up to date, not run once".

`due` looks at what has been done and at the time, and says which steps to take now; doing them and asking
again gives nothing (only an opening that comes late may let a first draft follow it). A machine that slept
over a date takes the step at its next run, marked late; of several missed letters that chase the same
people only the last is sent, and none that was planned before people had their forms. Doing is in
`arshjul.steps`.
Pure; `now` is always a parameter.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from arshjul.decision_words import decision_words
from arshjul.plan import Kind
from arshjul.wheel import CycleRules, Milestones, morning
from arshjul.workdays import add_workdays

OPEN = "open"
REMIND = "remind"  # "remind-1", "remind-2", …
ESCALATE = "escalate"
COMPILE = "compile"
DIGEST = "digest"  # "digest-2026-09-07"
DISTRIBUTE = "distribute"
ARCHIVE = "archive"
APT = "apt"  # those who have not said when they took the report up are asked

LATE_AFTER = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class CycleKey:
    """Which cycle; `str()` is its name to people: "T2 2026", a monthly report's "MR 2026-03".

    `month` is 1 to 12 for a monthly report and 0 for one of the year.
    """

    unit_code: str
    kind: Kind
    year: int
    month: int = 0

    def __str__(self) -> str:
        return f"{self.kind} {self.of}"

    @property
    def of(self) -> str:
        """What it is about, as it is written: "2026", "2026-03"."""
        return f"{self.year}-{self.month:02}" if self.month else str(self.year)

    @property
    def slug(self) -> str:
        """Its name in files: "T2-2026", "MR-2026-03"."""
        return f"{self.kind}-{self.of}"

    @classmethod
    def named(cls, unit_code: str, name: str) -> "CycleKey":
        """The cycle of a unit by its name to people. ValueError for what is no such name."""
        kind, _, of = name.partition(" ")
        year, _, month = of.partition("-")
        return cls(unit_code, Kind(kind), int(year), int(month or 0))


def keys_of_year(unit_code: str, kind: Kind, rules: CycleRules, year: int) -> tuple[CycleKey, ...]:
    """The cycles of a kind that a unit has in a year: one, or one for each month of a monthly report."""
    return tuple(CycleKey(unit_code, kind, year, month) for month in rules.months or (0,))


@dataclass(frozen=True, slots=True)
class Progress:
    """What has happened in a cycle so far.

    `done` are the names of steps in the ledger; `missing` the scopes that have not answered;
    `opened_at` is when the forms went out, which may be later than planned; `compiled_from`/`inputs` are
    hashes of what the newest draft was made from and what there is now.
    """

    done: frozenset[str] = frozenset()
    opened_at: datetime | None = None
    missing: tuple[str, ...] = ()
    inputs: str | None = None
    compiled_from: str | None = None
    blocking_findings: int = 0
    undecided: int = 0  # goals that wait for the manager's judgement
    approved: int = 0  # number of the newest approved version
    correcting: bool = False  # a correction of that version has been begun
    distributed: int = 0
    archived: int = 0

    @property
    def is_over(self) -> bool:
        """Whether nothing more is due, ever: only a correction that somebody begins changes that."""
        closed = self.approved > 0 and not self.correcting
        return closed and min(self.distributed, self.archived) >= self.approved


@dataclass(frozen=True, slots=True)
class Due:
    """A step to take now, when it was planned for, and whether that is so long ago that it is late."""

    name: str
    planned: datetime
    late: bool

    @property
    def kind(self) -> str:
        """The step without its number: "remind" for "remind-2"."""
        return self.name.partition("-")[0]


def chasing(milestones: Milestones) -> Mapping[str, datetime]:
    """The steps that chase the late ones, in order of time, with their planned times."""
    last_day = () if milestones.last_day is None else (milestones.last_day,)
    reminders = sorted({*milestones.reminders, *last_day})
    planned = {f"{REMIND}-{number}": at for number, at in enumerate(reminders, start=1)}
    planned[ESCALATE] = milestones.escalation
    return dict(sorted(planned.items(), key=lambda step: step[1]))


def asks_for_apt(milestones: Milestones) -> datetime:
    """When those who have not reported their meeting are asked: the working day after its last day."""
    return morning(add_workdays(milestones.apt_by.date(), 1))


def planned_steps(milestones: Milestones) -> list[tuple[datetime, str]]:
    """The times at which the cycle has something to do by itself, with the step, in order of time."""
    steps = [(milestones.opens, OPEN), (milestones.compile, COMPILE), (milestones.archive, ARCHIVE)]
    steps += [(at, name) for name, at in chasing(milestones).items()]
    steps += [(asks_for_apt(milestones), APT)] if milestones.on_apt else []
    steps += [(at, DIGEST) for at in milestones.digests]
    steps += [(milestones.distribute, DISTRIBUTE)] if milestones.distribute else []
    return sorted(steps, key=lambda each: each[0])


def due(milestones: Milestones, progress: Progress, now: datetime) -> list[Due]:
    """The steps to take at `now` (aware), in order; empty when the cycle is up to date."""
    return [
        Due(name, planned, now - planned > LATE_AFTER and not _again(name, progress))
        for name, planned in _steps(milestones, progress, now)
    ]


def _again(name: str, progress: Progress) -> bool:
    """A new draft on new answers, or what follows a correction, has missed no date."""
    if name == COMPILE:
        return progress.compiled_from is not None
    return progress.approved > 1 and name.partition("-")[0] in (DISTRIBUTE, ARCHIVE)


def _steps(milestones: Milestones, progress: Progress, now: datetime) -> Iterator[tuple[str, datetime]]:
    if OPEN not in progress.done:
        if milestones.opens <= now:
            yield OPEN, milestones.opens
        return
    if not progress.approved or progress.correcting:
        if not progress.approved:
            yield from _chasing_due(milestones, progress, now)
        if milestones.compile <= now and progress.compiled_from != progress.inputs:
            yield COMPILE, milestones.compile
        if not progress.approved:  # whoever makes a correction knows where it stands
            yield from _digest_due(milestones, progress, now)
        return
    version = progress.approved
    if progress.distributed < version:
        planned = milestones.distribute or now
        if planned > now:
            return
        yield f"{DISTRIBUTE}-{version}", planned
    asks = milestones.on_apt and APT not in progress.done and not progress.archived
    if asks and (at := asks_for_apt(milestones)) <= now:
        yield APT, at
    if milestones.archive <= now:  # also a version that was corrected before its day came: it was decided
        for number in range(progress.archived + 1, version + 1):
            yield f"{ARCHIVE}-{number}", milestones.archive


def _chasing_due(milestones: Milestones, progress: Progress, now: datetime) -> Iterator[tuple[str, datetime]]:
    """Only the last of the chasing letters whose time has come: nobody is chased twice on one morning.

    The escalation tells the manager and is never replaced by a reminder; it comes together with the
    last one.
    """
    if not progress.missing:
        return
    passed = {
        name: at
        for name, at in chasing(milestones).items()
        if at <= now and (progress.opened_at is None or at > progress.opened_at)
    }
    reminders = [name for name in passed if name != ESCALATE]
    if reminders and reminders[-1] not in progress.done:
        yield reminders[-1], passed[reminders[-1]]
    if ESCALATE in passed and ESCALATE not in progress.done:
        yield ESCALATE, passed[ESCALATE]


def _digest_due(milestones: Milestones, progress: Progress, now: datetime) -> Iterator[tuple[str, datetime]]:
    """The newest weekly digest whose time has come; those that were slept over are not made up for."""
    passed = [
        at
        for at in milestones.digests
        if at <= now and (progress.opened_at is None or at > progress.opened_at)
    ]
    if passed and (name := f"{DIGEST}-{passed[-1]:%Y-%m-%d}") not in progress.done:
        yield name, passed[-1]


def skipped(milestones: Milestones, name: str, done: frozenset[str]) -> tuple[str, ...]:
    """The reminders before reminder `name` that were never sent; they are put to the ledger as skipped."""
    earlier = []
    for step in chasing(milestones):
        if step == name:
            break
        if step != ESCALATE and step not in done:
            earlier.append(step)
    return tuple(earlier)


def waits_for(milestones: Milestones, progress: Progress) -> str:
    """One Swedish sentence: what the cycle waits for when no step is due."""
    if OPEN not in progress.done:
        return f"Öppnas {milestones.opens:%Y-%m-%d}."
    if progress.approved and not progress.correcting:
        return _after_approval(milestones, progress)
    if progress.compiled_from is None:
        if progress.missing:
            return f"Väntar på svar. Sista dag är {milestones.due:%Y-%m-%d}."
        return f"Alla har svarat. Sammanställs {milestones.compile:%Y-%m-%d}."
    words = decision_words(milestones.kind)
    begun = f"Version {progress.approved} rättas." if progress.correcting else "Sammanställd."
    if progress.undecided:
        return f"Sammanställd. {progress.undecided} mål väntar på enhetschefens bedömning."
    if progress.blocking_findings:
        return f"{begun} Iakttagelser hindrar ett {words.act}: enhetschefen rättar dem eller skriver skäl."
    latest = "" if progress.correcting else f", senast {milestones.approve_by:%Y-%m-%d}"
    return f"{begun} Väntar på enhetschefens {words.act}{latest}."


def _after_approval(milestones: Milestones, progress: Progress) -> str:
    done = decision_words(milestones.kind).done
    if progress.distributed < progress.approved:
        if milestones.distribute is None or progress.approved > 1:
            return f"{done.capitalize()}. Skickas ut vid nästa körning."
        return f"{done.capitalize()}. Skickas ut {milestones.distribute:%Y-%m-%d}."
    if progress.archived < progress.approved:
        return f"{done.capitalize()} och utskickad. Arkiveras {milestones.archive:%Y-%m-%d}."
    return f"Klar: {done}, utskickad och arkiverad."
