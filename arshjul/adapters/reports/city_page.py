"""The fields of the city's own system as one web page that needs nothing beside it: a button copies each.

The template is templates/report/city.html.j2. Called by `arshjul ils`; the portal has a page of its own.
"""

from collections.abc import Sequence
from functools import lru_cache

from jinja2 import Template

from arshjul.report.blocks import FrontPage
from arshjul.report.city_fields import EMPTY, CityField
from arshjul.report.printable import printable
from arshjul.templating import environment


def city_page(front: FrontPage, fields: Sequence[CityField], entered: frozenset[str] = frozenset()) -> bytes:
    """The page as UTF-8; those `entered` are marked."""
    page = _template().render(front=front, fields=fields, entered=entered, empty=EMPTY)
    return page.encode()


@lru_cache(maxsize=1)
def _template() -> Template:
    reports = environment("report")
    reports.filters["printable"] = printable
    return reports.get_template("city.html.j2")
