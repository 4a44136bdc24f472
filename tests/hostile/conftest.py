"""One program that takes what is hostile, for all the tests of a process, and the count at the end."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.hostile.made import Hostile, Material, as_bytes
from tests.hostile.taker import LARGE_MB, SLOW_SECONDS, Answer, Taker

COUNTED = "hostile"  # what the tests note of their inputs
Send = Callable[..., Answer]


@pytest.fixture(scope="session")
def taker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Taker]:
    """The program, standing ready."""
    program = Taker(tmp_path_factory.mktemp("tar-emot"))
    yield program
    program.close()


@pytest.fixture(scope="session")
def material(taker: Taker) -> Material:
    """Sound files to make hostile ones of."""
    return Material(taker.material)


@pytest.fixture
def send(taker: Taker, material: Material, record_property: Callable[[str, Any], None]) -> Send:
    """`send(hostile)`: what became of it. Counted for the summary."""

    def on(hostile: Hostile) -> Answer:
        answer = taker.take(hostile.kind, hostile.name, as_bytes(hostile.make(material)))
        record_property(COUNTED, [hostile.id, hostile.kind, answer.end, answer.seconds, answer.megabytes])
        return answer

    return on


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """How many inputs, of which kind, and how they ended."""
    counted = [
        noted
        for outcome in ("passed", "failed")
        for report in terminalreporter.getreports(outcome)
        if report.when == "call"
        for name, noted in report.user_properties
        if name == COUNTED
    ]
    if not counted:
        return
    terminalreporter.section("fientlig indata")
    for kind in sorted({kind for _, kind, *_ in counted}):
        ends = Counter(end for _, one, end, *_ in counted if one == kind)
        terminalreporter.write_line(
            f"{kind:12}{ends.total():6} indata: {ends['read']} lästa, {ends['refused']} avvisade, "
            f"{ends['crashed']} krascher"
        )
    slowest = max(counted, key=lambda one: one[3])
    largest = max(counted, key=lambda one: one[4])
    terminalreporter.write_line(
        f"{len(counted)} indata, {sum(end == 'crashed' for _, _, end, *_ in counted)} krascher, "
        f"{sum(seconds > SLOW_SECONDS for *_, seconds, _ in counted)} långsamma, "
        f"{sum(megabytes > LARGE_MB for *_, megabytes in counted)} stora. "
        f"Mest tid: {slowest[3]:.1f} s ({slowest[0]}). Mest minne: {largest[4]:.0f} MB ({largest[0]})."
    )
