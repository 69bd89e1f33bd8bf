"""What an article says about itself."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from kb.parse import Defaults, DocumentParser, parse
from kb.types import Document
from tests.kb.parse.reading import article, blocks

DOCUMENT = Document("s:guides/a.md", "s", "guides/a.md", "text/markdown", b"# A\n\nText.", "1")


def test_front_matter_is_read_by_its_usual_names() -> None:
    found = article(
        "---\nTitle: Plans\nowner: Ann <ann@x.example>\nlast_reviewed: 2026-03-04\n"
        "lastUpdated: March 5, 2026 10:00\ncreated: 2020-01-02T03:04:05+02:00\n"
        "audience: [agents, admins]\nproduct: App, Hub\nlang: de\ntags: [a, b]\n"
        "layout: wide\nslug: /plans\n---\nText.\n"
    )
    assert found.title == "Plans"
    assert found.owner == "Ann <ann@x.example>"
    assert found.reviewed_on == date(2026, 3, 4)
    assert found.updated_at == datetime(2026, 3, 5, 10, tzinfo=UTC)
    assert found.created_at == datetime(2020, 1, 2, 1, 4, 5, tzinfo=UTC)
    assert (found.audience, found.product) == (("agents", "admins"), ("App", "Hub"))
    assert (found.locale, found.tags) == ("de", ("a", "b"))
    assert found.extra == {"layout": "wide", "slug": "/plans"}


@pytest.mark.parametrize("written", ["all", "[Everyone]", "public"])
def test_an_article_for_everybody_has_no_audience(written: str) -> None:
    assert article(f"---\naudience: {written}\n---\nText.").audience == ()


def test_front_matter_that_is_almost_yaml_is_read_line_by_line() -> None:
    found = article("---\ntitle: Plans: which one?\nowner: ann\n---\nText.\n")
    assert (found.title, found.owner) == ("Plans: which one?", "ann")
    assert [block.text for block in blocks(found)] == ["Text."]


def test_front_matter_that_is_none_is_text() -> None:
    found = article("---\nJust words: [\nand more\n---\n\nText.\n")
    assert "Just words" in blocks(found)[0].text
    assert found.owner == "unowned"


@pytest.mark.parametrize("day", ["2026", "soon", "13/45/2026", "March 2026"])
def test_a_date_that_is_none_is_not_guessed(day: str) -> None:
    assert article(f"---\nreviewed: '{day}'\n---\nText.").reviewed_on is None


def test_the_first_lines_speak_when_front_matter_does_not() -> None:
    text = "# A\n\n*Owner: ann@x.example · Last reviewed: 3 March 2026 · For admins*\n\nText."
    assert (article(text).owner, article(text).reviewed_on) == ("ann@x.example", date(2026, 3, 3))
    said = article(f"---\nowner: bob\n---\n{text}")
    assert said.owner == "bob"


def test_a_draft_says_so() -> None:
    assert article("---\ndraft: true\n---\nText.").extra == {"draft": "true"}


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("guides/set-up_hub.md", "Set up hub"),
        ("guides/index.md", "Guides"),
        ("README.md", "README"),
    ],
)
def test_an_article_without_title_is_named_by_its_file(path: str, title: str) -> None:
    assert article("Text.", path=path).title == title


def test_an_address_comes_from_the_article_the_source_or_the_center() -> None:
    defaults = Defaults(base_url="https://help.example/docs/")
    assert parse(DOCUMENT, Defaults()).url is None
    assert parse(DOCUMENT, defaults).url == "https://help.example/docs/guides/a"
    with_slug = replace(DOCUMENT, data=b"---\nslug: /b\n---\nText.")
    assert parse(with_slug, defaults).url == "https://help.example/docs/b"
    with_url = replace(DOCUMENT, data=b"---\nurl: https://x.example/y\n---\nText.")
    assert parse(with_url, defaults).url == "https://x.example/y"


def test_dates_of_the_source_hold_unless_the_article_says_otherwise() -> None:
    moment = datetime(2025, 1, 2, tzinfo=UTC)
    dated = replace(DOCUMENT, updated_at=moment)
    assert parse(dated, Defaults()).updated_at == moment
    said = replace(dated, data=b"---\nupdated: 2026-01-01\n---\nText.")
    assert parse(said, Defaults()).updated_at == datetime(2026, 1, 1, tzinfo=UTC)


def test_the_hash_follows_bytes_outside_dates_and_defaults_but_not_the_revision() -> None:
    base = parse(DOCUMENT, Defaults()).content_hash
    assert parse(replace(DOCUMENT, revision="2"), Defaults()).content_hash == base
    others = {
        parse(replace(DOCUMENT, data=b"# A\n\nText!"), Defaults()).content_hash,
        parse(
            replace(DOCUMENT, updated_at=datetime(2025, 1, 2, tzinfo=UTC)), Defaults()
        ).content_hash,
        parse(DOCUMENT, Defaults(owner="ann")).content_hash,
    }
    assert len(others | {base}) == 4


def test_a_parser_is_known_by_its_defaults() -> None:
    assert DocumentParser(Defaults()).version == DocumentParser(Defaults()).version
    assert DocumentParser(Defaults()).version != DocumentParser(Defaults(owner="a")).version
    assert DocumentParser(Defaults())(DOCUMENT) == parse(DOCUMENT, Defaults())
