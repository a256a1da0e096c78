from __future__ import annotations

from pathlib import Path

import pytest
from fastapi import Request
from jinja2 import UndefinedError
from visitors import visited

from dateline.site.rendering import asset, environment, render, static_version


def test_templates_are_escaped_and_every_name_must_be_given() -> None:
    made = environment().from_string("{{ words }}")
    assert made.render(words="<b>") == "&lt;b&gt;"
    with pytest.raises(UndefinedError):
        made.render()


def test_every_template_can_be_read() -> None:
    for name in environment().list_templates():
        environment().get_template(name)


def test_no_template_has_script_or_style_of_its_own() -> None:
    source = environment().loader
    assert source is not None
    for name in environment().list_templates(extensions=["html"]):
        text, _, _ = source.get_source(environment(), name)
        assert " style=" not in text, name
        assert "<style" not in text, name
        assert " onclick=" not in text, name
        assert text.count("<script") == text.count("<script type="), name


def test_addresses_of_static_files_have_the_version() -> None:
    assert asset("site.css") == f"/static/{static_version()}/site.css"


def test_a_page_knows_settings_and_reader(empty_file: Path) -> None:
    with visited(empty_file, title="Ours", contact="mailto:desk@news.example") as client:
        scope = {
            "type": "http",
            "app": client.app,
            "headers": [],
            "path": "/x",
            "query_string": b"",
            "state": {},
        }
        request = Request(scope)
        page = render(request, "problem.html", {"status": 404, "problem": "No", "detail": "<x>"}, 404)
    text = bytes(page.body).decode()
    assert page.status_code == 404
    assert "<title>No – Ours</title>" in text
    assert "&lt;x&gt;" in text
    assert "mailto:desk@news.example" in text
