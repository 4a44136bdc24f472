"""The demonstration's installation: a copy of the example's configuration in a folder of its own.

With a plan from a document the copy is made to fit it: the plan's year and unit, measures inferred from the
printed targets, no earlier periods. Called by `arshjul demo`.
"""

import shutil
from dataclasses import replace
from pathlib import Path

import yaml

from arshjul.adapters.documents.reading import read_plan_file
from arshjul.errors import BadInput
from arshjul.plan import Kind, Plan
from arshjul.plan_file import dump_plan

MARK = ".arshjul-demo"
UNIT = "SOL"


def prepare_folder(out: Path) -> None:
    """An empty folder; one of an earlier demonstration is cleared, anybody else's is left alone."""
    if out.exists() and any(out.iterdir()):
        if not (out / MARK).is_file():
            raise BadInput("mappen är inte tom; välj en annan med --out, eller töm den själv", str(out))
        shutil.rmtree(out)
    out.mkdir(parents=True, exist_ok=True)
    (out / MARK).write_text("Den här mappen skrivs om av arshjul demo.\n", "utf-8")


def copy_config(example: Path, out: Path, port: int) -> Path:
    """The example's configuration under `out`, with the post going to the demonstration's own server."""
    config = out / "config"
    shutil.copytree(example, config)
    settings = yaml.safe_load((config / "settings.yaml").read_text("utf-8"))
    settings["database"] = ""
    settings["mail"].update(host="127.0.0.1", port=port, starttls=False)
    settings["mail"].pop("user", None)
    _write(config / "settings.yaml", settings)
    return config


def fit_to_plan(config: Path, document: Path) -> Plan:
    """Make the copied configuration that of the unit whose plan stands in `document`."""
    plan = read_plan_file(document)
    if plan.year is None:
        raise BadInput(
            "dokumentet säger inte vilket år det gäller; läs in det med ”arshjul plan read --year”",
            str(document),
        )
    plan = replace(plan, kind=plan.kind or Kind.VP)
    organisation = yaml.safe_load((config / "organisation.yaml").read_text("utf-8"))
    organisation["units"] = [unit for unit in organisation["units"] if unit["code"] == UNIT]
    if plan.unit:
        organisation["units"][0]["name"] = plan.unit
    _write(config / "organisation.yaml", organisation)
    for folder in ("plans", "earlier"):
        shutil.rmtree(config / folder, ignore_errors=True)
    (config / "plans").mkdir()
    (config / "plans" / f"{UNIT}-{plan.year}.yaml").write_text(dump_plan(plan), "utf-8")
    _write(config / "indicators.yaml", {"units": {}})
    sources = yaml.safe_load((config / "sources.yaml").read_text("utf-8"))
    _write(config / "sources.yaml", {**sources, "units": {}})  # what the exports give hangs on other plans
    wheel = yaml.safe_load((config / "wheel.yaml").read_text("utf-8"))
    wheel["units"] = {UNIT: wheel["units"][UNIT]}
    _write(config / "wheel.yaml", wheel)
    return plan


def _write(path: Path, content: object) -> None:
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), "utf-8")
