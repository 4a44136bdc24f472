"""A made unit with everything in it, for what is measured of compiling and reviewing.

Ten goals, twenty indicators, five years behind it, and texts of thousands of different sentences. The same
seed gives the same unit. Called by `bench.compiling`.
"""

from datetime import UTC, date, datetime
from decimal import Decimal
from random import Random

from arshjul.answers import Answer, State
from arshjul.catalogue import Measure, Method
from arshjul.cycle import CycleKey
from arshjul.cycle_data import Counted, CycleData, Judged
from arshjul.form import FieldKind
from arshjul.history import EarlierValue, History
from arshjul.organisation import Subunit, Unit
from arshjul.plan import ATTAINMENT_SWEDISH, Activity, Attainment, Goal, Indicator, Kind, Level, Plan
from arshjul.report_kinds import Earlier, Question, ReportKind, SectionHeading
from arshjul.wheel import STOCKHOLM, Milestones
from cli.example.sentences import written

GOALS, ACTIVITIES, YEARS = 10, 20, 5
_NAMES = (
    "Antal studiebesök från skolor",
    "Andel deltagare som är nöjda med sin sysselsättning",
    "Andel som upplever ett gott bemötande",
    "Klimatpåverkan från inköpta livsmedel",
    "Antal deltagare som prövat praktik",
    "Andel aktuella genomförandeplaner",
    "Index för arbetsglädje",
    "Sjukfrånvaro bland tillsvidareanställda",
    "Antal kultur- och friluftsaktiviteter",
    "Andel ekologiska inköp i kronor",
    "Andel som känner sig trygga i gruppen",
    "Andel scheman med bildstöd",
    "Antal resor med minibussen",
    "Andel timmar som utförs av timavlönade",
    "Andel som inte upplever diskriminering",
    "Andel medarbetare med undersköterskeutbildning",
    "Antal utbildade mötesledare",
    "Matsvinn per portion",
    "Andel återbrukade möbler",
    "Andel som kan påverka innehållet i dagen",
)
INDICATORS = len(_NAMES)
_GOAL_TITLES = (
    "Deltagarna bestämmer innehållet i sin dag",
    "Alla kan göra sig förstådda hos oss",
    "Den som får stöd är trygg",
    "Fler prövar arbete utanför enheten",
    "Kultur och rörelse är en del av veckan",
    "Vi hushållar med mat och material",
    "Inköpen är hållbara",
    "Budgeten håller",
    "Medarbetarna mår bra och stannar",
    "Kompetensen räcker för uppdraget",
)
_METHODS = (Method.SUM, Method.MEAN, Method.WEIGHTED_MEAN, Method.RATIO)
SECTIONS = {
    "complaints": "Synpunkter",
    "deviations": "Avvikelser i stödet",
    "incidents": "Tillbud",
    "visits": "Besök",
    "fire": "Brandskydd",
    "hygiene": "Hygienrond",
    "medicine": "Läkemedel",
    "parents": "Anhörigmöten",
    "training": "Utbildningsdagar",
    "keys": "Nycklar",
}
KIND = ReportKind(
    kind=Kind.T2,
    title="Tertialrapport 2",
    introduction="",
    headings=tuple(SectionHeading(section, title) for section, title in SECTIONS.items()),
    asks=tuple(
        question
        for section in SECTIONS
        for question in (
            Question(f"{section}.count", FieldKind.NUMBER, "Antal", "Skriv.", unit="st"),
            Question(f"{section}.closed", FieldKind.NUMBER, "Varav avslutade", "Skriv.", unit="st"),
            Question(f"{section}.text", FieldKind.TEXT, "Vad handlar de om?", "Skriv."),
        )
    ),
    compared_with=(Earlier(Kind.T2, 1), Earlier(Kind.T2, 2)),
)


def _morning(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 8, tzinfo=STOCKHOLM)


DATES = Milestones(
    kind=Kind.T2,
    year=2026,
    period_start=date(2026, 1, 1),
    period_end=date(2026, 8, 31),
    as_of=date(2026, 8, 31),
    opens=_morning(8, 24),
    reminders=(),
    last_day=None,
    due=_morning(9, 11),
    escalation=_morning(9, 15),
    compile=_morning(9, 17),
    approve_by=_morning(9, 25),
    distribute=None,
    apt_by=_morning(10, 16),
    archive=_morning(10, 30),
)


def measures() -> dict[str, Measure]:
    """Every method, a third of them of people by sex."""
    return {
        f"I{n:02}": Measure(_METHODS[n % 4], "st" if n % 4 == 0 else "%", by_sex=True, people=n % 3 == 0)
        for n in range(INDICATORS)
    }


def plan() -> Plan:
    """Goals with three indicators and two activities each."""
    each, acts = INDICATORS // GOALS, ACTIVITIES // GOALS
    return Plan(
        Kind.VP,
        2026,
        "Enheten",
        tuple(
            Goal(
                f"G{g:02}",
                Level.UNIT,
                _GOAL_TITLES[g],
                indicators=tuple(
                    Indicator(f"I{n:02}", _NAMES[n], target="80 %" if n % 4 else "40 st")
                    for n in range(g * each, (g + 1) * each)
                ),
                activities=tuple(
                    Activity(f"A{n:02}", f"{_NAMES[n].split()[-1].capitalize()} gås igenom i varje grupp")
                    for n in range(g * acts, (g + 1) * acts)
                ),
            )
            for g in range(GOALS)
        ),
    )


def unit_data(code: str, subunits: int, seed: int) -> CycleData:
    """A unit whose every sub-unit has answered everything, with five years behind it."""
    random = Random(seed)
    own = tuple(Subunit(f"{code}{n}", f"Verksamheten nummer {n} i {code}") for n in range(subunits))
    unit = Unit(code, f"Enheten {code}", code, "Stadsdelen", "Avdelningen", "deltagare", own, ())
    catalogue = measures()
    submissions = {
        subunit.code: Counted(
            subunit.code,
            1,
            datetime(2026, 9, 4, tzinfo=UTC),
            f"{code} {subunit.code}",
            _answers(catalogue, random),
        )
        for subunit in own
    }
    earlier = tuple(
        EarlierValue(
            f"T2 {2026 - back}", subunit.code, indicator, Decimal(random.randint(60, 90)), respondents=12
        )
        for back in range(1, YEARS + 1)
        for subunit in own
        for indicator in catalogue
    )
    return CycleData(
        key=CycleKey(code, Kind.T2, 2026),
        unit=unit,
        plan=plan(),
        kind=KIND,
        milestones=DATES,
        registry_number=f"{code} 2026/1",
        expected=tuple(subunit.code for subunit in own),
        submissions=submissions,
        catalogue=catalogue,
        history=History(earlier),
        judgements={f"G{g:02}": Judged(Attainment.PARTIAL, written(random, 5)) for g in range(GOALS)},
    )


def _answers(catalogue: dict[str, Measure], random: Random) -> dict[str, Answer]:
    given: dict[str, Decimal | str] = {}
    for g in range(GOALS):
        given[f"G{g:02}.status"] = ATTAINMENT_SWEDISH[random.choice((Attainment.FULL, Attainment.PARTIAL))]
        given[f"G{g:02}.analysis"] = written(random, 5)
    for indicator, measure in catalogue.items():
        for part in ("women", "men") if measure.by_sex else ("total",):
            given[f"{indicator}.{part}"] = Decimal(
                random.randint(0, 12) if measure.unit == "st" else random.randint(50, 100)
            )
            if measure.method is not Method.SUM:
                given[f"{indicator}.{'' if part == 'total' else part + '_'}respondents"] = Decimal(
                    random.randint(3, 20)
                )
        given[f"{indicator}.comment"] = written(random, 1)
    for n in range(ACTIVITIES):
        given[f"A{n:02}.deviation"] = random.choice(("Ja", "Nej", "Nej"))
        given[f"A{n:02}.comment"] = written(random, 2)
    for section in SECTIONS:
        given[f"{section}.count"] = Decimal(random.randint(5, 9))
        given[f"{section}.closed"] = Decimal(random.randint(0, 5))
        given[f"{section}.text"] = written(random, 2)
    return {
        key: Answer(key, State.VALUE, text=value)
        if isinstance(value, str)
        else Answer(key, State.VALUE, number=value)
        for key, value in given.items()
    }
