"""The training corpora as one kind of document: pieces, and what is known of them.

Formats and licences are those of the data folder's README. Texts under a non-commercial
clause (re3d's BBC Online) are left out, here and in the annotated articles.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.ontology import ATTRIBUTION_ROLES, FILLERS, MENTIONS, ROLES, root
from dateline.read.incidents import spans_of
from dateline.read.sentences import split
from dateline.read.tokens import Pieces, Pieceworker
from dateline.types import Range

Json = dict[str, Any]
Chances = NDArray[np.float16]
LONGEST = 6000
"""Characters; a longer training text is cut into parts at sentence ends."""

LONGEST_SENTENCE = 600
"""Characters; a longer sentence makes no dyad."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A trigger and its fillers as ranges of pieces; ``doubles`` are places with a filler's words."""

    trigger: Range
    fillers: list[list[Range]]
    doubles: list[list[Range]]


@dataclass(frozen=True, slots=True)
class Event:
    """An annotated event report on pieces."""

    frame: Frame
    words: str
    type: str
    mode: str
    status: str
    happening: str
    answers: tuple[str, ...]


Labelled = tuple[int, int, int]
UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class Soft:
    """A teacher's chances: ``triggers`` [n, 1 + 2 types]; of its t events ``roles`` [t, m, roles, 3],
    ``status`` [t, 4], ``mode`` [t, modes], and ``pairs`` [k, 2] in the order of ``pairs.ordered``."""

    triggers: Chances
    roles: Chances
    status: Chances
    mode: Chances
    pairs: Chances


@dataclass(frozen=True, slots=True)
class Document:
    """A text with its annotations; None where the corpus does not annotate the kind.

    ``spans`` are labelled ranges of pieces for some of the reader's token heads; kind UNKNOWN
    says that any label will do. ``soft`` are a teacher's chances in place of an annotator's labels.
    """

    id: str
    corpus: str
    pieces: Pieces
    events: list[Event] | None = None
    cues: list[Frame] | None = None
    spans: dict[str, list[Labelled]] = field(default_factory=dict)
    soft: Soft | None = None


@dataclass(frozen=True, slots=True)
class Dyad:
    """A sentence with two given spans (or None) and the root code between them.

    ``chances`` [roots] are a teacher's, in place of one root's; empty where people said which it is.
    """

    text: str
    source: Range | None
    target: Range | None
    root: str
    chances: tuple[float, ...] = ()


def read_lines(path: Path) -> Iterator[Json]:
    """The records of a JSON-lines file."""
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def record(data: Path, part: str, worker: Pieceworker) -> list[Document]:
    """The annotated articles."""
    return documents(_free(data, part), worker)


def documents(articles: Iterable[Json], worker: Pieceworker) -> list[Document]:
    """Annotated articles in the record's format."""
    return [_article(a, worker) for a in articles]


def _free(data: Path, part: str) -> Iterator[Json]:
    """The annotated articles as records, without those whose text is under a non-commercial clause."""
    barred = {
        a["text"].strip()
        for p in ("train", "dev")
        for a in read_lines(data / "mentions" / f"{p}.jsonl")
        if a["subcorpus"] == "BBC Online"
    }
    for article in read_lines(data / "record" / f"{part}.jsonl"):
        if article["text"].strip() not in barred:
            yield article


def _article(article: Json, worker: Pieceworker) -> Document:
    text = article["text"]
    pieces = worker.pieces(text, split(text, [(0, len(text))]))
    events = [_event(e, text, pieces) for e in article["events"]]
    return Document(article["id"], article["corpus"], pieces, events=events)


def _event(event: Json, text: str, pieces: Pieces) -> Event:
    spans = [[(f["start"], f["end"]) for f in event[role]] for role in ROLES]
    trigger = event["trigger"]
    doubled = [_doubles(text, s) if role in FILLERS else [] for role, s in zip(ROLES, spans, strict=True)]
    frame = Frame(
        pieces.inside(trigger["start"], trigger["end"]),
        [[pieces.inside(*s) for s in role] for role in spans],
        [[pieces.inside(*s) for s in role] for role in doubled],
    )
    return Event(
        frame,
        trigger["text"].lower(),
        event["type"],
        event["mode"],
        event["status"],
        event["incident"],
        tuple(event["answers"]),
    )


def _doubles(text: str, spans: list[Range]) -> list[Range]:
    """Other places of the text where a filler's words stand."""
    return [
        found.span()
        for start, end in spans
        for found in re.finditer(rf"\b{re.escape(text[start:end])}\b", text, re.IGNORECASE)
        if found.start() != start
    ]


_FREE_GENRES = frozenset(("academic", "bio", "court", "interview", "news", "voyage"))
"""GUM's genres whose licence allows any use."""


def texts(data: Path) -> Iterator[str]:
    """The texts of all train parts, each once, without those under a non-commercial clause."""
    seen: set[str] = set()
    for text in _all_texts(data):
        key = text[:200]
        if key not in seen and text.strip():
            seen.add(key)
            yield text


def unannotated(data: Path) -> Iterator[str]:
    """News texts of the train parts without event reports of their own."""
    known = {a["text"][:200] for a in _free(data, "train")}
    for corpus in ("incidents", "places", "crossdoc", "attribution"):
        for a in read_lines(data / corpus / "train.jsonl"):
            if a["text"][:200] not in known:
                yield a["text"]
    for line in _lines(data / "conflibert" / "insightCrime" / "train.tsv.gz"):
        text = line.split("\t")[0].strip('"')
        if text.strip() and text[:200] not in known:
            yield text


def whole_texts(data: Path) -> Iterator[str]:
    """The whole articles of the train parts that ``annotated`` may point at."""
    for corpus in ("attribution", "incidents", "places", "crossdoc", "gum"):
        yield from (a["text"] for a in read_lines(data / corpus / "train.jsonl"))
    for line in _lines(data / "conflibert" / "insightCrime" / "train.tsv.gz"):
        yield line.split("\t")[0]


def _all_texts(data: Path) -> Iterator[str]:
    yield from (a["text"] for a in _free(data, "train"))
    for corpus in ("attribution", "incidents", "places", "crossdoc"):
        yield from (a["text"] for a in read_lines(data / corpus / "train.jsonl"))
    for a in read_lines(data / "mentions" / "train.jsonl"):
        if a["subcorpus"] != "BBC Online":
            yield a["text"]
    for a in read_lines(data / "gum" / "train.jsonl"):
        if a["genre"] in _FREE_GENRES:
            yield a["text"]
    for name in ("insightCrime/train.tsv.gz", "satp_relevant/train.tsv"):
        yield from (line.split("\t")[0].strip('"') for line in _lines(data / "conflibert" / name))
    yield from _joined(_lines(data / "conflibert" / "IndiaPoliceEvents_sents" / "train.tsv.gz"))


def _lines(path: Path) -> Iterator[str]:
    content = path.read_bytes()
    if path.suffix == ".gz":
        content = gzip.decompress(content)
    yield from content.decode("utf-8").splitlines()


def _joined(lines: Iterator[str]) -> Iterator[str]:
    """Sentences put together again into texts of about a thousand characters."""
    text = ""
    for line in lines:
        text += line.split("\t")[0].strip() + " "
        if len(text) > 1000:
            yield text
            text = ""
    yield text


def attribution(data: Path, part: str, worker: Pieceworker) -> list[Document]:
    """PolNeAR, long articles in parts."""
    return [d for a in read_lines(data / "attribution" / f"{part}.jsonl") for d in _attributed(a, worker)]


def _attributed(article: Json, worker: Pieceworker) -> Iterator[Document]:
    text = article["text"]
    for low, high in _parts(split(text, [(0, len(text))])):
        pieces = worker.pieces(text, split(text, [(low, high)]))
        frames = []
        for a in article["attributions"]:
            if not a["cue"] or not low <= a["cue"][0][0] < high:
                continue
            roles = [[pieces.inside(*s) for s in a[role]] for role in ATTRIBUTION_ROLES]
            roles = [[s for s in role if s[0] < s[1]] for role in roles]
            frames.append(Frame(pieces.inside(*a["cue"][0]), roles, [[], []]))
        yield Document(article["id"], "attribution", pieces, cues=frames)


def _parts(sentences: list[Range]) -> Iterator[Range]:
    start = sentences[0][0]
    for before, after in zip(sentences, [*sentences[1:], None], strict=True):
        if after is None or after[1] - start > LONGEST:
            yield start, before[1]
            start = after[0] if after else start


def names(data: Path, part: str, worker: Pieceworker) -> list[Document]:
    """re3d's mentions of the types that the reader tells, the longest where they nest."""
    return [
        _labelled(a, worker, {"names": list(_named(a))})
        for a in read_lines(data / "mentions" / f"{part}.jsonl")
        if a["subcorpus"] != "BBC Online"
    ]


def _named(article: Json) -> Iterator[Labelled]:
    kinds = {kind: i for i, kind in enumerate(MENTIONS[1:])}
    for m in sorted(article["mentions"], key=lambda m: m["start"] - m["end"]):
        if m["type"] in kinds:
            yield m["start"], m["end"], kinds[m["type"]] if m["confidence"] >= 0.5 else UNKNOWN


def toponyms(data: Path, worker: Pieceworker) -> list[Document]:
    """Place names: LGL's, and GUM's in the genres that are free for any use."""
    local = [
        _labelled(a, worker, {"toponyms": [(t["start"], t["end"], 0) for t in a["toponyms"]]})
        for a in read_lines(data / "places" / "train.jsonl")
    ]
    free = [a for a in read_lines(data / "gum" / "train.jsonl") if a["genre"] in _FREE_GENRES]
    return local + [_labelled(a, worker, {"toponyms": list(_place_names(a))}) for a in free]


def _place_names(article: Json) -> Iterator[Labelled]:
    """Mentions of places that are names all through; of others with a capital nothing is known."""
    for m in sorted(article["mentions"], key=lambda m: m["end"] - m["start"]):
        words = article["text"][m["start"] : m["end"]].removeprefix("the ")
        if m["type"] == "place" and words[:1].isupper():
            shift = m["end"] - m["start"] - len(words)
            named = all(w[0].isupper() for w in words.split())
            yield m["start"] + shift, m["end"], 0 if named else UNKNOWN


def incidents(data: Path, part: str, worker: Pieceworker) -> list[Document]:
    """MUC-4's reports with the words that fill its templates, wherever they stand."""
    return [
        _labelled(a, worker, {"parts": list(spans_of(a["text"], _names(a["extracts"])))})
        for a in read_lines(data / "incidents" / f"{part}.jsonl")
    ]


def _names(extracts: Json) -> dict[str, list[list[str]]]:
    return {role: [[n["text"] for n in entity] for entity in found] for role, found in extracts.items()}


def _labelled(article: Json, worker: Pieceworker, spans: dict[str, list[Labelled]]) -> Document:
    text = article["text"]
    pieces = worker.pieces(text, split(text, [(0, len(text))]))
    on_pieces = {
        head: [(*pieces.inside(start, end), kind) for start, end, kind in found]
        for head, found in spans.items()
    }
    return Document(article["id"], next(iter(spans)), pieces, spans=on_pieces)


def dyads(data: Path, part: str) -> list[Dyad]:
    """PLV's sentences with two marked spans."""
    return [
        Dyad(
            d["text"],
            tuple(d["source"]) if d["source"] else None,
            tuple(d["target"]) if d["target"] else None,
            d["root"],
        )
        for d in read_lines(data / "dyads" / f"{part}.jsonl")
    ]


def dyads_of_record(data: Path, part: str) -> list[Dyad]:
    """Annotated sentences as dyads: an actor, a recipient and the type between them, where it is one."""
    return [d for a in _free(data, part) for d in _sentence_dyads(a)]


def _sentence_dyads(article: Json) -> Iterator[Dyad]:
    for low, high in split(article["text"], [(0, len(article["text"]))]):
        if high - low > LONGEST_SENTENCE:
            continue
        between: dict[tuple[Range, Range], set[str]] = {}
        for event in article["events"]:
            if low <= event["trigger"]["start"] < high and event["actor"] and event["recipient"]:
                spans = [event[role][0] for role in ("actor", "recipient")]
                if all(low <= s["start"] and s["end"] <= high for s in spans):
                    source, target = ((s["start"] - low, s["end"] - low) for s in spans)
                    between.setdefault((source, target), set()).add(root(event["type"]))
        for (source, target), roots in between.items():
            if len(roots) == 1:
                yield Dyad(article["text"][low:high], source, target, roots.pop())
