"""A model of what a report says: its texts as sentences, its lists as labelled figures, its rows as numbers.

Drawn from a `Plan`; nothing is judged here. A check asks the model for the sentences of a row's analysis,
the lists of a text, the indicator that a word points to. Called by `arshjul.review.document_review` and by
the checks in `arshjul.review.document`. Pure.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from arshjul.plan import LEVEL_SWEDISH, Activity, Goal, Indicator, Plan
from arshjul.review.figures import Figure, figures_in

SECTIONS_SWEDISH = {
    "description": "beskrivning",
    "expected_result": "förväntat resultat",
    "approach": "arbetssätt",
    "resources": "resursanvändning",
    "follow_up": "uppföljning",
    "development": "utveckling",
    "analysis": "analys",
    "prognosis": "prognos",
    "measures": "åtgärder",
    "comment": "kommentar",
    "undertaking": "åtagande",
    "equality": "jämställdhet",
    "risk": "risker",
}
_REPORTING = frozenset({"analysis", "prognosis", "measures", "comment", "equality"})
_SENTENCE_END = re.compile(r"[.!?][\"”’)]?\s+(?=[A-ZÅÄÖÉ0-9\"”•(])")
_SHORT_WORD = re.compile(r"\b[A-Za-zåäöÅÄÖ]{1,3}\.\s+$")
_BULLET = re.compile(r"^\s*[-\N{EN DASH}•*·]\s*(?=[^\s\d])")
_LABELLED = re.compile(r"(?P<label>[^\d:;=]{2,60}?)\s*[:;=]\s*(?P<rest>\S.*)")
_UNLABELLED = re.compile(
    r"(?P<label>[A-ZÅÄÖ][^\d:;=.,]{1,50}?)\s+(?P<rest>[+\-\N{MINUS SIGN}\N{EN DASH}]?\s?\d.*)"
)
_ONLY_FIGURES = re.compile(
    r"[\s,;/()&+.\-]|\b(?:och|samt|av|st|kvinnor|män|börjat|slutat|deltagare|brukare|personer)\b"
)
_A_CLAUSE = re.compile(
    r"\b(?:har|hade|är|var|blev|på|till|med|av|för|i|om|uppgår|uppgick|visar|under|från|att|över|mellan)$",
    re.I,
)
_PIECES = re.compile(r"[,;]\s+(?:och\s+|samt\s+|medan\s+)?|\s+(?:och|samt)\s+(?=[A-ZÅÄÖ])")
_IN_LINE = re.compile(
    r"(?:.*?[:(]\s*|.*?\b(?:för|på|inom|har|var|är|i)\s+)?"
    r"(?P<label>[A-ZÅÄÖ][\wéÉ&-]*(?:\s[\wéÉ&-]+){0,3}?)"
    r"(?:\s*:|\s+(?:med|på|har|hade|är|var))?\s*\(?(?P<rest>[+\-\N{MINUS SIGN}]?\d.*)"
)
_LONGEST_REMARK = 60  # letters after a label that are no figures: "Fullbelagt", "inget resultat"


class Part(StrEnum):
    """Which part of the document a text is."""

    FRONT = "front"
    SECTION = "section"
    ROW = "row"  # the analysis of an indicator
    ACTIVITY = "activity"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence or one line of a list; `paragraph` numbers the paragraphs of its text."""

    text: str
    paragraph: int
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a list: what it is about and its figures, none for "Fullbelagt"."""

    label: str
    figures: tuple[Figure, ...]
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Listing:
    """Two or more labelled lines on one another, with the sentence just above and just below."""

    items: tuple[Item, ...]
    above: Sentence | None
    below: Sentence | None


@dataclass(frozen=True, slots=True)
class Passage:
    """One text: where it stands (for people), what it hangs on, and `place`, the reader's key to its line.

    `shared` is the one analysis of a table of several rows; it hangs on the last of them.
    """

    where: str
    part: Part
    text: str
    key: str = ""
    goal: Goal | None = None
    indicator: Indicator | None = None
    activity: Activity | None = None
    place: str | None = None
    sentences: tuple[Sentence, ...] = ()
    listings: tuple[Listing, ...] = ()
    shared: bool = False

    @property
    def reports(self) -> bool:
        """Whether the text says how it went; else it is a plan's."""
        return self.part is not Part.SECTION or self.key in _REPORTING


def passages_of(plan: Plan) -> list[Passage]:
    """Every text of the document, in its order."""
    return [_with_sentences(passage) for passage in _texts(plan) if passage.text.strip()]


def titles_of(plan: Plan) -> list[Passage]:
    """The names of indicators and activities as texts: a workplace may stand in them too."""
    rows = [(i.name, i.id, Part.ROW) for _, i in plan.indicators()]
    activities = [(a.title, a.id, Part.ACTIVITY) for _, a in plan.activities()]
    return [
        _with_sentences(Passage(name, part, name, place=place)) for name, place, part in (*rows, *activities)
    ]


def goal_name(goal: Goal) -> str:
    """How a goal is named in a finding."""
    number = f"{goal.number} " if goal.number else ""
    return f"{LEVEL_SWEDISH[goal.level]}: {number}{goal.title}"


def _texts(plan: Plan) -> Iterator[Passage]:
    for heading, text in plan.front.items():
        yield Passage(heading, Part.FRONT, text, heading)
    last: str | None = None
    for goal in plan.walk():
        last = goal.id
        name = goal_name(goal)
        for key, text in goal.sections.items():
            where = f"{name}, {SECTIONS_SWEDISH.get(key, 'text')}"
            yield Passage(where, Part.SECTION, text, key, goal, place=f"{goal.id}.{key}")
        explained = [indicator for indicator in goal.indicators if (indicator.analysis or "").strip()]
        shared = len(goal.indicators) > 1 and explained == [goal.indicators[-1]]
        for indicator in goal.indicators:
            where = f"{name}, analys" if shared else f"{indicator.name}, analys"
            text = indicator.analysis or ""
            yield Passage(
                where, Part.ROW, text, "analysis", goal, indicator, place=indicator.id, shared=shared
            )
        for activity in goal.activities:
            text = activity.analysis or ""
            yield Passage(
                f"{activity.title}, analys",
                Part.ACTIVITY,
                text,
                "analysis",
                goal,
                activity=activity,
                place=activity.id,
            )
    for heading, text in plan.back.items():
        yield Passage(heading, Part.BACK, text, heading, place=last)


def _with_sentences(passage: Passage) -> Passage:
    sentences = tuple(_sentences(passage.text))
    return Passage(
        passage.where,
        passage.part,
        passage.text,
        passage.key,
        passage.goal,
        passage.indicator,
        passage.activity,
        passage.place,
        sentences,
        tuple(_listings(sentences)),
        passage.shared,
    )


def _sentences(text: str) -> Iterator[Sentence]:
    for number, paragraph in enumerate(text.split("\n")):
        begin = 0
        for match in _SENTENCE_END.finditer(paragraph):
            head = paragraph[begin : match.end()]
            if _SHORT_WORD.search(head) and paragraph[match.end()].isdigit():
                continue
            yield from _sentence(head, number)
            begin = match.end()
        yield from _sentence(paragraph[begin:], number)


def _sentence(text: str, paragraph: int) -> Iterator[Sentence]:
    text = text.strip()
    if text:
        yield Sentence(text, paragraph, tuple(figures_in(text)))


def _listings(sentences: Sequence[Sentence]) -> Iterator[Listing]:
    items: list[Item] = []
    first = 0
    for index, sentence in enumerate([*sentences, None]):
        item = _item(sentence) if sentence is not None else None
        if item is not None:
            first = first if items else index
            items.append(item)
            continue
        if len(items) >= 2 and any(one.figures for one in items):
            yield Listing(tuple(items), sentences[first - 1] if first else None, sentence)
        items = []
    for sentence in sentences:
        if len(sentence.figures) >= 3:
            yield from _inline(sentence)


def _inline(sentence: Sentence) -> Iterator[Listing]:
    """ "Humlan 96 %, Pixeln 70 % och Returen 76 %": a list within a sentence."""
    items = []
    for piece in _PIECES.split(sentence.text):
        match = _IN_LINE.fullmatch(piece.rstrip(".) "))
        if match is not None and _is_figures(match["rest"]):
            items.append(Item(_name(match["label"]), tuple(figures_in(match["rest"])), sentence))
        elif items:
            break
    if len(items) >= 3:
        yield Listing(tuple(items), sentence, sentence)


def _item(sentence: Sentence) -> Item | None:
    """The sentence as a line of a list, or None."""
    text = _BULLET.sub("", sentence.text)
    match = _LABELLED.fullmatch(text)
    if match is not None:
        rest = match["rest"]
        if len(match["label"].split()) > 6:
            return None
        remark = len(rest) <= _LONGEST_REMARK and not figures_in(rest) and not rest.endswith("?")
        if remark or _is_figures(rest):
            return Item(_name(match["label"]), tuple(figures_in(rest)), sentence)
        return None
    match = _UNLABELLED.fullmatch(text)
    if match is None or len(match["label"].split()) > 5 or _A_CLAUSE.search(match["label"].strip()):
        return None
    return (
        Item(_name(match["label"]), tuple(figures_in(match["rest"])), sentence)
        if _is_figures(match["rest"])
        else None
    )


def _name(label: str) -> str:
    return " ".join(label.strip(" -\N{EN DASH}").split())


def _is_figures(text: str) -> bool:
    """Whether nothing but figures (and what joins them) stands in `text`."""
    rest = text
    for figure in reversed(figures_in(text)):
        rest = rest[: figure.start] + rest[figure.end :]
    return rest != text and not _ONLY_FIGURES.sub("", rest).strip()
