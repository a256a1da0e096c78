"""Trains the classifier of furniture lines: pages → labelled lines → softmax → model/furniture.npz.

    python -m training.furniture --data ../shared/data/pages

A line is body when the truth's article body has its words. What kind of furniture the others are is
weakly supervised: by word cues, then by the hints of the elements around them. Kinds that pages of
2019 lack are made up from furniture.txt. Pages whose SHA-256 of the id is odd are the dev half: figures
only. Takes ten seconds on one core.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dateline.evaluation.pages import half as half_of
from dateline.extract.blocks import Line
from dateline.extract.furniture import (
    BUCKETS,
    KINDS,
    LABELS,
    SURE,
    indices,
    is_prose,
    kind_of,
    probabilities,
    weights,
)
from dateline.extract.webpage import Parts, take_apart
from dateline.types import FurnitureKind

SEED = 7
EPOCHS = 12
BATCH = 128
RATE = 0.15
DECAY = 2e-4
DOCUMENTS_MADE_UP = 600
MIN_SOURCES = 4
FURNITURE_LEFT = 0.08
LINES = Path(__file__).with_suffix(".txt")
OUTPUT = Path(__file__).parent.parent / "src" / "dateline" / "model" / "furniture.npz"

Example = tuple[list[Line], list[int]]

CUES: dict[FurnitureKind, tuple[str, ...]] = {
    "human-check": (
        r"captcha",
        r"not a robot",
        r"(you are|you're) human",
        r"human verification",
        r"anti-?spam",
        r"security (check|code)",
    ),
    "copyright": (
        r"©",
        r"copyright",
        r"all rights reserved",
        r"\(c\) ?\d{4}",
        r"terms (of|and) (use|service|conditions)$",
    ),
    "comment": (
        r"\bcomment(s|ed|ing)?\b",
        r"leave a reply",
        r"^repl(y|ies)\b",
        r"^\d+ repl",
        r"your (name|e-?mail|website)( address)?( \*)?$",
        r"e-?mail address will not be published",
        r"log ?in to (post|reply)",
        r"moderat(ed|ion|or)",
    ),
    "subscribe": (
        r"subscri",
        r"newsletter",
        r"sign ?up",
        r"mailing list",
        r"in your inbox",
        r"daily (e-?mail|brief)",
        r"breaking news alerts",
        r"become a member",
        r"support our journalism",
    ),
    "share": (
        r"^share",
        r"share (this|on|via|to)",
        r"facebook",
        r"twitter",
        r"whats ?app",
        r"linkedin",
        r"pinterest",
        r"reddit",
        r"tumblr",
        r"telegram",
        r"^e-?mail( this)?$",
        r"^print",
        r"^tweet",
        r"follow us",
        r"like us on",
        r"copy link",
        r"instagram",
        r"youtube",
    ),
    "advertisement": (
        r"^ad(s|vert(s|isements?)?)?$",
        r"^- ?advert",
        r"advertisement",
        r"sponsored",
        r"^promoted",
        r"advertise with",
        r"paid (post|content)",
        r"skip ad",
        r"story continues below",
    ),
    "related": (
        r"^((also )?read|see|watch|related|more|recommended|most (read|popular|viewed)|trending|latest"
        r"|popular|you (may|might) (also )?like|don't miss|up next|next|previous)\b"
        r".{0,12}(:|$| (stor(y|ies)|news|articles|posts|from|in|on|coverage|topics)\b)",
    ),
    "author-bio": (
        r"\b(is|was) (a|an|the) .{0,40}(reporter|correspondent|writer|editor|journalist|columnist|author"
        r"|contributor|analyst)\b",
        r"(follow|contact|e-?mail) (him|her|them|the (author|reporter))\b",
        r"^about the author",
        r"^by [A-Z]",
    ),
}
"""Word cues of each kind, first match first; everything else has its elements' hint or navigates."""
PATTERNS = {kind: re.compile("|".join(cues), re.IGNORECASE) for kind, cues in CUES.items()}

FILLERS: dict[str, list[str]] = {
    "arrow": ["", "", "", "» ", "\u203a ", "> ", "→ ", "+ ", "• "],
    "end": ["", "", "", "!", ".", ":", " *", " »", " \u203a"],
    "headline": ["{who} {what} {where}"],
}
CLUSTERS: tuple[tuple[FurnitureKind, ...], ...] = (
    ("comment", "comment", "human-check"),
    *((kind,) for kind in KINDS if kind not in ("comment", "human-check")),
)
"""Kinds that stand together."""


def main() -> None:
    """Train on one half, write the weights, print the figures of the other half."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder with truth.json and html/")
    parser.add_argument("--output", type=Path, default=OUTPUT)
    options = parser.parse_args()
    chance = random.Random(SEED)
    truth = json.loads((options.data / "truth.json").read_text(encoding="utf-8"))
    pages = {half: list(read_pages(options.data, truth, half)) for half in ("train", "dev")}
    examples = [example for parts, body in pages["train"] for example in of_page(parts, body, chance)]
    prose = [body.splitlines() for _, body in pages["train"]]
    invented = [made_up(chance.choice(prose), chance) for _ in range(DOCUMENTS_MADE_UP)]
    common = common_features([parts.lines for parts, _ in pages["train"]], invented)
    write(options.output, train([*examples, *invented], common))
    weights.cache_clear()
    for name, hinted in (("with hints", True), ("text alone", False)):
        report(name, [labelled(parts.lines, body, hinted) for parts, body in pages["dev"]])
    report("made up, dev prose", made_up_dev([body.splitlines() for _, body in pages["dev"]]), SURE)


def read_pages(folder: Path, truth: dict[str, dict[str, str]], half: str) -> Iterator[tuple[Parts, str]]:
    """The parts of each page of a half, with the truth's article body."""
    for identity in sorted(truth):
        if half_of(identity) == half:
            html = gzip.decompress((folder / "html" / f"{identity}.html.gz").read_bytes())
            yield take_apart(html.decode("utf-8", "replace")), truth[identity]["articleBody"]


def common_features(pages: list[list[Line]], invented: list[Example]) -> NDArray[np.bool_]:
    """Which buckets hold features of MIN_SOURCES pages, or of as many made-up furniture lines.

    The rest are one site's words: learning them would mark that site's topics as furniture.
    """
    counts = np.zeros(BUCKETS + 1, np.int64)
    furniture = [
        [line for line, label in zip(lines, labels, strict=True) if label] for lines, labels in invented
    ]
    for lines in (*pages, *furniture):
        counts[np.unique(indices(lines))] += 1
    return counts >= MIN_SOURCES


def of_page(parts: Parts, body: str, chance: random.Random) -> Iterator[Example]:
    """A page three ways: all visible lines with hints; trafilatura's paragraphs; and, as most of the
    furniture is gone from text that was scraped, the lines without hints and with little furniture."""
    yield labelled(parts.lines, body, hinted=True)
    yield labelled([Line(text) for text in parts.paragraphs], body, hinted=False)
    lines, labels = labelled(parts.lines, body, hinted=False)
    kept = [i for i, label in enumerate(labels) if label == 0 or chance.random() < FURNITURE_LEFT]
    yield [lines[i] for i in kept], [labels[i] for i in kept]


def labelled(lines: Sequence[Line], body: str, hinted: bool) -> Example:
    """Lines with label numbers: 0 for body, else the kind's."""
    whole = f" {squeeze(body)} "
    exact = {squeeze(line) for line in body.splitlines()}
    labels = []
    kept = []
    for line in lines:
        words = squeeze(line.text)
        short = words.count(" ") < 3  # a short line may be in the article by chance
        is_body = words in exact if short else f" {words} " in whole
        kind = "body" if is_body else weak_kind(line)
        if kind:
            kept.append(line if hinted else Line(line.text))
            labels.append(LABELS.index(kind))
    return kept, labels


def squeeze(text: str) -> str:
    """The words of a text with single blanks."""
    return " ".join(re.findall(r"\w+", text))


def weak_kind(line: Line) -> FurnitureKind | None:
    """The kind of a furniture line by its words, else its elements, else its look; None for prose
    (teasers of other articles), which would teach that prose is furniture."""
    if len(line.text) < 200:
        for kind, pattern in PATTERNS.items():
            if pattern.search(line.text):
                return kind
    if is_prose(line.text):
        return None
    for kind in KINDS:
        if kind in line.hints and kind != "navigation":
            return kind
    is_headline = "link" in line.hints and len(line.text.split()) >= 5
    return "related" if is_headline else "navigation"


def made_up(prose: list[str], chance: random.Random) -> Example:
    """A scraped page as plain text: an article's lines with made-up furniture after, before, between."""
    start = chance.randrange(max(1, len(prose) - 12))
    rows = [(line, "body") for line in prose[start : start + 25] if line.strip()]
    if chance.random() < 0.7:
        rows.insert(0, (fill("{headline}", chance), "body"))
    for _ in range(chance.choice((0, 1, 1, 2, 2, 3, 4))):
        cluster = [
            (fill_kind(kind, chance), kind)
            for kind in chance.choice(CLUSTERS)
            for _ in range(chance.choice((1, 1, 2)))
        ]
        where = chance.choice((len(rows), len(rows), len(rows), 0, chance.randint(0, len(rows))))
        rows[where:where] = cluster
    return [Line(text) for text, _ in rows], [LABELS.index(label) for _, label in rows]


def made_up_dev(prose: list[list[str]]) -> list[Example]:
    """Made-up pages over the dev half's prose; their templates are those of training."""
    chance = random.Random(SEED + 1)
    return [made_up(chance.choice(prose), chance) for _ in range(100)]


@cache
def invented_lines() -> dict[str, list[str]]:
    """The sections of furniture.txt, with the fillers that are blanks and marks."""
    sections: dict[str, list[str]] = {f"${name}": values for name, values in FILLERS.items()}
    lines: list[str] = []
    for line in LINES.read_text(encoding="utf-8").splitlines():
        if line.startswith("[") and line.endswith("]"):
            lines = sections.setdefault(line[1:-1], [])
        elif line and not line.startswith("#"):
            lines.append(line)
    return sections


def fill_kind(kind: FurnitureKind, chance: random.Random) -> str:
    """A made-up line of a kind."""
    return fill(chance.choice(invented_lines()[kind]), chance)


def fill(template: str, chance: random.Random) -> str:
    """A template with each ``{name}`` replaced by one of its fillers."""
    choices = invented_lines()
    while "{" in template:
        template = re.sub(r"\{(\w+)\}", lambda name: chance.choice(choices[f"${name[1]}"]), template)
    return template[:1].upper() + template[1:]


def train(examples: list[Example], common: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Softmax regression by AdaGrad with L2 decay (Duchi et al. 2011); weights (BUCKETS, labels)."""
    rows = np.concatenate([indices(lines) for lines, _ in examples])
    rows[~common[rows]] = BUCKETS
    labels = np.concatenate([np.array(row, np.int64) for _, row in examples])
    counts = np.bincount(labels, minlength=len(LABELS))
    importance = np.minimum(4.0, np.sqrt(counts.max() / np.maximum(1, counts)))
    print(f"{len(labels)} lines:", ", ".join(f"{n} {name}" for name, n in zip(LABELS, counts, strict=True)))
    table = np.zeros((BUCKETS + 1, len(LABELS)), np.float32)
    squares = np.full_like(table, 1e-6)
    order = np.random.default_rng(SEED)
    for epoch in range(EPOCHS):
        loss = 0.0
        for batch in np.array_split(order.permutation(len(labels)), len(labels) // BATCH):
            loss += step(table, squares, rows[batch], labels[batch], importance)
        print(f"epoch {epoch + 1}: loss {loss / len(labels):.4f}")
    return table[:BUCKETS]


def step(
    table: NDArray[np.float32],
    squares: NDArray[np.float32],
    rows: NDArray[np.int64],
    labels: NDArray[np.int64],
    importance: NDArray[np.float64],
) -> float:
    """One step in place on a batch; its summed loss."""
    scores = table[rows].sum(axis=1)
    scores -= scores.max(axis=1, keepdims=True)
    chances = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    loss = -np.log(chances[np.arange(len(labels)), labels] + 1e-9).sum()
    chances[np.arange(len(labels)), labels] -= 1
    error = (chances * importance[labels][:, None] / len(labels)).astype(np.float32)
    used, inverse = np.unique(rows, return_inverse=True)
    gradient = np.zeros((len(used), table.shape[1]), np.float32)
    np.add.at(gradient, inverse.reshape(rows.shape), error[:, None, :])
    gradient += DECAY * table[used]
    squares[used] += gradient**2
    table[used] -= RATE * gradient / np.sqrt(squares[used])
    table[BUCKETS] = 0
    return float(loss)


def write(path: Path, table: NDArray[np.float32]) -> None:
    """The weights in eight bits with one scale a label, without pickle."""
    scale = np.abs(table).max(axis=0) / 127
    np.savez_compressed(path, weights=np.round(table / scale).astype(np.int8), scale=scale.astype(np.float32))
    print(f"{path.name}: {path.stat().st_size} bytes")


def report(name: str, examples: list[Example], threshold: float = 0.5) -> None:
    """Print furniture against body, how many found furniture lines have the right kind, and the share
    of body lines lost; furniture is what is body with less than the threshold's probability."""
    gold = np.concatenate([np.array(labels) for _, labels in examples])
    rows = np.concatenate([probabilities(lines) for lines, _ in examples])
    found = rows[:, 0] < threshold
    right = int((found & (gold > 0)).sum())
    p, r = right / max(1, found.sum()), right / max(1, (gold > 0).sum())
    both = np.flatnonzero(found & (gold > 0))
    kinds = np.mean([kind_of(rows[i]) == LABELS[gold[i]] for i in both])
    score = 2 * p * r / (p + r)
    lost = float((found & (gold == 0)).sum() / max(1, (gold == 0).sum()))
    print(f"{name}: furniture P {p:.3f} R {r:.3f} F1 {score:.3f}, kind {kinds:.3f}, body lost {lost:.4f}")


if __name__ == "__main__":
    main()
