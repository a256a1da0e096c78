"""The README's pictures of the site, taken from the examples: ``python scripts/screenshots.py``.

Reads the example pages into a record of its own, serves it on the loopback, looks at it with Chromium, and
writes WebP to ``docs/images``.
"""

from __future__ import annotations

import base64
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from dateline.record.record import Record
from dateline.record.search import Wanted
from dateline.record.summary import Summary
from dateline.site.app import create_app
from dateline.site.settings import SiteSettings

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
SIZE: ViewportSize = {"width": 1440, "height": 900}
QUALITY = 0.72


def main() -> None:
    """Take all pictures."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("Chromium is missing; on Debian: apt-get install chromium")
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        record = Path(folder) / "record.db"
        read(record)
        told = most_told(record)
        with served(record) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            picture(browser, address, "front")
            picture(browser, f"{address}/incidents/{told.id}", "incident")
            picture(browser, f"{address}/articles/{article_of(record, told)}", "article")
            picture(browser, f"{address}/timeline", "timeline")
            browser.close()


def read(record: Path) -> None:
    """Read the example pages into a record."""
    pages, places = ROOT / "examples" / "pages", ROOT / "examples" / "places.tsv"
    command = [sys.executable, "-m", "dateline", "add", pages, "--places", places, "--record", record]
    subprocess.run(command, check=True)


def most_told(record: Path) -> Summary:
    """The incident that most articles tell of, with most claims."""
    with Record.open(record) as kept:
        return max(kept.find(Wanted()), key=lambda each: (each.articles, each.killed[1] or 0, each.claims))


def article_of(record: Path, told: Summary) -> str:
    """The first article that tells of an incident."""
    with Record.open(record) as kept:
        return kept.incident(told.id).claims[0].citation.article


@contextmanager
def served(record: Path) -> Iterator[str]:
    """The address of a site over a record, as long as the context lasts."""
    app = create_app(SiteSettings(record=str(record)))
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


def picture(browser: Browser, address: str, name: str) -> None:
    """Look at a page and write what is seen."""
    page = browser.new_page(viewport=SIZE, color_scheme="light", reduced_motion="reduce")
    page.set_default_timeout(120_000)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    (IMAGES / f"{name}.webp").write_bytes(webp(page, page.screenshot()))
    page.close()


def webp(page: Page, png: bytes) -> bytes:
    """A picture made smaller by the browser's own encoder."""
    script = """async ([data, quality]) => {
      const image = new Image();
      image.src = "data:image/png;base64," + data;
      await image.decode();
      const canvas = document.createElement("canvas");
      canvas.width = image.width; canvas.height = image.height;
      canvas.getContext("2d").drawImage(image, 0, 0);
      return canvas.toDataURL("image/webp", quality).split(",")[1];
    }"""
    return base64.b64decode(page.evaluate(script, [base64.b64encode(png).decode(), QUALITY]))


if __name__ == "__main__":
    main()
