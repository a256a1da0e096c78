"""Pages become articles: text fixed, body and furniture apart, metadata named; hostile ones are refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import InputError
from dateline.extract.article import Extractor, is_html, page_body, with_language
from dateline.types import Article, Page

EXAMPLES = sorted((Path(__file__).parents[1] / "examples" / "pages").glob("*.html"))
PROSE = [
    f"On the {day} day of the siege the defenders of the customs house beat off an attack from the river, "
    f"a spokesman for the governor said."
    for day in ("first", "second", "third", "fourth", "fifth")
]
PAGE = """<!DOCTYPE html><html lang="en"><head><title>Siege of Damosa goes on | Kestrel Wire</title>
<meta property="og:site_name" content="Kestrel Wire"><meta name="author" content="Edda Marsh">
<meta property="article:published_time" content="2024-03-12T11:42:00+01:00">
<link rel="canonical" href="https://kestrel.example/siege"></head><body>
<nav><a href="/">Home</a> <a href="/w">World</a></nav><h1>Siege of Damosa goes on</h1>
<article>PROSE</article>
<div class="newsletter">Subscribe to our newsletter</div>
<form id="respond"><label>Your name</label></form><footer>© 2024 Kestrel Wire. All rights reserved.</footer>
</body></html>""".replace("PROSE", "".join(f"<p>{line}</p>" for line in PROSE))


@pytest.fixture(scope="module")
def extractor() -> Iterator[Extractor]:
    with Extractor() as found:
        yield found


def check(article: Article) -> None:
    """What holds for every article."""
    text = article.text
    text.encode()
    for line in article.furniture:
        assert text[line.start : line.end] == line.text
    ranges = sorted([*article.body, *((line.start, line.end) for line in article.furniture)])
    assert all(0 <= start < end <= len(text) for start, end in ranges)
    assert all(a[1] <= b[0] for a, b in pairwise(ranges))
    assert list(article.body) == sorted(article.body)
    if article.headline:
        assert any(start <= article.headline[0] and article.headline[1] <= end for start, end in article.body)


def test_a_page_is_told_apart(extractor: Extractor) -> None:
    article = extractor.extract(Page("siege.html", PAGE.encode()))
    check(article)
    assert article.headline == (0, 23) and article.title == "Siege of Damosa goes on"
    assert page_body(article).split("\n\n") == PROSE
    assert (article.byline, article.publisher) == ("Edda Marsh", "Kestrel Wire")
    assert (article.published, article.published_from) == (
        "2024-03-12T11:42:00+01:00",
        "meta article:published_time",
    )
    assert (article.url, article.language) == ("https://kestrel.example/siege", "en")
    kinds = {line.text: line.kind for line in article.furniture}
    assert kinds["Subscribe to our newsletter"] == "subscribe" and kinds["Your name"] == "comment"
    assert kinds["© 2024 Kestrel Wire. All rights reserved."] == "copyright"


def test_the_option_fills_in_a_time_and_never_overrules(extractor: Extractor) -> None:
    named = extractor.extract(Page("a.html", PAGE.encode()), published="2020-01-01")
    assert named.published == "2024-03-12T11:42:00+01:00"
    text = Page("a.txt", PROSE[0].encode())
    given = extractor.extract(text, published="2020-01-01")
    assert (given.published, given.published_from) == ("2020-01-01", "option")
    assert extractor.extract(text).published is None


def test_plain_text_is_kept_exactly(extractor: Extractor) -> None:
    text = "Siege of Damosa goes on\r\n\r\n" + "\r\n\r\n".join(PROSE) + "\r\n\r\nShare on Facebook \n"
    article = extractor.extract(Page("-", text.encode()))
    check(article)
    assert article.text == text and article.title == "Siege of Damosa goes on" and article.language == "en"
    assert page_body(article) == "\r\n\r\n".join(PROSE)
    assert [(line.text, line.kind) for line in article.furniture] == [("Share on Facebook", "share")]


def test_ids_are_short_and_of_address_and_text(extractor: Extractor) -> None:
    pages = [
        Page("a/x.txt", b"Talks went on."),
        Page("b/x.txt", b"Talks went on."),
        Page("y.txt", b"Talks went on."),
    ]
    first, moved, other = (extractor.extract(page).id for page in pages)
    assert first == moved != other and len(first) == 16


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\x00\x01\x02" * 99, "not text"),
        (b"<html>" + b"x" * 50_000_000, "larger than 20 MB"),
        (b"<html><body><nav><a href='/'>Home</a></nav></body></html>", "no article"),
        (b"<html><body>" + b"<div>" * 100_000 + b"<p>Deep down.</p>", "no article"),
        (b"<html><body><div " + b" ".join(b'a%d="x"' % i for i in range(100_000)) + b">", "64 KB"),
    ],
)
def test_a_hostile_page_is_refused_in_one_line_and_its_neighbour_read(
    extractor: Extractor, content: bytes, reason: str
) -> None:
    with pytest.raises(InputError, match=reason) as caught:
        extractor.extract(Page("hostile.html", content))
    assert caught.value.name == "hostile.html" and caught.value.remedy and "\n" not in str(caught.value)
    assert page_body(extractor.extract(Page("good.html", PAGE.encode()))).split("\n\n") == PROSE


def test_remarks_before_a_page_are_passed_over_in_time() -> None:
    """For ever, if each remark could end in many places."""
    remarks = "<!---->" * 200
    assert is_html(Page("a", b""), remarks + "<html>") and not is_html(Page("a", b""), remarks + "guards")


def test_a_lying_encoding_is_seen_through(extractor: Extractor) -> None:
    page = PAGE.replace("<head>", '<head><meta charset="iso-8859-1">').replace(
        "customs house", "café “Zdenka”"
    )
    assert "café “Zdenka”" in page_body(extractor.extract(Page("lie.html", page.encode())))


def test_half_a_surrogate_pair_does_not_pass(extractor: Extractor) -> None:
    page = PAGE.replace("Siege of Damosa goes on", "Siege &#xD800; goes on")
    check(extractor.extract(Page("surrogate.html", page.encode())))


@settings(deadline=None, max_examples=50)
@given(st.text())
def test_any_plain_text(extractor: Extractor, text: str) -> None:
    try:
        article = extractor.extract(Page("any.txt", text.encode(), "text/plain"))
    except InputError:
        return
    check(article)
    assert article.text == text.removeprefix("\ufeff") and not article.text.isspace()


@settings(deadline=None, max_examples=50)
@given(st.binary() | st.text(alphabet="<>/hpdivbrtle \"'=!-&;#xD8\n").map(str.encode))
def test_no_bytes_crash(extractor: Extractor, content: bytes) -> None:
    for page in (Page("any", content), Page("any", PAGE.encode().replace(b"siege", content))):
        try:
            check(extractor.extract(page))
        except InputError as error:
            assert "\n" not in str(error)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_examples_have_headline_language_and_prose(extractor: Extractor, path: Path) -> None:
    article = extractor.extract(Page(path.name, path.read_bytes(), "text/html"))
    check(article)
    assert article.headline and article.language == "en" and article.furniture
    assert len(page_body(article).split()) > 250
    json.dumps([line.kind for line in article.furniture])


def test_an_article_that_came_ready_gets_its_language() -> None:
    text = " ".join(PROSE)
    assert with_language(Article("a", text, body=((0, len(text)),))).language == "en"
    assert with_language(Article("a", "Talks", body=((0, 5),))).language is None
    assert with_language(Article("a", text, language="fr")).language == "fr"
