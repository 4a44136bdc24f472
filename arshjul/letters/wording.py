"""Puts a matter into words: subject, reason and body from `templates/letters/<kind>/`.

Four files a kind: `subject.txt`, `reason.txt`, `body.txt.j2` and `body.html.j2`; the two bodies say the same
words. Around them stands `layout.txt.j2` or `layout.html.j2`. Templates use if and for only: what is
formatted (dates, lists, what is missing) is a filter here. Called by `arshjul.letters.compose`. Pure but
for reading its own templates.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache

from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from arshjul.decision_words import decision_words
from arshjul.letters.matters import Duty, Matter
from arshjul.letters.particulars import Missing, Stage
from arshjul.plan import Kind
from arshjul.swedish_dates import swedish_day, swedish_near_day, swedish_span, swedish_time
from arshjul.templating import environment

_PARTS_SHOWN = 5  # more is no help in a letter; the workbook shows the rest


@dataclass(frozen=True, slots=True)
class Reader:
    """What the words depend on in whoever reads them.

    `in_charge`: she is the unit's manager, `together_with` the names of those who share it with her;
    `hand_in` ends the sentence "… och" with how she hands an answer in. `helped_by` is the name of whoever
    runs the program, where that is somebody else: an answer to what the program tells reaches her.
    """

    name: str
    address: str
    in_charge: bool
    together_with: tuple[str, ...]
    hand_in: str
    helped_by: str = ""


@dataclass(frozen=True, slots=True)
class Worded:
    """One matter in words. `text` and `html` are the body without greeting and ending."""

    subject: str
    reason: str
    text: str
    html: Markup


def word(
    matter: Matter, *, today: date, reader: Reader, way_in: str | None = None, one_of_several: bool = False
) -> Worded:
    """The matter in the words that `reader` needs; `way_in` is her link to the portal, where there is one.

    `one_of_several`: the letter tells of several things, so that an answer has to say which one it is about.
    """
    facts: dict[str, object] = {"matter": matter, "today": today, "reader": reader, "way_in": way_in}
    facts["one_of_several"] = one_of_several
    facts |= {"Stage": Stage, **_spoken_of(matter)}
    return Worded(
        subject=one_line(_render(f"{matter.kind}/subject.txt", facts)),
        reason=reason(matter, today=today),
        text=_tidy(_render(f"{matter.kind}/body.txt.j2", facts)),
        html=Markup(_tidy(_render(f"{matter.kind}/body.html.j2", facts))),
    )


def reason(matter: Matter, *, today: date) -> str:
    """Why the letter comes, in one sentence: for the log, for a preview, for the simulation."""
    facts = {"matter": matter, "today": today, **_spoken_of(matter)}
    return one_line(_render(f"{matter.kind}/reason.txt", facts))


def _spoken_of(matter: Matter) -> dict[str, object]:
    """How the cycle is spoken of: a report is approved, a plan adopted."""
    kind = (matter.cycle or "").partition(" ")[0]
    words = decision_words(Kind.VP if kind == Kind.VP else Kind.T1)
    return {"decision": words, "it": "planen" if kind == Kind.VP else "rapporten"}


def lay_out(name: str, facts: Mapping[str, object]) -> str:
    """The whole letter in the layout of that name ("layout.txt.j2")."""
    return _tidy(_render(name, facts)) + "\n"


def body_of(page: str) -> Markup:
    """What stands in the body of a letter's page, to be shown in another page."""
    return Markup(page.partition("<body>")[2].partition("</body>")[0])


def one_line(text: str) -> str:
    """`text` on one line: what a header can hold."""
    return " ".join(text.split())


def joined(words: Sequence[str], limit: int = 0) -> str:
    """ "A, B och C"; with a limit, "A, B och 3 till" for what is beyond it."""
    shown = list(words)
    if limit and len(shown) > limit:
        shown = [*shown[: limit - 1], f"{len(shown) - limit + 1} till"]
    return " och ".join(filter(None, [", ".join(shown[:-1]), *shown[-1:]]))


def lacking(missing: Missing) -> str:
    """What is missing as the rest of a sentence that begins with the sub-unit's name."""
    if missing.returned:
        return "svaret skickades tillbaka och har inte kommit igen"
    if missing.unmarked:
        return "allt är ifyllt, men bladet är inte klarmarkerat"
    if missing.parts:
        return f"{joined(missing.parts, _PARTS_SHOWN)} saknas"
    return "inget svar har kommit"


def lacks(missing: Sequence[Missing]) -> str:
    """What is missing as one phrase: "avsnitt 2 och avsnitt 5 saknas för Solgläntan"."""
    scopes = joined([each.scope for each in missing])
    if mixed(missing):
        return f"något saknas för {scopes}"
    if missing[0].returned:
        return f"{'svaret' if len(missing) == 1 else 'svaren'} för {scopes} har inte kommit igen"
    if missing[0].unmarked:
        return f"du har inte klarmarkerat {'bladet' if len(missing) == 1 else 'bladen'} {scopes}"
    if missing[0].parts:
        return f"{joined(missing[0].parts, _PARTS_SHOWN)} saknas för {scopes}"
    return f"svar saknas för {scopes}"


def to_do(missing: Sequence[Missing]) -> str:
    """What is left to do before it can be handed in: the beginning of a sentence."""
    if all(each.unmarked for each in missing):
        return "Klarmarkera"
    if all(each.returned for each in missing):
        return "Ändra svaret, klarmarkera"
    return "Fyll i det som saknas, klarmarkera"


def mixed(missing: Sequence[Missing]) -> bool:
    """Whether what is missing differs between the sheets, so that a letter has to list it."""
    return len({replace(each, scope="") for each in missing}) > 1


@pass_context
def _day(context: Context, day: date) -> str:
    return swedish_day(day, context["today"])


@pass_context
def _near_day(context: Context, day: date) -> str:
    return swedish_near_day(day, context["today"])


@pass_context
def _span(context: Context, matter: Duty) -> str:
    """The days on which something goes on."""
    return swedish_span(matter.start or matter.due, matter.due, context["today"])


@pass_context
def _deadline(context: Context, day: date) -> str:
    """The last day as a sentence of its own, also for one that has passed."""
    if day >= context["today"]:
        return f"Senast {_near_day(context, day)}."
    return f"Sista dagen var {_near_day(context, day)}. Gör det så snart du kan."


@pass_context
def _time(context: Context, at: datetime) -> str:
    return swedish_time(at, context["today"])


def _clock(at: datetime) -> str:
    """Day with its year and time of day, for lists: "måndag 7 september 2026 kl. 8.05"."""
    return swedish_time(at, date.min)


def _sentence(phrase: str) -> str:
    """The phrase with a capital letter; the rest as it is."""
    return phrase[:1].upper() + phrase[1:]


def _tidy(text: str) -> str:
    """Never more than one empty line, none at the ends, no spaces at the end of a line."""
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+\n", "\n", text)).strip()


def _render(name: str, facts: Mapping[str, object]) -> str:
    return _templates().get_template(name).render(facts)


@cache
def _templates() -> Environment:
    wording = environment("letters")
    wording.filters |= {
        "clock": _clock,
        "day": _day,
        "near_day": _near_day,
        "span": _span,
        "deadline": _deadline,
        "time": _time,
        "joined": joined,
        "lacking": lacking,
        "lacks": lacks,
        "to_do": to_do,
        "mixed": mixed,
        "sentence": _sentence,
    }
    return wording
