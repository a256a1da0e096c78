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
TRAINED = (".onnx", ".npz", ".json")


def digests(folder: Path) -> dict[str, str]:
    """The SHA-256 of every trained file of a folder, by name."""
    files = sorted(path for path in folder.iterdir() if path.suffix in TRAINED and path.name != MANIFEST)
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


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
