"""Links in letters: a fresh personal link is made when a letter is written, and stands only in the letter.

A notice never holds a token; `way_in` is called when its letter is claimed, in that transaction. Called by
the portal (a link that was asked for) and by `arshjul.steps.letters.claiming`.
"""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from arshjul.letters import Link
from arshjul.office import Office
from arshjul.steps.letters.notices import notify_unit
from arshjul.steps.portal.ways_in import CODE, Visit, make_code, make_link, visit_of
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


def way_in(office: Office, session: Session, person: str, cycle_id: int | None, now: datetime) -> str | None:
    """The address of a new personal link for a letter to `person`; None where there is no portal."""
    portal = office.installation.settings.portal
    if portal.address is None:
        return None
    token = make_link(session, person, cycle_id, now, timedelta(days=portal.link_days))
    return f"{portal.address.rstrip('/')}/l/{token}"


def send_code(office: Office, visit: Visit, now: datetime) -> None:
    """Put down a letter with a one-time code for a visit; it goes to the address that is known."""
    unit = office.installation.organisation.units_of(visit.person, local_day(now))[0]
    with office.database.writing() as session:
        notify_unit(
            session,
            unit.code,
            Link(
                unit_code=unit.code,
                unit_name=unit.name,
                url="",
                valid_until=now + CODE,
                session=visit.session_id,
            ),
            cause=f"code {visit.session_id} {now:%Y-%m-%dT%H:%M:%S}",
            receiver=visit.person,
            now=now,
        )


def fresh_code(session: Session, person: str, session_id: int, now: datetime) -> str | None:
    """A new code for a letter; None where the visit is over or another person's."""
    visit = visit_of(session, session_id, now)
    return make_code(session, visit, now) if visit and visit.person == person else None
