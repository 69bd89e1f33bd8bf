"""What a language model says when ragas asks it to judge; every text is one statement."""

import json
import re
from typing import Any

from tests.openai_server import Request


def agreeable(request: Request) -> dict[str, Any]:
    """Splits a text into one statement and finds every statement in its context."""
    return _reply(request, verdict=1)


def strict(request: Request) -> dict[str, Any]:
    """Splits a text into one statement and finds none in its context."""
    return _reply(request, verdict=0)


def silent(request: Request) -> dict[str, Any]:
    """Well-formed JSON that says nothing."""
    reply = _reply(request, verdict=1)
    return {name: type(value)() for name, value in reply.items()}


def _reply(request: Request, verdict: int) -> dict[str, Any]:
    prompt = request["messages"][-1]["content"]
    shown = _last_input(prompt)
    if "context" in shown:
        verdicts = [
            {"statement": text, "reason": "read", "verdict": verdict}
            for text in shown["statements"]
        ]
        return {"statements": verdicts}
    if "answer" in shown:
        return {"statements": [shown["answer"]]}
    if "atomicity" in shown:
        return {"claims": [shown["response"]]}
    return {"question": "How do I get a refund?", "noncommittal": 0}


def _last_input(prompt: str) -> dict[str, Any]:
    """The JSON object at the end of a ragas prompt: what it asks about."""
    tail = prompt[[match.start() for match in re.finditer(r"[Ii]nput: ?\{", prompt)][-1] :]
    values, _ = json.JSONDecoder().raw_decode(tail[tail.index("{") :])
    return dict(values)
