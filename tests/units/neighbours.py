"""Two units of the example living their T2 on the same days, in one installation and one outbox.

Answers are made up as for `arshjul demo --plan`, each unit with words of its own, so that any text that
strays into the other unit can be recognised. Mornings are `tests.play`'s.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from arshjul.adapters.outbox_server import OutboxServer
from arshjul.adapters.store import tables
from arshjul.adapters.workbooks.filling import fill_workbook
from arshjul.compilation import compile_cycle
from arshjul.cycle import CycleKey
from arshjul.office import Office
from arshjul.plan import Attainment, Kind
from arshjul.review.finding import Severity
from arshjul.steps.cycle.cycles import find_cycle
from arshjul.steps.cycle.morning import PLAIN, bring_up_to_date, morning
from arshjul.steps.cycle.settled import settled
from arshjul.steps.figures.gathering import gather
from arshjul.steps.report import deciding
from cli.invented_story import Words, invent, judged_as_proposed, read_words
from cli.story import Story
from tests.example import CONFIG, Home
from tests.play import Play, forms_of

SOL = CycleKey("SOL", Kind.T2, 2026)
HAM = CycleKey("HAM", Kind.T2, 2026)
KEYS = (SOL, HAM)
# Stands first in everything that people of a unit write: words that no other text has.
MARKS = {"SOL": "Solgläntskt:", "HAM": "Hamngatskt:"}
TOO_GOOD = "G04"  # the goal that managers call fulfilled, whatever its indicator says


@dataclass
class Life:
    """One unit's cycle: its play, what its people do, and who of the managers does what."""

    play: Play
    story: Story
    words: Words
    judges: str
    explains: str
    approves: str

    @property
    def key(self) -> CycleKey:
        return self.play.key

    def moments(self) -> set[datetime]:
        """Every time at which the wheel turns or somebody does something."""
        dates = self.play.dates
        wheel = {dates.opens, *dates.reminders, dates.escalation, dates.compile, dates.archive}
        return wheel | set(self.story.moments()) | ({dates.distribute} if dates.distribute else set())

    def act(self, at: datetime) -> None:
        """What people do at that time."""
        for delivery in self.story.deliveries:
            if delivery.at == at:
                workbook = fill_workbook(self.play.workbook(delivery.person), delivery.sheets)
                self.play.put_in_inbox(f"{self.key} {delivery.person} {at:%m%d}.xlsx", workbook)
        if at == self.story.explains_at:
            self._judge(at)
        if at == self.story.approves_at:
            self._explain(at)
            deciding.approve(self.play.office, self.key, self.approves, at)

    def _judge(self, at: datetime) -> None:
        with self.play.office.database.reading() as session:
            compiled = compile_cycle(gather(self.play.office, self.key, session)[0])
        judged = judged_as_proposed(compiled, self.words)
        own = {goal: replace(one, synthesis=f"{self.mark} {one.synthesis}") for goal, one in judged.items()}
        own[TOO_GOOD] = replace(own[TOO_GOOD], attainment=Attainment.FULL)
        deciding.judge(self.play.office, self.key, self.judges, own, at)

    def _explain(self, at: datetime) -> None:
        with self.play.office.database.reading() as session:
            cycle = find_cycle(session, self.key)
            assert cycle is not None
            rows = [row for row in self.play.rows(tables.Finding) if row.cycle_id == cycle.id]
        for row in rows:
            if row.state == "open" and row.severity == Severity.ERROR:
                deciding.close_finding(
                    self.play.office, self.key, self.explains, row.id, self.words.reason, at
                )

    @property
    def mark(self) -> str:
        return MARKS[self.key.unit_code]


@dataclass
class Neighbours:
    """Both lives."""

    home: Home
    office: Office
    outbox: OutboxServer
    lives: Mapping[str, Life]

    def live(self) -> None:
        """From opening to archive; both cycles are run at every moment of either.

        The machine was off until the day on which the later unit opens, so both open on one morning.
        """
        starts = max(life.play.dates.opens for life in self.lives.values())
        moments = {at for life in self.lives.values() for at in life.moments() if at > starts}
        for at in sorted({starts, *moments}):
            for life in self.lives.values():
                life.act(at)
            PLAIN.collect(self.office, at)
            for key in KEYS:
                bring_up_to_date(self.office, key, at)
            morning(self.office, None, at)


def neighbours(home: Home, office: Office, outbox: OutboxServer) -> Neighbours:
    """The two units before anything has happened. Jonas and Malin share what a manager does."""
    lives = {
        "SOL": _life(home, office, outbox, SOL, ("karin", "karin", "karin")),
        "HAM": _life(home, office, outbox, HAM, ("jonas", "malin", "jonas")),
    }
    return Neighbours(home, office, outbox, lives)


def _life(
    home: Home, office: Office, outbox: OutboxServer, key: CycleKey, managers: tuple[str, str, str]
) -> Life:
    play = Play(home, office, outbox, key)
    words = _marked(read_words(CONFIG / "demo" / "invented.yaml"), MARKS[key.unit_code])
    story = invent(forms_of(office, key), settled(office, key).plan, play.dates, managers[0], words)
    return Life(play, story, words, *managers)


def _marked(words: Words, mark: str) -> Words:
    return replace(
        words,
        analyses=tuple(f"{mark} {text}" for text in words.analyses),
        texts=tuple(f"{mark} {text}" for text in words.texts),
        faulty_number=f"{mark} {words.faulty_number}",
        reason=f"{mark} {words.reason}",
    )
