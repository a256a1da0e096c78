from __future__ import annotations

from dateline.ingest.feeds import Listed
from dateline.ingest.sitemaps import Sitemap, read
from dateline.ingest.xml import tree

BASE = "https://kestrel.example/sitemap.xml"
SITE = "https://kestrel.example"
SPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
)


def sitemap(text: str) -> Sitemap:
    return read(tree("sitemap", text.encode(), BASE))


def url(path: str, changed: str = "", published: str = "") -> str:
    news = f"<news:news><news:publication_date>{published}</news:publication_date></news:news>"
    lastmod = f"<lastmod>{changed}</lastmod>"
    return f"<url><loc>{path}</loc>{changed and lastmod}{published and news}</url>"


def test_news_come_first_and_the_latest_first() -> None:
    pages = [
        url(f"{SITE}/about", "2024-05-01"),
        url(f"{SITE}/old", "2024-03-01", "2024-03-01"),
        url(" /new\n", "2024-03-12", "2024-03-12T10:00:00+01:00"),
        url(f"{SITE}/undated"),
        url("ftp://kestrel.example/"),
    ]
    found = sitemap(f"<urlset {SPACES}>{''.join(pages)}</urlset>")
    assert [page.address.removeprefix(SITE) for page in found.pages] == ["/new", "/old", "/about", "/undated"]
    assert found.pages[0] == Listed(f"{SITE}/new", "2024-03-12T09:00:00Z", "2024-03-12T00:00:00Z")
    assert found.parts == ()


def test_of_an_index_the_parts_with_news_come_first_then_the_latest() -> None:
    told = {"2023": "2023-12-31", "2024": "2024-03-12", "news": "2024-03-01", "videos": ""}
    parts = "".join(
        f"<sitemap><loc>{SITE}/{name}.xml</loc>{changed and f'<lastmod>{changed}</lastmod>'}</sitemap>"
        for name, changed in told.items()
    )
    found = sitemap(f"<sitemapindex {SPACES}>{parts}</sitemapindex>")
    names = [part.address.removeprefix(SITE + "/") for part in found.parts]
    assert names == ["news.xml", "2024.xml", "2023.xml", "videos.xml"] and found.pages == ()
