"""The digests of the model's files, so that what is committed is what was made.

The model takes hours to train and its corpora may not be shipped, so a check cannot make it
again; it can tell that no file was changed, added or lost since the manifest was written.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

MODEL = Path(__file__).parent.parent / "src/dateline/model"
MANIFEST = "manifest.json"


def digests(folder: Path) -> dict[str, str]:
    """The SHA-256 of every data file of a folder, by name."""
    files = (path for path in folder.iterdir() if path.is_file() and path.suffix != ".py")
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(files) if p.name != MANIFEST}


def differences(folder: Path) -> list[str]:
    """The names of files that are not what the folder's manifest says, or not in both."""
    listed = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    found = digests(folder)
    return sorted(name for name in listed | found if listed.get(name) != found.get(name))


def write(folder: Path) -> None:
    """Write the manifest of a folder as it stands."""
    text = json.dumps(digests(folder), indent=2) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write(MODEL)
