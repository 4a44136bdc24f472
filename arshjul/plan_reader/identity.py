"""Which document it is: kind, year and unit, by the words that say so, the surest first.

Called by `reader` last, with what has been read. None where the document does not say.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from arshjul.plan import Goal, Kind
from arshjul.plan_reader.headings import is_known, is_matter_heading
from arshjul.plan_reader.lines import Line, segments_of, squash, without_spaces
from arshjul.plan_reader.words import ReaderWords

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_PERIOD_KIND = re.compile(r"^(VP|VB|T1|T2)\s?(?:20\d\d)?$")
_HEAD_KIND = re.compile(r"\b(VB|T1|T2)\s20\d\d\b")
_TITLE_LENGTH = 110
_TITLE_LINES = 60
_YEAR_LABEL = re.compile(r"(?:År|Verksamhetsår|Rapportår|Planår|Avser år)\s*:?\s*(20\d\d)", re.I)
_AFTER_YEAR = re.compile(r"^(?:20\d\d)?\W*(?:för\s+)?(?:år(?:et)?\s+)?(?:20\d\d)?\W*")
_SAYS_UNIT = re.compile(
    r"^(?P<unit>[A-ZÅÄÖ][^.!?:,]{3,70}?) består av \w+ "
    r"(?:verksamheter|enheter|arbetsplatser|boenden|förskolor)\b"
)
_NOT_A_UNIT = re.compile(
    r"\d|stockholms stad|stadsdelsförvaltning|diarienummer|\bdnr\b|datum|sida|handläggare|^till\b|nämnd|@|www"
    r"|telefon",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Identity:
    """What the document says of itself."""

    kind: Kind | None
    year: int | None
    unit: str | None


def identify(
    lines: Sequence[Line], texts: Sequence[str], goals: Sequence[Goal], head_text: str, words: ReaderWords
) -> Identity:
    """Read kind, year and unit. `lines` are all lines with furniture, `texts` the matter around the goals."""
    titles = _titles(lines, words)
    every = [goal for top in goals for goal in top.walk()]
    periods = [row.period for goal in every for row in goal.indicators if row.period]
    return Identity(
        _kind(titles, periods, head_text, every),
        _labelled_year(lines) or _year(titles, periods, head_text, every, texts, words),
        _unit(titles, lines, every, texts, words),
    )


@dataclass(frozen=True, slots=True)
class _Title:
    """A line that names the document: a title or a running head."""

    index: int
    text: str
    kind: Kind
    before: str
    after: str


def _titles(lines: Sequence[Line], words: ReaderWords) -> list[_Title]:
    """The lines that begin with the document's kind, or have it after a comma, as titles do."""
    names = "|".join(re.escape(name) for name, _ in words.kinds)
    kinds = {name.casefold(): kind for name, kind in words.kinds}
    pattern = re.compile(
        rf"(?:(?P<before>[^.]{{2,80}}?)[,–|·-]\s+|(?P<label>[^.,]{{2,80}}?)\s+)?(?P<kind>{names})(?P<after>(?:\W.*)?)",
        re.I,
    )
    titles: list[_Title] = []
    printed = 0
    for index, line in enumerate(lines):
        cells = segments_of(line)
        text = " | ".join(cell.text for cell in cells) if len(cells) > 1 else line.words
        if not text:
            continue
        printed += 1
        if len(text) > _TITLE_LENGTH or text[-1] in ".,;":
            continue
        found = pattern.fullmatch(text)
        if found is None or (printed > _TITLE_LINES and not found["before"]):
            continue
        after = found["after"].strip(" ,:–-")
        if found["label"] or (
            after and not re.match(r"(?:för\s)?(?:år\s|året\s)?\W*(?:20\d\d|\d{1,3}\s?\(|[A-ZÅÄÖ])", after)
        ):
            continue
        titles.append(_Title(index, text, kinds[found["kind"].casefold()], found["before"] or "", after))
    return titles


def _kind(
    titles: Sequence[_Title],
    periods: Iterable[str],
    head_text: str,
    goals: Sequence[Goal],
) -> Kind | None:
    """By title, by the period column, by the period compared with, else by what only a plan lacks."""
    if titles:
        return titles[0].kind
    for text in [*periods, *_HEAD_KIND.findall(head_text)]:
        found = _PERIOD_KIND.match(text)
        if found:
            return Kind(found[1])
    reported = any(goal.attainment or "analysis" in goal.sections for goal in goals) or any(
        row.outcome or row.previous for goal in goals for row in goal.indicators
    )
    return None if reported or not goals or "utfall" in head_text.casefold() else Kind.VP


def _labelled_year(lines: Sequence[Line]) -> int | None:
    """The year that the first page gives by its label ("År: 2026")."""
    found = (_YEAR_LABEL.fullmatch(line.words) for line in lines[:_TITLE_LINES])
    return next((int(match[1]) for match in found if match), None)


def _year(
    titles: Sequence[_Title],
    periods: Sequence[str],
    head_text: str,
    goals: Sequence[Goal],
    texts: Sequence[str],
    words: ReaderWords,
) -> int | None:
    """By title, by the period column, by the year over a target, by the activities, else by the text."""
    of_titles = [year for title in titles for year in _YEAR.findall(title.after)]
    of_periods = [year for period in periods for year in _YEAR.findall(period)]
    of_targets = re.findall(r"årsmål (?:år )?(20\d\d)", squash(head_text), re.I)
    of_activities = [
        str(activity.end.year) for goal in goals for activity in goal.activities if activity.end is not None
    ]
    kinds = "|".join(re.escape(name) for name, _ in words.kinds)
    named = re.compile(rf"(?:{kinds}|budget)\s+(?:för\s+|år\s+)?(20\d\d)", re.I)
    of_text = [year for text in texts for year in named.findall(text)]
    for years in (of_titles, of_periods, of_targets, of_activities, of_text):
        if years:
            return int(Counter(years).most_common(1)[0][0])
    return None


def _unit(
    titles: Sequence[_Title],
    lines: Sequence[Line],
    goals: Sequence[Goal],
    texts: Sequence[str],
    words: ReaderWords,
) -> str | None:
    """By a label, a title or page head, the name over the analyses of rows, else a sentence that says so."""
    label = re.compile(rf"(?:{'|'.join(words.unit_labels)})\s*:\s*(?P<unit>\S.{{2,80}})")
    for line in lines[: 3 * _TITLE_LINES]:
        found = label.fullmatch(line.words)
        if found:
            return found["unit"]
    for title in titles:
        for part in (title.before, _AFTER_YEAR.sub("", title.after)):
            if len(part) > 3 and not _NOT_A_UNIT.search(part):
                return _without_article(part)
    if titles and titles[0].index < _TITLE_LINES:
        for line in _around(titles[0], lines):
            text = line.words
            if (
                4 < len(text) <= 70
                and not _NOT_A_UNIT.search(text)
                and text[-1] not in ".:"
                and not is_matter_heading(line, words)
                and not is_known(line, words)
                and without_spaces(text) not in words.contents_headings
            ):
                return _without_article(text)
    analyses = [row.analysis for goal in goals for row in goal.indicators]
    analyses += [row.analysis for goal in goals for row in goal.activities]
    answering = Counter(
        analysis.split("\n", 1)[0]
        for analysis in analyses
        if analysis and analysis.startswith("Enheten ") and "\n" in analysis
    )
    if answering and (name := answering.most_common(1)[0][0]) and len(name) <= 80 and name[-1] != ".":
        return _without_article(name)
    for text in texts:
        for sentence in re.split(r"(?<=[.!?])\s+|\n", text):
            found = _SAYS_UNIT.match(sentence)
            if found:
                return found["unit"]
    return None


def _around(title: _Title, lines: Sequence[Line]) -> Iterator[Line]:
    """The printed lines beside a title: those under it first, then those over it, the nearest first."""
    under = lines[title.index + 1 : title.index + 5]
    over = lines[max(0, title.index - 4) : title.index]
    for line in (*under, *reversed(over)):
        if not line.blank and line.furniture is None and line.words != title.text:
            yield line


def _without_article(name: str) -> str:
    """The unit's name without the word "Enheten" before it."""
    return re.sub(r"^Enheten\s+(?=[A-ZÅÄÖ])", "", name.strip(" ,:–-"))
