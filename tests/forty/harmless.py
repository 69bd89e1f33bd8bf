"""Changes that make nothing worse, and must pass."""

import os
import re

from tests.forty.change import Change, Way
from tests.forty.world import World

_NEW_ARTICLE = """---
title: Cleaning your planters
owner: support@larkspur-home.example
reviewed: 2026-11-10
audience: customers
product: Shop
tags: [planters, cleaning]
---

# Cleaning your planters

Glazed planters may go into the dishwasher. Wooden ones should only be wiped with a damp cloth.

## Lime stains

Rub white rims with half a lemon and rinse them off. Vinegar works too, but it dulls the glaze.
"""
_NEW_PROCEDURE = """---
title: The newsletter
description: The customer no longer wants the newsletter.
examples:
  - Please take me off your newsletter
  - Unsubscribe me from the newsletter
  - Stop sending me the newsletter
not:
  - Do you have a newsletter?
  - Which e-mails do you send?
who: anonymous
actions: []
team: support
---

1. Tell the customer "The link at the foot of each newsletter ends it at once."
"""
_NEW_CONVERSATION = """# Conversations about the newsletter

## The link is named
- Customer: Please take me off your newsletter
- Agent says: link at the foot
- Ends
"""
_NEW_CASE = (
    '{"id": "n001", "question": "what happens when i type a wrong password five times", '
    '"decision": "answer", "reference": "The sign-in is locked for 30 minutes.", '
    '"articles": ["account-and-security/locked-out.md"], "tags": ["account"]}\n'
)


def _said(told: str, path: str, *changes: tuple[str, str]) -> Way:
    return Way(f"{told} ({path})", lambda world: world.edit(path, *changes))


def _article(told: str, path: str, *changes: tuple[str, str]) -> Way:
    return _said(told, f"articles/{path}", *changes)


def _written(told: str, **files: str) -> Way:
    def make(world: World) -> None:
        for name, text in files.items():
            world.write(name, text)

    return Way(told, make)


def _sections_turned(path: str, title: str) -> Way:
    """The section goes to the end of its article."""

    def make(world: World) -> None:
        world.rewrite(f"articles/{path}", lambda text: _last(text, title))

    return Way(f"section '{title}' of {path} goes to its end", make)


def _last(text: str, title: str) -> str:
    begin = text.index(f"## {title}")
    following = re.compile(r"^## ", re.MULTILINE).search(text, begin + 3)
    assert following is not None
    end = following.start()
    return f"{text[:begin]}{text[end:].rstrip()}\n\n{text[begin:end].rstrip()}\n"


def _rewritten(world: World) -> None:
    """Every file made anew, the last one first, with other times."""
    for number, path in enumerate(sorted((world.center / "articles").rglob("*"), reverse=True)):
        if path.is_file():
            content = path.read_bytes()
            path.unlink()
            path.write_bytes(content)
            os.utime(path, (1_700_000_000 + number, 1_700_000_000 + number))


def _spaced(text: str) -> str:
    """Spaces at line ends, and two empty lines for one."""
    head, mark, body = text[4:].partition("\n---\n")
    return text[:4] + head + mark + body.replace("\n\n", " \n\n\n") + "\n\n"


def _patched(world: World) -> None:
    world.take_code()
    folder = world.code / "wellkept-0.1.1.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: wellkept\nVersion: 0.1.1\n")
    with (world.code / "kb/types.py").open("a", encoding="utf-8") as file:
        file.write("\n# A comment more.\n")


def _turned(text: str) -> str:
    return "".join(reversed(text.splitlines(keepends=True)))


def _row(number: int, name: str, *ways: Way) -> Change:
    return Change(str(number), name, ways, refused=False)


_LOCKED = "account-and-security/locked-out.md"
_TRIAL = "plans-and-billing/free-trial.md"
_REFUND = "procedures/refund.md"

HARMLESS = (
    _row(
        21,
        "a sentence reworded",
        _article("says the same", _LOCKED, (
            "After five wrong passwords in a row we lock the sign-in for 30 minutes.",
            "Five wrong passwords in a row, and we lock the sign-in for 30 minutes.",
        )),
        _article("says the same", "app/vacation-mode.md", (
            "Sixty days is the maximum length.", "The maximum length is sixty days.",
        )),
        _article("says the same", "shipping/delivery-times.md", (
            "There's no express to Canada", "We don't offer express to Canada",
        )),
    ),
    _row(
        22,
        "files and sections in another order",
        Way("every file made anew, the last one first", _rewritten),
        _sections_turned("plans-and-billing/yearly-plans.md", "What you save"),
    ),
    _row(
        23,
        "an unrelated new article",
        _written("about cleaning planters", **{"articles/shop/cleaning.md": _NEW_ARTICLE}),
    ),
    _row(
        24,
        "a new owner",
        _article("of one article", _LOCKED, ("trust@larkspur-home", "security@larkspur-home")),
        _said("of the help center", "wellkept.toml", (
            'owner = "content@larkspur-home', 'owner = "editors@larkspur-home',
        )),
    ),
    _row(25, "a patch version", Way("Wellkept 0.1.1, with a comment more in its code", _patched)),
    _row(
        26,
        "typos mended",
        _article("'Looking for' reads 'Searching'", "plans-and-billing/yearly-plans.md", (
            "Put differently, Studio", "In other words, Studio",
        )),
        _said("in a procedure", _REFUND, ("hasn't left yet, so", "has not left yet, so")),
    ),
    _row(
        27,
        "formatting and blank lines",
        Way(
            "blank lines and spaces at line ends in an article",
            lambda world: world.rewrite(f"articles/{_TRIAL}", _spaced),
        ),
        _article("bold words", "app/vacation-mode.md", (
            "Helpers don't need an account.", "Helpers **don't need** an account.",
        )),
    ),
    _row(28, "a tag more", _article("in the front matter", _TRIAL, (
        "tags: [trial, plus]", "tags: [trial, plus, start]",
    ))),
    _row(
        29,
        "a longer introduction",
        _article("two sentences more", "app/vacation-mode.md", (
            "someone who can do something about it.",
            "someone who can do something about it. A neighbour is enough, and so is a friend. "
            "Plants are patient, as long as somebody looks after them now and then.",
        )),
        _article("a sentence more", _LOCKED, (
            "they open in different ways.",
            "they open in different ways. None of them is there to annoy you.",
        )),
    ),
    _row(30, "a sentence in other words beside it", _article(
        "says it twice", "sensors/batteries.md", (
            "and you keep all history.", "and you keep all history. No past reading is lost.",
        ))),
    _row(
        31,
        "a new link between articles",
        _article("to the trial", "plans-and-billing/yearly-plans.md", (
            "Plus and Studio can be paid by the month or by the year.",
            "Plus and Studio can be paid by the month or by the year. "
            "Not sure yet? See [Free trial of Plus](free-trial.md).",
        )),
    ),
    _row(32, "a comment in a procedure", _said("in its front matter", _REFUND, (
        "who: verified\n", "# Checked with billing in November.\nwho: verified\n",
    ))),
    _row(
        33,
        "a step that tells is reworded",
        _said("its conversations still hold", _REFUND, (
            "All right, nothing was changed.", "All right: nothing was changed, nor will it be.",
        )),
        _said("its conversations still hold", "procedures/order-cancellation.md", (
            "is cancelled already.", "was cancelled already.",
        )),
    ),
    _row(34, "a time-out of the backend", _said("7 s", "actions.toml", (
        "timeout_s = 5", "timeout_s = 7",
    ))),
    _row(35, "a new golden case that passes", Way(
        "about the locked sign-in",
        lambda world: world.rewrite("golden.jsonl", lambda text: text + _NEW_CASE),
    )),
    _row(36, "golden cases in another order", Way(
        "the last one first", lambda world: world.rewrite("golden.jsonl", _turned)
    )),
    _row(37, "a review date", _article("today's", "shipping/delivery-times.md", (
        "reviewed: 2026-10-19", "reviewed: 2026-11-19",
    ))),
    _row(38, "the text of an image", _article("of the Hub", "getting-started/set-up-the-hub.md", (
        "![Front of the Hub with the light bar]", "![The Hub from the front, its light bar lit]",
    ))),
    _row(39, "the markup of an HTML article", _article(
        "classes and a section", "plans-and-billing/billing-faq.html", (
            "<p>Short answers. Each links to the long one.</p>",
            '<p class="lead">Short answers. Each links to the long one.</p>',
        ), ("<h3>", '<h3 class="question">'))),
    _row(40, "a new procedure with its conversation", _written(
        "about the newsletter", **{
            "procedures/newsletter.md": _NEW_PROCEDURE,
            "procedures/newsletter.test.md": _NEW_CONVERSATION,
        })),
)  # fmt: skip
