from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import pytest

from dateline.errors import InputError
from dateline.site.settings import SiteSettings, variable


def test_settings_come_back_from_the_environment_that_they_make() -> None:
    told = replace(SiteSettings(), record="x.db", indexed=True, show_text="full", title="Our record")
    assert SiteSettings.of(told.environment()) == told
    assert SiteSettings.of({}) == SiteSettings()


@pytest.mark.parametrize(
    ("name", "value", "remedy"),
    [
        ("DATELINE_INDEXED", "yes", "write one of true, false"),
        ("DATELINE_SHOW_TEXT", "some", "write one of evidence, full"),
    ],
)
def test_a_bad_value_is_named_with_what_is_allowed(name: str, value: str, remedy: str) -> None:
    with pytest.raises(InputError, match=f"{name}={value}: is not allowed; {remedy}"):
        SiteSettings.of({name: value})


def test_every_setting_is_documented() -> None:
    told = (Path(__file__).parents[1] / "docs" / "site.md").read_text("utf-8")
    assert [variable(each) for each in fields(SiteSettings) if variable(each) not in told] == []


def test_the_key_lies_beside_the_record() -> None:
    assert SiteSettings(record="/srv/news.db").secret_path == Path("/srv/news.secret")
    assert SiteSettings(record="postgresql://host/name").secret_path == Path("dateline.secret")
    assert SiteSettings(secret_file="/etc/key").secret_path == Path("/etc/key")


def test_cookies_are_secure_over_https() -> None:
    assert SiteSettings(base_url="https://news.example").secure
    assert not SiteSettings().secure
