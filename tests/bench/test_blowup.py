"""A generated help center has the asked size, holds together and repeats nothing."""

from pathlib import Path

from tests.bench.blowup import blow_up, rename

PAGE = """---
title: Billing
---
# Billing
Open [settings](../account/settings.md) and choose the invoice address. `invoice_id` stays.
"""


def make(tmp_path: Path) -> Path:
    folder = tmp_path / "small"
    (folder / "account").mkdir(parents=True)
    (folder / "billing.md").write_text(PAGE)
    (folder / "account" / "settings.md").write_text("# Account\nChange the address of an invoice.")
    return folder


def test_it_has_exactly_as_many_articles_as_were_asked_for(tmp_path: Path) -> None:
    target = blow_up([make(tmp_path)], tmp_path / "large", 7)
    assert len(list(target.rglob("*.md"))) == 7


def test_no_two_articles_are_alike_and_the_first_copy_is_the_original(tmp_path: Path) -> None:
    target = blow_up([make(tmp_path)], tmp_path / "large", 6)
    texts = [path.read_text() for path in sorted(target.rglob("billing.md"))]
    assert texts[0] == PAGE
    assert len(set(texts)) == 3


def test_links_code_and_front_matter_stay_as_they_are() -> None:
    renamed = rename(PAGE, {"address": "account", "invoice": "parcel", "settings": "broken"})
    assert "(../account/settings.md)" in renamed
    assert "`invoice_id` stays" in renamed
    assert "title: Billing" in renamed
    assert "choose the parcel account" in renamed


def test_one_that_is_there_already_is_left_alone(tmp_path: Path) -> None:
    small = make(tmp_path)
    target = blow_up([small], tmp_path / "large", 4)
    (small / "billing.md").write_text("# Other")
    blow_up([small], tmp_path / "large", 4)
    assert not any(path.read_text() == "# Other" for path in target.rglob("billing.md"))
