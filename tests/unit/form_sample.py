"""A small unit, plan and report kind for tests of forms: two sub-units, one deputy, one controller."""

from datetime import date
from decimal import Decimal

from arshjul.catalogue import Measure, Method, Sex
from arshjul.form import FieldKind, Form
from arshjul.form_making import make_forms
from arshjul.history import EarlierText, EarlierValue, History
from arshjul.organisation import Assignment, Role, Subunit, Unit
from arshjul.plan import Activity, Goal, Indicator, Kind, Level, Plan
from arshjul.report_kinds import Earlier, Question, ReportKind, SectionHeading

DAY = date(2026, 8, 17)
DUE = date(2026, 9, 11)

PLAN = Plan(
    kind=Kind.VP,
    year=2026,
    unit="Solgläntans dagliga verksamhet",
    goals=(
        Goal(
            "D1",
            Level.DIRECTION,
            "En stad där alla kan delta",
            number="1",
            goals=(
                Goal(
                    "C1",
                    Level.COUNCIL,
                    "Stödet utgår från den enskilde",
                    number="1.3",
                    indicators=(
                        Indicator("I01", "Andel deltagare som trivs", target="85 %", council_target="84 %"),
                    ),
                    goals=(
                        Goal(
                            "B1",
                            Level.BOARD,
                            "Deltagarna har inflytande",
                            number="1.3.1",
                            indicators=(
                                Indicator("I02", "Antal samråd med deltagare", target="60 st"),
                                Indicator("I03", "Klimatavtryck från mat", target="1,6 kg per kg"),
                            ),
                            goals=(
                                Goal(
                                    "G1",
                                    Level.UNIT,
                                    "Deltagarna väljer själva sina uppgifter",
                                    sections={
                                        "expected_result": "Varje deltagare har valt minst en uppgift under "
                                        "året och vet hur hon byter.",
                                        "approach": "Valet görs på ett planeringsmöte.",
                                    },
                                    activities=(
                                        Activity(
                                            "A1",
                                            "Ta fram bildstöd för val av uppgift",
                                            date(2026, 1, 15),
                                            date(2026, 11, 30),
                                        ),
                                    ),
                                ),
                                Goal(
                                    "G2",
                                    Level.UNIT,
                                    "Vägen till praktik är tydlig",
                                    sections={
                                        "expected_result": "Fler deltagare prövar praktik än förra året."
                                    },
                                    indicators=(
                                        Indicator("I04", "Deltagare som börjat praktik", target="öka"),
                                    ),
                                ),
                            ),
                        ),
                        Goal("B2", Level.BOARD, "Ett mål som enheten inte har brutit ned", number="1.3.2"),
                    ),
                ),
            ),
        ),
    ),
)

CATALOGUE = {
    "I01": Measure(Method.WEIGHTED_MEAN, "%", 1, by_sex=True, people=True, maximum=100),
    "I02": Measure(Method.SUM, "st"),
    "I03": Measure(Method.MEAN, "kg per kg", 2, asked_in=(Kind.VB,)),
    "I04": Measure(Method.SUM, "st", by_sex=True, people=True, subunits=("LARKAN",)),
}

T2 = ReportKind(
    kind=Kind.T2,
    title="Tertialrapport 2",
    introduction="Gäller januari till augusti. Börja med texterna; siffrorna fylls i när augusti är slut.",
    goal_texts={"expected_result": "Förväntat resultat", "approach": "Arbetssätt"},
    form_texts=("expected_result",),
    headings=(
        SectionHeading(
            "complaints", "Synpunkter och klagomål", "Räkna allt som kommit in sedan årets början."
        ),
        SectionHeading("economy", "Ekonomi", "Belopp i tusental kronor."),
        SectionHeading("apt", "APT"),
    ),
    asks=(
        Question(
            "complaints.count",
            FieldKind.NUMBER,
            "Antal synpunkter",
            "Skriv ett heltal.",
            required=True,
            unit="st",
        ),
        Question("complaints.text", FieldKind.TEXT, "Vad handlar de om?", "Två till fyra meningar."),
        Question(
            "economy.forecast_tkr",
            FieldKind.NUMBER,
            "Prognos för helåret",
            "Beräknad nettokostnad.",
            scope="economy",
            required=True,
            unit="tkr",
            minimum=None,
        ),
        Question("apt.date", FieldKind.DATE, "Dag för APT", "Skriv som 2026-10-08.", required=True),
    ),
    compared_with=(Earlier(Kind.T2, 1),),
    prefill=(Earlier(Kind.T1), Earlier(Kind.T2, 1)),
)

HISTORY = History(
    values=(
        EarlierValue("T1 2026", "LARKAN", "I02", Decimal(17)),
        EarlierValue("T2 2025", "LARKAN", "I02", Decimal(31)),
        EarlierValue("T2 2025", "unit", "I01", Decimal("83.5")),
        EarlierValue("T1 2026", "LARKAN", "I01", Decimal("81.8"), Sex.WOMEN, 11),
    ),
    texts=(
        EarlierText(
            "T1 2026", "LARKAN", "G1.analysis", "Alla har haft planeringsmöte. Bildstödet saknas ännu."
        ),
    ),
)

UNIT = Unit(
    code="SOL",
    name="Solgläntans dagliga verksamhet",
    short_name="Solgläntan",
    administration="Björkvikens stadsdelsförvaltning",
    department="Stöd och service",
    people="deltagare",
    subunits=(
        Subunit("LARKAN", "Ateljé Lärkan"),
        Subunit("HUMLAN", "Trädgårdsgruppen Humlan"),
        Subunit("GAMLA", "Vävstugan", valid_to=date(2026, 6, 30)),
    ),
    assignments=(
        Assignment("karin", Role.MANAGER),
        Assignment("anna", Role.DEPUTY, ("LARKAN",)),
        Assignment("peter", Role.CONTROLLER, sections=("economy",)),
        Assignment("anna", Role.DEPUTY, ("HUMLAN", "GAMLA"), valid_from=date(2026, 7, 1)),
        Assignment("olle", Role.DEPUTY, ("HUMLAN",), valid_to=date(2026, 6, 30)),
    ),
)


def forms(day: date = DAY) -> tuple[Form, ...]:
    """The forms of T2 2026 as they are on `day`."""
    return make_forms(UNIT, PLAN, CATALOGUE, T2, HISTORY, "T2 2026", 2026, DUE, day)


def annas_form() -> Form:
    """The deputy's form: both sub-units."""
    return next(form for form in forms() if form.person == "anna")
