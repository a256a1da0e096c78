"""The task ``happenings``: which of an article's event reports are of one happening, gold's reports given.

Gold's reports are resolved in what the reader makes of the article, its view is taken at their triggers, and
they are grouped as those that it finds itself. ``incident`` is counted as in the task ``events``, of which
this is what the grouping does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from dateline.evaluation import events
from dateline.evaluation.events import load, save
from dateline.evaluation.metrics import Figures
from dateline.types import Reading

__all__ = ["answering", "figures", "load", "save"]


@contextmanager
def answering(model: Path | None) -> Iterator[tuple[Callable[[Reading], Reading], str | None]]:
    """What groups gold's reports, and the digest of the model whose view it takes."""
    from dateline.evaluation.given import read_at
    from dateline.link.within import Happenings
    from dateline.read.encoder import Encoder
    from dateline.read.reading import MODEL, Reader
    from dateline.read.sentences import split
    from dateline.resolve.claims import Resolver

    encoder, resolver, happenings = Encoder(model or MODEL), Resolver.load(), Happenings.load()
    reader = Reader(encoder)

    def answer(gold: Reading) -> Reading:
        if not gold.events:
            return gold
        article, triggers = gold.article, [event.trigger for event in gold.events]
        seen = read_at(encoder, article, split(article.text, article.body), triggers)
        reports = (
            replace(event, happening=mine.happening, vector=mine.vector, alike=mine.alike)
            for event, mine in zip(gold.events, seen.events, strict=True)
        )
        read = replace(reader.read(article), events=tuple(reports))
        return happenings.joined(resolver.resolve(read))

    yield answer, encoder.digest


def figures(gold: Mapping[str, Reading], answers: Mapping[str, Reading]) -> Figures:
    """The figure that the module's docstring defines."""
    return {"incident": events.figures(gold, answers)["incident"]}
