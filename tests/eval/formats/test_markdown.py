"""The comment-sized summary."""

import re
from dataclasses import replace

from markdown_it import MarkdownIt

from eval.formats.markdown import MOST_CHARS, render_markdown
from eval.gate.verdict import anchor
from tests.eval.formats.runs import HOSTILE, crashed, passed, report


def test_the_verdict_stands_first_with_the_broken_rules_and_their_cases() -> None:
    lines = render_markdown(report()).splitlines()
    assert lines[0] == "<!-- wellkept-eval -->"
    assert lines[1] == "## ❌ Refused: 30 cases"
    assert lines[3] == (
        "Release <code>r2</code> of <code>Fernbank Help</code>, against <code>r1</code>."
    )
    assert lines[5].startswith("- **grounding** <code>0&#46;600 is below 1&#59; 12 of the 12")
    assert "</code>: <code>g00</code>, <code>g01</code>" in lines[5]


def test_a_pass_is_short() -> None:
    text = render_markdown(passed())
    assert "## ✅ Passed: 12 cases" in text
    assert "### Cases" not in text
    assert len(text) < 3000


def test_scores_come_with_interval_size_and_change() -> None:
    row = next(it for it in render_markdown(report()).splitlines() if it.startswith("| grounding"))
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    assert cells[1] == "0.600"
    assert re.fullmatch(r"0\.\d{3} to 0\.\d{3}", cells[2])
    assert cells[3:5] == ["30", "1.000"]
    assert re.fullmatch(r"-0\.\d{3} to -0\.\d{3}", cells[5])
    assert cells[6:] == ["1", "❌"]


def test_ten_cases_are_opened_up_those_that_must_pass_first_and_the_rest_counted() -> None:
    text = render_markdown(report())
    shown = re.findall(r"<details><summary><code>(g\d\d)</code>", text)
    assert shown == [f"g{number:02}" for number in range(10)]
    assert "and 2 more" in text
    assert "<th>live</th><th>now</th>" in text
    assert f"/tmp/r2.html#{anchor('g00')}" in text


def test_long_texts_stay_under_what_a_comment_takes() -> None:
    text = render_markdown(report(HOSTILE * 400))
    assert len(text) <= MOST_CHARS
    assert text.count("<details>") == text.count("</details>")


def test_what_customers_wrote_is_no_markup_link_or_mention() -> None:
    text = render_markdown(report(HOSTILE))
    html = MarkdownIt("gfm-like", {"linkify": False}).render(text)
    bare = re.sub(r"<code>.*?</code>", "", html, flags=re.DOTALL)
    assert "<script" not in html
    assert "<a " not in html
    assert "@everyone" not in bare
    assert "evil.example" not in bare
    assert html.count("<details>") == html.count("</details>") == text.count("<details>")


def test_a_crash_is_told() -> None:
    assert "no index" in render_markdown(crashed())


def test_what_is_no_case_of_the_set_is_named_too() -> None:
    of = report()
    values = of.verdict.to_json()
    values["rules"][0] = {**values["rules"][0], "metric": "procedures", "passed": False}
    values["failing"].append({**values["failing"][0], "metric": "procedures", "case_id": "refund"})
    text = render_markdown(replace(of, record=replace(of.record, verdict=values)))
    assert "- **procedures** <code>refund</code>" in text
