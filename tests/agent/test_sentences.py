"""A model's reply, cut up while it is still being written."""

import pytest

from agent.answers.sentences import Said, Sentences
from kb.types import BlockKind


def parts(reply: str, size: int) -> list[tuple[Said, ...]]:
    """What comes of a reply that arrives in pieces of so many characters."""
    cutter = Sentences()
    found = [
        part for at in range(0, len(reply), size) for part in cutter.feed(reply[at : at + size])
    ]
    return [*found, *cutter.end()]


@pytest.mark.parametrize("size", [1, 3, 7, 1000])
def test_sentences_come_one_by_one_and_lists_whole_however_they_arrive(size: int) -> None:
    reply = (
        "It costs $9.50 a month, e.g. for Solo. [1] That is all. [2][3]\n\n"
        "1. Open **Settings**. [1]\n2. Select `Save`. Then wait. [1, 2]\n\nDone."
    )
    found = parts(reply, size)
    assert [[said.text for said in part] for part in found] == [
        ["It costs $9.50 a month, e.g. for Solo."],
        ["That is all."],
        ["Open Settings.", "Select Save. Then wait."],
        ["Done."],
    ]
    assert [[said.cited for said in part] for part in found] == [
        [(1,)],
        [(2, 3)],
        [(1,), (1, 2)],
        [()],
    ]
    assert {said.kind for said in found[2]} == {BlockKind.STEP}
    assert [said.marker for said in found[2]] == ["1", "2"]


def test_a_sentence_comes_as_soon_as_the_next_one_begins() -> None:
    cutter = Sentences()
    assert list(cutter.feed("Refunds take 5 days. [1]")) == []
    assert [part[0].text for part in cutter.feed(" They")] == ["Refunds take 5 days."]


def test_a_list_waits_until_it_is_over() -> None:
    cutter = Sentences()
    assert list(cutter.feed("1. Open it. [1]\n2. Close it. [1]\n")) == []
    assert len(next(cutter.feed("That is all. [1]\n"))) == 2


def test_where_a_link_leads_stays_to_be_judged() -> None:
    [[said]] = parts("See [the page](https://evil.example/a). [1]", 5)
    assert said.text == "See the page (https://evil.example/a)."


def test_marks_alone_say_nothing() -> None:
    assert parts("---\n\n**\n[1]\n", 2) == []
