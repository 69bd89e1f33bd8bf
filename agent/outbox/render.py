"""A delivery as people read it: subject, plain text and HTML. What customers wrote is escaped."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from agent.outbox.delivery import Delivery

_LONGEST_SUBJECT = 120
_SPEAKER = {"customer": "Customer", "agent": "Assistant", "person": "Person"}

# A part of the case: its heading and its lines.
Part = tuple[str, Sequence[str]]


def subject(delivery: Delivery) -> str:
    """One line: the rule, and what the customer wants."""
    case = delivery.payload["handoff"]
    flat = " ".join(
        f"[{case['rule'] or case['reason']}] {case['wish'] or case['question']}".split()
    )
    return flat if len(flat) <= _LONGEST_SUBJECT else f"{flat[: _LONGEST_SUBJECT - 1]}…"


def as_text(delivery: Delivery) -> str:
    """Everything, in plain text."""
    blocks = (_block(heading, lines) for heading, lines in _parts(delivery))
    return "\n\n".join(blocks) + "\n"


def whole(case: Mapping[str, Any]) -> str:
    """A case, as `agent.outbox.payload.case` makes it, in plain text."""
    return "\n\n".join(_block(heading, lines) for heading, lines in _case(case))


def as_html(delivery: Delivery) -> str:
    """The same as a page for mail programs, without style sheets, pictures or scripts."""
    parts = "".join(_section(heading, lines) for heading, lines in _parts(delivery))
    return f"<!doctype html><html><body>{parts}</body></html>"


def _block(heading: str, lines: Sequence[str]) -> str:
    body = "\n".join(lines)
    return f"{heading}\n{body}" if heading else body


def _section(heading: str, lines: Sequence[str]) -> str:
    head = f"<h3>{escape(heading)}</h3>" if heading else ""
    body = "<br>".join(escape(line).replace("\n", "<br>") for line in lines)
    return f"{head}<p>{body}</p>"


def _parts(delivery: Delivery) -> Iterator[Part]:
    case = delivery.payload["handoff"]
    if delivery.opens:
        yield from _case(case)
    else:
        yield "The customer added", [delivery.payload["message"] or "(nothing readable)"]
        if case["email"]:
            yield "Answer to", [case["email"]]
    yield "", [f"Case {case['id']} · conversation {case['conversation_id']}"]


def _case(case: Mapping[str, Any]) -> Iterator[Part]:
    yield "", [case["summary"]]
    yield "What the customer wants", [case["wish"] or case["question"]]
    yield "About it", list(_about(case))
    if case["tried"]:
        yield "What was tried", [_attempt(item) for item in case["tried"]]
    if case["values"]:
        yield "What is known", [f"{name}: {value}" for name, value in case["values"].items()]
    yield (
        "The conversation",
        [f"{_SPEAKER.get(who, who)}: {text}" for who, text in case["transcript"]],
    )
    if case["evidence"]:
        yield "Closest articles", [_article(item) for item in case["evidence"]]
    yield "Draft of a reply", [case["draft"]]


def _about(case: Mapping[str, Any]) -> Iterator[str]:
    yield f"Team: {case['team']}"
    yield f"Reason: {case['reason'].replace('_', ' ')}"
    yield f"Sounds: {case['sentiment']}"
    yield f"Was told to expect an answer: {case['expected']}"
    if case["email"]:
        yield f"Answer to: {case['email']}"


def _attempt(item: Mapping[str, Any]) -> str:
    arguments = ", ".join(f"{name} = {value}" for name, value in item["arguments"].items())
    result = f": {item['result']}" if item["result"] else ""
    return f"{item['action']}({arguments}) → {item['status'].replace('_', ' ')}{result}"


def _article(item: Mapping[str, Any]) -> str:
    quote = " ".join(item["quote"].split())
    return f"{item['title']} ({item['url'] or item['article']}): “{quote}”"
