"""Reads what customers asked, from a conversation log.

A log is JSONL. A line is either a question, `{"id", "text", "asked_at"?, "resolved"?}`, or an
exported conversation, `{"conversation_id", "messages": [{"role", "text" or "content"}, …]}`, of
which the customer's first messages, up to the first answer, are the question.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kb.errors import ConfigError, Permanent
from kb.types import Question

CUSTOMER_ROLES = frozenset({"user", "customer", "contact", "visitor", "end_user", "enduser"})
LONGEST = 4_000


def read_questions(path: Path) -> list[Question]:
    """Every question, in the order of the log; empty ones are left out, a repeated id keeps its
    first question. Raises `ConfigError` when there is no such file, and `Permanent`, naming the
    line, for one that can't be read."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ConfigError(f"{path}: no such conversation log") from None
    except UnicodeDecodeError as error:
        raise Permanent(f"{path}: not valid UTF-8 at byte {error.start}") from None
    return list(parse(text, str(path)))


def parse(text: str, name: str) -> Iterator[Question]:
    """The questions of a log's text; `name` stands in errors."""
    seen: set[str] = set()
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        question = _question(_object(line, name, number), name, number)
        if question.text and question.id not in seen:
            seen.add(question.id)
            yield question


def _object(line: str, name: str, number: int) -> Mapping[str, Any]:
    try:
        value = json.loads(line)
    except json.JSONDecodeError as error:
        raise Permanent(f"{name}, line {number}: not valid JSON: {error.msg}") from None
    if not isinstance(value, dict):
        raise Permanent(f"{name}, line {number}: a line must be a JSON object")
    return value


def _question(value: Mapping[str, Any], name: str, number: int) -> Question:
    text: object = value.get("text")
    identity = value.get("id")
    if "messages" in value:
        identity = value.get("conversation_id", identity)
        text = _opening(value["messages"], name, number)
    if identity is None or not str(identity).strip():
        raise Permanent(f"{name}, line {number}: no id or conversation_id")
    if not isinstance(text, str):
        raise Permanent(f"{name}, line {number}: no text, and no messages")
    resolved = value.get("resolved")
    return Question(
        id=str(identity),
        text=" ".join(text.split())[:LONGEST],
        asked_at=_time(value.get("asked_at", value.get("created_at")), name, number),
        resolved=resolved if isinstance(resolved, bool) else None,
    )


def _opening(messages: object, name: str, number: int) -> str:
    """What the customer wrote before anybody answered."""
    if not isinstance(messages, Sequence) or isinstance(messages, str):
        raise Permanent(f"{name}, line {number}: messages must be a list")
    said: list[str] = []
    for message in messages:
        if not isinstance(message, Mapping):
            raise Permanent(f"{name}, line {number}: a message must be an object")
        customer = str(message.get("role", message.get("author", ""))).lower() in CUSTOMER_ROLES
        text = message.get("text", message.get("content"))
        if customer and isinstance(text, str):
            said.append(text)
        elif said:
            break
    return " ".join(said)


def _time(value: object, name: str, number: int) -> datetime | None:
    """Aware and in UTC; a time without a zone counts as UTC."""
    if value is None:
        return None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return datetime.fromtimestamp(value, UTC)
    try:
        time = datetime.fromisoformat(str(value))
    except ValueError:
        raise Permanent(f"{name}, line {number}: '{value}' is not an ISO 8601 time") from None
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
