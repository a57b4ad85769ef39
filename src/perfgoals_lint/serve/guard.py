"""Who may talk to the local page: only the browser that was handed its token, on this machine, from the page itself.

The server listens on 127.0.0.1. Any page in the same browser can send requests there all the same, and any name can be
made to lead there; so the name that was asked for and the page that asks are checked on every request, before anything
else is looked at. No header ever allows another origin.
"""

from collections.abc import Iterable, MutableMapping
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_HEADERS = (
    (
        b"content-security-policy",
        b"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; "
        b"form-action 'none'; frame-ancestors 'none'",
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cache-control", b"no-store"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
_FROM_HERE = (b"same-origin", b"none")


class Guard:
    """Lets requests through that come to ``host`` (``127.0.0.1:8123``) from its own page, and gives every answer the
    headers that keep it to that page."""

    def __init__(self, app: ASGIApp, host: str) -> None:
        self._app = app
        self._host = host.encode("ascii")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request of this page on; refuse any other."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                given: Iterable[tuple[bytes, bytes]] = message.get("headers", ())
                message["headers"] = [*given, *_HEADERS]
            await send(message)

        if not self._is_from_here(scope):
            await guarded(
                {"type": "http.response.start", "status": 403, "headers": [(b"content-length", b"0")]}
            )
            await guarded({"type": "http.response.body", "body": b""})
            return
        await self._app(scope, receive, guarded)

    def _is_from_here(self, scope: MutableMapping[str, Any]) -> bool:
        """Was this server asked for by its own name, and does its own page ask, or the person who opens it?"""
        headers: dict[bytes, list[bytes]] = {}
        for name, value in scope["headers"]:
            headers.setdefault(name.lower(), []).append(value)
        origins, sites = headers.get(b"origin", []), headers.get(b"sec-fetch-site", [])
        if headers.get(b"host") != [self._host] or any(site not in _FROM_HERE for site in sites):
            return False
        if scope["method"] in ("GET", "HEAD"):
            return all(origin == b"http://" + self._host for origin in origins)
        return origins == [b"http://" + self._host]
