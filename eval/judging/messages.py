"""A conversation as ragas' multi-turn metrics read it."""

from collections.abc import Iterator, Sequence
from typing import Any

from ragas.messages import AIMessage, HumanMessage, ToolCall, ToolMessage

from agent.types import Turn


def messages(turns: Sequence[Turn]) -> list[Any]:
    """ragas messages, in order: what the customer wrote, the calls with what they returned, and
    what the agent said. Each text is one line, so that none can pass for the next message."""
    return [message for turn in turns for message in _of(turn)]


def _of(turn: Turn) -> Iterator[Any]:
    yield HumanMessage(content=_line(turn.question))
    for call in turn.attempts:
        arguments = {name: _line(value) for name, value in call.arguments.items()}
        yield AIMessage(content="", tool_calls=[ToolCall(name=call.action, args=arguments)])
        yield ToolMessage(content=_line(f"{call.status}: {call.result}"))
    yield AIMessage(content=_line(turn.text))


def _line(text: str) -> str:
    return " ".join(text.split())
