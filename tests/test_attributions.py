"""Attributions: their kinds, and which of them hold a trigger."""

import pytest

from dateline.read.attributions import holders, kind
from dateline.types import Article, Attribution, Span


def spans(text: str, *words: str) -> tuple[Span, ...]:
    return tuple(Article("t", text).span(text.index(w), text.index(w) + len(w)) for w in words)


@pytest.mark.parametrize(
    ("text", "content", "expected"),
    [
        ("“We will answer,” Brandt said.", ["“We will answer,”"], "direct"),
        ('"We will answer," Brandt said.', ['"We will answer,"'], "direct"),
        ("“We will answer,” Brandt said. “Soon.”", ["“We will answer,”", "“Soon.”"], "direct"),
        ("“We will answer,” Brandt said.", ["We will answer"], "direct"),
        (
            "Brandt said that the army would answer “in kind”.",
            ["that the army would answer “in kind”"],
            "mixed",
        ),
        (
            "“We will answer,” she said, and that it would be soon.",
            ["“We will answer,”", "it would be soon"],
            "mixed",
        ),
        ("Brandt said that the army would answer.", ["that the army would answer"], "indirect"),
    ],
)
def test_kinds(text: str, content: list[str], expected: str) -> None:
    assert kind(text, spans(text, *content)) == expected


def test_the_innermost_holder_comes_first() -> None:
    text = "Brandt said that rebels claimed that the raid had failed."
    outer = Attribution(
        "a1", (), (), spans(text, "that rebels claimed that the raid had failed"), "indirect", 1.0
    )
    inner = Attribution("a2", (), (), spans(text, "that the raid had failed"), "indirect", 1.0)
    assert holders([outer, inner], *spans(text, "raid")) == ("a2", "a1")
    assert holders([outer, inner], *spans(text, "claimed")) == ("a1",)
    assert holders([outer, inner], *spans(text, "said")) == ()
