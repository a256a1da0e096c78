"""Tolls of a long time: "about 60 people have been killed along the border since 2020".

News tells them beside what happened now, in the same words and of the same place; but they are told of no
one happening, and to take them for one would give it the dead of years.
"""

from __future__ import annotations

import re

from dateline.types import EventReport, Span

_PERFECT = re.compile(r"\b(?:has|have|had|having)(?:\W+\w+){0,3}\W*\Z", re.IGNORECASE)
_LONG = (
    r"\b(?:since\b[^,;:.]*?\b(?:(?:19|20)\d\d|years?|months?|decades?)"
    r"|(?:over|in|during|within)\s+(?:the\s+)?(?:past|last|recent)\s+(?:\S+\s+)?(?:years?|months?|decades?)"
    r"|so far this (?:year|month)|this year)\b"
)
_OTHERWISE = r"\b(?:where|who|which|that|while|most|\w+est|first|second|third|latest)\b"
"""What makes a long time that of something else: "the worst raid since 2020"."""
_BEFORE = re.compile(rf"\W*{_LONG}", re.IGNORECASE)
_AFTER = re.compile(rf"(?:(?!{_OTHERWISE})[^,;:.])*?{_LONG}", re.IGNORECASE)


def is_total(event: EventReport, sentence: Span) -> bool:
    """Whether a report's toll is told, in its sentence, as that of months or years."""
    if not (event.killed or event.injured):
        return False
    start = event.trigger.start - sentence.start
    before, after = sentence.text[:start], sentence.text[start + len(event.trigger.text) :]
    told = _PERFECT.search(before) is not None
    return told and (_BEFORE.match(before) is not None or _AFTER.match(after) is not None)
