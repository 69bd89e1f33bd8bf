from dataclasses import replace
from pathlib import Path
from random import Random

from kb.cache import FileCache
from kb.detectors.duplicate import plugin
from kb.findings import Finding, Severity
from kb.types import Article
from tests.kb.detectors.documents import article, corpus

STEPS = (
    "Open the settings of your account and choose the address that you want to replace. "
    "Type the new address twice and confirm it with your password, so that nobody else can. "
    "We send a letter to both addresses; the link in it works for 24 hours. "
    "Until you follow the link, the old address stays in use and receives all alerts. "
    "Afterwards invoices, reports and alerts go to the new address from the next day on. "
    "If the letter does not arrive, look into the folder for junk before you ask for another. "
    "You can repeat this as often as you like, and the history of your account is kept."
)
OTHER = (
    "Plants in the shade drink less than plants in the sun, whatever the label on the pot says. "
    "Feel the soil with a finger, wait for the top to dry, and pour until water runs out below. "
    "In winter most of them rest, and half of what you gave them in summer is more than enough."
)

FLAT = (
    "Tell the landlord three months ahead, book a van early, and pack the kitchen last of all. "
    "Label every box on two sides with its room and what is inside it, heavy things below. "
    "Photograph the meters on the last day, hand the keys over against a receipt, and breathe. "
    "Neighbours like to hear of it before the lift is blocked for a whole afternoon by wardrobes."
)


def found(*articles: Article) -> list[Finding]:
    return list(plugin.detect(corpus(articles)))


def test_two_articles_that_say_the_same_make_one_finding_that_shows_how_they_drifted() -> None:
    one = article("a/change.md", f"# Change the address\n\n{STEPS}\n")
    two = article("b/update.md", f"# Update the address\n\n{STEPS.replace('24', '48')}\n")
    (finding,) = found(one, two, article("c.md", f"# Plants\n\n{OTHER}\n"))
    assert finding.severity is Severity.MEDIUM
    assert "'24' against '48'" in finding.explanation
    assert ["24 hours" in finding.evidence[0].quote, "48 hours" in finding.evidence[1].quote]
    assert {item.path for item in finding.evidence} == {"a/change.md", "b/update.md"}


def test_three_copies_make_one_finding_in_any_order() -> None:
    pages = [article(f"{n}.md", f"# Address {n}\n\n{STEPS}\n") for n in "abc"]
    findings = found(*pages)
    assert [len(finding.evidence) for finding in findings] == [3]
    assert found(*reversed(pages)) == findings


def test_a_section_copied_into_another_article_is_reported() -> None:
    one = article("a.md", f"# Mail\n\n{OTHER}\n\n## Change the address\n\n{STEPS}\n")
    two = article("b.md", f"# Moving\n\n{FLAT}\n\n## Change the address\n\n{STEPS}\n")
    (finding,) = found(one, two)
    assert "Change the address" in finding.title
    assert [item.heading for item in finding.evidence] == ["Change the address"] * 2


def test_pages_of_one_template_about_different_things_are_not_duplicates() -> None:
    def page(name: str) -> Article:
        text = STEPS.replace("your account", f"your {name} account").replace(
            "We send", f"{name} sends"
        )
        return article(f"connect/{name.lower()}.md", f"# Connect with {name}\n\n{text}\n")

    assert found(page("Caddy"), page("Netlify")) == []


def test_listings_and_a_shared_sentence_are_not_duplicates() -> None:
    listing = "```\n" + STEPS.replace(". ", ".\n") + "\n```\n"
    shared = "If you need help, write to us, and we answer within one business day."
    one = article("a.md", f"# A\n\n{OTHER} {shared}\n\n{listing}")
    two = article("b.md", f"# B\n\nSomething else altogether stands here. {shared}\n\n{listing}")
    assert found(one, two) == []


def test_release_notes_are_not_compared() -> None:
    one = article("changelog.md", f"# Changelog\n\n{STEPS}\n")
    assert found(one, article("b.md", f"# Address\n\n{STEPS}\n")) == []


def test_the_id_survives_a_drift_of_the_text() -> None:
    one = article("a.md", f"# Address\n\n{STEPS}\n")
    before = found(one, article("b.md", f"# Addresses\n\n{STEPS}\n"))
    after = found(one, article("b.md", f"# Addresses\n\n{STEPS.replace('24', '36')}\n"))
    assert [f.id for f in before] == [f.id for f in after]


def test_every_copy_is_found_among_many_unlike_articles() -> None:
    words = [f"word{n}" for n in range(3_000)]
    random = Random(5)
    texts = [" ".join(random.choices(words, k=90)) for _ in range(60)]
    pages = [article(f"p{n:02}.md", f"# Page {n}\n\n{text}.\n") for n, text in enumerate(texts)]
    copies = [article(f"q{n:02}.md", f"# Copy {n}\n\nNew. {texts[n]}.\n") for n in range(10)]
    pairs = [tuple(item.path for item in f.evidence) for f in found(*pages, *copies)]
    assert pairs == [(f"p{n:02}.md", f"q{n:02}.md") for n in range(10)]


def test_the_words_that_differ_are_marked_and_told() -> None:
    one = article("a.md", f"# Address\n\n{STEPS}\n")
    two = article("b.md", f"# Addresses\n\n{STEPS.replace('for 24 hours', 'for **48** hours')}\n")
    (finding,) = found(one, two)
    marked = [[e.quote[start:end] for start, end in e.marks] for e in finding.evidence]
    assert marked == [["24"], ["48"]]
    assert finding.details["drift"] == "They have drifted apart: '24' against '48'."


def test_a_negation_that_only_one_has_is_a_drift() -> None:
    two = STEPS.replace("stays in use", "does not stay in use").replace("and receives", "or gets")
    pages = article("a.md", f"# Address\n\n{STEPS}\n"), article("b.md", f"# Mail\n\n{two}\n")
    assert "not" in found(*pages)[0].details["drift"]


def test_what_only_one_copy_says_is_told() -> None:
    more = "Whoever owns the contract gets a copy of the letter by post as well."
    two = article("b.md", f"# Addresses\n\n{STEPS}\n\n{more}\n")
    (finding,) = found(article("a.md", f"# Address\n\n{STEPS}\n"), two)
    assert finding.details["drift"] == f"Only 'Addresses' says: '{more}'"


def test_a_section_in_pages_of_one_pattern_is_of_the_lowest_severity() -> None:
    def copied(first: str, second: str) -> Finding:
        pages = [
            article("a.md", f"# {first}\n\n{OTHER}\n\n## Address\n\n{STEPS}\n"),
            article("b.md", f"# {second}\n\n{FLAT}\n\n## Address\n\n{STEPS.replace('24', '48')}\n"),
        ]
        (finding,) = found(*pages)
        return finding

    assert copied("Add mail to Carrd", "Add mail to Webflow").severity is Severity.LOW
    assert copied("Add mail to Carrd", "Move to a new flat").severity is Severity.MEDIUM


def test_what_was_read_before_gives_the_same_findings(tmp_path: Path) -> None:
    pages = [article(f"{n}.md", f"# Address {n}\n\n{STEPS}\n") for n in "abc"]
    given = replace(corpus(pages), cache=FileCache(tmp_path / "cache.db"))
    first = list(plugin.detect(given))
    assert list(plugin.detect(given)) == first == found(*pages)


def test_a_run_after_an_edit_finds_what_one_from_the_beginning_does(tmp_path: Path) -> None:
    random = Random(3)
    words = [f"word{n}" for n in range(400)]
    texts = [" ".join(random.choices(words, k=120)) for _ in range(12)]
    section = "## Change the address\n\n" + STEPS + "\n"
    pages = {f"{n:02}.md": f"# Page {n}\n\n{text}.\n" for n, text in enumerate(texts)}
    pages |= {f"copy-{n}.md": f"# Copy {n}\n\nNew. {texts[n]}.\n" for n in range(3)}
    pages |= {f"how-{n}.md": f"# How {n}\n\n{texts[n + 6]}\n\n{section}" for n in range(3)}
    cache = FileCache(tmp_path / "cache.db")
    edits = [
        {"03.md": pages["03.md"] + "\nOne sentence more.\n"},
        {"copy-1.md": f"# Copy 1\n\n{texts[1].replace('word7', 'word 9')}.\n"},
        {"how-2.md": pages["how-2.md"].replace("24 hours", "48 hours")},
        {"05.md": pages["04.md"], "copy-0.md": "# Copy 0\n\nGone.\n"},
    ]
    for edit in [{}, *edits]:
        pages = pages | edit
        articles = [article(path, text) for path, text in pages.items()]
        kept = list(plugin.detect(replace(corpus(articles), cache=cache)))
        assert kept == found(*articles) != []
