"""Two units in one installation: nothing of one is ever seen in what leaves the other."""

from collections.abc import Mapping

import pytest

from tests.units.neighbours import Neighbours
from tests.units.traces import Content, Trace, left, traces

UNITS = (("SOL", "HAM"), ("HAM", "SOL"))


@pytest.fixture(scope="module")
def everything(lived: Neighbours) -> Mapping[str, list[Content]]:
    """All that left each unit."""
    return {code: left(lived, code) for code in ("SOL", "HAM")}


def seen(found: tuple[Trace, ...], contents: list[Content]) -> list[tuple[str, str]]:
    return [(trace.text, content.place) for content in contents for trace in found if trace.is_in(content)]


@pytest.mark.parametrize(("own", "other"), UNITS)
def test_nothing_of_one_unit_is_seen_in_what_left_the_other(
    lived: Neighbours, everything: Mapping[str, list[Content]], own: str, other: str
) -> None:
    foreign = traces(lived.office.installation, other)
    assert seen(foreign, everything[own]) == []


@pytest.mark.parametrize("code", ["SOL", "HAM"])
def test_the_search_would_see_it(
    lived: Neighbours, everything: Mapping[str, list[Content]], code: str
) -> None:
    """Every trace of a unit is found in its own package, but for addresses, which are found in its letters;
    and each kind of file gives the unit away."""
    found = traces(lived.office.installation, code)
    package = [content for content in everything[code] if content.place.startswith("arkiv/")]
    letters = [content for content in everything[code] if content.place.endswith(".eml")]
    in_package, in_letters = ({text for text, _ in seen(found, each)} for each in (package, letters))
    addresses = {trace.text for trace in found if "@" in trace.text}
    assert {trace.text for trace in found} - addresses - in_package == set()
    assert addresses & in_package == set()
    assert addresses & in_letters  # not everybody's: some got none
    for kind in ("eml", "xlsx", "html", "pdf", "docx"):
        of_kind = [content for content in everything[code] if content.place.endswith(f".{kind}")]
        assert of_kind
        assert all(seen(found, [content]) for content in of_kind)
