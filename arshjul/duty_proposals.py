"""Duties that a plan itself speaks of: "följs upp månadsvis", "vid T1, T2 och VB", "årligen på APT".

Sentences that say both that something is followed up and how often become proposals, which a person takes
or leaves: how often is read, who and when in the month are suggestions. "Fortlöpande" is no rhythm and
proposes nothing. Called when a plan is read (`arshjul init --plan`) and by `arshjul wheel --propose`. Pure.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from textwrap import wrap

from arshjul.duties import Duty, Every, Season, When
from arshjul.organisation import Role
from arshjul.plan import Kind, Plan
from arshjul.swedish_dates import MONTHS

_FOLLOWED_UP = re.compile(
    r"uppfölj|följ\w*\s+(?:\S+\s+){0,6}?upp\b|utvärder|avstäm|stäm\w*\s+(?:\S+\s+){0,4}?av\b|redovisa", re.I
)
_MONTH = "|".join(MONTHS)
_NAMED_MONTHS = re.compile(
    rf"\bi\s+((?:{_MONTH})(?:(?:\s*,\s*|\s+och\s+(?:i\s+)?)(?:{_MONTH}))*)",
    re.I,
)
_REPORT = r"(?:T1|T2|VB|tertialrapport(?:en|erna)?(?:\s+[12])?|verksamhetsberättelse(?:n)?)"
_AT_REPORTS = re.compile(
    rf"(?:vid|inför|i|till|samband\s+med)\s+({_REPORT}(?:(?:\s*,\s*|\s+(?:och|samt)\s+){_REPORT})*)",
    re.I,
)
_PERIOD_ENDS = {Kind.T1: 4, Kind.T2: 8, Kind.VB: 12}

_MONTHLY = When(every=Every.MONTH, nth=3, not_in=(7,))
_BY_TERTIAL = When(months=(4, 8, 12), nth=2)
_TWICE = When(months=(3, 10), nth=3)
# The first that fits counts, so what is said more closely stands first.
_RHYTHMS: tuple[tuple[re.Pattern[str], When], ...] = tuple(
    (re.compile(pattern, re.I), when)
    for pattern, when in (
        (r"varannan\s+månad", When(every=Every.SECOND_MONTH, nth=3, not_in=(7,))),
        (r"två\s+gånger\s+(?:per|om|varje)\s+termin", When(months=(2, 5, 9, 11), nth=3)),
        (r"kvartal|fyra\s+gånger\s+(?:per|om)\s+år", When(every=Every.QUARTER, first=2, nth=3)),
        (r"tertialvis|(?:varje|per)\s+tertial|tre\s+gånger\s+(?:per|om)\s+år", _BY_TERTIAL),
        (r"månadsvis|(?:varje|per)\s+månad|månatlig|i\s+månaden|månadsavstämning", _MONTHLY),
        (r"halvår|två\s+gånger\s+(?:per|om)\s+år|(?:varje|per)\s+termin", _TWICE),
        (r"\bårligen|\bårlig[at]?\b|varje\s+år\b|(?:per|om)\s+år(?:et)?\b", When(months=(11,), nth=2)),
        (r"\bi\s+höst\b|(?:på|under)\s+hösten|varje\s+höst", When(seasons=(Season.AUTUMN,))),
        (r"\bi\s+vår\b|(?:på|under)\s+våren|varje\s+vår\b", When(seasons=(Season.SPRING,))),
    )
)
_WIDTH = 96
_SHORT = 44  # letters of the sentence in a label


@dataclass(frozen=True, slots=True)
class DutyProposal:
    """A duty that a plan speaks of, with the goal (None: outside the goals) and the sentence it stands in."""

    duty: Duty
    goal_id: str | None
    sentence: str
    phrase: str


def proposed_duties(plan: Plan) -> tuple[DutyProposal, ...]:
    """The duties that the plan's follow-up rules speak of, in the document's order, none twice."""
    found: list[DutyProposal] = []
    numbers: dict[str, int] = {}
    for goal_id, sentence in dict.fromkeys(_sentences(plan)):
        base = re.sub(r"[^a-z0-9_]", "", (goal_id or "plan").lower())
        for when, reports, phrase in _rhythms(sentence):
            numbers[base] = numbers.get(base, 0) + 1
            duty = _duty(f"uppf_{base}_{numbers[base]}", sentence, when, reports)
            found.append(DutyProposal(duty, goal_id, sentence, phrase))
    return tuple(found)


def proposals_as_yaml(proposals: tuple[DutyProposal, ...], indent: str = "", comment: str = "") -> str:
    """The proposals as entries for `duties`, each under its sentence; `comment` stands before each line."""
    lines = []
    for proposal in proposals:
        where = f"mål {proposal.goal_id}" if proposal.goal_id else "planen"
        lines += wrap(f"{where}: {proposal.sentence}", _WIDTH, initial_indent="# ", subsequent_indent="#   ")
        lines += _entry(proposal.duty)
    return "\n".join(f"{indent}{comment}{line}" for line in lines)


def _sentences(plan: Plan) -> Iterator[tuple[str | None, str]]:
    """The sentences that may speak of follow-up, each with its goal."""
    for goal in plan.walk():
        for key, text in goal.sections.items():
            for sentence in _split(text):
                if key == "follow_up" or _FOLLOWED_UP.search(sentence):
                    yield goal.id, sentence
    for text in (*plan.front.values(), *plan.back.values()):
        for sentence in _split(text):
            if _FOLLOWED_UP.search(sentence):
                yield None, sentence


def _split(text: str) -> list[str]:
    paragraphs = (" ".join(part.split()) for part in re.split(r"\n\s*\n", text))
    return [
        s.strip() for part in paragraphs for s in re.split(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ\"”])", part) if s.strip()
    ]


def _rhythms(sentence: str) -> Iterator[tuple[When, tuple[Kind, ...], str]]:
    """How often, the reports that it names, and the words that say so; nothing where no rhythm is said."""
    named = _AT_REPORTS.search(sentence)
    reports = _reports(named[1]) if named else ()
    said: list[tuple[int, When, str]] = []
    rest = sentence
    for pattern, when in _RHYTHMS:
        found = pattern.search(rest)
        if found:
            said.append((found.start(), when, found[0]))
            rest = rest[: found.start()] + " " * len(found[0]) + rest[found.end() :]
    if not said:
        months = _NAMED_MONTHS.search(sentence)
        if months:
            of = tuple(MONTHS.index(m.lower()) + 1 for m in re.findall(_MONTH, months[1], re.I))
            said.append((0, When(months=of, nth=3), months[0]))
        elif named and reports:
            said.append((0, When(months=tuple(_PERIOD_ENDS[kind] for kind in reports), nth=2), named[0]))
    for _, when, phrase in sorted(said, key=lambda each: each[0]):
        # "Tertialvis och i samband med verksamhetsberättelsen" means all three.
        yield when, tuple(_PERIOD_ENDS) if when is _BY_TERTIAL and reports else reports, phrase


def _reports(words: str) -> tuple[Kind, ...]:
    said = words.lower()
    any_tertial = re.search(r"tertialrapport(?:en|erna)?(?!\s*[12])", said) is not None
    found = {
        Kind.T1: "t1" in said or "tertialrapport 1" in said or any_tertial,
        Kind.T2: "t2" in said or "tertialrapport 2" in said or any_tertial,
        Kind.VB: "vb" in said or "verksamhetsberättelse" in said,
    }
    return tuple(kind for kind, is_said in found.items() if is_said)


def _duty(duty_id: str, sentence: str, when: When, reports: tuple[Kind, ...]) -> Duty:
    said = sentence.lower()
    who = (Role.MANAGER, Role.CONTROLLER) if "controller" in said else (Role.DEPUTY,)
    title = sentence.rstrip(".")
    label = title if len(title) <= _SHORT else title[:_SHORT].rsplit(" ", 1)[0].rstrip(" ,;") + " …"
    rarely = when.every is not Every.MONTH
    duty = Duty(
        id=duty_id,
        label=label,
        when=when,
        who=who,
        per_subunit=who == (Role.DEPUTY,),
        confirm=rarely,
        lead_days=5 if rarely else None,
    )
    return replace(duty, report_into=reports, section="controls") if reports else duty


def _entry(duty: Duty) -> list[str]:
    """One duty as YAML, as people write it."""
    lines = [f"- id: {duty.id}", f"  label: {_text(duty.label)}", f"  when: {{{_when(duty.when)}}}"]
    lines.append(f"  who: [{', '.join(duty.who)}]")
    if duty.per_subunit:
        lines.append("  per_subunit: true")
    if duty.confirm:
        lines += [f"  lead_days: {duty.lead_days}", "  confirm: true"]
    if duty.report_into:
        lines += [f"  report_into: [{', '.join(duty.report_into)}]", f"  section: {duty.section}"]
    return lines


def _when(when: When) -> str:
    if when.seasons:
        return f"seasons: [{', '.join(when.seasons)}]"
    often = f"every: {when.every}" if when.every else f"months: [{', '.join(map(str, when.months))}]"
    first = f", first: {when.first}" if when.first != 1 else ""
    left_out = f", not_in: [{', '.join(map(str, when.not_in))}]" if when.not_in else ""
    return f"{often}{first}, nth: {when.nth}{left_out}"


def _text(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)
