"""Whatever is written, every span is true."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.errors import Permanent
from tests.kb.parse.reading import article, blocks, check_spans

PIECES = st.sampled_from(
    [
        "Open the app. ",
        "Tap **Save** now! ",
        "See [it](a.md). ",
        "`code` ",
        "![i](p.png) ",
        "&amp; ",
        "\\* ",
        "_x_ ",
        "<br>",
        "<b>",
        "</b>",
        "e.g. ",
        "~~",
        "**",
        "`",
        "<your-name> ",
        "é ",
        "😀 ",
        "\n",
        "\n\n",
        "\n# H\n",
        "\n## H {#id}\n",
        "\n- ",
        "\n  - ",
        "\n1. ",
        "\n> ",
        "\n    ",
        "\n|a|b|\n|-|-|\n|c|d|\n",
        "\n```\n",
        "\n:::note T\n",
        "\n:::\n",
        "\n---\n",
        "\n===\n",
        "<Note>",
        "</Note>",
        '<Tab title="iOS">',
        "</Tab>",
        '\n<Step title="go">\n',
        "\n</Step>\n",
        "<details><summary>Q</summary>",
        "</details>",
        "<!-- ",
        " -->",
        "<table><tr><td>x",
        "</table>",
        "\n<ol>\n<li>",
        "</li>",
        "\n!!! tip\n    ",
        "\u00a0",
        "\u2028",
        "\t",
        "\x0c",
        "| ",
        "{% x %}",
    ]
)
TEXTS = st.lists(PIECES, min_size=1, max_size=25).map("".join)
SLOW = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
KINDS = pytest.mark.parametrize("kind", ["text/markdown", "text/mdx", "text/html", "text/plain"])


@KINDS
@SLOW
@given(text=TEXTS)
def test_blocks_are_in_order_within_the_text(kind: str, text: str) -> None:
    try:
        found = article(text, kind)
    except Permanent:
        return
    check_spans(found)
    if kind != "text/html":
        assert found.text == text


@SLOW
@given(text=TEXTS)
def test_line_ends_make_no_difference(text: str) -> None:
    try:
        unix = article(text)
    except Permanent:
        return
    windows = article(text.replace("\n", "\r\n"))
    assert (windows.text, windows.sections, windows.links) == (unix.text, unix.sections, unix.links)


@SLOW
@given(
    words=st.lists(st.from_regex(r"[a-z]{2,8}", fullmatch=True), min_size=1, max_size=30),
    data=st.data(),
)
def test_no_word_is_lost_whatever_markup_stands_around_it(
    words: list[str], data: st.DataObject
) -> None:
    marks = [
        "{}",
        "**{}**",
        "*{}*",
        "`{}`",
        "[{}](x.md)",
        "<b>{}</b>",
        "\n\n{}",
        "\n- {}",
        "\n1. {}",
        "\n\n## {}\n\n",
        "\n\n<Note>{}</Note>\n\n",
        "\n\n> {}\n\n",
        "<!-- -->{}",
        "{}\n",
    ]
    text = " ".join(data.draw(st.sampled_from(marks)).format(word) for word in words)
    shown = " ".join(block.text for block in blocks(article(text)))
    assert re.findall("[a-z]+", shown) == words
