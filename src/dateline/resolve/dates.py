"""When things were: an article's time phrases as days, and the days of its event reports."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from dateline.resolve.time.setting import Anchor
from dateline.resolve.time.tense import Tense
from dateline.resolve.time.timeline import Timeline
from dateline.types import Article, DatePhrase, EventReport, Evidence, Range, Reading, When


def phrases(
    article: Article, sentences: Sequence[Range], published: str | None, country: str | None = None
) -> tuple[DatePhrase, ...]:
    """All time phrases in some sentences of an article, resolved.

    ``published`` is an ISO 8601 date or date-time as the publisher gave it, null if unknown: then what
    counts from it stays unresolved. ``country`` (ISO 3166-1 alpha-3) gives the order of 03/04/2024. Never
    fails.
    """
    return Timeline.of(article, sentences, published, country).phrases()


def dated(reading: Reading, country: str | None = None) -> Reading:
    """The reading with its time phrases, the days of its date fillers, and when each report was."""
    article = reading.article
    timeline = Timeline.of(article, reading.sentences, article.published, country)
    events = [_with_fillers(event, timeline) for event in reading.events]
    published = timeline.setting.published
    told = tuple(replace(event, when=when(event, _alike(event, events), published)) for event in events)
    return replace(reading, dates=timeline.phrases(), events=told)


def _with_fillers(event: EventReport, timeline: Timeline) -> EventReport:
    tense: Tense | None = "future" if event.status == "future" else None
    fillers = (
        replace(each, resolved=timeline.resolve(each.start, each.end, tense).when) for each in event.date
    )
    return replace(event, date=tuple(fillers))


def _alike(event: EventReport, events: Iterable[EventReport]) -> list[EventReport]:
    return [other for other in events if other.happening == event.happening and other.id != event.id]


def when(report: EventReport, others: Iterable[EventReport], published: Anchor | None) -> When | None:
    """When a report was, given the other reports of its happening; date fillers are resolved.

    Its own date if it has one, else that of another mention of the happening, else what the publication
    bounds: what happened is not after it, what is to come is not before. What did not happen, or may, has
    no such bound.
    """
    own = _common(_stated(report))
    if own:
        return own
    inherited = _common([date for other in others for date in _stated(other)])
    if inherited:
        reason = f"date of the same happening elsewhere: {inherited.reason}"
        return replace(inherited, basis="inherited", reason=reason)
    return _bounded(report, published)


def _stated(report: EventReport) -> list[When]:
    return [each.resolved for each in report.date if isinstance(each.resolved, When)]


def _common(dates: Sequence[When]) -> When | None:
    """What all dates have in common, or from the first to the last where they have nothing in common."""
    if not dates:
        return None
    starts, ends = [each.start for each in dates], [each.end for each in dates]
    start, end = max(filter(None, starts), default=None), min(filter(None, ends), default=None)
    if start and end and start > end:
        start = None if None in starts else min(filter(None, starts))
        end = None if None in ends else max(filter(None, ends))
    same = next((each for each in dates if (each.start, each.end) == (start, end)), None)
    return same or (_joined(dates, start, end) if start or end else dates[0])


def _joined(dates: Sequence[When], start: str | None, end: str | None) -> When:
    spans = tuple(dict.fromkeys(span for each in dates for span in each.evidence.spans))
    field = next((each.evidence.field for each in dates if each.evidence.field), None)
    reason = " and ".join(dict.fromkeys(each.reason for each in dates))
    precision = dates[0].precision if start and end else "open"
    return When(start, end, precision, "stated", Evidence(spans, field), reason)


def _bounded(report: EventReport, published: Anchor | None) -> When | None:
    if published is None or report.status not in ("actual", "future"):
        return None
    past, day = report.status == "actual", published.day.isoformat()
    reason = f"no date is told, but it is not {'after' if past else 'before'} {published}"
    evidence = published.evidence or Evidence(field="published")
    return When(None if past else day, day if past else None, "open", "inferred", evidence, reason)
