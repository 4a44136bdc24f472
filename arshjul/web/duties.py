"""The recurring duties: what is a visitor's to do, said to be done with a click, and taken back."""

from starlette.responses import Response

from arshjul.access import Deed
from arshjul.steps.duties.duty_words import confirm_duty, withdraw_duty
from arshjul.steps.duties.persons_duties import PersonsDuties, persons_duties
from arshjul.web.asking import Ask, Page
from arshjul.web.showing import go, show

_LONGEST = 1000  # letters of a note


def duties_shown(ask: Ask) -> PersonsDuties:
    """The visitor's duties in all her units."""
    return persons_duties(ask.office, ask.units_where(Deed.DO_DUTY), ask.me.people, ask.now)


def overview(ask: Ask) -> Response:
    """What is hers, what is to come, and what she has done lately."""
    return show(ask, "duties.html.j2", duties=duties_shown(ask), said=ask.query.get("sagt", ""))


def confirm(ask: Ask) -> Response:
    """Keep her word that it is done."""
    note = ask.form.get("note", "").strip()[:_LONGEST]
    confirm_duty(ask.office, ask.path["duty"], ask.me.person.id, note, ask.now)
    return go("/uppgifter?sagt=klart")


def withdraw(ask: Ask) -> Response:
    """Take her word back."""
    withdraw_duty(ask.office, ask.path["duty"], ask.me.person.id, "", ask.now)
    return go("/uppgifter?sagt=inte")


PAGES = (
    Page("/uppgifter", overview, Deed.DO_DUTY),
    Page("/uppgifter/{unit}/{duty}/klart", confirm, Deed.DO_DUTY, method="POST"),
    Page("/uppgifter/{unit}/{duty}/inte-klart", withdraw, Deed.DO_DUTY, method="POST"),
)
