"""A reliability plot as SVG text: how often answers are right, by the confidence they are told with.

On the diagonal confidence is what it says; below it the reader is too sure of itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from xml.sax.saxutils import escape

from dateline.evaluation.calibration import Bin

SIDE, MARGIN, LEGEND = 300, 48, 24
COLOURS = ("#1f6f8b", "#c8553d")
"""Of the series in order: apart in hue and in lightness."""


def plot(series: Mapping[str, Sequence[Bin]]) -> str:
    """The plot of one or two series of bins under their names, as an SVG document."""
    width, height = SIDE + 2 * MARGIN, SIDE + 2 * MARGIN + LEGEND * len(series)
    body = "\n".join([*_axes(), *_series(series)])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'font-family="sans-serif" font-size="12">\n<title>Share of right answers by confidence</title>\n'
        f'<rect width="{width}" height="{height}" fill="#fff"/>\n{body}\n</svg>\n'
    )


def _x(share: float) -> float:
    return round(MARGIN + SIDE * share, 1)


def _y(share: float) -> float:
    return round(MARGIN + SIDE * (1 - share), 1)


def _axes() -> Iterator[str]:
    yield f'<rect x="{_x(0)}" y="{_y(1)}" width="{SIDE}" height="{SIDE}" fill="none" stroke="#888"/>'
    yield f'<path d="M{_x(0)} {_y(0)}L{_x(1)} {_y(1)}" stroke="#888" stroke-dasharray="4"/>'
    for tick in (0, 0.25, 0.5, 0.75, 1):
        yield f'<text x="{_x(tick)}" y="{_y(0) + 16}" text-anchor="middle">{tick:g}</text>'
        yield f'<text x="{_x(0) - 6}" y="{_y(tick) + 4}" text-anchor="end">{tick:g}</text>'
    yield f'<text x="{_x(0.5)}" y="{_y(0) + 34}" text-anchor="middle">confidence</text>'
    yield f'<text x="{_x(0)}" y="{_y(1) - 12}">share that is right</text>'


def _series(series: Mapping[str, Sequence[Bin]]) -> Iterator[str]:
    for row, ((name, bins), colour) in enumerate(zip(series.items(), COLOURS, strict=False)):
        points = [(_x(each.confidence), _y(each.right)) for each in bins]
        line = "L".join(f"{x} {y}" for x, y in points)
        yield f'<path d="M{line}" fill="none" stroke="{colour}"/>' if points else ""
        yield from (f'<circle cx="{x}" cy="{y}" r="4" fill="{colour}"/>' for x, y in points)
        y = _y(0) + 54 + LEGEND * row
        yield f'<circle cx="{_x(0)}" cy="{y - 4}" r="4" fill="{colour}"/>'
        yield f'<text x="{_x(0) + 12}" y="{y}">{escape(name)}</text>'
