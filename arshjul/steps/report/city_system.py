"""Entering an approved report into the city's own system: its fields in order, and which are done.

The fields are those of the decided version, kept when it was frozen: nothing is compiled anew. Called by the
portal and by `arshjul ils`.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from arshjul.adapters.reports.docx import render_docx
from arshjul.adapters.store import tables
from arshjul.cycle import CycleKey
from arshjul.decision_words import decision_words
from arshjul.errors import BadInput, Refused
from arshjul.office import Office
from arshjul.report.blocks import FrontPage
from arshjul.report.city_fields import CityField, city_report
from arshjul.steps.cycle.cycles import find_cycle
from arshjul.steps.cycle.settled import settled
from arshjul.steps.cycle.versions import newest_version
from arshjul.wheel import local_day


@dataclass(frozen=True, slots=True)
class Package:
    """What is to be entered of a version; `entered` are the fields that have been, with who and when."""

    version: int
    system: str
    fields: tuple[CityField, ...]
    entered: dict[str, tuple[str, date]]
    approved_on: date
    front: FrontPage

    @property
    def left(self) -> int:
        """How many fields with a text remain."""
        return sum(bool(field.text) and field.id not in self.entered for field in self.fields)


def package_of(office: Office, key: CycleKey) -> Package:
    """The newest approved version's fields. Refused before there is one, or where the kind has none."""
    config = settled(office, key)
    names = {person.id: person.name for person in office.installation.organisation.people}
    with office.database.reading() as session:
        version = _newest(session, key)
        rows = session.scalars(select(tables.Entered).where(tables.Entered.version_id == version.id))
        entered = {row.field: (names.get(row.person, row.person), local_day(row.at)) for row in rows}
        cycle = find_cycle(session, key)
        registered = cycle.registry_number if cycle else None
        fields = tuple(CityField(*map(str, field)) for field in version.city_fields or ())
        if version.city_fields is None:
            raise Refused(f"{key} är inläst ur arkivet, där fälten att skriva in inte är med.")
        if not fields:
            raise Refused(f"{key} har inga fält att skriva in; de står under city_parts i report_kinds.yaml.")
        number, approved_on = version.number, local_day(version.approved_at)
    unit = config.unit
    system = config.kind.city.name or "stadens system"
    front = FrontPage(
        title=f"Att skriva in: {config.kind.title} {key.of}",
        subtitle=unit.name,
        organisation=(unit.administration, unit.department, unit.name),
        facts=(
            ("Diarienummer", registered or ""),
            ("Version", f"{number}, beslutad {approved_on}"),
            ("Skrivs in i", system),
        ),
    )
    return Package(number, system, fields, entered, approved_on, front)


def package_document(package: Package) -> bytes:
    """The fields as a Word document."""
    return render_docx(city_report(package.front, package.approved_on, package.fields))


def tick(office: Office, key: CycleKey, field: str, person: str, now: datetime, *, entered: bool) -> None:
    """Tick a field of the newest version off, or take the tick back. BadInput for a field it has not."""
    with office.database.writing() as session:
        version = _newest(session, key)
        if field not in {one[0] for one in version.city_fields or ()}:
            raise BadInput("Fältet finns inte i den beslutade versionen. Ladda om sidan.")
        row = session.get(tables.Entered, (version.id, field))
        if entered and row is None:
            session.add(tables.Entered(version_id=version.id, field=field, person=person, at=now))
        elif not entered and row is not None:
            session.delete(row)


def _newest(session: Session, key: CycleKey) -> tables.ApprovedVersion:
    cycle = find_cycle(session, key)
    version = cycle and newest_version(session, cycle)
    if not version:
        done = decision_words(key.kind).done
        raise Refused(f"{key} för {key.unit_code} är inte {done} än. Det som skrivs in ska vara beslutat.")
    return version
