"""The visible lines of a page, with hints from their elements."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from dateline.extract import blocks
from dateline.extract.blocks import Line, visible_lines


def lines(body: str) -> list[Line]:
    return visible_lines(html.document_fromstring(f"<html><body>{body}</body></html>"))


def test_a_line_ends_where_a_block_does() -> None:
    found = lines("<p>One <b>and</b> the<br>same</p>two<div>three<p>four</p>five</div>six<!-- no -->seven")
    assert [line.text for line in found] == [
        "One and the",
        "same",
        "two",
        "three",
        "four",
        "five",
        "sixseven",
    ]


def test_what_is_not_shown_is_left_out() -> None:
    found = lines(
        "<script>x()</script>a<style>p{}</style><template><p>t</p></template><input type=hidden value=h>"
    )
    assert [line.text for line in found] == ["a"]


def test_a_form_field_shows_its_placeholder_or_label() -> None:
    found = lines(
        "<form id=respond><label>Name</label><input placeholder=Mail><input type=submit value=Send></form>"
    )
    assert [line.text for line in found] == ["Name", "Mail", "Send"]
    assert all("comment" in line.hints and "label" in line.hints for line in found)


def test_hints_are_the_nearest_first() -> None:
    (line,) = lines("<footer><div class='site share-bar'><a href=x>Copy link</a></div></footer>")
    assert line.hints == ("share", "navigation", "link")
    (line,) = lines("<main><div itemprop=articleBody><p>Talks went on.</p></div></main>")
    assert line.hints == ("content", "article")


def test_only_a_line_mostly_linked_is_a_link() -> None:
    found = lines(
        "<p><a href=x>Talks resume in the capital</a> today</p><p>The talks <a href=x>resumed</a></p>"
    )
    assert ["link" in line.hints for line in found] == [True, False]


def test_the_number_of_lines_is_bounded(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(blocks, "MAX_LINES", 3)
    assert len(lines("<p>a</p>" * 10)) == 3


@settings(deadline=None)
@given(st.text(alphabet="<>/abp \"'=!-\n", max_size=200))
def test_lines_have_no_blanks_around(body: str) -> None:
    assert all(line.text and line.text == " ".join(line.text.split()) for line in lines(body))
