from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from newsstand import Site, site
from typer.testing import CliRunner, Result

from dateline import cli
from dateline.commands.sources import contact_of
from dateline.ingest.sources import Sources, read_sources

FILE = Path("SOURCES.toml")


@pytest.fixture
def here() -> Iterator[Site]:
    with site() as made:
        yield made


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DATELINE_SOURCES", raising=False)
    FILE.write_text('# ours\n[watch]\ncontact = "desk@dateline.example"\nleast = "0s"\nfactor = 1\n')


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.app, ["sources", *arguments])


def test_the_feed_of_a_site_is_found_and_added(here: Site) -> None:
    feed = here.feed("/feed", here.base + "/one")
    link = b'<link rel="alternate" type="application/rss+xml" href="/feed">'
    here.routes["/"] = 200, {"Content-Type": "text/html"}, b"<!doctype html><head>" + link
    before = FILE.read_text()
    result = run("add", here.base, "--name", "Kestrel", "--every", "15m", "--allow-private")
    assert result.stdout == f"added 'Kestrel': feed {feed}, 1 page\n"
    (source,) = read_sources(FILE).sources
    assert (source.name, source.address, source.kind, source.every) == ("Kestrel", feed, "feed", 900.0)
    assert FILE.read_text().startswith(before)
    assert here.asked[0][1]["User-Agent"].endswith("(+desk@dateline.example)")
    again = run("add", feed, "--allow-private")
    assert "two sources of the address" in str(again.exception)


def test_a_file_is_made_when_there_is_none(here: Site) -> None:
    FILE.unlink()
    assert run("add", here.feed("/feed", here.base + "/one"), "--allow-private").exit_code == 0
    assert read_sources(FILE).sources[0].name == "127.0.0.1"


def test_what_cannot_be_added_changes_nothing(here: Site) -> None:
    before = FILE.read_text()
    assert run("add", here.base, "--every", "often", "--allow-private").exit_code == 2
    assert "no such page" in str(run("add", here.base, "--allow-private").exception)
    assert "not on the public internet" in str(run("add", here.base).exception)
    assert "not an address of the web" in str(run("add", "kestrel.example").exception)
    assert FILE.read_text() == before


def test_sources_are_listed_paused_and_resumed(here: Site) -> None:
    run("add", here.feed("/feed", here.base + "/one"), "--name", "Kestrel", "--allow-private")
    text = FILE.read_text()
    assert run("pause", "Kestrel").stdout == "paused 'Kestrel'\n"
    assert run("list").stdout == f"paused  Kestrel  {here.base}/feed\n"
    assert run("pause", "Kestrel").exit_code == 0  # once more does no harm
    assert run("resume", here.base + "/feed").stdout == "following 'Kestrel'\n"
    assert FILE.read_text() == text
    (told,) = json.loads(run("list", "--json").stdout)
    assert (told["name"], told["paused"], told["every"]) == ("Kestrel", False, 1_800.0)
    assert "has no source 'wire'" in str(run("pause", "wire").exception)


def test_sources_are_tried_and_nothing_is_kept(here: Site, tmp_path: Path) -> None:
    run("add", here.feed("/feed", here.base + "/one"), "--name", "Kestrel", "--allow-private")
    FILE.write_text(f'{FILE.read_text()}\n[[source]]\nname = "ours"\naddress = "pages.txt"\nkind = "list"\n')
    result = run("test", "--allow-private")
    assert result.stdout == f"Kestrel: feed {here.base}/feed, 1 page\n" and result.exit_code == 1
    assert "pages.txt: cannot be read" in result.stderr
    Path("pages.txt").write_text("https://courier.example/1\n")
    assert run("test", "ours").stdout == "ours: list pages.txt, 1 page\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["SOURCES.toml", "pages.txt"]


def test_the_contact_of_the_environment_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    assert contact_of(Sources(FILE, contact="a@b.example")) == "a@b.example"
    monkeypatch.setenv("DATELINE_CONTACT", "c@d.example")
    assert contact_of(Sources(FILE)) == contact_of(Sources(FILE, contact="a@b.example")) == "c@d.example"
