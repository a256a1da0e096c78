"""Invented news articles, as dense in events and attributions as news is, the same in every run.

A pattern is a paragraph's sentence or two; a star stands before each event trigger and a caret before each
cue, and both are taken out again: annotated news has an event in 20 words and an attribution in 31.
Countries, parties, people and places are made up.
"""

from __future__ import annotations

import html
from random import Random
from typing import NamedTuple

WORDS = 600

NAMES: dict[str, tuple[str, ...]] = {
    "country": ("Kerlovia", "Tarsenia", "the Ostrel Republic", "Belmark", "Zhirova", "the Adrin Federation"),
    "people": ("Kerlovian", "Tarsenian", "Belmark", "Zhirovan", "Adrin"),
    "town": ("Orlin", "Port Maren", "Hask", "Dravno", "Upper Selm", "Kasirabad", "Tel Omra", "Vesna"),
    "region": ("the Selm valley", "Northern Drav", "the Omra highlands", "the eastern border", "Lower Kesh"),
    "rebels": ("the Orlin Front", "the Free Selm Army", "the rebels", "the Kesh Brigades", "gunmen"),
    "forces": ("the army", "government forces", "the border guard", "police", "the air force"),
    "office": ("Foreign Minister", "President", "Defence Minister", "General", "Prime Minister", "Senator"),
    "person": ("Ana Brandt", "Ilir Dosek", "Marta Veyl", "Osman Karadin", "Petra Lunde", "Jon Assefa"),
    "surname": ("Brandt", "Dosek", "Veyl", "Karadin", "Lunde", "Assefa"),
    "speaker": ("a military spokesman", "a hospital official", "two diplomats", "the interior ministry"),
    "body": ("the Security Council", "the Regional Union", "the Lakes Commission", "the Red Lantern Society"),
    "group": ("students", "dock workers", "opposition supporters", "relatives of the missing", "farmers"),
    "day": ("on Monday", "on Tuesday", "on Friday night", "last week", "on 4 March", "early on Sunday"),
    "number": ("three", "at least 11", "27", "dozens of", "more than 40", "seven"),
    "weapon": ("rockets", "a car bomb", "mortars", "drones", "automatic rifles", "heavy artillery"),
}

PATTERNS = (
    "{Speaker} ^said {day} that {rebels} had *attacked a post near {town} with {weapon}, *killing {number}.",
    "{Rebels} *denied the *raid and *accused {forces} of *shelling two villages in {region}.",
    "“We will *answer with force,” {office} {person} ^told reporters in {town}.",
    "{Forces} *arrested {number} people {day} after *clashes in {town}, ^according to {speaker}.",
    "{Office} {person} *called on {country} to *withdraw its troops from {region}.",
    "{Country} *condemned the *bombing and *promised medical aid, a statement ^said.",
    "The two governments *agreed to hold talks in {town}, {surname} ^announced {day}.",
    "{Number} civilians were *wounded when {weapon} *hit a market in {town}, {speaker} ^said.",
    "Thousands of {group} *marched through {town} {day} to *demand that {surname} resign.",
    "“There was no *attack,” ^said {person}, who ^described the reports as an invention.",
    "{Office} {person} *met her {people} counterpart in {town} {day} to *discuss the border.",
    "Diplomats ^say they fear that {country} could *attack {region} again.",
    "{Forces} *deployed {number} armoured vehicles to {region}, state television ^reported.",
    "The *convoy of {body} *delivered food to {town} for the first time since the *siege began.",
    "{Rebels} *released {number} prisoners {day} in what {speaker} ^called a gesture of good will.",
    "A court in {town} *sentenced a former officer to 12 years for *torturing detainees in {region}.",
    "{Surname} ^insisted that his soldiers had not *crossed the border and ^said an inquiry had begun.",
    "{Speaker} ^believes that {rebels} are preparing to *storm {town}, and has *asked for reinforcements.",
    "In retaliation, {forces} *bombed what they ^called a depot near {town}, *killing {number} fighters.",
    "{Body} *praised the *ceasefire, which sources ^say has held in most of {region}.",
    "“Nobody *asked us,” a shopkeeper in {town} ^said. “They just *blocked the road and left.”",
    "Relations have been poor since a month-long *war over {region} in 2011.",
    "The road to {town} is the only one that lorries can use in winter, and it was empty {day}.",
    "{Person}, who grew up in {town}, has led the party for nine years and is not expected to step down.",
    "Prices in {region} have doubled in a year, and many families have left for the coast.",
    "A grey two-storey building near the river, it holds the archive, the registry and a small canteen.",
    "“It is cold here and there is little bread,” ^said a teacher who lives on the edge of {town}.",
    "{Surname} ^thinks that the coming months will be hard for small traders in {region}.",
    "The border, drawn along a ridge in the last century, runs through pastures, two lakes and a cemetery.",
    "{Speaker} ^noted that the harvest had been poor and that the stores in {town} were half empty.",
    "About {number} families live in the old barracks, where the water comes in barrels twice a week.",
    "{Country} has no railway to the coast, and its mines depend on the port that its neighbour owns.",
    "The last census, published nine years ago, ^says that {town} has 48,000 inhabitants.",
    "{Office} {person}, a former engineer, is known for long speeches and a dislike of aeroplanes.",
    "“My sister lives on the other side,” {surname} ^told a local newspaper. “I know what winter is like.”",
    "It was unclear how many people were in {town} {day}, as the telephone lines are out of order.",
    "Observers ^expect the budget to be the main subject of the session, which opens in the autumn.",
    "The pass lies at 2,100 metres and is closed by snow from November until the end of April.",
    "Neither of the two parties has a majority in the lower house, where 14 seats are vacant.",
    "{Speaker} ^confirmed that schools in {region} would remain shut until further notice.",
    "The valley is home to three languages, and road signs carry all of them in letters of one size.",
    "Most of the trade is in timber, wool and dried fruit, with a little copper from the northern mines.",
    "“People are tired,” ^said {person}, sitting on a bench before the town hall. “They want to sleep.”",
    "{Surname} ^recalled that the market used to be full at this hour, with buses waiting in two rows.",
    "The figures, which cannot be checked, put the number of vacant houses at {number} hundred.",
    "Its members, chosen for six years, sit in {town} and seldom speak to the press.",
    "On the square, where a fountain stands dry, children played football between the parked lorries.",
    "Shares were little changed, and traders ^said that they had hardly looked at the news.",
    "A spokeswoman ^added that the figures were provisional and that more would be known within days.",
    "The office, which opened in 1998, has a staff of nine and a library of 6,000 volumes.",
    "No one at the embassy was available for comment, and calls to the office of {surname} rang unanswered.",
    "The ministry ^declined to say whether {forces} would *pull out of {region} before the talks.",
    "{Group} in {town} have *refused to work since {forces} *closed the harbour {day}.",
    "{Office} {person} ^claimed that {number} of the *attackers had been *shot dead near {town}.",
    "Analysts ^doubt that {country} will *extradite a commander *accused of *kidnapping aid workers.",
)
HEADLINES = (
    "{Country} vows answer after raid near {town}",
    "{Number} killed as {forces} and rebels clash in {region}",
    "{Surname} calls for talks on {region}",
)


class Invented(NamedTuple):
    """An article's headline and text, and how many triggers and cues its patterns have."""

    title: str
    text: str
    triggers: int
    cues: int


def articles(count: int, seed: int = 7) -> list[Invented]:
    """``count`` articles of about 600 words."""
    random = Random(seed)
    return [article(random) for _ in range(count)]


def article(random: Random) -> Invented:
    """Patterns in a random order, filled with random names, until there are words enough."""
    deck: list[str] = []
    sentences: list[str] = []
    while sum(len(sentence.split()) for sentence in sentences) < WORDS - 8:
        deck = deck or random.sample(PATTERNS, len(PATTERNS))
        sentences.append(filled(random, deck.pop()))
    marked = "\n\n".join(" ".join(sentences[at : at + 2]) for at in range(0, len(sentences), 2))
    plain = marked.replace("*", "").replace("^", "")
    return Invented(filled(random, random.choice(HEADLINES)), plain, marked.count("*"), marked.count("^"))


def filled(random: Random, pattern: str) -> str:
    """The pattern with a name in every place; a capitalised place begins a sentence."""
    names = {kind: random.choice(choices) for kind, choices in NAMES.items()}
    capitals = {kind.capitalize(): name[0].upper() + name[1:] for kind, name in names.items()}
    return pattern.format(**names, **capitals)


def page(invented: Invented) -> str:
    """The article as a news page, with the furniture that stands around one."""
    paragraphs = "\n".join(f"<p>{html.escape(part)}</p>" for part in invented.text.split("\n\n"))
    title = html.escape(invented.title)
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title} | The Kerlo Courier</title>
<meta property="og:title" content="{title}"><meta property="og:site_name" content="The Kerlo Courier">
<meta property="article:published_time" content="2024-03-05T08:30:00+01:00"></head>
<body><nav><a href="/">Home</a> <a href="/world">World</a> <a href="/sport">Sport</a></nav>
<article><h1>{title}</h1>
{paragraphs}
</article>
<aside><h2>Related</h2><ul><li><a href="/1">Harbour strike enters third week</a></li></ul>
<p>Subscribe to our newsletter</p></aside>
<footer>© The Kerlo Courier. All rights reserved.</footer></body></html>
"""
