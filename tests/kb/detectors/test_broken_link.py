import pytest

from kb.detectors.broken_link import plugin
from kb.types import Finding, Severity
from tests.kb.detectors.documents import article, corpus

BILLING = article("docs/billing/refunds.md", "# Refunds\n\nWe refund.\n\n## How long?\n\nA week.\n")
PLANS = article("docs/billing/plans.md", "---\nslug: /our-plans\n---\n# Plans\n\nThree.\n")
ASSETS = frozenset({"docs/images/one.png", "docs/files/form.pdf"})


def broken(link: str, path: str = "docs/start/welcome.md") -> list[Finding]:
    page = article(path, f"# Welcome\n\nSee {link} now.\n\n## Next steps\n\nGo on.\n")
    other = article("docs/start/setup.md", "# Setup\n\nPlug it in.\n")
    findings = list(plugin.detect(corpus([page, other, BILLING, PLANS], ASSETS)))
    for finding in findings:
        assert finding.evidence[0].quote == link
    return findings


@pytest.mark.parametrize(
    "target",
    [
        "../billing/refunds.md",
        "../billing/Refunds",
        "../billing/refunds.md#how-long",
        "../billing/refunds#How-long",
        "../billing/refunds.md?from=mail",
        "/docs/billing/refunds",
        "/billing/refunds/",
        "/our-plans",
        "../billing/",
        "setup",
        "#next-steps",
        "#top",
        "https://example.com/nothing.md",
        "//example.com/nothing",
        "mailto:help@example.com",
        "tel:+123",
        "javascript:void(0)",
        "/pricing",
        "/academy/lesson-one",
        "../../../elsewhere/page.md",
        "{{ site.url }}/page.md",
    ],
)
def test_links_that_work_or_lead_out_of_the_export_are_left_alone(target: str) -> None:
    assert broken(f"[here]({target})" if " " not in target else f"[here](<{target}>)") == []


@pytest.mark.parametrize(
    "target",
    ["../billing/invoices.md", "/docs/billing/invoices", "nowhere.md", "../biling/refunds.md"],
)
def test_a_page_that_is_missing_where_others_stand_is_reported(target: str) -> None:
    assert [finding.severity for finding in broken(f"[here]({target})")] == [Severity.MEDIUM]


def test_the_nearest_article_is_suggested() -> None:
    (finding,) = broken("[here](../biling/refunds.md)")
    assert "docs/billing/refunds.md" in finding.suggestion


@pytest.mark.parametrize("target", ["../billing/refunds.md#how-lang", "#last-steps"])
def test_a_missing_heading_is_reported_with_the_nearest(target: str) -> None:
    (finding,) = broken(f"[here]({target})")
    assert finding.severity is Severity.LOW
    assert "#next-steps" in finding.suggestion or "#how-long" in finding.suggestion


def test_missing_images_and_downloads_are_reported_where_others_stand() -> None:
    assert broken("![one](../images/one.png)") == []
    assert len(broken("![two](../images/two.png)")) == 1
    assert len(broken("[form](../files/from.pdf)")) == 1
    assert broken("![two](/cdn/two.png)") == []


def test_images_are_not_judged_when_the_files_are_unknown() -> None:
    page = article("a.md", "# A\n\n![two](images/two.png)\n")
    assert list(plugin.detect(corpus([page]))) == []


def test_links_repeated_in_an_article_make_one_finding() -> None:
    page = article("a.md", "# A\n\n[x](b.md) and [y](b.md), and [z](c.md).\n")
    findings = list(plugin.detect(corpus([page])))
    assert [len(finding.evidence) for finding in findings] == [2, 1]


def test_docusaurus_links_may_start_at_the_root() -> None:
    text = "# A\n\n[b](b.md)\n"
    root = article("docs/b.md", "# B\n\nText.\n")
    plain = [article("docs/x/a.md", text), root]
    site = [article("docs/x/a.md", f"import x from '@docusaurus/x';\n\n{text}"), root]
    assert len(list(plugin.detect(corpus(plain)))) == 1
    assert list(plugin.detect(corpus(site))) == []
