"""`sources.yaml`: exports from other systems and what they give; checked against organisation, plans and
forms.

The file may be left out: then nothing is loaded. Its shape is that of `arshjul.sources.declared.Sources`.
Called by `arshjul.config.installation`.
"""

from collections.abc import Callable, Set

from arshjul.config.records import Source
from arshjul.errors import BadInput
from arshjul.history import WHOLE_UNIT
from arshjul.organisation import Organisation
from arshjul.sources.declared import ColumnKind, Sources, SourceSpec
from arshjul.sources.recognition import plain


def read_sources(
    source: Source, organisation: Organisation, indicators: Callable[[str], Set[str]]
) -> Sources:
    """The sources in the file. `indicators` gives the ids of a unit's plans, by its code."""
    sources = source.read(Sources)
    for source_id, spec in sources.sources.items():
        _check_spec(source, source_id, spec)
    gives = {give.name for spec in sources.sources.values() for give in spec.gives}
    for code, unit in sources.units.items():
        path = ("units", code)
        try:
            subunits = {subunit.code for subunit in organisation.unit(code).subunits}
        except KeyError:
            raise BadInput(f'enheten "{code}" finns inte i organisation.yaml', source.where(*path)) from None
        planned = indicators(code) if unit.gives else set()
        for name, indicator in unit.gives.items():
            if name not in gives:
                where = source.where(*path, "gives", name)
                raise BadInput(f'ingen källa ger "{name}"; här finns {", ".join(sorted(gives))}', where)
            if indicator not in planned:
                where = source.where(*path, "gives", name)
                raise BadInput(f'indikatorn "{indicator}" finns inte i någon plan för {code}', where)
        seen: dict[str, str] = {}
        for place, names in unit.places.items():
            where = source.where(*path, "places", place)
            if place != WHOLE_UNIT and place not in subunits:
                raise BadInput(f'verksamheten "{place}" finns inte i enheten {code}', where)
            for name in names:
                if seen.setdefault(plain(name), place) != place:
                    raise BadInput(f'"{name}" står för både {seen[plain(name)]} och {place}', where)
    return sources


def _check_spec(source: Source, source_id: str, spec: SourceSpec) -> None:
    path = ("sources", source_id)
    for kind, name in ((ColumnKind.PLACE, "place"), (ColumnKind.MONTH, "month")):
        if spec.of_kind(kind) is None:
            raise BadInput(f"källan behöver en kolumn av slaget {name}", source.where(*path, "columns"))
    for index, give in enumerate(spec.gives):
        for column in give.columns():
            _known(source, spec, column, *path, "gives", index)
        numbers = (give.of, give.per, give.respondents) if give.made not in ("share", "count") else ()
        for column in filter(None, numbers):
            if spec.columns[column].kind not in (ColumnKind.NUMBER, ColumnKind.WHOLE):
                raise BadInput(
                    f'"{column}" behöver vara number eller whole', source.where(*path, "gives", index)
                )
    for column in spec.once:
        _known(source, spec, column, *path, "once")
    for index, balance in enumerate(spec.balances):
        for column in (*balance.adds, *balance.takes, balance.makes):
            _known(source, spec, column, *path, "balances", index)


def _known(source: Source, spec: SourceSpec, column: str, *path: str | int) -> None:
    if column not in spec.columns:
        raise BadInput(f'kolumnen "{column}" finns inte under columns', source.where(*path))
