from __future__ import annotations

import json

from readings import READING

from .prepared import Prepared, prepared


def test_the_same_seed_prepares_the_same() -> None:
    assert prepared([READING], 3, seed=1) == prepared([READING], 3, seed=1) != prepared([READING], 3, seed=2)


def test_each_is_an_article_of_its_own(few: list[Prepared]) -> None:
    assert len({item.article for item in few}) == len(few) and all(item.reports for item in few)


def test_offsets_hold_under_other_names(few: list[Prepared]) -> None:
    texts = set()
    for item in few:
        record = json.loads(item.line)
        text = record["text"]
        texts.add(text)
        for event in record["events"]:
            span = event["trigger"]
            assert text[span["start"] : span["end"]] == span["text"]
            for count in event["killed"]:
                assert text[count["start"] : count["end"]] == count["text"]
        assert "Brenik" not in item.line and "Corrin" not in item.line
    assert len(texts) == len(few)
