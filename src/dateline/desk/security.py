"""Who may ask the desk, and what its pages may do: Host, Origin, CSRF token, password, headers.

The desk is one person's, on their own machine; what has to be kept out is other pages in the same browser
(DNS rebinding, cross-site requests) and, where it is opened to other hosts, whoever has no password.
Source: OWASP cheat sheets "Cross-Site Request Forgery Prevention" (signed double submit) and "Content
Security Policy".
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import ipaddress
import secrets
from collections.abc import Iterable
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE, FIELD, HEADER = "dateline_session", "csrf", "x-csrf-token"
LARGEST_BODY = 1_000_000  # bytes of what a form or a call may send
_SAFE = frozenset({"GET", "HEAD"})
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # Not "no-referrer": with it a browser would send `Origin: null` with our own forms.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


class Guard:
    """Lets through requests to our own name, from our own pages, and gives every answer its headers.

    `names` are the hosts by which the desk may be called beside loopback ones and the address that a
    request came to. `password` None asks for none. Refused are: another Host (421), another Origin, a
    change without the session's token (403), a body that is too large (413), a missing password (401),
    other methods (405).
    """

    def __init__(self, app: ASGIApp, names: Iterable[str] = (), password: str | None = None) -> None:
        self._app = app
        self._names = {"127.0.0.1", "localhost", "::1"} | {name.lower() for name in names}
        self._secret = secrets.token_bytes(32)
        self._password = hashlib.sha256(password.encode()).digest() if password else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            # No view speaks anything else.
            await send({"type": "websocket.close", "code": 1008})
            return
        headers = Headers(scope=scope)
        session = _session(headers)
        fresh = session is None
        session = session or secrets.token_urlsafe(32)
        answer = _answering(send, session if fresh else None, scope["path"])
        refused = self._refusal(scope, headers)
        if refused is None and scope["method"] not in _SAFE:
            body = await _body(receive)
            if body is None:
                refused = PlainTextResponse("The request is too large.", 413)
            elif not self._has_token(headers, body, None if fresh else session):
                refused = PlainTextResponse("This form is out of date: open the page again.", 403)
            else:
                receive = _again(body)
        if refused is not None:
            await refused(scope, receive, answer)
            return
        scope.setdefault("state", {})["csrf"] = self._token(session)
        await self._app(scope, receive, answer)

    def _refusal(self, scope: Scope, headers: Headers) -> PlainTextResponse | None:
        if not self._known_host(scope, headers):
            return PlainTextResponse("This is not a name of the desk.", 421)
        if scope["method"] not in {*_SAFE, "POST", "DELETE"}:
            return PlainTextResponse("The desk knows no such method.", 405)
        origin = headers.get("origin")
        host = headers.get("host", "").lower()
        if origin is not None and urlsplit(origin.lower()).netloc != host:
            return PlainTextResponse("Only the desk's own pages may ask it.", 403)
        if scope["method"] not in _SAFE and headers.get("sec-fetch-site", "same-origin") not in (
            "same-origin",
            "none",
        ):
            return PlainTextResponse("Only the desk's own pages may change it.", 403)
        if self._password is not None and not self._has_password(headers):
            challenge = {"www-authenticate": 'Basic realm="Dateline", charset="UTF-8"'}
            return PlainTextResponse("The desk asks for its password.", 401, challenge)
        return None

    def _known_host(self, scope: Scope, headers: Headers) -> bool:
        if len(headers.getlist("host")) != 1:
            return False
        try:
            name = urlsplit(f"//{headers['host']}").hostname or ""
        except ValueError:
            return False
        if name in self._names:
            return True
        # An address is no name that somebody else could point here.
        reached = (scope.get("server") or ("",))[0]
        try:
            return ipaddress.ip_address(name) == ipaddress.ip_address(reached)
        except ValueError:
            return False

    def _has_password(self, headers: Headers) -> bool:
        kind, _, given = headers.get("authorization", "").partition(" ")
        try:
            _, _, password = base64.b64decode(given, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return False
        found = hashlib.sha256(password.encode()).digest()
        return kind.lower() == "basic" and hmac.compare_digest(found, self._password or b"")

    def _token(self, session: str) -> str:
        return hmac.new(self._secret, session.encode(), hashlib.sha256).hexdigest()

    def _has_token(self, headers: Headers, body: bytes, session: str | None) -> bool:
        given = headers.get(HEADER)
        if given is None and headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
            try:
                given = parse_qs(body.decode(), max_num_fields=500).get(FIELD, [None])[0]
            except ValueError:
                return False
        if session is None or given is None:
            return False
        return hmac.compare_digest(given.encode(), self._token(session).encode())


def _session(headers: Headers) -> str | None:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return None
    return found.value if found is not None and 20 <= len(found.value) <= 100 else None


def _answering(send: Send, session: str | None, path: str) -> Send:
    """`send`, with the headers of every answer, and a new session's cookie."""

    async def answer(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers[name] = value
            if not path.startswith("/static/"):
                headers["cache-control"] = "no-store"
            if session is not None:
                headers.append("set-cookie", f"{COOKIE}={session}; Path=/; HttpOnly; SameSite=Strict")
        await send(message)

    return answer


async def _body(receive: Receive) -> bytes | None:
    """The whole body; None where it is too large."""
    parts, size, more = [], 0, True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            break
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > LARGEST_BODY:
            return None
        more = message.get("more_body", False)
    return b"".join(parts)


def _again(body: bytes) -> Receive:
    """A `receive` that gives a body that has been read before."""
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Message:
        return messages.pop() if messages else {"type": "http.disconnect"}

    return receive
