from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from dateline.site.people.plain import html, links


def test_lines_and_paragraphs_are_kept() -> None:
    assert html("one\ntwo\r\n\r\nthree") == "<p>one<br>two</p><p>three</p>"
    assert html("  ") == "<p></p>"


def test_addresses_become_links_that_promise_nothing() -> None:
    told = html("see https://wire.example/a?b=1&c=2, or (http://x.example).")
    assert told.count('rel="nofollow ugc noopener noreferrer"') == 2
    assert 'href="https://wire.example/a?b=1&amp;c=2"' in told and told.endswith("</a>).</p>")
    assert links("javascript:alert(1) ftp://x.example data:text/html,x") == []


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        'https://x.example/"onmouseover=alert(1)//',
        "<a href='javascript:alert(1)'>x</a>",
        "https://x.example/<svg/onload=alert(1)>",
        "&lt;script&gt;",
    ],
)
def test_markup_is_shown_as_it_was_typed(words: str) -> None:
    made = lxml_html.fragment_fromstring(html(words), create_parent="div")
    assert made.text_content() == words
    assert {element.tag for element in made.iter()} <= {"div", "p", "a", "br"}
    assert {name for element in made.iter() for name in element.attrib} <= {"href", "rel"}


@given(st.text(max_size=200))
def test_nothing_but_paragraphs_and_links_comes_out(words: str) -> None:
    made = html(words + " https://x.example/" + words)
    parsed = lxml_html.fragment_fromstring(str(made).replace("\x00", ""), create_parent="div")
    assert {element.tag for element in parsed.iter()} <= {"div", "p", "a", "br"}
