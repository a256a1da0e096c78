from __future__ import annotations

from collections.abc import Iterator

import pytest
from logs import TEXT, article, claims, read, report
from peopled import (
    ANALYST,
    ARTICLE,
    DENIED,
    INCIDENT,
    KILLED,
    KILLED_TOO,
    MODERATOR,
    SHELLED,
    Visitor,
    fill,
    site,
)

from dateline.site.people.desk import identity_in, ranges
from dateline.types import Claim

CLAIM = f"/desk/claims/{KILLED.id}"


def claim(visitor: Visitor) -> Claim:
    (found,) = (each for each in visitor.record.incident(KILLED.id).claims if each.id == KILLED.id)
    return found


def seen(visitor: Visitor, page: str = CLAIM) -> str:
    return str(visitor.get(page).text.split('name="seen" value="')[1].split('"')[0])


def test_a_value_is_corrected_by_other_words(visitor: Visitor) -> None:
    visitor.sign_in(ANALYST)
    start = TEXT.index("Ostrel")
    fields = {"field": "place", "value": "Ostrel", "at": f"{start}-{start + 6}", "reason": "said below"}
    answer = visitor.post(CLAIM, **fields, seen=seen(visitor))
    assert answer.headers["location"] == f"{CLAIM}?done=place"
    assert "place is now Ostrel" in visitor.get(answer.headers["location"]).text
    (decision,) = claim(visitor).corrections
    assert (decision.by, decision.reason) == (ANALYST, "said below")
    number = {"field": "killed", "value": "3-5", "words": "six", "reason": "bounds"}
    assert visitor.post(CLAIM, **number).status_code == 303
    assert (claim(visitor).event.killed[0].low, claim(visitor).event.killed[0].high) == (3, 5)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"value": "x", "reason": "y"}, "Please choose what is to be corrected."),
        ({"field": "place", "reason": "y"}, "Please enter what it should be."),
        ({"field": "place", "value": "Ostrel"}, "Please say why; it stays in the log."),
        ({"field": "place", "value": "Ostrel", "reason": "y" * 1001}, "shorten the reason to 1,000 signs"),
        ({"field": "place", "value": "Nowhere", "reason": "y"}, "does not have the words"),
        ({"field": "killed", "value": "many", "reason": "y"}, "is no number"),
        ({"field": "place", "value": "Ostrel", "reason": "y", "at": "here"}, "is no place of the text"),
    ],
)
def test_what_cannot_be_is_told_and_what_was_entered_stays(
    visitor: Visitor, fields: dict[str, str], told: str
) -> None:
    visitor.sign_in(ANALYST)
    answer = visitor.post(CLAIM, **fields)
    assert answer.status_code == 422 and told in answer.text
    assert f'value="{fields.get("value", "")}"' in answer.text


def test_two_analysts_on_one_event_lose_nothing(visitor: Visitor) -> None:
    ana, mo = visitor, Visitor(visitor.app)
    ana.sign_in(ANALYST)
    mo.sign_in(MODERATOR)
    before = seen(mo)
    ana.post(CLAIM, field="status", value="future", reason="only planned", seen=before)
    overtaken = mo.post(CLAIM, field="status", value="negated", reason="denied by all", seen=before)
    assert overtaken.status_code == 409
    assert "Others decided about this" in overtaken.text and "only planned" in overtaken.text
    assert 'value="denied by all"' in overtaken.text and "Decide nonetheless" in overtaken.text
    assert claim(visitor).event.status == "future"
    now = overtaken.text.split('name="seen" value="')[1].split('"')[0]
    mo.post(CLAIM, field="status", value="negated", reason="denied by all", seen=now)
    assert claim(visitor).event.status == "negated"
    log = [(d.by, d.reason) for entry in visitor.record.entries() for d in entry.decisions]
    assert log == [(ANALYST, "only planned"), (MODERATOR, "denied by all")]


def test_incidents_are_merged_parted_and_put_together_again(visitor: Visitor) -> None:
    visitor.sign_in(ANALYST)
    other = "i" + KILLED_TOO.id[1:]
    page = f"/desk/incidents/{INCIDENT}"
    merged = visitor.post(f"{page}/merge", other=f"http://testserver/incidents/{other}#c1", reason="one raid")
    assert merged.status_code == 303 and len(visitor.record.incident(INCIDENT).claims) == 4
    assert "is one incident already" in visitor.post(f"{page}/merge", other=other, reason="x").text
    assert "is one incident already" in visitor.post(f"{page}/unsure", other=other, reason="x").text
    parted = visitor.post(f"{page}/split", claims=[DENIED.id], reason="another matter")
    assert parted.status_code == 303 and len(visitor.record.incident(DENIED.id).claims) < 4
    decision = visitor.record.entries()[-1].decisions[0].id
    assert decision in visitor.get(page).text
    undone = visitor.post(f"/desk/decisions/{decision}/undo", reason="a slip", back=page)
    assert undone.headers["location"] == page and len(visitor.record.incident(INCIDENT).claims) == 4
    nothing = visitor.post(f"{page}/split", reason="none chosen")
    assert nothing.status_code == 422 and "name some of its claims" in nothing.text
    without = visitor.post(f"{page}/split", claims=[DENIED.id], reason="")
    assert "Please say why" in without.text and f'value="{DENIED.id}" checked' in without.text


def test_one_may_be_unsure(visitor: Visitor) -> None:
    visitor.sign_in(ANALYST)
    asked = {"other": KILLED_TOO.id, "reason": "who knows"}
    assert visitor.post(f"/desk/incidents/{INCIDENT}/unsure", **asked).status_code == 303
    decision = visitor.record.entries()[-1].decisions[0]
    assert (decision.kind, decision.by) == ("unsure", ANALYST)


def test_events_are_confirmed_and_links_judged(visitor: Visitor) -> None:
    visitor.sign_in(ANALYST)
    assert visitor.post("/desk/events", claim=KILLED.id, reason="clear").status_code == 303
    assert claim(visitor).corrections[0].field == "type"
    pair = {"one": KILLED.id, "other": KILLED_TOO.id, "reason": "one raid"}
    assert visitor.post("/desk/links", **pair, kind="merged").status_code == 422
    assert visitor.post("/desk/links", **pair, kind="same").status_code == 303
    assert visitor.record.incident(KILLED.id).id == visitor.record.incident(KILLED_TOO.id).id


def test_what_was_decided_about_a_claim_that_is_gone_waits(visitor: Visitor) -> None:
    visitor.sign_in(ANALYST)
    visitor.post(CLAIM, field="status", value="future", reason="only <planned>")
    visitor.post("/desk/links", one=SHELLED.id, other=KILLED_TOO.id, kind="different", reason="two places")
    assert "Every decision has its claim." in visitor.get("/desk").text
    now = read(article(), [report(TEXT, "denied"), report(TEXT, "Gunmen")], model="m2")
    visitor.record.add(now)
    page = visitor.get("/desk").text.split('id="left-title"')[1]
    denied, gunmen = claims(now)
    assert "status is future" in page and "only &lt;planned&gt;" in page and "different happenings" in page
    assert "<mark>killed</mark>" in page and f'href="/articles/{ARTICLE}"' in page
    links = [f'href="/desk/claims/{each.id}#trigger"' for each in (gunmen, denied)]
    assert page.index(links[0]) < page.index(links[1])
    assert f'href="/desk/incidents/i{denied.id[1:]}"' in page
    corrected, parted = visitor.record.stranded()
    undo = f"/desk/decisions/{corrected.id}/undo"
    long = visitor.post(undo, reason="y" * 1001, decision=corrected.id)
    assert long.status_code == 422 and "shorten the reason" in long.text and "y" * 1001 in long.text
    assert visitor.post(undo, reason="read anew").headers["location"] == "/desk"
    assert visitor.record.stranded() == [parted]
    assert "status is future" not in visitor.get("/desk").text
    visitor.record.redact(ARTICLE, ANALYST, "asked for")
    assert "Its words were erased with its article" in visitor.get("/desk").text


def test_what_is_decided_anew_waits_no_more(visitor: Visitor) -> None:
    visitor.sign_in(ANALYST)
    visitor.post(CLAIM, field="status", value="future", reason="only planned")
    now = read(article(), [report(TEXT, "denied"), report(TEXT, "Gunmen")], model="m2")
    visitor.record.add(now)
    (left,) = visitor.record.stranded()
    nearest = claims(now)[1]
    assert "the new decision takes the old one's place" in visitor.get("/desk").text
    page = f"/desk/claims/{nearest.id}"
    answer = visitor.post(page, field="status", value="future", reason="as before", seen=seen(visitor, page))
    assert answer.status_code == 303
    assert "Every decision has its claim." in visitor.get("/desk").text
    assert visitor.record.entries()[-1].decisions[0].supersedes == (left.id,)


@pytest.fixture
def visitor_of_either(target: str) -> Iterator[Visitor]:
    """A visitor of a site over a record in either database."""
    fill(target)
    app = site(target)
    yield Visitor(app)
    app.state.site.record.close()


def test_a_comment_on_a_claim_that_is_gone_waits(visitor_of_either: Visitor) -> None:
    visitor = visitor_of_either
    start = TEXT.index("killed six")
    on = {"about": ARTICLE, "start": str(start), "end": str(start + 10)}
    made = visitor.comment("Were they <five>?", **on, proof=visitor.proof()).json()
    whole = visitor.comment("And why?", once="two", about="i" + SHELLED.id[1:], proof=visitor.proof()).json()
    visitor.sign_in(ANALYST)
    path = f"/desk/comments/{made['id']}"
    assert "Every comment has its claim." in visitor.get("/desk").text
    assert visitor.post(path, reason="x").status_code == 404
    visitor.record.add(read(article(), [report(TEXT, "denied")], model="m2"))
    page = visitor.get("/desk").text.split('id="adrift-title"')[1]
    assert "Were they &lt;five&gt;?" in page and "<mark>killed</mark>" in page and "And why?" in page
    assert "Please say why" in visitor.post(path, reason="").text
    for each in (made, whole):
        answer = visitor.post(f"/desk/comments/{each['id']}", reason="about all of it")
        assert answer.headers["location"] == "/desk#adrift"
    assert "Every comment has its claim." in visitor.get("/desk").text
    told = visitor.get(f"/articles/{ARTICLE}").text
    assert "Were they &lt;five&gt;?" in told and "And why?" in told
    visitor.sign_in(MODERATOR)
    assert "left with the article – about all of it" in visitor.get("/moderation?state=shown").text


def propose(visitor: Visitor, **fields: str) -> str:
    writer = Visitor(visitor.app)
    asked = {"claim": KILLED.id, "field": "place", "value": "Ostrel"} | fields
    return str(writer.comment("See below.", **asked, proof=writer.proof()).json()["id"])


def test_an_accepted_correction_credits_the_reader(visitor: Visitor) -> None:
    comment = propose(visitor, credit="yes")
    visitor.sign_in(ANALYST)
    assert "should be <b>Ostrel</b>" in visitor.get("/desk").text
    path = f"/desk/proposals/{comment}"
    assert visitor.post(path, act="accept", reason="it stands there").status_code == 303
    (decision,) = claim(visitor).corrections
    assert decision.by == ANALYST and decision.reason == "Rosa Quill proposed it: it stands there"
    assert "should be <b>Ostrel</b>" not in visitor.get("/desk").text
    assert visitor.post("/desk/proposals/m0", act="accept", reason="x").status_code == 404


def test_a_reader_need_not_be_named_and_may_be_declined(visitor: Visitor) -> None:
    visitor.sign_in(ANALYST)
    visitor.post(f"/desk/proposals/{propose(visitor)}", act="accept", reason="yes")
    assert claim(visitor).corrections[0].reason == "a reader proposed it: yes"
    declined = propose(visitor, value="The army")
    visitor.post(f"/desk/proposals/{declined}", act="decline", reason="it was not there")
    assert (
        len(claim(visitor).corrections) == 1
        and "The army" not in visitor.get("/desk").text.split("Unsure")[0]
    )


def test_what_is_not_there_is_not_found(visitor: Visitor) -> None:
    visitor.sign_in(ANALYST)
    for path in ("/desk/claims/c00000", "/desk/incidents/i00000", "/desk/claims/x"):
        assert visitor.get(path).status_code == 404


def test_places_and_ids_are_understood() -> None:
    assert ranges("1-5 7-9") == ((1, 5), (7, 9)) and ranges("") == ()
    for wrong in ("1", "a-b", "1-", "-5"):
        with pytest.raises(ValueError, match="is no place of the text"):
            ranges(wrong)
    assert identity_in(" https://x.example/incidents/i12?a=b#c ") == identity_in("i12/") == "i12"
