from __future__ import annotations

import shutil
from pathlib import Path

from logs import first_reading
from visitors import record, visited


def test_what_the_record_holds_is_told(empty_file: Path, tmp_path: Path) -> None:
    with visited(shutil.copy(empty_file, tmp_path / "record.db")) as client:
        answer = client.get("/metrics")
        assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/plain")
        assert "dateline_articles_added_total 0.0" in answer.text
        record(client).add(first_reading())
        assert "dateline_articles_added_total 1.0" in client.get("/metrics").text
