"""Years: a text that claims another year than the report's for its period, and rows of another year.

Other years in running text are no fault. A claim is "under 2023 har vi …" in a report for 2022 (nobody has,
yet, or it is last year's paragraph left standing), "under verksamhetsåret 2021", "årets resultat 2021".
"""

import re
from collections import Counter
from collections.abc import Iterator

from arshjul.plan import Kind
from arshjul.review.document.model import Model
from arshjul.review.finding import Finding, Severity
from arshjul.review.statements import Passage, Sentence
from arshjul.swedish_dates import MONTHS

_UNMISTAKABLE = 1000  # so large a value is hardly another one too
_YEAR = re.compile(r"\b(20\d\d)\b")
_MONTHS = "|".join(MONTHS)
_SEASONS = "våren|hösten|sommaren|vintern|första\\s+halvåret|andra\\s+halvåret|tertial\\s+[12]"
_TO = r"(?:till|och|med|[-\N{EN DASH}])"
_DURING = re.compile(
    rf"\b(?:under\s+|(?:i|till)\s+(?=(?:{_MONTHS})\s)|(?=(?:{_SEASONS})\s))"
    r"(?:(?:hela|år|året|verksamhetsåret|det\s+gångna\s+året|kalenderåret|perioden"
    rf"|{_SEASONS}|{_MONTHS}|{_TO})\s+)*(?P<year>20\d\d)\b(?!\s*[-\N{{EN DASH}}/]\s*\d)",
    re.I,
)
_DAY = r"(?:\d{1,2}\s+)?\w+"
_SPAN = rf"(?:\s+(?:perioden|tiden|tertialet))?(?:\s+{_DAY}\s*{_TO}\s*{_DAY})?"
_REPORT = r"(?:rapport|verksamhetsberättelse|tertialrapport)"
_A_YEAR = re.compile(r"20\d\d")
_SELF = re.compile(
    r"\b(?:verksamhetsåret|det\s+gångna\s+(?:året|verksamhetsåret)|året\s+som\s+(?:har\s+)?gått,?"
    r"|sammanfattning(?:\s+av)?(?:\s+året)?|årets\s+(?:resultat|utfall|rapport|verksamhetsberättelse)(?:\s+för)?"
    rf"|(?:denna|den\s+här)\s+{_REPORT}\w*(?:\s+(?:avser|gäller|för|omfattar))+{_SPAN}"
    rf"|(?:redovisad|rapporterad|denna|aktuell)\s+period{_SPAN}|^period(?:en)?:?{_SPAN}"
    rf"|{_REPORT}(?:en)?\s+(?:avser|gäller|omfattar){_SPAN}|i\s+år,?\s*\(?)"
    r"\s*(?:år\s+|året\s+|perioden\s+)?(?P<year>20\d\d)\b",
    re.I,
)
_BEGINS = re.compile(
    r"(?:år(?:et)?\s+)?(?P<year>20\d\d)\s+(?:(?P<perfect>har\s+(?:varit|handlat|präglats|inneburit|bjudit|blivit))"
    r"|var|blev|innebar|präglades|handlade|började|bjöd|avslutades)\b",
    re.I,
)
_OF_PLAN = re.compile(
    r"\b(?:uppföljning(?:en)?\s+av|följt|följer\s+upp|enligt|utifrån|i\s+enlighet\s+med)\s+(?:\w+\s+)?verksamhetsplan\w*\s+(?:för\s+)?(?P<year>20\d\d)",
    re.I,
)
_AS_OF = re.compile(
    r"\bper\s+(?:den\s+)?(?P<day>\d{1,2})\s+(?P<month>april|augusti|december)\s+(?P<year>20\d\d)\b", re.I
)
_AT_THE_END = re.compile(
    r"\b(?:(?:vid|i)\s+(?:utgången|slutet)\s+av\s+(?P<month>april|augusti|december)\s+(?P<year>20\d\d)\s+"
    r"(?:har|är|finns)\b|vid\s+(?:periodens|tertialets)\s+slut,?\s+(?:den\s+)?\d{1,2}\s+"
    r"(?P<last>april|augusti|december)\s+(?P<other>20\d\d)\b)",
    re.I,
)
_PLAN_LASTS = re.compile(
    r"\b(?:verksamhets)?planen\s+(?:gäller|avser|omfattar)\s+(?:till|t\.?o\.?m\.?)\b[^.;,]{0,30}?\b(?P<year>20\d\d)\b",
    re.I,
)
_UP_TO = re.compile(
    r"(?:till\s+och\s+med|t\.?o\.?m\.?|fram\s+till)\s+"
    r"(?:den\s+\d{1,2}\s+|utgången\s+av\s+|slutet\s+av\s+)?(?:\w+\s+)?"
    r"(?P<year>20\d\d)\s+har\b",
    re.I,
)
_IN_THIS_REPORT = re.compile(
    r"\b(?:tabell\w*\s+(?:nedan|i\s+rapporten)|rapportens|(?:i|av)\s+(?:denna|den\s+här)\s+rapport\w*)", re.I
)
_IS_DONE = re.compile(
    rf"\b(?:görs|sker|hålls|mäts|genomförs|redovisas|startar|börjar|läggs|följs\s+upp|utförs|ges|skickas|besvaras)\b"
    rf"[^.;:]{{0,60}}?\b(?:{_MONTHS}|{_SEASONS})\s+(?P<year>20\d\d)\b",
    re.I,
)
_PERIOD_ENDS = {Kind.T1: (30, "april"), Kind.T2: (31, "augusti"), Kind.VB: (31, "december")}
_PAST = re.compile(
    r"(?:\W+[\wåäö-]+){0,5}?\W+(?:har|hade|var|blev|fick|kunde|gick|hölls|togs|gavs|gjorde|gjordes"
    r"|\w{2,}(?:ade|ades|dde|ddes|rde|rdes|lde|ldes|ktes|mdes|ndes))\b",
    re.I,
)
_OWNS = re.compile(r"\s*har\s+(?:\w+\s+)?(?:inga|inget|ingen|en|ett|många|få|fler|plats|\d+)\b", re.I)
_SUPINE = re.compile(r"\b\w{3,}(?:at|it|tt|ats|its|tts)\b", re.I)
_HAS_DONE = re.compile(r"\bhar\s+(?:[\wåäö]+\s+){0,2}$", re.I)
_WE_DID = re.compile(r"\bvi\s+(?:gjort|åstadkommit|uppnått|genomfört|arbetat|haft)\s+$", re.I)
_FUTURE = re.compile(
    r"\b(?:kommer|ska|skall|plan\w*|beräknas|förväntas|ser\s+vi|fortsätter|inför|hoppas|avser|behöver|bör"
    r"|skulle|kan)\b",
    re.I,
)
_LOOKING_BACK = re.compile(
    r"\b(?:sedan|jämför\w*|föregående|tidigare|förra|redan|startade\w*|påbörjade\w*|uppföljning\s+av"
    r"|resultat\w*\s+för|undersökning\w*|enkät\w*|som\s+(?:startade|påbörjades|infördes)|då|fram\s+till|från\s+och\s+med)\b",
    re.I,
)


def wrong_years(model: Model) -> Iterator[Finding]:
    """A sentence that claims to tell of the reported period and names another year."""
    year = model.year
    if year is None:
        return
    for passage in model.passages:
        for sentence in passage.sentences:
            match = _claim(sentence.text, year, model.plan.kind)
            if match is None:
                continue
            said = match.groupdict().get("year") or match["other"]
            yield _wrong(said, match.start(), year, passage, sentence, model)


def years_of_values(model: Model) -> Iterator[Finding]:
    """ "Under 2024 kom 22 480 besökare" in a report for 2025 whose own table says 22 480 for 2025."""
    year = model.year
    rows = [row for row in model.rows if row.outcome is not None and row.outcome >= _UNMISTAKABLE]
    for passage in model.passages if year is not None and model.is_report and rows else ():
        for sentence in passage.sentences:
            if year is None or {int(y) for y in _YEAR.findall(sentence.text)} != {year - 1}:
                continue
            numbers = {figure.number for figure in sentence.figures}
            now = any(row.outcome in numbers for row in rows)
            before = any(row.previous in numbers for row in rows)
            if now and not before:
                within = sentence.text.index(str(year - 1))
                yield _wrong(str(year - 1), within, year, passage, sentence, model)


def _wrong(said: str, within: int, year: int, passage: Passage, sentence: Sentence, model: Model) -> Finding:
    return model.in_text(
        "wrong-year",
        Severity.WARNING,
        passage,
        sentence,
        f"Texten talar om {said} som den period som redovisas, men rapporten gäller {year}."
        if model.is_report
        else f"Texten talar om {said} som planens år, men planen gäller {year}.",
        {"text": said, "report": str(year)},
        within=within,
    )


def periods_of_rows(model: Model) -> Iterator[Finding]:
    """Rows whose period is another year than the report's."""
    named = Counter(
        int(found[1])
        for row in model.rows
        if model.is_report and (found := _YEAR.search(row.indicator.period or ""))
    )
    for row in model.rows:
        found = _YEAR.search(row.indicator.period or "") if model.is_report else None
        if found is None or model.year is None or int(found[1]) == model.year:
            continue
        wrong = named[int(found[1])]
        rows = "raden" if wrong == 1 else f"{wrong} rader"
        yield model.at_place(
            "period-differs",
            Severity.WARNING,
            row.indicator.name,
            row.indicator.id,
            f"Perioden i tabellen är {row.indicator.period} ({rows}), men rapporten gäller {model.year}.",
            {"period": row.indicator.period, "report": str(model.year), "rows": wrong},
        )
        return


def _claim(text: str, year: int, kind: Kind | None) -> re.Match[str] | None:
    """The words that claim another year than `year` for the period of the document."""
    if all(found == str(year) for found in _A_YEAR.findall(text)):
        return None
    for match in _SELF.finditer(text):
        if int(match["year"]) != year and not _LOOKING_BACK.search(text[: match.start()]):
            return match
    end = _PERIOD_ENDS.get(kind) if kind else None
    up_to = _UP_TO.match(text)
    if up_to is not None and int(up_to["year"]) != year:
        return up_to
    begins = _BEGINS.match(text)
    if begins is not None and (
        int(begins["year"]) > year or (begins["year"] != str(year) and begins["perfect"])
    ):
        return begins
    if begins is not None and begins["year"] != str(year) and _IN_THIS_REPORT.search(text):
        return begins
    of_plan = _OF_PLAN.search(text)
    if of_plan is not None and int(of_plan["year"]) < year and kind is not Kind.VP:
        return of_plan
    if kind is Kind.VP:
        is_done = _IS_DONE.search(text)
        if is_done is not None and int(is_done["year"]) < year and not _LOOKING_BACK.search(text):
            return is_done
        lasts = _PLAN_LASTS.search(text)
        if lasts is not None and int(lasts["year"]) < year:
            return lasts
    at_end = _AT_THE_END.search(text)
    if at_end and end:
        month, said_year = at_end["month"] or at_end["last"], at_end["year"] or at_end["other"]
        if (month.lower(), int(said_year)) == (end[1], year - 1):
            return at_end
    for match in _AS_OF.finditer(text):
        is_end = end is not None and (int(match["day"]), match["month"].lower()) == end
        if is_end and int(match["year"]) == year - 1 and not _LOOKING_BACK.search(text):
            return match
    for match in _DURING.finditer(text):
        said, after = int(match["year"]), text[match.end() :]
        lead = re.split(r"[,;:]", text[: match.start()])[-1]
        if said == year or _FUTURE.search(lead):
            continue
        clause = re.split(r"[,;:]", after)[0]
        first = re.match(r"(?:\W+[\wåäö-]+){0,2}", clause)
        planned = _FUTURE.search(first[0] if first else "") is not None
        if kind is Kind.VP:
            if said < year and planned:
                return match
            continue
        if said > year and not planned and _PAST.match(clause) and not _is_owning(clause):
            return match
        if said < year and (planned or (_is_perfect(clause, lead) and not _LOOKING_BACK.search(text))):
            return match
    return None


def _is_perfect(after: str, before: str) -> bool:
    """ "under 2021 har vi …", "vi har under 2021 …"."""
    if _is_owning(after):
        return False
    return any((re.match(r"\s*har\b", after, re.I), _HAS_DONE.search(before), _WE_DID.search(before)))


def _is_owning(clause: str) -> bool:
    """ "… har vi inga lokaler": "har" with a thing, and nothing done."""
    return _OWNS.match(clause) is not None and _SUPINE.search(clause) is None
