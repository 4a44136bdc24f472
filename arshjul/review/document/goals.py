"""Judgements of goals against what stands below and beside them: indicators, lower goals, their own words."""

import re
from collections.abc import Iterator

from arshjul.plan import ATTAINMENT_SWEDISH, Attainment, Goal, Kind
from arshjul.review.document.analyses import value_of
from arshjul.review.document.explained import is_owned, meant_among, rows_near
from arshjul.review.document.model import Model
from arshjul.review.figures import shown
from arshjul.review.finding import Finding, Severity
from arshjul.review.rows import Row
from arshjul.review.statements import Part, Passage, Sentence, goal_name

_RANK = {Attainment.FULL: 3, Attainment.PARTIAL: 2, Attainment.NOT_MET: 1}
_CONDITIONAL = re.compile(
    r"\b(?:om(?!\s+(?:året|dagen|veckan|månaden)\b)|ifall|risk\w*"
    r"|kan(?!\s+(?:\w+\s+){0,2}(?:inte|ej)\b)|skulle|förra|föregående|tidigare|fjol\w*|ännu|innan|om inte)\b",
    re.I,
)
_DURING_THE_YEAR = (Kind.T1, Kind.T2)  # the mark is about the whole year, the outcome is not yet
_WILL_MISS = re.compile(
    r"\b(?:års)?mål\w*\b[^.;]{0,60}\b(?:inte|ej)\b|\b(?:inte|ej)\b[^.;]{0,40}\b(?:\w*mål(?:et|en)?\b|nå\b|nås\b)",
    re.I,
)
_DOES_MISS = re.compile(r"\b(?:inte|ej)\s+(?:\w+\s+)?når\b|\bnår\s+(?:\w+\s+)?(?:inte|ej)\b", re.I)
_CLAUSES = re.compile(r"[;:]\s|,\s+(?:och|men|medan)\s")
_AT_THE_END = re.compile(
    r"\b(?:årets\s+slut|helår\w*|årsskift\w*|i\s+år|under\s+året|bedömer|räknar|prognos\w*)\b", re.I
)
_GOES_ON_FOR = 2  # sentences after the one that names a row
_SHORTFALL = re.compile(r"\b(?:delvis|inte|ej|nästan)\b", re.I)
_NOT_ALL = re.compile(r"\s+(?:fullt ut|helt|till fullo|ännu)\b", re.I)
_OF_PEOPLE = re.compile(r"\b(?:egna|individuella|personliga)\s+(?:del)?mål|\bdelmål\w*", re.I)
_NEAR = 40  # letters after the words within which it is said of what
_OF_A_GOAL = re.compile(
    r"\b(?:enhets)?mål(?:et|en|s)?\b|\bresultat(?:et|en)?\b|\b(?:anses|bedöms|markeras)\b", re.I
)
_OF_AN_INDICATOR = re.compile(r"\b(?:årsmål\w*|indikator\w*|målvärde\w*)\b", re.I)


def full_over_missed(model: Model) -> Iterator[Finding]:
    """A goal said to be met in full over an indicator of its own that misses its target."""
    for row in model.rows:
        value = value_of(row, model)
        if row.goal.attainment is not Attainment.FULL or value is None:
            continue
        number, only_in_text = value
        judged = row.met(number)
        if judged is None or judged[1]:
            continue
        now = shown(number, row.unit)
        if model.plan.kind in _DURING_THE_YEAR and not _will_be_missed(row, model):
            continue
        told = "enligt analysen " if only_in_text else ""
        yield model.at_place(
            "full-over-missed-target",
            Severity.ERROR,
            goal_name(row.goal),
            row.indicator.id,
            f"Målet anges som ”uppfylls helt”, men indikatorn {row.indicator.name} når inte sitt mål: "
            f"{told}{now} mot {judged[0]}.",
            {"outcome": now, "target": judged[0], "indicator": row.indicator.name, "goal": row.goal.title},
        )


def _will_be_missed(row: Row, model: Model) -> bool:
    """Whether the analysis says that the year's target will not be reached."""
    passage = model.analysis_of(row)
    for place, sentence in enumerate(passage.sentences if passage else ()):
        if passage is None or not _is_of_row(row, passage, place, model):
            continue
        for clause in _CLAUSES.split(sentence.text):
            at_the_end = _AT_THE_END.search(sentence.text) and _DOES_MISS.search(clause)
            if (at_the_end or _WILL_MISS.search(clause)) and not _CONDITIONAL.search(clause):
                return True
        expected = [f for f in sentence.figures if f.unit == row.unit and not f.approximate]
        if len(expected) == 1 and model.vocabulary.forecast.search(sentence.text):
            judged = row.met(expected[0].number)
            if judged is not None and not judged[1]:
                return True
    return False


def _is_of_row(row: Row, passage: Passage, place: int, model: Model) -> bool:
    """Whether a sentence that looks ahead is about the row: its name, its target, what it goes on from."""
    sentence = passage.sentences[place]
    if not passage.shared or is_owned(row, passage, sentence, model):
        return True
    near = rows_near(passage, model)
    if meant_among(sentence.text, near):
        return False
    numbers = {figure.number for figure in sentence.figures}
    targets = {one.indicator.name for one in near for t in one.targets if t.number in numbers}
    if targets:
        return targets == {row.indicator.name}
    for earlier in reversed(passage.sentences[max(0, place - _GOES_ON_FOR) : place]):
        named = meant_among(earlier.text, near)
        if named:
            return named == {row.indicator.name}
    return False


def rated_above_goals_below(model: Model) -> Iterator[Finding]:
    """A goal rated better than the goals just below it allow."""
    for goal in model.plan.walk():
        if goal.attainment is None or goal.attainment not in _RANK:
            continue
        below = [lower for lower in _judged_below(goal) if lower.attainment in _RANK]
        ranks = {_RANK[lower.attainment] for lower in below if lower.attainment}
        fair = ranks.pop() if len(ranks) == 1 else _RANK[Attainment.PARTIAL]
        worse = [g for g in below if g.attainment and _RANK[g.attainment] < _RANK[goal.attainment]]
        if not worse or _RANK[goal.attainment] <= fair:
            continue  # a goal met in part may stand over one that is met and one that is not
        own = ATTAINMENT_SWEDISH[goal.attainment].lower()
        names = "; ".join(f"{lower.title} ({_swedish(lower)})" for lower in worse)
        count = "alla mål" if len(worse) == len(below) > 1 else "mål"
        yield model.at_mark(
            "rated-above-goals-below",
            Severity.WARNING,
            goal,
            f"Målet anges som ”{own}” men {count} under det är sämre bedömda: {names}.",
            {"rated": own, "below": names},
        )


def words_against_rating(model: Model) -> Iterator[Finding]:
    """Words of attainment under a goal that say another attainment than its mark."""
    for passage in model.passages:
        goal = passage.goal
        explains_goal = passage.part is Part.SECTION or passage.shared
        if goal is None or not explains_goal or not passage.reports or goal.attainment is None:
            continue
        near = rows_near(passage, model) if passage.shared else ()
        told = [
            (sentence, said)
            for sentence in passage.sentences
            if (said := _words(sentence, goal, model))
            and not meant_among(sentence.text.partition(":")[0], near)
        ]
        if not told:
            continue
        sentence, (words, within) = told[0]
        more = f" Likaså på {len(told) - 1} ställe till." if len(told) == 2 else ""
        more = f" Likaså på {len(told) - 1} ställen till." if len(told) > 2 else more
        yield model.in_text(
            "words-against-rating",
            Severity.WARNING,
            passage,
            sentence,
            f"Målet anges som ”{_swedish(goal)}”, men texten säger ”{words}”.{more}",
            {"rated": _swedish(goal), "text": words, "times": len(told)},
            within=within,
        )


def _words(sentence: Sentence, goal: Goal, model: Model) -> tuple[str, int] | None:
    """The words of the sentence that contradict the goal's mark, and where they begin."""
    vocabulary, text = model.vocabulary, sentence.text
    contradicting = {
        Attainment.FULL: (vocabulary.partly, vocabulary.missed),
        Attainment.PARTIAL: (vocabulary.missed, vocabulary.fully),
        Attainment.NOT_MET: (vocabulary.partly, vocabulary.fully),
    }.get(goal.attainment or Attainment.NO_DATA, ())
    for pattern in contradicting:
        for match in pattern.finditer(text):
            lead = text[: match.start()]
            clause = re.split(r"[,;]|\bmen\b", lead)[-1]
            near = lead + text[match.end() : match.end() + _NEAR]
            if _CONDITIONAL.search(clause) or _OF_AN_INDICATOR.search(near) or _OF_PEOPLE.search(text):
                continue
            if pattern is vocabulary.fully and (
                _SHORTFALL.search(text[max(0, match.start() - 25) : match.end() + 25])
                or model.workplaces.in_text(text)
            ):
                continue
            in_part = vocabulary.partly.search(text) or _NOT_ALL.match(text[match.end() :])
            if pattern is vocabulary.missed and goal.attainment is Attainment.PARTIAL and in_part:
                continue  # "inte helt uppnått" is in part
            if pattern is vocabulary.partly or _OF_A_GOAL.search(text):
                return match[0], match.start()
    return None


def _judged_below(goal: Goal) -> Iterator[Goal]:
    """The nearest goals below that have a mark of their own."""
    for lower in goal.goals:
        if lower.attainment is None:
            yield from _judged_below(lower)
        else:
            yield lower


def _swedish(goal: Goal) -> str:
    return ATTAINMENT_SWEDISH[goal.attainment].lower() if goal.attainment else ""
