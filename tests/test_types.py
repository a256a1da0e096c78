from __future__ import annotations

import dataclasses

import pytest

from dateline import types
from dateline.types import Article, Count, Span


def test_a_span_holds_as_many_characters_as_it_spans() -> None:
    assert Span(4, 7, "Örl").text == "Örl"
    for start, end, text in ((4, 7, "Orlin"), (-1, 2, "Orl"), (7, 4, "")):
        with pytest.raises(ValueError, match="cannot hold"):
            Span(start, end, text)


def test_a_toll_is_a_span_too() -> None:
    assert Count(0, 6, "dozens").value is None
    with pytest.raises(ValueError, match="cannot hold"):
        Count(0, 3, "dozens")


def test_an_article_gives_its_words() -> None:
    assert Article("x", "𝒪rlin fell.").span(0, 5) == Span(0, 5, "𝒪rlin")


def test_every_type_is_frozen() -> None:
    kinds = [kind for kind in vars(types).values() if dataclasses.is_dataclass(kind)]
    assert len(kinds) > 5
    assert all(kind.__dataclass_params__.frozen for kind in kinds)  # type: ignore[union-attr]
