"""The example installation loads and fits together; what does not fit in a copy of it is named."""

import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
import yaml

from arshjul.catalogue import Method
from arshjul.config import load_installation
from arshjul.errors import BadInput
from arshjul.form import FieldKind
from arshjul.form_making import make_forms
from arshjul.organisation import Role
from arshjul.plan import Kind, Level

CONFIG = Path(__file__).parents[2] / "config"
OPENS = date(2026, 8, 24)


def test_the_example_has_the_unit_that_the_handbook_speaks_of() -> None:
    unit = load_installation(CONFIG).unit("SOL")
    answering = [a for a in unit.answering_on(OPENS) if a.subunits]
    assert len(unit.subunits) == 9
    assert len(unit.holders(Role.DEPUTY, OPENS)) == 6
    assert sorted(len(a.subunits) for a in answering) == [1, 1, 1, 1, 2, 3]
    assert [(a.role, a.delegated_by) for a in answering if a.delegated_by] == [(Role.TEAM_LEADER, "birgitta")]
    assert [a.sections for a in unit.answering_on(OPENS) if a.role is Role.CONTROLLER] == [("economy",)]


def test_the_example_plan_has_goals_indicators_and_activities_of_all_kinds() -> None:
    installation = load_installation(CONFIG)
    plan = installation.plans["SOL", 2026]
    levels = Counter(goal.level for goal in plan.walk())
    indicators = [indicator for _, indicator in plan.indicators()]
    measures = [installation.measures("SOL")[indicator.id] for indicator in indicators]
    assert (levels[Level.DIRECTION], levels[Level.COUNCIL], levels[Level.BOARD], levels[Level.UNIT]) == (
        3,
        7,
        8,
        8,
    )
    assert len(indicators) == len(plan.activities()) == 15
    assert {measure.method for measure in measures} == set(Method)
    assert {measure.unit for measure in measures} >= {"%", "st", "", "kg per person"}
    assert {indicator.target is None for indicator in indicators} == {True, False}
    assert all(
        {"expected_result", "approach", "resources", "follow_up", "development"} == set(goal.sections)
        for goal in plan.at(Level.UNIT)
    )


def test_a_config_folder_is_found_from_the_folder_that_holds_it() -> None:
    assert load_installation(CONFIG.parent).folder == CONFIG


def test_relative_folders_lie_beside_the_config_folder_and_can_be_moved_together() -> None:
    settings = load_installation(CONFIG).settings
    assert settings.folders.inbox == CONFIG.parent / "data" / "inkorg"
    assert settings.database_url == f"sqlite:///{CONFIG.parent}/data/arshjul.sqlite"
    moved = settings.under(Path("/elsewhere"))
    assert moved.folders.archive == Path("/elsewhere/data/arkiv")
    assert moved.database_url == "sqlite:////elsewhere/data/arshjul.sqlite"


def test_a_unit_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(BadInput, match='ingen enhet "XYZ"; här finns SOL'):
        load_installation(CONFIG).unit("XYZ")


@pytest.mark.parametrize(
    ("file", "good", "bad", "sentence"),
    [
        (
            "wheel.yaml",
            "        due: {workdays: 9,",
            "        remindrar: []\n        due: {workdays: 9,",
            "remindrar",
        ),
        (
            "wheel.yaml",
            "board_meeting, day: 09-25}",
            "board_meeting, day: 09-02}",
            '"approve_by" kommer före "compile"',
        ),
        ("wheel.yaml", "approve_by: {day: 09-22}", "approve_by: {day: 02-30}", '"02-30" är ingen dag'),
        (
            "wheel.yaml",
            "until: {workdays: 10, after: draft}",
            "until: {workdays: 10, after: utkast}",
            '"utkast" finns inte',
        ),
        (
            "wheel.yaml",
            "end: 07-31, moves: after, allows: [archive]",
            "end: 07-31, moves: after, allows: [arkiv]",
            '"arkiv" är varken en hållpunkt i någon rapport eller en uppgifts id',
        ),
        ("wheel.yaml", "label: Skyddsrond", 'label: ""', "label är tom"),
        ("wheel.yaml", "board_meeting, day: 09-25}", "board_meeting}", "nämndens dagar är kända"),
        ("wheel.yaml", "        months: [2, 3,", "        months: [2, 13,", "months ska vara månader"),
        ("wheel.yaml", "        months: [2, 3, 5, 9, 10, 11]\n", "", "en månadsrapport behöver months"),
        (
            "wheel.yaml",
            "start: 12-21, end: 01-06, moves: after",
            "start: 08-01, end: 08-14, moves: before",
            "möts men flyttar åt olika håll",
        ),
        (
            "wheel.yaml",
            "end: 07-31, moves: after",
            "end: 07-31, moves: bort",
            '"moves" ska vara något av before',
        ),
        (
            "wheel.yaml",
            "report_into: [T1, T2, VB]",
            "report_into: [T3]",
            '"report_into" ska vara något av VP',
        ),
        (
            "wheel.yaml",
            "        who: [controller, deputy]",
            "        people: [eva]",
            'personen "eva" finns inte',
        ),
        (
            "wheel.yaml",
            "{workdays: 9, after: period_end}",
            "{workdays: 9, after: compile}",
            "räknas från varandra",
        ),
        ("wheel.yaml", "{workdays: 9, after: period_end}", "{workdays: 9}", 'skriv antingen "day: 09-25"'),
        ("wheel.yaml", "  SOL:", "  MÅN:", 'enheten "MÅN" finns inte i organisation.yaml'),
        ("wheel.yaml", "- id: hr", "- id: apt", 'id "apt" står två gånger'),
        ("wheel.yaml", "not_in: [7, 12]", "not_in: [13]", "en månad skrivs 1 till 12"),
        ("indicators.yaml", "    I15:", "    I99:", 'indikatorn "I99" finns inte i någon plan för SOL'),
        ("indicators.yaml", "[HUMLAN,", "[HUMLA,", 'verksamheten "HUMLA" finns inte i enheten SOL'),
        ("indicators.yaml", "method: sum", "method: summa", '"method" ska vara något av sum, mean'),
        (
            "report_kinds.yaml",
            "id: complaints.count",
            "id: c.count",
            'frågans id ska börja med "complaints."',
        ),
        (
            "report_kinds.yaml",
            "section: self_checks,",
            "section: self_check,",
            'frågar inte efter avsnittet "self_check"',
        ),
        ("report_kinds.yaml", "form_texts: [expected_result]", "form_texts: [x]", 'texten "x" finns inte'),
        ("settings.yaml", "port: 8025", "port: 80250", "porten ska vara 1 till 65535"),
        ("settings.yaml", "port: 8025", "port: åtta", '"port" ska vara ett heltal'),
        ("settings.yaml", 'database: ""', "database: arshjul.db", "database ska vara en adress som"),
        ("review.yaml", "switched_off", "switchedoff", 'menade du "switched_off"?'),
        (
            "review.yaml",
            "severities: {}",
            "severities: {missing-anser: note}",
            'ingen iakttagelse med koden "missing-anser"; menade du "missing-answer"?',
        ),
        ("earlier/SOL.yaml", "T2 2025:", "hösten 2025:", "är ingen period; skriv till exempel T2 2025"),
        ("earlier/SOL.yaml", "LARKAN: {women", "LARKA: {women", '"LARKA" är ingen verksamhet i enheten'),
        ("earlier/SOL.yaml", "I15:", "I16:", 'indikatorn "I16" finns inte i någon plan'),
        ("plans/SOL-2026.yaml", "year: 2026", "year: 2025", "planen är för 2025, men filen heter SOL-2026"),
    ],
)
def test_what_does_not_fit_is_one_line_with_file_and_line(
    tmp_path: Path, file: str, good: str, bad: str, sentence: str
) -> None:
    folder = tmp_path / "config"
    shutil.copytree(CONFIG, folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert good in text
    (folder / file).write_text(text.replace(good, bad, 1), encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        load_installation(folder)
    said = str(caught.value)
    assert said.startswith(f"config/{file}")
    assert sentence in said
    assert "\n" not in said


def demonstration() -> dict[str, dict[str, object]]:
    """What stands on the sheets in the end, and what Kajutan wrote the first time, by scope."""
    story = yaml.safe_load((CONFIG / "demo" / "answers.yaml").read_text(encoding="utf-8"))
    changed = {
        f"{scope} {place}": story["sheets"][scope] | answers
        for place, delivery in enumerate(story["deliveries"])
        for scope, answers in delivery.get("changes", {}).items()
    }
    return {**story["sheets"], **changed}


def test_the_demonstration_fills_in_the_fields_that_the_forms_have() -> None:
    installation = load_installation(CONFIG)
    forms = make_forms(
        installation.unit("SOL"),
        installation.plans["SOL", 2026],
        installation.measures("SOL"),
        installation.kinds[Kind.T2],
        installation.history["SOL"],
        "T2 2026",
        2026,
        date(2026, 9, 11),
        OPENS,
    )
    fields = {sheet.scope: {f.id: f for f in sheet.fields()} for form in forms for sheet in form.sheets}
    faults = set()
    for name, answers in demonstration().items():
        asked = fields[name.partition(" ")[0]]
        assert set(answers) <= set(asked), name
        for field, value in answers.items():
            numeric = asked[field].kind is FieldKind.NUMBER and isinstance(value, str)
            if numeric or (asked[field].choices and value not in asked[field].choices):
                faults.add((name, field))
    assert faults == {("KAJUTAN 3", "I12.total")}
    assert set(fields) - set(demonstration()) == {"RETUREN"}


def test_no_two_texts_of_the_demonstration_are_alike() -> None:
    installation = load_installation(CONFIG)
    written = {
        (scope.partition(" ")[0], name, value)
        for scope, answers in demonstration().items()
        for name, value in answers.items()
        if name.endswith((".analysis", ".text")) and value is not None
    }
    texts = [text for _, _, text in written] + [text.text for text in installation.history["SOL"].texts]
    assert max(Counter(texts).values()) == 1
