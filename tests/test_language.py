"""The language of a text: the text when sure, else what the page declares."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dateline.extract import language
from dateline.extract.language import detect

ENGLISH = (
    "The minister said on Monday that the talks with the rebels had been broken off, and that the army "
    "was ready for an attack on the capital from the north."
)
GERMAN = (
    "Der Minister sagte am Montag, die Gespräche mit den Aufständischen seien abgebrochen worden und die "
    "Armee sei auf einen Angriff auf die Hauptstadt vorbereitet."
)
SPANISH = "El ministro dijo el lunes que las negociaciones con los rebeldes se habían roto por completo."
DUTCH = (
    "De minister zei maandag dat de gesprekken met de rebellen zijn afgebroken en dat het leger klaar is "
    "voor een aanval op de hoofdstad vanuit het noorden of het westen van het land."
)


def test_the_text_tells() -> None:
    assert [detect(text) for text in (ENGLISH, GERMAN, SPANISH, DUTCH)] == ["en", "de", "es", "nl"]


def test_the_text_overrules_the_page() -> None:
    assert detect(GERMAN, "en-GB") == "de"


def test_plain_english_needs_no_model(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(language, "identifier", None)
    assert detect(ENGLISH) == "en"


def test_a_short_text_abstains() -> None:
    assert detect("Talks resume") is None
    assert detect("Talks resume", "en_US") == "en"
    assert detect("", "") is None


@given(st.text())
def test_any_text_has_a_short_code_or_none(text: str) -> None:
    code = detect(text)
    assert code is None or 2 <= len(code) <= 3
