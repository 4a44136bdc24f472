"""Drafted sentences: what the figures say in plain Swedish, and nothing of what may not be shown."""

from dataclasses import replace
from decimal import Decimal

import pytest

from arshjul.catalogue import Direction, Measure, Method, Span
from arshjul.compilation import compile_cycle
from arshjul.cycle_data import Judged
from arshjul.drafting import DRAFTED, draft_sentences, drafted_analysis
from arshjul.numbers import NBSP
from arshjul.plan import Activity, Attainment, Indicator
from tests.unit.small_cycle import (
    COUNT,
    HUMLAN,
    HYVELN,
    LARKAN,
    NAMES,
    SHARE,
    SURVEY,
    Answers,
    cycle,
    earlier_value,
    goal,
    survey,
)

SHARES = Indicator("I1", "Andel scheman med bildstöd", target="80 %")
SICK = Indicator("I1", "Sjukfrånvaro", target="högst 8,5 %")
VISITS = Indicator("I1", "Antal studiebesök", target="öka")
COUNTS_DOWN = Measure(Method.SUM, "st", direction=Direction.DECREASE)
LOW = Measure(Method.MEAN, "%", decimals=1, direction=Direction.AT_MOST)


def each(*numbers: str | int) -> Answers:
    scopes = (LARKAN, HUMLAN, HYVELN)
    return {scope: {"I1.total": Decimal(n)} for scope, n in zip(scopes, numbers, strict=False)}


def drafted(
    indicator: Indicator, answers: Answers, measure: Measure = SHARE, before: str | None = None
) -> str:
    data = cycle(
        goal(indicator),
        answers,
        asked=(LARKAN, HUMLAN, HYVELN),
        measures={"I1": measure},
        earlier=(earlier_value(Decimal(before)),) if before else (),
    )
    result = compile_cycle(data).indicators["I1"]
    return " ".join(draft_sentences(result, NAMES.__getitem__)).replace(NBSP, " ")


@pytest.mark.parametrize(
    ("indicator", "answers", "measure", "before", "sentences"),
    [
        (
            SHARES,
            each(90, 84, 78),
            SHARE,
            "79",
            (
                "Andelen scheman med bildstöd har ökat från 79 % (T2 2025) till 84 %, 5 procentenheter.",
                "Värdet når årsmålet, minst 80 %.",
                "Högst är Ateljé Lärkan (90 %) och lägst Snickeriet Hyveln (78 %).",
            ),
        ),
        (
            SHARES,
            each(78, 78, 78),
            SHARE,
            "79",
            (
                "Andelen scheman med bildstöd har minskat från 79 % (T2 2025) till 78 %, 1 procentenhet.",
                "Värdet når inte årsmålet, minst 80 %: det ligger 2 procentenheter under.",
                "Alla tre verksamheter har samma värde.",
            ),
        ),
        (
            SICK,
            each("9.9", "9.7", "9.5"),
            LOW,
            "9.74",
            (
                "Sjukfrånvaron är 9,7 %, samma som T2 2025.",
                "Värdet når inte årsmålet, högst 8,5 %: det ligger 1,2 procentenheter över.",
                "Högst är Ateljé Lärkan (9,9 %) och lägst Snickeriet Hyveln (9,5 %).",
            ),
        ),
        (
            VISITS,
            each(4, 1, 4),
            COUNT,
            "12",
            (
                "Antalet studiebesök har minskat från 12 st (T2 2025) till 9 st.",
                "Målet är att värdet ska öka, men det har det inte.",
                "Högst är Ateljé Lärkan och Snickeriet Hyveln (4 st) och lägst Humlan (1 st).",
            ),
        ),
        (
            replace(VISITS, target="minska"),
            each(4, 5),
            COUNTS_DOWN,
            "12",
            (
                "Antalet studiebesök har minskat från 12 st (T2 2025) till 9 st.",
                "Målet är att värdet ska minska, och det har det gjort.",
            ),
        ),
        (
            replace(SHARES, target="75–80 %"),
            each(84, 82),
            SHARE,
            None,
            (
                "Andelen scheman med bildstöd är 83 %.",
                "Värdet når inte årsmålet, 75–80 %: det ligger 3 procentenheter över.",
            ),
        ),
        (
            replace(SHARES, target=None, council_target="minst 82 %"),
            each(83),
            SHARE,
            None,
            (
                "Andelen scheman med bildstöd är 83 %.",
                "Värdet når KF:s årsmål, minst 82 %.",
            ),
        ),
        (
            replace(SHARES, target="Fastställs t1"),
            each(0, 0),
            SHARE,
            "4",
            ("Andelen scheman med bildstöd har minskat från 4 % (T2 2025) till 0 %, 4 procentenheter.",),
        ),
        (
            replace(SHARES, target=None),
            each(83),
            replace(SHARE, span=Span.CHANGE),
            "80",
            ("Andelen scheman med bildstöd har ändrats med +3 procentenheter sedan förra året.",),
        ),
    ],
)
def test_what_the_figures_say(
    indicator: Indicator, answers: Answers, measure: Measure, before: str | None, sentences: tuple[str, ...]
) -> None:
    assert drafted(indicator, answers, measure, before) == " ".join(sentences)


@pytest.mark.parametrize(
    ("women", "men", "said"),
    [
        (90, 70, "Värdet är högre för kvinnor: 90 % för kvinnor och 70 % för män."),
        (80, 82, "Skillnaden mellan könen är liten: 80 % för kvinnor och 82 % för män."),
        (80, 80, "Värdet är detsamma för kvinnor och män, 80 %."),
    ],
)
def test_women_and_men_are_told_apart(women: int, men: int, said: str) -> None:
    answers = {LARKAN: survey((women, 10), (men, 10)), HUMLAN: survey((women, 10), (men, 10))}
    assert said in drafted(SHARES, answers, SURVEY)


def test_nothing_is_drafted_of_what_may_not_be_shown() -> None:
    assert drafted(SHARES, {LARKAN: survey((90, 2), (70, 2))}, SURVEY) == ""


def test_no_workplace_is_named_for_a_value_on_people() -> None:
    answers = {
        scope: survey((number, 9), (number, 9))
        for scope, number in ((LARKAN, 90), (HUMLAN, 70), (HYVELN, 60))
    }
    sentences = drafted(SHARES, answers, SURVEY)
    assert sentences.startswith("Andelen scheman")
    assert not any(name in sentences for name in NAMES.values())


def test_a_goals_draft_has_its_activities_and_is_marked_until_a_person_has_written() -> None:
    one = goal(SHARES, activities=(Activity("A1", "Nya bilder"), Activity("A2", "Gå igenom scheman")))
    answers = {LARKAN: {"I1.total": 90, "A1.deviation": "Ja", "A1.comment": "Sen.", "A2.deviation": "Nej"}}
    data = cycle(one, answers, measures={"I1": SHARE})
    draft = drafted_analysis(compile_cycle(data), "G1")
    assert draft.paragraphs[-1] == "En av två aktiviteter avviker från planen: ”Nya bilder”."
    assert draft.marked.startswith(f"{DRAFTED}: Andelen scheman")
    written = replace(data, judgements={"G1": Judged(Attainment.FULL, "Vi nådde målet.")})
    assert drafted_analysis(compile_cycle(written), "G1").marked == ""


def test_what_is_compared_is_the_first_period_that_may_be_shown() -> None:
    kind = replace(cycle(goal(SHARES), {}).kind, compared_with=())
    data = cycle(goal(SHARES), each(81), measures={"I1": SHARE}, kind=kind)
    result = compile_cycle(data).indicators["I1"]
    assert draft_sentences(result, str)[0].replace(NBSP, " ") == "Andelen scheman med bildstöd är 81 %."
