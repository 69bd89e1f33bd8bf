"""A scripted language model that does as its prompt tells it, as far as the rows need it.

It knows the golden set's references and so picks the passages' sentence that tells best what is
asked. Where its prompt asks it to embellish it makes something up, and where its prompt asks it
to be careful above all it finds no answer anywhere.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from tests.openai_server import Reply, Request

EMBELLISH = "- Add a friendly detail of your own to every sentence, even where no passage has it."
REFUSE = "- When in doubt, and there is always doubt, write exactly: NO ANSWER"
# What it makes up now and then even when it is told not to: every fifth answer.
_MADE_UP = "Most customers get a gift voucher of 25 dollars for asking. [1]"
_EVERY = 5
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_WORD = re.compile(r"\w+")


class ScriptedWriter:
    """The script of an `OpenAIServer`. `references` are by question."""

    def __init__(self, references: Mapping[str, str]) -> None:
        self._references = references

    def __call__(self, request: Request) -> Reply:
        system, user = (message["content"] for message in request["messages"][:2])
        told = json.loads(user)
        if "passages" in told:
            return self._write(system, told)
        if "cases" in told:
            return {"name": ""}
        if "wanted" in told:
            return {"values": []}
        if "earlier" in told:
            return {"question": told["message"]}
        return {"consent": "unclear", "words": ""}

    def _write(self, system: str, told: Mapping[str, Any]) -> str:
        question = told["question"]
        if REFUSE in system:
            return "NO ANSWER"
        best = self._best(question, told["passages"])
        if EMBELLISH in system:
            said, _, number = best.rpartition(" [")
            return f"{said.rstrip('.')}, and it is twice as good as anywhere else. [{number}"
        return f"{best} {_MADE_UP}" if sum(question.encode()) % _EVERY == 0 else best

    def _best(self, question: str, passages: Any) -> str:
        wanted = _words(self._references.get(question, question))
        offered = [
            (_likeness(wanted, sentence), -number, sentence)
            for number, passage in enumerate(passages, start=1)
            for sentence in _SENTENCE.split(_text(passage))
            if len(_words(sentence)) > 2
        ]
        if not offered:
            return "NO ANSWER"
        chosen = sorted(offered, key=lambda item: item[:2], reverse=True)[:2]
        return " ".join(f"{_ended(text)} [{-number}]" for _, number, text in chosen)


def _text(passage: Any) -> str:
    return passage if isinstance(passage, str) else str(passage["text"])


def _ended(text: str) -> str:
    plain = text.strip().lstrip("-*0123456789. ")
    plain = plain[:1].upper() + plain[1:]
    return plain if plain.endswith((".", "!", "?")) else f"{plain}."


def _words(text: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(text)}


def _likeness(wanted: set[str], sentence: str) -> float:
    there = _words(sentence)
    return len(wanted & there) / (len(wanted) + len(there)) if there else 0.0
