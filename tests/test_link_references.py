"""What the words before a trigger tell of how it refers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from told_links import VIEW

from dateline.link.references import counted, plural, pointing
from dateline.link.views import View
from dateline.types import Span


def named(text: str, before: str = "") -> View:
    event = replace(VIEW.event, trigger=Span(0, len(text), text))
    return replace(VIEW, event=event, before=before)


@pytest.mark.parametrize(
    ("text", "before", "expected"),
    [
        ("raid", "Guards spoke of the", ("back", "the")),
        ("raid", "Guards spoke of the deadly", ("back", "the")),
        ("raid", "after the army’s", ("back", "army’s")),
        ("raid", "It was the third", ("another", "third")),
        ("raid", "They made a", ("new", "a")),
        ("air raid", "another", ("another", "another")),
        ("raided", "the men who", None),
        ("raid", "", None),
    ],
)
def test_the_nearest_word_that_tells_counts(text: str, before: str, expected: tuple[str, str] | None) -> None:
    assert pointing(named(text, before)) == expected


@pytest.mark.parametrize(
    ("text", "before", "expected"),
    [
        ("raids", "There were three", 3),
        ("raids", "the 12 night", 12),
        ("raids", "two of the worst", None),
        ("raids", "in 2031 the", None),
        ("raid", "the", None),
    ],
)
def test_a_number_stands_right_before(text: str, before: str, expected: int | None) -> None:
    assert counted(named(text, before)) == expected


def test_plurals_end_in_s() -> None:
    assert [plural(named(word)) for word in ("raids", "raid", "siege", "process")] == [
        True,
        False,
        False,
        False,
    ]
