"""The task ``pages``: the article's body out of a page's HTML (the article-extraction benchmark).

Gold is ``{id: {"articleBody", "url"}}`` in one JSON file beside ``html/<id>.html.gz``. Precision and
recall are over shingles of four words as a multiset, per page, then the mean over the pages where each
is defined; F1 is of the two means; ``accuracy`` is the share of pages with just the same words.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from dateline.errors import InputError
from dateline.evaluation import gold as files
from dateline.evaluation.metrics import Figures, common, harmonic, mean
from dateline.types import Page

REMEDY = 'pages are a JSON object {id: {"articleBody", "url"}} beside html/<id>.html.gz'
SHINGLE = 4

Half = Literal["train", "dev"]


@dataclass(frozen=True, slots=True)
class PageBody:
    """A page and the body of its article, without the headline."""

    page: Path
    url: str
    body: str


def half(identity: str) -> Half:
    """Which half a page belongs to, by the parity of its id's SHA-256: a rule that no order can shift."""
    return "dev" if hashlib.sha256(identity.encode()).digest()[-1] % 2 else "train"


def load(path: Path) -> dict[str, PageBody]:
    """Gold bodies by the page's id; raises GoldError at the first bad one."""
    with files.faults(path.as_posix(), REMEDY):
        truth = json.loads(path.read_bytes())
        if not isinstance(truth, dict):
            raise ValueError("is no JSON object")
    return {identity: _parsed(path, identity, record) for identity, record in truth.items()}


def _parsed(path: Path, identity: str, record: files.Record) -> PageBody:
    page = path.parent / "html" / f"{identity}.html.gz"
    with files.faults(f"{path}: page {identity}", REMEDY):
        body = record["articleBody"]
        if not isinstance(body, str):
            raise ValueError(f"articleBody is a {type(body).__name__}, no string")
        return PageBody(page, record.get("url") or page.name, body)


@contextmanager
def answering(
    model: Path | None,  # noqa: ARG001  no reader takes part, so that there is no digest either
) -> Iterator[tuple[Callable[[PageBody], PageBody], str | None]]:
    """What answers a page: extraction alone."""
    from dateline.extract.article import Extractor, page_body

    with Extractor() as extractor:

        def answer(gold: PageBody) -> PageBody:
            with files.faults(gold.page.as_posix(), REMEDY):
                content = gzip.decompress(gold.page.read_bytes())
            try:
                return replace(gold, body=page_body(extractor.extract(Page(gold.url, content, "text/html"))))
            except InputError:  # a page refused is a page without body, and counts as one
                return replace(gold, body="")

        yield answer, None


def save(path: Path, answers: Mapping[str, PageBody]) -> None:
    """Predictions in gold's format, one JSON object."""
    bodies = {identity: {"articleBody": answer.body} for identity, answer in answers.items()}
    path.write_text(json.dumps(bodies, ensure_ascii=False), encoding="utf-8", newline="")


def figures(gold: Mapping[str, PageBody], answers: Mapping[str, PageBody]) -> Figures:
    """``article body`` and ``accuracy``; a page without answer has an empty body."""
    bodies = [(page.body, answers[key].body if key in answers else "") for key, page in gold.items()]
    tallies = [common(shingles(body), shingles(answer)) for body, answer in bodies]
    p = 100 * mean([tally.right / tally.predicted for tally in tallies if tally.predicted])
    r = 100 * mean([tally.right / tally.gold for tally in tallies if tally.gold])
    same = sum(words(body) == words(answer) for body, answer in bodies)
    return {
        "article body": {"p": p, "r": r, "f1": harmonic(p, r), "gold": len(bodies)},
        "accuracy": {"accuracy": 100 * same / max(1, len(bodies)), "right": same, "gold": len(bodies)},
    }


def words(text: str) -> list[str]:
    """Runs of word characters."""
    return re.findall(r"\w+", text)


def shingles(text: str) -> list[tuple[str, ...]]:
    """Every run of four words; a shorter text is one shingle, and one without words has none."""
    run = words(text)
    if not run:
        return []
    return [tuple(run[i : i + SHINGLE]) for i in range(max(1, len(run) - SHINGLE + 1))]
