from __future__ import annotations

from dataclasses import replace

import pytest

from dateline.site.people.comments import ALIKE, LINKED, UNCHECKED, Sent, faults, first_state, sent

TOLD = Sent("i1", "Rosa", "Were they five?")


def test_a_form_is_understood() -> None:
    told = sent(
        {"about": "a1", "name": " Rosa  Quill ", "words": " one\r\ntwo\x00 ", "start": "3", "end": "9"}
    )
    assert told == Sent("a1", "Rosa Quill", "one\ntwo", 3, 9, None)
    fields = {"claim": "c1", "field": "killed", "value": " 5 ", "field_words": "", "credit": "yes"}
    proposal = sent({"about": "i1", "name": "R", "words": "w", **fields}).proposal
    assert proposal and (proposal.value, proposal.words, proposal.credit) == ("5", None, True)
    assert sent({"about": "i1", "claim": "c1", "field": ""}).proposal is None
    with pytest.raises(ValueError):
        sent({"about": "a1", "start": "x"})


def test_what_is_missing_is_told_beside_its_field() -> None:
    assert faults(TOLD) == {}
    assert faults(replace(TOLD, name="", words="")) == {
        "words": "Please enter your comment",
        "name": "Please enter your name",
    }
    assert "10,000 are taken" in faults(replace(TOLD, words="x" * 10_001))["words"]
    assert "80 signs" in faults(replace(TOLD, name="x" * 81))["name"]
    asked = {"about": "i1", "name": "R", "words": "w", "claim": "c1", "field": "colour", "value": ""}
    assert set(faults(sent(asked))) == {"field", "value"}
    assert "500 signs" in faults(sent(asked | {"field": "killed", "value": "x" * 501}))["value"]


@pytest.mark.parametrize(
    ("told", "signed_in", "proven", "known", "expected"),
    [
        (TOLD, False, True, False, ("shown", None)),
        (TOLD, False, False, False, ("held", UNCHECKED)),
        (TOLD, False, True, True, ("held", ALIKE)),
        (replace(TOLD, words="https://x.example"), False, True, False, ("held", LINKED)),
        (replace(TOLD, words="https://x.example"), True, False, True, ("shown", None)),
    ],
)
def test_what_a_moderator_sees_first(
    told: Sent, signed_in: bool, proven: bool, known: bool, expected: tuple[str, str | None]
) -> None:
    assert first_state(told, signed_in=signed_in, proven=proven, names_known=known) == expected
