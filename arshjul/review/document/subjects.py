"""Whose the words of a sentence are: the row's, one workplace's, or something else's.

Swedish puts the subject just before its verb, or just after when the sentence begins with something else;
what only says when and how much is passed over. Called by the checks of direction and of targets. Pure.
"""

import re

from arshjul.review.document.model import Model
from arshjul.review.rows import Row

_FILLING = re.compile(
    r"(?:har|hade|är|var|blev|dock|också|även|däremot|nu|totalt|totala|något|ytterligare|fortsatt|markant|kraftigt"
    r"|marginellt|tyvärr|sedan|föregående|år|året|förra|mätning|mätningen|jämfört|jämförelse|med|under|mot|i|för"
    r"|på|perioden|20\d\d|det|senaste|samma|period|därmed|åter|igen|svagt|lite|liten|mycket|betydligt|tydligt"
    r"|glädjande|hela|en|ett|den|alltså|således|ligger|till|från|av|nog|dessutom|tydlig|stor|viss|svag|kraftig"
    r"|klar|än|mer|förut|förr|inom|innan|före|om|att|fjol|fjolåret|ändå|nästan|precis|helt|väl)",
    re.I,
)
_PRONOUN = re.compile(r"(?:den|detta|vilket|som|det|vi)", re.I)
_WORD = re.compile(r"[^\W\d_][\w-]*")
_OF_SOMETHING = re.compile(
    r"\b(?:på|av|med|i|inom|för|bland|hos|från|till|mellan|utan)\s+(?:(?:den|det|de|vår|våra|vårt|sin|sina|sitt|din|dina|ditt|en|ett)\s+)?(?P<what>[a-zåäö]{3,})"
)
_PER_EACH = re.compile(r"\bper\s+\w+")
_BETWEEN = re.compile(r"\b(?:mellan|vid|under|inför)\s+(?:\w+\s+)?$", re.I)  # "bilkörningen mellan besöken"
_TIME = re.compile(
    r"(?:snitt|genomsnitt\w*|medel\w*|stort|princip|jämförelse|förhållande|sommar\w*|vår\w*|höst\w*|vint\w*|period\w*"
    r"|tertial\w*|år\w*|månad\w*|vecka\w*|dag\w*|januari|februari|mars|april|maj|juni|juli|augusti|september|oktober"
    r"|november|december|fjol\w*|slut\w*|att|minst|högst)",
    re.I,
)
_ADJECTIVE = re.compile(r"\w{3,}(?:iga|ska|ala|iva|ella|ade|anda|ande|dda|rda|na|ra)")
_WHOLE_KIND = re.compile(
    r"(?:totala|samlade|sammanlagda|hela|våra|alla|samtliga|genomsnittliga|enhetens|andra|denna|dessa|båda)"
)
_NEAR = 5  # words after a verb within which its subject stands
_ELSEWHERE = re.compile(r"\b(?:På|Inom|Hos|I|på|inom|hos|vid|för)\s+(?P<name>[A-ZÅÄÖ][a-zåäö]{3,}\w*)")


def is_elsewhere(text: str, model: Model) -> bool:
    """Whether the words are about one workplace, or something else with a name of its own."""
    if model.workplaces.in_text(text):
        return True
    own = (model.plan.unit or "").lower()
    return any(match["name"].lower() not in own for match in _ELSEWHERE.finditer(text))


def is_filling(word: str) -> bool:
    """Whether the word says only when, how or how much."""
    return _FILLING.fullmatch(word) is not None


def subject_of(lead: str, after: str) -> str | None:
    """The subject of a verb with `lead` before it and `after` after it; None where none is named."""
    words: list[str] = _WORD.findall(_PER_EACH.sub(" ", lead))
    before = [word for word in words if not is_filling(word) or _PRONOUN.fullmatch(word)]
    named = [word for word in before if word.lower() not in ("det", "den")]
    if named or before:
        return (named or before)[-1]
    following: list[str] = _WORD.findall(after)
    return next((word for word in following[:_NEAR] if not is_filling(word)), None)


def is_narrowed(lead: str, row: Row, model: Model) -> bool:
    """Whether the words around make it something less: "besöken på webben", "de digitala besöken"."""
    places = [place for place, _ in row.mentions(lead)]
    if not places:
        return False
    match = _OF_SOMETHING.search(lead, max(places))
    if match is not None and is_narrower(match["what"], row, model):
        return True
    if _BETWEEN.search(lead[: min(places)]) and _head_of(lead[: min(places)], row, model):
        return True
    before = _WORD.findall(lead[: min(places)])
    kind = before[-1].lower() if before else ""
    return bool(_ADJECTIVE.fullmatch(kind)) and not is_filling(kind) and not _WHOLE_KIND.fullmatch(kind)


def _head_of(lead: str, row: Row, model: Model) -> bool:
    """Whether a noun of its own stands before: then the row's word only says where or when."""
    words: list[str] = [word for word in _WORD.findall(lead)[:-1] if not is_filling(word)]
    return any(is_narrower(word.lower(), row, model) for word in words)


def is_narrower(what: str, row: Row, model: Model) -> bool:
    """Whether a noun after a preposition is neither the row's, nor a time, nor the whole unit."""
    words = model.vocabulary
    known = row.is_meant_by(what) or is_filling(what) or _TIME.fullmatch(what) or _WHOLE_KIND.fullmatch(what)
    return not (known or words.whole_unit.fullmatch(what) or words.common.fullmatch(what))


def may_be_the_row(subject: str, text: str, row: Row, model: Model, *, own: bool) -> bool:
    """Whether a subject can be the row's value; `own` in the row's own analysis, where "den" is enough."""
    words = model.vocabulary
    if row.is_meant_by(subject) or words.result.fullmatch(subject):
        return own or row.is_meant_by(text)
    if _PRONOUN.fullmatch(subject):
        return own
    return words.whole_unit.fullmatch(subject) is not None and (own or row.is_meant_by(text))
