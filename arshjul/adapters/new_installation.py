"""A new installation's config folder: the example's comments and rules, the unit's own plan.

What it writes loads at once; what a person has to change is said in the files. Called by `arshjul init`.
"""

import json
import re
import shutil
from dataclasses import dataclass, fields
from pathlib import Path

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from arshjul.catalogue import Measure, infer_measure
from arshjul.duty_proposals import proposals_as_yaml, proposed_duties
from arshjul.errors import BadInput
from arshjul.plan import Plan
from arshjul.plan_file import dump_plan

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "config"
_COPIED = ("report_kinds.yaml", "reader.yaml", "review.yaml", "settings.yaml")


@dataclass(frozen=True, slots=True)
class NewUnit:
    """What is known of the unit; the rest is filled in by hand in organisation.yaml."""

    code: str
    name: str
    short_name: str
    administration: str
    department: str
    people_word: str
    manager_name: str
    manager_address: str


def write_installation(folder: Path, unit: NewUnit, plan: Plan | None) -> list[Path]:
    """Write the config folder `folder`, which must not exist or be empty; the files that were written."""
    if folder.exists() and any(folder.iterdir()):
        raise BadInput("mappen är inte tom; välj en annan, så att inget skrivs över", str(folder))
    (folder / "plans").mkdir(parents=True, exist_ok=True)
    for name in _COPIED:
        shutil.copyfile(EXAMPLE / name, folder / name)
    (folder / "organisation.yaml").write_text(_organisation(unit), "utf-8")
    (folder / "wheel.yaml").write_text(_wheel(unit.code, plan), "utf-8")
    (folder / "indicators.yaml").write_text(_indicators(unit.code, plan), "utf-8")
    if plan is not None:
        (folder / "plans" / f"{unit.code}-{plan.year}.yaml").write_text(dump_plan(plan), "utf-8")
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _organisation(unit: NewUnit) -> str:
    environment = Environment(
        loader=FileSystemLoader(ROOT / "templates" / "installation"),
        undefined=StrictUndefined,
        autoescape=False,  # YAML, not HTML: every value goes through the filter `yaml`
        keep_trailing_newline=True,
    )
    environment.filters["yaml"] = lambda text: json.dumps(text, ensure_ascii=False)
    facts = {field.name: getattr(unit, field.name) for field in fields(unit)}
    return environment.get_template("organisation.yaml.j2").render(
        **{key: value for key, value in facts.items() if key != "name"}, unit_name=unit.name
    )


def _wheel(code: str, plan: Plan | None) -> str:
    """The example's rules without its board's days; what the plan itself speaks of stands as comments."""
    rules = _first_unit(EXAMPLE / "wheel.yaml", code)
    text = re.sub(r"^board_meetings: .*$", "board_meetings: []", rules, flags=re.M)
    proposals = proposed_duties(plan) if plan else ()
    if not proposals:
        return text
    return f"{text.rstrip()}\n\n{_PROPOSED}{proposals_as_yaml(proposals, '      ', '# ')}\n"


_PROPOSED = """\
      # FÖRSLAG ur er egen plan: det som den säger om uppföljning. Ta bort "# " framför de rader som ni vill
      # ha, ändra dagar och vem, och stryk resten. Meningen i planen står ovanför varje förslag.
"""


def _first_unit(example: Path, code: str) -> str:
    """The file with the rules of the example's first unit, comments and all, under another code."""
    text = example.read_text("utf-8")
    lines = text.splitlines(keepends=True)
    units = _value(yaml.compose(text), "units")
    key, block = units.value[0]
    end = units.value[1][0].start_mark.line if len(units.value) > 1 else block.end_mark.line
    while lines[end - 1].lstrip().startswith("#") or not lines[end - 1].strip():
        end -= 1  # what stands above the next unit speaks of that one
    head = lines[: key.start_mark.line]
    return "".join([*head, f"  {code}:\n", *lines[key.end_mark.line + 1 : end]])


def _value(node: yaml.Node | None, name: str) -> yaml.MappingNode:
    assert isinstance(node, yaml.MappingNode)
    found = next(value for key, value in node.value if key.value == name)
    assert isinstance(found, yaml.MappingNode)
    return found


def _indicators(code: str, plan: Plan | None) -> str:
    """The example's explanation, then a measure for each indicator of the plan, as its target suggests."""
    example = (EXAMPLE / "indicators.yaml").read_text("utf-8")
    head = example[: example.index("units:")]
    indicators = plan.indicators() if plan else []
    if not indicators:
        return f"{head}units: {{}}\n"
    rows = [
        f"    {i.id}: {_measure(infer_measure(i))}   # {' '.join(i.name.split())}\n" for _, i in indicators
    ]
    return "".join([head, "units:\n", f"  {code}:\n", *rows])


def _measure(measure: Measure) -> str:
    """The measure on one line, without what is as it would be anyway."""
    usual = Measure(method=measure.method)
    written: dict[str, object] = {"method": measure.method.value}
    for field in fields(Measure)[1:]:
        value = getattr(measure, field.name)
        if value != getattr(usual, field.name):
            written[field.name] = [str(one) for one in value] if isinstance(value, tuple) else value
    return json.dumps(
        {k: str(v) if isinstance(v, str) else v for k, v in written.items()}, ensure_ascii=False
    )
