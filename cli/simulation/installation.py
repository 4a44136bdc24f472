"""The installation of a simulated year: the example's configuration, made fit for the year and its fate.

The example has plans for one year only. The year before gets the same plan under its own number, and the
year's own is put in place when it has been decided, as a person does with `arshjul plan read`.
"""

import re
import shutil
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from arshjul.errors import BadInput
from arshjul.organisation import Role
from cli.demo_installation import copy_config
from cli.simulation.fate import Fate, absences_among, leaver_among

MARK = ".arshjul-simulering"
EXAMPLE = Path(__file__).parents[2] / "config"
EXAMPLE_YEAR = 2026
_YEAR = re.compile(r"\b20\d\d\b")


def prepare_folder(out: Path) -> None:
    """An empty folder; one of an earlier simulation is cleared, anybody else's is left alone."""
    if out.exists() and not out.is_dir():
        raise BadInput("är en fil; ange en mapp med --out", str(out))
    if out.exists() and any(out.iterdir()):
        if not (out / MARK).is_file():
            raise BadInput("mappen är inte tom; välj en annan med --out, eller töm den själv", str(out))
        shutil.rmtree(out)
    out.mkdir(parents=True, exist_ok=True)
    (out / MARK).write_text("Den här mappen skrivs om av arshjul simulate.\n", "utf-8")


def units_of_example() -> tuple[str, ...]:
    """The codes of the units that can be simulated."""
    organisation = yaml.safe_load((EXAMPLE / "organisation.yaml").read_text("utf-8"))
    return tuple(unit["code"] for unit in organisation["units"])


def make_installation(out: Path, port: int, fate: Fate, unit: str | None) -> Path:
    """The config folder under `out`; letters go to the server on `port`."""
    config = copy_config(EXAMPLE, out, port)
    shutil.rmtree(config / "demo")
    if unit is not None:
        _keep_one_unit(config, unit)
    _shift_years(config, fate.year - EXAMPLE_YEAR)
    coming = out / "planer"  # decided in January, and laid in place then
    coming.mkdir()
    for plan in sorted((config / "plans").glob(f"*-{fate.year}.yaml")):
        before = config / "plans" / f"{plan.stem.rpartition('-')[0]}-{fate.year - 1}.yaml"
        before.write_text(_shifted(plan.read_text("utf-8"), -1), "utf-8")
        plan.replace(coming / plan.name)
    _people(config, fate)
    return config


def lay_plan_in_place(config: Path, unit_code: str, year: int) -> bool:
    """Put the decided plan of the unit among the plans; False where it is there already."""
    plan = config.parent / "planer" / f"{unit_code}-{year}.yaml"
    if not plan.is_file():
        return False
    plan.replace(config / "plans" / plan.name)
    return True


def _keep_one_unit(config: Path, unit: str) -> None:
    for name in ("organisation.yaml", "wheel.yaml", "indicators.yaml", "sources.yaml"):
        content = _read(config / name)
        units = content.get("units", {})
        if isinstance(units, list):
            content["units"] = [each for each in units if each["code"] == unit]
        else:
            content["units"] = {code: each for code, each in units.items() if code == unit}
        _write(config / name, content)
    for path in (*(config / "plans").glob("*.yaml"), *(config / "earlier").glob("*.yaml")):
        if path.stem.partition("-")[0] != unit:
            path.unlink()


def _shift_years(config: Path, by: int) -> None:
    """Let the example be of another year: its plans, earlier periods and absences move as many years."""
    if not by:
        return
    for path in (*(config / "earlier").glob("*.yaml"), config / "organisation.yaml"):
        path.write_text(_shifted(path.read_text("utf-8"), by), "utf-8")
    for path in sorted((config / "plans").glob("*.yaml")):
        unit, _, year = path.stem.rpartition("-")
        text = _shifted(path.read_text("utf-8"), by)
        path.unlink()
        (config / "plans" / f"{unit}-{int(year) + by}.yaml").write_text(text, "utf-8")
    wheel = _read(config / "wheel.yaml")
    wheel.pop("board_meetings", None)  # known for the example's years only; the rules have a day beside them
    _write(config / "wheel.yaml", wheel)


def _shifted(text: str, by: int) -> str:
    return _YEAR.sub(lambda found: str(int(found[0]) + by), text)


def _people(config: Path, fate: Fate) -> None:
    """Who leaves and who is away, in the copied organisation."""
    organisation = _read(config / "organisation.yaml")
    known = organisation.get("absences", [])
    ids = {person["id"] for person in organisation["people"]}
    organisation["absences"] = [a for a in known if {a["person"], a["stand_in"]} <= _at_work(organisation)]
    deputies = [
        a["person"] for a in _assignments(organisation) if a["role"] == Role.DEPUTY and "subunits" in a
    ]
    leaver = leaver_among(fate, deputies)
    if leaver is not None:
        address = f"{leaver.new_id}@bjorkviken.example"
        organisation["people"].append({"id": leaver.new_id, "name": leaver.new_name, "address": address})
        for unit in organisation["units"]:
            taken_over = [dict(a) for a in unit["assignments"] if a["person"] == leaver.person]
            for mine in unit["assignments"]:
                if mine["person"] == leaver.person:
                    mine["valid_to"] = leaver.last
            for mine in taken_over:
                after = date.fromordinal(leaver.last.toordinal() + 1)
                unit["assignments"].append({**mine, "person": leaver.new_id, "valid_from": after})
    free = sorted(_at_work(organisation) & ids - {leaver.person if leaver else ""})
    taken = [(a["valid_from"], a.get("valid_to", date.max)) for a in organisation["absences"]]
    organisation["absences"] += [
        {"person": a.person, "stand_in": a.stand_in, "valid_from": a.first, "valid_to": a.last}
        for a in absences_among(fate, _colleagues(organisation, free), taken)
    ]
    _write(config / "organisation.yaml", organisation)


def _assignments(organisation: dict[str, Any]) -> Iterable[dict[str, Any]]:
    return (a for unit in organisation["units"] for a in unit["assignments"])


def _at_work(organisation: dict[str, Any]) -> set[str]:
    return {a["person"] for a in _assignments(organisation)}


def _colleagues(organisation: dict[str, Any], free: list[str]) -> list[str]:
    """People of one unit, who can stand in for each other: the deputies, or the managers and leaders."""
    of_unit = {
        a["person"] for a in organisation["units"][0]["assignments"] if a["role"] in ("deputy", "manager")
    }
    found = [person for person in free if person in of_unit]
    return found if len(found) > 1 else free


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))


def _write(path: Path, content: object) -> None:
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), "utf-8")
