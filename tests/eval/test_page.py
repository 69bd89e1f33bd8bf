"""The page of an evaluation, read in a real browser."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from agent.types import Decision
from eval.case import Case
from eval.evaluation import CaseResult, Evaluation, Outcome, Score, aggregate
from eval.gate import judge
from eval.page import render_html
from eval.regression import check_regression
from eval.store import EvaluationRecord
from kb.settings import GateSettings
from tests.eval.turns import REFUND, answer, handoff

CHROMIUM = shutil.which("chromium")
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOSTILE = '<script>document.title = "taken"</script><img src=x onerror=alert(1)>'


def results(*, right: int, of: int) -> list[CaseResult]:
    found = []
    for number in range(of):
        case = Case(
            f"g{number:03}",
            f"How long is window {number}? {HOSTILE if number == 3 else ''}",
            Decision.ANSWER,
            REFUND,
            ("refunds.md",),
            tags=("refund" if number % 2 else "returns",),
        )
        turn = answer(case.question) if number < right else handoff(case.question)
        outcomes: dict[str, Outcome] = {"decision_accuracy": Score(float(number < right))}
        found.append(CaseResult(case, replace(turn, struck=("It is free.",)), 2.0, "", outcomes))
    return found


def record(name: str, found: list[CaseResult], live: list[dict[str, Any]]) -> EvaluationRecord:
    evaluation = Evaluation(found, [aggregate("decision_accuracy", found, len(found))])
    checks = [check_regression(live, evaluation.rows(), 0.05)] if live else []
    verdict = judge(evaluation, GateSettings(), checks)
    return EvaluationRecord(name, name, "f", NOON, verdict.to_json(), evaluation.rows())


@pytest.fixture(scope="module")
def html() -> str:
    live = record("r1", results(right=20, of=20), [])
    worse = record("r2", results(right=10, of=20), list(map(dict, live.cases)))
    return render_html(worse, "Fernbank Help", live)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("Debian's chromium is not installed")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser, html: str, tmp_path: Path) -> Iterator[Page]:
    path = tmp_path / "evaluation.html"
    path.write_text(html, encoding="utf-8")
    opened = browser.new_page(viewport={"width": 390, "height": 800})
    opened.goto(path.as_uri())
    yield opened
    opened.close()


def test_the_verdict_stands_first_and_names_the_broken_rules(page: Page) -> None:
    verdict = page.locator(".verdict")
    expect(verdict).to_contain_text("Refused.")
    expect(verdict).to_contain_text("regression")
    expect(page).to_have_title("Refused: evaluation of r2 – Fernbank Help")


def test_what_changed_is_told_with_both_tests(page: Page) -> None:
    changed = page.get_by_role("region", name="What changed")
    expect(changed).to_contain_text("1.000")
    expect(changed).to_contain_text("McNemar p 0.0010")


def test_cases_can_be_filtered_by_words_and_by_what_became_of_them(page: Page) -> None:
    shown = page.locator(".cases > li:visible")
    expect(shown).to_have_count(20)
    page.get_by_label("Show").select_option("worse")
    expect(shown).to_have_count(10)
    page.get_by_label("Words").fill("window 12")
    expect(shown).to_have_count(1)
    expect(page.get_by_role("status")).to_have_text("1 of 20")


def test_a_case_opens_by_keyboard_and_shows_before_after_and_what_was_struck(page: Page) -> None:
    first = page.locator(".cases summary").first
    first.focus()
    page.keyboard.press("Enter")
    case = page.locator(".cases > li").first
    expect(case).to_contain_text("A person will help you.")
    expect(case).to_contain_text("Before")
    expect(case.locator("del")).to_have_text("It is free.")


def test_what_was_said_is_escaped(page: Page, html: str) -> None:
    assert HOSTILE not in html
    expect(page).to_have_title("Refused: evaluation of r2 – Fernbank Help")


def test_nothing_is_loaded_and_a_phone_needs_no_scrolling_aside(page: Page, html: str) -> None:
    assert "http://" not in html.replace("http://www.w3.org", "")
    assert "https://" not in html
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390
