"""Whom a row is about: a sub-unit or a unit by code, name, alias or cost centre. Pure."""

from collections.abc import Iterator
from datetime import date

from arshjul.history import WHOLE_UNIT
from arshjul.organisation import Organisation, Subunit, Unit, holds_on
from arshjul.sources.declared import Sources, UnitSources
from arshjul.sources.recognition import plain

Place = tuple[str, str]  # unit code and scope


class Places:
    """The names of everything in the installation, for look-ups."""

    def __init__(self, organisation: Organisation, sources: Sources) -> None:
        self._units: dict[str, str] = {}
        self._places: dict[str, set[Place]] = {}
        self._subunits: dict[Place, Subunit] = {}
        for unit in organisation.units:
            for name in (unit.code, unit.name, unit.short_name):
                self._units[plain(name)] = unit.code
                self._places.setdefault(plain(name), set()).add((unit.code, WHOLE_UNIT))
            for scope, name in _names(unit, sources.units.get(unit.code, UnitSources())):
                self._places.setdefault(plain(name), set()).add((unit.code, scope))
            self._subunits |= {(unit.code, subunit.code): subunit for subunit in unit.subunits}

    def unit(self, written: str) -> str | None:
        """The code of the unit that is meant."""
        return next((self._units[name] for name in _readings(written) if name in self._units), None)

    def find(self, written: str, unit: str | None = None) -> set[Place]:
        """The places that may be meant, of that unit where one is named: one, none, or several to choose
        among.
        """
        for name in _readings(written):
            found = {place for place in self._places.get(name, ()) if unit in (None, place[0])}
            if found:
                return found
        return set()

    def exists_in(self, place: Place, month: str) -> bool:
        """Whether the sub-unit existed in any part of the month."""
        subunit = self._subunits.get(place)
        if subunit is None:
            return True
        first, last = date.fromisoformat(f"{month}-01"), date.fromisoformat(f"{month}-28")
        return holds_on(subunit.valid_from, subunit.valid_to, first) or holds_on(
            subunit.valid_from, subunit.valid_to, last
        )


def _names(unit: Unit, named: UnitSources) -> Iterator[tuple[str, str]]:
    for subunit in unit.subunits:
        for name in (subunit.code, subunit.name, *subunit.aliases):
            yield subunit.code, name
    for scope, names in named.places.items():
        for name in names:
            yield scope, name


def _readings(written: str) -> Iterator[str]:
    """What is written, and where it begins with a number (a cost centre) that and the rest of it alone."""
    yield plain(written)
    first, _, rest = plain(written).partition(" ")
    if rest and first.strip("-").isalnum() and any(character.isdigit() for character in first):
        yield first
        yield rest.lstrip("-– ")
