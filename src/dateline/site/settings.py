"""What the operator of a site decides, read from the environment, so that every worker has the same."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import Field, dataclass, fields
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_type_hints

from dateline.errors import InputError

PREFIX = "DATELINE_"
ShowText = Literal["evidence", "full"]
SmtpSecurity = Literal["starttls", "tls", "none"]


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """A site's settings, each with what it decides.

    Each is also a variable of the environment: ``DATELINE_`` and its name in capitals.
    """

    record: Annotated[str, "the record, a file or the URL of a database"] = "dateline.db"
    base_url: Annotated[str, "where readers reach the site; links in feeds and mail begin so"] = (
        "http://127.0.0.1:8000"
    )
    title: Annotated[str, "the name of the site"] = "Dateline"
    contact: Annotated[str, "a mail address or URL for readers who want something corrected or erased"] = ""
    show_text: Annotated[ShowText, "what the public sees of an article: evidence, or full"] = "evidence"
    indexed: Annotated[bool, "whether search engines may list the pages"] = False
    require_second_factor: Annotated[bool, "whether analysts and moderators need a second factor"] = False
    secret_file: Annotated[str, "the key for forms and second factors; made where it is missing"] = ""
    smtp_host: Annotated[str, "the server that takes mail; without it nobody subscribes by mail"] = ""
    smtp_port: Annotated[int, "its port"] = 587
    smtp_security: Annotated[SmtpSecurity, "how it is spoken to: starttls, tls, or none"] = "starttls"
    smtp_user: Annotated[str, "who signs in there; empty for nobody"] = ""
    smtp_password: Annotated[str, "with which password"] = ""
    mail_from: Annotated[str, "whom mail is from, such as Dateline <news@example.org>"] = ""
    webhook_networks: Annotated[str, "inner networks that webhooks may reach, with commas between"] = ""
    deliver: Annotated[bool, "whether serve delivers subscriptions too, without dateline deliver"] = False

    @classmethod
    def of(cls, environment: Mapping[str, str] = os.environ) -> SiteSettings:
        """The settings of an environment. Raises ``InputError`` for a value that a setting cannot have."""
        kinds = get_type_hints(cls)
        given = {each.name: environment.get(variable(each)) for each in fields(cls)}
        return cls(
            **{name: _value(name, text, kinds[name]) for name, text in given.items() if text is not None}
        )

    def environment(self) -> dict[str, str]:
        """The variables that ``of`` makes equal settings of."""
        return {variable(each): _text(getattr(self, each.name)) for each in fields(self)}

    @property
    def secure(self) -> bool:
        """Whether readers come by HTTPS, so that cookies may say so."""
        return self.base_url.startswith("https://")

    @property
    def secret_path(self) -> Path:
        """Where the key lies: beside the record, unless told otherwise."""
        if self.secret_file:
            return Path(self.secret_file)
        beside = Path("dateline") if "://" in self.record else Path(self.record)
        return beside.with_suffix(".secret")


def variable(setting: Field[Any]) -> str:
    """The environment's variable of a setting."""
    return PREFIX + setting.name.upper()


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _value(name: str, text: str, kind: Any) -> Any:
    """A variable's text as the setting's type."""
    allowed = ("true", "false") if kind is bool else get_args(kind)
    if allowed and text not in allowed:
        raise InputError(
            f"{PREFIX}{name.upper()}={text}", "is not allowed", f"write one of {', '.join(allowed)}"
        )
    if kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            raise InputError(f"{PREFIX}{name.upper()}={text}", "is no number", "write one") from None
    return text == "true" if kind is bool else text
