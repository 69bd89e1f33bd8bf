"""Among many articles, two sentences of one mould are mostly about two things."""

from datetime import date

import pytest

from kb.corpus import Corpus
from kb.detectors.contradiction import plugin
from kb.findings import Finding
from kb.settings import HygieneSettings
from tests.kb.articles import article

TOPICS = (
    *("invoices", "labels", "boards", "guests", "exports", "themes"),
    *("teams", "devices", "alerts", "backups", "forms", "maps"),
)
OTHER = "# About {0}\n\nYou can find {0} in the menu, and a list holds up to 40 {0}.\n"


def detect(*texts: str) -> list[Finding]:
    """In a help center of a dozen other articles."""
    others = [article(f"{topic}.md", OTHER.format(topic)) for topic in TOPICS]
    said = [article(f"said-{n}.md", text) for n, text in enumerate(texts)]
    return list(plugin.detect(Corpus([*others, *said], date(2026, 11, 22), HygieneSettings())))


def test_what_is_told_of_one_thing_is_found_among_many() -> None:
    assert detect(
        "# Refunds\n\nYou can ask for a refund within 14 days of the purchase.\n",
        "# Money back\n\nA refund can be asked for within 30 days of the purchase.\n",
    )


@pytest.mark.parametrize(
    "text",
    [
        "# Reference\n\n## chart.draw(data)\n\nDraws the chart of the data synchronously.\n\n"
        "## chart.drawLater(data)\n\nDraws the chart of the data asynchronously.\n",
        "# Hooks\n\n## Filter\n\nThe callback function receives three parameters.\n\n"
        "## Action\n\nThe callback function receives two parameters.\n",
    ],
)
def test_members_of_one_reference_page_are_two_things(text: str) -> None:
    assert detect(text) == []


def test_variants_told_apart_by_opposites_are_two_things() -> None:
    assert not detect(
        "# Text field\n\nItems with the value at the start of the stored text are found.\n",
        "# Text list\n\nItems with the value at the end of the stored text are found.\n",
    )


def test_who_holds_the_rights_is_no_claim() -> None:
    assert not detect(
        "# Skin\n\nCopyright (c) 2003-2013, Acme. All rights reserved.\n",
        "# Samples\n\nCopyright (c) 2003-2020, Acme. All rights reserved.\n",
    )
