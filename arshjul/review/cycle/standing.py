"""Texts that were not written for this place: an earlier report's left standing, the same under every goal.

Likeness is rapidfuzz's ratio (0 to 100) over words in small letters with every figure made the same, so that
a paragraph whose only change is a new figure is still last year's. Pure.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from arshjul.review.cycle.reviewed import Reviewed, sentences_of
from arshjul.review.cycle.texts import Text
from arshjul.review.finding import Finding, Severity

_WORD = re.compile(r"\w+")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)?")
_FEWEST = 12  # words of a text or a sentence that nobody writes nearly twice by chance
_FEWEST_SAME = 8  # ... word for word
_ALIKE = 85  # of 100: a word or two in ten exchanged
_SENTENCE_ALIKE = 90
_SHARE = 0.5  # of a text's words that stood before: then the whole text is told


@dataclass(frozen=True, slots=True)
class _Earlier:
    period: str
    scope: str
    plain: str
    text: str


def texts_left_standing(reviewed: Reviewed) -> Iterator[Finding]:
    """A text, or a long sentence of one, that stood in an earlier report."""
    data = reviewed.data
    wholes = [
        _Earlier(t.period, t.scope, plain(t.text), t.text)
        for t in data.history.texts
        if _length(t.text) >= _FEWEST_SAME and t.period != str(data.key)
    ]
    pieces = [
        _Earlier(t.period, t.scope, plain(one), one)
        for t in data.history.texts
        if t.period != str(data.key)
        for one in sentences_of(t.text)
        if _length(one) >= _FEWEST_SAME
    ]
    if not pieces and not wholes:
        return
    plain_wholes, plain_pieces = [one.plain for one in wholes], [one.plain for one in pieces]
    for text in reviewed.texts:
        found = _stood(text.text, wholes, plain_wholes, _ALIKE)
        if found:
            yield _standing(reviewed, text, text.text, *found)
            continue
        said = sentences_of(text.text)
        stood = [(one, hit) for one in said if (hit := _stood(one, pieces, plain_pieces, _SENTENCE_ALIKE))]
        if stood:
            yield _standing(reviewed, text, stood[0][0], *stood[0][1])


def _stood(
    text: str, earlier: Sequence[_Earlier], plains: Sequence[str], alike: int
) -> tuple[_Earlier, int] | None:
    if _length(text) < _FEWEST_SAME:
        return None
    alike = alike if _length(text) >= _FEWEST else 100
    hit = process.extractOne(plain(text), plains, scorer=fuzz.ratio, score_cutoff=alike)
    return (earlier[hit[2]], int(hit[1])) if hit else None


def _standing(reviewed: Reviewed, text: Text, said: str, earlier: _Earlier, likeness: int) -> Finding:
    data = reviewed.data
    whose = ""
    if earlier.scope not in (text.scope, "unit"):
        whose = f", där skriven av {data.scope_name(earlier.scope)}" if earlier.scope in data.expected else ""
    same = "ordagrant" if likeness == 100 and said == earlier.text else "nästan ordagrant"
    return Finding(
        "text-from-earlier-report",
        Severity.WARNING,
        text.where,
        f"Det här står {same} i {earlier.period} också{whose}: ”{_beginning(said)}”",
        {
            "text": said,
            "earlier": earlier.text,
            "origin": earlier.period,
            "alike": likeness,
        },
        mend="Skriv vad som har hänt den här perioden. Är det samma sak som förra gången säger du just det.",
    )


def same_under_goals(reviewed: Reviewed) -> Iterator[Finding]:
    """A sub-unit, or the unit itself, that writes the same under several goals."""
    by_scope: dict[str | None, list[Text]] = {}
    for text in reviewed.texts:
        if text.is_analysis and _length(text.text) >= _FEWEST // 2:
            by_scope.setdefault(text.scope, []).append(text)
    for scope, texts in by_scope.items():
        plains = [plain(text.text) for text in texts]
        told: set[int] = set()
        for first in range(len(texts)):
            if first in told:
                continue
            same = [
                other
                for other in range(first + 1, len(texts))
                if other not in told and fuzz.ratio(plains[first], plains[other]) >= _ALIKE
            ]
            if same:
                told |= set(same)
                yield _under_goals(reviewed, scope, [texts[first], *(texts[i] for i in same)])


def _under_goals(reviewed: Reviewed, scope: str | None, texts: Sequence[Text]) -> Finding:
    name = "Enheten" if scope is None else reviewed.data.scope_name(scope)
    goals = "; ".join(reviewed.compiled.goals[text.about].goal.title for text in texts)
    return Finding(
        "same-text-under-goals",
        Severity.WARNING,
        texts[-1].where,
        f"{name} skriver samma sak under {len(texts)} mål: ”{_beginning(texts[0].text)}”",
        {"goals": goals, "text": texts[0].text, "scope": scope or "unit"},
        mend="Skriv om det som är särskilt för varje mål, och stryk det som bara upprepas.",
    )


def plain(text: str) -> str:
    """A text as it is compared: words in small letters, figures made the same."""
    return " ".join(_WORD.findall(_FIGURE.sub("0", text.lower())))


def _length(text: str) -> int:
    return len(_WORD.findall(text))


def _beginning(text: str) -> str:
    words = text.split()
    return " ".join(words) if len(words) <= 16 else f"{' '.join(words[:14])} …"
