"""The pages of people in Chromium: words chosen in a text, faults beside their fields, no fault for axe."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from logs import TEXT, claims, first_reading
from losses import CLAIM, FORM, INCIDENT, NAME, PASSWORD, PATIENCE
from playwright.sync_api import Browser, Page, expect
from serving import Served
from sqlalchemy import select

from dateline.record.engine import writing
from dateline.site.people import accounts
from dateline.site.people.tables import comments

ARTICLE = claims(first_reading())[0].citation.article
SELECT = """([selector, words]) => {
    const element = [...document.querySelectorAll(selector)].find((each) => each.textContent.includes(words));
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const start = node.data.indexOf(words);
        if (start >= 0) document.getSelection().setBaseAndExtent(node, start, node, start + words.length);
    }
}"""


@pytest.fixture
def page(served: Served, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(base_url=served.url)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


@pytest.fixture
def moderator(served: Served, page: Page) -> Page:
    """Somebody who may do everything, signed in."""
    with served.record() as record, writing(record.engine) as connection:
        accounts.add(connection, NAME, PASSWORD, "moderator")
    page.goto("/sign-in?next=/account")
    page.get_by_label("Name").fill(NAME)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(NAME)
    return page


def choose(page: Page, selector: str, words: str) -> None:
    page.evaluate(SELECT, [selector, words])


def test_faults_are_told_beside_their_fields(page: Page) -> None:
    page.goto(FORM)
    page.get_by_role("button", name="Send").click()
    expect(page.locator("[data-error=words]")).to_have_text("Please enter your comment")
    expect(page.locator("[data-error=name]")).to_have_text("Please enter your name")
    expect(page.get_by_label("Your comment")).to_be_focused()
    expect(page.get_by_label("Your comment")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Your comment").fill("Something")
    expect(page.locator("[data-error=words]")).to_be_hidden()


def test_a_phrase_of_an_article_is_commented_on(served: Served, page: Page) -> None:
    page.goto(f"/articles/{ARTICLE}")
    choose(page, "[data-offset]", "guards at the Merovar post")
    page.get_by_role("button", name="Comment on these words").click()
    expect(page.locator("[data-phrase] blockquote")).to_have_text("guards at the Merovar post")
    page.get_by_label("Your comment").fill("Or the army’s post?")
    page.get_by_label("Your name").fill("Rosa Quill")
    page.get_by_role("button", name="Send").click()
    expect(page.locator("[data-status]")).to_contain_text("Your comment is there")
    expect(page.locator("[data-comments]")).to_contain_text("Or the army’s post?")
    expect(page.locator("[data-own-comments]")).to_contain_text("Everybody sees it.")
    start = TEXT.index("guards at")
    with served.record() as record, record.engine.connect() as connection:
        row = connection.execute(select(comments.c.start, comments.c.end)).one()
    assert tuple(row) == (start, start + len("guards at the Merovar post"))
    page.goto(f"/incidents/{INCIDENT}")
    expect(page.locator(".comment-quote a")).to_have_attribute("href", f"#{CLAIM}")


def test_a_value_is_corrected_by_selecting_words(served: Served, moderator: Page) -> None:
    page = moderator
    page.goto(f"/desk/claims/{CLAIM}")
    choose(page, ".article-text span", "Merovar post")
    page.get_by_role("button", name="place", exact=True).click()
    expect(page.get_by_label("What it should be")).to_have_value("Merovar post")
    page.get_by_label("Why").fill("said in the same sentence")
    page.get_by_role("button", name="Correct it").click()
    expect(page.get_by_role("status")).to_have_text("place is now Merovar post.")
    with served.record() as record:
        (claim,) = (each for each in record.incident(CLAIM).claims if each.id == CLAIM)
    (place,) = claim.event.place
    assert (place.start, place.text) == (TEXT.index("Merovar post"), "Merovar post")
    assert claim.corrections[0].by == NAME


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault(moderator: Page, width: int, scheme: str) -> None:
    page = moderator
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": 900})
    claim = f"/desk/claims/{CLAIM}"
    for path in (
        FORM,
        f"{FORM}&claim={CLAIM}",
        "/account",
        "/moderation",
        "/desk",
        claim,
        f"/desk/incidents/{INCIDENT}",
    ):
        page.goto(path)
        found = Axe().run(page)
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
