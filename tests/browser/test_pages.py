"""The pages in Chromium: nothing from elsewhere, no fault that axe finds, and what scripts add."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect
from readings import READING
from serving import Served
from shown import ARTICLE, CLAIM, filled, incident

from dateline.record.record import Record

PATIENCE = 180_000
PATHS = (
    "/",
    "/?type=ASSAULT&since=soon",
    "/?type=AID",
    "/timeline",
    "/incidents/{incident}",
    "/incidents/{incident}?as_of=2024-03-12",
    "/incidents/{incident}/compare",
    f"/articles/{ARTICLE}",
    "/speakers",
    "/speakers?name=highland+front",
    "/subscribe?type=ASSAULT",
    "/sign-in",
    "/nowhere",
)


@pytest.fixture(scope="module")
def site(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A site over two outlets that disagree, and a third article."""
    path = filled(empty_file, tmp_path_factory.mktemp("shown"))
    with Record.open(path) as record:
        record.add(READING)
    served = Served(path)
    served.start()
    yield served
    served.stop()


class Watched:
    """A page, what it asked for elsewhere, and what went wrong in it."""

    def __init__(self, browser: Browser, site: Served, **options: object) -> None:
        context = browser.new_context(base_url=site.url, reduced_motion="reduce", **options)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE)
        self.page = context.new_page()
        self.elsewhere: list[str] = []
        self.faults: list[str] = []
        self.site = site
        context.route("**/*", self._asked)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", lambda told: self.faults.append(told.text) if told.type == "error" else None)

    def _asked(self, route: Route) -> None:
        if route.request.url.startswith(self.site.url):
            return route.continue_()
        self.elsewhere.append(route.request.url)
        return route.abort()

    def open(self, path: str) -> Page:
        self.page.goto(path.format(incident=incident(self.site.path)))
        self.page.wait_for_load_state("networkidle")
        return self.page


@pytest.fixture
def watched(browser: Browser, site: Served) -> Iterator[Watched]:
    made = Watched(browser, site, viewport={"width": 1440, "height": 900})
    yield made
    made.page.context.close()


def test_nothing_comes_from_elsewhere_and_nothing_goes_wrong(watched: Watched) -> None:
    for path in PATHS:
        watched.open(path)
    assert watched.elsewhere == []
    assert [fault for fault in watched.faults if "404" not in fault] == []


@pytest.mark.parametrize(
    ("scheme", "width"), [("light", 1440), ("dark", 1440), ("light", 390)], ids=["light", "dark", "narrow"]
)
def test_axe_finds_no_fault(browser: Browser, site: Served, scheme: str, width: int) -> None:
    made = Watched(browser, site, color_scheme=scheme, viewport={"width": width, "height": 900})
    found = {}
    for path in PATHS:
        results = Axe().run(made.open(path))
        if results.violations_count:
            found[path] = results.generate_report()
    made.page.context.close()
    assert found == {}, "\n".join(found.values())


@pytest.mark.parametrize("width", [390, 820, 1440])
def test_nothing_is_wider_than_the_screen(browser: Browser, site: Served, width: int) -> None:
    made = Watched(browser, site, viewport={"width": width, "height": 900})
    wide = [
        path
        for path in PATHS
        if made.open(path).evaluate("document.documentElement.scrollWidth > innerWidth + 1")
    ]
    made.page.context.close()
    assert wide == []


def test_a_report_lights_its_words_and_words_their_report(watched: Watched) -> None:
    page = watched.open(f"/articles/{ARTICLE}")
    card = page.locator(f"[id='{CLAIM}']")
    lit = page.locator(".text [data-on=killed]")
    card.hover()
    expect(lit).to_have_text("six")
    card.get_by_role("link").first.focus()
    page.keyboard.press("Enter")
    page.mouse.move(5, 5)
    expect(lit).to_have_count(1)
    page.keyboard.press("Escape")
    expect(lit).to_have_count(0)
    page.locator(".text .trigger").first.click()
    expect(page.locator(".card.on")).to_have_count(1)


def test_a_citation_is_copied(watched: Watched) -> None:
    watched.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = watched.open(f"/articles/{ARTICLE}")
    page.get_by_text("Cite", exact=True).click()
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#citation").inner_text()


def test_the_slider_goes_to_what_was_known_on_a_day(watched: Watched) -> None:
    page = watched.open("/incidents/{incident}")
    page.get_by_role("slider", name="As known on").focus()
    page.keyboard.press("Home")
    page.wait_for_url(re.compile(r"as_of=2024-03-12"))
    expect(page.get_by_text("as it was known at the end of 12 Mar 2024")).to_be_visible()


def test_days_are_chosen_by_drawing_over_the_bars(watched: Watched) -> None:
    page = watched.open("/")
    box = page.locator("[data-brush] svg").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] - 2, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 20, steps=4)
    page.mouse.up()
    page.wait_for_url(re.compile(r"since=\d{4}-\d\d-01&until=\d{4}-\d\d-3[01]"))


def test_months_are_chosen_by_keyboard(watched: Watched) -> None:
    page = watched.open("/")
    last = page.locator("[data-brush] a").last
    last.focus()
    month = last.get_attribute("data-first")
    for key in ("ArrowLeft", "Shift+ArrowLeft", "Shift+ArrowLeft"):
        page.keyboard.press(key)
    expect(page.locator("[data-brush] .chosen")).to_have_count(1)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"since=\d{4}-\d\d-01&until=\d{4}-\d\d-\d\d"))
    query = parse_qs(urlsplit(page.url).query)
    months = [int(day[:4]) * 12 + int(day[5:7]) for day in (*query["since"], *query["until"], month or "")]
    assert months[2] - months[1] == 1 and months[1] - months[0] == 2


def test_a_part_of_the_map_is_asked_for_by_keyboard(watched: Watched) -> None:
    page = watched.open("/")
    expect(page.locator(".map-frame .land")).to_have_count(1)
    seen = [circle(page)]
    page.locator(".map-frame > svg").focus()
    for key in ("ArrowRight", "ArrowDown", "+"):
        page.keyboard.press(key)
        page.wait_for_function(
            "before => document.querySelector('.cell')?.outerHTML !== before", arg=seen[-1]
        )
        seen.append(circle(page))
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Only this part of the map")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"box="))


def circle(page: Page) -> str:
    """How the first circle on the map is drawn; empty where none is seen."""
    return str(page.evaluate("document.querySelector('.cell')?.outerHTML ?? ''"))


def test_the_map_is_moved_by_a_click(watched: Watched) -> None:
    page = watched.open("/")
    expect(page.locator(".cell").first).to_be_visible()
    before = circle(page)
    page.locator(".map-frame > svg").click(position={"x": 40, "y": 40})
    page.wait_for_function("before => document.querySelector('.cell')?.outerHTML !== before", arg=before)


def test_a_part_of_the_map_can_be_asked_for(watched: Watched) -> None:
    page = watched.open("/")
    expect(page.locator(".map-frame .land")).to_have_count(1)
    page.get_by_role("button", name="Closer").click()
    page.get_by_role("button", name="Only this part of the map").click()
    page.wait_for_url(re.compile(r"box="))
    expect(page.get_by_role("link", name="The whole map")).to_be_visible()


def test_timeline_and_map_are_in_step(watched: Watched) -> None:
    page = watched.open("/timeline")
    identity = incident(watched.site.path)
    page.locator(f".tl[data-incident='{identity}'] a").hover()
    expect(page.locator(f".map-frame a.lit[data-incident='{identity}']")).to_have_count(1)


def test_it_can_be_read_without_scripts(browser: Browser, site: Served) -> None:
    made = Watched(browser, site, java_script_enabled=False)
    page = made.open("/")
    page.locator(".incident a").first.click()
    expect(page.get_by_role("heading", name="What is said, side by side")).to_be_visible()
    made.open("/incidents/{incident}")
    page.get_by_role("link", name="12 Mar 2024", exact=True).first.click()
    expect(page.get_by_text("as it was known at the end of")).to_be_visible()
    made.page.context.close()


def test_the_keyboard_reaches_the_content_first(watched: Watched) -> None:
    page = watched.open("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
