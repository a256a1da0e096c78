"""Reading → claims: each event report with who says so, and the sentence that tells it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from dateline.record.ids import address_of, article_id, claim_ids
from dateline.types import (
    Actor,
    Article,
    Attribution,
    Citation,
    Claim,
    EventReport,
    Filler,
    Range,
    Reading,
    Span,
)


def cited(article: Article) -> Citation:
    """What an article is cited by."""
    return Citation(
        article=article_id(article),
        address=address_of(article),
        title=article.title,
        byline=article.byline,
        publisher=article.publisher,
        published=article.published,
        modified=article.modified,
        language=article.language,
    )


def claimed(reading: Reading, reading_id: str, vectors: Sequence[bytes] = ()) -> tuple[Claim, ...]:
    """The claims of a reading, in its order; ``vectors``, if any, are one for each event report."""
    article = reading.article
    citation = cited(article)
    said = {attribution.id: attribution for attribution in reading.attributions}
    claims = []
    ids = claim_ids(citation.article, reading.events)
    for place, (identity, event) in enumerate(zip(ids, reading.events, strict=True)):
        attributions = tuple(said[name] for name in event.attributions if name in said)
        claims.append(
            Claim(
                id=identity,
                reading=reading_id,
                citation=citation,
                event=event,
                sentence=article.span(*sentence_of(event.trigger, reading.sentences)),
                speakers=speakers(event, attributions, reading.actors),
                attributions=attributions,
                vector=vectors[place] if vectors else b"",
            )
        )
    return tuple(claims)


def sentence_of(trigger: Span, sentences: Iterable[Range]) -> Range:
    """The sentence around a trigger, else the trigger itself."""
    around = ((start, end) for start, end in sentences if start <= trigger.start and trigger.end <= end)
    return next(around, (trigger.start, trigger.end))


def speakers(
    event: EventReport, attributions: Iterable[Attribution], actors: Sequence[Actor]
) -> tuple[Filler, ...]:
    """Who a report is according to: its own source, else the sources of its attributions."""
    if event.source:
        return event.source
    return tuple(
        Filler(span.start, span.end, span.text, said.confidence, actor_of(span, actors))
        for said in attributions
        for span in said.source
    )


def actor_of(span: Span, actors: Iterable[Actor]) -> Actor | None:
    """The one actor whose mention is at least half of some words; its mentions stay the article's."""
    found = {actor.id: actor for actor in actors if any(_is_half(each, span) for each in actor.mentions)}
    return replace(next(iter(found.values())), mentions=()) if len(found) == 1 else None


def _is_half(part: Span, whole: Span) -> bool:
    """A mention within more words does not name them all: not the town in "a hospital in Orlin"."""
    shared = min(part.end, whole.end) - max(part.start, whole.start)
    return 2 * shared >= whole.end - whole.start > 0
