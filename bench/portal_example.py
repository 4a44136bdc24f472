"""What the portal is measured on: the example with 30 sub-units, and the text fields that people save.

Called by `bench/portal.py` and `bench/soak.py`.
"""

from dataclasses import dataclass
from pathlib import Path

import yaml
from sqlalchemy import select

from arshjul.adapters.store import tables
from arshjul.cycle import CycleKey
from arshjul.form import FieldKind
from arshjul.form_file import load_form
from arshjul.form_pages import pages
from arshjul.office import Office
from arshjul.plan import Kind
from cli.demo_installation import copy_config

CONFIG = Path(__file__).parent.parent / "config"
T2 = CycleKey("SOL", Kind.T2, 2026)
SUBUNITS = 30
PAGE = "/rapport/SOL/T2-2026"


@dataclass(frozen=True)
class Place:
    """A text field of somebody's form: where it is saved."""

    person: str
    scope: str
    page: int
    field: str


def wide_config(folder: Path, url: str | None) -> Path:
    """The example with 30 sub-units in one unit, on the store."""
    copy_config(CONFIG, folder, 9)
    config = folder / "config"
    path = config / "organisation.yaml"
    read = yaml.safe_load(path.read_text("utf-8"))
    unit = read["units"][0]
    deputies = [a for a in unit["assignments"] if a["role"] == "deputy" and a.get("subunits")]
    for number in range(SUBUNITS - len(unit["subunits"])):
        code = f"GRUPP{number:02}"
        unit["subunits"].append({"code": code, "name": f"Grupp {number:02}"})
        deputies[number % len(deputies)]["subunits"].append(code)
    path.write_text(yaml.safe_dump(read, allow_unicode=True, sort_keys=False), "utf-8")
    if url is not None:
        settings = config / "settings.yaml"
        kept = yaml.safe_load(settings.read_text("utf-8"))
        settings.write_text(yaml.safe_dump({**kept, "database": url}, allow_unicode=True), "utf-8")
    return config


def text_fields(office: Office) -> list[Place]:
    """Every text field of every form of the cycle."""
    with office.database.reading() as session:
        forms = [(row.person, load_form(row.content)) for row in session.scalars(select(tables.Form))]
    return [
        Place(person, sheet.scope, page.number, one.id)
        for person, form in forms
        for sheet in form.sheets
        for page in pages(sheet)
        for one in page.fields()
        if one.kind is FieldKind.TEXT and not one.secret
    ]


def way(place: Place) -> str:
    """The page that a field stands on."""
    return f"/underlag/SOL/T2-2026/{place.person}/{place.scope}/{place.page}"
