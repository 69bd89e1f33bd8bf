"""Two releases compared: what they hold, what they answer, how they scored."""

from datetime import UTC, datetime

import pytest

from eval.diff.markdown import release_markdown
from eval.diff.release import Held, ReleaseDiff, diff_releases
from eval.diff.release_lines import NO_SETTINGS, release_lines
from eval.diff.wire import release_to_json
from eval.page import render_release_diff
from kb.pinned import SETTINGS
from kb.types import Asset, Release, ReleaseStatus
from tests.eval.rows import record, row
from tests.kb.articles import article

TEXT = "# Refunds\nWe refund within 30 days of delivery.\n"
STEP = "1. Ask for the order number.\n2. Refund it.\n"
HOSTILE = '<img src=x onerror="alert(1)">'


def release(name: str, fingerprint: str = "") -> Release:
    return Release(
        name,
        fingerprint or name,
        ReleaseStatus.RETIRED,
        datetime(2026, 11, 22, tzinfo=UTC),
        1,
        encoder="e",
    )


def settings(top: int) -> Asset:
    text = f'{{"search": {{"top": {top}}}, "wellkept": "0.1.0"}}'
    return Asset(SETTINGS, "settings", str(top), text)


@pytest.fixture(scope="module")
def diff() -> ReleaseDiff:
    before = Held(
        release("r1"),
        [article("refunds.md", TEXT)],
        [Asset("procedure", "refund", "1", STEP), settings(5)],
        record("a" * 32, [row("g1"), row("g2")], "r1"),
    )
    after = Held(
        release("r2"),
        [article("refunds.md", TEXT.replace("30", "14") + f"{HOSTILE}\n")],
        [Asset("procedure", "refund", "2", STEP.replace("2. Refund it.\n", "")), settings(8)],
        record("b" * 32, [row("g1", text="We refund within 14 days."), row("g2")], "r2"),
    )
    return diff_releases(before, after)


def test_the_text_tells_articles_procedures_settings_and_answers(diff: ReleaseDiff) -> None:
    text = "\n".join(release_lines(diff))
    assert "Articles: 1 changed" in text
    assert "values: 30 days → 14 days" in text
    assert "-2. Refund it." in text
    assert "search.top: 5 → 8" in text
    assert "after   answer: We refund within 14 days." in text


def test_markdown_and_json_tell_the_same(diff: ReleaseDiff) -> None:
    text = release_markdown(diff)
    assert "30 days → 14 days" in text
    assert "\\<img" in text
    values = release_to_json(diff)
    assert values["articles"][0]["values"] == [{"before": "30 days", "after": "14 days"}]
    assert values["settings"] == [{"name": "search.top", "before": "5", "after": "8"}]
    assert values["assets"][0]["lines"][-1] == "-2. Refund it."
    assert [it["id"] for it in values["runs"]["changed"]] == ["g1"]


def test_the_page_shows_them_escaped(diff: ReleaseDiff) -> None:
    html = render_release_diff(diff, "Fernbank Help")
    assert HOSTILE not in html
    assert "<del>30</del>" in html
    assert "<ins>14</ins>" in html
    assert "<del>-2. Refund it.</del>" in html


def test_a_release_without_an_evaluation_says_how_to_get_one() -> None:
    held = Held(release("r1"), [], [settings(5)], record("a", [row("g1")]))
    diff = diff_releases(held, Held(release("r2"), [], [settings(5)]))
    text = "\n".join(release_lines(diff))
    assert "r2 was not evaluated; run `wellkept eval --release r2`." in text
    assert "r2 was not evaluated" in render_release_diff(diff, "Fernbank Help")
    assert release_to_json(diff)["runs"] is None


def test_settings_of_older_releases_are_not_made_up() -> None:
    diff = diff_releases(Held(release("r1"), [], []), Held(release("r2"), [], [settings(5)]))
    assert diff.settings is None
    assert f"Settings: {NO_SETTINGS}" in "\n".join(release_lines(diff))


def test_two_of_one_fingerprint_are_called_the_same() -> None:
    one, other = Held(release("r1", "f"), [], []), Held(release("r2", "f"), [], [])
    assert "The same articles" in "\n".join(release_lines(diff_releases(one, other)))
