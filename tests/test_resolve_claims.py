"""A reading resolved part by part, each failing alone."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from readings import ARTICLE, EVENTS, READING, count

from dateline.errors import InputError
from dateline.resolve import claims, tables
from dateline.resolve.claims import Resolver, home_of
from dateline.show import jsonl
from dateline.types import (
    Actor,
    Article,
    Count,
    DatePhrase,
    EventReport,
    Filler,
    Place,
    Reading,
    Toponym,
    When,
)

PARTS = {"counted": "numbers", "dated": "dates", "with_places": "places", "with_actors": "actors"}
UNREAD = replace(READING, events=(replace(EVENTS[5], injured=(count("11", None), count("dozens", None))),))


def resolver() -> Resolver:
    return Resolver(None, tables.load())  # type: ignore[arg-type]


@pytest.fixture
def order(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The parts by name as they are done, none of them doing anything."""
    done: list[str] = []

    def part(name: str) -> Callable[..., Reading]:
        return lambda reading, *_: done.append(name) or reading  # type: ignore[func-returns-value]

    for function, name in PARTS.items():
        monkeypatch.setattr(claims, function, part(name))
    return done


def test_the_parts_come_in_their_order(order: list[str]) -> None:
    assert resolver().resolve(READING) == READING
    assert order == ["numbers", "dates", "places", "actors"]


@pytest.mark.parametrize("function", PARTS)
def test_a_part_that_fails_is_named_and_leaves_the_others_be(
    function: str, order: list[str], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_: Any) -> Reading:
        raise KeyError("Orlin")

    monkeypatch.setattr(claims, function, fails)
    assert resolver().resolve(READING) == READING
    assert order == [name for name in PARTS.values() if name != PARTS[function]]
    (warning,) = [record for record in caplog.records if record.levelno == logging.WARNING]
    assert warning.getMessage() == (
        f"{ARTICLE.id}: its {PARTS[function]} could not be resolved (KeyError: 'Orlin')"
    )


@pytest.mark.usefixtures("order")
def test_each_part_sees_what_those_before_it_found(monkeypatch: pytest.MonkeyPatch) -> None:
    phrase, toponym = DatePhrase(0, 8, "Minister"), Toponym(0, 8, "Minister")
    monkeypatch.setattr(claims, "dated", lambda reading, _: replace(reading, dates=(phrase,)))
    monkeypatch.setattr(claims, "with_places", lambda reading, *_: replace(reading, places=(toponym,)))
    found = resolver().resolve(READING)
    assert (found.dates, found.places) == ((phrase,), (toponym,))


def test_the_tolls_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claims, "with_places", lambda reading, *_: reading)
    (event,) = resolver().resolve(UNREAD).events
    assert [(toll.value, toll.low) for toll in event.injured] == [(11, 11), (None, 24)]


@pytest.mark.parametrize(
    ("url", "country"),
    [
        ("https://www.courier.example/orlin-raid", "CHE"),
        ("https://elsewhere.example/", None),
        ("orlin.html", None),
        (None, None),
    ],
)
def test_the_publishers_country_is_known_by_the_address(
    url: str | None, country: str | None, tmp_path: Path
) -> None:
    own = tmp_path / "publishers.tsv"
    own.write_text(
        "domain\tname\tcountry\tzone\tscale\tsource\n"
        "courier.example\tThe Orlin Courier\tCHE\tEurope/Zurich\tlocal\tinvented\n"
    )
    assert home_of(replace(ARTICLE, url=url), tables.load(own)) == country


def test_a_bad_table_of_the_users_is_refused(tmp_path: Path) -> None:
    bad = tmp_path / "mine.tsv"
    bad.write_text("no\tsuch\tcolumns\n")
    with pytest.raises(InputError, match=r"mine\.tsv:1: names the columns of no table"):
        Resolver.load(tables=[bad])


def test_an_article_is_resolved_by_the_package_s_own_tables() -> None:
    text = "Police arrested at least 11 people in Geneva, Switzerland on Friday."
    article = Article("geneva", text, published="2024-03-14", language="en", body=((0, len(text)),))

    def filler(words: str) -> Filler:
        start = text.index(words)
        return Filler(start, start + len(words), words, 0.9)

    people = filler("11 people")
    event = EventReport(
        "e1", article.span(7, 15), "COERCE", "arrest", "actual", 0.9, "A",
        actor=(filler("Police"),), recipient=(people,), place=(filler("Geneva"),), date=(filler("Friday"),),
        injured=(Count(people.start, people.end, people.text, 0.5),),
    )  # fmt: skip
    reading = Reading(article, "fake", sentences=((0, len(text)),), events=(event,))
    resolved = Resolver.load().resolve(reading)
    (told,) = resolved.events
    police, geneva, friday = (getattr(told, role)[0].resolved for role in ("actor", "place", "date"))
    assert isinstance(police, Actor) and police.sector == "COP"
    assert isinstance(geneva, Place) and (geneva.country, round(geneva.lat)) == ("CHE", 46)
    assert isinstance(friday, When) and friday.start == friday.end == "2024-03-08"
    assert told.when == friday and told.injured[0].value == 11
    assert [t.text for t in resolved.places] == ["Geneva", "Switzerland"]
    assert police.id in {actor.id for actor in resolved.actors} and resolved.dates
    assert jsonl.decode(jsonl.encode(resolved)) == resolved
