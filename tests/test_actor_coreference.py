from __future__ import annotations

import re

import pytest
from invented_actors import lexicon

from dateline.resolve.actor import coreference
from dateline.resolve.actor.lexicon import Lexicon


def together(text: str, published: str | None = "2006-05-01") -> list[list[str]]:
    """The words in square brackets of a text, those of one actor together."""
    plain = re.sub(r"[\[\]]", "", text)
    spans, offset = [], 0
    for match in re.finditer(r"\[(.*?)\]", text):
        start = match.start() - offset
        spans.append((start, start + len(match[1])))
        offset += 2
    words = lexicon(plain, published)
    groups = coreference.joined(words, [coreference.mention(words, span) for span in spans])
    return [[plain[slice(*mention.range)] for mention in group] for group in groups]


@pytest.mark.parametrize(
    "text",
    [
        "[President Ana Brandt] came. [Brandt] left. [Ms Brandt] spoke.",
        "[the Highland Front] struck. [The HF] fled. [The group] was blamed.",
        "[the Orlin Salvation Front (OSF)] struck. [The OSF] fled.",
        "[Kerlan troops] came, and [the troops] left.",
        "[A Kerlan baker] came, and [the baker] left.",
        "[Foreign Secretary Jonas Veld] came, and [the foreign secretary] left.",
        "[Kerlo] said so; [Brenik] denied it.",
        "[Irena Dolck] came. [She] left.",
        "In a note in the Kestrel Times, [the Times] said so; [the Kestrel Times] denied it.",
    ],
)
def test_one_actor(text: str) -> None:
    assert len(together(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "[Kerlan troops] fought [Dostrean troops].",
        "[a man] hit [a man].",
        "[Kerlo] expelled [six Kerlans].",
        "[Irena Dolck] met [Olaf Berg]. [She] left.",
        "[Irena Dolck] met [Olaf Dolck], and [Dolck] left.",
        "[the Highland Front] shelled [the villagers].",
        "[their troops] met [our troops].",
    ],
)
def test_several_actors(text: str) -> None:
    assert len(together(text)) == text.count("[")


def introduced(text: str, name: str) -> list[tuple[str | None, str | None]]:
    """(country, sector) of what introduces a name."""
    words: Lexicon = lexicon(text)
    told = coreference.introductions(words, name)
    return [(t.country and t.country.value, t.sector and t.sector.value) for t in told]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kerlan spokeswoman Irena Dolck left.", ("KER", "GOV")),
        ("Irena Dolck, a spokeswoman for the Highland Front, left.", ("KER", "REB")),
        ("Irena Dolck, 41, a baker, left.", (None, "CVL")),
        ("It was said by Irena Dolck of the Highland Front.", ("KER", "REB")),
        ("The Kerlan foreign minister, Irena Dolck, left.", ("KER", "GOV")),
    ],
)
def test_the_words_beside_a_name_introduce_it(text: str, expected: tuple[str | None, str | None]) -> None:
    assert introduced(text, "Irena Dolck") == [expected]


@pytest.mark.parametrize(
    "text", ["Irena Dolck, told of it, left.", "Irena Dolck left.", "After the army, Irena Dolck left."]
)
def test_other_words_beside_a_name_do_not(text: str) -> None:
    assert introduced(text, "Irena Dolck") == []


@pytest.mark.parametrize(
    ("text", "country", "sector"),
    [
        ("A statement by the Highland Front came. [The statement] says no.", "KER", "REB"),
        ("The Kerlan army's report came. [The report] says no.", "KER", "MIL"),
        ("[The statement] says no.", None, None),
    ],
)
def test_a_document_is_its_issuer(text: str, country: str | None, sector: str | None) -> None:
    start = text.index("[")
    plain = text.replace("[", "").replace("]", "")
    told = coreference.mention(lexicon(plain), (start, text.index("]") - 1)).told
    assert (told.country and told.country.value, told.sector and told.sector.value) == (country, sector)
