from dataclasses import replace

import pytest

from kb.detectors.broken_link import plugin
from kb.findings import Fetched, Finding, Reach, Severity
from kb.types import Article
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


@pytest.mark.parametrize("target", ["my%20guide.md", "../a%2Db.md", "%C3%BCber.md#Gr%C3%BC%C3%9Fe"])
def test_encoded_paths_are_read(target: str) -> None:
    pages = [
        article("x/a.md", f"# A\n\n[go]({target})\n"),
        article("x/my guide.md", "# My guide\n\nText.\n"),
        article("a-b.md", "# A-B\n\nText.\n"),
        article("x/über.md", "# Über\n\n## Grüße\n\nText.\n"),
    ]
    assert list(plugin.detect(corpus(pages))) == []


def test_headings_of_the_same_name_are_told_apart() -> None:
    text = "# A\n\n[1](#limits) [2](#limits-1) [3](#limits-2)\n\n## Limits\n\nx\n\n## Limits\n\ny\n"
    (finding,) = plugin.detect(corpus([article("a.md", text)]))
    assert finding.evidence[0].quote == "[3](#limits-2)"


def test_anchors_that_markup_declares_are_headings_too() -> None:
    text = (
        "# A\n\n[1](#by-hand) [2](#named)\n\n<a name=\"named\"></a>\n\n<div id='by-hand'>x</div>\n"
    )
    assert list(plugin.detect(corpus([article("a.md", text)]))) == []


def test_a_file_named_in_another_case_is_a_small_fault() -> None:
    assert broken("[x](../billing/Refunds)") == []
    (page,) = broken("[x](../billing/Refunds.md)")
    (image,) = broken("![x](../images/One.PNG)")
    assert {page.severity, image.severity} == {Severity.LOW}
    assert "'refunds.md'" in page.suggestion
    assert "'one.png'" in image.suggestion


def test_a_missing_file_comes_with_the_nearest_name() -> None:
    (finding,) = broken("[form](../files/forms.pdf)")
    assert "docs/files/form.pdf" in finding.suggestion


def test_the_article_that_has_the_heading_is_the_likeliest_target() -> None:
    (by_heading,) = broken("[here](gone.md#how-long)")
    (by_title,) = broken("[Plans](gone-too.md)")
    assert "docs/billing/refunds.md" in by_heading.suggestion
    assert "docs/billing/plans.md" in by_title.suggestion


@pytest.mark.parametrize(
    "markup", ['<img src="../images/two.png" alt="x"/>', "[![x](../images/two.png)](setup)"]
)
def test_images_in_markup_are_judged(markup: str) -> None:
    page = article("docs/start/a.mdx", f"# A\n\n{markup}\n")
    other = article("docs/start/setup.md", "# Setup\n\nPlug it in.\n")
    assert len(list(plugin.detect(corpus([page, other], ASSETS)))) == 1


def published(target: str, fetched: Fetched | None = None) -> list[Finding]:
    """An article with a link, on a site at help.acme.com; others are published beside it."""

    def at(path: str, text: str) -> Article:
        stem = path.removesuffix(".md")
        return replace(article(path, text), url=f"https://help.acme.com/en/{stem}")

    pages = [
        at("billing/refunds.md", "# Refunds\n\n## How long?\n\nA week.\n"),
        at("billing/plans.md", f"# Plans\n\nSee [here]({target}).\n"),
    ]
    known = {target: fetched} if fetched else {}
    return list(plugin.detect(replace(corpus(pages), fetched=known)))


@pytest.mark.parametrize(
    "target",
    [
        "https://help.acme.com/en/billing/refunds",
        "http://help.acme.com/en/billing/refunds/#how-long",
        "//help.acme.com/en/billing/refunds?from=mail",
        "https://help.acme.com/pricing",
        "https://help.acme.com/en/billing/form.pdf",
        "https://acme.com/en/billing/nothing",
        "https://help.acme.com",
        "https://help.acme.com/en/billing",
        "https://help.acme.com/en/",
    ],
)
def test_addresses_of_the_own_site_that_work_or_are_not_shown_are_left_alone(target: str) -> None:
    assert published(target) == []


def test_addresses_of_the_own_site_are_judged_as_internal_links_are() -> None:
    (page,) = published("https://help.acme.com/en/billing/refund")
    (heading,) = published("https://help.acme.com/en/billing/refunds#how-lang")
    assert page.severity is Severity.MEDIUM
    assert "billing/refunds.md" in page.suggestion
    assert heading.severity is Severity.LOW


def test_at_the_top_of_the_own_site_a_page_must_resemble_an_article() -> None:
    def found(target: str) -> list[Finding]:
        text = f"# A\n\n[x](https://help.acme.com/{target})\n"
        page = replace(article("a.md", text), url="https://help.acme.com/invitations")
        return list(plugin.detect(corpus([page])))

    assert found("login") == []
    assert len(found("invitation")) == 1


def test_an_address_of_the_own_site_that_answers_is_no_fault() -> None:
    url = "https://help.acme.com/en/billing/contact"
    assert published(url, Fetched(url, Reach.OK, 200)) == []


def test_a_page_of_another_site_that_is_gone_is_reported() -> None:
    url = "https://other.com/page#part"
    (finding,) = published(url, Fetched(url, Reach.GONE, 404, "HTTP 404"))
    assert finding.severity is Severity.MEDIUM
    assert dict(finding.details) == {"target": url, "external": "true", "status": "404"}
    assert "HTTP 404" in finding.explanation


@pytest.mark.parametrize("reach", [reach for reach in Reach if reach is not Reach.GONE])
def test_a_page_that_refused_or_gave_no_answer_is_not(reach: Reach) -> None:
    url = "https://other.com/page"
    assert published(url, Fetched(url, reach, reason="why")) == []
