"""`arshjul portal`: the web portal by itself, and personal links for those who ask for one at a desk.

`arshjul serve` starts the same thing beside Prefect. It listens on this machine only; a city puts its own
web server with https in front (docs/drift.md).
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import click

from arshjul.access import Deed
from arshjul.errors import BadInput
from arshjul.office import Office
from arshjul.steps.portal.api_tokens import make_token
from arshjul.steps.portal.api_tokens import withdraw_token as drop_token
from arshjul.steps.portal.ways_in import make_link, withdraw_links
from cli.options import config_option, current_time, now_option, opened
from cli.rubbish import look_seldom
from cli.swedish import counted

HERE = "127.0.0.1"
RUBBISH = 5_000  # objects between two looks: a page makes about as many, and each look is a millisecond
KEPT_OPEN_SECONDS = 75  # longer than between two saves, and than a web server in front keeps its own


@click.command()
@click.option("--port", type=click.IntRange(1024, 65535), metavar="PORT", help="Annan port än settings.yaml.")
@click.option("--link", "person", metavar="PERSON", help="Skriv en personlig länk till någon (id).")
@click.option("--withdraw", metavar="PERSON", help="Dra in alla länkar för någon (id).")
@click.option("--token", metavar="NAMN", help="Skriv en nyckel till API:et för en integration.")
@click.option("--may", metavar="RÄTT", multiple=True, help="Vad nyckeln får göra; kan skrivas flera gånger.")
@click.option("--unit", metavar="KOD", help="Bara i den här enheten.")
@click.option("--withdraw-token", metavar="NAMN", help="Dra in en nyckel.")
@now_option
@config_option
def portal(
    port: int | None,
    person: str | None,
    withdraw: str | None,
    token: str | None,
    may: tuple[str, ...],
    unit: str | None,
    withdraw_token: str | None,
    now: datetime | None,
    config: Path,
) -> None:
    """Starta portalen där underlag besvaras och rapporter beslutas. Avsluta med Ctrl-C.

    \b
    Exempel:
      arshjul portal
      arshjul portal --link karin         skriver en länk som Karin kan öppna
      arshjul portal --withdraw karin     hennes länkar slutar gälla
      arshjul portal --token beslutsstod --may see_report --unit SOL
    """
    with opened(config) as office:
        at = now or current_time()
        if person:
            click.echo(link_for(office, person, at, port))
        elif withdraw:
            known(office, withdraw)
            with office.database.writing() as session:
                count = withdraw_links(session, withdraw, at)
            links = counted(count, "länk är indragen", "länkar är indragna")
            click.echo(f"{links}. {withdraw} behöver en ny för att komma in.")
        elif token:
            click.echo(token_for(office, token, may, unit, at))
        elif withdraw_token:
            with office.database.writing() as session:
                count = drop_token(session, withdraw_token, at)
            if not count:
                raise BadInput(f"det finns ingen nyckel som heter ”{withdraw_token}”", "--withdraw-token")
            click.echo(f"{counted(count, 'nyckel', 'nycklar')} till ”{withdraw_token}” gäller inte längre.")
        else:
            office = with_jobs(office, os.environ.get("PREFECT_API_URL"))
            run_portal(
                office, port or office.installation.settings.portal.port, lambda: now or current_time()
            )


def run_portal(
    office: Office, port: int, clock: Callable[[], datetime], links: Mapping[str, str] | None = None
) -> None:
    """Serve the portal until it is stopped. `links` are written out: what each is, and the address."""
    import uvicorn

    from arshjul.web.app import portal as application

    pages = application(office, clock)
    for words, address in (links or {}).items():
        click.echo(f"  {words:<44} {address}")
    click.echo(f"Portalen går på http://{HERE}:{port} (Ctrl-C avslutar).")
    look_seldom(RUBBISH)
    # No log of requests: an address may hold a personal link.
    uvicorn.run(
        pages,
        host=HERE,
        port=port,
        log_level="warning",
        access_log=False,
        timeout_keep_alive=KEPT_OPEN_SECONDS,
    )


def with_jobs(office: Office, prefect: str | None) -> Office:
    """With a link to the jobs where `serve` has started Prefect, unless the settings say where they are seen.

    `prefect` is the address of Prefect's API; its pages lie at the root above it.
    """
    settings = office.installation.settings
    if prefect is None or settings.portal.jobs_address:
        return office
    found = replace(settings.portal, jobs_address=prefect.rstrip("/").removesuffix("/api"))
    return replace(
        office, installation=replace(office.installation, settings=replace(settings, portal=found))
    )


def link_for(office: Office, person: str, now: datetime, port: int | None = None) -> str:
    """The address of a new personal link."""
    known(office, person)
    settings = office.installation.settings.portal
    with office.database.writing() as session:
        token = make_link(session, person, None, now, timedelta(days=settings.link_days))
    base = settings.address if settings.address and not port else f"http://{HERE}:{port or settings.port}"
    return f"{base.rstrip('/')}/l/{token}"


def token_for(office: Office, name: str, may: tuple[str, ...], unit: str | None, now: datetime) -> str:
    """A new token for an integration; BadInput for a right or a unit that there is not."""
    deeds = {deed.value: deed for deed in Deed}
    strange = [one for one in may if one not in deeds]
    if strange or not may:
        what = f'rätten "{strange[0]}" finns inte' if strange else "skriv med --may vad nyckeln får göra"
        raise BadInput(f"{what}; här finns {', '.join(sorted(deeds))}", "--may")
    units = [one.code for one in office.installation.organisation.units]
    if unit is not None and unit not in units:
        raise BadInput(f'enheten "{unit}" finns inte; här finns {", ".join(units)}', "--unit")
    with office.database.writing() as session:
        return make_token(session, name, [deeds[one] for one in may], unit, now)


def known(office: Office, person: str) -> None:
    """BadInput for somebody that the organisation does not know."""
    people = [p.id for p in office.installation.organisation.people]
    if person not in people:
        raise BadInput(f'det finns ingen person med id "{person}"; här finns {", ".join(people)}')
