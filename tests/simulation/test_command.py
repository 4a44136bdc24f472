"""`arshjul simulate` and bad input: one sentence, and nothing is written."""

from pathlib import Path

import pytest

from cli.main import main


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["20x6", "--out", "ny"], "inget heltal"),
        (["1990", "--out", "ny"], "2020 till 2060"),
        (["2026", "--out", "ny", "--unit", "XYZ"], "Välj bland SOL, HAM"),
        (["2026", "--out", "upptagen"], "mappen är inte tom"),
        (["2026", "--out", "fil.txt"], "är en fil"),
        (["2026"], "--out saknas"),
    ],
)
def test_what_cannot_be_simulated_is_refused_in_one_sentence(
    arguments: list[str],
    sentence: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "upptagen").mkdir()
    (tmp_path / "upptagen" / "viktigt.txt").write_text("mitt", "utf-8")
    (tmp_path / "fil.txt").write_text("", "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["arshjul", "simulate", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    told = capsys.readouterr().err
    assert ended.value.code == 2
    assert sentence in told
    assert told.count("\n") == 1
    assert not (tmp_path / "ny").exists()
    assert (tmp_path / "upptagen" / "viktigt.txt").read_text("utf-8") == "mitt"
