"""The layout as the README draws it, the direction of imports, and a test module for every module."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "dateline"
TESTS = ROOT / "tests"

STAGES = ("ingest", "extract", "read", "resolve", "link", "record", "site")
MAY_IMPORT = {"site": {"record"}}
"""Stages that stand upon another one."""
WORDS = {"dateline.types", "dateline.ontology", "dateline.errors"}
UNTESTED = {
    "record/migrations/env.py",  # Alembic runs it, and the steps below, in tests/test_upgrading.py
    "record/migrations/versions/r0001.py",
    "record/migrations/versions/r0002.py",
    "record/migrations/versions/r0003.py",
    "record/migrations/versions/r0004.py",
    "record/migrations/versions/r0005.py",
    "record/migrations/versions/r0007.py",
    "record/migrations/versions/r0008.py",
    "record/migrations/versions/r0009.py",
    "record/migrations/versions/r0010.py",
}
"""Modules without a test module, by name. Add one only with the reason beside it."""

MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.name != "__init__.py")


def named(path: Path) -> str:
    """A file by its place in the package."""
    return path.relative_to(PACKAGE).as_posix()


def imported(path: Path) -> set[str]:
    """The full names that a file imports from the package, wherever in the file it does."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{named(path)} imports relatively; give the full name"
            names |= {f"{node.module}.{alias.name}" for alias in node.names} | {str(node.module)}
    return {name for name in names if name.split(".")[0] == "dateline"}


def stages_of(path: Path) -> set[str]:
    """The stages that a file imports anything of."""
    return {name.split(".")[1] for name in imported(path) if name.split(".")[1:2]} & set(STAGES)


def tree() -> Iterator[tuple[str, str]]:
    """(file or folder, phrase) of the README's tree; folders end in a slash, a level is two spaces."""
    block = re.search(
        r"^```\w*\n(src/dateline/.*?)^```", (ROOT / "README.md").read_text("utf-8"), re.M | re.S
    )
    assert block, "README.md has no fenced block that starts with src/dateline/"
    folders: list[str] = []
    for line in block[1].splitlines()[1:]:
        indent, name, phrase = re.fullmatch(r"((?:  )+)(\S+)(?:\s+(.*))?", line).groups()  # type: ignore[union-attr]
        folders[len(indent) // 2 - 1 :] = [name] if name.endswith("/") else []
        yield "".join(folders) + ("" if name.endswith("/") else name), phrase or ""


def test_the_readme_names_every_module() -> None:
    drawn = dict(tree())
    assert [name for name in map(named, MODULES) if name not in drawn] == []


def test_what_the_readme_names_is_there_with_a_phrase() -> None:
    drawn = dict(tree())
    assert [name for name in drawn if not (PACKAGE / name).exists()] == []
    assert [name for name, phrase in drawn.items() if not phrase] == []


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_module_has_a_test_module(path: Path) -> None:
    """Of modules with one name, such as read/dyads.py, all but one are tested with the folder before it."""
    prefixed = TESTS / f"test_{path.parent.name}_{path.stem}.py"
    alike = [other for other in MODULES if other.stem == path.stem]
    taken = sum((TESTS / f"test_{other.parent.name}_{other.stem}.py").exists() for other in alike)
    plain = (TESTS / f"test_{path.stem}.py").exists() and taken == len(alike) - 1
    assert named(path) in UNTESTED or prefixed.exists() or plain, (
        f"{named(path)}: no tests/test_{path.stem}.py"
    )


def test_untested_modules_exist() -> None:
    assert set(map(named, MODULES)) >= UNTESTED


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=named)
def test_a_stage_imports_no_other_stage(path: Path) -> None:
    stage = named(path).split("/")[0]
    if stage in STAGES:
        others = stages_of(path) - {stage} - MAY_IMPORT.get(stage, set())
        assert sorted(others) == []


def test_the_words_import_nothing_of_the_package() -> None:
    for name in ("types.py", "ontology.py", "errors.py"):
        assert imported(PACKAGE / name) == set(), name


def test_views_import_the_words_alone() -> None:
    for path in PACKAGE.glob("show/*.py"):
        others = {
            name
            for name in imported(path)
            if not name.startswith("dateline.show") and not any(name.startswith(word) for word in WORDS)
        }
        assert others <= {"dateline"}, f"{named(path)} imports {sorted(others)}"


def test_only_the_pipeline_and_what_stands_above_it_joins_stages() -> None:
    """Whatever else is needed of two stages goes through the types."""
    joining = {
        "pipeline.py",
        "checkup.py",
        "commands/add.py",
        "commands/batch.py",
        "commands/watch.py",
        "cli.py",
        "evaluation/annotated.py",
        "evaluation/copies.py",
        "evaluation/crossdoc.py",
        "evaluation/events.py",
        "evaluation/happenings.py",
        "evaluation/dates.py",
        "export/command.py",
    }
    for path in MODULES:
        stages = stages_of(path)
        # A command of the site opens the record for it.
        if named(path).split("/")[0] not in MAY_IMPORT and len(stages) > 1 and stages != {"record", "site"}:
            assert named(path) in joining, f"{named(path)} imports {sorted(stages)}"
