"""The task ``copies``: copies that are made of some articles, found again among all of them.

The file's articles come first, ``MADE`` copies after them, each with the candidates that have keys in
common with it, as in the record. A tie is right if it is between a made copy and the article that it was
made of; any other is wrong. So that no true copy of the file counts as wrong, an article is left out that
shares at least ``RELATED`` of the shorter text's eight-word runs with one before it; ``left_out`` counts
these.

A copy is trimmed from its end to between two fifths and the whole, has another headline and agency line,
loses one sentence of twelve, and up to one of seven of its words is replaced, dropped or moved. All is
drawn with a fixed seed.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from dateline.evaluation import gold as files
from dateline.evaluation.metrics import Figures, Tally
from dateline.types import Citation

REMEDY = 'copies are made of JSON lines with "id" and "text"'
MADE = 200
RELATED = 0.1
RUN = 8
SEED = 5
LEAST_WORDS = 80
"""Shorter articles are not copied: cut to two fifths, nothing would be left that could be told apart."""
HEADLINES = ("What is known so far", "Latest from the region", "Overnight developments", "In brief")
AGENCIES = ("(KW)", "(Halvec Press)", "— Staff and wires —", "By our correspondents")
FILLERS = ("also", "then", "however", "there", "again", "later", "still", "reportedly")


@dataclass(frozen=True, slots=True)
class Told:
    """An article, or a copy of the one named ``of``; ``tied`` are those that it is found to share an
    origin with, ``left_out`` how many articles of the file were."""

    citation: Citation
    text: str
    of: str | None = None
    tied: tuple[str, ...] = ()
    left_out: int = 0


def load(path: Path) -> dict[str, Told]:
    """The articles of a file that are not related, and the copies; raises GoldError at the first bad line."""
    texts = files.load(path, lambda record: files.article(record).text, REMEDY)
    kept = unrelated(texts)
    told = {name: Told(cited(name), texts[name], left_out=len(texts) - len(kept)) for name in kept}
    long = [name for name in kept if len(texts[name].split()) >= LEAST_WORDS]
    drawn = sorted(random.Random(SEED).sample(long, min(MADE, len(long))))
    return told | {f"copy of {name}": copied(told[name]) for name in drawn}


def cited(name: str) -> Citation:
    """A citation of nothing but a name."""
    return Citation(name, name)


def unrelated(texts: Mapping[str, str]) -> list[str]:
    """The ids of the texts that share less than ``RELATED`` of the shorter one's runs with each before."""
    met: dict[tuple[str, ...], list[str]] = defaultdict(list)
    sizes: dict[str, int] = {}
    for name, text in texts.items():
        words = re.findall(r"\w+", text.lower())
        runs = set(zip(*(words[start:] for start in range(RUN)), strict=False))
        shared: dict[str, int] = defaultdict(int)
        for run in runs:
            for other in met.get(run, ()):
                shared[other] += 1
        if any(count >= RELATED * min(len(runs), sizes[other]) for other, count in shared.items()):
            continue
        sizes[name] = len(runs)
        for run in runs:
            met[run].append(name)
    return list(sizes)


def copied(told: Told) -> Told:
    """A copy of an article: trimmed, under another headline and agency line, lightly rewritten."""
    name = told.citation.article
    draw = random.Random(f"{SEED} {name}")
    sentences = re.split(r"(?<=[.!?”\"])\s+", told.text)
    words = sum(len(sentence.split()) for sentence in sentences)
    left, rate = words * draw.uniform(0.4, 1), draw.uniform(0, 1 / 7)
    body = []
    for sentence in sentences[1:] if len(sentences) > 3 else sentences:
        if left <= 0:
            break
        left -= len(sentence.split())
        if draw.random() >= 1 / 12:
            body.append(rewritten(sentence, rate, draw))
    text = f"{draw.choice(HEADLINES)}\n{draw.choice(AGENCIES)} {' '.join(body)}"
    return Told(cited(f"copy of {name}"), text, name, left_out=told.left_out)


def rewritten(sentence: str, rate: float, draw: random.Random) -> str:
    """The sentence with so many of its words replaced, dropped or moved behind the next, each alike often."""
    words = sentence.split()
    for place in range(len(words)):
        if draw.random() < rate:
            change = draw.randrange(3)
            if change == 2 and place + 1 < len(words):
                words[place], words[place + 1] = words[place + 1], words[place]
            else:
                words[place] = draw.choice(FILLERS) if change else ""
    return " ".join(filter(None, words))


@contextmanager
def answering(
    model: Path | None,  # noqa: ARG001  no reader takes part, so that there is no digest either
) -> Iterator[tuple[Callable[[Told], Told], str | None]]:
    """What answers an article: the shipped linker, with those that came before and have keys in common."""
    from dateline.link import copies
    from dateline.record.candidates import FEWEST

    under: dict[str, list[Told]] = defaultdict(list)

    def answer(told: Told) -> Told:
        keys = copies.keys(told)
        counted = Counter(other for key in keys for other in under[key])
        for key in keys:
            under[key].append(told)
        found = copies.decisions(told, [other for other, shared in counted.items() if shared >= FEWEST])
        return replace(told, tied=tuple(decision.object[0] for decision in found))

    yield answer, None


def save(path: Path, answers: Mapping[str, Told]) -> None:
    """What was tied to what, a line an article."""
    files.save(path, ({"id": name, "tied": told.tied, "copy_of": told.of} for name, told in answers.items()))


def figures(gold: Mapping[str, Told], answers: Mapping[str, Told]) -> Figures:
    """``copies``: the ties, and which of them are right."""
    tally = sum((_tally(told, answers[name].tied) for name, told in gold.items()), Tally())
    left_out = next(iter(gold.values())).left_out
    return {"copies": {**tally.figure(), "articles": len(gold) - tally.gold, "left_out": left_out}}


def _tally(told: Told, tied: Iterable[str]) -> Tally:
    found = list(tied)
    return Tally(int(told.of in found), len(found), int(told.of is not None))
