"""Stand-ins: a manager says who has another's tasks while she is away."""

from datetime import date

from starlette.responses import Response

from arshjul.access import Deed
from arshjul.errors import BadInput
from arshjul.steps.cycle.standing_in import appoint, stand_ins, take_back, who_may_stand_in
from arshjul.web.asking import Ask, Page
from arshjul.web.showing import go, show


def overview(ask: Ask) -> Response:
    """Who stands in for whom, and a form to appoint somebody."""
    organisation, unit = ask.office.installation.organisation, ask.its_unit
    hers = {a.person for a in unit.assignments}
    return show(
        ask,
        "stand_ins.html.j2",
        unit=unit,
        stand_ins=stand_ins(ask.office, unit, ask.today),
        of_unit=[p for p in organisation.people if p.id in hers],
        people=who_may_stand_in(organisation, unit),
        saved=ask.query.get("sparat") == "1",
    )


def add(ask: Ask) -> Response:
    """Appoint."""
    until = ask.form.get("until", "").strip()
    appoint(
        ask.office,
        ask.its_unit,
        ask.form.get("person", ""),
        ask.form.get("stand_in", ""),
        _day(ask.form.get("since", "")),
        _day(until) if until else None,
        ask.me.person.id,
        ask.now,
    )
    return go(f"/ersattare/{ask.its_unit.code}?sparat=1")


def end(ask: Ask) -> Response:
    """Take it back."""
    number = ask.path["number"]
    if not (number.isascii() and number.isdecimal() and len(number) < 10):
        raise BadInput("Ersättaren finns inte.")
    take_back(ask.office, ask.its_unit, int(number), ask.now)
    return go(f"/ersattare/{ask.its_unit.code}?sparat=1")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise BadInput("Skriv dagen som år-månad-dag, till exempel 2026-09-18.") from None


PAGES = (
    Page("/ersattare/{unit}", overview, Deed.CHASE),
    Page("/ersattare/{unit}", add, Deed.CHASE, method="POST"),
    Page("/ersattare/{unit}/{number}/slut", end, Deed.CHASE, method="POST"),
)
