"""What every check of a document is given: the document's texts, rows and names, the words, and the lines.

Also how a finding is made, so that each has its line and its settings' severity. Called by the checks.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from arshjul.config.review_settings import ReviewLimits, ReviewSettings
from arshjul.plan import Attainment, Goal, Kind, Plan
from arshjul.plan_reader import default_words
from arshjul.review.finding import Finding, Severity
from arshjul.review.rows import Row, rows_of
from arshjul.review.slips import slips_of
from arshjul.review.source_lines import SourceLines, letters
from arshjul.review.statements import Part, Passage, Sentence, goal_name, passages_of, titles_of
from arshjul.review.vocabulary import Vocabulary
from arshjul.review.workplaces import Words, Workplaces

_NUMBERED = re.compile(r" \(\d\)$")  # how the reader tells headings apart that stand twice
_ENOUGH = 60  # letters of a text that tell it from another
_MARK_NEAR = 8  # lines under the last goal within which its mark stands


@cache
def _marks() -> Mapping[Attainment, tuple[str, ...]]:
    """The words of each mark, as the reader knows them, in letters alone."""
    known = default_words().attainments
    return {mark: tuple(letters(word) for word in known if known[word] is mark) for mark in Attainment}


@dataclass(frozen=True, slots=True)
class Model:
    """A document made ready for the checks."""

    plan: Plan
    passages: Sequence[Passage]
    rows: Sequence[Row]
    words: Words
    workplaces: Workplaces
    slips: Mapping[str, str]  # odd spellings of names
    vocabulary: Vocabulary
    limits: ReviewLimits
    source: SourceLines
    titles: Sequence[Passage] = ()  # the names of indicators and activities
    compared_with: str = "föregående period"  # what the rows' previous values are of, in words

    @classmethod
    def of(cls, plan: Plan, settings: ReviewSettings, source: SourceLines) -> "Model":
        """The model of a plan or report."""
        vocabulary = Vocabulary.of(settings)
        passages = passages_of(plan)
        titles = titles_of(plan)
        words = Words.of([*passages, *titles])
        workplaces = Workplaces.of(passages, words, vocabulary)
        return cls(
            plan,
            passages,
            rows_of(plan, vocabulary),
            words,
            workplaces,
            slips_of([*passages, *titles], words, workplaces, settings.limits.name_seen),
            vocabulary,
            settings.limits,
            source,
            titles,
        )

    @property
    def year(self) -> int | None:
        """The year of the report."""
        return self.plan.year

    @property
    def is_report(self) -> bool:
        """Whether the document says how it went (else it is a plan)."""
        return self.plan.kind is not Kind.VP

    def analysis_of(self, row: Row) -> Passage | None:
        """The text that explains a row."""
        analyses = [p for p in self.passages if p.part is Part.ROW]
        own = next((p for p in analyses if p.indicator is row.indicator), None)
        return own or next((p for p in analyses if p.shared and p.goal and p.goal.id == row.goal.id), None)

    def line(self, passage: Passage, text: str, within: int = 0) -> int | None:
        """The line of the character `within` of a sentence of the passage."""
        return self.source.line_of(text, after=self.begins(passage), within=within)

    def begins(self, passage: Passage) -> int | None:
        """The line on which the passage begins, as nearly as it is known."""
        if passage.part in (Part.FRONT, Part.BACK):
            heading = _NUMBERED.sub("", passage.key)
            return self.source.line_of(f"{heading} {passage.text[:_ENOUGH]}")
        return self.source.places.get(passage.place or "")

    def in_text(
        self,
        code: str,
        severity: Severity,
        passage: Passage,
        sentence: Sentence,
        message: str,
        evidence: Mapping[str, str | int | None],
        *,
        within: int = 0,
        at_head: bool = False,
    ) -> Finding:
        """A finding on a sentence; `within` is the character of it that the finding is about.

        With `at_head` it is on the whole text, and stands where its heading does.
        """
        quoted = {**evidence, "sentence": sentence.text}
        line = self.begins(passage) if at_head else self.line(passage, sentence.text, within)
        return Finding(code, severity, passage.where, message, quoted, line)

    def at_mark(
        self,
        code: str,
        severity: Severity,
        goal: Goal,
        message: str,
        evidence: Mapping[str, str | int | None],
    ) -> Finding:
        """A finding on a goal's mark, on its line where the source shows it, else on the goal's."""
        line = self.source.places.get(goal.id)
        if line is not None and goal.attainment is not None:
            marks = _marks()[goal.attainment]
            line = self.source.line_saying(marks, after=line, until=self._ends(goal)) or line
        return Finding(code, severity, goal_name(goal), message, evidence, line)

    def _ends(self, goal: Goal) -> int:
        """The line on which the next part of the document begins."""
        begins = self.source.places.get(goal.id, 0)
        after = [line for line in self.source.places.values() if line > begins]
        return min(after, default=begins + _MARK_NEAR)

    def at_place(
        self,
        code: str,
        severity: Severity,
        where: str,
        place: str,
        message: str,
        evidence: Mapping[str, str | int | None],
    ) -> Finding:
        """A finding on a goal, a row or an activity."""
        return Finding(code, severity, where, message, evidence, self.source.places.get(place))
