"""Who calls the API and what it may: a token in the Authorization header, held to deeds and unit.

An act that a person answers for names her, and she must be allowed it herself. Called by `arshjul.web.api`.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Annotated, Any

from fastapi import Depends, HTTPException, Path, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from arshjul.access import Deed, may
from arshjul.errors import Busy
from arshjul.office import Office, with_stand_ins
from arshjul.steps.portal.api_tokens import Integration, integration_of
from arshjul.steps.portal.ways_in import within_limit
from arshjul.web.place import Place, cycle_at, unit_at

_HOUR = timedelta(hours=1)
UnitCode = Annotated[str, Path(description="Enhetens kod", examples=["SOL"], max_length=40)]
CycleSlug = Annotated[str, Path(description="Rapporten", examples=["T2-2026", "MR-2026-03"], max_length=20)]
_BEARER = HTTPBearer(auto_error=False, description="En nyckel som `arshjul portal --token NAMN` har skrivit.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Call(Place):
    """A call that may be answered. `key` is None outside a cycle."""

    integration: Integration

    def acting(self, person: str, deed: Deed, scope: str | None = None) -> str:
        """The id of the person that the call acts for, who must be allowed the deed herself."""
        if not may(self.its_unit, frozenset({person}), deed, self.today, scope):
            raise HTTPException(403, "Personen får inte göra det här.")
        return person


def anywhere(deed: Deed) -> Any:
    """A dependency: the call, where its token has the deed somewhere."""

    def found(
        request: Request,
        given: Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)],
    ) -> Call:
        office: Office = with_stand_ins(request.app.state.office)
        clock: Callable[[], datetime] = request.app.state.now
        now = clock()
        integration = _integration(office, given.credentials if given else "", request, now)
        if deed not in integration.deeds:
            raise HTTPException(403, f"Nyckeln ger inte rätt till {deed.value}.")
        return Call(office=office, now=now, integration=integration)

    return Depends(found)


def in_unit(deed: Deed) -> Any:
    """A dependency: the call, where its token has the deed in the unit of the path."""

    def found(unit: UnitCode, call: Call = anywhere(deed)) -> Call:
        found = unit_at(call.office, unit)
        if found is None or call.integration.unit_code not in (None, unit):
            raise HTTPException(404, "Enheten finns inte.")
        return replace(call, unit=found)

    return Depends(found)


def in_cycle(deed: Deed) -> Any:
    """A dependency: the call, where its token has the deed in the unit of the path, which has the cycle."""

    def found(cycle: CycleSlug, call: Call = in_unit(deed)) -> Call:
        key = cycle_at(call.office, call.its_unit.code, cycle)
        if key is None:
            raise HTTPException(404, "Rapporten finns inte.")
        return replace(call, key=key)

    return Depends(found)


def _integration(office: Office, token: str, request: Request, now: datetime) -> Integration:
    with office.database.reading() as session:
        integration = integration_of(session, token, now) if token else None
    if integration is not None:
        return integration
    client = request.client.host if request.client else ""
    try:
        with office.database.writing() as session:
            within = not token or within_limit(session, "bad token", client, now, most=60, within=_HOUR)
    except Busy:
        within = True
    if not within:
        raise HTTPException(429, "För många försök. Vänta en timme.")
    raise HTTPException(401, "Nyckeln saknas eller gäller inte.", {"WWW-Authenticate": "Bearer"})
