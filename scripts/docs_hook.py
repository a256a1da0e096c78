"""MkDocs' hook: what the pages of docs/ take from the rest of the repository.

``<!-- README: Heading -->`` is replaced by that section of the README, so that it is told once. Links out of
docs/ lead to files that the site does not have: they are written as their words and the file's path. A
section or a file that is not there ends the build.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError

ROOT = Path(__file__).parents[1]
SECTION = re.compile(r"^<!-- README: (.+) -->$", re.MULTILINE)
OUTSIDE = re.compile(r"\[([^\]]+)\]\(\.\./([^)#]+)\)")


def on_page_markdown(markdown: str, *, page: Any, **_: Any) -> str:
    """A page's text with sections of the README, and without links that lead out of the site."""
    whole = SECTION.sub(lambda found: section(found[1]), markdown)
    return OUTSIDE.sub(lambda link: outside(page.file.src_uri, *link.groups()), whole)


def section(heading: str) -> str:
    """What stands under a heading of the README, its links as from docs/."""
    readme = (ROOT / "README.md").read_text("utf-8")
    found = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", readme, re.MULTILINE | re.DOTALL)
    if found is None:
        raise PluginError(f"README.md has no section {heading!r}")
    return found[1].strip().replace("](docs/", "](")


def outside(page: str, words: str, path: str) -> str:
    """A link to a file of the repository, in words."""
    if not (ROOT / path).exists():
        raise PluginError(f"{page}: links to {path}, which is not there")
    return f"`{path}`" if path.endswith(words) else f"{words} (`{path}`)"
