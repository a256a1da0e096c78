from __future__ import annotations

from peopled import ARTICLE, INCIDENT, JSON, KILLED, MODERATOR, READER, Visitor
from sqlalchemy import select

from dateline.record.engine import writing
from dateline.site.people import moderation
from dateline.site.people.tables import comments


def kept(visitor: Visitor) -> list[tuple[str | None, str | None, str]]:
    with visitor.record.engine.connect() as connection:
        columns = comments.c
        rows = connection.execute(
            select(columns.name, columns.words, columns.state).order_by(columns.comment)
        )
        return [tuple(row) for row in rows]


def test_a_comment_with_a_proof_is_shown(visitor: Visitor) -> None:
    answer = visitor.comment("Five, <b>not</b> six.", proof=visitor.proof())
    told = answer.json()
    assert (answer.status_code, told["state"]) == (201, "shown")
    assert "Five, &lt;b&gt;not&lt;/b&gt; six." in told["html"]
    page = visitor.get(told["link"])
    assert "Everybody sees it." in page.text and page.headers["cache-control"] == "no-store"
    assert visitor.get(told["link"], **JSON).json()["state"] == "shown"


def test_without_a_proof_it_is_held_and_its_writer_sees_why(visitor: Visitor) -> None:
    answer = visitor.post("/comments", about=INCIDENT, words="Five.", name="Rosa Quill", once="one")
    assert answer.status_code == 303
    page = visitor.get(answer.headers["location"])
    assert "A moderator looks at it first." in page.text and "human check" in page.text
    assert visitor.get(answer.headers["location"][:-4] + "0000").status_code == 404


def test_sent_twice_it_is_there_once(visitor: Visitor) -> None:
    first, again = (visitor.comment(proof=visitor.proof()) for _ in range(2))
    assert first.json()["id"] == again.json()["id"] and len(kept(visitor)) == 1
    visitor.comment("Edited.", proof=visitor.proof())
    assert [words for _, words, _ in kept(visitor)] == ["Edited."]
    other = Visitor(visitor.app)
    other.comment("By somebody else.", proof=other.proof())
    assert len(kept(visitor)) == 2


def test_a_proof_counts_once_and_another_is_asked_for(visitor: Visitor) -> None:
    proof = visitor.proof()
    assert visitor.comment(proof=proof).status_code == 201
    again = visitor.comment("Other.", once="two", proof=proof)
    assert (again.status_code, again.json()) == (409, {"again": "proof"})
    assert visitor.comment(once="three", proof="nonsense").status_code == 409
    page = visitor.post("/comments", about=INCIDENT, words="Kept words", name="R", proof=proof)
    assert page.status_code == 409 and "Kept words" in page.text
    assert len(kept(visitor)) == 1


def test_faults_are_told_beside_their_fields(visitor: Visitor) -> None:
    assert visitor.comment("", name="").json()["faults"] == {
        "words": "Please enter your comment",
        "name": "Please enter your name",
    }
    page = visitor.post("/comments", about=INCIDENT, words="Kept words", name="")
    assert page.status_code == 422 and "Kept words" in page.text
    assert 'id="comment-name-error" data-error="name">Please enter your name' in page.text
    assert 'aria-invalid="true" autofocus' in page.text


def test_what_is_needed_is_said_before_sending(visitor: Visitor) -> None:
    page = visitor.get(f"/comments/new?about={INCIDENT}").text
    assert "Please enter your comment" in page and "Please enter your name" in page
    assert 'aria-describedby="comment-words-hint comment-words-error"' in page


def test_who_is_signed_in_comments_under_that_name(visitor: Visitor) -> None:
    visitor.sign_in(READER)
    assert visitor.comment(name="Somebody Else").json()["state"] == "shown"
    assert kept(visitor) == [(READER, "Were they five?", "shown")]
    page = visitor.get("/account").text
    assert "Were they five?" in page
    mine = visitor.client.get("/account").text.split("/comments/")[1].split('"')[0]
    assert visitor.get(f"/comments/{mine}").status_code == 200
    stranger = Visitor(visitor.app)
    assert stranger.get(f"/comments/{mine}").status_code == 404
    stranger.comment(name=READER.upper(), proof=stranger.proof())
    assert kept(visitor)[-1][2] == "held"


def test_a_blocked_writer_is_told_why(visitor: Visitor) -> None:
    with writing(visitor.record.engine) as connection:
        moderation.block(connection, "name", "rosa quill", "Mo", "only advertisements")
    answer = visitor.comment(proof=visitor.proof())
    assert answer.status_code == 403 and "only advertisements" in answer.json()["problem"]
    assert kept(visitor) == []


def test_many_comments_have_to_wait(visitor: Visitor) -> None:
    answers = [visitor.comment(f"{n}", once=f"{n}") for n in range(13)]
    assert [answer.status_code for answer in answers] == [201] * 12 + [429]
    assert answers[-1].headers["retry-after"] == "120" and "is kept" in answers[-1].json()["problem"]


def test_a_phrase_must_be_in_the_article(visitor: Visitor) -> None:
    phrase = {"about": ARTICLE, "start": "0", "end": "6"}
    assert visitor.comment(**phrase, proof=visitor.proof()).status_code == 201
    page = visitor.get(f"/comments/new?about={ARTICLE}&start=0&end=6").text
    assert '<blockquote dir="auto">Gunmen</blockquote>' in page
    for start, end in (("6", "0"), ("0", "99999"), ("", "4")):
        expected = 201 if start == "" else 404
        assert visitor.comment(about=ARTICLE, start=start, end=end, once=end).status_code == expected
    assert visitor.comment(about=ARTICLE, start="x").status_code == 400
    assert visitor.comment(about="i" + "0" * 32).status_code == 404
    assert visitor.comment(about="").status_code == 422


def test_a_proposal_is_tried_before_it_is_taken(visitor: Visitor) -> None:
    asked = {"claim": KILLED.id, "field": "place", "credit": "yes"}
    wrong = visitor.comment(**asked, value="Nowhere")
    assert "The article does not have the words" in wrong.json()["faults"]["value"]
    assert visitor.comment(**asked, value="Ostrel", proof=visitor.proof()).status_code == 201
    assert visitor.comment(**asked | {"claim": "c0"}, value="Ostrel").status_code == 404
    page = visitor.get(f"/comments/new?about={INCIDENT}&claim={KILLED.id}").text
    assert "Gunmen killed six guards" in page and "Propose a correction" in page


def test_a_comment_is_erased_by_its_writer(visitor: Visitor) -> None:
    link = visitor.comment("A secret.", proof=visitor.proof()).json()["link"]
    path, _, key = link.partition("?key=")
    assert visitor.post(f"{path}/erase", key="wrong").status_code == 404
    assert visitor.post(f"{path}/erase", key=key).status_code == 303
    assert kept(visitor) == [(None, None, "erased")]
    assert "It is erased." in visitor.get(link).text


def test_drafts_are_kept_for_who_is_signed_in(visitor: Visitor) -> None:
    visitor.sign_in(READER)
    page = f"comment:{INCIDENT}"
    headers = {"X-Form-Token": visitor.token()}
    for words in ("Half a sen", "Half a sentence"):
        saved = visitor.client.put(
            "/drafts", json={"page": page, "fields": {"words": words}}, headers=headers
        )
        assert saved.json() == {"kept": True}
    assert visitor.get(f"/drafts?page={page}").json()["words"]["words"] == "Half a sentence"
    assert "Half a sentence" in visitor.get(f"/comments/new?about={INCIDENT}").text
    visitor.comment("A whole sentence.")
    assert visitor.get(f"/drafts?page={page}").json() == {}
    other = Visitor(visitor.app)
    other.sign_in(MODERATOR)
    assert other.get(f"/drafts?page={page}").json() == {}


def test_a_comment_outlives_the_cookie_of_its_form(visitor: Visitor) -> None:
    proof = visitor.proof()
    visitor.client.cookies.clear()
    answer = visitor.client.post(
        "/comments",
        data={
            "about": INCIDENT,
            "words": "Typed yesterday",
            "name": "R",
            "proof": proof,
            "form_token": "old",
        },
        headers=JSON,
    )
    assert answer.json()["state"] == "shown"
