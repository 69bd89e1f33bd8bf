"""Golden sets are read strictly, and say where they are wrong."""

import json
from pathlib import Path

import pytest

from agent.types import Decision
from eval.case import Case
from eval.golden import missing_articles, read
from kb.errors import ConfigError

ANSWER = {
    "id": "a1",
    "question": "Can I get a refund?",
    "decision": "answer",
    "reference": "Yes, within 30 days.",
    "articles": ["refunds.md"],
    "tags": ["billing"],
    "reason": None,
}
HANDOFF = {"id": "h1", "question": "Who won?", "decision": "handoff", "reason": "out_of_scope"}


def write(tmp_path: Path, *lines: object) -> Path:
    path = tmp_path / "golden.jsonl"
    text = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    path.write_text("\n".join(text), encoding="utf-8")
    return path


def test_cases_come_in_the_order_of_the_file_with_all_their_fields(tmp_path: Path) -> None:
    cases = read(write(tmp_path, ANSWER, "", {**HANDOFF, "weight": 2}))
    assert cases == [
        Case(
            id="a1",
            question="Can I get a refund?",
            decision=Decision.ANSWER,
            reference="Yes, within 30 days.",
            articles=("refunds.md",),
            tags=("billing",),
        ),
        Case("h1", "Who won?", Decision.HANDOFF, reason="out_of_scope", weight=2.0),
    ]


def test_a_byte_order_mark_is_no_obstacle(tmp_path: Path) -> None:
    path = tmp_path / "golden.jsonl"
    path.write_text(json.dumps(ANSWER), encoding="utf-8-sig")
    assert [case.id for case in read(path)] == ["a1"]


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{not json", "line 2: Invalid JSON"),
        ({**ANSWER, "id": "a2", "decision": "maybe"}, "line 2: decision: .*'answer'"),
        ({**ANSWER, "id": "a2", "artcles": []}, "line 2: artcles: Extra inputs"),
        ({**ANSWER, "id": "a2", "question": "  "}, "line 2: question: "),
        ({"id": "a2", "decision": "answer"}, "line 2: question: Field required"),
        ({**ANSWER, "id": "a2", "weight": 0}, "line 2: weight: "),
        (ANSWER, "line 2: id 'a1' is used twice"),
        (
            {"id": "a2", "question": "Q?", "decision": "answer"},
            "line 2: a case due an answer needs articles",
        ),
        ([1, 2], "line 2: "),
    ],
)
def test_a_bad_line_is_named_with_what_is_wrong(
    tmp_path: Path, line: object, complaint: str
) -> None:
    with pytest.raises(ConfigError, match=complaint):
        read(write(tmp_path, ANSWER, line))


def test_every_bad_line_is_named_up_to_ten(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        read(write(tmp_path, *["nonsense"] * 12))
    assert "line 10:" in str(caught.value)
    assert "line 11:" not in str(caught.value)
    assert "and 2 more" in str(caught.value)


def test_a_file_that_is_not_there_is_an_error_of_the_operator(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such file"):
        read(tmp_path / "golden.jsonl")


def test_a_file_that_is_not_text_is_an_error_of_the_operator(tmp_path: Path) -> None:
    path = tmp_path / "golden.jsonl"
    path.write_bytes(b"\xff\xfe\x00\x01")
    with pytest.raises(ConfigError, match="can't be read"):
        read(path)


def test_articles_that_do_not_exist_are_named_with_their_case(tmp_path: Path) -> None:
    cases = read(write(tmp_path, ANSWER, {**ANSWER, "id": "a2", "articles": ["x.md", "y.md"]}))
    assert missing_articles(cases, {"refunds.md", "y.md"}) == [("a2", "x.md")]
