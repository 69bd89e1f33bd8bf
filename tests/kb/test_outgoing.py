from kb.outgoing import outgoing
from tests.kb.detectors.documents import article


def test_links_to_other_sites_are_worth_trying_once_each() -> None:
    text = "# A\n\n[a](https://b.com/x) [b](//c.com) [c](https://b.com/x) [d](d.md)\n"
    assert outgoing([article("a.md", text)]) == ["https://b.com/x", "https://c.com"]


def test_placeholders_and_names_that_stand_for_examples_are_not() -> None:
    targets = [
        "https://example.com/a",
        "https://shop.example.org",
        "https://acme.example/login",
        "http://localhost:3000",
        "http://printer.local",
        "http://intranet/wiki",
        "https://%7Bstore%7D.acme.com",
        "https://acme.com/{id}",
        "http://[half",
    ]
    text = "# A\n\n" + " ".join(f"[x](<{target}>)" for target in targets)
    assert outgoing([article("a.md", text)]) == []


def test_ignored_links_are_left_alone() -> None:
    text = "# A\n\n[a](https://b.com/x) [b](https://social.com/a/b)\n"
    assert outgoing([article("a.md", text)], ["https://social.com/*"]) == ["https://b.com/x"]
