"""The planted cycles of `tests/review_corpus_unseen/cycles.yaml`: a case's edits put on the example's cycle.

Here is how a case becomes data, and whether a finding is the case's fault. The faults were written by someone
who had not read the checks. Called by `test_planted.py` and `bench/review_cycles.py`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from arshjul.answers import Answer, State
from arshjul.catalogue import Sex
from arshjul.compilation import compile_cycle
from arshjul.cycle_data import SUMMARY, CycleData, EarlierPlan, Judged
from arshjul.form import NO_DATA, NOT_APPLICABLE, NOT_MEASURED
from arshjul.history import EarlierText, EarlierValue, History
from arshjul.plan import Activity, Attainment, Goal, Indicator, Plan
from arshjul.review.cycle_review import review_cycle
from arshjul.review.finding import Finding
from tests.unit.demo_cycle import mended_data

CASES = Path(__file__).parents[1] / "review_corpus_unseen" / "cycles.yaml"
_STATES = {
    NOT_APPLICABLE: State.NOT_APPLICABLE,
    NOT_MEASURED: State.NOT_MEASURED,
    NO_DATA: State.NO_DATA,
}
_ID = re.compile(r"\b[GIA]\d\d\b")

# The codes that say a kind of fault; any of them, at the place, is the fault found.
KINDS: Mapping[str, frozenset[str]] = {
    kind: frozenset(codes.split())
    for kind, codes in {
        "parts against totals": "sum-mismatch total-against-figures part-against-figures figure-against-row "
        "result-against-numbers goals-counted-wrong figure-without-source count-differs-from-list "
        "told-twice-differently",
        "a text figure no source supports": "figure-without-source figure-against-row total-against-figures "
        "result-against-numbers part-against-figures",
        "last year's paragraph left standing": "text-from-earlier-report",
        "the same text under every goal by one sub-unit": "same-text-under-goals",
        "a jump against history": "jump-against-history",
        "missing analysis at a deviation": "deviation-without-analysis analysis-missing",
        "missing analysis at a missed target": "missed-without-analysis analysis-missing",
        "a promise of the plan never mentioned": "promise-not-mentioned promise-unanswered",
        "a target changed since the last report without a word": "changed-without-a-word",
        "an indicator gone since the last report without a word": "changed-without-a-word",
        "direction words against figures": "direction-against-figures target-words-against-figures "
        "sign-against-word sexes-against-row figure-against-row",
        "a goal judged above its indicators without reason": "full-over-missed-target",
    }.items()
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """One case: the findings that its edits added, which of them are its fault, which are false."""

    case: Mapping[str, Any]
    hits: tuple[Finding, ...]
    false: tuple[Finding, ...]

    @property
    def is_missed(self) -> bool:
        """Whether there was a fault and nothing was said of it."""
        return "fault" in self.case and not self.hits


def cases(half: str | None = None) -> list[Mapping[str, Any]]:
    """The cases, all or those of one half ("tuning", "held_out")."""
    found = yaml.safe_load(CASES.read_text("utf-8"))["cases"]
    return [case for case in found if half is None or case.get(half)]


@cache
def _of_base() -> frozenset[tuple[object, ...]]:
    return frozenset(_same(finding) for finding in review_cycle(compile_cycle(mended_data())))


def _same(finding: Finding) -> tuple[object, ...]:
    """What makes a finding the same as one of the untouched cycle, though an edit has moved its figures."""
    return finding.code, finding.where, finding.evidence.get("indicator")


def measure(case: Mapping[str, Any]) -> Outcome:
    """Review one case and hold what its edits added against its fault."""
    data = edited(case)
    added = [f for f in review_cycle(compile_cycle(data)) if _same(f) not in _of_base()]
    if "fault" not in case:
        return Outcome(case, (), tuple(added))
    there = [f for f in added if is_at(f, case["where"], data)]
    hits = [f for f in there if f.code in KINDS.get(case["fault"], frozenset())]
    # A second finding at the place of a fault that was found says more of the same and is not false.
    false = [f for f in added if f not in hits and not (hits and f in there)]
    return Outcome(case, tuple(hits), tuple(false))


def is_at(finding: Finding, where: str, data: CycleData) -> bool:
    """Whether a finding stands where the case says: the same writer, and the goal, indicator or activity."""
    told = f"{finding.where} {finding.message} {' '.join(str(v) for v in finding.evidence.values())}"
    scopes = {s.code: s.name for s in data.unit.subunits}
    named = [scopes[code] for code in scopes if code in where]
    if named and not any(name in told for name in named):
        return False
    if "economy" in where:
        return "Ekonomi" in told or "tkr" in told
    if "summary" in where:
        return "Sammanfattning" in told or "tkr" in told
    ids = _ID.findall(where)
    titles = dict(_titles(data.plan))
    return (
        not ids
        or any(titles.get(one, one) in told or re.search(rf"\b{one}\b", told) for one in ids)
        or (bool(named))
    )


def _titles(plan: Plan) -> Iterator[tuple[str, str]]:
    for goal in plan.walk():
        yield goal.id, goal.title
        yield from ((i.id, i.name) for i in goal.indicators)
        yield from ((a.id, a.title) for a in goal.activities)


def edited(case: Mapping[str, Any]) -> CycleData:
    """The example's cycle with the case's edits."""
    data = mended_data()
    for edit in case["edits"]:
        match edit["scope"]:
            case "manager":
                data = _by_manager(data, edit)
            case "earlier":
                data = _earlier(data, edit)
            case "plan":
                data = replace(data, plan=_planned(data.plan, edit))
            case scope:
                data = _answered(data, scope, edit)
    return data


def _answered(data: CycleData, scope: str, edit: Mapping[str, Any]) -> CycleData:
    field, given = edit["field"], edit.get("value", edit.get("text"))
    counted = data.submissions[scope]
    answers = {name: answer for name, answer in counted.answers.items() if name != field}
    if isinstance(given, str) and given in _STATES and not field.endswith((".analysis", ".comment")):
        state = State.VALUE if given == NO_DATA and field.endswith(".status") else _STATES[given]
        text = given if state is State.VALUE else None
        answers[field] = Answer(field, state, text=text)
    elif isinstance(given, str):
        answers[field] = Answer(field, State.VALUE, text=given.strip())
    elif given is not None:
        answers[field] = Answer(field, State.VALUE, number=Decimal(str(given)))
    changed = replace(counted, answers=answers, sha256=f"{counted.sha256} {edit}")
    return replace(data, submissions={**data.submissions, scope: changed})


def _by_manager(data: CycleData, edit: Mapping[str, Any]) -> CycleData:
    place = SUMMARY if edit.get("field") == "summary" else edit["goal"]
    before = data.judgements[place]
    attainment = Attainment(edit["attainment"]) if "attainment" in edit else before.attainment
    text = (edit["text"] or "").strip() if "text" in edit else before.synthesis
    return replace(data, judgements={**data.judgements, place: Judged(attainment, text)})


def _earlier(data: CycleData, edit: Mapping[str, Any]) -> CycleData:
    if "indicator" in edit:
        before = data.earlier_plan or EarlierPlan(edit["period"], data.plan)
        changes = {key: edit[key] for key in ("target", "council_target", "name") if key in edit}
        known = {i.id for _, i in before.plan.indicators()}
        goal = edit.get("goal") or before.plan.indicators()[0][0].id
        plan = (
            _with_indicator(before.plan, edit["indicator"], changes)
            if edit["indicator"] in known
            else _with_new(before.plan, goal, Indicator(edit["indicator"], **{"name": "", **changes}))
        )
        return replace(data, earlier_plan=EarlierPlan(edit["period"], plan))
    scope, field = edit["subunit"], edit["field"]
    group, _, part = field.rpartition(".")
    values, texts = list(data.history.values), list(data.history.texts)
    if "history" in edit or "value" in edit:
        given = edit.get("history") or {edit["period"]: edit["value"]}
        values = [
            v
            for v in values
            if (v.scope, v.indicator, v.sex.value) != (scope, group, part) or v.period not in given
        ]
        values += [EarlierValue(p, scope, group, Decimal(str(n)), Sex(part)) for p, n in given.items()]
    else:
        texts.append(EarlierText(edit["period"], scope, field, edit["text"].strip()))
    return replace(data, history=History(tuple(values), tuple(texts)))


def _with_indicator(plan: Plan, indicator: str, changes: Mapping[str, Any]) -> Plan:
    def of(goal: Goal) -> Goal:
        indicators = tuple(replace(i, **changes) if i.id == indicator else i for i in goal.indicators)
        return replace(goal, indicators=indicators, goals=tuple(map(of, goal.goals)))

    return replace(plan, goals=tuple(map(of, plan.goals)))


def _with_new(plan: Plan, goal_id: str, indicator: Indicator) -> Plan:
    def of(goal: Goal) -> Goal:
        indicators = (*goal.indicators, indicator) if goal.id == goal_id else goal.indicators
        return replace(goal, indicators=indicators, goals=tuple(map(of, goal.goals)))

    return replace(plan, goals=tuple(map(of, plan.goals)))


def _planned(plan: Plan, edit: Mapping[str, Any]) -> Plan:
    def of(goal: Goal) -> Goal:
        if goal.id == edit["goal"] and "activity" in edit:
            goal = replace(goal, activities=(*goal.activities, _activity(edit["activity"])))
        if goal.id == edit["goal"] and "expected_result" in edit:
            text = "\n".join(
                filter(None, [goal.sections.get("expected_result"), edit["expected_result"].strip()])
            )
            goal = replace(goal, sections={**goal.sections, "expected_result": text})
        return replace(goal, goals=tuple(map(of, goal.goals)))

    return replace(plan, goals=tuple(map(of, plan.goals)))


def _activity(given: Mapping[str, Any]) -> Activity:
    dates = {k: date.fromisoformat(str(given[k])) for k in ("start", "end") if given.get(k)}
    return Activity(given["id"], given["title"], **dates)
