"""Fonts lie in one folder that is kept, and a drawing that was made is not made again."""

import multiprocessing
from pathlib import Path

import pytest

from arshjul.adapters.reports.pdf import render_pdf
from arshjul.adapters.reports.typesetting import _font_folder, pictures, unprintable
from arshjul.plan import Kind
from tests.report.another import another
from tests.report.cycles import year_report

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><rect width="20" height="10"/></svg>'
)


def test_fonts_are_laid_once_among_the_users_caches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    folder = _font_folder()
    laid = {font.name: font.stat().st_mtime_ns for font in folder.iterdir()}
    assert len(laid) == 6
    assert folder.is_relative_to(tmp_path)
    assert _font_folder() == folder
    assert {font.name: font.stat().st_mtime_ns for font in folder.iterdir()} == laid


def test_a_font_that_was_cleared_away_is_laid_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    lost = next(_font_folder().iterdir())
    lost.unlink()
    assert _font_folder() == lost.parent
    assert lost.is_file()


def test_without_a_place_for_caches_they_lie_among_temporary_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "a file"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert _font_folder().parent == tmp_path


def test_the_same_drawing_is_made_once_and_another_width_is_another_picture() -> None:
    first, wider, again = pictures([DRAWING, DRAWING, DRAWING], [30.0, 60.0, 30.0])
    assert first is again
    assert pictures([DRAWING], [30.0])[0] is first
    assert len({first, wider}) == 2


def test_only_what_no_font_has_is_unprintable() -> None:
    assert unprintable("Årshjul – 58,84 % → \U0001f600") == "\U0001f600"


def _memory_after_each(many: int) -> list[int]:
    """What the process holds after each of `many` whole reports with other words, in MB."""
    held = []
    for number in range(many):
        render_pdf(another(year_report(Kind.VB), number))
        pages = Path("/proc/self/statm").read_text().split()[1]
        held.append(int(pages) * 4 // 1024)
    return held


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="tells of a process's memory on Linux only")
def test_a_process_does_not_hold_on_to_more_than_the_last_reports() -> None:
    with multiprocessing.get_context("spawn").Pool(1) as process:
        held = process.apply(_memory_after_each, (9,))
    one = held[1] - held[0]
    assert held[8] - held[0] < 6 * one, held  # eight more: without forgetting, it holds them all
