"""What people do when a letter comes: answer, mend, take the report up, see to a duty, or none of it.

Everybody acts on the letters that she gets, when she gets them; who acts is whoever the letter went to.
They use the product's own ways in: a workbook in the inbox, or the portal's handing in. The managers are in
`cli.simulation.managers`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from sqlalchemy import select

from arshjul.adapters.store import tables
from arshjul.adapters.store.files import file_content
from arshjul.cycle import CycleKey
from arshjul.errors import Refused
from arshjul.form import Form
from arshjul.letters import Duty, Matter, MatterKind, Reminder, ReportOut, Request, Returned, from_json
from arshjul.office import Office
from arshjul.steps.answers.answering import hand_in_saved, persons_form
from arshjul.steps.answers.saving import save_cells
from arshjul.steps.cycle.cycles import find_cycle, hold_cycle, key_of
from arshjul.steps.cycle.settled import settled
from arshjul.steps.duties.duty_words import confirm_duty
from arshjul.steps.meetings.apt_meetings import apt_meetings, record_meeting
from arshjul.wheel import STOCKHOLM, local_day
from arshjul.workdays import add_workdays, is_workday, previous_workday
from cli.simulation.answers import Answers, answers_for, cells, revised, with_faults
from cli.simulation.workbook import filled_in
from cli.simulation.world import World


class Habit(StrEnum):
    """How somebody answers a request."""

    EARLY = "early"
    IN_TIME = "in_time"
    LAST_DAY = "last_day"
    LATE = "late"
    WRONG = "wrong"
    TWICE = "twice"
    PARTLY = "partly"
    AFTER_REMINDER = "after_reminder"
    NEVER = "never"


HABITS = (
    (Habit.EARLY, 16), (Habit.IN_TIME, 26), (Habit.LAST_DAY, 10), (Habit.LATE, 12), (Habit.WRONG, 10),
    (Habit.TWICE, 8), (Habit.PARTLY, 6), (Habit.AFTER_REMINDER, 6), (Habit.NEVER, 6),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Got:
    """One matter of a letter that has come: to whom, whose it is, about which cycle."""

    at: datetime
    receiver: str
    owner: str
    unit_code: str
    key: CycleKey | None
    matter: Matter
    cause: str


@dataclass
class People:
    """Everybody but the managers, at their desks."""

    world: World
    known: dict[tuple[CycleKey, str, str], Answers] = field(default_factory=dict)
    habits: dict[tuple[CycleKey, str], Habit] = field(default_factory=dict)

    def get(self, got: Got) -> None:
        """Somebody reads her letter."""
        match got.matter:
            case Request() if got.key is not None:
                self._asked(got.key, got.owner, got.matter.due, got.at)
            case Reminder() if got.key is not None:
                self._reminded(got.key, got.owner, got.at)
            case Returned() if got.key is not None:
                self._returned(got.key, got.owner, got.at)
            case ReportOut() if got.key is not None and got.matter.version == 1:
                self._report(got.key, got.owner, got.matter)
            case Duty() if got.matter.confirm and not got.matter.passed:
                self._duty(got, got.matter)
            case matter if matter.kind is MatterKind.APT and got.key is not None:
                if self.world.fate.chance.of("apt late", got.key, got.owner).random() < 0.7:
                    self._hold_meetings(got.key, got.owner, add_workdays(local_day(got.at), 2))

    def _asked(self, key: CycleKey, owner: str, due: date, at: datetime) -> None:
        habit = self.world.fate.chance.pick(HABITS, "habit", key.unit_code, key, owner)
        self.habits[key, owner] = habit
        draw = self.world.fate.chance.of("when", key.unit_code, key, owner)
        today = local_day(at)
        first = settled(self.world.office, key).milestones.figures_from
        from_day = max(today, first.date() if first else today)
        match habit:
            case Habit.NEVER | Habit.AFTER_REMINDER:
                return
            case Habit.EARLY:
                day = max(add_workdays(today, draw.randint(1, 4)), from_day)
            case Habit.LAST_DAY:
                day = due
            case Habit.LATE:
                day = add_workdays(due, draw.randint(1, 6))
            case _:
                days = [d for n in range(40) if is_workday(d := from_day + timedelta(days=n)) and d <= due]
                day = draw.choice(days or [due])
        moment = self._moment(day, draw.choice((7, 9, 11, 14, 16, 17, 20, 22)), draw.randrange(60))
        if habit is Habit.WRONG:
            self.world.later(moment, lambda now: self._deliver(key, owner, now, faulty=True))
            return
        self.world.later(moment, lambda now: self._deliver(key, owner, now, partly=habit is Habit.PARTLY))
        if habit is Habit.TWICE:
            again = moment + timedelta(days=draw.randint(1, 3))
            self.world.later(again, lambda now: self._deliver(key, owner, now, again=True))

    def _reminded(self, key: CycleKey, owner: str, at: datetime) -> None:
        habit = self.habits.get((key, owner))
        if habit in (Habit.AFTER_REMINDER, Habit.PARTLY):
            self.habits[key, owner] = Habit.IN_TIME
            moment = self._moment(add_workdays(local_day(at), 1), 13, 20)
            self.world.later(moment, lambda now: self._deliver(key, owner, now))

    def _returned(self, key: CycleKey, owner: str, at: datetime) -> None:
        draw = self.world.fate.chance.of("mends", key.unit_code, key, owner)
        if draw.random() < 0.85:
            moment = self._moment(add_workdays(local_day(at), draw.randint(1, 2)), 10, 30)
            self.world.later(moment, lambda now: self._deliver(key, owner, now))

    def _report(self, key: CycleKey, owner: str, report: ReportOut) -> None:
        if report.apt_by is None:
            return
        draw = self.world.fate.chance.of("apt", key.unit_code, key, owner)
        if draw.random() < 0.75:
            self._hold_meetings(
                key, owner, previous_workday(report.apt_by - timedelta(days=draw.randint(0, 5)))
            )

    def _hold_meetings(self, key: CycleKey, owner: str, day: date) -> None:
        self.world.later(self._moment(day, 16, 10), lambda now: self._record_meetings(key, owner, now))

    def _record_meetings(self, key: CycleKey, owner: str, now: datetime) -> None:
        unit = self.world.office.installation.unit(key.unit_code)
        day = local_day(now)
        person = self.world.office.installation.organisation.successor(owner, day)
        mine = {
            code
            for a in unit.answering_on(day)
            if person in (a.person, a.delegated_by)
            for code in a.subunits
        }
        for view in apt_meetings(self.world.office, key):
            if view.scope in mine and view.held_on is None:
                record_meeting(
                    self.world.office, key, view.scope, person, day, self.world.words.texts[0], now
                )

    def _duty(self, got: Got, duty: Duty) -> None:
        """Done after its last day by most, after the reminder by some, and noted by the rest never."""
        draw = self.world.fate.chance.of("duty", got.cause.rpartition(" ")[0], got.receiver)
        kind = draw.choices(("done", "reminded", "forgotten"), weights=(70, 18, 12))[0]
        if kind == "forgotten" or (kind == "reminded") != duty.again:
            return
        day = add_workdays(max(duty.due, local_day(got.at)), draw.randint(0, 2))
        stem = got.cause.rpartition(" ")[0]
        moment = self._moment(day, draw.randint(9, 17), draw.randrange(60))
        self.world.later(moment, lambda now: self._confirm(got.unit_code, stem, duty, got.receiver, now))

    def _confirm(self, unit_code: str, first: str, duty: Duty, person: str, now: datetime) -> None:
        unit = self.world.office.installation.unit(unit_code)
        codes = [s.code for s in unit.subunits if s.name in duty.subunits]
        stem = next((first.removesuffix(f"-{code}") for code in codes if first.endswith(f"-{code}")), first)
        for occurrence in [f"{stem}-{code}" for code in codes] or [first]:
            try:
                confirm_duty(self.world.office, occurrence, person, "Genomförd.", now)
            except Refused:
                continue  # somebody else has said so, or it is no longer hers

    def _deliver(
        self,
        key: CycleKey,
        owner: str,
        now: datetime,
        *,
        faulty: bool = False,
        partly: bool = False,
        again: bool = False,
    ) -> None:
        """Fill in the form as it is now and hand it in, by file or in the portal."""
        mine = persons_form(self.world.office, key, owner)
        if mine is None or not mine.is_open:
            return
        written = {
            sheet.scope: self._written(key, owner, mine.form, sheet.scope, again=again)
            for sheet in mine.form.sheets
        }
        if partly and len(written) > 1:
            written.pop(mine.form.sheets[-1].scope)
        sheet = mine.form.sheets[0]
        if faulty:
            written[sheet.scope] = with_faults(sheet, written[sheet.scope], self.world.words)
        if faulty or self._by_file(key, owner):
            self._put_in_inbox(key, owner, written, now)
        else:
            with self.world.office.database.writing() as session:
                cycle = hold_cycle(session, key)
                assert cycle is not None
                for each in mine.form.sheets:
                    if each.scope in written:
                        save_cells(session, cycle.id, each, cells(written[each.scope]), owner, now)
            hand_in_saved(self.world.office, key, mine, frozenset(written), now)

    def _by_file(self, key: CycleKey, owner: str) -> bool:
        """Half of them send the workbook back, the others use the portal."""
        return self.world.fate.chance.of("way", key.unit_code, key, owner).random() < 0.5

    def _written(self, key: CycleKey, owner: str, form: Form, scope: str, *, again: bool) -> Answers:
        known = self.known.get((key, owner, scope))
        if known is None:
            sheet = next(sheet for sheet in form.sheets if sheet.scope == scope)
            apt = previous_workday(settled(self.world.office, key).milestones.apt_by.date())
            draw = self.world.fate.chance.of("writes", key.unit_code, key, owner, scope)
            known = answers_for(sheet, self.world.words, apt, draw)
        elif again:
            known = revised(known, self.world.words)
        self.known[key, owner, scope] = known
        return known

    def _put_in_inbox(self, key: CycleKey, owner: str, written: dict[str, Answers], now: datetime) -> None:
        with self.world.office.database.reading() as session:
            cycle = find_cycle(session, key)
            assert cycle is not None
            sha256 = session.scalars(
                select(tables.Form.workbook_sha256)
                .where(tables.Form.cycle_id == cycle.id, tables.Form.person == owner)
                .order_by(tables.Form.number.desc())
            ).first()
            assert sha256 is not None
            workbook = file_content(session, sha256)
        inbox = self.world.office.installation.settings.folders.inbox
        inbox.mkdir(parents=True, exist_ok=True)
        name = f"Underlag {key.slug} {key.unit_code} {owner} {now:%m%d-%H%M}.xlsx"
        (inbox / name).write_bytes(filled_in(workbook, written))

    @staticmethod
    def _moment(day: date, hour: int, minute: int) -> datetime:
        return datetime.combine(day, time(hour, minute), STOCKHOLM)


def letters_of(office: Office, now: datetime) -> Iterator[Got]:
    """What came in the letters that were sent at `now`, in the order that they were made."""
    with office.database.reading() as session:
        rows = session.execute(
            select(tables.Letter, tables.Notice, tables.Cycle)
            .join(tables.Notice, tables.Notice.letter_id == tables.Letter.id)
            .outerjoin(tables.Cycle, tables.Cycle.id == tables.Notice.cycle_id)
            .where(
                tables.Letter.state == "sent",
                tables.Letter.sent_at == now,
                tables.Notice.withdrawn_at.is_(None),
            )
            .order_by(tables.Letter.id, tables.Notice.id)
        ).all()
        got = [
            Got(
                now,
                letter.receiver,
                notice.receiver,
                letter.unit_code,
                key_of(cycle) if cycle is not None else None,
                from_json(notice.content),
                notice.cause,
            )
            for letter, notice, cycle in rows
        ]
    return iter(got)
