"""What is not there: answers, analyses where something went wrong, a word of what the plan promised. Pure."""

import re
from collections.abc import Iterator

from arshjul.attainment import Weighed
from arshjul.compilation import IndicatorResult
from arshjul.cycle_data import SUMMARY
from arshjul.plan import ATTAINMENT_SWEDISH, Attainment, Goal
from arshjul.review.cycle.reviewed import Reviewed, sentences_of
from arshjul.review.finding import Finding, Severity

_WORD = re.compile(r"[^\W\d_]{2,}")
_TOO_THIN = 4  # words: "Se ovan.", "Enligt plan." explain nothing
_LONG = 6  # letters of a word that can tell one promise from another
_STEM = 5  # letters that are left of it when it is inflected
_FEWEST_TELLING = 4  # telling words without which a sentence promises nothing that can be looked for
_EVERYWHERE = (
    "verksamhet verksamheter verksamheterna enheten medarbetare medarbetarna arbetsgrupp arbetsgrupper "
    "personal sommaren vintern hösten våren tertial månader veckor genomför erbjuds upplever utanför vanliga"
)
_BULLET = re.compile(r"^\s*[-\N{EN DASH}•*]\s*")


def missing_answers(reviewed: Reviewed) -> Iterator[Finding]:
    """A sub-unit or section that has not answered at all."""
    data = reviewed.data
    for scope in data.missing:
        name = data.scope_name(scope)
        yield Finding(
            "missing-answer",
            Severity.WARNING,
            name,
            f"{name} har inte lämnat något svar. I rapporten står ”inga uppgifter lämnade”.",
            {"scope": scope},
            mend="Påminn den som svarar, eller skriv i sammanfattningen varför uppgifterna saknas.",
        )


def targets_without_analysis(reviewed: Reviewed) -> Iterator[Finding]:
    """A missed target that neither the unit's text nor the summary says a word about.

    Only where the manager has written: before that the goal waits for her anyhow.
    """
    for result in reviewed.compiled.indicators.values():
        target, number = result.target, result.number
        if result.met_target is not False or number is None or target is None:
            continue
        own = reviewed.compiled.goals.get(result.goal.id)
        said_in_full = own is not None and own.decided is Attainment.FULL  # that is told as an error
        if said_in_full or not _judged_under(reviewed, result) or _is_mentioned(reviewed, result):
            continue
        against = Weighed(result.indicator.name, number, target, result.measure, False).against
        yield Finding(
            "missed-without-analysis",
            Severity.WARNING,
            result.goal.title,
            f"{result.indicator.name} når inte målet ({against}), men ingen av enhetens texter tar upp det.",
            {
                "indicator": result.indicator.id,
                "value": against,
                "origin": f"verksamheternas uppgifter, {result.groups} svar; målet i planen",
            },
            mend="Skriv under målet varför värdet inte når dit och vad ni gör åt det.",
        )


def _judged_under(reviewed: Reviewed, result: IndicatorResult) -> bool:
    """Whether the manager has had her say under the indicator's goal or one of the goals below it."""
    asked = [g for g in result.goal.walk() if g.id in reviewed.compiled.goals]
    return bool(asked) and all(g.id in reviewed.data.judgements for g in asked)


def _is_mentioned(reviewed: Reviewed, result: IndicatorResult) -> bool:
    row = next(row for row in reviewed.rows if row.indicator.id == result.indicator.id)
    texts = reviewed.texts_under(result.goal, units=True)
    summary = [text for text in reviewed.texts if text.about == SUMMARY]
    return any(row.is_meant_by(text.text) for text in (*texts, *summary))


def judgements_without_analysis(reviewed: Reviewed) -> Iterator[Finding]:
    """A judgement, or a deviation, with nothing written beside it, or next to nothing."""
    data = reviewed.data
    for goal, result in reviewed.compiled.goals.items():
        judged = data.judgements.get(goal)
        if judged and judged.attainment is not None and _is_thin(result.synthesis):
            yield _without(
                result.goal.title, f"{result.goal.title}, enhetens text", judged.attainment, {"goal": goal}
            )
        for text in result.texts:
            if text.applicable and text.attainment is not None and _is_thin(text.text):
                where = f"{result.goal.title}, {data.scope_name(text.scope)}"
                evidence = {"goal": goal, "scope": text.scope, "origin": text.ref}
                yield _without(result.goal.title, where, text.attainment, evidence)
    for activity, done in reviewed.compiled.activities.items():
        for part in done.parts:
            if part.deviation and _is_thin(part.comment):
                name = data.scope_name(part.scope)
                yield Finding(
                    "deviation-without-analysis",
                    Severity.WARNING,
                    f"{done.activity.title}, {name}",
                    f"{name} säger att aktiviteten avviker men inte hur eller varför.",
                    {"activity": activity, "scope": part.scope, "text": part.comment, "origin": part.ref},
                    mend=f"Be {name} om ett par meningar: vad avviker, varför, och vad gör ni åt det?",
                )


def _is_thin(text: str | None) -> bool:
    return len(_WORD.findall(text or "")) < _TOO_THIN


def _without(title: str, where: str, rated: Attainment, evidence: dict[str, str]) -> Finding:
    said = ATTAINMENT_SWEDISH[rated].lower()
    return Finding(
        "analysis-missing",
        Severity.WARNING,
        where,
        f"Målet {title} bedöms som ”{said}”, men det står inte vad bedömningen bygger på.",
        {**evidence, "rated": said},
        mend="Skriv några meningar: vad har gjorts, vad blev resultatet och varför?",
    )


def activities_unanswered(reviewed: Reviewed) -> Iterator[Finding]:
    """An activity of the plan that nobody has said anything about, in its own field or in any text."""
    data = reviewed.data
    if not data.kind.asks_activities or not data.submissions:
        return
    for activity, result in reviewed.compiled.activities.items():
        answered = any(part.deviation is not None or part.comment for part in result.parts)
        begun = result.activity.start is None or result.activity.start <= data.milestones.period_end
        if answered or not begun or not data.asked_subunits or _is_told(reviewed, result.activity.title):
            continue
        yield Finding(
            "promise-not-mentioned",
            Severity.WARNING,
            result.goal.title,
            f"Planen lovar ”{result.activity.title}”, men ingen har svarat på vad det blev av den.",
            {"activity": activity, "origin": f"planen, {activity}"},
            mend="Skriv hur det gick, eller varför aktiviteten inte har blivit av.",
        )


def expected_results_unmentioned(reviewed: Reviewed) -> Iterator[Finding]:
    """A sentence of an expected result that no text under its goal takes up, when the manager has written.

    Taken up is what has one of its telling words; words that half of the plan's promises have tell nothing.
    """
    common = _common(reviewed)
    for goal in reviewed.compiled.goals.values():
        promised = goal.goal.sections.get("expected_result")
        if not promised or goal.goal.id not in reviewed.data.judgements:
            continue
        said = " ".join(text.text for text in reviewed.texts_under(goal.goal)).lower()
        for sentence in sentences_of(promised):
            telling = _telling(sentence) - common
            if len(telling) >= _FEWEST_TELLING and not any(stem in said for stem in telling):
                yield _unmentioned(goal.goal, sentence, said)


def _common(reviewed: Reviewed) -> set[str]:
    """Stems that tell no promise from another: the unit's people and parts, the seasons."""
    people = reviewed.data.unit.people
    return _telling(f"{_EVERYWHERE} {people} {people}na")


def promises_unanswered(reviewed: Reviewed) -> Iterator[Finding]:
    """A promise that stood in the form and got no answer; the whole unit's own stands in no form."""
    data = reviewed.data
    for promise in data.promises:
        if not promise.subunit and promise.is_open and promise.is_asked_in(str(data.key)):
            yield Finding(
                "promise-unanswered",
                Severity.WARNING,
                data.unit.name,
                f"Hela enhetens löfte ”{promise.text}” är inte avslutat. Det står inte i någons underlag, så "
                "svaret är ditt.",
                {"action": promise.id, "scope": "unit", "origin": promise.origin_words},
                mend="Skriv i enhetens text hur det gick, och stäng löftet med arshjul actions close "
                f"{promise.id}. Fortsätter det, så stäng iakttagelsen med det som skäl.",
            )
            continue
        if not promise.is_asked_in(str(data.key)) or promise.subunit not in data.submissions:
            continue
        answer = data.answer(promise.subunit, promise.outcome_field)
        how = data.answer(promise.subunit, promise.how_field)
        if answer is not None or (how is not None and how.text):
            continue
        name = data.scope_name(promise.subunit)
        yield Finding(
            "promise-unanswered",
            Severity.WARNING,
            name,
            f"{name} har inte sagt vad det blev av löftet ”{promise.text}”.",
            {"action": promise.id, "scope": promise.subunit, "origin": promise.origin_words},
            mend=f"Be {name} svara i underlaget, eller stäng löftet med arshjul actions close {promise.id}.",
        )


def _unmentioned(goal: Goal, promised: str, said: str) -> Finding:
    first = _BULLET.sub("", promised)
    why = "ingen text under målet handlar om det" if said else "ingen har skrivit något under målet"
    return Finding(
        "promise-not-mentioned",
        Severity.WARNING,
        goal.title,
        f"Planen lovar som förväntat resultat: ”{first}” Men {why}.",
        {"goal": goal.id, "promised": promised, "origin": f"planen, {goal.id}"},
        mend="Skriv hur det gick med det förväntade resultatet.",
    )


def _is_told(reviewed: Reviewed, title: str) -> bool:
    """Whether most of the telling words of a title stand in one text."""
    telling = _telling(title)
    return any(
        telling and 2 * sum(stem in text.text.lower() for stem in telling) > len(telling)
        for text in reviewed.texts
    )


def _telling(text: str) -> set[str]:
    return {word[: max(_STEM, len(word) - 3)] for word in _WORD.findall(text.lower()) if len(word) >= _LONG}
