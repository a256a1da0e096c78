from __future__ import annotations

import pytest
from peopled import ANALYST, JSON, READER, Visitor
from starlette.datastructures import FormData

from dateline.site.people.routes import local, number_in, text_in, texts


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/incidents/i1?a=b", "/incidents/i1?a=b"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example", "/"),
        ("/a\r\nSet-Cookie: b", "/"),
        ("", "/"),
    ],
)
def test_paths_stay_here(path: str, expected: str) -> None:
    assert local(path) == expected


def test_fields_are_read_as_text() -> None:
    form = FormData([("a", "1"), ("b", "x"), ("c", "12345678901")])
    assert (text_in(form, "a"), text_in(form, "z"), texts(form)["b"]) == ("1", "", "x")
    assert (number_in(form, "a"), number_in(form, "b"), number_in(form, "c")) == (1, None, None)


def test_who_is_not_signed_in_is_asked_to(visitor: Visitor) -> None:
    answer = visitor.get("/desk?links=3")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=/desk%3Flinks%3D3")
    assert visitor.get("/desk", **JSON).status_code == 401
    visitor.sign_in(READER)
    refused = visitor.get("/desk")
    assert refused.status_code == 403 and "this is for analysts" in refused.text


def test_a_password_is_not_sent_back_to_who_is_not_signed_in(visitor: Visitor) -> None:
    answer = visitor.post("/account/password", old="kestrels by night", new="x", again="x")
    assert answer.status_code == 401 and "kestrels by night" not in answer.text


def test_what_the_record_lacks_is_not_found(visitor: Visitor) -> None:
    visitor.sign_in(ANALYST)
    answer = visitor.get("/desk/incidents/i0000000")
    assert answer.status_code == 404 and answer.headers["cache-control"] == "no-store"
