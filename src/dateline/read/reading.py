"""Article -> Reading: sentences, one encoder pass, attributions, event reports."""

from __future__ import annotations

from pathlib import Path
from typing import Self

from dateline.ontology import INCIDENT_ROLES
from dateline.read import dyads, incidents
from dateline.read.attributions import attributions
from dateline.read.calibration import calibrated
from dateline.read.encoder import Encoder
from dateline.read.events import events
from dateline.read.incidents import Entity
from dateline.read.names import mentions
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
        sentences = split(article.text, _body(article))
        pieces = self._encoder.worker.pieces(article.text, sentences)
        if not len(pieces):
            return Reading(article, self.digest, tuple(sentences))
        encoded = self._encoder.encode(pieces)
        settings = self._encoder.settings
        said = attributions(self._encoder, article, pieces, encoded, settings)
        reports = calibrated(
            events(self._encoder, article, pieces, encoded, said, settings), settings["calibration"]
        )
        named = mentions(article, pieces, encoded, settings)
        return Reading(
            article, self.digest, tuple(sentences), tuple(said), tuple(reports), mentions=tuple(named)
        )

    def incidents(self, article: Article) -> dict[str, list[Entity]]:
        """MUC-4's role fillers of an article as a whole, surest first."""
        pieces = self._encoder.worker.pieces(article.text, split(article.text, _body(article)))
        if not len(pieces):
            return {role: [] for role in INCIDENT_ROLES}
        settings = self._encoder.settings["incidents"]
        chances = self._encoder.encode(pieces).parts
        found = incidents.mentions(article, pieces, chances, settings["member"])
        return incidents.entities(article.text, found, settings)

    def dyad(self, text: str, source: Range | None, target: Range | None) -> tuple[str, float]:
        """The root code of what a source does to a target in a sentence, and its chance.

        CONCEDE and RETREAT are answered as YIELD.
        """
        chances = dyads.chances(self._encoder, text, source, target)
        best = int(chances.argmax())
        return dyads.ROOTS[best], float(chances[best])


def _body(article: Article) -> tuple[Range, ...]:
    return article.body or ((0, len(article.text)),)
