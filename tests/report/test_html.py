"""HTML: one file, readable by everybody, with the source of each figure a click away."""

import re
from collections import Counter
from itertools import pairwise

import pytest

from arshjul.adapters.reports.html import render_html
from arshjul.report.blocks import Figure, Table
from arshjul.report.origins import numbered, origin_text
from tests.report.sample import sample_report


@pytest.fixture(scope="module")
def page() -> str:
    return render_html(sample_report()).decode()


def test_it_asks_nothing_of_any_other_place(page: str) -> None:
    assert not re.findall(
        r"""(?:src|href)=["'](?!#)|url\(|@import|<script|https?://(?!www\.w3\.org/2000/svg)""", page
    )


def test_it_is_in_swedish_with_a_title_and_a_way_past_the_contents(page: str) -> None:
    assert '<html lang="sv">' in page
    assert "<title>Tertialrapport 2 2026 – Solgläntans dagliga verksamhet</title>" in page
    assert '<a class="skip" href="#rapport">' in page


def test_heads_of_columns_and_rows_say_what_they_head(page: str) -> None:
    tables = [block for block in sample_report().blocks if isinstance(block, Table)]
    assert page.count('<th scope="col"') == sum(len(table.columns) for table in tables)
    assert page.count('<th scope="row"') == sum(len(table.rows) for table in tables)
    assert page.count("<caption ") == len(tables)


def test_every_drawing_is_an_image_with_a_title_and_its_words_beside_it(page: str) -> None:
    figures = [block for block in sample_report().blocks if isinstance(block, Figure)]
    assert page.count('role="img"') == page.count("<title>") - 1 == len(figures)
    assert page.count("<figcaption>") == page.count('<details class="alt">') == len(figures)


def test_no_id_is_used_twice_and_every_link_leads_somewhere(page: str) -> None:
    ids = Counter(re.findall(r'\bid="([^"]+)"', page))
    assert [one for one, times in ids.items() if times > 1] == []
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)


def test_headings_never_skip_a_level(page: str) -> None:
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_origin_is_listed_once_and_linked_from_where_it_is_used(page: str) -> None:
    for origin, number in numbered(sample_report()).items():
        assert page.count(f'<li id="kalla-{number}">{origin_text(origin)}</li>') == 1
        assert f'href="#kalla-{number}" aria-label="Källa {number}"' in page


def test_peoples_text_is_never_mark_up(page: str) -> None:
    assert "&lt;b&gt;inte fet&lt;/b&gt; &amp; #read(" in page
    assert "{{ 7 * 7 }}" in page
    assert "\x07" not in page
    assert "å blir å" in page


def test_it_is_light(page: str) -> None:
    assert len(page.encode()) < 150_000
