from __future__ import annotations

import re

import pytest
from invented_actors import lexicon

from dateline.resolve.actor import coreference
from dateline.resolve.actor.coreference import Speech, Statement
from dateline.resolve.actor.lexicon import Lexicon
from dateline.types import Range

PERSON = re.compile(r"\b(?:Irena|Olaf|Ana|Jonas|Dolck|Berg)\b")


def together(text: str, published: str | None = "2006-05-01") -> list[list[str]]:
    """The words in square brackets of a text, those of one actor together."""
    plain, spans = marked(text)
    words = lexicon(plain, published)
    mentions = [coreference.mention(words, span, bool(PERSON.search(plain[slice(*span)]))) for span in spans]
    groups = coreference.joined(words, mentions, speech(plain, spans))
    return [[plain[slice(*mention.range)] for mention in group] for group in groups]


def marked(text: str) -> tuple[str, list[Range]]:
    """A text without its square brackets, and the ranges of the words in them."""
    spans: list[Range] = []
    for offset, match in enumerate(re.finditer(r"\[(.*?)\]", text)):
        start = match.start() - 2 * offset
        spans.append((start, start + len(match[1])))
    return re.sub(r"[\[\]]", "", text), spans


def speech(text: str, spans: list[Range]) -> Speech:
    """The statements of a text: "X said" with what follows up to the end of the sentence."""
    said = [
        Statement(span, ((span[1] + 5, stop),), stop)
        for span in spans
        if text.startswith(" said", span[1]) and (stop := text.index(".", span[1]))
    ]
    return Speech(said, [match.span() for match in re.finditer(r"“[^”]*”", text)])


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
        "[Irena Dolck] said [she] had met Kerlans. [She] said no more.",
        "[Irena Dolck] said Kerlo would win. Talks were held. Nobody came. [She] said no more.",
        "[Irena Dolck] said that Olaf Berg had left. “They came,” [she] said.",
        "[Irena Dolck], [who] came, left.",
        "[Irena Dolck] came. [She] left. [She] was late.",
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
        "[Mrs Dolck] came. [He] left.",
        "[She] met [Irena Dolck].",
        "They saw her before [Irena Dolck] came. [She] left.",
        "[Irena Dolck] said no. Ana Berg came. [She] said no more.",
        "[Irena Dolck] said no. “That is what [she] wants.”",
        "[Irena Dolck] said to her to stay where [she] was.",
        "[The Highland Front] came. [He] left.",
        "[They] came. [They] left.",
        "[The Kerlans], of whom [who] said so.",
        "[Irena Dolck] met [Olaf Dolck], and [Dolck] left.",
        "[the Highland Front] shelled [the villagers].",
        "[their troops] met [our troops].",
    ],
)
def test_several_actors(text: str) -> None:
    assert len(together(text)) == text.count("[")


def test_a_title_tells_a_man_from_a_woman() -> None:
    assert together("[Irena Dolck] met [Mr Berg]. [She] left.") == [["Irena Dolck", "She"], ["Mr Berg"]]


@pytest.mark.parametrize("word", ["They", "I", "We", "Nor", "It", "Who", "Both"])
def test_a_pronoun_is_nobodys_name(word: str) -> None:
    assert coreference.mention(lexicon(f"{word} left."), (0, len(word))).told.name is None


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
