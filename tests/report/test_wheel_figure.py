"""The wheel: where entries lie, that none covers another, and that words say all of it."""

import re
from datetime import date, timedelta
from itertools import combinations
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from arshjul.report.wheel_figure import RINGS, Ring, WheelEntry, _lanes, draw_wheel
from arshjul.swedish_dates import MONTHS
from tests.report.sample_figures import UNIT, sample_wheel

SVG = "{http://www.w3.org/2000/svg}"


def _texts(svg: str) -> list[str]:
    return ["".join(text.itertext()) for text in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_every_month_ring_and_entry_is_written_in_it() -> None:
    written = _texts(draw_wheel(2026, UNIT, sample_wheel()).svg)
    assert {*map(str.capitalize, MONTHS), *RINGS.values(), *(entry.label for entry in sample_wheel())} <= set(
        written
    )


def test_the_alt_text_lists_every_entry_with_its_days_and_status() -> None:
    entries = [
        WheelEntry("Tertialrapport 2", date(2026, 8, 24), date(2026, 9, 18), "cycle", "pågår"),
        WheelEntry("Brukarråd", date(2026, 3, 18), date(2026, 3, 18), "meeting"),
        WheelEntry("Skyddsrond", date(2026, 3, 2), date(2026, 3, 27), "duty", "klar"),
    ]
    assert draw_wheel(2026, UNIT, entries).alt == (
        "Årshjul 2026 för Solgläntans dagliga verksamhet. "
        "Uppföljning: Tertialrapport 2 24 augusti–18 september (pågår). "
        "Uppgifter: Skyddsrond 2–27 mars (klar). Möten: Brukarråd 18 mars."
    )


def test_words_in_the_lower_half_run_against_the_clock() -> None:
    def path_of(month: int) -> str:
        entry = WheelEntry("Möte", date(2026, month, 10), date(2026, month, 10), "meeting")
        svg = draw_wheel(2026, UNIT, [entry]).svg
        name = re.search(r'href="#([^"]+)" [^>]*>Möte<', svg)
        assert name
        path = re.search(rf'id="{name[1]}" d="([^"]+)"', svg)
        assert path
        return path[1]

    assert " 0 0 1 " in path_of(1)
    assert " 0 0 0 " in path_of(6)


def test_status_is_a_shape_and_the_key_shows_only_what_is_used() -> None:
    entry = WheelEntry("Skyddsrond", date(2026, 3, 2), date(2026, 3, 27), "duty", "försenad")
    written = _texts(draw_wheel(2026, UNIT, [entry]).svg)
    assert "försenad" in written
    assert "klar" not in written


def test_today_is_marked_only_in_its_own_year() -> None:
    assert "i dag" in _texts(draw_wheel(2026, UNIT, [], date(2026, 9, 8)).svg)
    assert "i dag" not in _texts(draw_wheel(2026, UNIT, [], date(2027, 1, 8)).svg)


def test_an_entry_of_another_year_is_not_shown_and_one_over_new_year_is() -> None:
    entries = [
        WheelEntry("Årsrapport 2026", date(2026, 12, 21), date(2027, 1, 22), "cycle"),
        WheelEntry("Nästa år", date(2027, 2, 1), date(2027, 2, 2), "cycle"),
    ]
    written = _texts(draw_wheel(2026, UNIT, entries).svg)
    assert "Årsrapport 2026" in written
    assert "Nästa år" not in written


def test_a_leap_year_begins_march_one_day_later() -> None:
    def spokes(year: int) -> list[str]:
        return re.findall(r"<line[^>]*/>", draw_wheel(year, UNIT, []).svg)

    assert spokes(2027) == spokes(2026)
    assert spokes(2028) != spokes(2026)


days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
entry_lists = st.lists(
    st.builds(
        lambda label, start, length: WheelEntry(label, start, start + timedelta(length), "duty", "klar"),
        st.text("abcåäö ", min_size=1, max_size=60),
        days,
        st.integers(0, 90),
    ),
    max_size=25,
)


@given(entry_lists)
def test_no_two_entries_of_a_lane_are_in_each_others_way(entries: list[WheelEntry]) -> None:
    lanes = _lanes(entries, 2026, 96.0)
    assert sum(len(lane) for lane in lanes) == len(entries)
    for lane in lanes:
        for one, other in combinations(lane, 2):
            first, second = sorted((one, other), key=lambda placed: min(placed.begin, placed.words_begin))
            assert max(first.end, first.words_end) < min(second.begin, second.words_begin)


def test_the_rings_are_as_many_as_the_kinds_of_entry() -> None:
    assert set(RINGS) == set(Ring.__args__)  # type: ignore[attr-defined]
