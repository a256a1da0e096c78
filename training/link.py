"""Trains what tells whether two event reports are of one happening: ECB+ and the annotated articles →
link/data/projection.npz and weights.json.

    python -m training.link --data ../shared/data

The reader's views of triggers are projected to where those of one happening lie near one another (InfoNCE,
van den Oord and others 2018). Then the scores of each comparison are worth what a logistic regression says.
"across" learns from those pairs of ECB+'s mentions that have a key in common; the projection by which they
are compared has not seen their topics. ECB+ tells no days of publication, few dates and few tolls, and its
articles are few for each topic: what these points are worth is given beforehand (``GIVEN``) and moved by
the data a little, or held (``HELD``), as the invented stories of examples/ ask for it; and no agreement is
worth less than a lesser one. "within" learns from
the pairs of reports in each annotated article, by what gold says of them; of the reader's own chances and
views nothing, as it has learnt these very articles.

Run it whenever the reader is new. Takes some minutes on one core.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dateline.evaluation import crossdoc, events
from dateline.evaluation.crossdoc import Offered
from dateline.link import projection
from dateline.link.blocking import keys
from dateline.link.comparison import ACROSS, COMPARISONS
from dateline.link.projection import Projection
from dateline.link.views import View, kept, of_claim
from dateline.link.within import views
from dateline.types import Claim, Reading

DATA = Path(__file__).parents[1] / "src" / "dateline" / "link" / "data"
WIDTH, STEPS, RATE, TEMPERATURE, DROPOUT, TOPICS = 64, 400, 3e-3, 0.1, 0.2, 4
"""Of the projection: its width, and how it is learnt, in batches of some topics."""
FOLDS = 3
AT = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
"""The scores at which a worth stands."""
GIVEN: dict[str, tuple[tuple[float, ...], tuple[float, ...]]] = {
    "days": (AT, (-5.0, -3.5, -1.5, 0.0, 0.4, 1.0)),
    "actor": (AT, (-1.0, -0.9, -0.5, -0.2, 0.7, 0.5)),
    "recipient": (AT, (-0.7, -0.6, -0.2, 0.1, 0.45, 0.4)),
    "published": ((0.0, 0.5, 1.0), (-2.0, -0.3, 0.5)),
    "place": ((0.0, 0.3, 0.6, 1.0), (-1.5, -0.8, 0.2, 0.5)),
    "killed": ((0.0, 0.5, 1.0), (-1.0, -0.3, 0.7)),
    "injured": ((0.0, 0.5, 1.0), (-1.0, -0.3, 0.7)),
    "status": ((0.0, 0.5, 1.0), (-1.5, 0.0, 0.2)),
}
"""Scores and what they are worth, as far as is known beforehand."""
HELD = ("days", "actor", "recipient")
"""What claims of different articles are held to as it is given."""
RIDGE, FIRM, FIRMEST = 10.0, 100.0, 1e5
"""How firmly worths are held to 0, to what is given, and to what is held."""
SAME, UNSURE = 0.7, 0.5
"""The chances from which two claims are the same, or worth a look."""
WITHIN = 0.36
"""The mean chance from which reports of one article are of one happening."""
APART = ("vector", "article names", "article words", "known names", "published")
"""What tells articles apart, and nothing within one; of the reader's views it has learnt these by heart."""
WITHIN_COMPARED = tuple(name for name in COMPARISONS if name not in APART)
"""What is compared within an article."""

Floats = NDArray[np.float64]
Table = dict[str, Any]


class Cases(NamedTuple):
    """Claims of ECB+ in their order, with the cluster and the topic of each."""

    claims: list[Claim]
    clusters: list[str]
    topics: list[str]

    @property
    def seen(self) -> Floats:
        """The reader's views [k, width]."""
        return np.stack([np.frombuffer(c.event.vector, dtype=np.float32) for c in self.claims]).astype(float)


# ---- the projection


def learnt(seen: Floats, clusters: Sequence[str], topics: Sequence[str], seed: int = 0) -> Floats:
    """A matrix [width, WIDTH] that brings views [k, width] of one cluster together and parts the others.

    Adam on the mean over the views, of each batch of topics, of −log softmax of the cosines with those of
    its cluster.
    """
    rnd = np.random.default_rng(seed)
    matrix = np.linalg.qr(rnd.normal(size=(seen.shape[1], WIDTH)))[0]
    first, second = np.zeros_like(matrix), np.zeros_like(matrix)
    named, labels = np.array(topics), np.unique(clusters, return_inverse=True)[1]
    every = np.unique(named)
    for step in range(1, STEPS + 1):
        some = np.flatnonzero(np.isin(named, rnd.choice(every, min(TOPICS, len(every)), replace=False)))
        rows = seen[some] * (rnd.random(seen[some].shape) > DROPOUT) / (1 - DROPOUT)
        slope = gradient(rows, matrix, labels[some])
        first = 0.9 * first + 0.1 * slope
        second = 0.999 * second + 0.001 * slope**2
        matrix -= RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return matrix


def gradient(rows: Floats, matrix: Floats, labels: NDArray[np.int64]) -> Floats:
    """The slope of the loss over the matrix."""
    drawn = rows @ matrix
    length = np.linalg.norm(drawn, axis=1, keepdims=True) + 1e-9
    unit = drawn / length
    cosines = unit @ unit.T / TEMPERATURE
    np.fill_diagonal(cosines, -np.inf)
    chances = np.exp(cosines - cosines.max(1, keepdims=True))
    chances /= chances.sum(1, keepdims=True)
    mates = (labels[:, None] == labels[None]).astype(float)
    np.fill_diagonal(mates, 0.0)
    count = mates.sum(1, keepdims=True)
    pull = (chances - mates / np.maximum(count, 1)) * (count > 0)
    pull /= max(1, int((count > 0).sum())) * TEMPERATURE
    turned = pull @ unit + pull.T @ unit
    slope: Floats = rows.T @ ((turned - unit * (turned * unit).sum(1, keepdims=True)) / length)
    return slope


def folded(cases: Cases, centred: Floats) -> Floats:
    """The vectors of claims, each by a projection that was learnt without its topic."""
    fold = {topic: number % FOLDS for number, topic in enumerate(sorted(set(cases.topics)))}
    of = np.array([fold[topic] for topic in cases.topics])
    out = np.zeros((len(of), WIDTH))
    for number in range(FOLDS):
        rest = np.flatnonzero(of != number)
        matrix = learnt(centred[rest], [cases.clusters[i] for i in rest], [cases.topics[i] for i in rest])
        out[of == number] = projection.scaled(centred[of == number] @ matrix)
    return out


# ---- the worth of comparisons


def offered(seen: Sequence[View]) -> list[tuple[int, int]]:
    """The pairs that are compared: each with those before it under a common key."""
    index = Offered()
    return [(number, other) for number, view in enumerate(seen) for other in sorted(index.meet(keys(view)))]


def scores(seen: Sequence[View], pairs: Sequence[tuple[int, int]], names: Sequence[str]) -> Floats:
    """What comparisons say of pairs [pairs, names]; NaN where they cannot tell."""
    found = np.full((len(pairs), len(names)), np.nan)
    for row, (one, other) in zip(found, pairs, strict=True):
        for column, name in enumerate(names):
            point = COMPARISONS[name](seen[one], seen[other])
            row[column] = np.nan if point is None else point.score
    return found


def spread(told: Floats) -> Floats:
    """Scores [k, n] as shares [k, 1 + 7 n] of the bias, of the points of ``AT`` and of being unknown."""
    columns = [np.ones((len(told), 1))]
    for score in told.T:
        unknown = np.isnan(score)
        near = 1 - np.abs(np.nan_to_num(score)[:, None] - np.array(AT)[None]) / (AT[1] - AT[0])
        columns += [np.where(unknown[:, None], 0.0, np.maximum(near, 0.0)), unknown[:, None].astype(float)]
    return np.hstack(columns)


def fitted(told: Floats, right: Floats, names: Sequence[str], held: Sequence[str] = ()) -> Floats:
    """Bias and worths by logistic regression, held to what is known beforehand; by Newton's method."""
    rows = spread(told)
    start, firm = beforehand(names, held)
    worth = start.copy()
    for _ in range(12):
        chance = 1 / (1 + np.exp(-rows @ worth))
        slope = rows.T @ (chance - right) + firm * (worth - start)
        bend = (rows.T * (chance * (1 - chance))) @ rows + np.diag(firm)
        worth -= np.linalg.solve(bend, slope)
    return worth


def beforehand(names: Sequence[str], held: Sequence[str]) -> tuple[Floats, Floats]:
    """Where worths start from, and how firmly each is held there."""
    start, firm = [0.0], [1e-3]
    for name in names:
        given = np.interp(AT, *GIVEN[name]) if name in GIVEN else np.zeros(len(AT))
        start += [*given, 0.0]
        firm += [FIRMEST if name in held else FIRM if name in GIVEN else RIDGE] * (len(AT) + 1)
    return np.array(start), np.array(firm)


def table(worth: Floats, names: Sequence[str], same: float, unsure: float) -> Table:
    """Worths as ``weights.json`` has them."""
    rows = (np.round(worth[1:].reshape(len(names), len(AT) + 1), 3) + 0.0).tolist()  # no -0.0
    compared = {name: {"worth": row[:-1], "unknown": row[-1]} for name, row in zip(names, rows, strict=True)}
    head = {"bias": round(float(worth[0]), 3), "same": same, "unsure": unsure, "at": list(AT)}
    return {**head, "comparisons": compared}


def rising(worths: Floats) -> Floats:
    """Worths [n] of rising scores, none less than the one before: that agreement speaks against is chance.

    By pooling neighbours that fall (isotonic regression, Ayer and others 1955).
    """
    blocks: list[tuple[float, int]] = []
    for worth in worths:
        mean, size = float(worth), 1
        while blocks and blocks[-1][0] > mean:
            before, many = blocks.pop()
            mean, size = (before * many + mean * size) / (many + size), many + size
        blocks.append((mean, size))
    return np.repeat([mean for mean, _ in blocks], [size for _, size in blocks])


# ---- the two tables


def across(cases: Cases, model: str) -> tuple[bytes, Table]:
    """The projection's file and the table of claims of different articles."""
    mean = cases.seen.mean(0)
    centred = projection.scaled(cases.seen - mean)
    packed = projection.packed(model, mean, learnt(centred, cases.clusters, cases.topics))
    bare = Projection.parsed(packed)
    vectors = folded(cases, centred).astype(np.float32)
    seen = [
        replace(of_claim(c, bare), vector=vector) for c, vector in zip(cases.claims, vectors, strict=True)
    ]
    pairs = offered(seen)
    right = np.array([cases.clusters[one] == cases.clusters[other] for one, other in pairs], dtype=float)
    tell(cases, pairs, right)
    names = list(ACROSS)
    worth = fitted(scores(seen, pairs, names), right, names, HELD)
    for known in worth[1:].reshape(len(names), -1)[:, :-1]:
        known[:] = rising(known)
    return packed, table(worth, names, SAME, UNSURE)


def tell(cases: Cases, pairs: Sequence[tuple[int, int]], right: Floats) -> None:
    """Print how many gold pairs share a key, how many hold together through others, and the cost."""
    sizes: dict[str, int] = defaultdict(int)
    for cluster in cases.clusters:
        sizes[cluster] += 1
    gold = sum(size * (size - 1) // 2 for size in sizes.values())
    met = [pair for pair, is_right in zip(pairs, right, strict=True) if is_right]
    links = sum(size - 1 for size in sizes.values())
    print(
        f"keys: {100 * len(met) / gold:.1f} % of {gold} gold pairs meet, {100 * tied(met) / links:.1f} % of "
        f"{links} gold links hold; {len(pairs) / len(cases.claims):.1f} candidates a claim"
    )


def tied(pairs: Sequence[tuple[int, int]]) -> int:
    """How many pairs join what the ones before have not joined."""
    parent: dict[int, int] = {}

    def find(one: int) -> int:
        while parent.setdefault(one, one) != one:
            one = parent[one]
        return one

    count = 0
    for one, other in pairs:
        mine, theirs = find(one), find(other)
        count += mine != theirs
        parent[mine] = theirs
    return count


def within(readings: Sequence[Reading], by: Projection) -> Table:
    """The table of reports of one article, from gold's reports, resolved."""
    told, right = [], []
    for reading in readings:
        labels = [event.happening for event in reading.events]
        pairs = [(one, other) for one in range(len(labels)) for other in range(one)]
        told.append(scores(views(reading, by), pairs, WITHIN_COMPARED))
        right += [float(bool(labels[one]) and labels[one] == labels[other]) for one, other in pairs]
    worth = fitted(np.concatenate(told), np.array(right), WITHIN_COMPARED)
    return table(worth, WITHIN_COMPARED, WITHIN, WITHIN)


# ---- reading


def mentioned(path: Path, read: crossdoc.Read) -> Cases:
    """ECB+'s mentions as claims."""
    cases = Cases([], [], [])
    for key, gold in crossdoc.load(path).items():
        reading = read(gold.article, gold.sentences, list(gold.clusters))
        cases.claims.extend(crossdoc.claims_of(reading, kept(reading, None)))
        cases.clusters.extend(gold.clusters.values())
        cases.topics.extend([key.split("_")[0]] * len(gold.clusters))
    return cases


def annotated(path: Path) -> Iterator[Reading]:
    """Gold's readings of articles, resolved."""
    from dateline.read.sentences import split
    from dateline.resolve.claims import Resolver

    resolver = Resolver.load()
    for reading in events.load(path).values():
        if len(reading.events) > 1:
            sentences = tuple(split(reading.article.text, reading.article.body))
            yield resolver.resolve(replace(reading, sentences=sentences))


def written(packed: bytes, tables: Mapping[str, Table], to: Path) -> None:
    """Both files."""
    (to / "projection.npz").write_bytes(packed)
    text = re.sub(r"\n    +|\n   (?=})", " ", json.dumps(tables, indent=1))
    (to / "weights.json").write_text(text + "\n", encoding="utf-8")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, help="the reader's folder, else the package's own")
    parser.add_argument("--to", type=Path, default=DATA)
    given = parser.parse_args()
    read, model = crossdoc.reading(given.model)
    packed, table_across = across(mentioned(given.data / "crossdoc" / "train.jsonl", read), model)
    gold = list(annotated(given.data / "record" / "train.jsonl"))
    tables = {"across": table_across, "within": within(gold, Projection.parsed(packed))}
    written(packed, tables, given.to)


if __name__ == "__main__":
    main()
