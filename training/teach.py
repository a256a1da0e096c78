"""Texts that nobody annotated, read by one or several models: what a student learns from besides.

    python -m training.teach --data ../shared/data --model A --model B --out runs/taught.npz

The teachers' chances are averaged and kept as chances: a student that learns them agrees with
the teachers where they are sure and stays as doubtful as they are. The parties that they find in
one sentence are typed by them, or by the models given as ``--dyads``.
"""

from __future__ import annotations

import argparse
import pickle
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from dateline.ontology import FLAT_MODES, ROLES, STATUSES, TYPES, root
from dateline.read import bio, dyads, frames, pairs
from dateline.read.encoder import Encoder, EventScores
from dateline.read.frames import EVENT_REACH
from dateline.read.sentences import split
from dateline.read.tokens import Pieces
from dateline.types import Range
from training import corpora
from training.corpora import Document, Dyad, Event, Frame, Soft

LEAST = 0.3
"""How sure the teachers must be of a trigger for its frame to be taught."""
MOST = 48
"""Events of a text that are taught; each costs memory."""
FILLED, MEMBER = 0.4, 0.3
"""The least chance of a party of a taught dyad, and of its pieces."""
SMALL = 1e-4
LONGEST = 600
"""Characters of a taught dyad's sentence."""


@dataclass(frozen=True, slots=True)
class Taught:
    """What a student learns: texts, and sentences with two parties."""

    documents: Sequence[Document] = ()
    dyads: Sequence[Dyad] = ()


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


def between(text: str, document: Document, teachers: Sequence[Encoder]) -> Iterator[Dyad]:
    """The parties of a taught text's events that stand in one sentence, typed by the teachers' dyad heads.

    Their chances are averaged as logarithms.
    """
    pieces, seen = document.pieces, set[tuple[Range, Range]]()
    sentences = split(text, [(0, len(text))])
    for event, source, target in _parties(document):
        at = int(pieces.starts[event.frame.trigger[0]])
        low, high = next(s for s in sentences if s[0] <= at < s[1])
        if (source, target) in seen or high - low > LONGEST:
            continue
        seen.add((source, target))
        words = text[low:high]
        ends = [(start - low, end - low) for start, end in (source, target)]
        each = [dyads.chances(t, words, *ends) for t in teachers]
        mean = np.exp(np.mean(np.log(np.array(each) + SMALL), 0))
        yield Dyad(words, *ends, root(event.type), tuple((mean / mean.sum()).tolist()))


def _parties(document: Document) -> Iterator[tuple[Event, Range, Range]]:
    """Events with the characters of actor and recipient, where both stand in the trigger's sentence."""
    pieces, events, soft = document.pieces, document.events, document.soft
    if not events or not soft:
        return
    laid = frames.candidates(pieces, [e.frame.trigger for e in events], EVENT_REACH)
    for i, event in enumerate(events):
        ends = []
        for role in ("actor", "recipient"):
            chances = soft.roles[i, :, ROLES.index(role)].astype(np.float32)
            found = frames.decode(laid, i, chances, FILLED, MEMBER)
            sentence = pieces.sentence[event.frame.trigger[0]]
            ends += [
                (int(pieces.starts[f.start]), int(pieces.ends[f.end - 1]))
                for f in found
                if pieces.sentence[f.start] == pieces.sentence[f.end - 1] == sentence
            ][:1]
        if len(ends) == 2 and (ends[0][1] <= ends[1][0] or ends[1][1] <= ends[0][0]):
            yield event, ends[0], ends[1]


def load(path: Path) -> Taught:
    """What ``main`` wrote."""
    with path.open("rb") as file:
        found: Taught = pickle.load(file)
    return found


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, action="append", required=True)
    parser.add_argument(
        "--dyads",
        type=Path,
        action="append",
        default=[],
        help="what types dyads, if not the same; may be repeated",
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--longest", type=int, default=5000, help="characters of a text that are read")
    given = parser.parse_args()
    teachers = [Encoder(folder) for folder in given.model]
    typing = list(map(Encoder, given.dyads)) or teachers
    documents, found = list[Document](), list[Dyad]()
    for i, text in enumerate(corpora.unannotated(given.data)):
        documents.append(taught(text[: given.longest], f"taught-{i}", teachers))
        found += between(text[: given.longest], documents[-1], typing)
        if i % 100 == 0:
            print(i, sum(len(d.events or []) for d in documents), len(found), flush=True)
    with given.out.open("wb") as file:
        pickle.dump(Taught(documents, found), file)


if __name__ == "__main__":
    main()
