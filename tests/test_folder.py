"""A shard is there whole or is read again."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from dateline.errors import BatchError, InputError, SkippedInput
from dateline.scale.folder import Folder, content_of, digest_of

LINES = [
    b"1\n",
    InputError("b.html", "no article", "give another"),
    SkippedInput("c", "in French", "ask"),
    b"2\n",
]


def test_a_kept_shard_is_finished_with_its_counts_and_faults(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "out")
    manifest = folder.keep("shard", LINES, "code")
    assert folder.finished("shard") == manifest
    assert manifest.counts == {"read": 2, "skipped": 1, "failed": 1}
    errors = [fault.error() for fault in manifest.faults]
    assert [(type(error), str(error)) for error in errors] == [(type(e), str(e)) for e in LINES[1:3]]
    assert [fault.place for fault in manifest.faults] == [1, 2]
    assert list(folder.lines("shard")) == [b"1\n", b"2\n"]
    assert sorted(path.name for path in folder.path.iterdir()) == ["shard.json", "shard.jsonl.gz"]


def test_the_same_lines_are_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        Folder(tmp_path / name).keep("shard", LINES, "code")
    files = [
        [(path.name, path.read_bytes()) for path in sorted((tmp_path / n).iterdir())] for n in ("one", "two")
    ]
    assert files[0] == files[1]


@pytest.mark.parametrize(
    "spoil", ["no lines", "cut", "other lines", "cut manifest", "no manifest", "other schema"]
)
def test_what_is_not_whole_is_not_finished(tmp_path: Path, spoil: str) -> None:
    folder = Folder(tmp_path)
    folder.keep("shard", LINES, "code")
    lines, manifest = tmp_path / "shard.jsonl.gz", tmp_path / "shard.json"
    match spoil:
        case "no lines":
            lines.unlink()
        case "cut":
            lines.write_bytes(lines.read_bytes()[:-3])
        case "other lines":
            lines.write_bytes(gzip.compress(b"3\n"))
        case "cut manifest":
            manifest.write_bytes(manifest.read_bytes()[:40])
        case "no manifest":
            manifest.unlink()
        case "other schema":
            manifest.write_text(manifest.read_text().replace("dateline.shard/1", "dateline.shard/9"))
    assert folder.finished("shard") is None


def test_the_digest_does_not_know_how_lines_are_cut(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.keep("one", [b"1\n", b"2\n"], "code")
    folder.keep("two", [b"3\n"], "code")
    assert digest_of(folder, ["one", "two"]) == content_of([b"1\n2\n", b"3\n"])
    assert folder.others(["one"]) == 1 and folder.others(["one", "two"]) == 0


def test_a_folder_that_cannot_be_written_to_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BatchError, match="is no folder"):
        Folder(tmp_path / "file")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    folder = Folder(tmp_path)
    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(BatchError, match=r"No space left on device.*run the command again"):
        folder.keep("shard", LINES, "code")
