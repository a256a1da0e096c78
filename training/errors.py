"""Look at what is wrong: event reports on a gold file that differ from gold, by their first cause.

    python -m training.errors ../shared/data/record/dev.jsonl                          # shares
    python -m training.errors ../shared/data/record/dev.jsonl --sample 100 --to FILE   # and some to read
    python -m training.errors --judged FILE                                            # shares by eye

A report has one cause, the first that holds of ``CAUSES``. A sample holds sentences of the corpus, so it
belongs outside the checkout; whoever reads it writes one of ``BY_EYE`` under each line's ``by_eye``.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline import ontology
from dateline.evaluation import events as task
from dateline.evaluation.events import answering
from dateline.evaluation.metrics import greedy_pairs, percent
from dateline.read.sentences import split
from dateline.types import Article, EventReport, Range, Reading, Span

CAUSES = {
    "missed": "gold has a report, the reader none",
    "spurious": "the reader has a report, gold none",
    "type": "the same trigger, another type",
    "other word": "a report of the same type in the sentence, on another word",
    "status": "the same type, another status",
    "filler lost": "a role lacks words that gold has",
    "filler made up": "a role has words more than gold",
    "filler wrong": "a role has other words",
    "filler cut": "a role's words overlap with gold's, but by less than half",
    "toll": "killed or injured by another number",
    "split": "gold ties the report to another one, the reader does not",
    "merged": "the reader ties the report to another one, gold does not",
    "mode": "another mode",
}
"""Every automatic cause with what it means, in the order in which they are looked for."""

BY_EYE = {
    "overlooked verb": "a deed told by a verb, and not seen",
    "overlooked noun": "a deed named by a noun, often in passing, and not seen",
    "no happening": "a state, a word of speech or another sense of the word taken for a report",
    "counted twice": "a second report of a deed that gold counts once",
    "neighbouring type": "one of two types that lie close: promise and deed, threat and attack",
    "modality": "planned, feared, denied or demanded taken for done, or the reverse",
    "far filler": "a role's words stand in another sentence; none or wrong ones were taken",
    "near filler": "a role's words stand in the sentence; none or wrong ones were taken",
    "extra filler": "words taken for a role that nobody fills",
    "wrong tie": "tied to a happening that is not its own, or not to its own",
    "bounds": "the right words cut, or the same deed marked on another word of the sentence",
    "gold doubtful": "the guidelines allow the reader's answer, or gold breaks them",
}
"""What a person may find, looking at the sentence."""


@dataclass(frozen=True, slots=True)
class Case:
    """A report of gold with the reader's counterpart, either of which may be wanting, and its causes in
    the order of ``CAUSES``."""

    article: Article
    gold: EventReport | None
    predicted: EventReport | None
    causes: tuple[str, ...]

    @property
    def trigger(self) -> Span:
        """Where to look."""
        report = self.gold or self.predicted
        assert report
        return report.trigger


# ---- causes


def wrong(gold: Reading, answer: Reading) -> Iterator[Case]:
    """The reports of one article that are not as gold has them."""
    sentences = split(gold.article.text, [(0, len(gold.article.text))])
    paired = task.pairing(gold.events, answer.events)
    for mine, theirs in paired.matched():
        causes = tuple(_differences(mine, theirs, paired))
        if causes:
            yield Case(gold.article, mine, theirs, causes)
    taken = set(paired.partner.values())
    missed = [event for i, event in enumerate(gold.events) if i not in paired.partner]
    spurious = [event for j, event in enumerate(answer.events) if j not in taken]
    yield from _unmatched(gold.article, missed, spurious, sentences)


def _unmatched(
    article: Article, missed: list[EventReport], spurious: list[EventReport], sentences: Sequence[Range]
) -> Iterator[Case]:
    """Pairs what is left by trigger, then by sentence and type; what then remains has no counterpart."""

    def beside(a: EventReport, b: EventReport) -> int:
        return a.type == b.type and _sentence(a.trigger, sentences) == _sentence(b.trigger, sentences)

    def touching(a: EventReport, b: EventReport) -> int:
        return task.overlap(a.trigger, b.trigger)

    for cause, likeness in (("type", touching), ("other word", beside)):
        partner = greedy_pairs(missed, spurious, likeness)
        yield from (Case(article, missed[i], spurious[j], (cause,)) for i, j in partner.items())
        missed = [event for i, event in enumerate(missed) if i not in partner]
        spurious = [event for j, event in enumerate(spurious) if j not in partner.values()]
    yield from (Case(article, event, None, ("missed",)) for event in missed)
    yield from (Case(article, None, event, ("spurious",)) for event in spurious)


def _differences(gold: EventReport, predicted: EventReport, paired: task.Pairing) -> Iterator[str]:
    """What is wrong with a report of the right type, in the order of ``CAUSES``."""
    if gold.status != predicted.status:
        yield "status"
    faults = {fault for role in ontology.ROLES for fault in _role_faults(role, gold, predicted)}
    yield from (cause for cause in CAUSES if cause in faults)
    tied = {(g.happening == gold.happening, p.happening == predicted.happening) for g, p in paired.matched()}
    if (True, False) in tied:
        yield "split"
    if (False, True) in tied:
        yield "merged"
    if gold.mode and gold.mode != predicted.mode:
        yield "mode"


def _role_faults(role: str, gold: EventReport, predicted: EventReport) -> Iterator[str]:
    mine, theirs = getattr(gold, role), getattr(predicted, role)
    tally = task.fillers(role, gold, predicted)
    if tally.right == tally.gold == tally.predicted:
        return
    if role in ontology.COUNTS:
        yield "toll"
    elif tally.right == tally.predicted:
        yield "filler lost"
    elif tally.right == tally.gold:
        yield "filler made up"
    elif any(task.overlap(a, b) for a in mine for b in theirs):
        yield "filler cut"
    else:
        yield "filler wrong"


def _sentence(span: Span, sentences: Sequence[Range]) -> int:
    return sum(start <= span.start for start, _ in sentences)


# ---- shares and samples


def shares(causes: Iterable[str], order: Iterable[str]) -> list[tuple[str, int, float]]:
    """(cause, how many, per cent of all) in an order."""
    counted = Counter(causes)
    return [(cause, counted[cause], percent(counted[cause], counted.total())) for cause in order]


def recorded(case: Case) -> dict[str, Any]:
    """A case as a line to be judged: the words around it, both sides, and an empty ``by_eye``."""
    text, trigger = case.article.text, case.trigger
    start = text.rfind("\n", 0, trigger.start) + 1
    sides = {"gold": _told(case.gold), "predicted": _told(case.predicted)}
    return {
        "article": case.article.id,
        "trigger": [trigger.start, trigger.end],
        "causes": list(case.causes),
        "before": text[max(start, trigger.start - 600) : trigger.start],
        "after": text[trigger.start : trigger.end + 300],
        **sides,
        "by_eye": "",
    }


def _told(report: EventReport | None) -> dict[str, Any] | None:
    if report is None:
        return None
    fillers = {role: [span.text for span in getattr(report, role)] for role in ontology.ROLES}
    kept = {role: words for role, words in fillers.items() if words}
    head = {"trigger": report.trigger.text, "type": report.type, "mode": report.mode, "status": report.status}
    return {**head, **kept, "happening": report.happening}


def answered(path: Path, model: Path | None) -> tuple[Mapping[str, Reading], dict[str, Reading]]:
    """Gold of a file, and what a model reads in it."""
    gold = task.load(path)
    with answering(model) as (answer, _):
        return gold, {key: answer(reading) for key, reading in gold.items()}


def judged(path: Path) -> list[str]:
    """The causes that a person has written under ``by_eye``; raises ValueError at one not of the list."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for number, line in enumerate(lines, 1):
        if line["by_eye"] not in BY_EYE:
            raise ValueError(
                f"{path}:{number}: by_eye is {line['by_eye']!r}; write one of {', '.join(BY_EYE)}"
            )
    return [line["by_eye"] for line in lines]


def show(table: Iterable[tuple[str, int, float]], meanings: Mapping[str, str]) -> None:
    """Print a table in Markdown."""
    print("| cause | reports | share | |\n| --- | ---: | ---: | --- |")
    for cause, count, share in table:
        print(f"| {cause} | {count} | {share:.0f} % | {meanings[cause]} |")


def options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path, nargs="?", help="annotated articles")
    parser.add_argument("--model", type=Path, help="a model folder; else the package's own")
    parser.add_argument("--sample", type=int, default=100, help="how many wrong reports to write")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--to", type=Path, help="where to write them, outside the checkout")
    parser.add_argument("--judged", type=Path, help="a sample with its by_eye filled in")
    given = parser.parse_args()
    if given.to and Path.cwd() in given.to.resolve().parents:
        parser.error("--to: a sample holds sentences of the corpus; write it outside the checkout")
    return given


def main() -> None:
    """The command."""
    given = options()
    if given.judged:
        show(shares(judged(given.judged), BY_EYE), BY_EYE)
        return
    gold, answers = answered(given.gold, given.model)
    found = [case for key, reading in gold.items() for case in wrong(reading, answers[key])]
    show(shares((case.causes[0] for case in found), CAUSES), CAUSES)
    if given.to:
        some = random.Random(given.seed).sample(found, min(given.sample, len(found)))
        lines = (json.dumps(recorded(case), ensure_ascii=False) + "\n" for case in some)
        given.to.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
