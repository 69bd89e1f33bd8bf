import csv
import io
import json
import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest

from kb.errors import ConfigError
from kb.report import FORMATS, render, write
from kb.report.marks import compared, readable
from kb.types import Evidence, Finding, FindingKind, FindingStatus, Severity

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def finding(
    name: str,
    *,
    kind: FindingKind = FindingKind.STALE,
    severity: Severity = Severity.MEDIUM,
    owner: str = "ann@example.com",
    status: FindingStatus = FindingStatus.OPEN,
    quotes: tuple[str, ...] = ("It will launch on 3 May 2026.",),
) -> Finding:
    evidence = tuple(
        Evidence(f"a:{n}", f"docs/{name}{n}.md", f"Article {n}", quote, 5, 5 + len(quote), "Top")
        for n, quote in enumerate(quotes)
    )
    return Finding(
        name, kind, severity, 0.9, f"Title {name}", "Why.", "Mend it.", evidence, owner, status
    )


def page(*findings: Finding, owner: str | None = None, form: str = "html") -> str:
    return render(findings, form, center="Help", generated_at=NOW, owner=owner)


def many(count: int) -> list[Finding]:
    return [finding(f"f{n:02}") for n in range(count)]


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
    lead, rest = text.split("<details>")
    assert (lead.count("<article"), rest.count("<article")) == (10, 3)
    assert "Show 3 more" in rest
    assert "<details>" not in page(*many(10))


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
    paths = write(findings, tmp_path, "html", center="Help", generated_at=NOW)
    assert paths[0].name == "index.html"
    assert {path.name for path in paths[1:]} == {"nobody.html", "zoe-co.html", "zoe-co-2.html"}
    overview = paths[0].read_text(encoding="utf-8")
    linked = set(re.findall(r'href="([^"#]+)"', overview))
    assert linked == {path.name for path in paths[1:]}
    for path in paths[1:]:
        assert 'href="index.html"' in path.read_text(encoding="utf-8")


def test_write_for_one_owner_makes_one_file_without_links(tmp_path: Path) -> None:
    (path,) = write(
        many(2), tmp_path / "new", "html", center="Help", generated_at=NOW, owner="ann@example.com"
    )
    assert path.name == "ann-example-com.html"
    assert 'href="index' not in path.read_text(encoding="utf-8")


def test_an_owner_of_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"ann@example\.com"):
        write(many(1), tmp_path, "md", center="Help", generated_at=NOW, owner="bob")


def test_quotes_are_shown_without_markup() -> None:
    assert (
        readable("- Open **Settings** > [Billing](b.md)\n  and `save`")
        == "Open Settings > Billing and save"
    )


def test_wordings_with_little_in_common_have_only_their_numbers_marked() -> None:
    first, second = compared(
        ["We keep it for 30 days.", "After two weeks it is gone, or 14 nights."]
    )
    assert [piece.text for piece in first if piece.differs] == ["30"]
    assert [piece.text for piece in second if piece.differs] == ["14"]
