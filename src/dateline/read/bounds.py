"""Where the words for a party begin and end, by what the text itself shows.

The encoder's chances break a party off now and then in a name ("Ana [Brandt]"), in a word ("al-[Kerlan]"),
in brackets or right behind "the". Nothing here knows a name: capitals, titles, hyphens, brackets and small
words tell.
"""

from __future__ import annotations

import re

from dateline.types import Range

TITLES = frozenset((
    "mr", "mrs", "ms", "miss", "dr", "sir", "sen", "sens", "rep", "reps", "gov", "gen", "lt", "col", "maj",
    "sgt", "capt", "rev", "prof", "pres", "adm", "cmdr", "hon", "st", "supt", "det", "brig", "insp", "cpl",
    "president", "senator", "representative", "congressman", "congresswoman", "governor", "general",
    "colonel", "major", "captain", "lieutenant", "sergeant", "admiral", "judge", "justice", "minister",
    "secretary", "ambassador", "mayor", "professor", "pope", "king", "queen", "prince", "princess",
))  # fmt: skip
"""What stands before a name and belongs to it."""
SMALL = frozenset((
    "a", "an", "the", "and", "or", "nor", "but", "so", "yet", "if", "when", "while", "as", "than", "then",
    "after", "before", "since", "because", "though", "although", "until", "where", "how", "why", "what",
    "of", "in", "on", "at", "by", "for", "from", "to", "with", "into", "about", "against", "during", "under",
    "over", "through", "between", "among", "without", "within", "near", "not", "also", "even", "only",
    "now", "still", "just", "once", "here", "there", "according", "has", "have", "had", "is", "are", "was",
    "were", "be", "been", "would", "could", "should", "might", "do", "does", "did", "let",
))  # fmt: skip
"""Words that alone are no party, and no part of a name."""
OTHERS = frozenset((
    "i", "you", "he", "she", "it", "we", "they", "him", "her", "them", "his", "its", "their", "our", "my",
    "your", "this", "these", "those", "that", "who", "which", "whose", "whom", "one", "some", "many", "most",
    "all", "none", "both", "others", "several", "few", "monday", "tuesday", "wednesday", "thursday", "friday",
    "saturday", "sunday", "january", "february", "march", "april", "may", "june", "july", "august",
    "september", "october", "november", "december", "yesterday", "today", "tomorrow",
))  # fmt: skip
"""Words that are no part of a name, though they may be a party, or written like one."""
LEADING_ON = frozenset(("a", "an", "the", "of", "in", "on", "at", "by", "for", "from", "to", "with", "and"))
"""Words that something has to follow."""
PAIRS = (("(", ")"), ("[", "]"), ("“", "”"))
HEADLINE = 0.6
"""The share of longer words with a capital from which capitals tell no names."""
FARTHEST = 40
"""How many characters a bracket or an open end reaches on, at most."""

_WORD = re.compile(r"[^\W_][\w’'&-]*")
_INNER = re.compile(r"\w+\Z")
_FIRST_HALF = re.compile(r"(?:\b[a-z]\w*[-’'])+\Z")
_ARTICLE = re.compile(r"\b[AaEe]l[-’']\Z")
_DETERMINER = re.compile(r"\b(?:the|an?) \Z", re.IGNORECASE)
_INITIALS = re.compile(r"\b[^\W\d_]\. ?[^\W\d_]\b")
_BEFORE = re.compile(r"([^\W_][\w’'&-]*)(\.?) \Z")
_BEHIND = re.compile(r"(\.?) ([^\W_][\w’'&-]*)")
_LAST = re.compile(r"([^\W_][\w’'&-]*)\Z")
_OPENING = re.compile(r"(?:\A|[.!?:\n“\"])[\W_]*\Z")
_PLACED = re.compile(r"\b(?:in|on|at|near|into|across) \Z", re.IGNORECASE)
_CLAUSE = re.compile(
    r"(?:,? (?:and|but))?(?<! of)(?:,|\s[—–-])?\s+(?:who|which|that|whose|whom)"
    r"(?: (?:has|have|had|is|are|was|were|also|been))*,?\Z"
)
_AFTERTHOUGHT = re.compile(r",\s[^,]*\Z")
_STOP = re.compile(r"\s*[.!?,;:()“”\"—–\n]")
_REST = re.compile(r"\s+(?:((?:(?!\d)[^\W_a-z][\w’'&-]* )*[^\W_a-z][\w’'&-]*)|[a-z][\w’'-]*)")


def whole(text: str, span: Range, room: Range) -> Range | None:
    """The words of a party taken whole, within ``room``; None where they name none.

    In a headline, where most words have capitals, no name is grown.
    """
    if not _WORD.search(text, *span):
        return None
    start, end = _start_of_word(text, span[0], room), span[1]
    if not _headline(text[slice(*room)]):
        start = _start_of_name(text, (start, end), room)
        end = _end_of_name(text, (start, end), room)
    start = _start_of_phrase(text, _start_of_title(text, start, room), room)
    found = _finished(text, _closed(text, (start, end), room), room)
    return found if names_party(text[slice(*found)]) else None


def names_party(words: str) -> bool:
    """Whether some words may stand for somebody: not a conjunction, an article or a mark alone."""
    plain = [word.lower() for word in _WORD.findall(words)]
    several = any(word not in SMALL and (len(word) > 1 or word == "i") for word in plain)
    return several or _INITIALS.search(words) is not None


def _start_of_word(text: str, start: int, room: Range) -> int:
    """Where the word starts in whose middle a party was cut: "[’s mayor]", "[. Brandt]", "al-[Kerlan]"."""
    if text[start] in "’'.-" and (inner := _INNER.search(text, room[0], start)):
        start = inner.start()
    half = (_FIRST_HALF if text[start].islower() else _ARTICLE).search(text, room[0], start)
    return half.start() if half else start


def _start_of_title(text: str, start: int, room: Range) -> int:
    """With the titles before a name: "Mr [Brandt]"."""
    while text[start].isupper() and (before := _BEFORE.search(text, room[0], start)):
        if not (before[1][0].isupper() and before[1].lower() in TITLES):
            break
        start = before.start()
    return start


def _start_of_phrase(text: str, start: int, room: Range) -> int:
    """With the article right before a common noun: "the [army]"."""
    article = _DETERMINER.search(text, room[0], start) if text[start].islower() else None
    return article.start() if article else start


def _start_of_name(text: str, span: Range, room: Range) -> int:
    """Where the name starts in whose middle a party was cut: "from Ana [Brandt]".

    What opens a sentence has its capital for that: it counts where the text has the same words again.
    """
    start = span[0]
    first = _WORD.match(text, *span)
    while first and _in_name(first[0]) and (before := _BEFORE.search(text, room[0], start)):
        word, dot = before.groups()
        low = before.start()
        opens = _OPENING.search(text[room[0] : low]) and not _again(text, text[low : span[1]])
        if not _in_name(word) or opens or (dot and len(word) > 1) or _PLACED.search(text, room[0], low):
            break
        start = low
    return start


def _again(text: str, words: str) -> bool:
    """Whether words stand within a sentence somewhere."""
    return re.search(rf"[a-z,] {re.escape(words)}", text) is not None


def _end_of_name(text: str, span: Range, room: Range) -> int:
    """Where the name ends in whose middle a party was cut: "[Ana] Brandt", "[Mr]. Brandt"."""
    start, end = span
    while last := _LAST.search(text, start, end):
        behind = _BEHIND.match(text, end, room[1])
        short = last[1].lower() in TITLES or len(last[1]) == 1
        if not (behind and _in_name(last[1]) and _in_name(behind[2]) and (short or not behind[1])):
            break
        end = behind.end()
    return end


def _in_name(word: str) -> bool:
    plain = word.lower()
    return word[0].isupper() and not word.endswith(("’s", "'s")) and plain not in SMALL | OTHERS


def _headline(sentence: str) -> bool:
    longer: list[str] = [word for word in _WORD.findall(sentence) if len(word) > 3]
    return sum(word[0].isupper() for word in longer) >= max(3, HEADLINE * len(longer))


def _closed(text: str, span: Range, room: Range) -> Range:
    """With the other half of a bracket or quotation mark, if it is near; without those around it all."""
    start, end = span
    for opening, closing in PAIRS:
        surplus = text.count(opening, start, end) - text.count(closing, start, end)
        if surplus > 0 and (other := text.find(closing, end, min(room[1], end + FARTHEST))) >= 0:
            end = other + 1
        if surplus < 0 and (other := text.rfind(opening, max(room[0], start - FARTHEST), start)) >= 0:
            start = other
        if opening != "“" and text[start] == opening and text.find(closing, start, end) == end - 1:
            start, end = start + 1, end - 1
    return start, end


def _finished(text: str, span: Range, room: Range) -> Range:
    """Without a clause that only begins ("Brandt, [who has]", "Brandt, [back in]"); with the name or the noun
    that has to follow a last "the" or "of", else without these."""
    start, end = span
    if (clause := _CLAUSE.search(text, start, end)) and clause.start() > start:
        return start, clause.start()
    if not _leads_on(text[start:end]) or _STOP.match(text, end):
        return span
    if clause := _AFTERTHOUGHT.search(text, start, end):
        return start, clause.start()
    rest = _REST.match(text, end, room[1]) if names_party(text[start:end]) else None
    if rest and (rest[1] or rest.end() == room[1] or _STOP.match(text, rest.end())):
        return start, rest.end()
    while _leads_on(text[start:end]) and " " in text[start:end]:
        end = start + len(text[start:end].rsplit(None, 1)[0])
    return start, end


def _leads_on(words: str) -> bool:
    return words.rpartition(" ")[2].lower() in LEADING_ON
