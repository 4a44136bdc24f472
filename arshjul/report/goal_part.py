"""The chain of goals in a report: status, the unit's own text, the sub-units' texts, tables.

The unit's synthesis stands first under a goal; the sub-units' texts follow short, or in the appendix, by
the installation's setting. Called by `arshjul.report.building`. Pure.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from arshjul.compilation import Compiled, GoalResult, SubunitText
from arshjul.config.settings import Shown, SubunitTexts
from arshjul.plan import ATTAINMENT_SWEDISH, LEVEL_SWEDISH, Goal
from arshjul.report.blocks import Block, Heading, Origin, OriginKind, Paragraph, Status, Voice
from arshjul.report.indicator_tables import activity_table, indicator_table
from arshjul.report.plan_tables import planned_table, target_table

NOTHING_GIVEN = "Inga uppgifter lämnade."
COMMENTS = "verksamheternas kommentarer."
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ”\"–])")  # not after "bl.a." or "t.ex."


@dataclass(frozen=True, slots=True)
class GoalPart:
    """Blocks of all goals, and the sub-units' texts that did not fit there, for the appendix."""

    blocks: tuple[Block, ...]
    appendix: tuple[Block, ...]


def goal_part(compiled: Compiled, shown: Shown) -> GoalPart:
    """The whole chain, from the highest level the plan has; headings never skip a level."""
    blocks: list[Block] = []
    appendix: list[Block] = []
    for goal in compiled.data.plan.goals:
        _walk(compiled, goal, 2, shown, blocks, appendix)
    return GoalPart(tuple(blocks), tuple(appendix))


def _walk(
    compiled: Compiled, goal: Goal, depth: int, shown: Shown, blocks: list[Block], appendix: list[Block]
) -> None:
    title = f"{goal.number} {goal.title}" if goal.number else goal.title
    blocks.append(Heading(depth, title, f"mal-{goal.id.lower()}", LEVEL_SWEDISH[goal.level]))
    result = compiled.goals.get(goal.id)
    if result and shows_status(compiled, result):
        blocks.append(_status(result))
    for key in compiled.data.kind.report_texts:
        if result and goal.sections.get(key):
            heading = compiled.data.kind.goal_texts.get(key, key)
            for number, text in enumerate(_paragraphs(goal.sections[key])):
                label = heading if number == 0 else None
                blocks.append(Paragraph(text, label=label, origin=Origin(OriginKind.PLAN, goal.id)))
    if not compiled.data.kind.judges_goals:
        blocks += _plan_blocks(compiled, goal, result)
        for below in goal.goals:
            _walk(compiled, below, depth + 1, shown, blocks, appendix)
        return
    if result:
        blocks += _synthesis(result, compiled.data.kind.goal_texts.get("analysis", "Analys"))
        blocks += _subunit_texts(compiled, result, shown, appendix, title)
    indicators = [compiled.indicators[i.id] for i in goal.indicators]
    if indicators:
        blocks.append(indicator_table(compiled, indicators, "Indikatorer"))
        blocks += _indicator_comments(compiled, goal)
    activities = [compiled.activities[a.id] for a in goal.activities]
    if activities:
        blocks.append(activity_table(compiled, activities, "Aktiviteter"))
    for below in goal.goals:
        _walk(compiled, below, depth + 1, shown, blocks, appendix)


def _plan_blocks(compiled: Compiled, goal: Goal, result: GoalResult | None) -> Iterator[Block]:
    """A goal in a plan: how it went, the unit's own words, what each sub-unit plans, the targets."""
    yield from _went(compiled, goal)
    if result:
        yield from _synthesis(result, "Så arbetar enheten")
        if result.planned:
            yield planned_table(compiled, result)
        names = compiled.data.scope_name
        aside = [names(text.scope) for text in result.texts if not text.applicable]
        if aside:
            yield Paragraph(f"Målet berör inte {listed(aside)}.", Voice.NOTE)
        subunits = {subunit.code for subunit in compiled.data.unit.subunits}
        missing = [names(scope) for scope in compiled.data.missing if scope in subunits]
        if missing:
            yield Paragraph(NOTHING_GIVEN, Voice.NOTE, label=listed(missing))
    if goal.indicators:
        yield target_table(compiled, goal)


def _went(compiled: Compiled, goal: Goal) -> Iterator[Paragraph]:
    """What the last report decided and said of the goal."""
    before = compiled.data.went
    judged = before.goals.get(goal.id) if before else None
    if before is None or judged is None:
        return
    words = [f"{ATTAINMENT_SWEDISH[judged.attainment]}."] if judged.attainment else []
    origin = Origin(OriginKind.EARLIER, f"{goal.id} {before.period}", "Enhetens bedömning och samlade text")
    for number, text in enumerate(_paragraphs(" ".join([*words, judged.synthesis]))):
        label = f"Så gick det ({before.period})" if number == 0 else None
        yield Paragraph(text, label=label, origin=origin)


def shows_status(compiled: Compiled, result: GoalResult) -> bool:
    """Whether the report says how far a goal is met: where the kind wants it, and always in a plan that has
    no goals on the levels that are asked about, so that higher goals were asked about instead."""
    kind, level = compiled.data.kind, result.goal.level
    return result.decided is not None and (level in kind.status_levels or level not in kind.goal_levels)


def _status(result: GoalResult) -> Status:
    assert result.decided is not None
    return Status(
        result.decided,
        ATTAINMENT_SWEDISH[result.decided],
        Origin(OriginKind.MANAGER, result.goal.id, "Enhetschefens bedömning"),
    )


def _synthesis(result: GoalResult, heading: str) -> Iterator[Paragraph]:
    origin = Origin(OriginKind.MANAGER, result.goal.id, "Enhetens samlade text")
    for number, text in enumerate(_paragraphs(result.synthesis)):
        yield Paragraph(text, Voice.UNIT, label=heading if number == 0 else None, origin=origin)


def _subunit_texts(
    compiled: Compiled, result: GoalResult, shown: Shown, appendix: list[Block], title: str
) -> Iterator[Paragraph]:
    names = compiled.data.scope_name
    whole: list[Block] = []
    for text in result.texts:
        if not text.applicable or not text.text:
            continue
        short = shorten(text.text, shown.short_text_words)
        if shown.subunit_texts is SubunitTexts.SHORT:
            yield _subunit(text, short, names(text.scope))
        if shown.subunit_texts is SubunitTexts.APPENDIX or short != text.text:
            whole.append(_subunit(text, text.text, names(text.scope)))
    if whole:
        appendix += [Heading(2, title, f"texter-{result.goal.id.lower()}"), *whole]
    aside = [names(text.scope) for text in result.texts if not text.applicable]
    if aside:
        yield Paragraph(f"Målet berör inte {listed(aside)}.", Voice.NOTE)
    subunits = {subunit.code for subunit in compiled.data.unit.subunits}
    missing = [names(scope) for scope in compiled.data.missing if scope in subunits]
    if missing and compiled.data.within is None:  # a department says once which units have no report
        yield Paragraph(NOTHING_GIVEN, Voice.NOTE, label=listed(missing))


def _subunit(text: SubunitText, words: str, name: str) -> Paragraph:
    return Paragraph(words, Voice.SUBUNIT, label=name, origin=Origin(OriginKind.SUBMISSION, text.ref))


def _indicator_comments(compiled: Compiled, goal: Goal) -> Iterator[Paragraph]:
    """What the sub-units say of each indicator: its name once, then theirs."""
    for indicator in goal.indicators:
        said = [
            (part.scope, part.comment) for part in compiled.indicators[indicator.id].parts if part.comment
        ]
        if len(said) > 1:
            yield Paragraph(COMMENTS, Voice.SUBUNIT, label=indicator.name)
        for scope, comment in said:
            name = compiled.data.scope_name(scope)
            yield Paragraph(
                comment,
                Voice.SUBUNIT,
                label=name if len(said) > 1 else f"{name} om {indicator.name}",
                origin=Origin(OriginKind.SUBMISSION, compiled.data.submissions[scope].ref),
            )


def shorten(text: str, words: int) -> str:
    """The first whole sentences of `text` within `words` words; at least one sentence, then "…"."""
    if len(text.split()) <= words:
        return text
    sentences = _SENTENCE_END.split(text.replace("\n", " "))
    kept = sentences[:1]
    for sentence in sentences[1:]:
        if len(" ".join([*kept, sentence]).split()) > words:
            break
        kept.append(sentence)
    return text if len(kept) == len(sentences) else " ".join(kept) + " …"


def listed(names: list[str]) -> str:
    """ "A", "A och B", "A, B och C"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} och {names[-1]}"


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"\n\s*\n|\n", text) if part.strip()]
