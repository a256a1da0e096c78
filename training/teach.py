"""Texts that nobody annotated, read by one or several models: what a student learns from besides.

    python -m training.teach --data ../shared/data --model A --model B --out runs/taught.npz

The teachers' chances are averaged and kept as chances: a student that learns them agrees with
the teachers where they are sure and stays as doubtful as they are.
"""

from __future__ import annotations

import argparse
import pickle
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from dateline.ontology import FLAT_MODES, ROLES, STATUSES, TYPES
from dateline.read import bio, frames, pairs
from dateline.read.encoder import Encoder, EventScores
from dateline.read.frames import EVENT_REACH
from dateline.read.sentences import split
from dateline.read.tokens import Pieces
from dateline.types import Range
from training import corpora
from training.corpora import Document, Event, Frame, Soft

LEAST = 0.3
"""How sure the teachers must be of a trigger for its frame to be taught."""
MOST = 48
"""Events of a text that are taught; each costs memory."""


def taught(text: str, name: str, teachers: Sequence[Encoder]) -> Document:
    """A text with the mean of the teachers' chances."""
    pieces = teachers[0].worker.pieces(text, split(text, [(0, len(text))]))
    encoded = [t.encode(pieces) for t in teachers]
    triggers = np.mean([e.triggers for e in encoded], 0)
    found = bio.decode(triggers, LEAST)[:MOST]
    ranges = [(f.start, f.end) for f in found]
    events = [_event(text, pieces, f) for f in found]
    soft = Soft(triggers.astype(np.float16), *_scores(pieces, ranges, events, teachers, encoded))
    return Document(name, "taught", pieces, events=events, soft=soft)


def _event(text: str, pieces: Pieces, found: bio.Found) -> Event:
    start, end = pieces.starts[found.start], pieces.ends[found.end - 1]
    nothing: list[list[Range]] = []
    frame = Frame((found.start, found.end), nothing, nothing)
    return Event(frame, text[start:end].lower(), TYPES[found.kind], "", "actual", "", ())


def _scores(
    pieces: Pieces,
    ranges: Sequence[Range],
    events: Sequence[Event],
    teachers: Sequence[Encoder],
    encoded: Sequence[object],
) -> tuple[np.ndarray, ...]:
    """The teachers' mean chances of roles, status, mode and pairs."""
    if not ranges:
        shapes = ((0, 1, len(ROLES), 3), (0, len(STATUSES)), (0, len(FLAT_MODES)), (0, 2))
        return tuple(np.zeros(shape, dtype=np.float16) for shape in shapes)
    laid = frames.candidates(pieces, ranges, EVENT_REACH)
    first, last = [r[0] for r in ranges], [r[1] - 1 for r in ranges]
    scores: list[EventScores] = [
        t.events(e.vectors, first, last, laid)  # type: ignore[attr-defined]
        for t, e in zip(teachers, encoded, strict=True)
    ]
    roles = np.mean([s.roles for s in scores], 0) * laid.known[:, :, None, None]
    status, mode = (np.mean([getattr(s, n) for s in scores], 0) for n in ("status", "mode"))
    mentions = [pairs.Mention(e.words, e.type, int(pieces.sentence[e.frame.trigger[0]])) for e in events]
    left, right = pairs.ordered(len(mentions))
    features = pairs.features(mentions, left, right)
    both = (
        np.mean([t.pairs(s.vectors, left, right, features) for t, s in zip(teachers, scores, strict=True)], 0)
        if len(left)
        else np.zeros((0, 2))
    )
    return tuple(a.astype(np.float16) for a in (roles, status, mode, both))


def load(path: Path) -> list[Document]:
    """What ``main`` wrote."""
    with path.open("rb") as file:
        documents: list[Document] = pickle.load(file)
    return documents


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, action="append", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--longest", type=int, default=5000, help="characters of a text that are read")
    given = parser.parse_args()
    teachers = [Encoder(folder) for folder in given.model]
    out = []
    for i, text in enumerate(corpora.unannotated(given.data)):
        out.append(taught(text[: given.longest], f"taught-{i}", teachers))
        if i % 100 == 0:
            print(i, sum(len(d.events or []) for d in out), flush=True)
    with given.out.open("wb") as file:
        pickle.dump(out, file)


if __name__ == "__main__":
    main()
