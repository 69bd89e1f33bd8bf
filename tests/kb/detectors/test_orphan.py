"""Articles that nothing links to, and articles without owner."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from kb.corpus import Corpus
from kb.detectors.orphan import plugin
from kb.findings import Finding, Severity
from kb.settings import HygieneSettings
from kb.types import Article
from tests.kb.detectors.documents import TODAY, article, corpus

INDEX = article(
    "index.md", "# Help\n\n[Billing](guides/billing.md), [Sensors](guides/sensors.md).\n"
)
BILLING = article("guides/billing.md", "# Billing\n\nSee [sensors](sensors.md#pair).\n")
SENSORS = article("guides/sensors.md", "# Sensors\n\n## Pair\n\nSee [billing](billing.md).\n")
LOST = article("guides/lost.md", "# Lost page\n\nSee [billing](billing.md).\n")
CENTER = (INDEX, BILLING, SENSORS, LOST)


def found(articles: Sequence[Article], assets: frozenset[str] | None = None) -> list[Finding]:
    return list(plugin.detect(corpus(articles, assets)))


def test_an_article_that_nothing_links_to_is_found_and_landing_pages_are_not() -> None:
    (finding,) = found(CENTER)
    assert finding.title == "Nothing links to 'Lost page'"
    assert finding.evidence[0].quote == "Lost page"
    assert finding.severity is Severity.LOW
    assert finding.details["signal"] == "unlinked"


def test_a_link_to_itself_is_none_and_one_from_elsewhere_is_enough() -> None:
    alone = article("guides/lost.md", "# Lost page\n\nSee [above](lost.md) and [here](#top).\n")
    assert len(found((INDEX, BILLING, SENSORS, alone))) == 1
    linking = article("guides/sensors.md", "# Sensors\n\n[Billing](billing.md) [x](./lost).\n")
    assert found((INDEX, BILLING, linking, LOST)) == []


def test_a_link_by_the_published_address_counts() -> None:
    published = replace(LOST, url="https://help.acme.com/guides/lost")
    text = "# Sensors\n\nSee <https://help.acme.com/guides/lost/>, [b](billing.md).\n"
    assert found((INDEX, BILLING, article("guides/sensors.md", text), published)) == []


def test_where_hardly_anything_is_linked_nothing_is_said() -> None:
    pages = [article(f"p{n}.md", f"# Page {n}\n\nText.\n") for n in range(6)]
    assert found([INDEX, BILLING, SENSORS, *pages]) == []
    assert found(pages) == []


@pytest.mark.parametrize(
    ("path", "front", "assets"),
    [
        ("guides/lost.md", "sidebar_position: 4", frozenset[str]()),
        ("guides/lost.md", "tags: x", frozenset({"guides/_category_.json"})),
        ("guides/lost.md", "tags: x", frozenset({"mkdocs.yml"})),
        ("guides/changelog.md", "tags: x", frozenset[str]()),
        ("lost/lost.md", "tags: x", frozenset[str]()),
    ],
)
def test_what_a_navigation_or_a_folder_leads_to_is_no_orphan(
    path: str, front: str, assets: frozenset[str]
) -> None:
    page = article(path, f"---\n{front}\n---\n# Page\n\nSee [billing](/guides/billing.md).\n")
    assert found((INDEX, BILLING, SENSORS, page), assets) == []


def test_many_make_one_finding() -> None:
    hub = " ".join(f"[p{n}](p{n}.md)" for n in range(20))
    linked = [article(f"p{n}.md", f"# Page {n}\n\nText.\n") for n in range(20)]
    lost = [article(f"q{n}.md", f"# Lost {n}\n\nText.\n") for n in range(15)]
    (finding,) = found([article("index.md", f"# Help\n\n{hub}\n"), *linked, *lost])
    assert finding.details["count"] == "15"


def unowned(*articles: Article) -> list[Finding]:
    return [f for f in found(articles) if f.details["signal"] == "unowned"]


def test_articles_without_owner_make_one_finding_a_folder() -> None:
    nobodys = [replace(LOST, id=f"help:x{n}", path=f"x/{n}.md", owner="") for n in range(3)]
    other = replace(LOST, id="help:y", path="y/a.md", owner="unowned")
    first, second = unowned(BILLING, *nobodys, other)
    assert [first.details["count"], len(first.evidence)] == ["3", 3]
    assert first.details["articles"] == "x/0.md, x/1.md, x/2.md"
    assert "'y'" in second.title
    assert unowned(BILLING, SENSORS) == []


def test_many_folders_without_owner_make_one_finding() -> None:
    nobodys = [replace(LOST, id=f"help:{n}", path=f"{n}/a.md", owner="") for n in range(11)]
    (finding,) = unowned(BILLING, *nobodys)
    assert finding.details["count"] == "11"


def test_where_nobody_is_named_at_all_one_finding_says_so() -> None:
    (finding,) = unowned(*(replace(page, owner="unowned") for page in CENTER))
    assert finding.details["count"] == "4"
    assert finding.severity is Severity.LOW


def test_the_order_of_articles_does_not_matter() -> None:
    assert found(CENTER) == found(CENTER[::-1])


def test_release_notes_by_a_pattern_of_the_settings_are_no_orphans() -> None:
    settings = HygieneSettings(release_notes=["guides/lost.md"])
    assert list(plugin.detect(Corpus(CENTER, TODAY, settings))) == []
