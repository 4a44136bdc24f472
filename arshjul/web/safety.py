"""What keeps the portal safe whatever a page does: headers, cookies, forgery, size, limits.

Called by `arshjul.web.app` around every page.
"""

import hashlib
import hmac
from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY = 16 * 1024 * 1024
COOKIE = "arshjul"
CSRF_FIELD = "csrf"
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; frame-src 'self'; frame-ancestors 'self'; base-uri 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}


class Guard:
    """Around the whole portal: safe headers on every answer, and no body larger than `MAX_BODY`."""

    def __init__(self, app: ASGIApp, *, is_secure: bool) -> None:
        self.app = app
        self.headers = dict(_HEADERS)
        if is_secure:
            self.headers["Strict-Transport-Security"] = "max-age=31536000"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, guarded."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        length = Headers(scope=scope).get("content-length", "0")
        if not length.isdecimal() or int(length) > MAX_BODY:
            await PlainTextResponse("Filen är för stor.", status_code=413)(scope, receive, send)
            return
        taken = 0

        async def limited() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            return message if taken <= MAX_BODY else {"type": "http.disconnect"}

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if scope["path"].startswith("/static/"):  # nothing of anybody's: kept, and asked about anew
                    headers.setdefault("Cache-Control", "no-cache")
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, limited, guarded)


def csrf_of(secret: str) -> str:
    """What the forms of a session must send back: made of the session's secret, which no page shows."""
    return hmac.new(secret.encode(), b"csrf", hashlib.sha256).hexdigest()


def is_from_here(headers: Mapping[str, str]) -> bool:
    """Whether a POST comes from a page of ours, by what the browser itself says."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host")


def set_session(response: Response, secret: str, *, is_secure: bool) -> Response:
    """Give the browser its session: out of reach of scripts and of other sites' forms."""
    response.set_cookie(
        cookie_name(is_secure=is_secure), secret, httponly=True, secure=is_secure, samesite="lax"
    )
    return response


def clear_session(response: Response, *, is_secure: bool) -> Response:
    """Take the session from the browser."""
    response.delete_cookie(cookie_name(is_secure=is_secure), httponly=True, secure=is_secure, samesite="lax")
    return response


def cookie_name(*, is_secure: bool) -> str:
    """With a prefix that lets no other host set it, where the portal is reached over https."""
    return f"__Host-{COOKIE}" if is_secure else COOKIE
