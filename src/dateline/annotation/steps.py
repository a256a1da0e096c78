"""The steps of ``dateline annotation``: start, check, agree."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from dateline.annotation import files
from dateline.annotation.notation import noted
from dateline.errors import GoldError
from dateline.evaluation import events, gold
from dateline.evaluation.annotated import with_events
from dateline.evaluation.tasks import Evaluation
from dateline.evaluation.telling import figures
from dateline.types import Reading


def start(path: Path, filled: bool) -> None:
    """Print the articles of a file, their sentences numbered, to be annotated."""
    for article in gold.load(path, lambda record: record, 'an article is a line {"id", "text", …}').values():
        left_out = () if filled else ("events", "incidents")
        record = {key: value for key, value in article.items() if key not in left_out}
        print(files.laid_out(noted(record)), end="")


def check(paths: list[Path], to: Path | None) -> int:
    """Print every mistake; where there is none, write the articles with offsets. Returns the exit status."""
    checked = files.check(paths)
    for mistake in checked.mistakes:
        print(mistake)
    reports = sum(len(article.get("events", ())) for article in checked.articles)
    print(f"{len(checked.articles)} articles, {reports} event reports, {len(checked.mistakes)} mistakes")
    if to and not checked.mistakes:
        gold.save(to, checked.articles)
    return int(bool(checked.mistakes))


def agree(paths: list[Path]) -> None:
    """Print how far two annotators agree."""
    Console(highlight=False).print(figures(agreement(paths)), soft_wrap=True)


def agreement(paths: list[Path]) -> Evaluation:
    """The second annotator's event reports counted against the first's, in the articles that both have.

    Raises GoldError where there are not two files, or one has mistakes.
    """
    if len(paths) != 2:
        raise GoldError("agree: two files are compared; give one of each annotator")
    one, other = (_whole(path) for path in paths)
    both = {key: article for key, article in one.items() if key in other}
    if not both:
        raise GoldError(f"{paths[0]} and {paths[1]}: no article is in both; give the same articles twice")
    reached = events.figures(both, other)
    shared = {name: figure for name, figure in reached.items() if not name.startswith("confidence")}
    return Evaluation("agreement", f"{paths[0]}, {paths[1]}", gold.digest(paths[0]), None, len(both), shared)


def _whole(path: Path) -> dict[str, Reading]:
    checked = files.check([path])
    if checked.mistakes:
        raise GoldError(f"{checked.mistakes[0]}; and so on: run annotation check")
    return {article["id"]: with_events(article) for article in checked.articles}
