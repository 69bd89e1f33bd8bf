"""Signing in on the chat page, to try it as a customer who is known."""

import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect, sync_playwright

from agent.identity import IdentityLevel
from flows.commands.token import sign
from kb.settings import IdentitySettings
from tests.api.conftest import Releases, app_on
from tests.api.test_page import CHROMIUM, ask

SECRET = "a-secret-of-the-tests-that-is-long-enough"

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed")


def token(secret: str = SECRET) -> str:
    settings = IdentitySettings.model_validate({"secret": secret})
    return sign(settings, "c-1001", {"email": None}, datetime.now(UTC), 5)


@pytest.fixture(scope="module")
def releases() -> Releases:
    return Releases()


@pytest.fixture(scope="module")
def address(releases: Releases) -> Iterator[str]:
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    app = app_on(releases, identity={"secret": SECRET})
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    listener.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    yield opened
    opened.close()
    assert faults == []


def level_of(page: Page, releases: Releases) -> IdentityLevel:
    """How surely the customer of the conversation on the page is known."""
    name = page.evaluate("sessionStorage.getItem('wellkept-conversation')")
    conversation = releases.conversations.get(name)
    assert conversation is not None
    return conversation.identity.level


def test_the_link_of_the_command_signs_in_and_leaves_no_trace(
    page: Page, address: str, releases: Releases
) -> None:
    given = token()
    page.goto(f"{address}/#token={given}")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    assert "#" not in page.url
    ask(page, "How do I download an invoice?")
    expect(page.locator(".turn.agent").last).to_contain_text("Open Settings > Billing.")
    assert level_of(page, releases) is IdentityLevel.VERIFIED
    kept = page.evaluate("JSON.stringify([localStorage, sessionStorage, document.cookie])")
    assert given not in kept
    page.reload()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()


def test_a_token_is_pasted_with_the_keyboard_alone(
    page: Page, address: str, releases: Releases
) -> None:
    page.goto(address)
    page.get_by_role("button", name="Sign in").press("Enter")
    expect(page.get_by_role("dialog", name="Sign in")).to_be_visible()
    expect(page.get_by_label("Token")).to_be_focused()
    page.keyboard.insert_text(token())
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    ask(page, "How do I download an invoice?")
    expect(page.locator(".turn.agent").last).to_contain_text("Open Settings > Billing.")
    assert level_of(page, releases) is IdentityLevel.VERIFIED


def test_escape_and_cancel_leave_the_dialog(page: Page, address: str) -> None:
    page.goto(address)
    for leave in ("Escape", "Cancel"):
        page.get_by_role("button", name="Sign in").click()
        if leave == "Escape":
            page.keyboard.press("Escape")
        else:
            page.get_by_role("button", name="Cancel").click()
        expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()


def test_signing_out_begins_another_conversation(
    page: Page, address: str, releases: Releases
) -> None:
    page.goto(f"{address}/#token={token()}")
    ask(page, "How do I download an invoice?")
    expect(page.locator(".turn.agent").last).to_contain_text("Open Settings > Billing.")
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator(".turn.customer")).to_have_count(0)
    ask(page, "How do I download an invoice?")
    expect(page.locator(".turn.agent").last).to_contain_text("Open Settings > Billing.")
    assert level_of(page, releases) is not IdentityLevel.VERIFIED


def test_a_token_that_proves_nothing_is_dropped_and_said(page: Page, address: str) -> None:
    page.goto(f"{address}/#token={token('another-secret-that-is-long-enough-too')}")
    ask(page, "How do I download an invoice?")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()


def test_the_dialog_fits_a_small_screen(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 320, "height": 600})
    page.goto(address)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_label("Token")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
