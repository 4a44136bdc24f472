"""What a text says of a target against the table: "når målet" under a value that misses it, another target.

`target_words` reads the analyses of rows; `targets_in_plans` reads the expected results, where a target is
said once more ("sjukfrånvaron minskar till 8,5 %").
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from arshjul.review.document.analyses import value_of
from arshjul.review.document.explained import is_nearest, is_owned, meant_among, rows_near
from arshjul.review.document.model import Model
from arshjul.review.document.subjects import is_elsewhere, may_be_the_row, subject_of
from arshjul.review.figures import agree, shown
from arshjul.review.finding import Finding, Severity
from arshjul.review.rows import Row
from arshjul.review.statements import Passage, Sentence

_MARGIN = (
    r"(?:(?:vi|enheten|verksamheten|resultatet|utfallet|därmed|nu|också|även|med|marginal|god|fullt|ut|helt"
    r"|precis|väl|väsentligt)\s+)*"
)
_TARGET = (
    r"(?:(?:det|sitt|vårt|KF:s|kommunfullmäktiges|stadens|uppsatta|satta|beslutade|enhetens|eget)\s+)*"
    r"\w*mål(?:et|värdet|värde|nivån)?\b"
)
_REACHES = re.compile(
    rf"\b(?P<verb>når|nådde|uppnår|uppnådde|uppfyller|uppfyllde|klarar|klarade|överträffar|överstiger)\s+{_MARGIN}"
    rf"(?P<not>(?:inte|ej)\s+(?:riktigt\s+|helt\s+|ända\s+)?)?(?:fram\s+till\s+|upp\s+till\s+)?{_MARGIN}{_TARGET}",
    re.I,
)
_IS_REACHED = re.compile(
    r"\b\w*mål(?:et|värdet)\b\s+(?:(?:för|om|på)\s+[\w\s,%]{1,30}?\s+)?"
    r"(?:(?:har|är|anses|bedöms|blev|därmed|nu|också|vara|som)\s+)*"
    r"(?P<not>(?:inte|ej)\s+)?(?:(?:därmed|helt|fullt\s+ut)\s+)*"
    r"(?P<verb>nås|uppnås|nåddes|uppnåddes|uppnått|uppnåtts|uppfyllt|uppfyllts|uppfylls|nått|nåtts)\b"
    r"(?P<after>\s+(?:inte|ej|delvis)\b)?",
    re.I,
)
_BELOW = re.compile(rf"\b(?P<side>under|över)\s+(?:den\s+)?{_TARGET}(?!\s*sättning)", re.I)
_UNSURE = re.compile(
    r"\b(?:om|kommer|ska|skall|kan|för\s+att|delvis|nästan|risk\w*|förra|föregående|prognos\w*|beräknas|delmål\w*)\b",
    re.I,
)
_IS_EXPECTED = re.compile(r"\bbedöms\s+(?:kunna\s+)?(?:nås|uppnås|uppfyllas|nå)\b", re.I)
_LOW_VERBS = ("överstiger", "överträffar")
_BECOMES = re.compile(r"\b(?:till|ska\s+vara|är|uppgår\s+till)\s+(?:minst\s+|högst\s+|lägst\s+)?$", re.I)
_PLANNED = frozenset({"expected_result", "undertaking"})


def target_words(model: Model) -> Iterator[Finding]:
    """ "Utfallet når årsmålet" where it does not, and the other way about."""
    for row in model.rows:
        passage, value = model.analysis_of(row), value_of(row, model)
        judged = row.met(value[0]) if value and model.is_report else None
        if passage is None or value is None or judged is None:
            continue
        for sentence in passage.sentences:
            said = _said(sentence, row, model) if is_owned(row, passage, sentence, model) else None
            if said is None or not is_nearest(
                row, sentence.text, said[1], said[1], rows_near(passage, model)
            ):
                continue
            if said[0] == judged[1] or _meets_any(said[0], row, value[0]):
                continue
            now = shown(value[0], row.unit)
            verb = "når" if judged[1] else "når inte"
            yield model.in_text(
                "target-words-against-figures",
                Severity.ERROR,
                passage,
                sentence,
                f"Texten säger att målet {'nås' if said[0] else 'inte nås'}, men {now} {verb} målet "
                f"{judged[0]} ({row.indicator.name}).",
                {"text": said[2], "outcome": now, "target": judged[0], "indicator": row.indicator.name},
                within=said[1],
            )


def targets_in_plans(model: Model) -> Iterator[Finding]:
    """A target in an expected result that is another in the table."""
    for passage in model.passages:
        if passage.key not in _PLANNED:
            continue
        for sentence in passage.sentences:
            told = [row for row in model.rows if row.is_told_by(sentence.text, model.vocabulary)]
            for place, figure in enumerate(sentence.figures):
                begin = sentence.figures[place - 1].end if place else 0
                named = meant_among(sentence.text[begin : figure.start], told)
                if place and not named:
                    continue  # it is of something that no row measures
                rows = [row for row in told if row.targets and figure.unit in ("", row.unit)]
                if len({row.indicator.name for row in rows}) != 1 or not _is_aim(
                    sentence, figure.start, model
                ):
                    continue
                numbers = [t.number for row in rows for t in row.targets if t.number is not None]
                if numbers and not any(agree(figure.number, number) for number in numbers):
                    yield _other_target(rows[0], figure.printed, figure.start, passage, sentence, model)


def _is_aim(sentence: Sentence, start: int, model: Model) -> bool:
    """Whether the figure is what something is to become: "ökar till 79", "ska vara minst 80 %"."""
    lead = sentence.text[:start]
    moves = model.vocabulary.rise.search(lead) or model.vocabulary.fall.search(lead)
    wished = re.search(r"\b(?:ska|skall|mål\w*)\b", lead, re.I)
    from_before = re.search(r"\b(?:från|föregående|20\d\d)\b", lead, re.I)
    return _BECOMES.search(lead) is not None and bool(moves or wished) and not from_before


def _other_target(
    row: Row, printed: str, within: int, passage: Passage, sentence: Sentence, model: Model
) -> Finding:
    targets = " och ".join(
        dict.fromkeys(t for t in (row.indicator.target, row.indicator.council_target) if t)
    )
    return model.in_text(
        "target-differs",
        Severity.WARNING,
        passage,
        sentence,
        f"Texten säger {printed}, men i tabellen är målet {targets} ({row.indicator.name}).",
        {"text": printed, "table": targets, "indicator": row.indicator.name},
        within=within,
    )


def _said(sentence: Sentence, row: Row, model: Model) -> tuple[bool, int, str] | None:
    """Whether the sentence says that the target is reached, where, and in which words."""
    text = sentence.text
    if model.vocabulary.judged_anyway.search(text):
        return None  # of the goal: the writer knows what the row says
    if is_elsewhere(text, model) or re.search(r"\b(?:kvinn|män\b|männen|flick|pojk)\w*", text, re.I):
        return None
    for pattern in (_REACHES, _IS_REACHED, _BELOW):
        match = pattern.search(text)
        if match is None:
            continue
        lead = re.split(r"[,;]|\b(?:men|medan|och)\b", text[: match.start()])[-1]
        rest = re.split(r"[,;]|\b(?:men|medan)\b", text[: match.start()])[-1]
        if (
            model.vocabulary.forecast.search(rest)
            or _UNSURE.search(lead + match[0])
            or _IS_EXPECTED.search(text)
        ):
            return None
        subject = subject_of(lead, "") if pattern is not _IS_REACHED else None
        if subject is not None and not may_be_the_row(subject, text, row, model, own=True):
            return None
        if pattern is _BELOW:
            return (match["side"].lower() == "under") == row.low_is_good, match.start(), match[0]
        groups = match.groupdict()
        negated = bool(groups.get("not") or groups.get("after")) or re.match(
            r"\s+(?:inte|ej)\b", text[match.end() :], re.I
        )
        if match["verb"].lower() in _LOW_VERBS and row.low_is_good:
            return None  # said of sick leave it is no praise, and no plain fault either
        return not negated, match.start(), match[0]
    return None


def _meets_any(reached: bool, row: Row, value: Decimal) -> bool:
    """Whether another of the row's targets makes the words true: own and council's may differ."""
    results = {row.met_by(value, printed) for printed in (row.indicator.target, row.indicator.council_target)}
    return reached in results
