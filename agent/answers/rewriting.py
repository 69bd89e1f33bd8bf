"""Follow-up questions made self-contained, and translated, by a language model."""

import json
from collections.abc import Sequence

from agent.answers.words import STOP_WORDS, term, words
from agent.models.assistance import Assistance
from agent.types import Turn
from kb.errors import Transient

SCHEMA: dict[str, object] = {
    "type": "object",
    "properties": {"question": {"type": "string", "maxLength": 2000}},
    "required": ["question"],
    "additionalProperties": False,
}
_TURNS = 6
_LONGEST = 400
# What a question may be put into, beside the words of the conversation.
_ASKING = frozenset(
    [
        "question",
        "ask",
        "asking",
        "happen",
        "happens",
        "possible",
        "way",
        "about",
        "regarding",
        "cost",
        "price",
        "long",
    ]
)


def rewritten(
    text: str, earlier: Sequence[Turn], assistance: Assistance, language: str = ""
) -> str | None:
    """The message as a question of its own; None when the model fails, or writes words that
    nobody has: then the rules decide.

    With `language` it is translated into that of the articles. What the words are then is not
    checked: it is only searched with, and the answer stands on what search finds.
    """
    asked = {
        "earlier": [
            {"customer": turn.question[:_LONGEST], "agent": turn.text[:_LONGEST]}
            for turn in earlier[-_TURNS:]
        ],
        "message": text,
        "language": language or "the language of the message",
    }
    try:
        found = assistance.model.structured(
            assistance.prompts.text("rewrite"), json.dumps(asked, ensure_ascii=False), SCHEMA
        )
    except Transient:
        return None
    question = " ".join(str(found["question"]).split())
    if not question or len(question) > 2 * len(text) + 2 * _LONGEST:
        return None
    return question if language or _of_conversation(question, text, earlier) else None


def _of_conversation(question: str, text: str, earlier: Sequence[Turn]) -> bool:
    """Whether every word that carries meaning, and every number, was written before."""
    said = " ".join([text, *(f"{turn.question} {turn.text}" for turn in earlier[-_TURNS:])])
    known = {term(word) for word in words(said)}
    return all(
        word in STOP_WORDS or word in _ASKING or term(word) in known for word in words(question)
    )
