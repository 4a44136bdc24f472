"""The files of an example city: a config folder that loads at once.

What is the same for all units is written once (the wheel, the catalogue); what is a unit's own has a file of
its own. Called by `arshjul load-example`.
"""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import fields
from enum import Enum
from pathlib import Path
from random import Random
from typing import Any

import yaml

from arshjul.catalogue import Measure
from arshjul.errors import BadInput
from arshjul.organisation import Assignment, Unit
from cli.example.city import City, make_city
from cli.example.plans import earlier_text, plan_text, targets_of
from cli.example.words import CityWords

EXAMPLE = Path(__file__).parents[2] / "config"
MAIL_PORT = 8025
_COPIED = ("report_kinds.yaml", "review.yaml")
_DUTIES = ("egenkontroll", "skyddsrond", "riskbedomning", "brandskydd")
# When departments and administrations compile: the days after their units have decided.
_DEPARTMENTS = {
    "T1": ({"day": "05-28"}, {"start": "01-01", "end": "04-30"}, {"day": "06-26"}),
    "T2": ({"day": "09-28"}, {"start": "01-01", "end": "08-31"}, {"day": "11-13"}),
    "VB": (
        {"day": "01-26", "year": "next"},
        {"start": "01-01", "end": "12-31"},
        {"day": "03-12", "year": "next"},
    ),
}
Told = Callable[[float], None]


def write_city(
    folder: Path, words: CityWords, units: int, seed: int, year: int, database: str, told: Told
) -> City:
    """A city's config folder in `folder`, which must not exist or be empty; the city. `told` from 0 to 1."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadInput("mappen är inte tom; välj en annan, så att inget skrivs över", str(folder))
    config = folder / "config"
    for name in ("plans", "earlier"):
        (config / name).mkdir(parents=True)
    city = make_city(words, units, seed)
    for name in _COPIED:
        shutil.copyfile(EXAMPLE / name, config / name)
    _write(config / "organisation.yaml", _organisation(city))
    _write(config / "wheel.yaml", _wheel())
    _write(config / "indicators.yaml", _indicators(words))
    _write(config / "settings.yaml", _settings(words, database))
    _plans_and_earlier(config, city, words, seed, year, told)
    return city


def _plans_and_earlier(config: Path, city: City, words: CityWords, seed: int, year: int, told: Told) -> None:
    texts = {trade.code: plan_text(words, trade, year) for trade in words.trades}
    for number, made in enumerate(city.units, start=1):
        unit, text = made.unit, texts[made.trade.code]
        random = Random(f"{seed} {unit.code}")
        names = tuple(subunit.name for subunit in unit.subunits)
        targets = targets_of(text.indicators, len(unit.subunits), random)
        _write(config / "plans" / f"{unit.code}-{year}.yaml", text.of(unit, names, targets))
        earlier = earlier_text(unit, words, made.trade, year, random)
        _write(config / "earlier" / f"{unit.code}.yaml", earlier)
        told(number / len(city.units))
    by_code = {unit.code: unit for unit in city.organisation.units}
    above = [(department.unit, texts[department.trade.code]) for department in city.departments]
    above += [(unit, plan_text(words, None, year)) for unit in city.administrations]
    for unit, text in above:
        leaves = city.organisation.leaves(unit)
        names = tuple(by_code[code].short_name for code in unit.compiles)
        subunits = sum(len(leaf.subunits) for leaf in leaves)
        targets = targets_of(text.indicators, subunits, Random(f"{seed} {unit.code}"))
        _write(config / "plans" / f"{unit.code}-{year}.yaml", text.of(unit, names, targets))


def _organisation(city: City) -> str:
    lines = ["# En påhittad stad. Ingen av människorna finns.", "", "people:"]
    lines += [
        f"  - {{id: {person.id}, name: {person.name}, address: {person.address}}}"
        for person in city.organisation.people
    ]
    lines += ["", "units:"]
    for unit in city.organisation.units:
        lines += _unit(unit)
    return "\n".join(lines) + "\n"


def _unit(unit: Unit) -> Iterator[str]:
    yield f"  - code: {unit.code}"
    for key in ("name", "short_name", "administration", "department", "people"):
        yield f"    {key}: {json.dumps(getattr(unit, key), ensure_ascii=False)}"
    if unit.compiles:
        yield f"    compiles: [{', '.join(unit.compiles)}]"
    yield "    subunits:" if unit.subunits else "    subunits: []"
    for subunit in unit.subunits:
        yield f"      - {{code: {subunit.code}, name: {subunit.name}}}"
    yield "    assignments:"
    for assignment in unit.assignments:
        yield f"      - {{{', '.join(_assignment(assignment))}}}"


def _assignment(assignment: Assignment) -> Iterator[str]:
    yield f"person: {assignment.person}"
    yield f"role: {assignment.role}"
    for key in ("subunits", "sections"):
        if listed := getattr(assignment, key):
            yield f"{key}: [{', '.join(listed)}]"
    if assignment.delegated_by:
        yield f"delegated_by: {assignment.delegated_by}"


def _wheel() -> str:
    """The example's year, for every unit; without monthly reports, whose dates the office sets."""
    example = yaml.safe_load((EXAMPLE / "wheel.yaml").read_text("utf-8"))
    first = next(iter(example["units"].values()))
    cycles = {kind: rules for kind, rules in first["cycles"].items() if kind != "MR"}
    duties = [duty for duty in first["duties"] if duty["id"] in _DUTIES]
    wheel: dict[str, Any] = {key: example[key] for key in ("board_meetings", "slow_weeks", "squeeze_days")}
    wheel["every_unit"] = {"cycles": cycles, "duties": duties}
    wheel["departments"] = {"cycles": {kind: _above(*days) for kind, days in _DEPARTMENTS.items()}}
    return "# Årshjulet, gemensamt för alla enheter. Exemplets wheel.yaml förklarar nycklarna.\n\n" + (
        yaml.safe_dump(wheel, allow_unicode=True, sort_keys=False, width=110)
    )


def _above(opens: object, period: object, archive: object) -> dict[str, object]:
    def after(name: str, workdays: int) -> dict[str, object]:
        return {"workdays": workdays, "after": name}

    return {
        "period": period,
        "opens": opens,
        "due": after("opens", 1),
        "escalation": after("due", 1),
        "compile": after("escalation", 1),
        "approve_by": after("compile", 5),
        "distribute": after("approve_by", 1),
        "archive": archive,
    }


def _indicators(words: CityWords) -> str:
    lines = [
        "# Hur varje indikator mäts, i alla planer som har den. Se exemplets indicators.yaml.",
        "",
        "every_unit:",
    ]
    known = {one.id: one.measure for trade in words.trades for one in words.indicators(trade)}
    lines += [f"  {id_}: {_measure(known[id_])}" for id_ in sorted(known)]
    return "\n".join(lines) + "\n"


def _measure(measure: Measure) -> str:
    usual = Measure(measure.method)
    said: dict[str, object] = {"method": measure.method.value}
    for each in fields(Measure)[1:]:
        value = getattr(measure, each.name)
        if value != getattr(usual, each.name):
            said[each.name] = value.value if isinstance(value, Enum) else value
    return json.dumps(said, ensure_ascii=False)


def _settings(words: CityWords, database: str) -> str:
    settings = {
        "database": database,
        "mail": {
            "host": "localhost",
            "port": MAIL_PORT,
            "starttls": False,
            "from_address": f"arshjul@{words.domain}",
            "from_name": f"Årshjulet i {words.city}",
            "receipts": True,
        },
        "schedules": {"horizon_days": 400},
    }
    return "# Inställningar för den påhittade staden. Alla nycklar förklaras i docs/drift.md.\n\n" + (
        yaml.safe_dump(settings, allow_unicode=True, sort_keys=False)
    )


def _write(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")
