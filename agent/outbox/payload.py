"""A case as it is delivered: the JSON of the webhook, and what the other ways are made of."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from agent.types import Attempt, Citation, Handoff


def payload(
    delivery_id: str, event: str, at: datetime, handoff: Handoff, message: str
) -> dict[str, Any]:
    """One event. `message` is what the customer wrote since, empty when the case is new."""
    return {
        "id": delivery_id,
        "event": event,
        "at": at.isoformat(),
        "message": message,
        "handoff": case(handoff),
    }


def case(handoff: Handoff) -> dict[str, Any]:
    """Everything that a person needs, under the names that the API uses."""
    return {
        "id": handoff.id,
        "conversation_id": handoff.conversation_id,
        "created_at": handoff.created_at.isoformat(),
        "reason": str(handoff.reason),
        "rule": handoff.rule,
        "team": handoff.team,
        "summary": handoff.summary,
        "wish": handoff.wish,
        "question": handoff.question,
        "tried": [_attempt(item) for item in handoff.tried],
        "values": dict(handoff.values),
        "sentiment": str(handoff.sentiment),
        "transcript": [list(line) for line in handoff.transcript],
        "evidence": [_citation(item) for item in handoff.evidence],
        "draft": handoff.draft,
        "expected": handoff.expected,
        "email": handoff.email,
    }


def _attempt(attempt: Attempt) -> dict[str, Any]:
    return asdict(attempt)


def _citation(citation: Citation) -> dict[str, Any]:
    return {
        "article": citation.path,
        "title": citation.title,
        "heading": citation.heading,
        "url": citation.url,
        "quote": citation.quote,
    }
