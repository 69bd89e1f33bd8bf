"""Scenarios are read strictly, and what is wrong with one is said in words."""

from pathlib import Path

import pytest

from eval.simulation.reading import read_scenarios
from eval.simulation.sandbox import read_sandbox
from kb.errors import ConfigError

GOOD = """
id: refund
title: A refund
tags: [refund]
says: [refund please, "yes"]
expect: {decision: answer}
"""


def write(folder: Path, text: str, name: str = "one.yaml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_file_holds_one_scenario_or_a_list_of_them(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    write(
        tmp_path,
        "- {id: a, title: A, says: x, expect: {}}".replace("says: x", "says: [x]"),
        "b.yaml",
    )

    assert [item.id for item in read_scenarios(tmp_path)] == ["a", "refund"]


def test_yes_and_no_are_words_and_numbers_are_text_for_customers(tmp_path: Path) -> None:
    write(tmp_path, "{id: a, title: A, says: [yes, no, [on, off], 43004], expect: {}}")

    (found,) = read_scenarios(tmp_path)

    assert found.says == (("yes",), ("no",), ("on", "off"), ("43004",))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("decision:", "decison:"), r"unknown key 'expect.decison'; did you mean 'decision'\?"),
        (("answer", "agree"), "expect.decision.0: Input should be 'answer'"),
        (("says:", "plays: {opens: hi}\nsays:"), "has either `says` or `plays`"),
        (('says: [refund please, "yes"]', ""), "has either `says` or `plays`"),
        (("id: refund", "id: Refund me"), "id: String should match pattern"),
        (("title: A refund", "title: ''"), "title: String should have at least 1 character"),
        (("{decision: answer}", "{says: ['(']}"), "not a regular expression"),
        (("{decision: answer}", "{changes: {a: {b: {c: 1}}}}"), "changes need calls"),
        (("{decision: answer}", "{calls: [{pay: {}}]}"), "calls need a claim"),
        (
            ("{decision: answer}", "{decision: answer, reason: limit}"),
            "goes with the decision handoff",
        ),
        (("tags:", "customer: {identity: verified}\ntags:"), "a verified customer needs an id"),
        (("tags:", "now: 2026-11-20T15:00:00\ntags:"), "`now` needs a time zone"),
        (("tags:", "failures: [{operation: x, kind: explode}]\ntags:"), "failures.0.kind"),
        (("title:", "title: B\ntitle:"), "key 'title' stands twice"),
        (("tags: [refund]", "tags: [refund"), "line 5: not valid YAML"),
    ],
)
def test_a_fault_is_named_with_its_place(
    tmp_path: Path, change: tuple[str, str], message: str
) -> None:
    write(tmp_path, GOOD.replace(*change))

    with pytest.raises(ConfigError, match=message) as error:
        read_scenarios(tmp_path)

    assert "one.yaml" in str(error.value)


def test_an_id_that_stands_twice_is_named_with_both_files(tmp_path: Path) -> None:
    write(write(tmp_path, GOOD), GOOD, "two.yaml")

    with pytest.raises(ConfigError, match=r"two\.yaml: id 'refund' stands in .*one\.yaml already"):
        read_scenarios(tmp_path)


def test_scenarios_are_chosen_by_id_file_and_tag(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    write(tmp_path, GOOD.replace("id: refund", "id: other").replace("[refund]", "[x]"), "two.yaml")

    assert [item.id for item in read_scenarios(tmp_path, ["other"])] == ["other"]
    assert [item.id for item in read_scenarios(tmp_path, ["one"])] == ["refund"]
    assert [item.id for item in read_scenarios(tmp_path, tags=["x"])] == ["other"]
    with pytest.raises(ConfigError, match=r"no scenario 'refnd' .*did you mean 'refund'\?"):
        read_scenarios(tmp_path, ["refnd"])
    with pytest.raises(ConfigError, match="known are refund, x"):
        read_scenarios(tmp_path, tags=["y"])


def test_a_folder_without_scenarios_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="holds no scenarios"):
        read_scenarios(tmp_path)
    with pytest.raises(ConfigError, match="no such folder"):
        read_scenarios(tmp_path / "none")


def test_the_sandbox_file_says_how_backends_are_started(tmp_path: Path) -> None:
    text = "now: 2026-11-20T15:00:00Z\nbackends: {shop: {start: [python, shop.py]}}\n"
    write(tmp_path, text, "sandbox.yaml")

    assert read_sandbox(tmp_path).backends["shop"].start == ("python", "shop.py")

    write(tmp_path, text.replace("start", "strt"), "sandbox.yaml")
    with pytest.raises(ConfigError, match=r"unknown key 'backends\.shop\.strt'"):
        read_sandbox(tmp_path)
    with pytest.raises(ConfigError, match="no such file"):
        read_sandbox(tmp_path / "none")
