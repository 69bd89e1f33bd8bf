"""Reading MDX components, admonitions and other markup of documentation tools."""

import pytest

from kb.types import BlockKind
from tests.kb.parse.reading import article, blocks, check_spans, paths, shown


def test_imports_exports_and_comments_of_mdx_are_no_text() -> None:
    text = (
        "import A from '@site/a';\nimport {\n  B,\n} from 'b';\n\n"
        "export const x = {\n  y: 1,\n};\n\n{/* hidden */}\n\n"
        "{exampleCode('x', null)}\n\nVisible.\n\n"
        "```js\nimport C from 'c';\n```\n"
    )
    assert shown(article(text, "text/mdx")) == [
        ("paragraph", "Visible."),
        ("code", "import C from 'c';"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "<Note>\n  Keep it dry.\n</Note>",
        "<Callout type='x'>Keep it dry.</Callout>",
        ":::note\nKeep it dry.\n:::",
        ":::warning\n\nKeep it dry.\n\n:::",
        "!!! tip\n    Keep it dry.",
        "> [!IMPORTANT]\n> Keep it dry.",
        "{% hint style='info' %}\nKeep it dry.\n{% endhint %}",
        "{{< note >}}\nKeep it dry.\n{{< /note >}}",
    ],
)
def test_admonitions_of_every_kind_are_notes(text: str) -> None:
    found = article(f"Before.\n\n{text}\n\nAfter.")
    check_spans(found)
    assert shown(found) == [
        ("paragraph", "Before."),
        ("note", "Keep it dry."),
        ("paragraph", "After."),
    ]


@pytest.mark.parametrize(
    "opening", [":::tip Good to know", ":::tip[Good to know]", '!!! tip "Good to know"']
)
def test_the_title_of_an_admonition_is_shown(opening: str) -> None:
    closing = ":::" if opening[0] == ":" else ""
    body = "    Text." if opening[0] == "!" else "Text."
    assert shown(article(f"{opening}\n{body}\n{closing}\n")) == [
        ("note", "Good to know"),
        ("note", "Text."),
    ]


def test_steps_inside_a_note_stay_steps() -> None:
    assert shown(article("<Note>\n1. One\n2. Two\n\nEnd.\n</Note>")) == [
        ("step", "One"),
        ("step", "Two"),
        ("note", "End."),
    ]


def test_a_tab_is_a_heading_for_what_it_holds_and_for_nothing_after_it() -> None:
    text = """\
## Install

<Tabs>
  <Tab title="iOS">
    1. Open the store.

    <Note>Needs iOS 17.</Note>
  </Tab>
  <Tab title="Android">
    1. Open Play.
  </Tab>
</Tabs>

Then sign in.
"""
    found = article(text)
    check_spans(found)
    assert paths(found) == [
        ("Install",),
        ("Install", "iOS"),
        ("Install", "Android"),
        ("Install",),
    ]
    assert [block.marker for block in blocks(found, BlockKind.STEP)] == ["1.", "1."]
    assert found.sections[3].anchor == "install"


@pytest.mark.parametrize(
    "text",
    [
        '<Accordion title="Why?">\nBecause.\n</Accordion>',
        "<details>\n<summary><b>Why?</b></summary>\n\nBecause.\n\n</details>",
        "<details><summary>Why?</summary>Because.</details>",
    ],
)
def test_what_folds_is_about_its_title(text: str) -> None:
    found = article(f"# T\n\n{text}\n\nAfter.")
    assert paths(found) == [(), ("Why?",), ()]
    assert [block.text for block in blocks(found)] == ["T", "Why?", "Because.", "After."]


def test_titled_steps_are_numbered_within_their_list() -> None:
    text = '<Steps>\n<Step title="Open it">\nText.\n</Step>\n<Step title="Close it" />\n</Steps>\n'
    steps = blocks(article(text, "text/mdx"), BlockKind.STEP)
    assert [(step.marker, step.text) for step in steps] == [("1.", "Open it"), ("2.", "Close it")]


def test_what_a_component_shows_is_text_and_its_target_a_link() -> None:
    text = '<Card\n  title="Set up"\n  icon="server"\n  href="/setup"\n>\n    Do it now\n</Card>\n'
    found = article(text, "text/mdx")
    assert shown(found) == [("paragraph", "Set up"), ("paragraph", "Do it now")]
    assert [(link.target, link.text) for link in found.links] == [("/setup", "Set up")]


def test_an_image_by_function_is_an_image() -> None:
    found = article("Look:\n\n<img alt=\"App\" src={useBaseUrl('img/a.png')} />\n", "text/mdx")
    assert [(link.target, link.text, link.image) for link in found.links] == [
        ("img/a.png", "App", True)
    ]
    assert shown(found) == [("paragraph", "Look:")]


def test_scripts_styles_and_players_are_not_read() -> None:
    text = "<style>\n.a { color: red }\n</style>\n\nText.\n\n<video src='x.mp4'>No video.</video>\n"
    assert shown(article(text)) == [("paragraph", "Text.")]


def test_html_lists_and_headings_are_read() -> None:
    text = (
        '<h2 id="own">Which <em>one</em></h2>\n'
        '<ol>\n<li>One</li>\n<li class="x">Two</li>\n</ol>\n<p>End.</p>\n'
    )
    found = article(text)
    check_spans(found)
    assert shown(found) == [
        ("heading", "Which one"),
        ("step", "One"),
        ("step", "Two"),
        ("paragraph", "End."),
    ]
    assert found.sections[0].anchor == "own"
