"""Incidents, claims and log entries in words, for a terminal and for a pipe.

Words of articles go through ``wording.words``, so that control characters in them are harmless, and into
``rich.text.Text``, so that markup in them is shown and not obeyed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.text import Text

from dateline.record.chains import Link
from dateline.record.decisions import rank
from dateline.record.ids import decision_id
from dateline.record.loading import Capture
from dateline.record.origins import outlet
from dateline.record.spreads import Spread, Telling, Toll, Value, kind, number, speaker
from dateline.record.summary import Summary
from dateline.record.times import LAST
from dateline.show.wording import counted, meaning, words
from dateline.types import Citation, Claim, Count, Decision, Entry, Filler, Incident, Origin

INDENT = "    "
LABEL = 12
SHORT = 9
"""Characters of an id that a list shows: enough to name it among millions."""
STATUSES = {
    "actual": "it happened",
    "future": "it is to come",
    "hypothetical": "it may be",
    "negated": "it did not happen",
}
LABELS = {
    "kinds": "what",
    "actors": "who",
    "recipients": "to whom",
    "places": "where",
    "dates": "when",
    "weapons": "with what",
    "statuses": "status",
    "claimed_by": "claimed by",
    "denied_by": "denied by",
}


def short(identity: str) -> str:
    """The beginning of an id, enough to ask for it."""
    return identity[:SHORT]


def when(brief: Summary) -> str:
    """The days of an incident, else when it was first told."""
    first, last = brief.first_day, brief.last_day
    if first is None and last is None:
        return "day unknown" if brief.first_told == LAST else f"told {brief.first_told[:10]}"
    if first is None or last is None:
        return f"until {last}" if first is None else f"since {first}"
    return first if first == last else f"{first} to {last}"


def bounds(low: int | None, best: int | None, high: int | None) -> str:
    """A toll in brief: "6", "6 (6 to 9)", "24 or more"; empty when none is told."""
    if best is None:
        return ""
    if low == best == high:
        return str(best)
    return f"{best} ({low if low is not None else '?'} to {high if high is not None else '?'})"


def counts(brief: Summary) -> str:
    """Tolls, articles and origins: "killed 6 (6 to 9) · 7 articles, 3 independent origins · disputed"."""
    tolls = [f"{role} {told}" for role in ("killed", "injured") if (told := bounds(*getattr(brief, role)))]
    origins = f"{counted(brief.articles, 'article')}, {counted(brief.origins, 'independent origin')}"
    return " · ".join([*tolls, origins, *(["disputed"] if brief.disputed else [])])


def listed(brief: Summary) -> Text:
    """An incident in a list: two lines."""
    text = Text(short(brief.id), style="bold cyan")
    what = " · ".join(filter(None, (when(brief), brief.kind, words(brief.place))))
    text.append(f"  {what}", style="bold").append(f"  {counts(brief)}\n", style="dim")
    return text.append(f"{INDENT}{words(brief.headline)}")


def incident(told: Incident, values: Spread, brief: Summary, others: Iterable[Incident]) -> Iterator[Text]:
    """All about an incident: values side by side, origins, answers, what was said before, decisions."""
    yield Text(f"{told.id}  {when(brief)}", style="bold")
    yield Text(counts(brief), style="dim")
    yield Text()
    for field in ("kinds", "actors", "recipients"):
        yield from _values(LABELS[field], getattr(values, field))
    for role in ("killed", "injured"):
        yield from _toll(role, getattr(values, role))
    for field in ("places", "dates", "weapons"):
        yield from _values(LABELS[field], getattr(values, field))
    if len(values.statuses) > 1:
        named = tuple(_named(value) for value in values.statuses)
        yield from _values("disputed" if values.disputed else "status", named)
    for field in ("claimed_by", "denied_by"):
        yield from _values(LABELS[field], getattr(values, field))
    yield from _headed("Origins", map(_origin, told.origins))
    yield from _headed("Claims", map(_claim, told.claims))
    yield from _headed("Said before, and no longer", map(_claim, told.former))
    known = list(others)
    yield from _headed("In answer to", _answered(told, known))
    yield from _headed("Answered by", _answering(told, known))
    yield from _headed("Decisions", map(decided, told.decisions))


def _named(value: Value) -> Value:
    return Value(STATUSES[value.value], value.tellings)


def _headed(title: str, lines: Iterable[str]) -> Iterator[Text]:
    """Lines under a title, if there are any."""
    for place, line in enumerate(lines):
        if place == 0:
            yield Text(f"\n{title}", style="bold underline")
        yield Text(line)


def _values(label: str, values: Sequence[Value]) -> Iterator[Text]:
    """Values side by side, each with everybody who tells it."""
    for place, value in enumerate(values):
        text = Text(f"{INDENT}{label if place == 0 else '':{LABEL}}", style="dim")
        text.append(words(value.value), style="default bold not dim")
        text.append(f"  {'; '.join(map(telling, value.tellings))}", style="default not dim")
        yield text


def _toll(role: str, toll: Toll) -> Iterator[Text]:
    if toll.values:
        told = f"{bounds(toll.low, toll.best, toll.high)}, best by {toll.rule}"
        yield Text(f"{INDENT}{role:{LABEL}}{told}", style="bold")
        yield from _values("", toll.values)


def telling(each: Telling) -> str:
    """Who says it in which words and where: "the ministry: “six” (Kestrel Wire, 2024-03-12, c7f3a9c21)".

    Where the article speaks for itself, the outlet is named once.
    """
    where = words(outlet(each.citation))
    who = "" if each.speaker == outlet(each.citation) else words(each.speaker)
    said = f"“{words(each.words.text)}”" if each.words else ""
    by = [f"corrected by {words(each.corrected_by)}"] if each.corrected_by else []
    cited = ", ".join((where, day(each.citation), short(each.claim), *by))
    return f"{': '.join(filter(None, (who, said)))} ({cited})".lstrip()


def day(cited: Citation) -> str:
    """The day of publication, as the publisher has it."""
    return words(cited.published or "no date")[:10]


def _origin(origin: Origin) -> str:
    told = "; ".join(f"{short(each.article)} {words(outlet(each))} {day(each)}" for each in origin.articles)
    return f"{INDENT}{words(origin.name)}: {told}"


def _claim(claim: Claim) -> str:
    told = f"{speaker(claim)} ({outlet(claim.citation)}, {day(claim.citation)})"
    return f"{INDENT}{short(claim.id)}  {kind(claim)}  {words(told)}: {words(claim.sentence.text)}"


def _answered(told: Incident, known: Iterable[Incident]) -> Iterator[str]:
    titles = {each.id: each for each in known}
    for answer in told.answers:
        yield f"{INDENT}{_title(titles[answer.incident])} — {reasons(answer.decisions)}"


def _answering(told: Incident, known: Iterable[Incident]) -> Iterator[str]:
    for each in known:
        for answer in each.answers:
            if answer.incident == told.id:
                yield f"{INDENT}{_title(each)} — {reasons(answer.decisions)}"


def _title(each: Incident) -> str:
    return f"{short(each.id)}  {words(each.claims[0].sentence.text)}"


def reasons(decisions: Iterable[Decision]) -> str:
    """Why, and who says so."""
    told = dict.fromkeys(f"{words(d.reason) or d.kind} ({words(d.by)})" for d in decisions)
    return "; ".join(told)


def decided(decision: Decision) -> str:
    """A decision in a line: its id, by whom, what, about what, why."""
    sides = " and ".join(", ".join(map(short, side)) for side in (decision.subject, decision.object) if side)
    field = f" of {decision.field}" if decision.field else ""
    score = f" {decision.score:.2f}" if decision.score is not None else ""
    who = words(decision.by)
    about = f"{decision.kind}{field}{score}: {sides}"
    return f"{INDENT}{short(decision_id(decision))}  {who}  {about} — {words(decision.reason) or 'no reason'}"


def claim(told: Claim, incident: str | None) -> Iterator[Text]:
    """A claim: its sentence, every value with its words and reason, who says so, the article."""
    event = told.event
    yield Text(f"{told.id}  {kind(told)}  {STATUSES[event.status]}", style="bold")
    yield Text(f"{INDENT}“{words(told.sentence.text)}”")
    yield Text()
    for role in ("actor", "recipient", "place", "date", "weapon", "killed", "injured"):
        for filler in getattr(event, role):
            yield _field(role, filler)
    if event.when is not None:
        yield _line("when", f"{event.when.start or '…'} to {event.when.end or '…'}", words(event.when.reason))
    for who in told.speakers:
        yield _line("according to", f"“{words(who.text)}”", speaker(told))
    for fixed in told.corrections:
        yield _line("corrected", f"{fixed.field} by {words(fixed.by)}", words(fixed.reason))
    yield Text()
    yield from citation(told.citation)
    yield _line("incident", incident or "none any more", "")


def _field(role: str, filler: Filler) -> Text:
    told = f"“{words(filler.text)}”"
    if isinstance(filler, Count):
        return _line(role, told, number(filler))
    value = filler.resolved
    return _line(role, told, f"{meaning(value)}; {words(value.reason)}" if value else "")


def _line(label: str, told: str, more: str) -> Text:
    text = Text(f"{INDENT}{label:{LABEL + 2}}", style="dim").append(told, style="default not dim")
    return text.append(f"  {more}", style="dim") if more else text


def citation(cited: Citation) -> Iterator[Text]:
    """What an article is cited by, a line a fact."""
    yield _line("article", words(cited.title or "no title"), cited.article)
    yield _line("publisher", words(outlet(cited)), words(cited.byline or ""))
    yield _line("published", words(cited.published or "time unknown"), words(cited.address))


def capture(kept: Capture) -> Iterator[Text]:
    """How an article was captured, a line a fact."""
    yield Text("\nHow it was captured", style="bold underline")
    yield _line("text", kept.text, "digest")
    if kept.page:
        yield _line("page", kept.page, "digest")
    if kept.fetched:
        yield _line("fetched", words(kept.fetched), "")
    yield _line("added", kept.added, f"read by {words(kept.model)}")


def link(each: Link, known: dict[str, Incident]) -> Iterator[Text]:
    """An incident of a chain: its place in it, its sentence, and why it answers what."""
    place = Text(f"{each.steps:+d}" if each.steps else " 0", style="bold")
    yield place.append(f"  {_title(known[each.incident])}", style="not bold")
    for answer in each.to:
        to = f"in answer to {short(answer.incident)}{' (a circle)' if answer.incident in each.back else ''}"
        yield Text(f"{INDENT}{to}: {reasons(answer.decisions)}", style="dim")


def entry(each: Entry) -> Iterator[Text]:
    """An entry of the log: when, what was added, what was decided."""
    head = Text(f"{each.number}  {each.recorded}  ", style="bold")
    if each.citation is not None:
        cited = each.citation
        head.append(f"{short(cited.article)}  {words(outlet(cited))}: {words(cited.title or cited.address)}")
        added = counted(len(each.claims) + len(each.erased), "claim")
        head.append(f" ({added}{', erased since' if each.erased else ''})", style="not bold")
    yield head
    machines = [decision for decision in each.decisions if rank(decision.by) == 0]
    if machines and each.citation is not None:
        yield Text(f"{INDENT}{counted(len(machines), 'decision')} by the linker", style="dim")
    for decision in each.decisions:
        if each.citation is None or rank(decision.by) > 0:
            yield Text(decided(decision))
