"""A published annual report as the check: its figures come out of its workplaces' values, put in by form.

Only the numbers are the report's; the workplaces and the numbers of respondents are not.
"""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from arshjul.adapters.workbooks.filling import fill_workbook
from arshjul.adapters.workbooks.reading import read_workbook
from arshjul.adapters.workbooks.writing import write_workbook
from arshjul.catalogue import Measure, Method
from arshjul.compilation import Compiled, compile_cycle
from arshjul.cycle import CycleKey
from arshjul.cycle_data import Counted, CycleData
from arshjul.form_checking import check_sheet
from arshjul.form_making import make_forms
from arshjul.history import History
from arshjul.numbers import NBSP, round_half_up
from arshjul.organisation import Assignment, Role, Subunit, Unit
from arshjul.plan import Goal, Indicator, Kind, Level, Plan
from arshjul.report_kinds import ReportKind
from tests.unit.small_cycle import DATES

VALUES = {  # by survey question, workplace by workplace
    "I1": (100, 80, 86, 88, 100, 100, 100),
    "I2": (78, 96, 70, 76, 100, 100, 94),
    "I3": (100, 87, 90, 100, 88, 100, 100),
    "I4": (90, 87, 70, 68, 87, 82, 89),
}
PRINTED = {"I1": 93, "I2": 88, "I3": 95, "I4": 82}
RESPONDENTS = (23, 10, 14, 8, 9, 6, 16)
WITHOUT = 2  # workplaces that the survey did not reach

SUBUNITS = tuple(Subunit(f"V{number}", f"Verksamhet {number}") for number in range(1, 8 + WITHOUT))
UNIT = Unit(
    code="DV",
    name="Enheten",
    short_name="Enheten",
    administration="",
    department="",
    people="deltagare",
    subunits=SUBUNITS,
    assignments=(Assignment("anna", Role.DEPUTY, tuple(subunit.code for subunit in SUBUNITS)),),
)
PLAN = Plan(
    Kind.VP,
    2022,
    "Enheten",
    (Goal("G1", Level.UNIT, "Målet", indicators=tuple(Indicator(id_, f"Fråga {id_}") for id_ in VALUES)),),
)
VB = ReportKind(kind=Kind.VB, title="Verksamhetsberättelse", introduction="")


def compiled(measure: Measure) -> Compiled:
    """The cycle, with every value written into a workbook and read out of it again."""
    catalogue = dict.fromkeys(VALUES, measure)
    day = date(2023, 1, 9)
    [form] = make_forms(UNIT, PLAN, catalogue, VB, History(), "VB 2022", 2022, day, day)
    written: dict[str, dict[str, str | int]] = {}
    for number, subunit in enumerate(SUBUNITS):
        answers: dict[str, str | int] = {
            "form.ready": "Ja",
            "G1.status": "Uppfylls helt",
            "G1.analysis": "Så.",
        }
        for indicator, values in VALUES.items():
            if number >= len(values):
                answers[f"{indicator}.state"] = "Inga data"
                continue
            answers[f"{indicator}.total"] = values[number]
            if measure.people:
                answers[f"{indicator}.respondents"] = RESPONDENTS[number]
        written[subunit.code] = answers
    returned = read_workbook(fill_workbook(write_workbook(form), written), "underlag.xlsx")
    submissions = {}
    for sheet in form.sheets:
        reading = check_sheet(sheet, returned.scopes[sheet.scope])
        assert reading.ready
        assert reading.faults == ()
        at = datetime(2023, 1, 9, tzinfo=UTC)
        submissions[sheet.scope] = Counted(sheet.scope, 1, at, sheet.scope, reading.answers)
    return compile_cycle(
        CycleData(
            key=CycleKey("DV", Kind.VB, 2022),
            unit=UNIT,
            plan=PLAN,
            kind=VB,
            milestones=replace(DATES, kind=Kind.VB, year=2022, period_end=date(2022, 12, 31)),
            registry_number="DV 2023/1",
            expected=tuple(subunit.code for subunit in SUBUNITS),
            submissions=submissions,
            catalogue=catalogue,
        )
    )


@pytest.mark.parametrize("indicator", VALUES)
def test_the_units_figure_is_the_one_that_was_printed(indicator: str) -> None:
    result = compiled(Measure(Method.MEAN, "%", maximum=100)).indicators[indicator]
    assert result.number is not None
    assert round_half_up(result.number) == PRINTED[indicator]
    assert result.groups == 7
    assert result.as_of == "2022-12"
    assert result.note == ("Värdet är ett rakt medelvärde av 7 verksamheter, som kan vara olika stora."), (
        "nobody said how many answered"
    )


@pytest.mark.parametrize(("indicator", "weighted"), [("I1", 94), ("I2", 85), ("I3", 96), ("I4", 83)])
def test_where_respondents_are_known_the_weighted_mean_stands_beside(indicator: str, weighted: int) -> None:
    result = compiled(Measure(Method.MEAN, "%", people=True, maximum=100)).indicators[indicator]
    of_all = sum(n * value for n, value in zip(RESPONDENTS, VALUES[indicator], strict=True))
    assert result.number is not None
    assert round_half_up(result.number) == PRINTED[indicator]
    assert result.beside == Decimal(of_all) / sum(RESPONDENTS)
    assert result.note.endswith(f"Räknat på alla svarande är det {weighted}{NBSP}%.")
