"""The tables are asked for what the whole log says: people's decisions whose claims are gone."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from logs import COURIER, TEXT, WIRE, article, claims, first_reading, read, report

from dateline.record import deciding, incidents
from dateline.record.holdings import gathered
from dateline.record.ids import article_id
from dateline.record.record import Record
from dateline.record.stranded import Stranded, stranded
from dateline.types import Decision, DecisionKind, Reading

KILLED, DENIED, SHELLED = claims(first_reading())
KILLED_TOO, DENIED_TOO, SHELLED_TOO = claims(first_reading(COURIER))
REWRITTEN = TEXT.replace("six", "nine").replace("The army shelled", "Later the army shelled")


def again(address: str, model: str, text: str, triggers: tuple[str, ...]) -> Reading:
    return read(article(address, text), [report(text, each) for each in triggers], model=model)


READINGS = st.builds(
    again,
    st.sampled_from((WIRE, COURIER)),
    st.sampled_from(("m1", "m2")),
    st.sampled_from((TEXT, TEXT, REWRITTEN)),
    st.sets(st.sampled_from(("killed", "Gunmen killed", "attack", "denied", "shelled", "army shelled")))
    .map(sorted)
    .map(tuple),
)
DECISIONS = st.tuples(
    st.sampled_from(("same", "different", "unsure", "answers", "not-answers", "correction", "undo")),
    st.sampled_from(("Ana", "Zoe", "linker", "mo", "reader")),
    st.lists(st.integers(0, 99), min_size=2, max_size=4),
)
STEPS = st.lists(READINGS | DECISIONS | DECISIONS | st.sampled_from((WIRE, COURIER)), min_size=4, max_size=10)


def take(record: Record, step: Reading | str | tuple[str, str, list[int]]) -> None:
    """A reading is added, an article at an address redacted, something decided about what there was."""
    entries = record.entries()
    if isinstance(step, Reading):
        record.add(step)
    elif isinstance(step, str):
        cited = [each.citation.article for each in entries if each.citation and each.citation.address == step]
        if cited and len(entries) % 4 == 0:  # rarely: afterwards that text is never read again
            record.redact(cited[0], "Ana", "asked for")
    else:
        kind, by, picks = step
        ids = [claim for entry in entries for claim in (*(c.id for c in entry.claims), *entry.erased)]
        made = [each.id for entry in entries for each in entry.decisions if each.kind != "redaction"]
        if kind == "undo" and made:
            deciding.undo(record, made[picks[0] % len(made)], "Ana", "a slip")
        elif kind == "correction" and ids:
            subject = (ids[picks[0] % len(ids)],)
            record.insist(Decision("correction", by, subject, (), "seen", None, "status", '"future"'))
        elif kind != "undo" and ids:
            one, *other = (ids[pick % len(ids)] for pick in picks)
            record.insist(Decision(kind, by, (one,), tuple(dict.fromkeys(other)), "seen"))  # type: ignore[arg-type]


@settings(deadline=None, max_examples=10)
@given(steps=STEPS)
def test_the_tables_say_the_same_as_the_log(empty_file: Path, steps: list[Reading]) -> None:
    with tempfile.TemporaryDirectory() as folder, Record.open(shutil.copy(empty_file, folder)) as record:
        record.add(first_reading())
        record.add(first_reading(COURIER))
        for step in steps:
            take(record, step)
        assert record.stranded() == incidents.stranded(gathered(record.entries()))


def found(record: Record, below: int | None = None) -> list[Stranded]:
    with record.reading() as connection:
        return stranded(connection, record.shelf, below)


def test_a_claim_that_is_gone_is_told_with_those_near_it(target: str) -> None:
    with Record.open(target) as record:
        record.add(first_reading())
        record.add(first_reading(COURIER))
        deciding.correct(record, SHELLED.id, "status", "future", None, "Ana", "seen")
        deciding.correct(record, KILLED.id, "status", "future", None, "Ana", "seen")
        deciding.judge(record, "same", SHELLED_TOO.id, SHELLED.id, "mo", "one shelling")
        assert found(record) == []
        record.add(read(article(), [report(TEXT, "killed six"), report(TEXT, "denied")], model="m2"))
        fixed, merged = found(record)
        assert [each.decision.by for each in (fixed, merged)] == ["Ana", "mo"]
        (gone,) = fixed.gone
        assert (gone.claim, gone.placed) == (SHELLED, True)
        assert [claim.event.trigger.text for claim in gone.near] == ["denied", "killed six"]
        assert fixed.recorded == record.entries()[2].recorded and fixed.kept == ()
        assert (merged.gone, [claim.id for claim in merged.kept]) == ((gone,), [SHELLED_TOO.id])
        assert [each.number for each in found(record, below=merged.number)] == [fixed.number]
        deciding.undo(record, fixed.decision.id, "mo", "gone")
        assert found(record) == [merged]


LESS = read(article(), [report(TEXT, "killed six"), report(TEXT, "denied")], model="m2")
"""Here nothing is shelled any more; "denied" is what stands nearest."""
KILLED_NOW, DENIED_NOW = claims(LESS)


def test_what_is_decided_anew_about_the_nearest_claim_supersedes(target: str) -> None:
    with Record.open(target) as record:
        record.add(first_reading())
        deciding.correct(record, SHELLED.id, "status", "future", None, "Ana", "seen")
        record.add(LESS)
        (left,) = found(record)
        assert left.anew == ((DENIED_NOW.id,), ())
        deciding.correct(record, DENIED_NOW.id, "mode", "firearms", None, "mo", "another field")
        deciding.correct(record, KILLED_NOW.id, "status", "future", None, "mo", "another claim")
        assert found(record) == [left]
        deciding.correct(record, DENIED_NOW.id, "status", "future", None, "mo", "still to come")
        assert found(record) == [] == incidents.stranded(gathered(record.entries()))
        (anew,) = record.entries()[-1].decisions
        assert anew.supersedes == (left.decision.id,)
        assert record.entries()[1].decisions == (left.decision,)
        assert [each.status for each in (record.incident(DENIED_NOW.id).claims[0].event,)] == ["future"]


@pytest.mark.parametrize(
    ("kind", "anew", "turned", "settled"),
    [
        ("same", "same", False, True),
        ("same", "different", True, True),
        ("same", "answers", False, False),
        ("answers", "not-answers", False, True),
        ("answers", "answers", True, False),
    ],
)
def test_a_pair_is_decided_anew_whichever_is_named_first(
    target: str, kind: DecisionKind, anew: DecisionKind, turned: bool, settled: bool
) -> None:
    with Record.open(target) as record:
        record.add(first_reading())
        record.add(first_reading(COURIER))
        record.insist(Decision(kind, "Ana", (SHELLED.id,), (SHELLED_TOO.id,), "seen"))
        record.add(LESS)
        assert [each.anew for each in found(record)] == [((DENIED_NOW.id,), (SHELLED_TOO.id,))]
        one, other = (SHELLED_TOO, DENIED_NOW) if turned else (DENIED_NOW, SHELLED_TOO)
        record.insist(Decision(anew, "linker", (one.id,), (other.id,), "a machine's"))
        assert len(found(record)) == 1
        record.insist(Decision(anew, "mo", (one.id,), (other.id,), "seen anew"))
        assert (found(record) == []) == settled
        assert record.stranded() == incidents.stranded(gathered(record.entries()))


def test_in_another_text_the_sentence_tells_what_is_near(target: str) -> None:
    with Record.open(target) as record:
        record.add(first_reading())
        deciding.correct(record, SHELLED.id, "status", "future", None, "Ana", "seen")
        triggers = ("killed", "denied", "shelled")
        record.add(read(article(text=REWRITTEN), [report(REWRITTEN, each) for each in triggers]))
        ((gone,),) = (each.gone for each in found(record))
        assert gone.near[0].event.trigger.text == "shelled"


def test_of_a_redacted_article_no_words_are_told(target: str) -> None:
    with Record.open(target) as record:
        record.add(first_reading())
        deciding.correct(record, SHELLED.id, "status", "future", None, "Ana", "seen")
        record.redact(article_id(first_reading().article), "mo", "asked for")
        (left,) = found(record)
        assert (left.decision.by, left.decision.reason, left.decision.value) == ("Ana", "", None)
        assert [(gone.id, gone.claim, gone.near) for gone in left.gone] == [(SHELLED.id, None, ())]
