"""Tables of an invented world, for the tests of what reads them: Kerlo and Dostrea, at odds over Orlin."""

from __future__ import annotations

from dateline.resolve.actor.descriptions import Description, described
from dateline.resolve.actor.lexicon import Lexicon
from dateline.resolve.tables import Actor, Agent, Office, Person, State, Tables, Term
from dateline.types import Article, Range

STATES = (
    State(
        "KER", "Kerlo", ("Republic of Kerlo",), "KER", ("Kerlan",), ("Kerlans",), ("Brenik",), None, None, ""
    ),
    State("DOS", "Dostrea", ("DS",), "DOS", ("Dostrean",), ("Dostreans",), ("Merovar",), None, None, ""),
)
BODIES = (
    Actor("highland-front", "Highland Front", ("HF",), "KER", "REB", "DOS", "armed group", None, None, ""),
    Actor("league", "League of Nations", (), None, "IGO", None, "igo", None, None, ""),
    Actor("orlins", "Orlins", ("Orlin",), None, "CVL", None, "people", None, None, ""),
    Actor("kestrel", "Kestrel Times", (), "DOS", "JRN", None, "media", None, None, ""),
    Actor("home-fleet", "Home Fleet", ("HF",), "DOS", "MIL", None, "armed force", None, None, ""),
)
PEOPLE = (
    Person("ana-brandt", "Ana Maria Brandt", (), "Brandt", "KER", ""),
    Person("otto-brandt", "Otto Brandt", (), "Brandt", "KER", ""),
    Person("jonas-veld", "Jonas Veld", (), "Veld", "DOS", ""),
)
OFFICES = (
    Office("president", None, ("president",), "GOV", ""),
    Office("foreign-minister", None, ("foreign minister",), "GOV", ""),
    Office("foreign-minister", "DOS", ("foreign secretary",), "GOV", ""),
    Office("spokesperson", None, ("spokesman", "spokeswoman"), None, ""),
)
TERMS = (
    Term("ana-brandt", "president", "KER", "2001", "2009", ""),
    Term("otto-brandt", "president", "KER", "2010", "2020", ""),
    Term("jonas-veld", "foreign-minister", "DOS", "2005", None, ""),
)
AGENTS = (
    Agent("troop", ("troops",), "MIL", "strong", ""),
    Agent("general", ("generals",), "MIL", "strong", ""),
    Agent("major", ("majors",), "MIL", "strong", ""),
    Agent("army", ("armies",), "MIL", "strong", ""),
    Agent("force", ("forces",), "MIL", "weak", ""),
    Agent("police", (), "COP", "strong", ""),
    Agent("fighter", ("fighters",), "REB", "strong", ""),
    Agent("gunman", ("gunmen",), "UAF", "strong", ""),
    Agent("group", ("groups",), "REB", "weak", ""),
    Agent("front", ("fronts",), "REB", "weak", ""),
    Agent("official", ("officials",), "GOV", "strong", ""),
    Agent("government", ("governments",), "GOV", "strong", ""),
    Agent("minister", ("ministers",), "GOV", "strong", ""),
    Agent("spokesman", ("spokesmen", "spokeswoman"), "GOV", "weak", ""),
    Agent("villager", ("villagers",), "CVL", "strong", ""),
    Agent("man", ("men",), "CVL", "strong", ""),
    Agent("coalition", ("coalitions",), "MIL", "weak", ""),
    Agent("baker", ("bakers",), "CVL", "strong", ""),
)


def tables() -> Tables:
    """The invented world."""
    return Tables(
        {row.id: row for row in STATES},
        {row.id: row for row in BODIES},
        {row.id: row for row in PEOPLE},
        {(row.office, row.of): row for row in OFFICES},
        TERMS,
        {row.word: row for row in AGENTS},
        {},
    )


def lexicon(text: str, published: str | None = "2006-05-01", places: dict[str, str] | None = None) -> Lexicon:
    """The lexicon of a text, whose place names are given with their countries."""
    article = Article("a", text, published=published, body=((0, len(text)),))
    spans: dict[Range, str] = {}
    for name, country in (places or {}).items():
        start = text.find(name)
        while start >= 0:
            spans[start, start + len(name)] = country
            start = text.find(name, start + 1)
    return Lexicon(article, tables(), spans)


def told(
    phrase: str, published: str | None = "2006-05-01", places: dict[str, str] | None = None
) -> Description:
    """What a phrase says by itself."""
    words = lexicon(phrase, published, places)
    return described(words, words.phrase(0, len(phrase)))
