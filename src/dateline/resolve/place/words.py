"""The words that place names go with, in lower case."""

from __future__ import annotations

from dateline.types import PlacePrecision

NOUNS = frozenset(
    (
        "county", "province", "state", "district", "governorate", "region", "city", "town", "village",
        "island", "islands", "river", "valley", "parish", "township", "border", "peninsula", "strip",
        "oblast", "camp", "port", "airport", "coast", "desert", "mountains", "hills", "bay", "gulf",
        "sea", "lake", "prefecture", "department", "area", "suburb", "neighborhood", "neighbourhood",
        "municipality", "republic", "territory", "capital",
    )
)  # fmt: skip
"""Common nouns of places, that stand beside a name: "Homs province", "the city of Homs"."""

NATURAL = frozenset(
    (
        "river", "valley", "mountains", "hills", "bay", "lake", "creek", "islands", "mountain",
        "forest", "canal",
    )
)  # fmt: skip
"""Common nouns that make another name of a settlement's: "Brenik River"."""

PLACING = frozenset(
    (
        "in", "at", "near", "from", "to", "into", "outside", "inside", "around", "across", "through",
        "throughout", "towards", "toward", "between", "within", "off", "via", "leaving", "beyond",
        "along", "onto", "entering", "reached", "reaching",
    )
)  # fmt: skip
"""Words before a name that stands for the place itself."""

LINKING = frozenset(
    (
        "of", "for", "with", "by", "on", "against", "over", "and", "or", "than", "as", "like", "about",
    )
)  # fmt: skip
"""Other words before a name."""

DIRECTIONS = frozenset(
    (
        "north", "south", "east", "west", "northern", "southern", "eastern", "western", "central",
        "northeast", "northwest", "southeast", "southwest", "northeastern", "northwestern",
        "southeastern", "southwestern", "upper", "lower", "downtown", "greater", "rural", "nearby",
    )
)  # fmt: skip
"""Words that say which part of a place."""

TITLES = frozenset(
    (
        "mr", "mrs", "ms", "miss", "dr", "sir", "lord", "lady", "prof", "professor", "gen", "general",
        "col", "colonel", "capt", "captain", "lt", "lieutenant", "sgt", "sergeant", "maj", "major",
        "cpl", "adm", "admiral", "rev", "reverend", "president", "minister", "senator", "sen", "rep",
        "congressman", "governor", "gov", "mayor", "judge", "justice", "king", "queen", "prince",
        "princess", "sheikh", "imam", "pope", "father", "sister", "chief", "officer", "detective",
        "coach", "spokesman", "spokeswoman", "chancellor", "premier", "secretary", "ambassador",
    )
)  # fmt: skip
"""Words before a person's name."""

BODIES = frozenset(
    (
        "police", "university", "college", "school", "hospital", "department", "court", "council",
        "board", "commission", "chamber", "district", "government", "ministry", "parliament", "army",
        "embassy", "bureau", "association", "church", "institute", "museum", "stadium", "high",
        "regional", "municipal", "national", "public", "fire", "sheriff", "metro", "metropolitan",
        "international", "airport", "office", "agency", "authority", "union", "club", "city", "state",
        "county", "community", "center", "centre", "area",
    )
)  # fmt: skip
"""Words that make a body's name of a place's: "Homs University"."""

OFFICES = frozenset(
    (
        "bank", "kingdom", "party", "movement", "federation", "house", "senate", "assembly", "bishop",
        "archbishop", "patriarch", "king", "queen", "emir", "sultan", "president", "minister",
        "ambassador", "front", "brigades", "cathedral", "gospel", "friends", "women", "voice",
    )
)  # fmt: skip
"""Words that make a name with "of" and a place's, beside those of bodies: "Bank of England"."""

PAPERS_AND_STREETS = frozenset(
    (
        "post", "times", "news", "herald", "journal", "tribune", "gazette", "review", "star", "street",
        "avenue", "road", "drive", "lane", "boulevard", "st", "ave", "rd", "blvd",
    )
)  # fmt: skip
"""Words that make another name of a place's: "Washington Post", "Homs Road"."""

SPEAKING = frozenset(
    (
        "said", "says", "say", "told", "added", "wrote", "asked", "explained", "noted", "argued",
        "recalled", "testified", "tweeted", "joked", "insisted", "replied", "smiled", "laughed",
    )
)  # fmt: skip
"""What persons do behind their name."""

CALENDAR = frozenset(
    (
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january",
        "february", "march", "april", "may", "june", "july", "august", "september", "october",
        "november", "december",
    )
)  # fmt: skip
"""Capitalised words of the calendar."""

GOING_ON = frozenset(
    (
        "and", "or", "but", "nor", "in", "on", "at", "to", "of", "for", "with", "by", "from", "as",
        "that", "which", "who", "whom", "whose", "where", "when", "while", "after", "before", "since",
        "until", "because", "if", "than", "then", "also", "not", "only", "now", "again", "into", "over",
        "under", "near", "via", "about", "against", "during", "through", "amid", "despite", "toward",
        "towards", "around", "across", "between", "within", "without", "including", "such", "so",
        "yesterday", "today", "tomorrow", "last", "this", "next", "early", "late", "is", "are", "was",
        "were", "be", "being", "been", "fell", "lies", "lay", "stands", "stood", "sits", "became", "saw",
        "the", "a", "an", "he", "she", "it", "they", "we", "you", "i", "his", "her", "its", "their",
        "our", "there",
    )
)  # fmt: skip
"""Words that go on with the sentence behind a name, so that it qualifies nothing."""

DEALING = frozenset(
    (
        "with", "against", "by", "told", "urged", "accused", "blamed", "warned", "asked", "urging",
        "accusing", "blaming", "warning", "criticised", "criticized", "condemned", "pressed",
        "threatened",
    )
)  # fmt: skip
"""Words before a party that is dealt with."""

SINGULAR = {
    "counties": "county", "provinces": "province", "districts": "district", "states": "state", "cities":
    "city", "towns": "town", "villages": "village", "governorates": "governorate", "regions": "region",
    "islands": "islands", "rivers": "river", "parishes": "parish",
}  # fmt: skip
"""Common nouns behind several names, with their singular: "Kent and Essex counties"."""

NOUNS_OF: dict[PlacePrecision, frozenset[str]] = {
    "country": frozenset(
        (
            "country", "republic", "state",
        )
    ),
    "province": frozenset(
        (
            "province", "governorate", "region", "state", "oblast", "territory", "prefecture", "republic",
            "department", "emirate",
        )
    ),
    "district": frozenset(
        (
            "county", "district", "parish", "municipality", "township", "area", "borough", "raion",
        )
    ),
    "settlement": frozenset(
        (
            "city", "town", "village", "hamlet", "suburb", "neighborhood", "neighbourhood", "settlement",
            "municipality", "township", "port", "capital", "borough",
        )
    ),
    "site": frozenset(
        (
            "camp", "base", "airport", "crossing", "prison", "dam", "port", "stadium", "hospital",
        )
    ),
    "region": frozenset(
        (
            "region", "river", "sea", "gulf", "strait", "peninsula", "islands", "island", "desert",
            "mountains", "valley", "bay", "ocean", "lake",
        )
    ),
}  # fmt: skip
"""The common nouns that go with each precision."""
