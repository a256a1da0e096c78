"""The page holds every word and every link, and asks nothing of anyone."""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from importlib.resources import files

import pytest
from hypothesis import given, settings
from readings import ARTICLE, ORLIN, PARAGRAPHS, READING, RESOLVED, any_reading, hostile

from dateline.show.page import ROLE_LABELS, page
from dateline.types import Reading

CSS = files("dateline.show").joinpath("page.css").read_text(encoding="utf-8")
VOID = {"meta", "link"}


class Parsed(HTMLParser):
    """The page's elements, ids and links, and its text; fails on tags that do not match."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)
        assert self.open == []
        self.ids = [attributes["id"] for _, attributes in self.elements if "id" in attributes]
        self.links = [attributes["href"] for tag, attributes in self.elements if tag == "a"]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def test_every_paragraph_stands_whole_in_the_text() -> None:
    text = Parsed(page([READING])).text
    for paragraph in PARAGRAPHS:
        assert paragraph in text


def test_every_link_has_its_end_and_every_id_is_one() -> None:
    parsed = Parsed(page([READING, RESOLVED]))
    assert max(Counter(parsed.ids).values()) == 1
    for link in parsed.links:
        assert link is not None and link[0] == "#" and link[1:] in parsed.ids


def test_each_report_is_linked_to_its_words_and_back() -> None:
    parsed = Parsed(page([READING]))
    for number in range(1, len(READING.events) + 1):
        assert f"#r1-e{number}-w" in parsed.links and f"#r1-e{number}" in parsed.links
    lit = [attributes["data-m"] or "" for _, attributes in parsed.elements if "data-m" in attributes]
    marks = " ".join(lit).split()
    assert "e3:killed^" in marks and "e3:recipient^" in marks and "a1:content^" in marks


def test_what_words_stand_for_is_beside_them_with_its_reason() -> None:
    html = page([RESOLVED])
    value = f'<b class="value" title="{ORLIN.reason}">Orlin, Halvec, XMV</b>'
    assert f"<span>the Orlin crossing {value}</span>" in html
    assert '<span><b class="value" title="as another mention says">2031-05-03 (inherited)</b></span>' in html


def test_dates_places_and_actors_of_the_article_are_linked_to_their_words() -> None:
    parsed = Parsed(page([RESOLVED]))
    lit = " ".join(attributes["data-m"] or "" for _, attributes in parsed.elements if "data-m" in attributes)
    for card in ("dates1", "dates2", "places1", "places2", "actors1", "actors2"):
        assert f"#r1-{card}-w" in parsed.links and f"r1-{card}-w" in parsed.ids
        assert f"{card}:{card[:-1]}^" in lit
    assert "2 dates" in parsed.text and "2 places" in parsed.text and "2 actors" in parsed.text
    unmentioned = replace(RESOLVED, actors=(replace(RESOLVED.actors[0], mentions=()),))
    assert "#r1-actors1" in Parsed(page([unmentioned])).links


def test_furniture_is_folded_away() -> None:
    html = page([READING])
    assert '<details class="furniture"><summary>3 lines set apart: subscribe, comment (2)' in html
    assert "Please enter your comment!" in html


def test_several_articles_have_an_index() -> None:
    assert "<nav" not in page([READING])
    parsed = Parsed(page([READING, READING]))
    assert "nav" in [tag for tag, _ in parsed.elements]
    assert "2 articles, 12 event reports" in parsed.text


def test_nothing_at_all_can_be_shown() -> None:
    assert "0 articles, 0 event reports" in Parsed(page([])).text


def test_the_page_is_self_contained() -> None:
    html = page([READING])
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', html)
    assert policy is not None and policy[1].startswith("default-src 'none'; ")
    for element in ("style", "script"):
        (inline,) = re.findall(f"<{element}>(.*?)</{element}>", html, re.S)
        digest = b64encode(sha256(inline.encode()).digest()).decode()
        assert f"{element}-src 'sha256-{digest}'" in policy[1]
    for _, attributes in Parsed(html).elements:
        assert not {"src", "style", "onclick"} & set(attributes)
    assert "url(" not in CSS and "@import" not in CSS


def test_what_articles_say_is_never_markup() -> None:
    html = page([hostile()])
    assert "<script>alert" not in html and "&lt;script&gt;alert(1)" in html
    assert "\x1b" not in html and "\u202e" not in html
    html.encode()


@settings(max_examples=50, deadline=None)
@given(any_reading())
def test_any_reading_makes_a_well_formed_page(reading: Reading) -> None:
    html = page([reading])
    html.encode()
    assert Counter(Parsed(html).ids).most_common(1)[0][1] == 1


def variables(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block))


def luminance(color: str) -> float:
    channels = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, two: str) -> float:
    light, dark = sorted((luminance(one), luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_every_colour_of_words_is_readable(theme: int) -> None:
    colors = variables(re.findall(r":root \{(.*?)\}", CSS, re.S)[theme])
    grounds = colors.pop("paper"), colors.pop("card")
    del colors["line"]
    assert len(colors) == 13
    for name, color in colors.items():
        for ground in grounds:
            assert contrast(color, ground) >= 4.5, f"{name} on {ground}"


def test_every_role_has_a_label_and_the_key_explains_those_in_the_text() -> None:
    html = page([READING])
    for role in ("actor", "recipient", "place", "date", "weapon", "source"):
        assert f'<span class="m {role}">{ROLE_LABELS[role]}</span>' in html
    assert ARTICLE.title is not None and f"<title>{ARTICLE.title}</title>" in html
