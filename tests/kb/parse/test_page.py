"""Reading HTML."""

import pytest

from kb.types import BlockKind
from tests.kb.parse.reading import article, blocks, check_spans, paths, quotes, shown

PAGE = """<html lang="de"><head><title>Range – Acme Help</title>
<meta name="owner" content="hw@acme.example"><meta name="reviewed" content="2026-08-14">
<style>p { color: red }</style></head>
<body><header><a href="/">Acme</a></header><nav>Menu</nav>
<div class="cookie-banner">We use cookies.</div>
<main><h1 id="top">Hub range</h1>
<p>The <b>Hub</b> reaches <a href="units.html#m">30 m</a>.<br>Walls
   cost some.</p>
<ol start="3"><li>Open it</li><li><p>Tap <i>Go</i></p><p>Wait.</p><ul><li>inner</li></ul></li></ol>
<div class="callout callout-warning"><p>Hot.</p></div>
<details><summary>Why?</summary><p>Because.</p></details>
<p>After. <img src="i.png" alt="A hub"></p>
<table><tr><th>Plan</th><th>Price</th></tr><tr><td>Free</td><td>$<b>0</b> &amp; up</td></tr></table>
<h2>Code</h2><pre>a = 1
  b</pre></main><footer>© Acme</footer><script>x()</script></body></html>"""


def read(markup: str = PAGE) -> list[tuple[str, str]]:
    return shown(article(markup, "text/html", "range.html"))


def test_what_a_reader_sees_is_read_and_the_chrome_is_not() -> None:
    assert read() == [
        ("heading", "Hub range"),
        ("paragraph", "The Hub reaches 30 m.\nWalls cost some."),
        ("step", "Open it"),
        ("step", "Tap Go"),
        ("step", "Wait."),
        ("list_item", "inner"),
        ("note", "Hot."),
        ("heading", "Why?"),
        ("paragraph", "Because."),
        ("paragraph", "After."),
        ("table_row", "Plan: Free; Price: $0 & up"),
        ("heading", "Code"),
        ("code", "a = 1\n  b"),
    ]


def test_quotes_are_the_visible_words() -> None:
    found = article(PAGE, "text/html")
    check_spans(found)
    assert quotes(found)[1:4] == ["The Hub reaches 30 m.", "Walls cost some.", "Open it"]
    assert "Free | $0 & up" in quotes(found)


def test_lists_keep_their_numbers_and_depth() -> None:
    items = blocks(article(PAGE, "text/html"), BlockKind.STEP, BlockKind.LIST_ITEM)
    assert [(item.marker, item.depth) for item in items] == [
        ("3.", 0),
        ("4.", 0),
        ("", 0),
        ("-", 1),
    ]


def test_a_fold_ends_where_it_closes() -> None:
    assert paths(article(PAGE, "text/html")) == [(), ("Why?",), (), ("Code",)]


def test_links_images_and_anchors_are_kept() -> None:
    found = article(PAGE, "text/html")
    assert [(link.target, link.text, link.image) for link in found.links] == [
        ("units.html#m", "30 m", False),
        ("i.png", "A hub", True),
    ]
    assert found.text[found.links[0].start : found.links[0].end] == "30 m"
    assert "top" in found.anchors


def test_the_head_speaks_like_front_matter() -> None:
    found = article(PAGE, "text/html")
    assert (found.owner, str(found.reviewed_on), found.locale) == (
        "hw@acme.example",
        "2026-08-14",
        "de",
    )


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        ("<title>Range – Acme</title><h1>Hub range</h1>", "Hub range"),
        ("<title>Range | Acme Help</title><p>x</p>", "Range"),
        ("<h2>Only this</h2><p>x</p>", "Only this"),
        ("<p>x</p>", "Set up hub"),
    ],
)
def test_the_title_is_the_heading_the_page_title_or_the_file_name(markup: str, title: str) -> None:
    assert article(markup, "text/html", "a/set-up_hub.html").title == title


def test_broken_markup_with_control_characters_is_read_as_far_as_it_goes() -> None:
    assert read("<p>One<p>Two\x0c<b>x</i> &#12; <t<note>y<table><tr><td>cell")[0] == (
        "paragraph",
        "One",
    )


def test_the_cells_of_an_inner_table_are_part_of_the_outer_cell() -> None:
    inner = "<table><tr><td>y</td></tr></table>"
    markup = f"<table><tr><th>A</th><th>B</th></tr><tr><td>x</td><td>{inner}</td></tr></table>"
    assert read(markup) == [("table_row", "A: x; B: y")]
