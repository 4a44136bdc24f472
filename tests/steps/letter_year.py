"""A year of letters as chance makes it: what happens, a mail server with bad days, and the real steps.

Steps, gathering, composing and sending are the real ones; only the mail server is ours, and people's answers
are put straight in the store, since no workbook is under test here. What must hold is in
`tests.steps.test_letter_years`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from hypothesis import strategies as st
from sqlalchemy import select

from arshjul.adapters.store import tables
from arshjul.adapters.store.files import XLSX, keep_file
from arshjul.cycle import CycleKey, Due, chasing, due
from arshjul.form import Form
from arshjul.form_file import dump_form
from arshjul.letters import Duty, Failure, Link, Matter, Receipt, Request
from arshjul.office import Office
from arshjul.organisation import Absence
from arshjul.plan import Kind
from arshjul.steps.cycle.chasing import escalate, remind
from arshjul.steps.cycle.cycles import find_cycle, hold_cycle, progress, record_step, start_cycle
from arshjul.steps.cycle.digesting import digest
from arshjul.steps.cycle.settled import settled
from arshjul.steps.letters.enveloping import gather_letters
from arshjul.steps.letters.notices import notify, notify_unit
from arshjul.steps.letters.posting import send_letters
from arshjul.wheel import STOCKHOLM, local_day
from tests.play import forms_of
from tests.steps.relay_of_year import Relay

YEAR = 2026
T1, T2 = (CycleKey("SOL", kind, YEAR) for kind in (Kind.T1, Kind.T2))
PEOPLE = ("karin", "anna", "mehmet", "sofia", "johan", "fatima", "elin", "peter")


@dataclass(frozen=True)
class Event:
    """Something that happens on a day and hour of the year: its kind, who, and a number to vary it by."""

    day: int
    hour: int
    what: str
    person: str
    number: int

    @property
    def at(self) -> datetime:
        return datetime.combine(date(YEAR, 1, 1), time(self.hour), STOCKHOLM) + timedelta(days=self.day)


WHATS = (
    "answer",
    "answer",
    "duty",
    "again",
    "receipt",
    "link",
    "failure",
    "approve",
    "away",
    "trouble",
    "off",
)
EVENTS = st.lists(
    st.builds(
        Event,
        day=st.one_of(st.integers(110, 145), st.integers(235, 275), st.integers(0, 360)),
        hour=st.integers(5, 21),
        what=st.sampled_from(WHATS),
        person=st.sampled_from(PEOPLE),
        number=st.integers(0, 6),
    ),
    min_size=5,
    max_size=20,
)


@dataclass
class LettersOfAYear:
    """The year as it is lived, and what an onlooker knows of it."""

    office: Office
    forms: Mapping[CycleKey, tuple[Form, ...]]
    relay: Relay = field(default_factory=Relay)
    answered: dict[tuple[str, str], datetime] = field(default_factory=dict)  # cycle and sub-unit's name
    off: set[date] = field(default_factory=set)

    def live(self, events: list[Event]) -> None:
        self._prepare(events)
        moments = sorted({*self._planned(), *(event.at for event in events), *_mornings(events)})
        waiting = sorted(events, key=lambda event: event.at)
        for now in moments:
            self.relay.now = now
            while waiting and waiting[0].at <= now:
                self._happens(waiting.pop(0), now)
            if local_day(now) not in self.off:
                self._round(now)
        for day in range(1, 25):  # quiet weeks at the end: whatever waits gets its chance
            now = datetime(YEAR, 12, 31, 8, tzinfo=STOCKHOLM) + timedelta(days=day)
            self.relay.now = now
            self._round(now)

    def _prepare(self, events: list[Event]) -> None:
        first = date(YEAR, 1, 1)
        absences = []
        for event in events:
            day = first + timedelta(days=event.day)
            if event.what == "trouble":
                for more in range(1 + event.number // 2):
                    self.relay.trouble[day + timedelta(days=more)] = 1 + event.number % 4
            elif event.what == "off":
                self.off |= {day + timedelta(days=more) for more in range(1 + event.number)}
            elif event.what == "away":
                absences.append((event.person, day, day + timedelta(days=7 * (1 + event.number))))
        organisation = replace(self.office.installation.organisation, absences=_without_chains(absences))
        self.office = replace(
            self.office, installation=replace(self.office.installation, organisation=organisation)
        )

    def _planned(self) -> Iterator[datetime]:
        for key in (T1, T2):
            dates = settled(self.office, key).milestones
            yield from (dates.opens, *chasing(dates).values(), *dates.digests)

    def _round(self, now: datetime) -> None:
        for key in (T1, T2):
            self._steps(key, now)
        gather_letters(self.office, now)
        send_letters(self.office, now, connect=self.relay.connect)

    def _steps(self, key: CycleKey, now: datetime) -> None:
        """What the cycle has due, by the real rules, compiling aside."""
        dates = settled(self.office, key).milestones
        if now.hour != 8 or not dates.opens <= now <= dates.archive:
            return
        with self.office.database.reading() as session:
            steps = due(dates, progress(session, key), now)
        for step in steps:
            if step.kind == "open":
                self._open(key, step, now)
            elif take := _TAKE.get(step.kind):
                take(self.office, key, step, now)

    def _open(self, key: CycleKey, step: Due, now: datetime) -> None:
        """As `arshjul.steps.cycle.opening` does it, with forms that were made once for all years."""
        with self.office.database.writing() as session:
            cycle = start_cycle(session, key, _OF_UNIT["unit_name"], now)
            for form in self.forms[key]:
                row = {
                    "person": form.person,
                    "number": form.number,
                    "scopes": [sheet.scope for sheet in form.sheets],
                    "content": dump_form(form),
                    "workbook_sha256": keep_file(session, b"bok", XLSX),
                    "created_at": now,
                }
                session.add(tables.Form(cycle_id=cycle.id, **row))
                names = tuple(sheet.title for sheet in form.sheets)
                request = Request(**_OF_UNIT, cycle=str(key), subunits=names, due=form.due)
                told = {"cause": "form 1", "receiver": form.person, "now": now}
                notify(session, cycle, request, meant_at=step.planned, **told)
            record_step(session, cycle, "open", step.planned, now, {})

    def _happens(self, event: Event, now: datetime) -> None:
        key = T1 if event.day < 200 else T2
        match event.what:
            case "answer":
                self._answer(key, event.person, event.number, now)
            case "approve":
                self._approve(key, now)
            case "duty" | "again":
                by = local_day(now) + timedelta(days=event.number * 3)
                title = f"Kontroll {event.number}"
                self._tell(Duty(**_OF_UNIT, title=title, due=by, again=event.what == "again"), event, now)
            case "receipt":
                self._tell(Receipt(**_OF_UNIT, cycle="T1 2026", received_at=now, file="bok.xlsx"), event, now)
            case "link":
                until = now + timedelta(days=30)
                self._tell(Link(**_OF_UNIT, url="https://x.example", valid_until=until), event, now)
            case "failure":
                what = Failure(**_OF_UNIT, what="fel", affects="alla", action="Rätta.", at=now)
                self._tell(what, replace(event, person="drift"), now)

    def _tell(self, matter: Matter, event: Event, now: datetime) -> None:
        with self.office.database.writing() as session:
            notify_unit(session, "SOL", matter, cause=repr(event), receiver=event.person, now=now)

    def _answer(self, key: CycleKey, person: str, number: int, now: datetime) -> None:
        with self.office.database.writing() as session:
            cycle = find_cycle(session, key)
            form = cycle and session.scalar(
                select(tables.Form).where(tables.Form.cycle_id == cycle.id, tables.Form.person == person)
            )
            if cycle is None or form is None:
                return
            scope = form.scopes[number % len(form.scopes)]
            unit = self.office.installation.unit("SOL")
            name = next((s.name for s in unit.subunits if s.code == scope), "Ekonomi")
            if (str(key), name) in self.answered:
                return
            self.answered[str(key), name] = now
            session.add(
                tables.Submission(
                    cycle_id=cycle.id,
                    form_id=form.id,
                    scope=scope,
                    person=person,
                    version=1,
                    state="accepted",
                    content="{}",
                    sha256="0" * 64,
                    faults=[],
                    received_at=now,
                )
            )

    def _approve(self, key: CycleKey, now: datetime) -> None:
        with self.office.database.writing() as session:
            cycle = hold_cycle(session, key)
            if cycle is None or session.scalar(
                select(tables.ApprovedVersion.id).where(tables.ApprovedVersion.cycle_id == cycle.id)
            ):
                return
            decision = tables.Decision(
                unit_code="SOL", cycle_id=cycle.id, kind="approve", person="karin", at=now, content={}
            )
            session.add(decision)
            session.flush()
            session.add(
                tables.ApprovedVersion(
                    cycle_id=cycle.id,
                    number=1,
                    manifest="",
                    manifest_sha256="0" * 64,
                    files={},
                    decision_id=decision.id,
                    approved_at=now,
                )
            )


_OF_UNIT: dict[str, Any] = {"unit_code": "SOL", "unit_name": "Solgläntans dagliga verksamhet"}
_TAKE = {"remind": remind, "escalate": escalate, "digest": digest}


def _without_chains(absences: list[tuple[str, date, date]]) -> tuple[Absence, ...]:
    """Nobody stands in while away herself, as the configuration demands; Birgitta always can."""
    return tuple(Absence(person, "birgitta", start, end) for person, start, end in absences)


def _mornings(events: list[Event]) -> Iterator[datetime]:
    """The rounds that may matter: the morning of each event's day, noon, and two mornings after."""
    for event in events:
        for after in range(3):
            yield event.at.replace(hour=8) + timedelta(days=after)
        yield event.at.replace(hour=12)


def forms_of_year(office: Office) -> dict[CycleKey, tuple[Form, ...]]:
    """The forms of both reports, by the real rules; made once."""
    for key in () if _made else (T1, T2):
        made = forms_of(office, key)
        # Whose and what for is what matters here; the questions are left out.
        sheets = [tuple(replace(sheet, rows=()) for sheet in form.sheets) for form in made]
        _made[key] = tuple(replace(form, sheets=of_it) for form, of_it in zip(made, sheets, strict=True))
    return _made


_made: dict[CycleKey, tuple[Form, ...]] = {}
