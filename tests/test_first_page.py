"""The first real page: a scraped news page, furniture and all, through the command as a user runs it."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[2] / "shared" / "first_page"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="needs ../shared/first_page")

Json = dict[str, Any]


@pytest.fixture(scope="module")
def reading() -> Json:
    command = [sys.executable, "-m", "dateline", "read", "--jsonl", str(FOLDER / "page.txt")]
    done = subprocess.run([*command, "--published", "2024-02-04"], capture_output=True, check=True, text=True)
    found: Json = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def expected() -> Json:
    wanted: Json = json.loads((FOLDER / "expect.json").read_text("utf-8"))
    return wanted


def test_the_furniture_is_set_apart_and_nothing_else(reading: Json, expected: Json) -> None:
    assert reading["furniture"] == expected["furniture"]
    body = "".join(reading["text"][r["start"] : r["end"]] for r in reading["body"])
    before = reading["text"][: expected["furniture"][0]["start"]]
    assert "".join(body.split()) == "".join(before.split())


def test_the_headline_and_the_date_are_told(reading: Json) -> None:
    assert reading["headline"]["text"] == reading["text"].splitlines()[0]
    assert (reading["published"], reading["published_from"]) == ("2024-02-04", "option")


def overlap(a: Json, b: Json) -> int:
    return max(0, min(a["end"], b["end"]) - max(a["start"], b["start"]))


def test_most_attributions_are_found_with_their_speaker_and_words(reading: Json, expected: Json) -> None:
    found = 0
    for wanted in expected["attributions"]:
        length = wanted["content"]["end"] - wanted["content"]["start"]
        found += any(
            sum(overlap(c, wanted["content"]) for c in a["content"]) >= 0.8 * length
            and any(wanted["source"] in s["text"] for s in a["source"])
            and any(wanted["cue"] in c["text"] for c in a["cue"])
            for a in reading["attributions"]
        )
    assert found >= 5, f"{found} of {len(expected['attributions'])}"


def named(events: list[Json], kind: str, **words: str) -> list[Json]:
    """The events of a type, of which each named role has a filler that holds some words."""
    return [
        e
        for e in events
        if e["type"] == kind and all(any(w in f["text"] for f in e[role]) for role, w in words.items())
    ]


def test_the_facts_are_on_record(reading: Json) -> None:
    events = reading["events"]
    killing = named(events, "ASSAULT", place="Jordan", killed="three")
    assert killing and killing[0]["killed"][0]["value"] == 3
    assert any(count["value"] == 40 for e in events for count in e["injured"])
    strikes = named(events, "ASSAULT", actor="US", place="Syria", date="Friday")
    assert strikes, "the airstrikes in Syria on Friday"
    assert named(events, "REQUEST", recipient="Iraqi government"), "the call on the Iraqi government"
    assert named(events, "THREATEN"), "the further strikes"
