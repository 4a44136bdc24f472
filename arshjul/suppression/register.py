"""What has left the unit: the register of released cells, as later reports read it.

A release is one approved version of a report, or the forms of a cycle. It is kept with the answers that it
was made of, since only then can be said what it tells together with a later one. Filled by
`arshjul.steps.figures.releases`. Pure.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from arshjul.catalogue import Sex
from arshjul.history import EarlierValue

CellParts = tuple[str, str, Sex, str]  # subject, scope, sex and period
FORMS = 0  # the version of a release that is a cycle's forms


@dataclass(frozen=True, slots=True)
class Release:
    """`cells` are printed values by cell ("I03|unit|women|T2 2026"); `values` what the report rested on."""

    period: str
    version: int
    cells: Mapping[str, str]
    values: tuple[EarlierValue, ...] = ()


def cell_name(subject: str, scope: str, sex: Sex, period: str) -> str:
    """The lasting name of a cell; `subject` is an indicator or a question."""
    return f"{subject}|{scope}|{sex}|{period}"


def cell_parts(name: str) -> CellParts:
    """Subject, scope, sex and period of a cell."""
    subject, scope, sex, period = name.split("|")
    return subject, scope, Sex(sex), period
