"""What was cut short, or asked for twice, is made whole by the next run and done once.

The program itself is killed and started again in `tests/faults`.
"""

import pytest

from arshjul.adapters.store import tables
from arshjul.steps.report import deciding
from tests.play import story
from tests.stages import PlayFrom


class PowerCut(Exception):
    """Everything ends here."""


def cut(*_: object) -> None:
    raise PowerCut


def test_an_approval_that_was_cut_short_has_its_files_after_the_next_run(
    play_from: PlayFrom, monkeypatch: pytest.MonkeyPatch
) -> None:
    play = play_from("reviewed")
    with monkeypatch.context() as patched:
        patched.setattr(deciding, "export_version", cut)
        with pytest.raises(PowerCut):
            play.approve()
    folder = play.home.data / "rapporter" / "SOL" / "T2-2026" / "version-1"
    assert not folder.exists()
    play.morning(story().approves_at)
    assert sorted(path.suffix for path in folder.iterdir()) == [".docx", ".html", ".pdf"]


def test_what_the_manager_hands_in_twice_is_on_record_once(play_from: PlayFrom) -> None:
    play = play_from("compiled")
    play.judge(0)
    before = play.rows(tables.Judgement)
    play.judge(0)
    assert len(play.rows(tables.Judgement)) == len(before) > 0


def test_whoever_went_back_to_what_she_first_said_is_heard(play_from: PlayFrom) -> None:
    play = play_from("compiled")
    for number in (0, 1, 0):
        play.judge(number)
    said = [row.synthesis for row in play.rows(tables.Judgement) if row.goal == "G10"]
    assert len(said) == 3
    assert said[0] == said[2] != said[1]
