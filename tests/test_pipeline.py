"""The way from a page to its reading, with a scripted extractor and reader."""

from __future__ import annotations

from dataclasses import replace

import pytest
from readings import READING

from dateline.errors import InputError, SkippedInput
from dateline.pipeline import Options, confident, dated, name_of, pipeline, read_item
from dateline.types import Article, Attribution, EventReport, Page, Reading, Toponym

TEXT = "Orlin council says guards fired on a convoy."
ARTICLE = Article("orlin", TEXT, body=((0, len(TEXT)),), language="en")


class Extracts:
    def __init__(self, article: Article) -> None:
        self.article = article

    def extract(self, page: Page, published: str | None = None) -> Article:
        return dated(replace(self.article, id=page.address), published)


class Reads:
    def read(self, article: Article) -> Reading:
        said = Attribution("a1", (), (article.span(14, 18),), (article.span(19, 43),), "indirect", 0.4)
        fired = EventReport(
            "e1",
            article.span(26, 31),
            "ASSAULT",
            "",
            "actual",
            0.9,
            "A",
            attributions=("a1",),
            answers=("B",),
        )
        convoy = EventReport("e2", article.span(37, 43), "MOBILIZE", "", "actual", 0.3, "B")
        return Reading(article, "fake", attributions=(said,), events=(fired, convoy))


class Resolves:
    def resolve(self, reading: Reading) -> Reading:
        sure, unsure = (Toponym(0, 5, "Orlin", confidence=confidence) for confidence in (0.9, 0.4))
        return replace(reading, places=(sure, unsure))


class Joins:
    def joined(self, reading: Reading) -> Reading:
        return reading


def read(item: Page | Article, options: Options = Options(), article: Article = ARTICLE) -> Reading:  # noqa: B008
    return read_item(item, Extracts(article), Reads(), Resolves(), Joins(), options)


def test_a_page_is_extracted_and_read() -> None:
    reading = read(Page("orlin.html", b"<p>"), Options(published="2031-05-04"))
    assert reading.article.id == "orlin.html"
    assert (reading.article.published, reading.article.published_from) == ("2031-05-04", "option")
    assert [event.id for event in reading.events] == ["e1", "e2"]
    assert len(reading.places) == 2


@pytest.mark.parametrize(
    ("own", "option", "expected"),
    [
        ("2031-05-01", "2031-05-04", ("2031-05-01", "input")),
        (None, "2031-05-04", ("2031-05-04", "option")),
        (None, None, (None, None)),
    ],
)
def test_published_is_the_articles_then_the_options_then_unknown(
    own: str | None, option: str | None, expected: tuple[str | None, str | None]
) -> None:
    article = replace(ARTICLE, published=own, published_from="input" if own else None)
    read_article = read(article, Options(published=option)).article
    assert (read_article.published, read_article.published_from) == expected


@pytest.mark.parametrize("language", [None, "en", "en-GB", "EN_us"])
def test_english_and_unknown_languages_are_read(language: str | None) -> None:
    assert read(replace(ARTICLE, language=language)).events


def test_another_language_is_skipped_unless_asked_for() -> None:
    french = replace(ARTICLE, language="fr")
    with pytest.raises(SkippedInput, match=r"^orlin: skipped, as its language is 'fr'.*--any-language"):
        read(french)
    assert read(french, Options(any_language=True)).events


@pytest.mark.parametrize("article", [Article("empty", ""), Article("blank", " \n ", body=((0, 3),))])
def test_a_page_without_an_article_is_an_error(article: Article) -> None:
    with pytest.raises(InputError, match="no article text was found"):
        read(article)


def test_confident_drops_what_is_below_and_links_to_it() -> None:
    reading = read(ARTICLE, Options(min_confidence=0.5))
    assert [event.id for event in reading.events] == ["e1"]
    assert reading.attributions == ()
    assert reading.events[0].attributions == ()
    assert reading.events[0].answers == ()
    assert [toponym.confidence for toponym in reading.places] == [0.9]
    assert confident(reading, 0.0) == reading


def test_what_was_read_before_is_not_read_again() -> None:
    """Nor is the model loaded for it; another confidence may be asked for."""
    with pipeline(Options()) as way:
        assert way(READING) is READING
    with pipeline(Options(min_confidence=0.9)) as way:
        assert [event.id for event in way(READING).events] == ["e2", "e3", "e5"]
    assert name_of(READING) == READING.article.id
