"""200 attempts to run a script, in title, body, names, comment and evidence: none runs.

Each page holds ten attempts in every place where others' words stand. A page fails when a dialog opened,
when a script noted that it ran, when the browser had to block anything, or when an element or attribute of
an attempt is in the page at all.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from logs import article, filler, read, report
from payloads import PAYLOADS
from playwright.sync_api import Browser, Page
from serving import Served
from sqlalchemy import insert

from dateline.record.claims import cited
from dateline.record.engine import writing
from dateline.record.record import Record
from dateline.site.people.tables import comments
from dateline.types import Actor, Attribution, Evidence, Place, Reading, Span

AT_ONCE = 10
PAGES = len(PAYLOADS) // AT_ONCE
MARKS = r"""
() => [...document.querySelectorAll('*')].filter(each =>
  [...each.attributes].some(a => a.name.startsWith('on') || a.name === 'srcdoc'
    || /^\s*javascript:/i.test(a.value))
  || ['IFRAME', 'OBJECT', 'EMBED', 'BASE'].includes(each.tagName)
  || (each.tagName === 'SCRIPT' && !each.src && each.type !== 'application/json')
  || each.id === 'lure').map(each => each.outerHTML.slice(0, 200))
"""
"""What of an attempt has become part of the page."""


def some(number: int) -> tuple[str, ...]:
    return PAYLOADS[number * AT_ONCE : (number + 1) * AT_ONCE]


def nasty(number: int) -> Reading:
    """An article with ten attempts in each of its places, and an address that is one."""
    words = " ".join(some(number))
    text = f"Gunmen raided a post, {words} said in Ostrel."
    gunmen, ostrel = (Evidence((_span(text, name),)) for name in ("Gunmen", "Ostrel"))
    actor = Actor(words, words, None, "REB", "stated", gunmen, words)
    place = Place(words, 1, 2, 3, None, words, None, "settlement", "literal", "stated", ostrel, words)
    source, cue, content = (_span(text, each) for each in (words, "said", "Gunmen raided"))
    said = Attribution("a1", (source,), (cue,), (content,), "indirect", 0.9)
    event = report(
        text,
        "raided",
        actor=(replace(filler(text, "Gunmen"), resolved=actor),),
        place=(replace(filler(text, "Ostrel"), resolved=place),),
        attributions=("a1",),
    )
    address = f"javascript:alert(window.ran={number})//{number}"
    told = read(article(address, text, title=words, byline=words, publisher=words), [event], [said])
    return replace(told, sentences=((0, len(text)),), actors=(replace(actor, mentions=(source,)),))


def _span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words), words)


def _comment(about: str, payload: str) -> dict[str, Any]:
    ids = {"id": "m" + secrets.token_hex(16), "once": secrets.token_hex(16)}
    told = {"about": about, "name": payload, "words": payload, "written": "2024-04-01T12:00:00"}
    return {**ids, **told, "state": "shown"}


@pytest.fixture(scope="module")
def site(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    path = Path(shutil.copy(empty_file, tmp_path_factory.mktemp("nasty") / "record.db"))
    with Record.open(path) as record:
        for number in range(PAGES):
            told = nasty(number)
            record.add(told)
            about = cited(told.article).article
            with writing(record.engine) as connection:
                connection.execute(insert(comments), [_comment(about, each) for each in some(number)])
    served = Served(path)
    served.start()
    yield served
    served.stop()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    context.set_default_timeout(90_000)
    yield context.new_page()
    context.close()


def addresses(site: Served) -> list[str]:
    with site.record() as record:
        entries = record.entries()
    articles = [f"/articles/{entry.citation.article}" for entry in entries if entry.citation]
    incidents = [f"/incidents/i{claim.id[1:]}" for entry in entries for claim in entry.claims]
    lists = ["/", "/timeline", "/speakers", "/subscribe"]
    return [*articles, *incidents, *lists, *(f"{path}?text={quote(PAYLOADS[20])}" for path in lists)]


def test_no_script_runs(site: Served, page: Page) -> None:
    assert len(set(PAYLOADS)) == 200
    told: list[str] = []
    page.on("dialog", lambda dialog: (told.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("pageerror", lambda error: told.append(f"error {error}"))
    page.on("console", lambda line: "Content Security" in line.text and told.append(line.text))
    seen = 0
    for address in addresses(site):
        answer = page.goto(site.url + address)
        assert answer is not None and answer.ok, address
        seen += answer.text().count("window.ran")
        assert page.evaluate(MARKS) == [], address
        assert page.evaluate("window.ran") is None, address
        assert told == [], address
    assert seen > 10 * len(PAYLOADS), "the attempts are in the pages, as text"
