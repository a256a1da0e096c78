"""Subscriptions by mail: what stands in the mails, and how they are sent."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from urllib.parse import urlsplit

from dateline.show.wording import counted, shortened, words
from dateline.site.changes import Change
from dateline.site.settings import SiteSettings
from dateline.site.subscribe.links import token
from dateline.site.subscribe.news import view_of
from dateline.site.subscribe.outbox import Delivery, Undelivered
from dateline.site.subscribe.subscriptions import Subscription
from dateline.site.titles import title, view

TIMEOUT_SECONDS = 30
PACES = {"once": "at once", "daily": "once a day", "weekly": "once a week"}


def confirmation(
    settings: SiteSettings, key: bytes, to: Subscription, delivery: Delivery, now: datetime
) -> EmailMessage:
    """The mail that asks whether its address wants the news; without an answer nothing more is sent.

    It holds no word of whoever asked, or strangers could have us write to anybody: the page says what is
    subscribed to.
    """
    link = f"{settings.base_url}/confirm/{token(key, 'confirm', to.id)}"
    body = (
        f"Somebody, probably you, asked for news from {settings.title} by mail, {PACES[to.pace]}.\n\n"
        f"This page tells of what. Open it within two days and confirm, if you want them:\n\n    {link}\n\n"
        "If not, do nothing: you will get no more mail, and your address will be forgotten.\n"
    )
    return _message(settings, to, delivery, now, "Please confirm your subscription", body)


def news(
    settings: SiteSettings,
    key: bytes,
    to: Subscription,
    delivery: Delivery,
    told: Sequence[Change],
    now: datetime,
) -> EmailMessage:
    """The mail with what is new, and the way to unsubscribe with one click (RFC 8058)."""
    link = f"{settings.base_url}/unsubscribe/{token(key, 'unsubscribe', to.id)}"
    asked = view_of(to.view)
    query = asked.query() and f"?{asked.query()}"
    body = "\n".join(
        (
            f"{counted(len(told), 'incident')} new or changed: {view(asked)}",
            f"{settings.base_url}/{query}",
            "",
            *(_told(settings, each, delivery) for each in told),
            "--",
            f"You asked for this {PACES[to.pace]}. Unsubscribe: {link}",
            "",
        )
    )
    first = f" and {len(told) - 1} more" if len(told) > 1 else ""
    message = _message(settings, to, delivery, now, f"{title(told[0].brief)}{first}", body)
    message["List-Unsubscribe"] = f"<{link}>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return message


def _told(settings: SiteSettings, each: Change, delivery: Delivery) -> str:
    brief = each.brief
    change = "new" if each.began > delivery.since else "changed"
    sources = f"{counted(brief.articles, 'article')}, {counted(brief.origins, 'independent source')}"
    return (
        f"* {title(brief)} ({change})\n"
        f"  “{shortened(words(brief.headline), 300)}”\n"
        f"  {sources}. {settings.base_url}/incidents/{brief.id}\n"
    )


def _message(
    settings: SiteSettings, to: Subscription, delivery: Delivery, now: datetime, subject: str, body: str
) -> EmailMessage:
    message = EmailMessage()
    message["From"] = settings.mail_from
    message["To"] = to.target
    message["Subject"] = f"{words(settings.title)}: {words(subject)}"
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{delivery.id}@{urlsplit(settings.base_url).hostname}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(body.encode("utf-8", "replace").decode())
    return message


def send(settings: SiteSettings, message: EmailMessage) -> None:
    """Hand a mail to the server of the settings. Raises ``Undelivered`` when it does not take it."""
    if not (settings.smtp_host and settings.mail_from):
        raise Undelivered("there is no mail server; set DATELINE_SMTP_HOST and DATELINE_MAIL_FROM")
    try:
        with _server(settings) as server:
            server.send_message(message, from_addr=parseaddr(settings.mail_from)[1])
    except smtplib.SMTPRecipientsRefused as error:
        code, reason = next(iter(error.recipients.values()))
        raise Undelivered(_reason(code, reason), for_good=code >= 500) from error
    except smtplib.SMTPResponseException as error:
        raise Undelivered(_reason(error.smtp_code, error.smtp_error)) from error
    except (smtplib.SMTPException, OSError) as error:
        raise Undelivered(f"the mail server: {error}") from error


@contextmanager
def _server(settings: SiteSettings) -> Iterator[smtplib.SMTP]:
    """The server, spoken to as the settings say. How it takes leave does not matter any more."""
    where, context = (settings.smtp_host, settings.smtp_port), ssl.create_default_context()
    server: smtplib.SMTP
    if settings.smtp_security == "tls":
        server = smtplib.SMTP_SSL(*where, timeout=TIMEOUT_SECONDS, context=context)
    else:
        server = smtplib.SMTP(*where, timeout=TIMEOUT_SECONDS)
    try:
        if settings.smtp_security == "starttls":
            server.starttls(context=context)
        if settings.smtp_user:
            server.login(settings.smtp_user, settings.smtp_password)
        yield server
    finally:
        with suppress(smtplib.SMTPException, OSError):
            server.quit()
        server.close()


def _reason(code: int, told: bytes | str) -> str:
    text = told.decode("utf-8", "replace") if isinstance(told, bytes) else told
    return f"the mail server answered {code} {words(text)}"[:300]
