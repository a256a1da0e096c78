"""The task ``incidents``: who and what an article's incidents are about, against MUC-4's templates.

CEAF-REE (Du, Rush, Cardie 2021): in each article and role gold's and the answered entities are paired one
to one, as many as can be; a pair is right if every answered name of the entity is one of gold's names for
it, but for case, punctuation and articles. ``CEAF-REE`` is all roles together. An answer names each entity
once, by its surest mention.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from dateline.evaluation import gold as files
from dateline.evaluation.metrics import Figures, Tally, largest_matching, summed
from dateline.ontology import INCIDENT_ROLES
from dateline.types import Article, Span

REMEDY = "an incidents line holds id, text and extracts {role: [entity, ...]}, an entity being its names"
_PUNCTUATION = str.maketrans("", "", string.punctuation)

Names = tuple[Span, ...]
"""One entity: every name of it."""


@dataclass(frozen=True, slots=True)
class Incidents:
    """An article and the entities of each role."""

    article: Article
    fillers: Mapping[str, tuple[Names, ...]]


def load(path: Path) -> dict[str, Incidents]:
    """Gold entities by article id."""
    return files.load(path, parsed, REMEDY)


def parsed(record: files.Record) -> Incidents:
    """A gold record; an entity without names counts for nothing."""
    article = files.article(record)
    unknown = record["extracts"].keys() - set(INCIDENT_ROLES)
    if unknown:
        raise ValueError(f"role {min(unknown)!r} is not among {', '.join(INCIDENT_ROLES)}")
    fillers = {
        role: tuple(_names(article, entity) for entity in record["extracts"].get(role, ()) if entity)
        for role in INCIDENT_ROLES
    }
    return Incidents(article, fillers)


def _names(article: Article, entity: Sequence[files.Record]) -> Names:
    return tuple(files.span(article, name["start"], name["end"]) for name in entity)


@contextmanager
def answering(model: Path | None) -> Iterator[tuple[Callable[[Incidents], Incidents], str | None]]:
    """What answers an article, and the digest of the model that does."""
    from dateline.read.reading import Reader

    reader = Reader.load(model)

    def answer(gold: Incidents) -> Incidents:
        found = reader.incidents(gold.article)
        named = {role: tuple(entity.mentions[:1] for entity in found[role]) for role in INCIDENT_ROLES}
        return replace(gold, fillers=named)

    yield answer, reader.digest


def save(path: Path, answers: Mapping[str, Incidents]) -> None:
    """Predictions in gold's format, one article a line."""
    files.save(path, (recorded(answer) for answer in answers.values()))


def recorded(answer: Incidents) -> files.Record:
    """An answer as gold has it."""
    extracts = {
        role: [[{"text": s.text, "start": s.start, "end": s.end} for s in names] for names in entities]
        for role, entities in answer.fillers.items()
    }
    return {"id": answer.article.id, "extracts": extracts}


def figures(gold: Mapping[str, Incidents], answers: Mapping[str, Incidents]) -> Figures:
    """One figure a role, and ``CEAF-REE``; an article without answer has no entities."""
    tally = summed(
        (name, matched(incidents.fillers[role], answers[key].fillers[role] if key in answers else ()))
        for key, incidents in gold.items()
        for role in INCIDENT_ROLES
        for name in (role, "CEAF-REE")
    )
    return {name: tally[name].figure() for name in (*INCIDENT_ROLES, "CEAF-REE")}


def matched(gold: Sequence[Names], answered: Sequence[Names]) -> Tally:
    """The largest one-to-one pairing of entities whose answered names are all among gold's."""
    mine, theirs = ([{plain(name.text) for name in names} for names in side] for side in (gold, answered))
    edges = [[j for j, names in enumerate(theirs) if names <= known] for known in mine]
    return Tally(largest_matching(edges), len(theirs), len(mine))


def plain(name: str) -> str:
    """A name as it is compared: lower case, without punctuation and articles, with single blanks."""
    bare = name.lower().translate(_PUNCTUATION)
    return " ".join(re.sub(r"\b(?:an?|the)\b", " ", bare).split())
