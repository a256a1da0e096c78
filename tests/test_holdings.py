from __future__ import annotations

from dataclasses import replace

from logs import TEXT, WIRE, article, claims, first_reading, log, read, report

from dateline.record.holdings import as_of, gathered, revised, successors
from dateline.record.ids import decision_id
from dateline.types import Decision, Reading


def again(*triggers: tuple[str, str], text: str = TEXT, **facts: object) -> Reading:
    """The same address read by a newer model, or with another text."""
    told = article(WIRE, text, **facts)
    return read(told, [report(text, words, type=kind) for words, kind in triggers], model="m2")


def test_the_latest_reading_supersedes_and_the_old_one_stays_visible() -> None:
    held = gathered(log(first_reading(), again(("killed", "ASSAULT"), ("retaliation", "ASSAULT"))))
    assert [claim.event.trigger.text for claim in held.live] == ["killed", "retaliation"]
    assert [claim.event.trigger.text for claim in held.former] == ["attack", "shelled"]
    assert held.live[0].id == claims(first_reading())[0].id


def test_a_new_text_at_the_address_supersedes_the_old_text() -> None:
    new = TEXT.replace("six", "nine")
    held = gathered(log(first_reading(), again(("killed", "ASSAULT"), text=new)))
    assert [claim.citation.article for claim in held.live] != [held.former[0].citation.article]
    assert (len(held.live), len(held.former), len(held.citations)) == (1, 3, 2)


def test_reading_an_old_text_once_more_does_not_bring_it_back() -> None:
    new = again(("killed", "ASSAULT"), text=TEXT.replace("six", "nine"))
    held = gathered(log(first_reading(), new, again(("attack", "ASSAULT"))))
    assert [claim.event.trigger.text for claim in held.live] == ["killed"]


def test_superseded_decisions_do_not_stand() -> None:
    one, two, _ = claims(first_reading())
    human = Decision("different", "Ana", (one.id,), (two.id,), "seen")
    gone = Decision("withdrawal", "Ana", (one.id,), supersedes=(decision_id(human),))
    assert gathered(log(first_reading(), human)).decisions == (human,)
    assert gathered(log(first_reading(), human, gone)).decisions == ()


def test_successors_overlap_or_tell_the_same_in_the_same_sentence() -> None:
    one, two, three = claims(first_reading())
    here = claims(again(("killed six", "ASSAULT"), ("killed", "ACCUSE")))
    assert successors([one, two], here) == {one.id: here[0].id}
    longer = claims(again(("shelled", "COERCE"), ("killed", "ASSAULT"), text="It rained. " + TEXT))
    assert successors([one, two, three], longer) == {one.id: longer[1].id, three.id: longer[0].id}
    elsewhere = claims(first_reading("https://courier.example/post"))
    assert successors([one], elsewhere) == {}


def test_a_rewritten_sentence_is_known_by_its_words() -> None:
    one, two, three = claims(first_reading())
    text = TEXT.replace("six", "nine").replace("The army shelled Ostrel", "They shelled, it is said, a town")
    new = claims(again(("killed", "ASSAULT"), ("shelled", "ASSAULT"), text=text))
    assert revised([one, two, three], new) == {one.id: new[0].id}


def test_as_of_is_the_day_of_publication() -> None:
    late, unknown = (first_reading(f"https://{day}.example/", published=day) for day in ("2024-03-14", None))
    human = Decision("same", "Ana", ("c1",), ("c2",))
    entries = log(first_reading(), late, unknown, human)
    assert as_of(entries, "2024-03-11") == [entries[3]]
    assert as_of(entries, "2024-03-12") == [entries[0], entries[3]]
    assert as_of(entries, "2024-03-12T09:00:00+00:00") == [entries[3]]
    assert as_of(entries, "2024-03-14") == [entries[0], entries[1], entries[3]]
    assert as_of(entries, "2024-04-01") == entries


def test_a_later_text_counts_from_when_it_was_modified() -> None:
    new = again(("killed", "ASSAULT"), text=TEXT.replace("six", "nine"), modified="2024-03-15")
    entries = log(first_reading(), new)
    assert as_of(entries, "2024-03-13") == entries[:1]
    assert as_of(entries, "2024-03-15") == entries
    unchanged = replace(entries[0], number=3)
    assert as_of([entries[0], unchanged], "2024-03-12") == [entries[0], unchanged]
