import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kb.errors import ConfigError, Permanent
from kb.questions import parse, read_questions
from kb.types import Question


def read(*lines: object) -> list[Question]:
    return list(parse("\n".join(json.dumps(line) for line in lines), "log.jsonl"))


def test_a_line_is_a_question() -> None:
    (question,) = read(
        {
            "id": 7,
            "text": " where is\nmy parcel? ",
            "asked_at": "2026-08-03T11:02:03Z",
            "resolved": False,
        }
    )
    asked = datetime(2026, 8, 3, 11, 2, 3, tzinfo=UTC)
    assert question == Question("7", "where is my parcel?", asked, resolved=False)


def test_of_a_conversation_the_customers_first_messages_are_the_question() -> None:
    (question,) = read(
        {
            "conversation_id": "c1",
            "messages": [
                {"role": "assistant", "text": "Hello!"},
                {"role": "user", "content": "hi"},
                {"role": "customer", "text": "where is my parcel"},
                {"role": "agent", "text": "On its way."},
                {"role": "user", "text": "thanks"},
            ],
        }
    )
    assert (question.id, question.text) == ("c1", "hi where is my parcel")


def test_empty_questions_blank_lines_and_repeated_ids_are_left_out(tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    log.write_text(
        '{"id": "a", "text": "x"}\n\n{"id": "b", "text": " "}\n{"id": "a", "text": "y"}\n'
    )
    assert [question.text for question in read_questions(log)] == ["x"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "not valid JSON"),
        ("[1]", "must be a JSON object"),
        ('{"text": "x"}', "no id"),
        ('{"id": "a"}', "no text"),
        ('{"id": "a", "text": 3}', "no text"),
        ('{"id": "a", "messages": "x"}', "messages must be a list"),
        ('{"id": "a", "messages": ["x"]}', "a message must be an object"),
        ('{"id": "a", "text": "x", "asked_at": "yesterday"}', "not an ISO 8601 time"),
    ],
)
def test_a_line_that_can_not_be_read_is_named(line: str, reason: str) -> None:
    with pytest.raises(Permanent, match=rf"log\.jsonl, line 2: .*{reason}"):
        list(parse('{"id": "1", "text": "fine"}\n' + line, "log.jsonl"))


def test_a_missing_log_is_the_operators_fault_and_a_binary_one_never_succeeds(
    tmp_path: Path,
) -> None:
    with pytest.raises(ConfigError, match="no such conversation log"):
        read_questions(tmp_path / "none.jsonl")
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(Permanent, match="not valid UTF-8"):
        read_questions(tmp_path / "binary")
