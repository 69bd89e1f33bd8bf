"""Reading Markdown."""

import pytest

from kb.types import BlockKind, Cell, Link
from tests.kb.parse.reading import article, blocks, check_spans, paths, quotes, shown

GUIDE = """\
---
title: Set up the Hub
---
# Set up the Hub

Before you **begin**, charge it. It takes `2 h`.

## Steps

1. Open the [app](../app/install.md#ios "Install").
2. Tap *Add*, then:
   - scan the code, or
   - type it &amp; wait.

   This takes a minute.
10. Done.

## Steps

> **Note:** Keep it dry.

```sh
# not a heading
hub --reset
```
"""


def test_the_text_is_the_file_itself() -> None:
    assert article(GUIDE).text == GUIDE


def test_blocks_are_plain_and_in_order() -> None:
    assert shown(article(GUIDE)) == [
        ("heading", "Set up the Hub"),
        ("paragraph", "Before you begin, charge it. It takes 2 h."),
        ("heading", "Steps"),
        ("step", "Open the app."),
        ("step", "Tap Add, then:"),
        ("list_item", "scan the code, or"),
        ("list_item", "type it & wait."),
        ("step", "This takes a minute."),
        ("step", "Done."),
        ("heading", "Steps"),
        ("note", "Note: Keep it dry."),
        ("code", "# not a heading\nhub --reset"),
    ]


def test_list_items_keep_their_number_and_depth_and_only_the_first_paragraph_has_a_marker() -> None:
    items = blocks(article(GUIDE), BlockKind.STEP, BlockKind.LIST_ITEM)
    assert [(item.marker, item.depth) for item in items] == [
        ("1.", 0),
        ("2.", 0),
        ("-", 1),
        ("-", 1),
        ("", 0),
        ("3.", 0),
    ]


def test_sentences_are_quoted_with_their_markup_and_nothing_around() -> None:
    assert quotes(article(GUIDE)) == [
        "Set up the Hub",
        "Before you **begin**, charge it.",
        "It takes `2 h`.",
        "Steps",
        'Open the [app](../app/install.md#ios "Install").',
        "Tap *Add*, then:",
        "scan the code, or",
        "type it &amp; wait.",
        "This takes a minute.",
        "Done.",
        "Steps",
        "**Note:** Keep it dry.",
    ]


def test_the_title_is_in_no_path_and_text_before_the_first_heading_has_none() -> None:
    found = article(
        "Before.\n\n# Other\n\n## Deep\n\nText.\n\n### Deeper\n\n## Next\n", path="x.md"
    )
    assert found.title == "Other"
    assert paths(found) == [(), (), ("Deep",), ("Deep", "Deeper"), ("Next",)]
    assert [section.level for section in found.sections] == [0, 1, 2, 3, 2]


def test_a_first_heading_that_is_not_the_title_is_part_of_the_path() -> None:
    assert paths(article("---\ntitle: A\n---\n# B\n\n## C\n")) == [("B",), ("B", "C")]


def test_anchors_are_slugs_explicit_ids_and_anchor_tags() -> None:
    found = article(
        "# It's *new*: 2.0!\n\n## Same\n\n## Same\n\n## Own {#my-id}\n\n<a id='here'></a>\n\nText."
    )
    assert found.anchors == ("its-new-20", "same", "same-1", "my-id", "here")
    assert [section.anchor for section in found.sections] == [
        "its-new-20",
        "same",
        "same-1",
        "my-id",
    ]
    assert blocks(found, BlockKind.HEADING)[3].text == "Own"


def test_table_rows_know_their_headers() -> None:
    text = "| Plan | Price | |\n|---|--:|---|\n| **Free** | $0 | a \\| b |\n| Pro | | [x](y.md) |\n"
    first, second = blocks(article(text))
    assert first.kind is BlockKind.TABLE_ROW
    assert first.text == "Plan: Free; Price: $0; a | b"
    assert [(cell.text, cell.column, cell.row) for cell in first.cells] == [
        ("Free", "Plan", ""),
        ("$0", "Price", "Free"),
        ("a | b", "", "Free"),
    ]
    assert [text[cell.start : cell.end] for cell in first.cells] == ["**Free**", "$0", "a \\| b"]
    assert [sentence.text for sentence in second.sentences] == ["Plan: Pro; x"]
    assert article(text).links == (Link("y.md", "x", text.index("[x]"), text.index(" |\n", -4)),)


def test_a_table_of_nothing_but_a_header_is_not_lost() -> None:
    assert shown(article("| Only | header |\n|---|---|\n")) == [("table_row", "Only; header")]


def test_an_html_table_is_read_like_any_other() -> None:
    text = (
        "<table>\n<tr><th>Size</th><th>Fits</th></tr>\n"
        "<tr><td>S</td><td><b>1</b> pot</td></tr>\n</table>\n"
    )
    (row,) = blocks(article(text))
    assert row.text == "Size: S; Fits: 1 pot"
    start = text.index("<b>1")
    assert row.cells[1] == Cell(start, start + len("<b>1</b> pot"), "1 pot", "Fits", "S")


@pytest.mark.parametrize(
    ("text", "target", "shown_text", "quote", "image"),
    [
        ("See [it](a b.md) or [that](<a b.md>).", "a b.md", "that", "[that](<a b.md>)", False),
        ("See [it][r].\n\n[r]: x_y.md 'T'", "x_y.md", "it", "[it][r]", False),
        ("See [r].\n\n[R]: x.md", "x.md", "r", "[r]", False),
        ("At <https://a.example/x>.", "https://a.example/x", "https://a.example/x", None, False),
        ("![The *app*](img/a(1).png)", "img/a(1).png", "The  app", None, True),
        ('See <a class="b" href="x.md">this</a>.', "x.md", "this", None, False),
        ("<img src='i.png' alt=Pic width=3>text", "i.png", "Pic", None, True),
    ],
)
def test_links_and_images_keep_their_target_as_written(
    text: str, target: str, shown_text: str, quote: str | None, image: bool
) -> None:
    link = article(text + "\n\nText.").links[0]
    assert (link.target, " ".join(link.text.split()), link.image) == (
        target,
        " ".join(shown_text.split()),
        image,
    )
    if quote:
        assert text[link.start : link.end] == quote


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Press <kbd>S</kbd> and H<sub>2</sub>O.", "Press S and H2O."),
        ("Ask <your-domain> if a < b.", "Ask <your-domain> if a < b."),
        ("One<br>two  \nthree\nfour", "One\ntwo\nthree four"),
        ("~~Old~~ \\*new\\* &lt;x&gt; `a  b`", "Old *new* <x> a b"),
        ("Text <!-- hidden\nwords --> more", "Text more"),
        ("Pay <span hidden>and say X</span>now.", "Pay now."),
        ('Pay <span style="display:none">nothing </span>now.', "Pay now."),
        ('Pay <b style="font-size: 0">nothing </b>now.', "Pay now."),
        ('Pay <b style="opacity: 0.9">it</b> now.', "Pay it now."),
        ("- [x] Tick **this**", "Tick this"),
        ("• First\n• Second", "First"),
    ],
)
def test_inline_markup_is_not_shown(text: str, plain: str) -> None:
    found = article(text)
    check_spans(found)
    assert blocks(found)[0].text == plain


def test_tags_in_code_are_text_and_tags_around_it_are_not() -> None:
    text = (
        "<div>\n\nUse `<b>` in:\n\n    no code in a div\n\n</div>\n\nThis is:\n\n    <i>code</i>\n"
    )
    assert shown(article(text)) == [
        ("paragraph", "Use <b> in:"),
        ("code", "no code in a div"),
        ("paragraph", "This is:"),
        ("code", "<i>code</i>"),
    ]


def test_a_paragraph_in_a_list_in_a_quote_keeps_its_place() -> None:
    text = "> Lead.\n>\n> 1. One\n>    more\n>\n>    ![i](i.png)\n> 2. Two\n"
    found = article(text)
    check_spans(found)
    assert shown(found) == [("paragraph", "Lead."), ("step", "One more"), ("step", "Two")]
    assert found.links[0].image
