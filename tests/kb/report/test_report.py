import csv
import io
import json
import re
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest

from kb.errors import ConfigError
from kb.findings import FindingKind, FindingStatus, Severity, StatusChange
from kb.report import FORMATS, Record, write
from kb.report.coverage import Coverage
from tests.kb.report.findings import NOW, finding, many, page


def test_json_has_the_shape_that_the_command_prints() -> None:
    (item,) = json.loads(page(finding("x"), form="json"))
    assert item == {
        "id": "x",
        "kind": "stale",
        "severity": "medium",
        "confidence": 0.9,
        "title": "Title x",
        "explanation": "Why.",
        "owner": "ann@example.com",
        "status": "open",
        "suggestion": "Mend it.",
        "details": {},
        "harm": 0.0,
        "first_seen_at": None,
        "snoozed_until": None,
        "evidence": [
            {
                "article": "docs/x0.md",
                "title": "Article 0",
                "quote": "It will launch on 3 May 2026.",
                "start": 5,
                "end": 34,
                "heading": "Top",
                "line": 1,
                "url": None,
                "marks": [],
            }
        ],
    }


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_leads_with_the_most_severe_and_leaves_out_what_is_settled(form: str) -> None:
    text = page(
        finding("low", severity=Severity.LOW),
        finding("high", severity=Severity.HIGH),
        finding("gone", status=FindingStatus.FIXED),
        finding("no", status=FindingStatus.DISMISSED),
        form=form,
    )
    assert 0 < text.index("Title high") < text.index("Title low")
    assert "Title gone" not in text
    assert "Title no" not in text


def test_html_leads_with_ten_and_folds_the_rest_away() -> None:
    text = page(*many(13))
    lead, rest = text.split('<details class="fold">')
    assert (lead.count("<article"), rest.count("<article")) == (10, 3)
    assert "3 more: 3 stale passages" in rest
    assert 'class="fold"' not in page(*many(10))


def test_html_is_escaped_and_loads_nothing() -> None:
    text = page(finding("<script>alert(1)</script>", quotes=("<img src=x> & more <b>",)))
    assert "<script" not in text
    assert "&lt;script&gt;" in text
    assert not re.search(r'(?:src|href)="(?!#)', text)
    assert "url(" not in text


def test_html_marks_the_words_that_differ_between_the_two_sides() -> None:
    text = page(
        finding(
            "c",
            kind=FindingKind.CONTRADICTION,
            quotes=("Refunds take **14 days** to arrive.", "Refunds take 30 days to arrive."),
        )
    )
    assert re.findall("<mark>(.*?)</mark>", text) == ["14", "30"]


def test_html_has_landmarks_a_heading_for_each_finding_and_severity_in_words() -> None:
    text = page(finding("x", severity=Severity.HIGH))
    tags = _Tags()
    tags.feed(text)
    assert {"header", "main", "footer", "h1", "h2", "h3", "caption"} <= tags.seen
    assert 'lang="en"' in text
    assert ">High</span>" in text
    assert tags.open == []


class _Tags(HTMLParser):
    """Names of tags; `open` is what was never closed."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.seen.add(tag)
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_csv_cells_can_not_run_in_a_spreadsheet() -> None:
    text = page(finding("=1+1", owner="@ann", quotes=("-2+3", "\t=cmd()")), form="csv")
    ((row),) = csv.DictReader(io.StringIO(text))
    assert row["owner"] == "'@ann"
    assert row["quote"] == "'-2+3"
    assert row["other_quote"] == "'\t=cmd()"
    assert row["id"] == "'=1+1"


def test_markdown_is_escaped_and_summed_up() -> None:
    text = page(finding("a|b"), finding("c", kind=FindingKind.GAP), form="md")
    assert "| Stale passages | 0 | 1 | 0 | 1 |" in text
    assert "Title a\\|b" in text


def test_an_owner_sees_only_their_own() -> None:
    text = page(finding("mine"), finding("theirs", owner="bob"), owner="ann@example.com")
    assert "Title mine" in text
    assert "Title theirs" not in text


def test_nothing_to_mend_is_said() -> None:
    assert "Nothing to mend" in page()


def test_an_unknown_format_is_the_operators_fault() -> None:
    with pytest.raises(ConfigError, match="pdf"):
        page(form="pdf")


def test_write_makes_an_overview_that_links_to_a_file_for_each_owner(tmp_path: Path) -> None:
    findings = [
        finding("a", owner="Zoë & Co"),
        finding("b", owner="zoe co"),
        finding("c", owner=""),
    ]
    paths = write(Record(findings), tmp_path, "html", center="Help", generated_at=NOW)
    assert paths[0].name == "index.html"
    assert {path.name for path in paths[1:]} == {"nobody.html", "zoe-co.html", "zoe-co-2.html"}
    overview = paths[0].read_text(encoding="utf-8")
    linked = set(re.findall(r'href="([^"#]+)"', overview))
    assert linked == {path.name for path in paths[1:]}
    for path in paths[1:]:
        assert 'href="index.html"' in path.read_text(encoding="utf-8")


def test_write_for_one_owner_makes_one_file_without_links(tmp_path: Path) -> None:
    (path,) = write(
        Record(many(2)),
        tmp_path / "new",
        "html",
        center="Help",
        generated_at=NOW,
        owner="ann@example.com",
    )
    assert path.name == "ann-example-com.html"
    assert 'href="index' not in path.read_text(encoding="utf-8")


def test_an_owner_of_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"ann@example\.com"):
        write(Record(many(1)), tmp_path, "md", center="Help", generated_at=NOW, owner="bob")


def change(name: str, status: FindingStatus, days_ago: float, by: str = "wellkept") -> StatusChange:
    return StatusChange(name, status, by, "because", NOW - timedelta(days=days_ago))


HISTORY = [
    change("old", FindingStatus.OPEN, 30),
    change("kept", FindingStatus.OPEN, 30),
    change("put", FindingStatus.OPEN, 30),
    change("old", FindingStatus.FIXED, 2),
    change("kept", FindingStatus.ACCEPTED, 1, "ann"),
    change("put", FindingStatus.SNOOZED, 1, "ben"),
]
LIVED = [
    finding("old", status=FindingStatus.FIXED),
    finding("kept", status=FindingStatus.ACCEPTED),
    finding("put", status=FindingStatus.SNOOZED),
]


def test_what_is_decided_is_shown_quietly_with_who_and_when() -> None:
    text = page(*LIVED, changes=HISTORY)
    assert "1 accepted and 1 snoozed" in text
    assert "accepted by ann on 19 November 2026: because" in text
    assert "snoozed by ben on 19 November 2026: because" in text
    assert "<article" not in text


def test_good_news_is_told_with_what_was_fixed_lately() -> None:
    text = page(*LIVED, changes=HISTORY)
    assert "Good news:" in text
    assert "Fixed in the last seven days" in text
    assert "fixed on 18 November 2026" in text


def test_findings_over_time_are_a_drawing_and_a_table() -> None:
    text = page(*LIVED, changes=HISTORY)
    assert '<svg viewBox="0 0 360 180" role="img"' in text
    assert "Open findings: 3 in the period from 19 Oct, 1 in the one from 16 Nov." in text
    assert "<td" in text.split("As a table")[1]
    assert "polyline" not in page(*LIVED)


def test_review_coverage_is_told_by_owner() -> None:
    covered = [Coverage("ann@example.com", 8, 6), Coverage("ben", 2, 0)]
    text = page(finding("x"), coverage=covered)
    assert "75 %" in text
    assert "0 %" in text
    own = page(finding("x"), coverage=covered, owner="ben")
    assert "75 %" not in own
    assert "Nothing to mend" in own


def test_articles_are_linked_only_to_the_web() -> None:
    assert 'href="https://help.example/a"' in page(finding("x", url="https://help.example/a"))
    for url in ("javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//x", "https:"):
        assert url not in page(finding("x", url=url))


def test_an_item_tells_how_to_settle_it_and_how_long_it_is_open() -> None:
    text = page(
        finding("aged", first_seen_at=NOW - timedelta(days=23)),
        finding("late", first_seen_at=NOW - timedelta(days=2)),
    )
    assert "wellkept findings accept aged" in text
    assert "wellkept findings dismiss aged --reason" in text
    assert "wellkept findings snooze aged --until 2026-12-20" in text
    assert "Open for 23 days" in text
    assert "New</span>" in text
    assert "Very likely" in text


def test_a_suggested_edit_shows_the_sentence_before_and_after() -> None:
    details = {
        "disagree_on": "They disagree.",
        "scope": "Neither is limited.",
        "likelier": "“30 days”",
        "because": "2 articles say so, 1 the other",
        "edit": "Change it.",
        "before": "Refunds take 14 days here.",
        "after": "Refunds take 30 days here.",
    }
    text = page(finding("x", kind=FindingKind.CONTRADICTION, details=details))
    assert "<del>14</del>" in text
    assert "<ins>30</ins>" in text
    assert "“30 days”, because 2 articles say so, 1 the other." in text
    assert "Neither is limited." in text
    markdown = page(finding("x", kind=FindingKind.CONTRADICTION, details=details), form="md")
    assert "**Then:** Refunds take **30** days here." in markdown


def test_findings_stand_in_the_order_of_their_harm() -> None:
    text = page(finding("mild", harm=0.1), finding("dire", harm=0.9), finding("some", harm=0.5))
    assert text.index("Title dire") < text.index("Title some") < text.index("Title mild")


def test_an_owner_of_articles_without_findings_gets_a_page(tmp_path: Path) -> None:
    record = Record([], coverage=[Coverage("ben", 3, 3)])
    index, own = write(record, tmp_path, "html", center="Help", generated_at=NOW)
    assert 'href="ben.html"' in index.read_text(encoding="utf-8")
    assert "Nothing to mend" in own.read_text(encoding="utf-8")


@pytest.mark.parametrize("form", ["html", "md"])
def test_hostile_text_stays_text(form: str) -> None:
    bad = '"><script>x</script>`*[a](javascript:b)'
    found = finding("x", owner=bad, quotes=(bad, bad), details={"judge_reason": bad})
    text = page(
        replace(found, title=bad, explanation=bad),
        form=form,
        coverage=[Coverage(bad, 1, 1)],
    )
    assert not re.search(r"(?<!\\)<script", text)
    assert not re.search(r"href=\W*javascript", text)
    assert form == "html" or not re.search(r"(?<!\\)\]\(javascript", text)
