"""Whether a sentence speaks of the past or of the future where a date stands in it.

There is no parser: verbs are known by their forms. The nearest before the date decides, or else the nearest
behind it. A participle belongs to the auxiliary before it, so that "will be held" is future, and a date
behind "agreed to meet" is that of meeting.
"""

from __future__ import annotations

import re
from typing import Literal

Tense = Literal["past", "future"]

REACH = 400
"""How many characters to either side a verb is looked for."""

_AUXILIARY = (
    r"(?:will|wo|shall|should|may|might|could|must|can|would|['’]ll|['’]d)(?:n['’]t)?\b",
    r"(?:is|are|was|were|be|being|been|am|['’]s|['’]re) (?:also |not |still |now |yet |then |only )?"
    r"(?:to(?! (?:the|an?|this|be blamed)\b)|going to|due|set|scheduled|slated|likely|poised|supposed)\b",
    r"(?:upcoming|forthcoming|deadline|ahead of)\b",
)
_PLANNED = (
    r"(?:planned|scheduled|expected|slated|set|due|called|booked|billed|tabled) (?:to|for)\b",
    r"(?:plan|hope|intend|want|expect|vow|pledge|promise|threaten|agree|prepare|decide|need|aim|urge|"
    r"ask|order|"
    r"invite|tell|told|call|require|seek)(?:s|ed|d|ning|ing)?(?: on)?(?: \w+){0,3}? "
    r"to (?!the\b|an?\b|his\b|her\b|their\b|its\b)",
    r"to be (?:held|staged|signed|published|released|announced|launched|opened|completed|imposed)\b",
    r"(?:give[ns]?|gave|have|has|had) (?:\w+ ){0,3}(?:until|till)\b",
)
_TIMETABLE = (
    r"(?:begin|start|open|end|resume|meet|arrive|travel|return|leave|expire|close|launch|visit|host|vote)s\b",
    r"takes? (?:place|effect)\b",
    r"(?<=s )(?:begin|start|resume|arrive|depart)\b",
    r"(?:is|are) (?:arriving|coming|going|leaving|meeting|visiting|travell?ing|starting|holding|hosting)\b",
)
_IRREGULAR = """
    said told met took held went came began saw made found left fell shot fought hit won lost struck
    broke gave got sent put led ran spoke wrote fled rose became brought built caught cut drew drove
    fed felt flew grew heard kept knew laid lay meant paid quit read rode sank shut sold spent stood
    swore taught thought threw wore withdrew overthrew blew bore beat bid chose dealt forbade froze
    hid hurt let rang sat shook sought split stole tore woke
"""
_NO_VERBS = "need embed hundred indeed speed feed breed bleed seed exceed proceed succeed sacred armed united"
_PAST = (
    r"(?:was|were|had|did|has|have)(?:n['’]t)?\b",
    rf"(?:{'|'.join(_IRREGULAR.split())})\b",
    rf"(?-i:(?!(?:{'|'.join(_NO_VERBS.split())})\b)[a-z]\w{{2,}}ed)\b",
)
_GOVERNED = r"(?: (?:not|also|now|be|have|been|then|still|soon|\w+ly))*(?: \w+)?"


def _cue(*future: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?:\b|(?=['’]))(?:(?P<future>(?:{'|'.join(future)}){_GOVERNED})|(?P<past>{'|'.join(_PAST)}))", re.I
    )


_BEFORE = _cue(*_AUXILIARY, *_PLANNED, *_TIMETABLE)
_BEHIND = _cue(*_AUXILIARY, *_TIMETABLE)
_INFINITIVE = re.compile(r"(?:[A-Z][\w.'’-]*,? ){1,5}to [a-z]")
"""A headline's future: "Minister to visit Tolmar Friday"."""

_SINCE = re.compile(r"\bsince (?:the )?$", re.I)
_AHEAD = re.compile(r"\b(?:by|until|till|for) (?:the )?$")


def tense(sentence: str, start: int, end: int) -> Tense | None:
    """The tense around a range of a sentence, null where no verb tells it; in brackets only theirs do."""
    if _SINCE.search(sentence, max(0, start - 10), start):
        return "past"
    low, high = _brackets(sentence, start, end)
    low, high = max(low, start - REACH), min(high, end + REACH)
    cue = None
    for cue in _BEFORE.finditer(sentence, low, start):  # noqa: B007  the last one is wanted
        pass
    behind = _BEHIND.search(sentence, end, high)
    if cue is None or (
        behind and behind.start() - end <= 1 and re.search("[,;:]", sentence[cue.end() : start])
    ):
        cue = behind
    if cue is None:
        return (
            "future"
            if _INFINITIVE.match(sentence) or _AHEAD.search(sentence, max(0, start - 10), start)
            else None
        )
    return "past" if cue.lastgroup == "past" else "future"


def _brackets(sentence: str, start: int, end: int) -> tuple[int, int]:
    low, high = sentence.rfind("(", 0, start), sentence.find(")", end)
    inside = low >= 0 and high >= 0 and ")" not in sentence[low:start]
    return (low, high) if inside else (0, len(sentence))
