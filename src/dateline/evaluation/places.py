"""The task ``places``: the place names of an article and where they lie (LGL, TR-News, GeoWebNews, GeoVirus).

- ``recognition strict`` and ``overlap``: spans that are gold's, or that can be paired with gold's, one to
  one, so that they share a character (an equal span first);
- ``resolved``: of the overlapping pairs whose two sides have coordinates, the share at most 161 km apart;
- ``end to end``: of all gold toponyms with coordinates, the share that was found and put within 161 km;
- ``gold spans``: the same share where gold's spans are given, so that only the resolving is counted.

Figures with distances carry their median, ``median_km``, over the toponyms that were put somewhere. The
measures are those of the Pragmatic Guide to Geoparsing Evaluation (Gritta et al. 2020), but for the rest
that a toponym never found is an error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

from dateline.evaluation import annotated
from dateline.evaluation import gold as files
from dateline.evaluation.metrics import Figure, Figures, Tally, common, percent, summed
from dateline.types import Article, Range, Reading, Span, Toponym

REMEDY = "a places line holds id, text and toponyms with start, end and, where known, lat and lon"
NEAR_KM = 161.0
"""A hundred miles: what counts as the right place."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Located(Span):
    """Words that name a place, with its latitude and longitude in degrees and its id where they are known."""

    point: Point | None = None
    geonameid: int | None = None


@dataclass(frozen=True, slots=True)
class Places:
    """An article's place names; ``given`` are those of gold's spans, put somewhere by whoever answers."""

    article: Article
    toponyms: tuple[Located, ...]
    given: tuple[Located, ...] = ()


def load(path: Path) -> dict[str, Places]:
    """Gold places by article id."""
    return files.load(path, parsed, REMEDY)


def parsed(record: files.Record) -> Places:
    """A gold record; raises ValueError or KeyError if it is not one."""
    article = replace(files.article(record), url=record.get("url") or None)
    toponyms = tuple(_located(article, given) for given in record["toponyms"])
    return Places(article, toponyms, toponyms)


def _located(article: Article, given: files.Record) -> Located:
    span = files.span(article, given["start"], given["end"])
    point, id = _point(given.get("lat"), given.get("lon")), given.get("geonameid")
    return Located(span.start, span.end, span.text, point, int(id) if id else None)


def _point(lat: float | None, lon: float | None) -> Point | None:
    if lat is None or lon is None:
        return None
    if not (abs(lat) <= 90 and abs(lon) <= 180):
        raise ValueError(f"there is no place at latitude {lat} and longitude {lon}")
    return lat, lon


@contextmanager
def answering(model: Path | None) -> Iterator[tuple[Callable[[Places], Places], str | None]]:
    """What answers an article, and the digest of the model that reads it."""
    from dateline.resolve.gazetteer import Gazetteer
    from dateline.resolve.places import home_of, resolved, toponyms

    gazetteer = Gazetteer.open()
    with annotated.answering(model) as (read, digest):

        def answer(case: Places) -> Places:
            reading = read(Reading(case.article, annotated.GOLD))
            home = home_of(case.article)
            found = toponyms(case.article, reading.sentences, reading.mentions, gazetteer, home)
            given = resolved(case.article, case.given, gazetteer, home)
            return Places(case.article, _points(found), _points(given))

        yield answer, digest


def _points(toponyms: Iterable[Toponym]) -> tuple[Located, ...]:
    return tuple(
        Located(t.start, t.end, t.text, (t.place.lat, t.place.lon), t.place.geonameid)
        if t.place
        else Located(t.start, t.end, t.text)
        for t in toponyms
    )


def save(path: Path, answers: Mapping[str, Places]) -> None:
    """Predictions in gold's format, one article a line."""
    files.save(path, (recorded(answer) for answer in answers.values()))


def recorded(answer: Places) -> files.Record:
    """An answer as gold has it."""
    toponyms = [
        {"start": t.start, "end": t.end, "name": t.text}
        | ({"lat": t.point[0], "lon": t.point[1]} if t.point else {})
        for t in answer.toponyms
    ]
    return {"id": answer.article.id, "toponyms": toponyms}


def figures(gold: Mapping[str, Places], answers: Mapping[str, Places]) -> Figures:
    """The figures that the module's docstring defines; an article without answer has no toponyms."""
    cases = [(case, answers.get(key, Places(case.article, ()))) for key, case in gold.items()]
    counted = summed(tally for case, answer in cases for tally in _recognised(case, answer))
    found = [
        (case.toponyms[i], answer.toponyms[j])
        for case, answer in cases
        for i, j in paired(case.toponyms, answer.toponyms).items()
    ]
    given = [pair for case, answer in cases for pair in _alike(case.toponyms, answer.given)]
    errors = distances(found)
    located = sum(toponym.point is not None for case, _ in cases for toponym in case.toponyms)
    return {
        **{f"recognition {way}": counted[way].figure() for way in ("strict", "overlap")},
        "resolved": _within(errors, len(errors)),
        "end to end": _within(errors, located),
        "gold spans": _within(distances(given), located),
    }


def _alike(gold: Iterable[Located], given: Iterable[Located]) -> Iterator[tuple[Located, Located]]:
    answers = {(span.start, span.end): span for span in given}
    return ((span, answers[span.start, span.end]) for span in gold if (span.start, span.end) in answers)


def _recognised(case: Places, answer: Places) -> Iterator[tuple[str, Tally]]:
    yield "strict", common(_ranges(case.toponyms), _ranges(answer.toponyms))
    pairs = paired(case.toponyms, answer.toponyms)
    yield "overlap", Tally(len(pairs), len(answer.toponyms), len(case.toponyms))


def _ranges(spans: Iterable[Span]) -> list[Range]:
    return [(span.start, span.end) for span in spans]


def _within(errors: Sequence[float], of: int) -> Figure:
    near = sum(error <= NEAR_KM for error in errors)
    figure = {"accuracy": percent(near, of), "right": near, "gold": of}
    return figure | ({"median_km": median(errors)} if errors else {})


def distances(pairs: Iterable[tuple[Located, Located]]) -> list[float]:
    """The distances in kilometres of those pairs of which both have coordinates."""
    from dateline.resolve.place.features import kilometres

    return [kilometres(a.point, b.point) for a, b in pairs if a.point and b.point]


def paired(gold: Sequence[Span], predicted: Sequence[Span]) -> dict[int, int]:
    """One-to-one pairs of positions whose spans share a character, as many as can be.

    Gold's are served in their order, each trying an equal span first; one that has a partner keeps one.
    """
    equal = _equal(gold, predicted)
    edges = [
        sorted(
            (j for j, p in enumerate(predicted) if g.start < p.end and p.start < g.end),
            key=lambda j: j != equal.get(i),
        )
        for i, g in enumerate(gold)
    ]
    owner: dict[int, int] = {}

    def serve(i: int, seen: set[int]) -> bool:
        for j in edges[i]:
            if j not in seen:
                seen.add(j)
                if j not in owner or serve(owner[j], seen):
                    owner[j] = i
                    return True
        return False

    for i in range(len(gold)):
        serve(i, set())
    return {i: j for j, i in owner.items()}


def _equal(gold: Sequence[Span], predicted: Sequence[Span]) -> dict[int, int]:
    free: dict[Range, list[int]] = {}
    for j, span in reversed(list(enumerate(_ranges(predicted)))):
        free.setdefault(span, []).append(j)
    return {i: free[span].pop() for i, span in enumerate(_ranges(gold)) if free.get(span)}
