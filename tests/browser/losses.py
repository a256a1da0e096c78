"""Ways in which what was typed could be lost, each with what a reader does then.

Each takes the site, a browser and some words, types the words into the comment form, lets the misfortune
happen, and asserts that the words are there: in the form again, or with the site, once.
"""

from __future__ import annotations

import contextlib
import os
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from logs import claims, first_reading
from playwright.sync_api import Browser, BrowserContext, BrowserType, Error, Page, Route, expect
from serving import Served
from sqlalchemy import select, text, update

from dateline.record.engine import writing
from dateline.site.people import accounts, sessions
from dateline.site.people.tables import comments
from dateline.site.people.tables import sessions as signed

INCIDENT = "i" + claims(first_reading())[0].id[1:]
FORM = f"/comments/new?about={INCIDENT}"
CLAIM = claims(first_reading())[0].id
NAME, PASSWORD = "Ana Brill", "kestrel over the river"
NOBODY = "Rosa Quill"
PATIENCE = int(os.environ.get("DATELINE_PATIENCE", "90")) * 1000
"""How long a page may take, in milliseconds; more than 30 seconds help on a machine that has much to do."""
expect.set_options(timeout=PATIENCE)


@dataclass
class Try:
    """One try: the site, a browser context, the words."""

    served: Served
    chromium: BrowserType
    browser: Browser
    started: dict[str, object]
    folder: Path
    words: str
    contexts: list[BrowserContext] = field(default_factory=list)

    def context(self, **options: object) -> BrowserContext:
        made = self.browser.new_context(base_url=self.served.url, **options)  # type: ignore[arg-type]
        made.set_default_timeout(PATIENCE)
        self.contexts.append(made)
        return made

    def page(self, context: BrowserContext | None = None) -> Page:
        page = (context or self.context()).new_page()
        page.goto(FORM)
        return page

    def type(self, page: Page, words: str | None = None) -> None:
        page.get_by_label("Your comment").fill(self.words if words is None else words)
        name = page.get_by_label("Your name")
        if name.is_editable():
            name.fill(NOBODY)

    def typed(self) -> Page:
        page = self.page()
        self.type(page)
        return page

    def is_in(self, page: Page) -> None:
        expect(page.get_by_label("Your comment")).to_have_value(self.words)

    def arrived(self) -> None:
        """The site has the words, once."""
        until = time.monotonic() + PATIENCE / 1000
        while not (found := self.found()) and time.monotonic() < until:
            self.contexts[-1].pages[-1].wait_for_timeout(50)
        assert found == [self.words.strip()]

    def found(self) -> list[str | None]:
        with self.served.record() as record, record.engine.connect() as connection:
            return list(connection.execute(select(comments.c.words)).scalars())

    def settled(self, page: Page) -> None:
        """The form says that its comment is with the site."""
        expect(page.locator("[data-status]")).to_contain_text("Thank you")

    def send(self, page: Page) -> None:
        page.get_by_role("button", name="Send").click()

    def account(self) -> None:
        with self.served.record() as record, writing(record.engine) as connection:
            accounts.add(connection, NAME, PASSWORD, "analyst")

    def sign_in(self, page: Page) -> None:
        page.get_by_label("Name").fill(NAME)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()

    def end_sign_ins(self) -> None:
        with self.served.record() as record, writing(record.engine) as connection:
            connection.execute(text("DELETE FROM sessions"))


def closed_tab(it: Try) -> None:
    page = it.typed()
    context = page.context
    page.close()
    it.is_in(it.page(context))


def before_the_script(it: Try) -> None:
    page = it.context().new_page()
    held: list[Route] = []
    page.route("**/people/comments.js", lambda route: held.append(route))
    page.goto(FORM, wait_until="commit")
    it.type(page)
    held[0].continue_()
    expect(page.locator("[data-kept-here]")).to_be_visible()
    it.is_in(page)
    page.close()
    it.is_in(it.page(it.contexts[-1]))


def closed_browser(it: Try) -> None:
    profile = it.folder / "profile"
    for opened in range(2):
        context = it.chromium.launch_persistent_context(profile, base_url=it.served.url, **it.started)  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(FORM)
        if opened == 0:
            it.type(page)
            page.wait_for_timeout(5000)  # Chromium writes what is kept to its disk now and then
        else:
            it.is_in(page)
        context.close()


def crashed_tab(it: Try) -> None:
    page = it.typed()
    context = page.context
    with contextlib.suppress(Error):
        page.goto("chrome://crash", timeout=5000)
    it.is_in(it.page(context))


def reloaded(it: Try) -> None:
    page = it.typed()
    page.reload()
    it.is_in(page)


def back_button(it: Try) -> None:
    page = it.typed()
    page.goto("/sign-in")
    page.go_back()
    it.is_in(page)


def followed_a_link(it: Try) -> None:
    page = it.typed()
    page.get_by_role("link", name="Sign in").click()
    page.wait_for_url(re.compile("/sign-in"))
    page.goto(FORM)
    it.is_in(page)


def a_days_pause(it: Try) -> None:
    page = it.typed()
    with it.served.record() as record, writing(record.engine) as connection:
        connection.execute(update(signed).values(used="2020-01-01T00:00:00+00:00"))
    page.clock.set_fixed_time("2099-01-01")
    it.send(page)
    it.arrived()


def restart_while_typing(it: Try) -> None:
    page = it.typed()
    it.served.stop()
    it.served.start()
    it.send(page)
    it.arrived()


def restart_while_sending(it: Try) -> None:
    page = it.typed()
    it.served.stop()
    it.send(page)
    expect(page.locator("[data-status]")).to_contain_text("kept here")
    it.served.start()
    it.arrived()


def offline(it: Try) -> None:
    page = it.typed()
    page.context.set_offline(True)
    it.send(page)
    expect(page.locator("[data-status]")).to_contain_text("You are offline")
    it.is_in(page)
    page.context.set_offline(False)
    it.settled(page)
    it.arrived()


def offline_and_closed(it: Try) -> None:
    page = it.typed()
    context = page.context
    context.set_offline(True)
    it.send(page)
    expect(page.locator("[data-status]")).to_contain_text("You are offline")
    page.close()
    context.set_offline(False)
    other = context.new_page()
    other.goto("/sign-in")  # any page sends what waits
    it.arrived()


def lost_answer(it: Try) -> None:
    page = it.typed()
    lost = []

    def lose(route: Route) -> None:
        if lost:
            return route.continue_()
        lost.append(route.fetch())
        route.abort("connectionreset")

    page.route("**/comments", lose)
    it.send(page)
    it.settled(page)
    assert lost[0].status == 201
    it.arrived()


def failing_site(it: Try) -> None:
    page = it.typed()
    failed = []

    def fail(route: Route) -> None:
        if failed:
            return route.continue_()
        failed.append(True)
        route.fulfill(status=503, body="busy")

    page.route("**/comments", fail)
    it.send(page)
    it.settled(page)
    it.arrived()


def refused_proof(it: Try) -> None:
    page = it.typed()
    spoiled = []

    def spoil(route: Route) -> None:
        if spoiled:
            return route.continue_()
        spoiled.append(True)
        body = (route.request.post_data or "").replace("proof=", "proof=x")
        route.continue_(post_data=body)

    page.route("**/comments", spoil)
    it.send(page)
    it.settled(page)
    it.arrived()


def cleared_cookies(it: Try) -> None:
    page = it.typed()
    page.context.clear_cookies()
    it.send(page)
    it.arrived()


def pressed_twice(it: Try) -> None:
    page = it.typed()
    page.get_by_role("button", name="Send").dblclick()
    it.settled(page)
    it.arrived()
    page.wait_for_timeout(300)
    it.arrived()


def closed_at_once(it: Try) -> None:
    page = it.typed()
    context = page.context
    it.send(page)
    page.close()
    it.page(context)
    it.arrived()


def two_tabs(it: Try) -> None:
    context = it.context()
    one, other = it.page(context), it.page(context)
    it.type(one, "first of two")
    it.type(other)
    one.close()
    other.close()
    again = it.page(context)
    it.is_in(again)
    expect(again.locator("[data-other-drafts]")).to_contain_text("first of two")
    again.get_by_role("button", name="Take this instead").click()
    expect(again.get_by_label("Your comment")).to_have_value("first of two")
    expect(again.locator("[data-other-drafts]")).to_contain_text(it.words.split()[0])


def lost_sign_in(it: Try) -> None:
    it.account()
    page = it.context().new_page()
    page.goto(f"/sign-in?next={FORM}")
    it.sign_in(page)
    it.type(page)
    it.end_sign_ins()
    it.send(page)
    it.arrived()


def another_browser(it: Try) -> None:
    it.account()
    page = it.context().new_page()
    page.goto(f"/sign-in?next={FORM}")
    it.sign_in(page)
    with page.expect_response("**/drafts"):
        it.type(page)
    elsewhere = it.context().new_page()
    elsewhere.goto(f"/sign-in?next={FORM}")
    it.sign_in(elsewhere)
    it.is_in(elsewhere)


def without_scripts(it: Try) -> None:
    page = it.page(it.context(java_script_enabled=False))
    page.get_by_label("Your comment").fill(it.words)
    it.send(page)
    expect(page.locator("[data-error=name]")).to_have_text("Please enter your name")
    it.is_in(page)
    page.get_by_label("Your name").fill(NOBODY)
    it.send(page)
    page.wait_for_url("**/comments/m*")
    page.go_back()
    it.send(page)
    page.wait_for_url("**/comments/m*")
    it.arrived()


def lost_sign_in_of_an_analyst(it: Try) -> None:
    it.account()
    page = it.context().new_page()
    page.goto(f"/sign-in?next=/desk/claims/{CLAIM}")
    it.sign_in(page)
    page.get_by_label("Why").fill(it.words.split("\n")[0])
    page.get_by_role("radio", name="status").check()
    page.get_by_label("What it should be").fill("negated")
    it.end_sign_ins()
    page.get_by_role("button", name="Correct it").click()
    expect(page.get_by_role("alert")).to_contain_text("not signed in any more")
    it.sign_in(page)
    expect(page.get_by_label("Why")).to_have_value(it.words.split("\n")[0])
    expect(page.get_by_label("What it should be")).to_have_value("negated")
    expect(page.get_by_role("radio", name="status")).to_be_checked()


LOSSES: tuple[Callable[[Try], None], ...] = (
    closed_tab,
    before_the_script,
    closed_browser,
    crashed_tab,
    reloaded,
    back_button,
    followed_a_link,
    a_days_pause,
    restart_while_typing,
    restart_while_sending,
    offline,
    offline_and_closed,
    lost_answer,
    failing_site,
    refused_proof,
    cleared_cookies,
    pressed_twice,
    closed_at_once,
    two_tabs,
    lost_sign_in,
    another_browser,
    without_scripts,
    lost_sign_in_of_an_analyst,
)

WORDS = (
    "The guards were five, not six.",
    "Two lines:\nthe second one.\n\nAnd a paragraph.",
    "<b>Not markup</b> & \"quoted\" 'twice' \\ back",
    "الحراس كانوا خمسة لا ستة – שומרים",
    "Ünïcödé 🦅 and a very long line " + "of words " * 200 + "to its end",
)
assert sessions.IDLE_HOURS < 24
