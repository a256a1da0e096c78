from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import feedparser
import pytest
from logs import claims, first_reading
from post import raid
from visitors import record, visited

from dateline.record.record import Record
from dateline.record.search import Wanted
from dateline.site.changes import changes
from dateline.site.faces.atom import feed, urn
from dateline.site.filters import Filter
from dateline.site.settings import SiteSettings
from dateline.types import Decision

SETTINGS = SiteSettings(base_url="https://site.example")


@pytest.fixture
def path(empty_file: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "record.db"
    copy.write_bytes(empty_file.read_bytes())
    return copy


def parsed(record: Record, asked: Filter | None = None) -> feedparser.FeedParserDict:
    view = asked or Filter()
    with record.reading() as connection:
        made = feed(SETTINGS, view, changes(connection, view.wanted()), {})
    found = feedparser.parse(made.body)
    assert not found.bozo, found.get("bozo_exception")
    return found


def test_a_feed_has_what_atom_asks_for(path: Path) -> None:
    with Record.open(path) as record:
        record.add(first_reading())
        found = parsed(record, Filter(type="ASSAULT"))
    assert found.version == "atom10"
    head = found.feed
    assert (head.title, head.author) == ("Dateline: attack", "Dateline")
    assert head.links[0].href == "https://site.example/incidents.atom?type=ASSAULT"
    assert head.links[0].rel == "self" and head.updated == max(each.updated for each in found.entries)
    for each in found.entries:
        assert each.id.startswith("urn:uuid:") and each.title and each.summary and each.published
        assert each.link.startswith("https://site.example/incidents/i")


def test_ids_are_different_and_stay_when_incidents_are_joined(path: Path) -> None:
    with Record.open(path) as record:
        record.add(first_reading())
        before = {each.id: each.updated for each in parsed(record).entries}
        (one, *_), (other,) = claims(first_reading()), claims(raid(1))
        record.add(raid(1))
        record.decide(Decision("same", "Ana", (one.id,), (other.id,), "one raid"))
        after = {each.id: each.updated for each in parsed(record).entries}
    assert len(before) == 2 and after.keys() == before.keys()


def test_updated_moves_only_with_what_changed(path: Path) -> None:
    with Record.open(path) as record:
        record.replay(first_reading(), (), recorded="2024-04-01T00:00:00+00:00")
        record.replay(raid(1), (), recorded="2024-04-02T00:00:00+00:00")
        (told,) = claims(raid(1))
        correction = Decision("correction", "Ana", (told.id,), (), "misread", None, "mode", '"aerial"')
        record.replay(None, (correction,), recorded="2024-04-03T00:00:00+00:00")
        updated = [each.updated for each in parsed(record).entries]
    assert updated == ["2024-04-03T00:00:00Z", "2024-04-01T00:00:00Z", "2024-04-01T00:00:00Z"]


def test_a_feed_of_nothing_is_one(path: Path) -> None:
    with Record.open(path) as record:
        found = parsed(record)
    assert (found.entries, found.feed.updated) == ([], "1970-01-01T00:00:00Z")


def test_markup_and_control_characters_do_no_harm(path: Path) -> None:
    nasty = "<script>alert(1)</script> ]]> &amp; \x00\x0b\ud800 ￾"
    with Record.open(path) as record:
        record.add(first_reading())
        with record.reading() as connection:
            told = [
                replace(each, brief=replace(each.brief, headline=nasty, place=nasty))
                for each in changes(connection, Wanted())
            ]
    root = ElementTree.fromstring(feed(SETTINGS, Filter(text="<b>"), told, {}).body)
    assert not list(root.iter("script"))
    assert "<script>" in "".join(root.itertext())


def test_a_name_is_a_uuid_and_the_same_at_every_address() -> None:
    assert urn("0123456789abcdef" * 2) == "urn:uuid:01234567-89ab-cdef-0123-456789abcdef"


def test_it_is_served_under_conditions(path: Path) -> None:
    with visited(path) as client:
        record(client).add(first_reading())
        first = client.get("/incidents.atom?type=ASSAULT")
        assert first.headers["content-type"].startswith("application/atom+xml")
        known = {"If-None-Match": first.headers["etag"]}
        assert client.get("/incidents.atom?type=ASSAULT", headers=known).status_code == 304
        since = {"If-Modified-Since": first.headers["last-modified"]}
        assert client.get("/incidents.atom?type=ASSAULT", headers=since).status_code == 304
        head = client.head("/incidents.atom")
        assert (head.status_code, head.content) == (200, b"")
        other = raid(2)
        record(client).add(other)
        assert client.get("/incidents.atom?type=ASSAULT", headers=known).status_code == 200
        assert client.get("/incidents.atom?type=AID", headers=known).status_code == 200
        assert client.get("/incidents.atom?since=x").status_code == 400
