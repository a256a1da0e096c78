"""Why a place was chosen, in plain words made of the features that told most."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dateline.resolve.place.choice import Choice
from dateline.resolve.place.features import NEAR_KM, Name, kilometres

TOLD = 2
"""How many features a reason tells."""

CountryName = Callable[[str | None], str]
"""The name of a country by its alpha-3 code."""

AS = "as a {precision} it is the likelier"
WORDINGS = {
    "country": AS,
    "province": AS,
    "district": AS,
    "settlement": AS,
    "people of a settlement": "{people}",
    "people of a division": "{people}",
    "capital": "it is a capital",
    "other name": "it bears the name as its own",
    "said to lie in": "the article puts it in {around}",
    "said to lie elsewhere": "the article puts it in {around}",
    "said to be": "the article calls it a {noun}",
    "publisher's country": "it is in the publisher's country",
    "not the publisher's country": "it is in the publisher's country",
    "its country is named": "{country} is named",
    "its division is named": "{division} is named",
    "share of the others in its country": "other places named lie in {country}",
    "share of the others in its division": "other places named lie in {division}",
    "others near it": "near {near}",
}
"""How each feature is told of the place for which it speaks; a feature may do so by being absent."""


def reason(names: Sequence[Name], choices: Sequence[Choice], number: int, country: CountryName) -> str:
    """Why a name's place was chosen, or why none was."""
    name, entry = names[number], choices[number].entry
    if entry is None:
        many = len(name.candidates)
        return f"none of {many} places of that name fits" if many else "no place of that name is known"
    if choices[number].basis == "inferred":
        return f"no place of that name is known; the article puts it in {entry.name}"
    if name.demonym:
        return f"the people or things of {entry.name}"
    if len(name.candidates) == 1:
        return "the only place known by that name"
    around = name.inside[0].name if name.inside else country(entry.country)
    facts = {
        "people": f"it has {entry.population:,} people" if entry.population else "it is well known",
        "around": around,
        "noun": name.noun,
        "precision": entry.precision,
        "country": country(entry.country),
        "division": entry.name if entry.precision == "province" else entry.admin1 or around,
        "near": " and ".join(_near(names, choices, number)[:2]) or "other places named",
    }
    told = dict.fromkeys(WORDINGS[feature].format(**facts) for feature, _ in choices[number].gains[:TOLD])
    return "; ".join(told) or "no other place of that name fits better"


def _near(names: Sequence[Name], choices: Sequence[Choice], number: int) -> list[str]:
    """The other names that mean smaller places near by, the nearest first."""
    here = choices[number].entry
    apart = [
        (kilometres((here.lat, here.lon), (there.lat, there.lon)), name.text)
        for name, there in ((names[n], choice.entry) for n, choice in enumerate(choices) if n != number)
        if here and there and there.precision not in ("country", "province", "region") and there != here
    ]
    return [text for distance, text in sorted(apart) if distance <= NEAR_KM]
