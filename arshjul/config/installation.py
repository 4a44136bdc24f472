"""A whole installation read from its config folder, each file by itself and then against the others.

The folder holds organisation.yaml, wheel.yaml, report_kinds.yaml, indicators.yaml, settings.yaml,
review.yaml, plans/<unit>-<year>.yaml and earlier/<unit>.yaml. Called by the command and by the tasks;
costs some tens of milliseconds, and asks neither the time nor the database for anything.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from arshjul.catalogue import Measure
from arshjul.config.earlier import read_earlier
from arshjul.config.kept import read_kept
from arshjul.config.organisation import read_organisation
from arshjul.config.per_unit import MANY, ReadWhenAsked
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
_SHOWN = 40  # codes in a sentence; a city has hundreds
_PLAN_NAME = re.compile(r"(?P<unit>.+)-(?P<year>\d{4})\Z")


@dataclass(frozen=True, slots=True)
class IndicatorsRecord:
    """`indicators.yaml`: how each indicator is measured, by unit code and indicator id.

    `every_unit` holds for the indicator of that id in every plan that has it, unless the unit says otherwise.
    """

    units: Mapping[str, Mapping[str, Measure]] = field(default_factory=dict)
    every_unit: Mapping[str, Measure] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Installation:
    """Everything that is configured. `files` are the files it is read from.

    `kinds` are the reports as the city words them, for all units; a unit reads them by `kind`. Where there
    are many units, `plans`, `history` and `catalogue` read a unit's when it is asked for.
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

    def unit(self, code: str) -> Unit:
        """The unit of that code; BadInput where there is none."""
        try:
            return self.organisation.unit(code)
        except KeyError:
            codes = [unit.code for unit in self.organisation.units]
            shown = ", ".join(codes) if len(codes) <= _SHOWN else f"{len(codes)} andra, som {codes[0]}"
            raise BadInput(f'det finns ingen enhet "{code}"; här finns {shown}') from None

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
    settings = reading.settings()
    organisation = reading.organisation(settings.folders.data)
    plans = _plans(reading, organisation)
    kinds = read_report_kinds(reading.open("report_kinds.yaml"))
    return Installation(
        folder=folder,
        organisation=organisation,
        wheel=read_wheel(reading.open("wheel.yaml"), organisation, kinds),
        kinds=kinds,
        catalogue=_catalogue(reading.open("indicators.yaml"), organisation, plans),
        plans=plans,
        history=_history(reading, organisation, plans),
        settings=settings,
        review=read_review_settings(reading.open("review.yaml")),
        sources=_sources(reading, organisation, plans),
        files=tuple(reading.files),
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

    def settings(self) -> Settings:
        """The settings, with folders that can be used."""
        return settings_from(self.open("settings.yaml").read(SettingsRecord), self.folder.parent)

    def organisation(self, data: Path) -> Organisation:
        """The organisation; a large one from what is kept in the data folder."""
        path = self.folder / _ORGANISATION
        found = read_kept(
            path, Organisation, data, lambda: read_organisation(open_source(path, self.name(path)))
        )
        self.files.append(path)
        return found

    def listed(self, subfolder: str) -> list[Path]:
        """The YAML files of a subfolder, in order."""
        return sorted((self.folder / subfolder).glob("*.yaml"))


def _refuse_unknown_units(source: Source, units: Mapping[str, object], organisation: Organisation) -> None:
    known = {unit.code for unit in organisation.units}
    for code in units:
        if code not in known:
            raise BadInput(f'enheten "{code}" finns inte i organisation.yaml', source.where("units", code))


def _plans(reading: _Reading, organisation: Organisation) -> Mapping[tuple[str, int], Plan]:
    known = {unit.code for unit in organisation.units}
    paths: dict[tuple[str, int], Path] = {}
    for path in reading.listed("plans"):
        name = reading.name(path)
        match = _PLAN_NAME.match(path.stem)
        if match is None:
            raise BadInput("en plan heter enhetens kod, bindestreck och år, som SOL-2026.yaml", name)
        if match["unit"] not in known:
            raise BadInput(f'enheten "{match["unit"]}" finns inte i organisation.yaml', name)
        paths[match["unit"], int(match["year"])] = path
        reading.files.append(path)
    return ReadWhenAsked(
        paths,
        lambda key: _plan(paths[key], reading.name(paths[key]), key[1]),
        at_once=_at_once(organisation),
    )


def _plan(path: Path, name: str, year: int) -> Plan:
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        raise BadInput("filen är inte en textfil i UTF-8; spara om den som UTF-8", name) from None
    except OSError as error:
        raise BadInput(f"filen går inte att öppna ({error.strerror})", name) from None
    plan = load_plan(text, name)
    if plan.year is not None and plan.year != year:
        raise BadInput(f"planen är för {plan.year}, men filen heter {path.name}", name)
    return plan


def _at_once(organisation: Organisation) -> bool:
    """Whether all units' files are read, and held against each other, at once."""
    return len(organisation.units) <= MANY


def _planned(plans: Mapping[tuple[str, int], Plan], code: str) -> set[str]:
    """The ids of the indicators in the unit's plans, whatever year."""
    return {i.id for key in plans if key[0] == code for _, i in plans[key].indicators()}


def _catalogue(
    source: Source, organisation: Organisation, plans: Mapping[tuple[str, int], Plan]
) -> Mapping[str, Mapping[str, Measure]]:
    record = source.read(IndicatorsRecord)
    _refuse_unknown_units(source, record.units, organisation)
    for code, measures in record.units.items():
        planned = _planned(plans, code) if _at_once(organisation) else set(measures)
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
    if not record.every_unit:
        return record.units
    for indicator_id, measure in record.every_unit.items():
        if measure.subunits:
            sentence = "verksamheter (subunits) kan bara väljas för en enhet, under units"
            raise BadInput(sentence, source.where("every_unit", indicator_id, "subunits"))
    by_unit: dict[str, list[tuple[str, int]]] = {}
    for key in plans:
        by_unit.setdefault(key[0], []).append(key)

    def measures_of(code: str) -> Mapping[str, Measure]:
        planned = {i.id for key in by_unit[code] for _, i in plans[key].indicators()}
        shared = {id_: measure for id_, measure in record.every_unit.items() if id_ in planned}
        return {**shared, **record.units.get(code, {})}

    return ReadWhenAsked(by_unit, measures_of, at_once=_at_once(organisation))


def _sources(reading: _Reading, organisation: Organisation, plans: Mapping[tuple[str, int], Plan]) -> Sources:
    if not (reading.folder / _SOURCES).exists():  # an installation may have no exports
        return Sources()
    return read_sources(reading.open(_SOURCES), organisation, lambda code: _planned(plans, code))


def _history(
    reading: _Reading, organisation: Organisation, plans: Mapping[tuple[str, int], Plan]
) -> Mapping[str, History]:
    known = {unit.code for unit in organisation.units}
    paths: dict[str, Path] = {}
    for path in reading.listed("earlier"):
        if path.stem not in known:
            raise BadInput(f'enheten "{path.stem}" finns inte i organisation.yaml', reading.name(path))
        paths[path.stem] = path
        reading.files.append(path)

    def earlier(code: str) -> History:
        unit = organisation.unit(code)
        scopes = {subunit.code for subunit in unit.subunits}
        scopes |= {section for a in unit.assignments for section in a.sections}
        scopes |= set(unit.compiles)
        source = open_source(paths[code], reading.name(paths[code]))
        return read_earlier(source, scopes, _planned(plans, code))

    return ReadWhenAsked(paths, earlier, at_once=_at_once(organisation))
