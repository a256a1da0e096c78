"""The task ``crossdoc``: which mentions of events are of one happening, across articles (ECB+).

Gold's mentions are given, its topics are not. Each is read as the reader reads a trigger that it finds
itself, and becomes a claim; claims come in gold's order, are offered those before them under a common key, as
many as the record offers, and the linker's decisions join them as in the record. In one thing that differs:
here claims of one article are offered, too, which the record takes as its reading has them.

Counted are event mentions in sentences reviewed for coreference. ``CoNLL F1`` is the mean of ``MUC``, ``B3``
and ``CEAF-e``; ``same lemma`` is CoNLL F1 where mentions with the same words but for their forms are one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from dateline.evaluation import coreference
from dateline.evaluation import gold as files
from dateline.evaluation.metrics import Figures
from dateline.types import Article, Claim, Decision, Range, Reading, Span

REMEDY = "a crossdoc line holds id, text, sentences, reviewed_sentences and mentions, as ECB+ has them"

Read = Callable[[Article, tuple[Range, ...], list[Span]], Reading]


@dataclass(frozen=True, slots=True)
class Mentions:
    """An article's event mentions with the cluster of each, in gold; or the claims that they were read as,
    in the same order, with the linker's decisions about them and earlier ones."""

    article: Article
    sentences: tuple[Range, ...]
    clusters: Mapping[Span, str]
    claims: tuple[Claim, ...] = ()
    decisions: tuple[Decision, ...] = ()


def load(path: Path) -> dict[str, Mentions]:
    """Gold mentions by article id."""
    return files.load(path, parsed, REMEDY)


def parsed(record: files.Record) -> Mentions:
    """A record of ECB+: event mentions that start in a reviewed sentence."""
    article = files.article(record)
    sentences = tuple((start, end) for start, end in record["sentences"])
    reviewed = [sentences[number] for number in record["reviewed_sentences"]]
    clusters = {
        files.span(article, m["start"], m["end"]): m["cluster"]
        for m in record["mentions"]
        if m["kind"] == "event" and any(start <= m["start"] < end for start, end in reviewed)
    }
    return Mentions(article, sentences, clusters)


@contextmanager
def answering(model: Path | None) -> Iterator[tuple[Callable[[Mentions], Mentions], str | None]]:
    """What reads an article's given mentions and links them, and the digest of the model that reads."""
    from dateline.link.incidents import IncidentLinker

    read, digest = reading(model)
    linker, offered = IncidentLinker.load(), Offered()
    earlier: list[Claim] = []

    def answer(gold: Mentions) -> Mentions:
        told = read(gold.article, gold.sentences, list(gold.clusters))
        claims = claims_of(told, linker.kept(told))
        decisions: list[Decision] = []
        for claim in claims:
            others = [earlier[number] for number in offered.meet(linker.claim_keys(claim))]
            decisions += linker.decide(claim, others)
            earlier.append(claim)
        return replace(gold, claims=claims, decisions=tuple(decisions))

    yield answer, digest


def reading(model: Path | None) -> tuple[Read, str]:
    """What reads an article at given triggers, and the digest of the model that does."""
    from dateline.evaluation.given import read_at
    from dateline.read.encoder import Encoder
    from dateline.read.reading import MODEL
    from dateline.resolve.claims import Resolver

    encoder, resolver = Encoder(model or MODEL), Resolver.load()

    def read(article: Article, sentences: tuple[Range, ...], triggers: list[Span]) -> Reading:
        return resolver.resolve(read_at(encoder, article, sentences, triggers))

    return read, encoder.digest


def claims_of(told: Reading, vectors: Sequence[bytes]) -> tuple[Claim, ...]:
    """The claims of a reading, as the record has them."""
    from dateline.record.claims import claimed

    return claimed(told, told.article.id, vectors)


class Offered:
    """Earlier ones by their keys, of which the latest are offered, as in the record."""

    def __init__(self) -> None:
        self._under: dict[str, list[int]] = defaultdict(list)
        self._count = 0

    def meet(self, keys: Iterable[str]) -> list[int]:
        """The numbers, by arrival, of those that a new one is compared with."""
        from dateline.record.candidates import MOST

        found: set[int] = set()
        for key in set(keys):
            found.update(self._under[key][-MOST:])
            self._under[key].append(self._count)
        self._count += 1
        return sorted(found)


def clustered(answers: Mapping[str, Mentions]) -> dict[str, dict[Span, str]]:
    """The cluster of each mention, by article: what the record makes of the decisions."""
    from dateline.record.decisions import ordered
    from dateline.record.partition import partition

    ids = [claim.id for answer in answers.values() for claim in answer.claims]
    groups = partition(ids, ordered(each for answer in answers.values() for each in answer.decisions))
    return {
        key: {claim.event.trigger: groups[claim.id] for claim in answer.claims}
        for key, answer in answers.items()
    }


def save(path: Path, answers: Mapping[str, Mentions]) -> None:
    """Predicted mentions with their clusters in gold's format, one article a line."""
    files.save(path, (_recorded(key, clusters) for key, clusters in clustered(answers).items()))


def _recorded(key: str, clusters: Mapping[Span, str]) -> files.Record:
    mentions = [
        {"start": span.start, "end": span.end, "kind": "event", "cluster": cluster}
        for span, cluster in clusters.items()
    ]
    return {"id": key, "mentions": mentions}


def figures(gold: Mapping[str, Mentions], answers: Mapping[str, Mentions]) -> Figures:
    """The figures that the module's docstring defines."""
    told = labelled({key: each.clusters for key, each in gold.items()})
    found = coreference.figures(told, labelled(clustered(answers)))
    lemma = coreference.figures(told, {mention: lemmas(mention[1]) for mention in told})
    return {**found, "same lemma": lemma["CoNLL F1"]}


def labelled(clusters: Mapping[str, Mapping[Span, str]]) -> dict[tuple[str, Span], str]:
    """The cluster of each mention of all articles."""
    return {(key, span): label for key, spans in clusters.items() for span, label in spans.items()}


def lemmas(span: Span) -> str:
    """A mention's words without their endings."""
    from dateline.link.words import stems

    return " ".join(stems(span.text)) or span.text.lower()
