"""What a person sees at a terminal, and a program behind a pipe."""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import given, settings
from readings import ARTICLE, READING, RESOLVED, any_reading, hostile
from rich.console import Console

from dateline.show import terminal
from dateline.types import Reading

CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]")
BOX = re.compile("[\u2500-\u257f]")


def shown(reading: Reading, width: int, color: bool = False) -> str:
    """What a terminal of so many columns shows."""
    stream = io.StringIO()
    system = "standard" if color else None
    terminal.show(
        reading, Console(file=stream, width=width, force_terminal=True, color_system=system, markup=False)
    )
    return stream.getvalue()


def piped(reading: Reading, monkeypatch: pytest.MonkeyPatch) -> str:
    stream = io.StringIO()
    monkeypatch.setattr("sys.stdout", stream)
    terminal.show(reading, terminal.console())
    return stream.getvalue()


def test_a_wide_terminal_gets_a_table_of_the_columns_that_have_words() -> None:
    text = shown(READING, 160)
    header = next(line for line in text.splitlines() if "to whom" in line)
    assert " ".join(header.split()) == "what who to whom where when toll according to in answer to"
    assert "↳ #3" in text
    assert all(len(line) <= 160 for line in text.splitlines())


@pytest.mark.parametrize("width", [40, 80, 119])
def test_a_narrow_terminal_gets_cards(width: int) -> None:
    text = shown(READING, width)
    assert not BOX.search(text)
    assert re.search(r"according to\s+Foreign Minister", text)
    assert all(len(line) <= width for line in text.splitlines())


@pytest.mark.parametrize("width", [40, 80, 160])
def test_no_word_of_a_report_is_lost(width: int) -> None:
    text = shown(READING, width)
    for event in READING.events:
        for filler in (event.trigger, *event.actor, *event.recipient, *event.place, *event.date):
            for word in filler.text.split():
                assert word in text


def test_a_pipe_gets_plain_whole_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    text = piped(READING, monkeypatch)
    assert not BOX.search(text) and "\x1b" not in text
    assert not any(line.endswith(" ") for line in text.splitlines())
    for said in READING.attributions:
        assert said.content[0].text in text
    assert "    in answer to  #2 raid" in text.splitlines()
    assert "3 lines set apart: subscribe, comment (2)" in text


def test_what_words_stand_for_is_shown_beside_them(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = piped(RESOLVED, monkeypatch).splitlines()
    assert "    when          Saturday → 2031-05-03" in lines
    assert "    who           the army → Army of Merovar, XMV MIL" in lines
    for heading, told in (
        ("2 dates", "Sunday → ?; Saturday → 2031-05-03"),
        ("2 places", "Orlin → Halvec, XMV; Orlin → ?"),
        ("2 actors", "Army of Merovar → XMV MIL; Orlin rebels → REB, backed by XDO"),
    ):
        assert lines[lines.index(heading) + 1] == told


def test_an_article_without_anything_to_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    text = piped(Reading(ARTICLE, "fake"), monkeypatch)
    assert "0 event reports" in text and "attribution" not in text


def test_colours_come_and_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[1;31m" in shown(READING, 80, color=True)
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[1;31m" not in shown(READING, 80, color=True)
    assert terminal.console(color=False).no_color


def test_status_is_told_when_it_is_not_actual() -> None:
    text = shown(READING, 80)
    assert "raid  ASSAULT  negated" in text and "actual" not in text


def test_markup_is_shown_and_control_characters_are_harmless(monkeypatch: pytest.MonkeyPatch) -> None:
    text = piped(hostile(), monkeypatch)
    assert "[bold]Bad[/bold] <script>" in text
    assert "␛[31m␇" in text
    assert not CONTROL.search(text)


@settings(max_examples=50, deadline=None)
@given(any_reading())
def test_any_reading_can_be_shown(reading: Reading) -> None:
    for width in (20, 80, 200):
        text = shown(reading, width)
        assert not CONTROL.search(re.sub("\x1b\\[[0-9;]*m", "", text))
        text.encode()
