"""Those who have not reported their workplace meeting are asked once, for what is left."""

from datetime import date

from arshjul.letters import Apt
from arshjul.steps.meetings.apt_meetings import record_meeting
from tests.example import T2, at
from tests.stages import PlayFrom

ASKS = at("2026-10-19 08:00")  # the Monday after the last day, 16 October


def test_who_has_reported_every_meeting_is_not_asked(play_from: PlayFrom) -> None:
    play = play_from("approved")
    play.morning(at("2026-09-28 08:00"))
    for scope, person in (("HUMLAN", "mehmet"), ("LARKAN", "anna"), ("TALTRASTEN", "anna")):
        record_meeting(play.office, T2, scope, person, date(2026, 10, 8), "", at("2026-10-09 09:00"))
    assert play.steps_taken(ASKS) == ["apt"]
    told = {person: matter for person, [matter] in play.told("apt").items() if isinstance(matter, Apt)}
    assert "mehmet" not in told
    assert told["anna"].subunits == ("Mediegruppen Pixeln",)
    assert told["elin"].subunits == ("Sinnesrummet Månskenet",)
    assert "birgitta" not in told  # she has handed the task on to Elin
    assert play.steps_taken(ASKS) == []
