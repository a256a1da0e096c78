"""A second factor set up and asked for in Chromium, by keyboard and without scripts; no fault for axe."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from losses import NAME, PASSWORD, PATIENCE
from playwright.sync_api import Browser, Locator, Page, expect
from serving import Served
from steps import Clock

from dateline.record.engine import writing
from dateline.site.people import accounts

PATH = "/account/second-factor"

pytestmark = pytest.mark.usefixtures("analyst")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def analyst(served: Served) -> None:
    """There is an analyst's account on the site."""
    with served.record() as record, writing(record.engine) as connection:
        accounts.add(connection, NAME, PASSWORD, "analyst")


@pytest.fixture
def page(served: Served, browser: Browser) -> Iterator[Page]:
    """A browser without scripts."""
    context = browser.new_context(base_url=served.url, java_script_enabled=False)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def sign_in(page: Page) -> None:
    page.goto("/sign-in?next=/account")
    page.get_by_label("Name").fill(NAME)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def code_of(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Code", exact=True)


def show_key(page: Page) -> str:
    """The key that the site gives after the password."""
    page.goto(PATH)
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Set it up").click()
    return "".join(page.locator(".key-signs code").all_text_contents())


def set_up(page: Page, clock: Clock) -> tuple[str, list[str]]:
    """The key and the recovery codes of somebody who has signed in."""
    key = show_key(page)
    code_of(page).fill(clock.code(key))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    clock.pass_by(60)
    return key, page.locator(".recovery-codes code").all_text_contents()


def test_it_is_set_up_and_asked_for_without_scripts(page: Page, clock: Clock) -> None:
    sign_in(page)
    show_key(page)
    code_of(page).fill("12 34")
    page.keyboard.press("Enter")
    expect(code_of(page)).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#code-error")).to_contain_text("not the code of now")
    key, codes = set_up(page, clock)
    assert len(codes) == 10
    page.get_by_role("link", name="They are kept").click()
    expect(page.get_by_text("with 10 recovery codes")).to_be_visible()
    page.get_by_role("button", name="Sign out", exact=True).click()
    sign_in(page)
    expect(code_of(page)).to_be_focused()
    expect(code_of(page)).to_have_attribute("autocomplete", "one-time-code")
    expect(code_of(page)).to_have_attribute("inputmode", "numeric")
    code_of(page).fill(clock.code(key))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(NAME)


def test_a_recovery_code_lets_in_where_the_phone_is_not_at_hand(page: Page, clock: Clock) -> None:
    sign_in(page)
    _, codes = set_up(page, clock)
    page.context.clear_cookies()
    sign_in(page)
    page.get_by_text("No phone at hand").click()
    page.get_by_label("Recovery code").fill("abcd")
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator("#code-recovery-error")).to_contain_text("none of your recovery codes")
    page.get_by_label("Recovery code").fill(codes[0])
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("with 9 recovery codes")).to_be_visible()


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_axe_finds_no_fault(served: Served, browser: Browser, clock: Clock, width: int, scheme: str) -> None:
    context = browser.new_context(base_url=served.url, color_scheme=scheme)  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 900})

    def look(told: str) -> None:
        found = Axe().run(page)
        assert found.violations_count == 0, f"{told}: {found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width, told

    sign_in(page)
    look("the account without")
    page.goto(PATH)
    look("the way to one")
    show_key(page)
    look("the key")
    set_up(page, clock)
    look("the recovery codes")
    for path in ("/account", PATH):
        page.goto(path)
        look(path)
    page.get_by_label("Your password").first.fill("x")
    page.get_by_role("button", name="Make new ones").click()
    look("a fault")
    page.context.clear_cookies()
    sign_in(page)
    look("the question for a code")
    page.get_by_text("No phone at hand").click()
    look("the question for a recovery code")
    context.close()
