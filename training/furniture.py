"""Trains the classifier of furniture lines: pages → labelled lines → softmax → model/furniture.npz.

    python -m training.furniture --data ../shared/data/pages

A line is body when the truth's article body has its words. What kind of furniture the others are is
weakly supervised: by word cues, then by the hints of the elements around them. Kinds that pages of
2019 lack are made up from templates. Pages whose SHA-256 of the id is odd are the dev half: figures
only. Takes a minute on one core.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
import re
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dateline.extract.blocks import Line
from dateline.extract.furniture import (
    BUCKETS,
    KINDS,
    LABELS,
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
OUTPUT = Path(__file__).parent.parent / "src" / "dateline" / "model" / "furniture.npz"

Example = tuple[list[Line], list[int]]

CUES: dict[FurnitureKind, str] = {
    "human-check": r"captcha|not a robot|(you are|you're) human|human verification|anti-?spam|security (check|code)",
    "copyright": r"©|copyright|all rights reserved|\(c\) ?\d{4}|terms (of|and) (use|service|conditions)$",
    "comment": r"\bcomment(s|ed|ing)?\b|leave a reply|^repl(y|ies)\b|^\d+ repl|your (name|e-?mail|website)( address)?( \*)?$|e-?mail address will not be published|log ?in to (post|reply)|moderat(ed|ion|or)",
    "subscribe": r"subscri|newsletter|sign ?up|mailing list|in your inbox|daily (e-?mail|brief)|breaking news alerts|become a member|support our journalism",
    "share": r"^share|share (this|on|via|to)|facebook|twitter|whats ?app|linkedin|pinterest|reddit|tumblr|telegram|^e-?mail( this)?$|^print|^tweet|follow us|like us on|copy link|instagram|youtube",
    "advertisement": r"^ad(s|vert(s|isements?)?)?$|^- ?advert|advertisement|sponsored|^promoted|advertise with|paid (post|content)|skip ad|story continues below",
    "related": r"^(read|see|also read|watch|related|more|recommended|most (read|popular|viewed)|trending|latest|popular|you (may|might) (also )?like|don't miss|up next|next|previous)\b.{0,12}(:|$| (stories|news|articles|posts|from|in|on|stor(y|ies)|coverage|topics)\b)",
    "author-bio": r"\b(is|was) (a|an|the) .{0,40}(reporter|correspondent|writer|editor|journalist|columnist|author|contributor|analyst)\b|(follow|contact|e-?mail) (him|her|them|the (author|reporter))\b|^about the author|^by [A-Z]",
}  # fmt: skip
"""Word cues of each kind, first match first; everything else has its elements' hint or navigates."""
PATTERNS = {kind: re.compile(cue, re.IGNORECASE) for kind, cue in CUES.items()}

FILLERS: dict[str, list[str]] = {
    "topic": "World|Politics|the Middle East|Asia|Business|this topic|Europe|Sport|Africa|Defence".split("|"),
    "site": "The Daily Ledger|Harbour Post|Northern Star|Global Wire|City Herald|Meridian News".split("|"),
    "person": "Jane Carter|Omar Haddad|Li Wen|Maria Silva|Tom Okafor|Anna Berg".split("|"),
    "job": "staff writer|senior correspondent|foreign editor|reporter|defence analyst|columnist".split("|"),
    "network": "Facebook|Twitter|X|WhatsApp|LinkedIn|Telegram|Reddit|Pinterest|Email".split("|"),
    "year": "2017|2019|2021|2022|2023|2024|2025".split("|"),
    "more": "More|Related|Recommended|Latest|Popular|Top|Other|Trending".split("|"),
    "things": "stories|articles|news|posts|reading|coverage|headlines|videos".split("|"),
    "field": "name|email|email address|comment|website|message".split("|"),
    "enter": "enter|type|fill in|provide|add|write".split("|"),
    "arrow": ["", "", "", "» ", "› ", "> ", "→ ", "+ ", "• "],
    "end": ["", "", "", "!", ".", ":", " *", " »", " ›"],
    "check": "captcha|reCAPTCHA|hCaptcha|security check|human verification|anti-spam check".split("|"),
    "failed": "has expired|failed|could not be completed|timed out|is required|was not successful".split("|"),
    "again": "Please try again|Reload and try again|Refresh the page|Please start over|Try once more".split(
        "|"
    ),
    "headline": [
        f"{who} {what} {where}"
        for who, what, where in product(
            ("Minister", "Rebels", "Court", "Union leaders", "Envoy", "Army chief"),
            ("visits", "rejects offer in", "to hold talks in", "warns of shortages in", "wins vote in"),
            ("the capital", "border town", "northern province", "port city"),
        )
    ],
}
TEMPLATES: dict[str, str] = {
    "subscribe": "{arrow}Subscribe{end}|{arrow}Subscribe now{end}|Subscribe to {site}{end}|Sign up for our newsletter{end}|Get {site} in your inbox{end}|Become a member{end}|Join our mailing list{end}|Subscribe to read the full story{end}|Your {field} for the newsletter|Sign up for the daily briefing on {topic}{end}|Already a subscriber? Log in|Support independent journalism. Donate to {site} today{end}|{arrow}Newsletter{end}",
    "comment": "Leave a comment{end}|Leave a reply{end}|Post a comment{end}|Your {field}{end}|Please {enter} your {field}{end}|{enter} your {field} here{end}|Please {enter} a valid {field}{end}|Comments are closed{end}|Log in to comment{end}|Your email address will not be published{end}|Be the first to comment{end}|Join the discussion{end}|Save my name, email and website in this browser for the next time I comment.|Cancel reply|{person} says:|Reply|View all comments{end}|You have entered an incorrect {field}{end}|Required fields are marked *|Notify me of new comments by email{end}|Comment{end}|Name{end}|Email{end}|Website{end}",
    "human-check": "The {check} {failed}. {again}.|{check} {failed}|This site is protected by {check}{end}|I'm not a robot{end}|Please verify that you are human{end}|Complete the {check} to continue{end}|{check}: {enter} the characters you see{end}|Are you a robot?|Protected by {check} and the privacy policy of its provider applies.|Prove you are human: what is 3 + 4?|Your {check} {failed}. {again}.|Checking your browser before you proceed{end}|The {check} token {failed}{end}",
    "related": "{arrow}{more} {things}{end}|{more} {things} on {topic}{end}|{more} from {site}{end}|{arrow}{more} on {topic}{end}|You may also like{end}|Read also: {headline}|Read more: {headline}|READ MORE: {headline}|Related: {headline}|{arrow}{headline}|Also read{end}|See also{end}|Next article|Previous article|Don't miss{end}|Most read{end}|Read next{end}|From our archive{end}|Editor's picks{end}|Up next{end}",
    "share": "Share{end}|Share this article{end}|Share on {network}{end}|Share this:|Tweet|Follow us on {network}{end}|{network}|Click to share on {network} (Opens in new window)|Copy link|Print|Email this to a friend{end}|Like us on {network}{end}|Shares|Send via {network}|Share via {network}{end}",
    "advertisement": "Advertisement{end}|ADVERTISEMENT|- Advertisement -|Ad|Sponsored|Sponsored content{end}|Advertise with us{end}|Story continues below advertisement|Article continues after this ad|Paid content by {site}|Skip ad|Promoted by {site}|Partner content{end}|Ads by {site}",
    "copyright": "© {year} {site}. All rights reserved.|Copyright {year} {site}{end}|© {site} {year}|Copyright © {year} {site}. All rights reserved. This material may not be published, broadcast, rewritten or redistributed.|All rights reserved{end}|(c) {year} {site}|© {year} {site} | Terms of use | Privacy policy|Reproduction without permission is prohibited{end}",
    "navigation": "Home|Home › {topic}|Home » {topic} » {headline}|Menu|Search|Back to top{end}|Skip to content|Skip to main content|{topic}|About us|Contact us|Privacy policy|Terms of use|Cookie settings|Log in|Sign in|My account|Sections|{topic} | {topic} | {topic}|Next|Previous|Tags: {topic}, {topic}|Filed under: {topic}|Toggle navigation|Jobs|Help|Site map|Text size|Close",
    "author-bio": "{person} is a {job} for {site}{end}|About the author{end}|{person} is a {job} at {site}. She covers {topic}.|{person} is a {job} who writes about {topic}. Follow him on {network}.|Follow {person} on {network}{end}|{person}, {job}|More by {person}{end}|View all posts by {person}|Contact the reporter at newsroom@example.org|{person} has been a {job} with {site} since {year}.",
}  # fmt: skip
CLUSTERS = (("subscribe",), ("comment", "comment", "human-check"), ("related",), ("share",), ("advertisement",),
            ("copyright",), ("navigation",), ("author-bio",))  # fmt: skip


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
    report("made up, dev prose", made_up_dev([body.splitlines() for _, body in pages["dev"]]))


def half_of(identity: str) -> str:
    """The half a page belongs to: dev when the SHA-256 of its id is odd."""
    return "dev" if hashlib.sha256(identity.encode()).digest()[-1] % 2 else "train"


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
    """Lines with label numbers: 0 for body, else 1 + the kind's."""
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
    return [Line(text) for text, _ in rows], [LABELS.index(label) for _, label in rows]  # type: ignore[arg-type]


def made_up_dev(prose: list[list[str]]) -> list[Example]:
    """Made-up pages over the dev half's prose; their templates are those of training."""
    chance = random.Random(SEED + 1)
    return [made_up(chance.choice(prose), chance) for _ in range(100)]


def fill_kind(kind: str, chance: random.Random) -> str:
    """A made-up line of a kind."""
    return fill(chance.choice(TEMPLATES[kind].split("|")), chance)


def fill(template: str, chance: random.Random) -> str:
    """A template with each ``{name}`` replaced by one of its fillers."""
    text = re.sub(r"\{(\w+)\}", lambda match: chance.choice(FILLERS[match[1]]), template)
    return text[:1].upper() + text[1:]


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


def report(name: str, examples: list[Example]) -> None:
    """Print furniture against body, and how many found furniture lines have the right kind."""
    gold = np.concatenate([np.array(labels) for _, labels in examples])
    rows = np.concatenate([probabilities(lines) for lines, _ in examples])
    found = rows[:, 0] < 0.5
    right = int((found & (gold > 0)).sum())
    p, r = right / max(1, found.sum()), right / max(1, (gold > 0).sum())
    both = np.flatnonzero(found & (gold > 0))
    kinds = np.mean([kind_of(rows[i]) == LABELS[gold[i]] for i in both])
    lost = float((found & (gold == 0)).sum() / max(1, (gold == 0).sum()))
    print(
        f"{name}: furniture P {p:.3f} R {r:.3f} F1 {2 * p * r / (p + r):.3f}, kind {kinds:.3f}, body lost {lost:.4f}"
    )


if __name__ == "__main__":
    main()
