from dataclasses import replace
from datetime import date
from decimal import Decimal

from arshjul.catalogue import Sex
from arshjul.form import READY, Field, Form, Heading, Info, Prefill, Sheet
from arshjul.form_making import asked_goals, make_forms
from arshjul.history import EarlierValue, History
from arshjul.organisation import Assignment, Role
from arshjul.plan import Goal, Indicator, Kind, Level, Plan
from arshjul.report_kinds import Earlier, GoalQuestion
from tests.unit.form_sample import CATALOGUE, DAY, DUE, HISTORY, PLAN, T2, UNIT, annas_form, forms


def ids(sheet: Sheet) -> list[str]:
    return [field.id for field in sheet.fields()]


def field(form: Form, scope: str, field_id: str) -> Field:
    sheet = next(sheet for sheet in form.sheets if sheet.scope == scope)
    return next(field for field in sheet.fields() if field.id == field_id)


def made(plan: Plan) -> Sheet:
    return make_forms(UNIT, plan, CATALOGUE, T2, HISTORY, "T2 2026", 2026, DUE, DAY)[0].sheets[0]


def test_everybody_who_answers_that_day_gets_one_form_with_a_sheet_for_each_part():
    assert [(form.person, [sheet.scope for sheet in form.sheets]) for form in forms()] == [
        ("anna", ["LARKAN", "HUMLAN"]),
        ("peter", ["economy"]),
    ]


def test_a_form_follows_the_assignments_of_its_own_day():
    in_june = {form.person: [sheet.scope for sheet in form.sheets] for form in forms(date(2026, 6, 1))}
    assert in_june == {
        "anna": ["LARKAN"],
        "peter": ["economy"],
        "olle": ["HUMLAN"],
        "karin": ["GAMLA"],  # nobody has it: the manager's own
    }


def test_a_section_that_the_report_asks_nothing_of_makes_no_form():
    unit = replace(UNIT, assignments=(Assignment("stina", Role.CONTROLLER, sections=("staff",)),))
    assert make_forms(unit, PLAN, CATALOGUE, T2, HISTORY, "T2 2026", 2026, DUE, DAY) == ()


def test_a_sheet_asks_for_the_ready_mark_then_the_plan_then_the_questions_of_the_kind():
    asked = ids(annas_form().sheets[0])
    assert asked[0] == READY
    assert asked.index("I01.women") < asked.index("G1.status") < asked.index("A1.deviation")
    assert asked.index("A1.deviation") < asked.index("G2.status") < asked.index("I04.men")
    assert asked[-3:] == ["complaints.count", "complaints.text", "apt.date"]
    assert len(asked) == len(set(asked))


def test_the_chain_of_goals_is_shown_above_the_goals_that_are_answered():
    rows = annas_form().sheets[0].rows
    at = rows.index(Heading("Nämndmål: 1.3.1 Deltagarna har inflytande", 1))
    assert rows[at + 1 : at + 3] == (
        Info("KF:s inriktningsmål", "1 En stad där alla kan delta"),
        Info("KF:s mål för verksamhetsområdet", "1.3 Stödet utgår från den enskilde"),
    )


def test_a_board_goal_with_nothing_under_it_is_not_on_the_sheet():
    assert not any(isinstance(row, Heading) and "1.3.2" in row.text for row in annas_form().sheets[0].rows)


def test_an_indicator_on_people_asks_by_sex_and_for_how_many_answered():
    parts = [i for i in ids(annas_form().sheets[0]) if i.startswith("I01.")]
    assert parts == [
        "I01.women",
        "I01.men",
        "I01.women_respondents",
        "I01.men_respondents",
        "I01.state",
        "I01.comment",
    ]


def test_a_count_of_people_is_its_own_number_of_people():
    parts = [i for i in ids(annas_form().sheets[0]) if i.startswith("I04.")]
    assert parts == ["I04.women", "I04.men", "I04.state", "I04.comment"]


def test_only_the_sub_units_that_measure_an_indicator_are_asked_for_it():
    larkan, humlan = annas_form().sheets
    assert "I04.women" in ids(larkan)
    assert not any(i.startswith("I04.") for i in ids(humlan))


def test_a_yearly_indicator_is_named_but_not_asked_for_in_a_tertial():
    sheet = annas_form().sheets[0]
    assert not any(i.startswith("I03.") for i in ids(sheet))
    note = next(row for row in sheet.rows if isinstance(row, Info) and row.label == "Klimatavtryck från mat")
    assert note.text.startswith("Årsindikator – följs upp i verksamhetsberättelsen.")


def test_what_was_answered_last_time_stands_beside_the_field_with_its_period():
    form = annas_form()
    analysis, samråd = field(form, "LARKAN", "G1.analysis"), field(form, "LARKAN", "I02.total")
    assert analysis.earlier is not None
    assert analysis.earlier.source == "T1 2026"
    assert samråd.earlier is not None
    assert (samråd.earlier.source, samråd.earlier.text) == ("T1 2026", "17\N{NO-BREAK SPACE}st")
    assert field(form, "HUMLAN", "G1.analysis").earlier is None


def test_a_plans_form_says_how_each_goal_went_in_the_newest_report():
    kind = replace(
        T2,
        judges_goals=False,
        goal_asks=(GoalQuestion("expected_result", "Förväntat resultat", "Skriv."),),
        went=(Earlier(Kind.VB), Earlier(Kind.T1)),
    )
    sheet = make_forms(UNIT, PLAN, CATALOGUE, kind, HISTORY, "VP 2026", 2026, DUE, DAY)[0].sheets[0]
    [told] = [row for row in sheet.rows if isinstance(row, Info) and row.label.startswith("Så gick det")]
    analysis = field(annas_form(), "LARKAN", "G1.analysis").earlier
    assert analysis is not None
    assert told.label == "Så gick det (T1 2026)"
    assert told.text.endswith(analysis.text)


def test_the_same_period_last_year_is_shown_and_said_to_be_the_units_where_it_is():
    rows = annas_form().sheets[0].rows
    assert Info("Utfall T2 2025", "31\N{NO-BREAK SPACE}st") in rows
    assert Info("Utfall T2 2025", "83,5\N{NO-BREAK SPACE}% (hela enheten)") in rows


def test_the_same_period_last_year_is_shown_by_sex_where_only_that_is_known():
    values = (EarlierValue("T2 2025", "LARKAN", "I04", Decimal(3), Sex.WOMEN),)
    kind = replace(T2, prefill=(Earlier(Kind.T1),))
    form = make_forms(UNIT, PLAN, CATALOGUE, kind, History(values), "T2 2026", 2026, DUE, DAY)[0]
    assert Info("Utfall kvinnor/flickor T2 2025", "3\N{NO-BREAK SPACE}st") in form.sheets[0].rows


def test_nothing_is_shown_twice():
    values = (EarlierValue("T2 2025", "LARKAN", "I02", Decimal(31)),)
    form = make_forms(UNIT, PLAN, CATALOGUE, T2, History(values), "T2 2026", 2026, DUE, DAY)[0]
    assert not any(isinstance(row, Info) and row.label == "Utfall T2 2025" for row in form.sheets[0].rows)
    assert field(form, "LARKAN", "I02.total").earlier == Prefill("T2 2025", "31\N{NO-BREAK SPACE}st")


def test_a_new_sub_unit_is_shown_what_its_predecessor_answered():
    weaver = replace(UNIT.subunits[1], predecessor="LARKAN")
    unit = replace(UNIT, subunits=(UNIT.subunits[0], weaver))
    anna = make_forms(unit, PLAN, CATALOGUE, T2, HISTORY, "T2 2026", 2026, DUE, DAY)[0]
    earlier = field(anna, "HUMLAN", "G1.analysis").earlier
    assert earlier is not None
    assert earlier.source == "T1 2026"


def test_only_the_texts_that_the_kind_shows_are_on_the_sheet():
    labels = [row.label for row in annas_form().sheets[0].rows if isinstance(row, Info)]
    assert "Förväntat resultat" in labels
    assert "Arbetssätt" not in labels


def test_a_plan_without_goals_of_the_unit_is_answered_on_its_lowest_goals():
    plan = Plan(
        Kind.VP,
        2026,
        "Enheten",
        goals=(Goal("D1", Level.DIRECTION, "Över", goals=(Goal("B1", Level.BOARD, "Under"),)),),
    )
    assert [goal.id for goal in asked_goals(plan, T2)] == ["B1"]
    assert [i for i in ids(made(plan)) if i.endswith(".status")] == ["B1.status"]


def test_indicators_on_the_goals_above_are_asked_once_and_in_reach_of_the_goals_below():
    def unit_goal(number: int) -> Goal:
        return Goal(f"G{number}", Level.UNIT, f"Mål {number}")

    council = Goal(
        "C1",
        Level.COUNCIL,
        "Mitten",
        indicators=(Indicator("I02", "Antal samråd"),),
        goals=(
            Goal("B1", Level.BOARD, "Första", goals=(unit_goal(1),)),
            Goal("B2", Level.BOARD, "Andra", goals=(unit_goal(2),)),
        ),
    )
    alone = Goal("C2", Level.COUNCIL, "Utan enhetsmål", indicators=(Indicator("I05", "Antal besök"),))
    asked = ids(made(Plan(Kind.VP, 2026, "Enheten", goals=(council, alone))))
    assert [i for i in asked if i.endswith((".total", ".status"))] == [
        "I02.total",
        "G1.status",
        "G2.status",
        "I05.total",
    ]


def test_a_section_sheet_asks_the_sections_questions_and_nothing_of_the_plan():
    economy = next(form for form in forms() if form.person == "peter").sheets[0]
    assert economy.title == "Ekonomi"
    assert ids(economy) == [READY, "economy.forecast_tkr"]
