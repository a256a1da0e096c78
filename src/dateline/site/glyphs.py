"""Small drawings of numbers, as SVG without style of its own."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

from dateline.site import wording
from dateline.site.filters import Filter

WIDTH = 74
TOP = 1000
"""The number at the right end of a toll's scale, which is logarithmic and the same everywhere."""
LONGEST = 120
"""Months that a row of bars shows at most, the latest."""
SHORTEST = 24
"""Months that a row has at least, be they empty, so that bars are bars."""
BAR = 10
TALL = 60


def spread(toll: tuple[int | None, int | None, int | None]) -> Markup:
    """A toll as a line from the least to the most, with a dot at the best; open ends run out."""
    low, best, high = toll
    if best is None:
        return Markup("")
    dot = _place(best)
    left = 2 if low is None else _place(low)
    right = WIDTH - 2 if high is None else _place(high)
    return Markup(  # of numbers alone
        f'<svg viewBox="0 0 {WIDTH} 10" aria-hidden="true">'
        f'<line class="scale" x1="2" x2="{WIDTH - 2}" y1="5" y2="5"/>'
        f'<line x1="{left}" x2="{right}" y1="5" y2="5"/>'
        f'<circle cx="{dot}" cy="5" r="3.2"/></svg>'
    )


def _place(number: int) -> float:
    part = math.log10(1 + min(number, TOP)) / math.log10(1 + TOP)
    return round(4 + part * (WIDTH - 8), 1)


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a row of bars: its first and last day, how many incidents, whether it is asked for."""

    first: str
    last: str
    count: int
    chosen: bool


def months(counts: Mapping[str, int], asked: Filter) -> list[Month]:
    """The months up to the last with incidents, from the first as far as there is room, with their counts."""
    told = sorted(month for month in counts if len(month) == len("2024-03"))
    if not told:
        return []
    last = _index(told[-1])
    first = max(min(_index(told[0]), last - SHORTEST + 1), last - LONGEST + 1)
    return [_month(index, counts, asked) for index in range(first, last + 1)]


def _index(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:]) - 1


def _month(index: int, counts: Mapping[str, int], asked: Filter) -> Month:
    name = f"{index // 12:04}-{index % 12 + 1:02}"
    after = date((index + 1) // 12, (index + 1) % 12 + 1, 1)
    first, last = f"{name}-01", date.fromordinal(after.toordinal() - 1).isoformat()
    inside = (asked.since or first) <= last and (asked.until or last) >= first
    return Month(first, last, counts.get(name, 0), inside and bool(asked.since or asked.until))


def brush(row: Sequence[Month], asked: Filter) -> Markup:
    """Bars of incidents by month, each a link to its month; a script lets one draw over several."""
    if not row:
        return Markup("")
    most = max(month.count for month in row)
    bars = Markup("").join(_bar(place, month, most, asked) for place, month in enumerate(row))
    names = Markup("").join(Markup("<li>{}</li>").format(wording.day(row[n].first[:7])) for n in _named(row))
    return Markup(
        '<div class="brush" data-brush><svg viewBox="0 0 {width} {tall}" preserveAspectRatio="none"'
        ' role="group" aria-label="Incidents by month, {first} to {last}">{bars}</svg><ol>{names}</ol></div>'
    ).format(
        width=len(row) * BAR,
        tall=TALL,
        first=wording.day(row[0].first[:7]),
        last=wording.day(row[-1].first[:7]),
        bars=bars,
        names=names,
    )


def _named(row: Sequence[Month]) -> list[int]:
    """The places whose months are written out."""
    return sorted({0, (len(row) - 1) // 2, len(row) - 1})


def _bar(place: int, month: Month, most: int, asked: Filter) -> Markup:
    height = round(math.sqrt(month.count / most) * TALL, 1) if month.count else 0
    query = escape(asked.but(since=month.first, until=month.last).query())
    return Markup(  # all else is numbers, and names of months
        f'<a href="/?{query}" tabindex="-1" class="{"in" if month.chosen else ""}"'
        f' data-first="{month.first}" data-last="{month.last}">'
        f"<title>{wording.day(month.first[:7])}: {month.count}</title>"
        f'<rect class="hit" x="{place * BAR}" y="0" width="{BAR}" height="{TALL}"/>'
        f'<rect class="bar" x="{place * BAR + 1}" y="{TALL - height}" width="{BAR - 2}"'
        f' height="{height}"/></a>'
    )
