"""Number words and their values."""

import pytest

from dateline.read.counts import value


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("three", 3),
        ("at least 11", 11),
        ("1,200", 1200),
        ("12 000", 12000),
        ("2 million", 2_000_000),
        ("two hundred and five", 205),
        ("twenty-one", 21),
        ("a dozen", 12),
        ("two dozen", 24),
        ("half a million", 500_000),
        ("both", 2),
        ("a man", 1),
        ("Captain Ana Brandt", 1),
        ("one of the guards", 1),
        ("a 10-year-old girl", 1),
        ("Sam Reyes (42)", 1),
        ("dozens", None),
        ("several dozen", None),
        ("soldiers", None),
    ],
)
def test_values(words: str, expected: int | None) -> None:
    assert value(words) == expected
