"""Links in letters: a fresh personal link is made when a letter is written, and stands only in the letter.

A notice never holds a token; `way_in` is called when its letter is put into words. Called by the portal
(a link that was asked for) and by the writing of letters.
"""

from datetime import datetime, timedelta

from arshjul.letters import Link
from arshjul.office import Office
from arshjul.steps.notices import notify_unit
from arshjul.steps.ways_in import make_link
from arshjul.wheel import local_day


def send_link(office: Office, address: str, now: datetime) -> bool:
    """Put down a letter with a new link to a known address; False for an unknown one."""
    organisation = office.installation.organisation
    wanted = address.strip().casefold()
    person = next((p for p in organisation.people if p.address.casefold() == wanted), None)
    units = organisation.units_of(person.id, local_day(now)) if person else ()
    if person is None or not units:
        return False
    until = now + timedelta(days=office.installation.settings.portal.link_days)
    with office.database.writing() as session:
        notify_unit(
            session,
            units[0].code,
            Link(unit_code=units[0].code, unit_name=units[0].name, url="", valid_until=until),
            cause=f"link {now:%Y-%m-%dT%H:%M:%S}",
            receiver=person.id,
            now=now,
        )
    return True


def way_in(office: Office, person: str, cycle_id: int | None, now: datetime) -> str | None:
    """The address of a new personal link for a letter to `person`; None where there is no portal."""
    portal = office.installation.settings.portal
    if portal.address is None:
        return None
    with office.database.writing() as session:
        token = make_link(session, person, cycle_id, now, timedelta(days=portal.link_days))
    return f"{portal.address.rstrip('/')}/l/{token}"
