"""A reading for a person at a terminal, and for a pipe.

A wide terminal gets a table, a narrow one a card for each report. A pipe gets the cards with every
word on one line, for ``grep``. All text of the article goes through ``rich.text.Text``, so markup in
it is shown, not obeyed, and through ``wording.words``, so control characters are harmless.
"""

from __future__ import annotations

from collections.abc import Iterator

from rich import box
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dateline.show import wording
from dateline.show.wording import Row
from dateline.types import Attribution, Reading

TABLE_FROM = 120
"""Columns of a terminal from which the table is readable."""
ENDLESS = 1_000_000
"""The width of a pipe, whose lines are never broken."""

TENOR_STYLES = {1: "bold cyan", 2: "bold green", 3: "bold yellow", 4: "bold red"}
INDENT = "    "
LABEL = max(map(len, wording.ASKED.values()))
STATUS_STYLE = "italic magenta"
COLUMNS = {key: label for key, label in wording.ASKED.items() if key != "weapon"}
"""The table's columns after the first; weapons stand under what happened."""


class Out(Console):
    """A console that leaves a closed pipe to its caller; rich would end the program with status 1."""

    def on_broken_pipe(self) -> None:
        """Called while a ``BrokenPipeError`` is handled."""
        raise


def console(color: bool | None = None) -> Console:
    """A console on standard output; ``color`` false turns colours off, null asks the terminal."""
    plain = Out(highlight=False, markup=False, emoji=False, no_color=True if color is False else None)
    if not plain.is_terminal:
        plain.width = ENDLESS
    return plain


def show(reading: Reading, out: Console) -> None:
    """Print a reading: headline, event reports, dates, places, actors, attributions, what was set apart."""
    for part in _parts(reading, out):
        out.print(part, soft_wrap=out.width == ENDLESS)
    out.print()


def _parts(reading: Reading, out: Console) -> Iterator[RenderableType]:
    whole = out.width == ENDLESS
    yield Text(wording.title(reading.article), style="bold")
    yield Text(" · ".join(wording.credits(reading.article)), style="dim")
    told = wording.rows(reading)
    yield Text(f"\n{wording.counted(len(told), 'event report')}", style="bold underline")
    groups = wording.happenings(told)
    if not whole and out.width >= TABLE_FROM and groups:
        yield _table(groups)
    else:
        yield from (part for group in groups for part in _cards(group, whole))
    for kind, entries in wording.entries(reading).items():
        if entries:
            yield Text(f"\n{wording.counted(len(entries), kind[:-1])}", style="bold underline")
            yield Text("; ".join(str(entry.phrase) for entry in entries))
    if reading.attributions:
        yield Text(f"\n{wording.counted(len(reading.attributions), 'attribution')}", style="bold underline")
        yield from (_attribution(said, whole) for said in reading.attributions)
    if reading.article.furniture:
        yield Text(f"\n{wording.furniture(reading.article)}", style="dim")


def _what(row: Row) -> Text:
    """Trigger, type, mode, and the status when the event is not told as a fact."""
    event = row.event
    text = Text(wording.words(event.trigger.text), style="bold")
    text.append(f"  {wording.kind(event)}", style=TENOR_STYLES[wording.tenor(event)])
    if event.status != "actual":
        text.append(f"  {event.status}", style=STATUS_STYLE)
    return text


def _number(row: Row, group: list[Row]) -> Text:
    """The report's number, behind an arrow when an earlier report tells of the same happening."""
    return Text(f"#{row.number}" if row is group[0] else f"↳ #{row.number}", style="bold")


def _phrase(row: Row, key: str) -> str:
    return "; ".join(map(str, row.fields.get(key, ())))


def _table(groups: list[list[Row]]) -> Table:
    """One row a report, the columns that have words; lines part the happenings."""
    keys = [key for key in COLUMNS if any(key in row.fields for group in groups for row in group)]
    table = Table(box=box.HORIZONTALS, header_style="dim", border_style="dim", pad_edge=False)
    table.add_column("", no_wrap=True)
    table.add_column("what", overflow="fold")
    for key in keys:
        table.add_column(COLUMNS[key], overflow="fold")
    for group in groups:
        for row in group:
            what = _what(row)
            if "weapon" in row.fields:
                what.append(f"\nwith {_phrase(row, 'weapon')}")
            table.add_row(_number(row, group), what, *(Text(_phrase(row, key)) for key in keys))
        table.add_section()
    return table


def _cards(group: list[Row], whole: bool) -> Iterator[RenderableType]:
    """Each report as lines: what, then the fields it has under their questions."""
    yield Text()
    for row in group:
        yield _number(row, group).append("  ").append_text(_what(row))
        fields = [(wording.ASKED[key], _phrase(row, key)) for key in row.fields]
        yield from _lines(fields) if whole else [_grid(fields)]


def _lines(fields: list[tuple[str, str]]) -> Iterator[Text]:
    return (Text(f"{INDENT}{label:{LABEL}}  {phrase}") for label, phrase in fields)


def _grid(fields: list[tuple[str, str]]) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="dim", no_wrap=True, min_width=len(INDENT) + LABEL)
    grid.add_column(overflow="fold")
    for label, phrase in fields:
        grid.add_row(f"{INDENT}{label}", Text(phrase))
    return grid


def _attribution(said: Attribution, whole: bool) -> RenderableType:
    source, cue, content = wording.attributed(said)
    parts = (source or "unnamed", "bold"), " · ", (cue, "italic cyan"), " · "
    text = Text.assemble(*parts, content if whole else wording.shortened(content))
    return text if whole else Padding(text, (0, 0, 0, 2))
