"""The example pages are twelve, differ, and say what examples/README.md says of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html

EXAMPLES = Path(__file__).parent.parent / "examples"
PAGES = sorted((EXAMPLES / "pages").glob("*.html"))


def words(page: Path) -> str:
    """The words of a page and of its metadata, in its declared encoding, blanks run together."""
    tree = html.fromstring(page.read_bytes())
    return " ".join(" ".join([tree.text_content(), *tree.xpath("//@content | //@datetime")]).split())


def article(page: Path) -> str:
    """The words of a page's long lines, which are its article."""
    lines = html.fromstring(page.read_bytes()).text_content().splitlines()
    return "\n".join(line for line in lines if len(line) > 150)


def table() -> list[tuple[str, list[str]]]:
    """The rows of the README's table: the page, and the words that it is said to hold."""
    lines = (EXAMPLES / "README.md").read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if re.match(r"\| \S+\.html \|", line)]
    return [(row.split("|")[1].strip(), re.findall("`([^`]+)`", row)) for row in rows]


def test_there_are_twelve_and_each_has_its_row() -> None:
    assert len(PAGES) == 12
    assert {page for page, _ in table()} == {page.name for page in PAGES}


@pytest.mark.parametrize(("name", "quoted"), table())
def test_a_page_says_what_the_table_says(name: str, quoted: list[str]) -> None:
    said = words(EXAMPLES / "pages" / name).casefold()
    assert [each for each in quoted if each.casefold() not in said] == []


def test_no_two_articles_are_the_same() -> None:
    assert len({article(page) for page in PAGES}) == len(PAGES)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_an_article_has_the_length_of_one(page: Path) -> None:
    assert 250 <= len(article(page).split()) <= 600


def test_the_encodings_are_the_declared_ones() -> None:
    pages = {page.stem: page.read_bytes() for page in PAGES}
    assert "Café Zdenka" in pages["brenik-dostrea-today"].decode("windows-1252")
    assert pages["brenik-lunova-post"].startswith(b"\xef\xbb\xbf")
    for name in pages.keys() - {"brenik-dostrea-today"}:
        assert pages[name].decode("utf-8")
    assert any(character > "\uffff" for character in pages["corrin-skell-radio"].decode("utf-8"))
