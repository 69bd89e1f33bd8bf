from pathlib import Path

import pytest

from kb.errors import ConfigError
from kb.owners import Owners
from kb.parse import Defaults, DocumentParser, parse
from kb.settings import OwnersSettings
from kb.types import Document


def owners(*rules: str, file: Path | None = None, **sources: str) -> Owners:
    return Owners.of(OwnersSettings(rules=list(rules), file=file, sources=sources))


def document(path: str, text: str = "# A\n\nText.\n", source: str = "help") -> Document:
    return Document(f"{source}:{path}", source, path, "text/markdown", text.encode(), "1")


@pytest.mark.parametrize(
    ("pattern", "path", "owned"),
    [
        ("*", "a/b/c.md", True),
        ("*.md", "a/b/c.md", True),
        ("*.md", "a/b/c.html", False),
        ("/billing/", "billing/deep/refunds.md", True),
        ("/billing/", "guides/billing/refunds.md", False),
        ("billing/", "guides/billing/refunds.md", True),
        ("guides/*", "guides/one.md", True),
        ("guides/*", "guides/deep/one.md", False),
        ("guides/**", "guides/deep/one.md", True),
        ("**/legal", "a/legal/terms.md", True),
        ("guides/billing", "guides/billing/refunds.md", True),
        (r"my\ guides/", "my guides/one.md", True),
        ("Guides/", "guides/one.md", False),
    ],
)
def test_patterns_match_as_in_codeowners(pattern: str, path: str, owned: bool) -> None:
    assert owners(f"{pattern} @ann").owner(path, "help") == ("@ann" if owned else None)


def test_the_last_match_wins_and_the_first_owner_on_its_line() -> None:
    rules = owners(
        "# who owns what",
        "",
        "*          @everyone",
        "/billing/  @billing @finance  # money",
        "/billing/internal.md",
    )
    assert rules.owner("start.md", "help") == "@everyone"
    assert rules.owner("billing/refunds.md", "help") == "@billing"
    assert rules.owner("billing/internal.md", "help") is None


def test_rules_go_before_the_file_and_the_file_before_the_source(tmp_path: Path) -> None:
    file = tmp_path / "CODEOWNERS"
    file.write_text("/billing/ @file\n/legal/ @file\n", encoding="utf-8")
    rules = owners("/billing/ @rules", "/legal/secret.md", file=file, help="@source")
    assert rules.owner("billing/a.md", "help") == "@rules"
    assert rules.owner("legal/a.md", "help") == "@file"
    assert rules.owner("legal/secret.md", "help") == "@source"
    assert rules.owner("other/a.md", "help") == "@source"
    assert rules.owner("other/a.md", "elsewhere") is None


def test_an_article_that_names_its_owner_is_owned_by_it() -> None:
    defaults = Defaults(owner="fallback", owners=owners("/billing/ @billing"))
    named = document("billing/a.md", "---\nowner: ann\n---\n# A\n\nText.\n")
    assert parse(named, defaults).owner == "ann"
    assert parse(document("billing/a.md"), defaults).owner == "@billing"
    assert parse(document("other/a.md"), defaults).owner == "fallback"


def test_only_articles_whose_owner_changes_are_other_articles() -> None:
    before = Defaults(owner="all")
    after = Defaults(owner="all", owners=owners("/billing/ @billing"))
    billing, other = document("billing/a.md"), document("other/a.md")
    assert parse(billing, before).content_hash != parse(billing, after).content_hash
    assert parse(other, before).content_hash == parse(other, after).content_hash
    assert DocumentParser(before).version != DocumentParser(after).version


@pytest.mark.parametrize("line", ["!/billing/ @ann", "[Docs] @ann", "/ @ann", "docs/[ @ann"])
def test_a_line_that_cannot_be_read_is_named(line: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="line 2: "):
        owners("* @all", line)
    file = tmp_path / "CODEOWNERS"
    file.write_text(f"# owners\n\n{line}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="CODEOWNERS:3: "):
        owners(file=file)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"nowhere: no such file \(setting owners.file\)"):
        owners(file=tmp_path / "nowhere")


def test_the_file_of_a_repository_whose_articles_lie_in_one_folder_fits() -> None:
    owners = Owners.of(OwnersSettings(rules=["* @all", "/docs/billing/ @money"]))
    assert owners.owner("billing/refunds.md", "docs") == "@money"
    assert owners.owner("trial.md", "docs") == "@all"
    assert owners.owner("billing/refunds.md", "handbook") == "@all"
