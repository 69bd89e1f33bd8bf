"""The pages of an evaluation, read in a real browser."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from eval.gate.verdict import anchor
from eval.page import render_comparison, render_html
from eval.runs.store import EvaluationRecord
from tests.eval.rows import record, row

CHROMIUM = shutil.which("chromium")
PHONE: ViewportSize = {"width": 360, "height": 800}
HOSTILE = '<script>document.title = "taken"</script><img src=x onerror=alert(1)>'
NAMES = [f"g{number:03}" for number in range(20)]


def before() -> EvaluationRecord:
    return record("a" * 32, [row(name) for name in NAMES], "r1")


def after() -> EvaluationRecord:
    rows = [
        row(name, float(place < 10), owners=["Ada" if place % 2 else "Ben"])
        for place, name in enumerate(NAMES)
    ]
    rows[3] = row(
        "g003",
        question=f"How long is window g003? {HOSTILE}",
        tags=["returns", HOSTILE],
        owners=["Ada"],
    )
    rows[4] = row(
        "g004",
        owners=["Ben"],
        must_pass=True,
        reused=True,
        says=["within 30 days", "free of charge"],
        never_says=["60 days"],
        struck=["It is free."],
        who={"audience": ["staff"], "plan": "plus", "identity": "verified", "customer_id": "c-7"},
        conversation=[
            ["customer", "Hi, it broke."],
            ["agent", "What broke?"],
            ["customer", "How long is window g004?"],
            ["agent", "We refund within 30 days."],
        ],
        expected_calls=[{"action": "refund", "arguments": {"order": "LH-1"}}],
        calls=[
            {"action": "refund", "arguments": {"order": "LH-2"}, "status": "done", "result": "R-1"}
        ],
        end_state_differences=["orders LH-1: refunded is false, not true"],
        scores={"decision_accuracy": 1.0, "required_facts": 0.5, "faithfulness": None},
        failures={"faithfulness": "the judge timed out"},
    )
    standing = {"standing": "informs", "kappa": 0.41, "interval": [0.2, 0.6], "n": 40}
    return record(
        "b" * 32,
        rows,
        "r2",
        trigger="eval",
        golden={"path": "golden.jsonl", "sha256": "0123456789abcdef", "cases": 20},
        judge={"model": "small", "temperature": 0, "metrics": {"faithfulness": standing}},
    )


@pytest.fixture(scope="module")
def html() -> str:
    return render_html(after(), "Fernbank Help", before())


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("Debian's chromium is not installed")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


def opened(browser: Browser, file: Path, text: str, fragment: str = "", **context: Any) -> Page:
    file.write_text(text, encoding="utf-8")
    page = browser.new_page(viewport=PHONE, **context)
    page.set_default_timeout(5_000)
    page.goto(f"{file.as_uri()}{fragment}")
    return page


@pytest.fixture
def page(browser: Browser, html: str, tmp_path: Path) -> Iterator[Page]:
    found = opened(browser, tmp_path / "evaluation.html", html)
    yield found
    found.close()


def test_the_verdict_stands_first_and_names_the_broken_rules(page: Page) -> None:
    verdict = page.locator(".verdict")
    expect(verdict).to_contain_text("Refused.")
    expect(verdict).to_contain_text("Broken: decision accuracy. 10 cases named.")
    expect(verdict).to_contain_text("decision accuracy: 0.500 is below 0.75")
    expect(verdict.get_by_role("link")).to_have_count(10)
    expect(page).to_have_title("Refused: evaluation of r2 – Fernbank Help")


def test_what_changed_is_told_with_both_tests_and_what_they_allow_to_say(page: Page) -> None:
    changed = page.get_by_role("region", name="What changed")
    line = changed.get_by_role("row").filter(has_text="decision accuracy")
    expect(line).to_contain_text("1.000")
    expect(line).to_contain_text("0.0010")
    expect(line).to_contain_text("fell by more than chance explains")


def test_a_broken_rule_leads_to_the_cases_that_broke_it(page: Page) -> None:
    rules = page.get_by_role("region", name="Rules")
    rules.get_by_role("link", name="g012").click()
    case = page.locator("#case-g012")
    expect(case.locator("details")).to_have_attribute("open", "")
    expect(case.locator("summary")).to_be_focused()


def test_a_link_to_a_case_opens_it(browser: Browser, html: str, tmp_path: Path) -> None:
    found = opened(browser, tmp_path / "evaluation.html", html, f"#{anchor('g004')}")
    expect(found.locator("#case-g004 dl")).to_be_visible()
    found.close()


def test_cases_can_be_filtered_by_words_and_by_what_became_of_them(page: Page) -> None:
    shown = page.locator(".cases > li:visible")
    expect(shown).to_have_count(20)
    page.get_by_label("Moved").select_option(label="worse (10)")
    expect(shown).to_have_count(10)
    page.get_by_label("Words").fill("window g012")
    expect(shown).to_have_count(1)
    expect(page.get_by_role("status")).to_have_text("1 of 20 cases")
    page.get_by_role("button", name="Show all").click()
    expect(shown).to_have_count(20)
    page.get_by_label("Outcome").select_option(label="reused (1)")
    expect(shown).to_have_count(1)


def test_the_matrix_of_decisions_chooses_its_cases(page: Page) -> None:
    matrix = page.locator(".matrix")
    expect(matrix.get_by_role("row").nth(1)).to_have_text(
        re.compile(r"answer\s*10\s*10\s*10 of 20")
    )
    matrix.get_by_role("button").nth(1).click()
    expect(page.locator(".cases > li:visible")).to_have_count(10)
    expect(page.get_by_label("Got")).to_have_value(re.compile(r"\w+"))


def test_a_case_opens_by_keyboard_and_lays_before_and_after_beside_each_other(page: Page) -> None:
    case = page.locator("#case-g012")
    case.locator("summary").focus()
    page.keyboard.press("Enter")
    sides = case.locator(".sides > div")
    expect(sides.nth(0).locator("del")).to_have_text("We refund within 30 days.")
    expect(sides.nth(1).locator("ins")).to_have_text("A person will help you.")


def test_a_case_shows_all_that_is_known_of_it(page: Page) -> None:
    case = page.locator("#case-g004")
    case.locator("summary").click()
    expect(case.locator(".talk > li")).to_have_count(4)
    expect(case).to_contain_text("audience: staff; plan: plus; identity: verified; customer: c-7")
    expect(case.locator("del")).to_have_text("It is free.")
    facts = case.locator("div:has(> dt:text-is('Facts')) li")
    expect(facts).to_have_text(
        ["said within 30 days", "missing free of charge", "rightly not said 60 days"]
    )
    expect(case).to_contain_text("refund(order=LH-2) done: R-1")
    expect(case).to_contain_text("orders LH-1: refunded is false, not true")
    expect(case).to_contain_text("could not be computed: the judge timed out")
    expect(case.locator("blockquote")).to_contain_text("refunds.md › Refunds")


def test_slices_are_drawn_with_their_numbers_beside_them(page: Page) -> None:
    slices = page.get_by_role("region", name="Scores by slice")
    line = slices.get_by_role("row").filter(has_text="Ada")
    expect(line).to_have_text(re.compile(r"Ada\s*10\s*0\.50\s*0\.24–0\.76"))
    expect(line.locator("svg")).to_have_attribute("aria-hidden", "true")


def test_the_judge_is_shown_with_its_agreement(page: Page) -> None:
    judged = page.get_by_role("row").filter(has_text="informs")
    expect(judged).to_have_text(
        re.compile(r"faithfulness\s*informs\s*0\.410\s*0\.200 to 0\.600\s*40")
    )


def test_what_was_said_is_escaped_and_no_other_script_may_run(page: Page, html: str) -> None:
    assert HOSTILE not in html
    assert "script-src 'sha256-" in html
    expect(page).to_have_title("Refused: evaluation of r2 – Fernbank Help")
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), "
        "{textContent: 'document.title = 1'}))"
    )
    expect(page).to_have_title("Refused: evaluation of r2 – Fernbank Help")


def test_nothing_is_loaded_and_a_phone_needs_no_scrolling_aside(page: Page, html: str) -> None:
    assert "http://" not in html.replace("http://www.w3.org", "")
    assert "https://" not in html
    page.get_by_role("button", name="Open shown").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_without_scripts_everything_is_there(browser: Browser, html: str, tmp_path: Path) -> None:
    found = opened(browser, tmp_path / "evaluation.html", html, java_script_enabled=False)
    expect(found.locator(".cases > li:visible")).to_have_count(20)
    expect(found.locator(".filters")).to_be_hidden()
    found.locator("#case-g004 summary").click()
    expect(found.locator("#case-g004 dl")).to_be_visible()
    found.close()


def test_five_hundred_cases_stay_small_and_quick(browser: Browser, tmp_path: Path) -> None:
    quotes = [
        {"article": f"guides/{n}.md", "heading": "How it works", "quote": "It works so. " * 30}
        for n in range(3)
    ]
    rows = [
        row(
            f"g{n}",
            float(n % 3 > 0),
            text=" ".join(f"Do step {step} so." for step in range(30)),
            evidence=quotes,
        )
        for n in range(500)
    ]
    was = [
        {**it, "text": f"{it['text']} Or so.", "scores": {"decision_accuracy": 1}} for it in rows
    ]
    html = render_html(record("b", rows), "Fernbank Help", record("a", was))
    assert len(html.encode()) < 2_000_000
    found = opened(browser, tmp_path / "large.html", html)
    found.get_by_label("Words").fill("window g499")
    expect(found.get_by_role("status")).to_have_text("1 of 500 cases", timeout=2_000)
    found.close()


def test_a_comparison_shows_what_changed_side_by_side(browser: Browser, tmp_path: Path) -> None:
    html = render_comparison(before(), after(), "Fernbank Help")
    found = opened(browser, tmp_path / "compare.html", html)
    expect(found.locator(".verdict")).to_contain_text(
        "Fell by more than chance explains: decision accuracy."
    )
    expect(found.locator(".cases > li").first).to_contain_text("worse")
    expect(found.get_by_text("Rewritten, so not compared: g003.")).to_be_visible()
    assert HOSTILE not in html
    assert found.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    found.close()
