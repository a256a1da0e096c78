from __future__ import annotations

from logs import claims, first_reading

from dateline.record.linking import Document, Linker, Unlinked, meeting


def test_a_linker_without_opinions_keeps_articles_apart() -> None:
    linker: Linker = Unlinked()
    (claim, *others), document = claims(first_reading()), Document(claims(first_reading())[0].citation, "")
    assert [*linker.claim_keys(claim), *linker.article_keys(document)] == []
    assert [*linker.decide(claim, others), *linker.copies(document, [document])] == []


def test_keys_meet_themselves_but_those_that_ask() -> None:
    keys = ["ASSAULT 2024-W11", "answers Brenik >", "answers Brenik <", "a>"]
    assert [meeting(key) for key in keys] == [
        "ASSAULT 2024-W11",
        "answers Brenik <",
        "answers Brenik >",
        "a>",
    ]
