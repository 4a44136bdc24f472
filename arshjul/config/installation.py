"""A whole installation read from its config folder, each file by itself and then against the others.

The folder holds organisation.yaml, wheel.yaml, report_kinds.yaml, indicators.yaml, settings.yaml,
review.yaml, plans/<unit>-<year>.yaml and earlier/<unit>.yaml. Called by the command and by the tasks;
costs some tens of milliseconds, and asks neither the time nor the database for anything.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from arshjul.catalogue import Measure
from arshjul.config.earlier import read_earlier
from arshjul.config.organisation import read_organisation
from arshjul.config.records import Source, open_source
from arshjul.config.report_kinds import in_words_of, read_report_kinds
from arshjul.config.review_settings import read_review_settings
from arshjul.config.settings import ReviewSettings, Settings, SettingsRecord, settings_from
from arshjul.config.sources import read_sources
from arshjul.config.wheel import read_wheel
from arshjul.errors import BadInput
from arshjul.history import History
from arshjul.organisation import Organisation, Unit
from arshjul.plan import Kind, Plan
from arshjul.plan_file import load_plan
from arshjul.report_kinds import ReportKind
from arshjul.sources.declared import Sources
from arshjul.wheel_rules import Wheel

_ORGANISATION = "organisation.yaml"
_SOURCES = "sources.yaml"
_PLAN_NAME = re.compile(r"(?P<unit>.+)-(?P<year>\d{4})\Z")


@dataclass(frozen=True, slots=True)
class IndicatorsRecord:
    """`indicators.yaml`: how each indicator is measured, by unit code and indicator id."""

    units: Mapping[str, Mapping[str, Measure]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Installation:
    """Everything that is configured. `files` are the files it was read from, `sha256` a hash of them all.

    `kinds` are the reports as the city words them, for all units; a unit reads them by `kind`.
    """

    folder: Path
    organisation: Organisation
    wheel: Wheel
    kinds: Mapping[Kind, ReportKind]
    catalogue: Mapping[str, Mapping[str, Measure]]
    plans: Mapping[tuple[str, int], Plan]
    history: Mapping[str, History]
    settings: Settings
    review: ReviewSettings
    sources: Sources
    files: tuple[Path, ...]
    sha256: str

    def unit(self, code: str) -> Unit:
        """The unit of that code; BadInput where there is none."""
        try:
            return self.organisation.unit(code)
        except KeyError:
            codes = ", ".join(unit.code for unit in self.organisation.units)
            raise BadInput(f'det finns ingen enhet "{code}"; här finns {codes}') from None

    def kind(self, unit_code: str, kind: Kind) -> ReportKind | None:
        """The report kind in the unit's own words; None where the installation has no such report."""
        found = self.kinds.get(kind)
        return in_words_of(found, self.unit(unit_code).people) if found else None

    def measures(self, unit_code: str) -> Mapping[str, Measure]:
        """The unit's catalogue, by indicator id; empty where nothing is said."""
        return self.catalogue.get(unit_code, {})


def load_installation(folder: Path) -> Installation:
    """The installation in `folder`, its config folder or the folder that holds `config/`.

    BadInput with file and line at the first fault. Relative folders in the settings lie beside the config
    folder.
    """
    folder = folder.resolve()
    if not (folder / _ORGANISATION).exists() and (folder / "config").is_dir():
        folder /= "config"
    if not folder.is_dir():
        sentence = "mappen finns inte; ange mappen med installationen, eller gör en ny med arshjul init"
        raise BadInput(sentence, str(folder))
    reading = _Reading(folder)
    organisation = read_organisation(reading.open(_ORGANISATION))
    plans = _plans(reading, organisation)
    settings = reading.open("settings.yaml").read(SettingsRecord)
    return Installation(
        folder=folder,
        organisation=organisation,
        wheel=read_wheel(reading.open("wheel.yaml"), organisation),
        kinds=read_report_kinds(reading.open("report_kinds.yaml")),
        catalogue=_catalogue(reading.open("indicators.yaml"), organisation, plans),
        plans=plans,
        history=_history(reading, organisation, plans),
        settings=settings_from(settings, folder.parent),
        review=read_review_settings(reading.open("review.yaml")),
        sources=_sources(reading, organisation, plans),
        files=tuple(reading.files),
        sha256=reading.sha256(),
    )


class _Reading:
    """The files of one folder, remembered as they are opened."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: list[Path] = []

    def name(self, path: Path) -> str:
        """How people find the file: "config/wheel.yaml"."""
        return f"{self.folder.name}/{path.relative_to(self.folder).as_posix()}"

    def open(self, name: str) -> Source:
        """One YAML file of the folder."""
        path = self.folder / name
        source = open_source(path, self.name(path))
        self.files.append(path)
        return source

    def listed(self, subfolder: str) -> list[Path]:
        """The YAML files of a subfolder, in order."""
        return sorted((self.folder / subfolder).glob("*.yaml"))

    def sha256(self) -> str:
        """One hash over the names and bytes of all files that were read."""
        digest = hashlib.sha256()
        for path in sorted(self.files):
            digest.update(f"{path.relative_to(self.folder).as_posix()}\n".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
        return digest.hexdigest()


def _refuse_unknown_units(source: Source, units: Mapping[str, object], organisation: Organisation) -> None:
    known = {unit.code for unit in organisation.units}
    for code in units:
        if code not in known:
            raise BadInput(f'enheten "{code}" finns inte i organisation.yaml', source.where("units", code))


def _plans(reading: _Reading, organisation: Organisation) -> dict[tuple[str, int], Plan]:
    known = {unit.code for unit in organisation.units}
    plans = {}
    for path in reading.listed("plans"):
        name = reading.name(path)
        match = _PLAN_NAME.match(path.stem)
        if match is None:
            raise BadInput("en plan heter enhetens kod, bindestreck och år, som SOL-2026.yaml", name)
        code, year = match["unit"], int(match["year"])
        if code not in known:
            raise BadInput(f'enheten "{code}" finns inte i organisation.yaml', name)
        try:
            text = path.read_bytes().decode("utf-8")
        except UnicodeDecodeError:
            raise BadInput("filen är inte en textfil i UTF-8; spara om den som UTF-8", name) from None
        plan = load_plan(text, name)
        if plan.year is not None and plan.year != year:
            raise BadInput(f"planen är för {plan.year}, men filen heter {path.name}", name)
        reading.files.append(path)
        plans[code, year] = plan
    return plans


def _catalogue(
    source: Source, organisation: Organisation, plans: Mapping[tuple[str, int], Plan]
) -> Mapping[str, Mapping[str, Measure]]:
    record = source.read(IndicatorsRecord)
    _refuse_unknown_units(source, record.units, organisation)
    for code, measures in record.units.items():
        planned = {
            indicator.id
            for (unit_code, _), plan in plans.items()
            if unit_code == code
            for _, indicator in plan.indicators()
        }
        subunits = {subunit.code for subunit in organisation.unit(code).subunits}
        for indicator_id, measure in measures.items():
            path = ("units", code, indicator_id)
            if indicator_id not in planned:
                sentence = f'indikatorn "{indicator_id}" finns inte i någon plan för {code}'
                raise BadInput(sentence, source.where(*path))
            for index, subunit in enumerate(measure.subunits):
                if subunit not in subunits:
                    sentence = f'verksamheten "{subunit}" finns inte i enheten {code}'
                    raise BadInput(sentence, source.where(*path, "subunits", index))
    return record.units


def _sources(reading: _Reading, organisation: Organisation, plans: Mapping[tuple[str, int], Plan]) -> Sources:
    if not (reading.folder / _SOURCES).exists():  # an installation may have no exports
        return Sources()
    indicators: dict[str, set[str]] = {}
    for (code, _), plan in plans.items():
        indicators.setdefault(code, set()).update(indicator.id for _, indicator in plan.indicators())
    return read_sources(reading.open(_SOURCES), organisation, indicators)


def _history(
    reading: _Reading, organisation: Organisation, plans: Mapping[tuple[str, int], Plan]
) -> dict[str, History]:
    histories = {}
    units = {unit.code: unit for unit in organisation.units}
    for path in reading.listed("earlier"):
        if path.stem not in units:
            raise BadInput(f'enheten "{path.stem}" finns inte i organisation.yaml', reading.name(path))
        unit = units[path.stem]
        scopes = {subunit.code for subunit in unit.subunits}
        scopes |= {section for a in unit.assignments for section in a.sections}
        indicators = {
            indicator.id
            for (code, _), plan in plans.items()
            if code == unit.code
            for _, indicator in plan.indicators()
        }
        histories[unit.code] = read_earlier(reading.open(f"earlier/{path.name}"), scopes, indicators)
    return histories
