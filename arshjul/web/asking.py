"""One request as a page sees it, and how a page is declared.

What stands in the path ({unit}, {cycle}, {scope}) has been looked up, and the visitor's right to the page has
been tried, before a page gets its `Ask`. Called by every module of pages.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from starlette.responses import Response

from arshjul.access import Deed, may
from arshjul.organisation import Person, Unit
from arshjul.steps.portal.standing_for import units_where
from arshjul.steps.portal.ways_in import Strength, Visit
from arshjul.web.place import Place


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who has shown who she is; `people` are herself and those she stands in for today."""

    visit: Visit
    person: Person
    people: frozenset[str]
    csrf: str  # what every form of hers must send back

    @property
    def is_strong(self) -> bool:
        """Whether she may see and give answers that are marked secret."""
        return self.visit.strength is not Strength.LINK


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was sent with a form; its name is for people and never a path."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask(Place):
    """A request. `visitor` is None only on pages that are open to all."""

    client: str  # the machine that asks, for limits
    visitor: Visitor | None = None
    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, Upload] = field(default_factory=dict)
    cookies: Mapping[str, str] = field(default_factory=dict)
    wants_json: bool = False

    @property
    def me(self) -> Visitor:
        """The visitor, on a page that nobody else sees."""
        assert self.visitor is not None
        return self.visitor

    def may(self, deed: Deed, scope: str | None = None, unit: Unit | None = None) -> bool:
        """Whether the visitor may do `deed` in the unit (of the path, where none is said)."""
        where = unit or self.unit
        return (
            self.visitor is not None
            and where is not None
            and may(where, self.visitor.people, deed, self.today, scope)
        )

    def units_where(self, deed: Deed) -> tuple[Unit, ...]:
        """The units in which the visitor may do `deed`."""
        if self.visitor is None:
            return ()
        return units_where(self.office, self.visitor.people, deed, self.today)

    def name_of(self, person: str) -> str:
        """What somebody is called."""
        return self.office.installation.organisation.name(person)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the portal: its path, what answers, and the deed that it takes.

    `deed` None: everybody who has shown who she is; `is_open`: anybody at all. A deed on a path without
    {unit} is enough in any unit.
    """

    path: str
    answer: Callable[[Ask], Response]
    deed: Deed | None = None
    method: str = "GET"
    is_open: bool = False
