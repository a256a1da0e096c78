"""The documents speak of the commands, options and targets that there are, and of all of them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from dateline.cli import app
from dateline.evaluation.annotated import with_events
from dateline.ontology import MODES

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
ANNOTATION = (ROOT / "docs/annotation.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def options(command: Any) -> set[str]:
    """The long options of a command, or of those below it."""
    below = [options(each) for each in getattr(command, "commands", {}).values()]
    return set.union(set(), *below) | {
        name for parameter in command.params for name in parameter.opts if name.startswith("--")
    }


COMMANDS: dict[str, set[str]] = {name: options(each) for name, each in get_command(app).commands.items()}  # type: ignore[attr-defined]


def test_every_command_and_option_is_in_the_readme() -> None:
    assert [name for name in COMMANDS if f"dateline {name}" not in README] == []
    known = set.union(*COMMANDS.values())
    assert [option for option in sorted(known) if not re.search(rf"{option}[` ]", README)] == []


DOCUMENTS = (
    "README",
    "CONTRIBUTING",
    "CHANGELOG",
    "docs/annotation",
    "docs/export",
    "docs/following",
    "docs/record",
)


@pytest.mark.parametrize("document", [f"{name}.md" for name in DOCUMENTS])
def test_every_command_and_option_of_a_document_exists(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    for name, rest in re.findall(r"(?:^|`|\$ |\| )dateline ([a-z]+)([^`\n|]*)", text, re.MULTILINE):
        assert name in COMMANDS
        assert set(re.findall(r"--[a-z-]+", rest)) <= COMMANDS[name], f"dateline {name}{rest}"


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md"])
def test_every_make_target_of_a_document_exists(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))
    assert set(re.findall(r"(?:^|`)make ([a-z]+)", text, re.MULTILINE)) <= targets


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md"])
def test_every_link_to_a_file_leads_there(document: str) -> None:
    path = ROOT / document
    links = re.findall(r"\]\(([^):#]+)\)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_the_annotation_guide_lists_the_ontology() -> None:
    rows = re.findall(r"^\| ([A-Z]+) \|[^|]+\| ([^|]*)\|", ANNOTATION, re.MULTILINE)
    assert {kind: tuple(filter(None, modes.strip().split(", "))) for kind, modes in rows} == MODES


def test_the_annotated_example_is_one() -> None:
    (block,) = re.findall(r"^```json\n(.*?)^```", ANNOTATION, re.MULTILINE | re.DOTALL)
    (event,) = with_events(json.loads(block)).events
    assert (event.trigger.text, event.killed[0].value) == ("killed", 6)
