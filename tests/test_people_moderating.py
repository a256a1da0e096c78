from __future__ import annotations

import csv
import io
import json

from peopled import MODERATOR, Visitor

from dateline.site.people.comments import Comment
from dateline.site.people.moderating import csv_lines


def held(visitor: Visitor, **fields: str) -> str:
    return str(Visitor(visitor.app).comment(**fields).json()["id"])


def moderate(visitor: Visitor, comment: str, state: str, **fields: str) -> int:
    return int(visitor.post(f"/moderation/comments/{comment}", state=state, **fields).status_code)


def test_a_comment_goes_through_the_queue(visitor: Visitor) -> None:
    writer = Visitor(visitor.app)
    told = writer.comment("Is this so?").json()
    visitor.sign_in(MODERATOR)
    page = visitor.get("/moderation").text
    assert "Is this so?" in page and "human check" in page
    assert moderate(visitor, told["id"], "refused") == 422
    assert moderate(visitor, told["id"], "refused", reason="x" * 501) == 422
    assert moderate(visitor, told["id"], "refused", reason="It has nothing to do with this.") == 303
    assert "It has nothing to do with this." in writer.get(told["link"]).text
    assert MODERATOR in visitor.get("/moderation?state=refused").text
    assert moderate(visitor, told["id"], "shown") == 303
    assert "Everybody sees it." in writer.get(told["link"]).text
    assert moderate(visitor, told["id"], "erased", reason="asked for by mail") == 303
    assert "Is this so?" not in visitor.get("/moderation?state=erased").text
    assert moderate(visitor, told["id"], "nonsense") == 422 and moderate(visitor, "m0", "shown") == 404


def test_writers_are_blocked_and_freed(visitor: Visitor) -> None:
    comment = held(visitor)
    visitor.sign_in(MODERATOR)
    moderate(visitor, comment, "refused", reason="spam", block="sender")
    stranger = Visitor(visitor.app)
    assert "spam" in stranger.comment(name="Lee").json()["problem"]
    page = visitor.get("/moderation").text
    number = page.split('name="block" value="')[1].split('"')[0]
    visitor.post("/moderation/blocks/lift", block=number)
    assert stranger.comment(name="Lee").status_code == 201
    assert visitor.post("/moderation/blocks", name="Lee", reason="").status_code == 422
    visitor.post("/moderation/blocks", name="LEE", reason="spam again")
    assert stranger.comment("More", name="lee", once="2").status_code == 403


def test_all_comments_come_as_a_file(visitor: Visitor) -> None:
    held(visitor, words="=HYPERLINK(1)", name="+Rosa")
    visitor.sign_in(MODERATOR)
    lines = visitor.get("/moderation/comments.jsonl")
    assert 'filename="comments.jsonl"' in lines.headers["content-disposition"]
    (told,) = map(json.loads, lines.text.splitlines())
    assert (told["words"], told["state"], "sender" in told) == ("=HYPERLINK(1)", "held", False)
    (row,) = csv.DictReader(io.StringIO(visitor.get("/moderation/comments.csv").text))
    assert (row["words"], row["name"]) == ("'=HYPERLINK(1)", "'+Rosa")


def test_an_empty_file_has_its_header() -> None:
    none: list[Comment] = []
    assert "".join(csv_lines(none)).startswith("id,about,start,end,name")
