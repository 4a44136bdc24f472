"""Whatever is sent in: one clear sentence or taken cleanly, in bounded time and memory; nobody else touched.

A few of each kind in every run; all that is made, and what Hypothesis makes besides, with `make hostile`.
"""

import re
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.hostile.conftest import Send
from tests.hostile.made import Hostile, Material, everything
from tests.hostile.taker import LARGE_MB, SLOW_SECONDS, Answer, Taker
from tests.unit.workbook_parts import packed, parts_of

EVERY = 4  # of those that are light, every fourth of a kind in each run of the suite
OF_MACHINES = re.compile(
    r"Traceback|Error\b|Exception|<class|expected|invalid|unexpected|codec|object at 0x|NoneType|errno", re.I
)
PIECES = [
    b"",
    b"-1",
    b'"',
    b"<",
    b"<!--",
    b"NaN",
    b"9" * 30,
    b"\xff",
    b"\0",
    b"&x;",
    b"[[[[",
    b"*a",
    b"\r\n",
    b";;;",
]


def light() -> list[Hostile]:
    """What is in every run: a share of each kind."""
    of_kind = defaultdict(list)
    for each in everything():
        if not each.heavy:
            of_kind[each.kind].append(each)
    return [each for found in of_kind.values() for each in found[::EVERY]]


def fault_of(answer: Answer) -> str:
    """What is wrong with how an input ended; empty where nothing is."""
    if answer.end == "crashed":
        return answer.said
    if answer.seconds > SLOW_SECONDS or answer.megabytes > LARGE_MB:
        return f"{answer.seconds:.1f} s, {answer.megabytes:.0f} MB"
    if answer.end == "refused":
        sentence = answer.said
        if not sentence.strip() or "\n" in sentence or len(sentence) > 1000 or OF_MACHINES.search(sentence):
            return f"no clear sentence: {sentence[:300]!r}"
    return ""


def hold(send: Send, hostile: list[Hostile]) -> None:
    """Send them all, one after another; every fault in one message."""
    faults = {each.id: fault for each in hostile if (fault := fault_of(send(each)))}
    told = "\n".join(f"{name}: {fault}" for name, fault in faults.items())
    assert not faults, f"{len(faults)} of {len(hostile)}:\n{told}"


def still_well(taker: Taker) -> None:
    assert taker.take("neighbour", "", b"").end == "read"


def test_some_of_everything_hostile_ends_in_order_and_touches_nobody(send: Send, taker: Taker) -> None:
    hold(send, light())
    still_well(taker)


@pytest.mark.hostile
@pytest.mark.xdist_group("hostile")
@pytest.mark.parametrize("kind", sorted({each.kind for each in everything()}))
def test_everything_hostile_ends_in_order_and_touches_nobody(kind: str, send: Send, taker: Taker) -> None:
    hold(send, [each for each in everything() if each.kind == kind])
    still_well(taker)
    assert not Path("/tmp/arshjul-ute").exists()


BASES = {
    "workbook": ("form", "svar.xlsx"),
    "word": ("form", "svar.docx"),
    "document": ("document", "plan.docx"),
    "source": ("source", "synpunkter.csv"),
    "plan": ("plan", "plan.yaml"),
    "config": ("config", "organisation.yaml"),
    "settings": ("config", "settings.yaml"),
    "judgement": ("judgement", "bedomning.yaml"),
}


def sound(material: Material, base: str) -> bytes:
    match base:
        case "workbook":
            return material.book
        case "word" | "document":
            return material.word
        case "source":
            return material.config("sources/synpunkter.csv")
        case "plan":
            return material.config("plans/SOL-2026.yaml")
        case "judgement":
            return "G04: {attainment: FULL, text: 'Vi nådde målet.'}\nsummary: {text: Kort.}\n".encode()
    return material.config(BASES[base][1])


@pytest.mark.hostile
@pytest.mark.xdist_group("hostile")
@pytest.mark.parametrize("base", sorted(BASES))
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    cuts=st.lists(
        st.tuples(
            st.floats(0, 1, exclude_max=True),
            st.integers(0, 60),
            st.sampled_from(PIECES) | st.binary(max_size=30),
        ),
        min_size=1,
        max_size=6,
    ),
    part=st.integers(0, 40),
    packages=st.booleans(),
)
def test_what_is_damaged_at_random_ends_in_order(
    base: str,
    cuts: list[tuple[float, int, bytes]],
    part: int,
    packages: bool,
    send: Send,
    material: Material,
) -> None:
    content = sound(material, base)
    kind, name = BASES[base]
    if content[:2] == b"PK" and packages:
        parts = parts_of(content)
        chosen = sorted(parts)[part % len(parts)]
        data = packed(parts | {chosen: damaged(parts[chosen], cuts)})
    else:
        data = damaged(content, cuts)
    answer = send(Hostile(kind, f"{base} damaged at random", name, lambda _: data))
    assert not fault_of(answer)


def damaged(content: bytes, cuts: list[tuple[float, int, bytes]]) -> bytes:
    for at, length, instead in cuts:
        start = int(at * len(content))
        content = content[:start] + instead + content[start + length :]
    return content


@pytest.mark.hostile
@pytest.mark.xdist_group("hostile")
def test_after_all_of_it_a_neighbour_hands_in_and_the_cycle_goes_on(taker: Taker) -> None:
    still_well(taker)
    answer = taker.take("morning", "", b"")
    assert answer.end == "read", answer.said
