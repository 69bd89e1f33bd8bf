"""The chat page, driven in a real browser as a customer drives it."""

import shutil
import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.api.conftest import Releases, app_on

CHROMIUM = shutil.which("chromium")

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed")


@pytest.fixture(scope="module")
def releases() -> Releases:
    return Releases()


@pytest.fixture(scope="module")
def address(releases: Releases) -> Iterator[str]:
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    app = app_on(releases, center={"name": "Fernbank Help"}, agent={"max_message_chars": 400})
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
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The chat page; a console error or a failed script fails the test."""
    opened = browser.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
    opened.goto(address)
    yield opened
    opened.close()
    assert [fault for fault in faults if "Failed to load resource" not in fault] == []


def ask(page: Page, message: str) -> None:
    page.get_by_label("Your message").fill(message)
    page.keyboard.press("Enter")


def test_an_answer_comes_as_steps_with_a_source_that_opens_marked(page: Page) -> None:
    ask(page, "How do I download an invoice?")
    expect(page.locator(".customer .bubble")).to_have_text("How do I download an invoice?")
    answer = page.locator(".turn.agent").last
    expect(answer.locator("ol > li").first).to_have_text("Open Settings > Billing.")
    source = answer.get_by_role("link", name="Invoices: Download an invoice")
    with page.expect_popup() as opened:
        source.click()
    article = opened.value
    expect(article.locator("mark").last).to_have_text("Select Download PDF.")
    expect(article.locator("mark").first).to_be_in_viewport()


def test_the_page_says_when_a_person_takes_over(page: Page) -> None:
    ask(page, "I want to talk to a real person")
    expect(page.get_by_text("A person takes over.").first).to_be_visible()
    expect(page.locator("#status")).to_have_text("A person has this conversation.")


def test_a_message_to_a_person_gets_no_empty_answer_and_theirs_is_shown(
    page: Page, releases: Releases
) -> None:
    ask(page, "I want to talk to a real person")
    expect(page.locator("#status")).to_have_text("A person has this conversation.")
    ask(page, "It is about my last invoice")
    expect(page.locator("#announcement")).to_contain_text("Sent to the person")
    expect(page.locator(".turn.agent")).to_have_count(2)
    sent = ("customer", "It is about my last invoice")
    (case,) = (item for item in releases.conversations.handoffs() if sent in item.transcript)
    now = datetime.now(UTC)
    releases.conversations.say(case.id, "I have sent it to you.", "Ana", now)
    releases.conversations.give_back(case.id, now)
    reply = page.locator(".turn.agent").last
    expect(reply).to_contain_text("I have sent it to you.", timeout=10_000)
    expect(reply).to_contain_text("Support")
    expect(page.locator("#status")).to_contain_text("Answers come from our articles")


def test_an_answer_is_rated_by_keyboard_and_the_last_press_counts(
    page: Page, releases: Releases
) -> None:
    ask(page, "How do I download an invoice?")
    answer = page.locator(".turn.agent").last
    thumbs = answer.get_by_role("group", name="Was this helpful?")
    helpful = thumbs.get_by_role("button", name="Helpful", exact=True)
    not_helpful = thumbs.get_by_role("button", name="Not helpful")
    expect(helpful).to_have_attribute("aria-pressed", "false")
    helpful.focus()
    page.keyboard.press("Enter")
    expect(helpful).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(not_helpful).to_have_attribute("aria-pressed", "true")
    expect(helpful).to_have_attribute("aria-pressed", "false")
    answer.get_by_label("What was missing or wrong?").fill("The month is <missing>")
    page.keyboard.press("Enter")
    expect(thumbs.get_by_role("status")).to_have_text("Thank you.")
    expect(not_helpful).to_be_focused()
    ratings = [turn.rating for turn in releases.conversations.turns() if turn.rating]
    assert [(item.value, item.comment) for item in ratings] == [("down", "The month is <missing>")]


def test_shift_enter_begins_a_line_and_the_keyboard_reaches_everything(page: Page) -> None:
    box = page.get_by_label("Your message")
    expect(box).to_be_focused()
    box.press_sequentially("first")
    page.keyboard.press("Shift+Enter")
    box.press_sequentially("second")
    expect(box).to_have_value("first\nsecond")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Send")).to_be_focused()


def test_the_conversation_is_a_live_log(page: Page) -> None:
    log = page.get_by_role("log", name="Conversation")
    expect(log).to_have_attribute("aria-live", "polite")
    ask(page, "Which wine goes with trout?")
    expect(log).to_contain_text("passing your question to a person")


def test_a_failure_is_shown_and_can_be_tried_again(page: Page) -> None:
    page.route("**/v1/chat", lambda route: route.abort())
    ask(page, "How do I download an invoice?")
    expect(page.get_by_role("alert")).to_contain_text("The server can't be reached.")
    page.unroute("**/v1/chat")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".turn.agent").last).to_contain_text("Open Settings > Billing.")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_markup_in_a_message_and_an_article_stays_text(page: Page) -> None:
    ask(page, "<b>What does the comment field of a webhook payload hold?</b>")
    expect(page.locator(".customer .bubble")).to_contain_text("<b>What does")
    expect(page.locator(".turn.agent").last).to_contain_text("webhook payload")
    assert page.locator(".log b").count() == 0


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_is_wider_than_the_screen(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    ask(page, "How much is the Growth plan?")
    expect(page.locator(".sources a").first).to_be_visible()
    page.get_by_role("button", name="Not helpful").click()
    expect(page.get_by_label("What was missing or wrong?")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    expect(page.get_by_label("Your message")).to_be_in_viewport()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_enough_contrast(page: Page, scheme: str) -> None:
    """WCAG 2.2 AA: 4.5 to 1 for text of normal size."""
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    ask(page, "I want to talk to a real person")
    expect(page.locator(".person")).to_be_visible()
    page.get_by_role("button", name="Not helpful").click()
    expect(page.locator(".thumb[aria-pressed='true']")).to_be_visible()
    ratios = page.evaluate(_CONTRAST)
    assert ratios
    assert {name: ratio for name, ratio in ratios.items() if ratio < 4.5} == {}


_CONTRAST = """() => {
  const parse = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
    .map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const color = parse(getComputedStyle(at).backgroundColor);
      if (color.length === 3 || color[3] > 0) return color;
    }
    return [255, 255, 255];
  };
  const found = {};
  for (const selector of [".bar h1", "#status", "#restart", ".who", ".agent .bubble",
    ".customer .bubble", ".person", ".person strong", "#send", ".hint", ".thumb",
    ".thumb[aria-pressed='true']"]) {
    const node = document.querySelector(selector);
    const [a, b] = [light(parse(getComputedStyle(node).color)), light(ground(node))];
    found[selector] = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }
  return found;
}"""
