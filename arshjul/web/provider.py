"""The city's OpenID provider: what it says of itself, where to send somebody, and what its answer proves.

Authorization code with PKCE; the id token is held against the provider's keys, our id, the nonce and the
time. Called by `arshjul.web.sign_on`.
"""

import os
import time
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import httpx
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from arshjul.config.settings import SSO_SECRET_VARIABLE, SignOn
from arshjul.errors import Refused

_TIMEOUT = 10.0
_HOUR = 3600
_ALGORITHMS = ["RS256", "PS256", "ES256"]  # never one that our own secret could sign with
_FAILED = "Inloggningen gick inte att slutföra. Försök igen."


@dataclass(frozen=True, slots=True)
class Provider:
    """What the provider publishes of itself."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str


def provider_of(sign_on: SignOn) -> Provider:
    """The provider's own description, asked for once an hour."""
    return _described(sign_on.issuer, int(time.monotonic() // _HOUR))


@lru_cache(maxsize=4)
def _described(issuer: str, _hour: int) -> Provider:
    told = _get(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    if told.get("issuer") != issuer:
        raise Refused("Kommunens inloggning svarar med ett annat namn än det i inställningarna.")
    try:
        return Provider(issuer, told["authorization_endpoint"], told["token_endpoint"], told["jwks_uri"])
    except KeyError:
        raise Refused(_FAILED) from None


def way_to(sign_on: SignOn, back: str, state: str, nonce: str, verifier: str) -> str:
    """The provider's page to send somebody to; she comes back to `back`."""
    with _client(sign_on, back) as client:
        address, _ = client.create_authorization_url(
            provider_of(sign_on).authorization_endpoint, state=state, nonce=nonce, code_verifier=verifier
        )
        return str(address)


def proven_address(
    sign_on: SignOn, back: str, code: str, nonce: str, verifier: str, now: datetime
) -> str | None:
    """The e-mail address that the provider vouches for; None where it tells none that is verified."""
    provider = provider_of(sign_on)
    try:
        with _client(sign_on, back) as client:
            token = client.fetch_token(
                provider.token_endpoint, code=code, code_verifier=verifier, grant_type="authorization_code"
            )
        keys = KeySet.import_key_set(_get(provider.jwks_uri))  # type: ignore[arg-type]
        decoded = jwt.decode(token["id_token"], keys, algorithms=_ALGORITHMS)
        claims = CodeIDToken(
            decoded.claims,
            decoded.header,
            options={
                "iss": {"essential": True, "value": provider.issuer},
                "aud": {"essential": True, "value": sign_on.client_id},
                "nonce": {"essential": True, "value": nonce},
                "exp": {"essential": True},
            },
            params={"client_id": sign_on.client_id, "nonce": nonce},
        )
        claims.validate(now=int(now.timestamp()), leeway=60)
    except (JoseError, httpx.HTTPError, KeyError, ValueError, TypeError) as error:
        raise Refused(_FAILED) from error
    except Exception as error:
        # Authlib tells refusals of provider and claims by several trees of errors; all mean the same to her.
        if type(error).__module__.partition(".")[0] in ("authlib", "joserfc"):
            raise Refused(_FAILED) from error
        raise
    address = claims.get(sign_on.claim)
    if not isinstance(address, str) or claims.get("email_verified") is False:
        return None
    return address


def _client(sign_on: SignOn, back: str) -> OAuth2Client:
    return OAuth2Client(
        client_id=sign_on.client_id,
        client_secret=os.environ.get(SSO_SECRET_VARIABLE),
        redirect_uri=back,
        scope="openid email",
        code_challenge_method="S256",
        timeout=_TIMEOUT,
    )


def _get(address: str) -> dict[str, Any]:
    try:
        answer = httpx.get(address, timeout=_TIMEOUT, follow_redirects=False)
        answer.raise_for_status()
        told = answer.json()
    except (httpx.HTTPError, ValueError):
        raise Refused("Kommunens inloggning svarar inte just nu. Be om en länk i stället.") from None
    if not isinstance(told, dict):
        raise Refused(_FAILED)
    return told
