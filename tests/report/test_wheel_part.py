"""The wheel of a report has room for what lasts; what comes back every month is left out and said to be."""

from datetime import date

from arshjul.report.blocks import Figure, Paragraph
from arshjul.report.wheel_figure import WheelEntry
from arshjul.report.wheel_part import LEFT_OUT, wheel_blocks

DUTY = WheelEntry("Skyddsrond", date(2026, 3, 2), date(2026, 3, 27), "duty")
MONTHLY = [
    WheelEntry(f"MR {name}", date(2026, month, 5), date(2026, month, 9), "cycle")
    for month, name in enumerate(("januari", "februari", "mars", "april", "maj"), start=1)
]
MEETING = WheelEntry("Brukarråd", date(2026, 3, 18), date(2026, 3, 18), "meeting")


def test_meetings_and_what_comes_every_month_are_left_out_and_it_is_said() -> None:
    figure, note = wheel_blocks(2026, "Enheten", [DUTY, *MONTHLY, MEETING])
    assert isinstance(figure, Figure)
    assert "Skyddsrond" in figure.svg
    assert "MR" not in figure.svg
    assert "Brukarråd" not in figure.alt
    assert isinstance(note, Paragraph)
    assert note.text == LEFT_OUT


def test_a_wheel_of_only_meetings_shows_them() -> None:
    (figure,) = wheel_blocks(2026, "Enheten", [MEETING])
    assert isinstance(figure, Figure)
    assert "Brukarråd" in figure.svg
