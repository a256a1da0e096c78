"""Words that name an earlier happening, and the claims of other articles that they fit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from logs import article, claims, count, filler, read, report

from dateline.link import earlier
from dateline.types import Claim, Evidence, Span, When

STRUCK = (
    "Merovar bombed a camp near Lunova on Thursday "
    "in response to Tuesday's attack that killed six guards at Brenik."
)
ATTACKED = "Gunmen stormed the post at Brenik and six guards were killed there."


def on(day: str) -> When:
    return When(day, day, "day", "stated", Evidence(field="published"), "told")


def claim(text: str, trigger: str, address: str = "https://halvec.example/", **more: object) -> Claim:
    published = str(more.pop("published", "2024-03-14T10:00:00+00:00"))
    title = more.pop("title", None)
    told = article(address, text, published=published, title=title)
    (found,) = claims(read(told, [report(text, trigger, **more)]))
    return found


BOMBED = claim(STRUCK, "bombed", when=on("2024-03-14"))
KILLED = claim(
    ATTACKED,
    "killed",
    "https://wire.example/",
    published="2024-03-12",
    place=(filler(ATTACKED, "the post at Brenik"),),
    killed=(count(ATTACKED, "six", 6, 6),),
    when=on("2024-03-12"),
)


def test_what_an_answer_says_of_what_it_answers() -> None:
    (told,) = earlier.mentions(BOMBED)
    assert told.words == "Tuesday's attack that killed six guards at Brenik"
    assert (told.kinds, told.nouns, told.names) == (("ASSAULT",), ("attack",), ("brenik",))
    assert (told.day, told.numbers) == (date(2024, 3, 12), (6,))


def test_the_answer_is_tied_to_what_fits_whichever_comes_last() -> None:
    found, apart = earlier.decisions(BOMBED, [KILLED])
    assert (found.kind, found.by, found.subject, found.object) == (
        "answers",
        "linker",
        (BOMBED.id,),
        (KILLED.id,),
    )
    assert found.score == 1.0
    assert found.reason == (
        "“Tuesday's attack that killed six guards at Brenik”: "
        "ASSAULT, brenik, 2024-03-12, 6 killed or injured"
    )
    assert (apart.kind, apart.subject, apart.object) == ("different", found.subject, found.object)
    assert earlier.decisions(KILLED, [BOMBED]) == [found, apart]


def test_keys_meet_only_across() -> None:
    asked = {key[:-1] for key in earlier.keys(BOMBED) if key.endswith(">")}
    told = {key[:-1] for key in earlier.keys(KILLED) if key.endswith("<")}
    assert asked & told
    assert not any(key.endswith(">") for key in earlier.keys(KILLED))


@pytest.mark.parametrize(
    "other",
    [
        replace(KILLED, event=replace(KILLED.event, type="CONSULT")),
        replace(KILLED, event=replace(KILLED.event, status="negated")),
        replace(KILLED, event=replace(KILLED.event, when=on("2024-03-15"))),
        replace(KILLED, event=replace(KILLED.event, when=on("2024-02-20"))),
        replace(KILLED, event=replace(KILLED.event, place=(), killed=())),
    ],
    ids=["another kind", "denied", "later", "another day", "nothing in common but the kind and day"],
)
def test_what_does_not_fit_is_not_tied(other: Claim) -> None:
    assert earlier.decisions(BOMBED, [other]) == []


def test_claims_within_the_mention_answer_nothing() -> None:
    assert earlier.mentions(claim(STRUCK, "attack")) == ()
    assert earlier.mentions(claim(STRUCK, "killed")) == ()
    assert earlier.mentions(claim(STRUCK, "bombed", status="negated")) == ()


@pytest.mark.parametrize(
    ("text", "trigger", "words"),
    [
        (
            "In retaliation for the raid on Orlin, Dostrea expelled the envoy.",
            "expelled",
            "the raid on Orlin",
        ),
        (
            "Rebels burned farms to avenge the killing of Marr in Sela.",
            "burned",
            "the killing of Marr in Sela",
        ),
        (
            "The strike was in answer to the shelling of Tarn, officials said.",
            "strike",
            "the shelling of Tarn",
        ),
        ("Crowds marched in protest against the arrests in Corrin.", "marched", "the arrests in Corrin"),
    ],
)
def test_cues_of_answers(text: str, trigger: str, words: str) -> None:
    (told,) = earlier.mentions(claim(text, trigger))
    assert told.words == words


def test_a_cue_belongs_to_its_own_clause() -> None:
    told = "Gunmen killed a guard, and the army shelled Dravno in retaliation for the raid on Hask."
    assert earlier.mentions(claim(told, "killed")) == ()
    assert earlier.mentions(claim(told, "shelled"))[0].names == ("hask",)


def test_within_an_article_reports_answer_those_in_their_words() -> None:
    events = [report(STRUCK, trigger) for trigger in ("bombed", "attack", "killed")]
    assert earlier.within(read(article(text=STRUCK), events)) == [(0, 1), (0, 2)]
    denied = [report(STRUCK, "bombed", status="negated"), events[1]]
    assert earlier.within(read(article(text=STRUCK), denied)) == []


def test_who_condemns_answers_what_is_condemned_if_it_is_a_happening() -> None:
    condemned = claim("The envoy condemned the killings at Brenik.", "condemned", type="ACCUSE")
    blamed = claim("The minister blamed the Highland Front.", "blamed", type="ACCUSE")
    (told,) = earlier.mentions(condemned)
    assert (told.words, told.names) == ("the killings at Brenik", ("brenik",))
    assert earlier.mentions(blamed) == ()


def test_the_title_names_what_the_sentence_does_not() -> None:
    told = "Soldiers burned houses in a reprisal for the raid."
    titled = claim(told, "burned", title="Toll of Kasseru raid disputed")
    assert earlier.mentions(claim(told, "burned", title="Toll of Kasseru flood disputed")) == ()
    assert "kasseru" in earlier.mentions(titled)[0].names


def test_a_people_is_its_country() -> None:
    told = "Dostrea recalled its envoy in response to a Merovarian strike."
    recalled = claim(told, "recalled", type="SANCTION")
    strike = "Aircraft of Merovar began a strike at dawn."
    struck = claim(
        strike,
        "strike",
        "https://w.example/",
        actor=(filler(strike, "Aircraft of Merovar"),),
        published="2024-03-13",
    )
    score, reason = earlier.fit(earlier.mentions(recalled)[0], recalled, struck)
    assert (round(score, 2), reason) == (0.45, "ASSAULT, merovarian, 1 days before, “strike”")
    assert earlier.decisions(recalled, [struck]) == []  # a party, a word and nearness are not enough


def test_days_are_told_from_publication() -> None:
    sunday = "2024-02-04"
    told = {
        "Friday's raid": date(2024, 2, 2),
        "the raid yesterday": date(2024, 2, 3),
        "the raid on 28 December": date(2023, 12, 28),
        "the January 3 raid": date(2024, 1, 3),
        "the raid of 30 February": None,
        "the raid": None,
    }
    assert {words: earlier.mention(words, "", sunday).day for words in told} == told
    assert earlier.mention("Friday's raid", "", "").day is None


@settings(deadline=None)  # a busy machine takes its time
@given(st.text("abcdeABCDE ,.'31", max_size=60), st.sampled_from(["response to", "revenge for", "avenge"]))
def test_any_words_behind_a_cue_can_be_read(words: str, cue: str) -> None:
    text = f"They fired in {cue} {words}"
    for told in earlier.mentions(claim(text, "fired")):
        assert told.words in " ".join(text.split())
        assert (Span(0, len(text), text).text == text) and told.kinds
