"""Article -> Reading: sentences, one encoder pass, attributions, event reports."""

from __future__ import annotations

from pathlib import Path
from typing import Self

from dateline.read import dyads
from dateline.read.attributions import attributions
from dateline.read.encoder import Encoder
from dateline.read.events import events
from dateline.read.sentences import split
from dateline.types import Article, Range, Reading

MODEL = Path(__file__).parent.parent / "model"
"""The model that the package carries."""


class Reader:
    """Reads articles with one model. Not to be shared between processes; load one in each."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    @classmethod
    def load(cls, path: Path | None = None, threads: int | None = None) -> Self:
        """From a folder with the model's files (the package's own by default).

        ``threads`` is the number of cores that the encoder may use, all of them by default.
        Raises ModelError where a file is missing or does not load.
        """
        return cls(Encoder(path or MODEL, threads))

    @property
    def digest(self) -> str:
        """The model's digest, sixteen hexadecimal digits."""
        return self._encoder.digest

    def read(self, article: Article) -> Reading:
        """Read an article's body for attributions and event reports."""
        body = article.body or ((0, len(article.text)),)
        sentences = split(article.text, body)
        pieces = self._encoder.worker.pieces(article.text, sentences)
        if not len(pieces):
            return Reading(article, self.digest, tuple(sentences))
        encoded = self._encoder.encode(pieces)
        settings = self._encoder.settings
        said = attributions(self._encoder, article, pieces, encoded, settings)
        reports = events(self._encoder, article, pieces, encoded, said, settings)
        return Reading(article, self.digest, tuple(sentences), tuple(said), tuple(reports))

    def dyad(self, text: str, source: Range | None, target: Range | None) -> tuple[str, float]:
        """The root code of what a source does to a target in a sentence, and its chance.

        CONCEDE and RETREAT are answered as YIELD. The two spans are marked and read by a
        pass of their own.
        """
        marked = dyads.encode(self._encoder.worker, text, source, target)
        chances = self._encoder.dyad(marked.ids.tolist(), marked.marks)
        best = int(chances.argmax())
        return dyads.ROOTS[best], float(chances[best])
