"""What every answer says to the browser, and forms that only our own pages can send.

A form carries a token: a salt, and the HMAC by the site's key of that salt and of a cookie. The token is
another each time (so that compression tells nothing of it), holds for as long as cookie and key do, also
over a restart, and cannot be made without the key.
"""

from __future__ import annotations

import hmac
import os
import secrets
from hashlib import sha256
from pathlib import Path

from fastapi import HTTPException, Request
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dateline.errors import InputError
from dateline.site.people.audit import noted, route_of
from dateline.site.settings import SiteSettings
from dateline.site.state import settings_of, site_of

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
"""Nothing from elsewhere, no script or style within a page, no frame around one."""
PERMISSIONS = ("camera", "geolocation", "microphone", "payment", "usb", "browsing-topics")
TOKEN = "form_token"
"""The name of a form's field for its token; a script sends it as the header ``X-Form-Token``."""
YEAR_SECONDS = 365 * 24 * 3600


def headers(settings: SiteSettings) -> dict[str, str]:
    """What stands on every answer."""
    told = {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in POLICY.items()),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": ", ".join(f"{name}=()" for name in PERMISSIONS),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Frame-Options": "DENY",
        "Cache-Control": "private, no-cache",  # a page has its reader's name and form tokens
    }
    if not settings.indexed:
        told["X-Robots-Tag"] = "noindex, nofollow"
    if settings.secure:
        told["Strict-Transport-Security"] = f"max-age={YEAR_SECONDS}"
    return told


class SecurityHeaders:
    """Puts ``headers`` on every answer that has not set them, and the form cookie where a form was made."""

    def __init__(self, app: ASGIApp, settings: SiteSettings) -> None:
        self.app = app
        self.settings = settings
        self.headers = headers(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    answer.setdefault(name, value)
                new = scope.get("state", {}).get("new_form_cookie")
                if new:
                    answer.append("Set-Cookie", _cookie(self.settings, new))
            await send(message)

        await self.app(scope, receive, with_headers)


def cookie_name(settings: SiteSettings, name: str) -> str:
    """A cookie's name; over HTTPS one that only this host can have set."""
    return f"__Host-{name}" if settings.secure else name


def _cookie(settings: SiteSettings, value: str) -> str:
    secure = "; Secure" if settings.secure else ""
    name = cookie_name(settings, "form")
    return f"{name}={value}; Path=/; Max-Age={YEAR_SECONDS}; HttpOnly; SameSite=Lax{secure}"


def csrf_token(request: HTTPConnection) -> str:
    """A token for a form of this page; the answer sets the cookie that it goes with, if there is none."""
    cookie = _cookie_of(request)
    if cookie is None:
        cookie = request.state.new_form_cookie = secrets.token_urlsafe(24)
    salt = secrets.token_hex(16)
    return f"{salt}.{_mac(site_of(request).key, salt, cookie)}"


def csrf_holds(request: HTTPConnection, token: str | None) -> bool:
    """Whether a form's token is one of ours for this browser."""
    cookie = _cookie_of(request)
    salt, _, mac = (token or "").partition(".")
    if cookie is None or not mac:
        return False
    return hmac.compare_digest(mac.encode(), _mac(site_of(request).key, salt, cookie).encode())


async def csrf_checked(request: Request) -> None:
    """A dependency of routes that act: refuses a form without its token, and one of another site."""
    sent = request.headers.get("x-form-token")
    if sent is None:
        form = await request.form()
        field = form.get(TOKEN)
        sent = field if isinstance(field, str) else None
    if request.headers.get("sec-fetch-site") == "cross-site" or not csrf_holds(request, sent):
        noted(request, "form-refused", None, route=route_of(request))
        raise HTTPException(
            403, "this form is too old, or not from this site; go back, reload it and send it again"
        )


def _cookie_of(request: HTTPConnection) -> str | None:
    new: str | None = getattr(request.state, "new_form_cookie", None)
    return new or request.cookies.get(cookie_name(settings_of(request), "form"))


def _mac(key: bytes, salt: str, cookie: str) -> str:
    return hmac.new(key, f"form\n{salt}\n{cookie}".encode(), sha256).hexdigest()


def key_in(path: Path) -> bytes:
    """The site's key, 32 bytes; made, for the owner's eyes alone, where there is none.

    Raises ``InputError`` when it can be neither read nor made.
    """
    try:
        with path.open("rb") as file:
            found = file.read()
    except FileNotFoundError:
        return _new_key(path)
    except OSError as error:
        raise InputError(
            str(path), f"cannot be read ({error.strerror})", "name another by --secret-file"
        ) from error
    if len(found) < 32:
        raise InputError(str(path), "is no key: too short", "remove it, and a new one is made")
    return found


def _new_key(path: Path) -> bytes:
    key = secrets.token_bytes(32)
    partial = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(key)
        try:
            os.link(partial, path)  # of several workers that start at once, one makes it
        except FileExistsError:
            return path.read_bytes()
        finally:
            partial.unlink()
    except OSError as error:
        raise InputError(
            str(path), f"cannot be made ({error.strerror})", "name another by --secret-file"
        ) from error
    return key
