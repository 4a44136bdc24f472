"""Targets: those that changed since the last report without a word, and those that are still open. Pure."""

import re
from collections.abc import Iterator

from arshjul.catalogue import read_target
from arshjul.cycle_data import SUMMARY
from arshjul.plan_diff import Change, Difference, Part, diff_plans
from arshjul.review.cycle.reviewed import Reviewed, sentences_of
from arshjul.review.finding import Finding, Severity

_CHANGED = (
    r"(?:ändra\w*|höj\w*|sänk\w*|skärp\w*|justera\w*|revidera\w*|utgå\w*|utgick|ersatt\w*|ersätt\w*|byt\w*|bytt"
    r"|omformulera\w*|omräkna\w*|borttag\w*|(?:tagits|tas|togs|lyfts)\s+bort|lagts\s+till|inte\s+längre|i\s+stället"
    r"|istället|numera|tidigare|förut|från\s+och\s+med|beslut\w*|slagits\s+ihop|slås\s+ihop|följs\s+inte)"
)
_OF_TARGETS = r"\w*(?:mål(?:et|en|värde\w*|nivå\w*)?|indikator\w*|mått(?:et|en)?)"
_A_CHANGE = re.compile(
    rf"\b{_OF_TARGETS}\b.*\b{_CHANGED}\b|\b{_CHANGED}\b.*\b{_OF_TARGETS}\b"
    rf"|\bny(?:tt|a)?\s+(?:\w+\s+)?{_OF_TARGETS}\b|\b{_OF_TARGETS}\s+är\s+ny(?:tt|a)?\b",
    re.I | re.S,
)
_TARGET = re.compile(rf"\b{_OF_TARGETS}\b", re.I)
_PARTS = (Part.TARGET, Part.INDICATOR)


def changes_without_a_word(reviewed: Reviewed) -> Iterator[Finding]:
    """An indicator or target that is another than in the last report, and no text of the unit's says so."""
    before = reviewed.data.earlier_plan
    if before is None or before.plan == reviewed.data.plan:
        return
    for change in diff_plans(before.plan, reviewed.data.plan):
        telling = change.part is Part.TARGET or (
            change.part is Part.INDICATOR
            and (change.field in (None, "namn") or change.difference is not Difference.CHANGED)
        )
        if change.part not in _PARTS or not telling or _is_told(reviewed, change):
            continue
        yield _finding(change, before.period)


def _is_told(reviewed: Reviewed, change: Change) -> bool:
    """Whether a sentence about the indicator, or about targets under its goal, speaks of a change."""
    row = next((row for row in reviewed.rows if row.indicator.id == change.id), None)
    goal = next((g for g in reviewed.data.plan.walk() if g.title == change.goal), None)
    under = reviewed.texts_under(goal, units=True) if goal else []
    for text in (*under, *(t for t in reviewed.texts if t.about == SUMMARY)):
        for sentence in sentences_of(text.text):
            before = re.search(r"\d+(?:,\d+)?", change.before or "")
            old_too = before is not None and re.search(
                rf"(?<![\d,]){re.escape(before[0])}(?![\d,])", sentence
            )
            if not _A_CHANGE.search(sentence) and not (old_too and _TARGET.search(sentence)):
                continue
            of_it = row is not None and row.is_meant_by(sentence)
            if of_it or text.about != SUMMARY or _names(change, sentence):
                return True
    return False


def _names(change: Change, sentence: str) -> bool:
    """Whether the sentence has a telling word of the indicator's name, which may be gone from the plan."""
    return any(word[:-2] in sentence.lower() for word in re.findall(r"[a-zåäö]{6,}", change.name.lower()))


def _finding(change: Change, period: str) -> Finding:
    what = change.field or "indikatorn"
    match change.difference:
        case Difference.CAME:
            message = f"Indikatorn {change.name} fanns inte i {period}, och ingen text säger att den är ny."
        case Difference.WENT:
            message = f"Indikatorn {change.name} fanns i {period} men är borta nu, utan ett ord om varför."
        case Difference.CHANGED:
            message = (
                f"{change.name}: {what} var {change.before or 'tomt'} i {period} och är nu "
                f"{change.after or 'tomt'}. Ingen text säger att det är ändrat."
            )
    return Finding(
        "changed-without-a-word",
        Severity.WARNING,
        change.goal,
        message,
        {
            "indicator": change.id,
            "field": what,
            "before": change.before,
            "after": change.after,
            "origin": f"planen som {period} byggde på; planen nu",
        },
        mend="Skriv en mening om vad som är ändrat, när och av vem.",
    )


def open_targets(reviewed: Reviewed) -> Iterator[Finding]:
    """A target that is not set: a note while it may be, a warning when its own date has passed."""
    order = ["T1", "T2", "VB"]
    now = order.index(reviewed.data.key.kind.value) if reviewed.data.key.kind.value in order else 0
    for goal, indicator in reviewed.data.plan.indicators():
        for name, printed in (("årsmålet", indicator.target), ("KF:s årsmål", indicator.council_target)):
            if not printed or not is_open(printed):
                continue
            promised = next(
                (i for i, kind in enumerate(order) if re.search(rf"\b{kind}\b", printed, re.I)), None
            )
            late = now >= (promised if promised is not None else 1)
            yield Finding(
                "target-open",
                Severity.WARNING if late else Severity.NOTE,
                goal.title,
                f"{indicator.name}: {name} är inte fastställt (”{printed}”), så det går inte att säga "
                "om det nås.",
                {"indicator": indicator.id, "target": printed, "origin": "planen"},
                mend="Fastställ målet och skriv in det i planen, eller skriv varför det dröjer.",
            )


def is_open(printed: str) -> bool:
    """Whether a target says that it is to be set: no number and no direction, and more than a dash."""
    return (
        read_target(printed) is None
        and not re.search(r"\d\s*(?:%|procent|st\b|[-–]\s*\d)|\d,\d|\d{2,}", printed)
        and re.search(r"[a-zåäö]{3,}", printed, re.I) is not None
    )
