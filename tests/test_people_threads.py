from __future__ import annotations

from logs import TEXT
from peopled import ARTICLE, DENIED, INCIDENT, KILLED, SHELLED, Visitor

from dateline.record import deciding
from dateline.site.people import anchors, storing
from dateline.site.people.threads import Shown, shown, versions


def thread(visitor: Visitor, subject: str) -> list[Shown]:
    with visitor.record.reading() as connection:
        if subject.startswith("i"):
            subjects = anchors.subjects(visitor.record.incident(subject))
        else:
            subjects = versions(connection, subject)
        return shown(connection, visitor.record, subject, storing.about(connection, subjects))


def say(visitor: Visitor, words: str, about: str = INCIDENT, phrase: str = "") -> None:
    start = TEXT.index(phrase)
    place = {"start": start, "end": start + len(phrase)} if phrase else {}
    answer = visitor.comment(words, about=about, once=words, proof=visitor.proof(), **place)
    assert answer.status_code == 201, answer.text


def test_an_incident_shows_its_comments_and_those_on_its_phrases(visitor: Visitor) -> None:
    say(visitor, "on the incident")
    say(visitor, "on a phrase", ARTICLE, "killed six guards")
    say(visitor, "on another event", ARTICLE, "shelled Ostrel")
    say(visitor, "on the article", ARTICLE)
    told = thread(visitor, INCIDENT)
    assert [(each.comment.words, each.quote, each.claim) for each in told] == [
        ("on the incident", None, None),
        ("on a phrase", "killed six guards", KILLED.id),
    ]
    shelled = visitor.record.incident(SHELLED.id).id
    assert [each.comment.words for each in thread(visitor, shelled)] == ["on another event"]
    assert [each.comment.words for each in thread(visitor, ARTICLE)] == [
        "on a phrase",
        "on another event",
        "on the article",
    ]


def test_comments_follow_an_incident_that_is_parted(visitor: Visitor) -> None:
    say(visitor, "before")
    deciding.split(visitor.record, INCIDENT, [DENIED.id], "Ana", "apart")
    of_both = [thread(visitor, visitor.record.incident(claim.id).id) for claim in (KILLED, DENIED)]
    assert sorted(len(each) for each in of_both) == [0, 1]


def test_only_what_is_shown_is_seen(visitor: Visitor) -> None:
    visitor.comment("held for want of a proof")
    link = visitor.comment("to be erased", once="2", proof=visitor.proof()).json()["link"]
    path, _, key = link.partition("?key=")
    visitor.post(f"{path}/erase", key=key)
    (told,) = thread(visitor, INCIDENT)
    assert (told.comment.state, told.comment.words, told.html) == ("erased", None, "<p></p>")


def test_a_comment_to_an_earlier_text_says_so(visitor: Visitor) -> None:
    from logs import WIRE, article, read, report

    say(visitor, "to the first text", ARTICLE, "killed six guards")
    text = "Corrected. " + TEXT
    added = visitor.record.add(read(article(WIRE, text), [report(text, "killed")]))
    (told,) = thread(visitor, added.article)
    assert told.earlier and told.quote == "killed six guards"
