from __future__ import annotations

from pathlib import Path

from shown import filled
from visitors import visited


def test_every_page_has_the_same_head_without_a_body(empty_file: Path, tmp_path: Path) -> None:
    with visited(filled(empty_file, tmp_path)) as client:
        for path in ("/", "/timeline", "/speakers", "/sign-in", "/nowhere", "/incidents.atom"):
            whole, head = client.get(path), client.head(path)
            assert head.content == b""
            assert head.status_code == whole.status_code, path
            for name in ("content-type", "content-security-policy", "etag"):
                assert head.headers.get(name) == whole.headers.get(name), (path, name)


def test_nothing_is_done_by_asking_for_a_head(empty_file: Path, tmp_path: Path) -> None:
    with visited(filled(empty_file, tmp_path)) as client:
        assert client.head("/sign-out").status_code == client.get("/sign-out").status_code == 405
