"""The example's T2 2026 in memory: the demonstration's answers, checked against their forms, and no store."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from arshjul.answers import RawCell
from arshjul.config import Installation, load_installation
from arshjul.cycle import CycleKey
from arshjul.cycle_data import Counted, CycleData, Judged
from arshjul.form import Sheet
from arshjul.form_checking import check_sheet
from arshjul.form_making import make_forms
from arshjul.plan import Kind
from arshjul.wheel import milestones
from cli.story import Delivery, Story, read_story

CONFIG = Path(__file__).parents[2] / "config"
KEY = CycleKey("SOL", Kind.T2, 2026)


@cache
def installation() -> Installation:
    """The example installation, read once."""
    return load_installation(CONFIG)


@cache
def story() -> Story:
    """What people do in the demonstration."""
    return read_story(CONFIG / "demo" / "answers.yaml")


@cache
def first_judgements() -> Mapping[str, Judged]:
    """What the manager writes before she mends what the review found."""
    return story().judgings[0].judged


@cache
def demo_data() -> CycleData:
    """The cycle as it is when the manager has judged; the total in one of her texts is wrong."""
    here = installation()
    rules = here.wheel.rules(KEY.unit_code, KEY.kind)
    assert rules is not None
    dates = milestones(rules, KEY.kind, KEY.year)
    kind = here.kind(KEY.unit_code, KEY.kind)
    assert kind is not None
    unit, plan = here.unit(KEY.unit_code), here.plans[KEY.unit_code, KEY.year]
    measures, history = here.measures(unit.code), here.history[unit.code]
    forms = make_forms(
        unit,
        plan,
        measures,
        kind,
        history,
        str(KEY),
        KEY.year,
        dates.due.date(),
        dates.opens.date(),
    )
    sheets = {sheet.scope: sheet for form in forms for sheet in form.sheets}
    submissions: dict[str, Counted] = {}
    for delivery in sorted(story().deliveries, key=lambda one: one.at):
        for counted in _counted(delivery, sheets, submissions):
            submissions[counted.scope] = counted
    meetings = {scope: counted for scope, counted in submissions.items() if "apt.date" in counted.answers}
    return CycleData(
        key=KEY,
        unit=unit,
        plan=plan,
        kind=kind,
        milestones=dates,
        registry_number="SOL 2026/14",
        expected=(*(s.code for s in unit.subunits), "economy"),
        submissions=submissions,
        catalogue=measures,
        history=history,
        judgements=first_judgements(),
        apt_dates={s: date.fromisoformat(c.answers["apt.date"].text or "") for s, c in meetings.items()},
        handler="Karin Ekdahl",
    )


def mended_data() -> CycleData:
    """The cycle when the manager has mended her text."""
    data = demo_data()
    return replace(data, judgements={**data.judgements, **story().judgings[1].judged})


def _counted(delivery: Delivery, sheets: Mapping[str, Sheet], before: Mapping[str, Counted]) -> list[Counted]:
    """The sheets of a delivery that have no fault, as they are counted."""
    accepted = []
    for scope, written in delivery.sheets.items():
        cells = {field: RawCell(value, field) for field, value in written.items()}
        reading = check_sheet(sheets[scope], cells)
        if reading.ready and not reading.faults:
            version = before[scope].version + 1 if scope in before else 1
            sha256 = f"{scope}-{version}"
            accepted.append(Counted(scope, version, delivery.at, sha256, reading.answers))
    return accepted
