from __future__ import annotations

from dataclasses import replace

from logs import TEXT, claims, filler, first_reading, span

from dateline.record.claims import actor_of, cited, claimed, sentence_of
from dateline.types import Actor, Evidence


def actor(identity: str, *words: str) -> Actor:
    mentions = tuple(span(TEXT, each) for each in words)
    return Actor(
        identity, identity.title(), None, None, "stated", Evidence(mentions), "named", None, mentions
    )


def test_a_claim_has_its_sentence_and_who_says_so() -> None:
    killed, denied, shelled = claims(first_reading())
    assert (
        killed.sentence.text == "Gunmen killed six guards at the Merovar post on Tuesday, the ministry said."
    )
    assert [speaker.text for speaker in killed.speakers] == ["the ministry"]
    assert [speaker.text for speaker in denied.speakers] == ["The Highland Front"]
    assert (shelled.speakers, shelled.attributions) == ((), ())
    assert killed.attributions[0].cue[0].text == "said"


def test_a_speaker_is_the_actor_that_its_words_mention() -> None:
    reading = replace(first_reading(), actors=(actor("ministry", "ministry"), actor("front", "Front")))
    (speaker,) = claims(reading)[0].speakers
    assert speaker.resolved is not None and speaker.resolved.name == "Ministry"
    words = filler(TEXT, "the ministry")
    assert actor_of(words, [actor("one", "ministry"), actor("two", "the min")]) is None


def test_a_citation_is_all_that_the_page_says() -> None:
    citation = cited(first_reading(title="Six killed", modified="2024-03-13").article)
    assert (citation.publisher, citation.title, citation.modified) == (
        "Kestrel Wire",
        "Six killed",
        "2024-03-13",
    )
    assert citation.address == "https://wire.example/post"


def test_vectors_go_with_their_reports() -> None:
    told = claimed(first_reading(), "r1", [b"1", b"2", b"3"])
    assert [claim.vector for claim in told] == [b"1", b"2", b"3"]


def test_without_a_sentence_the_trigger_stands_alone() -> None:
    trigger = span(TEXT, "attack")
    assert sentence_of(trigger, [(0, 5), (trigger.start + 1, 200)]) == (trigger.start, trigger.end)
