"""What must not change the findings does not: order, line ends, unrelated articles, detours."""

from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.cache import FileCache
from kb.findings import Finding
from kb.parse import Defaults, parse
from kb.types import Document
from tests.kb.articles import article
from tests.kb.contradictions.centers import articles_of, centers, elsewhere, found, texts

QUICK = settings(max_examples=25, deadline=None)
RULES = "---\ntitle: Rules\n---\n# Rules\n\n- A backup is kept for 3 days.\n- Ask us.\n"
ADVICE = "# Advice\n\nAsk us first.\n\nA backup is kept for 9 days.\n"


@QUICK
@given(centers, st.integers(0, 99))
def test_the_order_of_the_files_changes_nothing(center: dict[str, str], seed: int) -> None:
    shuffled = articles_of(center)
    Random(seed).shuffle(shuffled)
    assert found(shuffled) == found(articles_of(center))


def test_line_ends_change_nothing() -> None:
    ends = [_read("\n"), _read("\r\n"), _read("\r")]
    assert len(ends[0]) == 1
    assert ends[0] == ends[1] == ends[2]


@QUICK
@given(centers, elsewhere)
def test_articles_on_other_things_change_nothing(center: dict[str, str], added: list[str]) -> None:
    articles = articles_of(center)
    others = [article(f"else-{n}.md", text) for n, text in enumerate(added)]
    paths = {one.path for one in others}
    assert [
        finding
        for finding in found([*articles, *others])
        if not paths >= {quoted.path for quoted in finding.evidence}
    ] == found(articles)


@settings(max_examples=15, deadline=None)
@given(centers, st.lists(st.dictionaries(st.sampled_from(["0.md", "3.md", "7.md"]), texts)))
def test_a_run_after_edits_finds_what_one_from_the_beginning_does(
    center: dict[str, str], edits: list[dict[str, str]]
) -> None:
    with TemporaryDirectory() as folder:
        cache = FileCache(Path(folder) / "cache.db")
        found(articles_of(center), cache)
        for edit in edits:
            center = center | edit
            assert found(articles_of(center), cache) == found(articles_of(center))
        gone = dict(list(center.items())[1:])
        assert found(articles_of(gone), cache) == found(articles_of(gone))


@pytest.mark.parametrize("edited", ["A backup is kept for 5 days.", "Surveys may be shared.", ""])
def test_edits_of_a_help_center_that_weighs_its_words_are_judged_as_from_the_beginning(
    edited: str,
) -> None:
    things = ("backup", "invoice", "webhook", "survey")
    center = {
        f"{n:02}.md": f"A backup of the {thing} is kept for {n % 3 + 2} days by Larch."
        for n, thing in enumerate(things * 10)
    }
    with TemporaryDirectory() as folder:
        cache = FileCache(Path(folder) / "cache.db")
        assert found(articles_of(center), cache)
        for path in ("00.md", "01.md", "20.md"):
            center[path] = edited
            assert found(articles_of(center), cache) == found(articles_of(center))
        shorter = dict(list(center.items())[3:31])
        assert found(articles_of(shorter), cache) == found(articles_of(shorter))


@QUICK
@given(centers, texts)
def test_an_edit_that_is_taken_back_leaves_the_findings_as_they_were(
    center: dict[str, str], text: str
) -> None:
    with TemporaryDirectory() as folder:
        cache = FileCache(Path(folder) / "cache.db")
        before = found(articles_of(center), cache)
        first = next(iter(center))
        found(articles_of(center | {first: text}), cache)
        assert found(articles_of(center), cache) == before


def test_findings_do_not_depend_on_who_owns_an_article() -> None:
    articles = articles_of({"a.md": "A backup is kept for 3 days.", "b.md": ADVICE})
    owned = [replace(one, owner="maya") for one in articles]
    assert [finding.id for finding in found(owned)] == [finding.id for finding in found(articles)]


def _read(end: str) -> list[Finding]:
    texts = {"advice.md": ADVICE, "rules.md": RULES}
    return found(
        [
            parse(
                Document(
                    f"f:{path}", "f", path, "text/markdown", text.replace("\n", end).encode(), ""
                ),
                Defaults(),
            )
            for path, text in texts.items()
        ]
    )
