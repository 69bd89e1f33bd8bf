"""Numbers that no type of value carries, in sentences that are the same but for them."""

from datetime import date

import pytest

from kb.corpus import Corpus
from kb.detectors.contradiction import plugin
from kb.findings import Finding
from kb.settings import HygieneSettings
from tests.kb.articles import article


def detect(a: str, b: str) -> list[Finding]:
    articles = [article("one.md", f"{a}\n"), article("two.md", f"{b}\n")]
    return list(plugin.detect(Corpus(articles, date(2026, 11, 22), HygieneSettings())))


def test_one_number_exchanged_in_one_wording_is_a_contradiction_and_is_marked() -> None:
    (finding,) = detect(
        'If you pick "Last 14 days", the chart shows one bar for each day.',
        'If you pick "Last 21 days", the chart shows one bar for each day.',
    )
    marked = [e.quote[start:end] for e in finding.evidence for start, end in e.marks]
    assert marked == ["14", "21"]


def test_versions_of_three_parts_are_told_apart() -> None:
    assert detect(
        "If 2.1.67 runs on your computer, you can remove the schedule during the import.",
        "If 2.1.70 runs on your computer, you can remove the schedule during the import.",
    )


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (
            "Copy the location of the script from step 2 into the settings of the page.",
            "Copy the location of the script from step 1 into the settings of the page.",
        ),
        (
            "If you pick 2.50, a good answer makes the next interval much longer.",
            "If you pick 250, a good answer makes the next interval much longer.",
        ),
        (
            "If you pick 14, the chart shows one bar for each day of the period.",
            "If you pick 21, the sidebar lists every campaign of the last quarter.",
        ),
        (
            "For example, pick 14 to have the chart show one bar for each day.",
            "For example, pick 21 to have the chart show one bar for each day.",
        ),
    ],
)
def test_counted_steps_equal_numbers_other_sentences_and_examples_are_none(a: str, b: str) -> None:
    assert detect(a, b) == []


def test_what_something_is_used_to_do_is_no_history() -> None:
    assert detect(
        "Create a random 16-character token, which will be used to sign requests.",
        "Create a random 24-character token, which will be used to sign requests.",
    )
