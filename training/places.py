"""Trains what finds place names and what chooses their places: LGL → resolve/data/toponyms.json, places.json.

    python -m training.places --data ../shared/data

Both are small linear models whose weights stand in the files by name. What finds names is a logistic
regression over the words that the gazetteer knows, right where gold has a name. What chooses places is a
conditional logit over a name's candidates, right where gold's place is.

LGL is local news, mostly of the United States, and half its papers were chosen because their town bears a
famous name (Paris, Athens). Lest a liking for small American towns be learnt, a name that means the paper's
own town counts little, and one that means a place abroad much; the publisher's country is told wherever its
domain does. First of all the words that texts write in lower case and that
yet name places ("reading", "mobile") are counted into common_words.txt. Takes a minute on one core.
"""

from __future__ import annotations

import argparse
import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from textwrap import fill
from typing import NamedTuple
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from dateline.evaluation.places import NEAR_KM, Located, Places, Point, load
from dateline.read.sentences import split
from dateline.resolve.gazetteer import Gazetteer
from dateline.resolve.place import choice, signs, toponyms
from dateline.resolve.place.choice import NOWHERE, softmax
from dateline.resolve.place.features import ALONE, TOGETHER, Floats, Name, alone, kilometres, together
from dateline.resolve.place.names import Found, meant
from dateline.resolve.place.signs import FEATURES
from dateline.resolve.place.toponyms import INTERCEPT, proposed
from dateline.resolve.places import home_of, names
from dateline.types import Span

TEXTS = ("places", "gum", "attribution", "mentions", "crossdoc")
"""The corpora whose train parts tell common words."""
COMMON = 3
"""How often a common word must be there."""
THRESHOLDS = {"threshold": 0.4, "threshold beside the reader": 0.55}
"""How likely words must name a place to be taken for one."""
SAME_KM = 25.0
"""How much farther than the nearest candidate another may lie and still be gold's place."""
OWN_TOWN = 0.1
"""How much a name counts that means the place which the article's publisher names most."""
HOME = "USA"
ABROAD = 3.0
"""How much a name counts that means a place outside the country where most of LGL's lie."""
STEP = 0.5
"""How far each of Newton's steps goes; whole steps may leap."""
PENALTY = 1.0
"""Of the squared weights, as against the log likelihood."""

Truth = NDArray[np.float64]
"""1 for each candidate that is right, else 0."""


class Article(NamedTuple):
    """The names of an article; which candidates of each are right, and how much each counts."""

    names: list[Name]
    truths: list[Truth]
    weights: list[float]
    home: str | None


class Case(NamedTuple):
    """The features [candidates, k] of a name's candidates, which are right, and how much it counts."""

    features: Floats
    truth: Truth
    weight: float


def main() -> None:
    """Train on LGL and write the files."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="the folder of the corpora")
    data = parser.parse_args().data
    gazetteer = Gazetteer.open()
    words = common_words(texts(data), gazetteer)
    signs.COMMON_WORDS.write_text(fill(" ".join(words), 120) + "\n", encoding="utf-8")
    cases = list(load(data / "places" / "train.jsonl").values())
    write(toponyms.WEIGHTS, THRESHOLDS | {"weights": finder(cases, gazetteer)})
    home = towns(cases)
    first, second = chooser([named(case, gazetteer, home.get(domain(case))) for case in cases])
    write(choice.WEIGHTS, {"alone": first, "together": second})


def write(path: Path, table: object) -> None:
    """Write a table as JSON for people."""
    path.write_text(json.dumps(table, indent=2) + "\n", encoding="utf-8")


def texts(data: Path) -> Iterator[str]:
    """The texts of the train parts."""
    for corpus in TEXTS:
        for line in (data / corpus / "train.jsonl").read_text("utf-8").splitlines():
            yield json.loads(line)["text"]


def common_words(found: Iterable[str], gazetteer: Gazetteer) -> list[str]:
    """Words that are oftener in lower case than capitalised within a sentence, and yet names of places."""
    lower: Counter[str] = Counter()
    upper: Counter[str] = Counter()
    for text in found:
        for match in re.finditer(r"(?<![\w'’-])[A-Za-z]{2,}(?![\w'’-])", text):
            if match[0].islower():
                lower[match[0]] += 1
            elif text[max(0, match.start() - 2)] not in '.!?"“\n':
                upper[match[0].lower()] += 1
    return sorted(w for w, n in lower.items() if n >= COMMON and n > upper[w] and gazetteer.lookup(w))


def finder(cases: Sequence[Places], gazetteer: Gazetteer) -> dict[str, float]:
    """The weights of what tells names of places from other words."""
    rows, right = [], []
    for case in cases:
        every = proposed(case.article, (), gazetteer)
        text, sentences = case.article.text, split(case.article.text, case.article.body)
        rows.append(signs.features(text, sentences, every))
        right += [any(_same(given.span, gold) for gold in case.toponyms) for given in every]
    return _table((*FEATURES, INTERCEPT), logistic(np.vstack(rows), np.array(right, dtype=np.float64)))


def _same(span: Span, gold: Span) -> bool:
    """Whether two spans share at least half of the longer one."""
    shared = min(span.end, gold.end) - max(span.start, gold.start)
    return 2 * shared >= max(len(span.text), len(gold.text))


def logistic(rows: Floats, right: Floats) -> Floats:
    """Weights [features + 1] of a logistic regression, the intercept last, by Newton's method."""
    rows = np.hstack([rows, np.ones((len(rows), 1))])
    weights = np.zeros(rows.shape[1])
    for _ in range(25):
        chances = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (chances - right) + PENALTY * weights
        curve = (rows * (chances * (1 - chances))[:, None]).T @ rows + PENALTY * np.eye(len(weights))
        weights -= np.linalg.solve(curve, slope)
    return weights


def towns(cases: Iterable[Places]) -> dict[str, Point]:
    """The place that each publisher names most, by its domain."""
    counted: defaultdict[str, Counter[Point]] = defaultdict(Counter)
    for case in cases:
        counted[domain(case)].update(toponym.point for toponym in case.toponyms if toponym.point)
    return {publisher: points.most_common(1)[0][0] for publisher, points in counted.items() if points}


def domain(case: Places) -> str:
    """The web domain that an article is from."""
    return urlsplit(case.article.url or "").netloc


def named(case: Places, gazetteer: Gazetteer, town: Point | None) -> Article:
    """The names of gold's located toponyms, in an article of a publisher at home in ``town``."""
    gold = sorted((toponym for toponym in case.toponyms if toponym.point), key=lambda toponym: toponym.start)
    every, owners = names(case.article.text, [Found(span, *meant(span.text, gazetteer)) for span in gold])
    places = [gold[owners.index(number)] for number in range(len(every))]
    truths = [truth(name, place) for name, place in zip(every, places, strict=True)]
    weights = [
        weight(name, place, right, town) for name, place, right in zip(every, places, truths, strict=True)
    ]
    return Article(every, truths, weights, home_of(case.article))


def truth(name: Name, gold: Located) -> Truth:
    """Which candidates are gold's place: the one of its id, else the nearest and those as near."""
    same = np.array([candidate.geonameid == gold.geonameid for candidate in name.candidates])
    if gold.geonameid and same.any():
        return same.astype(np.float64)
    assert gold.point
    apart = np.array([kilometres((c.lat, c.lon), gold.point) for c in name.candidates])
    near: Truth = (apart <= min(NEAR_KM, apart.min(initial=NEAR_KM) + SAME_KM)).astype(np.float64)
    return near


def weight(name: Name, gold: Located, right: Truth, town: Point | None) -> float:
    """How much a name counts: by the root of how often it is there, and against LGL's leanings."""
    known = [candidate for candidate, is_right in zip(name.candidates, right, strict=True) if is_right]
    abroad = bool(known) and known[0].country != HOME
    return math.sqrt(name.mentions) * (ABROAD if abroad else 1) * (OWN_TOWN if gold.point == town else 1)


def chooser(articles: Sequence[Article]) -> tuple[dict[str, float], dict[str, float]]:
    """The two tables of weights: of features alone, and of all features with what other names mean."""
    own = [[alone(name, article.home) for name in article.names] for article in articles]
    first = conditional_logit(cases(articles, own))
    likely = [[softmax(rows @ first[:-1], first[-1]) for rows in rows_of] for rows_of in own]
    for _ in range(choice.ROUNDS):
        both = [
            [np.hstack(pair) for pair in zip(mine, together(article.names, chances), strict=True)]
            for article, mine, chances in zip(articles, own, likely, strict=True)
        ]
        second = conditional_logit(cases(articles, both))
        likely = [[softmax(rows @ second[:-1], second[-1]) for rows in rows_of] for rows_of in both]
    return _table((*ALONE, NOWHERE), first), _table((*ALONE, *TOGETHER, NOWHERE), second)


def cases(articles: Sequence[Article], features: Sequence[Sequence[Floats]]) -> list[Case]:
    """One case a name."""
    return [
        Case(*case)
        for article, rows_of in zip(articles, features, strict=True)
        for case in zip(rows_of, article.truths, article.weights, strict=True)
    ]


def conditional_logit(given: Sequence[Case]) -> Floats:
    """Weights [features + 1] of a conditional logit, that of no place last, by Newton's method.

    Where several candidates are right, what counts is that one of them is chosen.
    """
    rows, truths, starts, weight = _flattened(given)
    owner = np.repeat(np.arange(len(given)), np.diff([*starts, len(rows)]))
    weights = np.zeros(rows.shape[1])
    for _ in range(50):
        scores = rows @ weights
        grown = np.exp(scores - np.maximum.reduceat(scores, starts)[owner])
        chances = grown / np.add.reduceat(grown, starts)[owner]
        meant_ = chances * truths / np.add.reduceat(chances * truths, starts)[owner]
        slope = rows.T @ ((meant_ - chances) * weight[owner]) - PENALTY * weights
        means = np.add.reduceat(rows * chances[:, None], starts)
        curve = (rows * (chances * weight[owner])[:, None]).T @ rows - (means * weight[:, None]).T @ means
        weights += STEP * np.linalg.solve(curve + PENALTY * np.eye(len(weights)), slope)
    return weights


def _flattened(given: Sequence[Case]) -> tuple[Floats, Truth, NDArray[np.int64], Floats]:
    """All candidates as rows, no place the last of each name; the right ones; where names start; weights."""
    rows = np.vstack([np.pad(case.features, ((0, 1), (0, 1))) for case in given])
    ends = np.cumsum([len(case.features) + 1 for case in given])
    rows[ends - 1, -1] = 1
    truths = np.concatenate([[*case.truth, not case.truth.any()] for case in given]).astype(np.float64)
    return rows, truths, np.array([0, *ends[:-1]]), np.array([case.weight for case in given])


def _table(keys: Sequence[str], weights: Floats) -> dict[str, float]:
    return {key: round(float(weight), 3) for key, weight in zip(keys, weights, strict=True)}


if __name__ == "__main__":
    main()
