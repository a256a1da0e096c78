"""The documents' site: every page has its place, and what it takes from elsewhere is there."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

ROOT = Path(__file__).parents[1]
PAGE = SimpleNamespace(file=SimpleNamespace(src_uri="page.md"))


@pytest.fixture(scope="module")
def hook() -> ModuleType:
    pytest.importorskip("mkdocs", reason="needs the dependency group docs")
    spec = importlib.util.spec_from_file_location("docs_hook", ROOT / "scripts/docs_hook.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_page_is_in_the_contents() -> None:
    named = set(re.findall(r": (\S+\.md)$", (ROOT / "mkdocs.yml").read_text("utf-8"), re.MULTILINE))
    assert named == {path.name for path in (ROOT / "docs").glob("*.md")}


def test_every_link_of_a_page_leads_to_a_file() -> None:
    for path in (ROOT / "docs").glob("*.md"):
        for link in re.findall(r"\]\(([^):#\s]+)(?:#[^)]*)?\)", path.read_text("utf-8")):
            assert (path.parent / link).exists(), f"{path.name} links to {link}"


def test_a_section_of_the_readme_stands_where_it_is_named(hook: ModuleType) -> None:
    text = hook.on_page_markdown("# The output\n\n<!-- README: The output -->\n", page=PAGE)
    assert "| `attributions` | who says what" in text
    assert "](annotation.md)" in text and "## " not in text
    with pytest.raises(Exception, match=r"README.md has no section 'Nothing'"):
        hook.on_page_markdown("<!-- README: Nothing -->", page=PAGE)


def test_links_out_of_the_documents_become_paths(hook: ModuleType) -> None:
    text = hook.on_page_markdown(
        "See [the card](../LICENSE), [LICENSE](../LICENSE), [this](scale.md).", page=PAGE
    )
    assert text == "See the card (`LICENSE`), `LICENSE`, [this](scale.md)."
    with pytest.raises(Exception, match=r"page.md: links to nowhere.md, which is not there"):
        hook.on_page_markdown("[x](../nowhere.md)", page=PAGE)
