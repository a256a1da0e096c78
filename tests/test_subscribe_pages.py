"""Subscribing as a reader does it: pages, forms, links of mails."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from visitors import enter, form_token, leave, record, send, site, visited

from dateline.site.subscribe import outbox, subscriptions
from dateline.site.subscribe.links import token
from dateline.site.subscribe.pages import _now
from dateline.site.subscribe.subscriptions import Subscription

ANA = "ana@example.org"
MAIL = {"smtp_host": "127.0.0.1", "mail_from": "Dateline <news@site.example>"}


@pytest.fixture
def client(empty_file: Path, tmp_path: Path) -> Iterator[TestClient]:
    path = tmp_path / "record.db"
    path.write_bytes(empty_file.read_bytes())
    with visited(path, webhook_networks="127.0.0.0/8", **MAIL) as client:
        yield client


def by_mail(client: TestClient, address: str = ANA) -> list[Subscription]:
    with record(client).reading() as connection:
        return subscriptions.of_address(connection, address)


def due(client: TestClient) -> list[str]:
    with record(client).reading() as connection:
        return [each.kind for each in outbox.waiting(connection, _now())]


def test_from_the_form_to_the_end(client: TestClient) -> None:
    page = client.get("/subscribe?type=AID")
    assert "/incidents.atom?type=AID" in page.text and "aid" in page.text
    asked = send(client, "/subscribe/mail", "/subscribe?type=AID", address=ANA, view="type=AID", pace="daily")
    assert asked.status_code == 200 and ANA in asked.text
    (known,) = by_mail(client)
    assert (known.state, known.view, known.pace, due(client)) == ("pending", "type=AID", "daily", ["confirm"])
    confirm = f"/confirm/{token(site(client).key, 'confirm', known.id)}"
    assert "Do you want these news?" in client.get(confirm).text
    assert by_mail(client)[0].state == "pending", "a GET does not act"
    assert "You are subscribed" in client.post(confirm).text
    assert by_mail(client)[0].state == "active"
    assert "You are subscribed" in client.get(confirm).text
    end = f"/unsubscribe/{token(site(client).key, 'unsubscribe', known.id)}"
    assert "Unsubscribe?" in client.get(end).text
    assert len(by_mail(client)) == 1, "a GET does not act"
    leave(client)
    one_click = client.post(end, data={"List-Unsubscribe": "One-Click"})
    assert one_click.status_code == 200 and by_mail(client) == []
    assert "not subscribed" in client.get(end).text
    assert "run out" in client.get(confirm).text


def test_whether_an_address_is_known_is_not_told(client: TestClient) -> None:
    fields = {"address": ANA, "view": "", "pace": "once"}
    answers = {send(client, "/subscribe/mail", "/subscribe", **fields).text for _ in range(5)}
    assert len(answers) == 1
    (known,) = by_mail(client)
    with record(client).reading() as connection:
        assert len(outbox.of_subscription(connection, known.number, 9)) == 3


def test_what_was_typed_is_still_there_when_it_is_refused(client: TestClient) -> None:
    answer = send(
        client, "/subscribe/mail", "/subscribe", address="ana at home", view="type=AID", pace="weekly"
    )
    assert answer.status_code == 422
    assert 'value="ana at home"' in answer.text and "is no mail address" in answer.text
    assert 'value="weekly" checked' in answer.text and 'value="type=AID"' in answer.text


def test_too_many_from_one_place_are_refused(client: TestClient) -> None:
    answers = [
        send(client, "/subscribe/mail", "/subscribe", address=f"a{n}@example.org", view="", pace="once")
        for n in range(11)
    ]
    assert [each.status_code for each in answers] == [200] * 10 + [429]


@pytest.mark.parametrize("path", ["/confirm/x", "/unsubscribe/x.y", "/confirm/%2e%2e", "/unsubscribe/a.b"])
def test_a_link_that_is_not_whole_does_nothing(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == client.post(path).status_code == 404


def test_forms_of_other_sites_are_refused(client: TestClient) -> None:
    enter(client, "reader")
    for path in ("/subscribe/mail", "/subscriptions/webhooks", "/subscriptions/tokens"):
        fields = {"address": ANA, "view": "", "pace": "once", "target": "http://127.0.0.1:9999/", "name": "x"}
        assert client.post(path, data=fields).status_code == 403
    assert by_mail(client) == []


def test_webhooks_are_for_those_who_are_signed_in(client: TestClient) -> None:
    assert client.get("/subscriptions").status_code == 303
    assert "Sign in" in client.get("/subscribe").text
    number = enter(client, "reader")
    fields = {"target": "http://127.0.0.1:9999/hook", "view": "type=AID"}
    made = send(client, "/subscriptions/webhooks", "/subscriptions", **fields)
    assert made.status_code == 201 and "whsec_" in made.text and made.headers["cache-control"] == "no-store"
    assert "whsec_" not in client.get("/subscriptions").text, "it is shown once"
    with record(client).reading() as connection:
        (known,) = subscriptions.of_account(connection, number)
    act = f"/subscriptions/webhooks/{known.id}"
    assert send(client, f"{act}/test", "/subscriptions").status_code == 303
    assert due(client) == ["test"]
    enter(client, "moderator")
    assert send(client, f"{act}/remove", "/subscriptions").status_code == 404, "another's"
    client.cookies.clear()
    with record(client).reading() as connection:
        assert subscriptions.by_id(connection, known.id) is not None


def test_a_webhook_of_an_inner_network_is_refused(client: TestClient) -> None:
    enter(client, "reader")
    for target in (
        "http://10.0.0.1/",
        "https://169.254.169.254/latest",
        "https://[::1]/",
        "file:///etc/passwd",
    ):
        answer = send(client, "/subscriptions/webhooks", "/subscriptions", target=target, view="")
        assert answer.status_code == 422 and 'role="alert"' in answer.text


def test_a_token_is_shown_once_and_removed(client: TestClient) -> None:
    enter(client, "analyst")
    made = send(client, "/subscriptions/tokens", "/subscriptions", name="my script")
    assert made.status_code == 201 and "dateline_" in made.text
    page = client.get("/subscriptions").text
    assert "dateline_" not in page and "my script" in page
    path = page.split('action="/subscriptions/tokens/')[1].split('"')[0]
    assert send(client, f"/subscriptions/tokens/{path}", "/subscriptions").status_code == 303
    assert "my script" not in client.get("/subscriptions").text


def test_a_site_without_a_mail_server_says_so(empty_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    path.write_bytes(empty_file.read_bytes())
    with visited(path) as client:
        assert "sends no mail" in client.get("/subscribe").text
        enter(client, "reader")
        form = {
            "form_token": form_token(client, "/subscriptions"),
            "address": ANA,
            "view": "",
            "pace": "once",
        }
        assert client.post("/subscribe/mail", data=form).status_code == 404


def test_a_view_that_is_none_is_refused(client: TestClient) -> None:
    assert client.get("/subscribe?type=NONE").status_code == 400
