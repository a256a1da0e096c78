from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import InputError
from dateline.ingest.politeness import Manners
from dateline.ingest.sources import (
    Source,
    duration,
    parse_sources,
    quoted,
    read_sources,
    with_paused,
    with_source,
)

PATH = Path("SOURCES.toml")
TEXT = """\
# what we follow
[watch]
contact = "https://desk.example/bot"
every = "1h"
factor = 3
least = "2s"

[[source]]  # the wire
name = "Kestrel Wire"
address = "https://kestrel.example/feed"
every = "15m"
only = "/world/"
skip = "/video/"

[[source]]
address = "https://courier.example/news.xml"
kind = "sitemap"
paused = true
newest = 5
since = "2d"
revisit = true

[[source]]
name = "ours"
address = "pages.txt"
kind = "list"
"""


def test_a_file_of_sources() -> None:
    found = parse_sources(PATH, TEXT)
    kestrel, courier, ours = found.sources
    assert (found.contact, found.manners) == ("https://desk.example/bot", Manners(3.0, 2.0, 60.0))
    assert (kestrel.name, kestrel.every, kestrel.kind, kestrel.paused) == ("Kestrel Wire", 900.0, None, False)
    assert kestrel.wants("https://kestrel.example/world/1")
    assert not kestrel.wants("https://kestrel.example/sport/1")
    assert not kestrel.wants("https://kestrel.example/world/video/1")
    address = "https://courier.example/news.xml"
    assert courier == Source(address, address, "sitemap", 3_600.0, True, 5, 172_800.0, None, None, True)
    assert ours.address == "pages.txt"
    assert found.named("ours") is ours and found.named("https://kestrel.example/feed") is kestrel


def test_an_empty_file_has_no_sources() -> None:
    assert parse_sources(PATH, "").sources == () and parse_sources(PATH, "").contact is None


ADDRESS = 'address = "https://a.example/"'


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[[source]", "not TOML"),
        ("[feeds]", "unknown key 'feeds'"),
        ("watch = 3", "holds other tables"),
        ("source = [3]", r"\[\[source\]\] 1: no table"),
        ("[watch]\nmail = 'x'", r"\[watch\]: unknown key 'mail'"),
        ("[watch]\nfactor = 0.5", "factor is under 1"),
        ("[watch]\ncontact = 3", "contact is 3"),
        ("[[source]]\nname = 'x'", r"\[\[source\]\] 1: has no address"),
        ("[[source]]\nadress = 'x'", r"1: unknown key 'adress'"),
        (f"[[source]]\n{ADDRESS}\n[[source]]\n{ADDRESS}", "two sources of the name"),
        (f"[[source]]\n{ADDRESS}\nname='a'\n[[source]]\n{ADDRESS}\nname='b'", "two sources of the address"),
        (f"[[source]]\n{ADDRESS}\nevery = '10s'", "every is under 60 s"),
        (f"[[source]]\n{ADDRESS}\nevery = 'often'", "every is 'often'"),
        (f"[[source]]\n{ADDRESS}\nevery = true", "every is True"),
        (f"[[source]]\n{ADDRESS}\nkind = 'blog'", "kind is 'blog'"),
        (f"[[source]]\n{ADDRESS}\npaused = 1", "paused is 1"),
        (f"[[source]]\n{ADDRESS}\nnewest = 0", "newest is 0"),
        (f"[[source]]\n{ADDRESS}\nonly = '('", "only is no pattern"),
        ("[[source]]\naddress = 'pages.txt'", "'pages.txt' is not on the web"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(text: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        parse_sources(PATH, text)


def test_a_file_that_cannot_be_read_and_a_name_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file"):
        read_sources(tmp_path / "none.toml")
    (tmp_path / "bad.toml").write_bytes(b"\xff")
    with pytest.raises(InputError, match="not UTF-8"):
        read_sources(tmp_path / "bad.toml")
    with pytest.raises(InputError, match="has no source 'wire'; it has 'Kestrel Wire'"):
        parse_sources(PATH, TEXT).named("wire")


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("90s", 90.0),
        ("1.5m", 90.0),
        (" 2 h ", 7_200.0),
        ("1d", 86_400.0),
        (30, 30.0),
        ("2w", None),
        (-1, None),
    ],
)
def test_durations(value: str | float, seconds: float | None) -> None:
    assert duration(value) == seconds


def test_a_source_is_added_below_the_others() -> None:
    new = Source("A “wire”\n", "https://a.example/feed", "feed", 900.0)
    text = with_source(TEXT, new)
    assert text.startswith(TEXT) and parse_sources(PATH, text).sources[-1] == new
    assert parse_sources(PATH, with_source("", new)).sources == (new,)


def test_a_source_is_paused_and_resumed_and_nothing_else_changed() -> None:
    kestrel, courier, _ = parse_sources(PATH, TEXT).sources
    paused = with_paused(PATH, TEXT, kestrel, True)
    assert paused == TEXT.replace("# the wire\n", "# the wire\npaused = true\n")
    (again, *_) = parse_sources(PATH, paused).sources
    assert with_paused(PATH, paused, again, False) == TEXT
    assert with_paused(PATH, TEXT, courier, False) == TEXT.replace("paused = true\n", "")


def test_a_file_laid_out_otherwise_is_left_as_it_is() -> None:
    text = 'source = [{name = "a", address = "https://a.example/"}]\n'
    (source,) = parse_sources(PATH, text).sources
    with pytest.raises(InputError, match="cannot be found; write paused = true there yourself"):
        with_paused(PATH, text, source, True)
    text = f'[[source]]\n{ADDRESS}\nname = """\n[[source]]\n"""\n'
    (source,) = parse_sources(PATH, text).sources
    assert parse_sources(PATH, with_paused(PATH, text, source, True)).sources[0].paused


@given(st.text())
def test_any_text_is_written_so_that_it_comes_back(text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    assert tomllib.loads(f"x = {quoted(text)}") == {"x": text}
