"""A language model reads the customer's words, and the rules check what it read."""
# ruff: noqa: E501  a pattern is easier to read on one line

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from agent.action import Value, ValueType
from agent.models.assistance import Assistance
from agent.ports import Understanding
from agent.procedure import Procedure, Slot
from agent.types import Turn
from kb.errors import Transient

_TEXT: dict[str, object] = {"type": "string", "maxLength": 2000}
_LISTED = 30


def _object(**properties: object) -> dict[str, object]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


ENTRY = _object(name=_TEXT)
VALUES = _object(values={"type": "array", "items": _object(name=_TEXT, words=_TEXT, choice=_TEXT)})
CONSENT = _object(consent={"enum": ["yes", "no", "unclear"]}, words=_TEXT)


@dataclass(frozen=True)
class ModelUnderstanding:
    """An `Understanding` of one turn. Whatever the model says, the customer must have written it,
    and nothing that the rules read is overruled. When the model fails the rules stand alone."""

    rules: Understanding
    assistance: Assistance

    def entry(
        self, message: str, procedures: Sequence[Procedure], earlier: Sequence[Turn]
    ) -> Sequence[Procedure]:
        """What the rules find. Where they find nothing or waver, the model may name one of
        `procedures`, of those that they waver between where they do. A question about how
        something is done begins nothing, whatever the model says."""
        found = self.rules.entry(message, procedures, earlier)
        if len(found) == 1 or not procedures:
            return found
        offered = {item.name: item for item in (found or procedures)[:_LISTED]}
        cases = [
            {
                "name": item.name,
                "description": item.description,
                "examples": list(item.examples),
                "not": list(item.counterexamples),
            }
            for item in offered.values()
        ]
        reply = self._asked("entry", {"message": message, "cases": cases}, ENTRY)
        named = offered.get(str(reply.get("name", "")))
        if named is None or (not found and _only_asks(message)):
            return found
        return [named]

    def values(
        self, message: str, slots: Sequence[Slot], asked: Slot | None
    ) -> Mapping[str, Value]:
        """What the rules read, and what the model points out beside: the words must stand in the
        message, and the rules must read the value from them. A choice may also be told in other
        words than the operator listed, when it was just asked for."""
        found = dict(self.rules.values(message, slots, asked))
        open_slots = {slot.name: slot for slot in slots if slot.name not in found}
        if asked is not None and asked.name not in found:
            open_slots[asked.name] = asked
        if not open_slots:
            return found
        wanted = [
            {"name": slot.name, "asked_as": slot.question, "choices": list(slot.choices)}
            for slot in open_slots.values()
        ]
        told = {"message": message, "wanted": wanted, "asked": asked.name if asked else ""}
        reply = self._asked("values", told, VALUES)
        for item in _items(reply.get("values")):
            slot = open_slots.get(str(item.get("name", "")))
            if slot is None or slot.name in found or not _stands_in(item.get("words"), message):
                continue
            value = self._read(slot, item, asked)
            if value is not None:
                found[slot.name] = value
        return found

    def consent(self, message: str, question: str) -> bool | None:
        """What the rules read. Where they are unsure the model may see a no; it sees a yes only
        in words of the message that hold nothing against it. "Yes" is never made up."""
        clear = self.rules.consent(message, question)
        if clear is not None:
            return clear
        reply = self._asked("consent", {"question": question, "message": message}, CONSENT)
        if not _stands_in(reply.get("words"), message):
            return None
        if reply.get("consent") == "no":
            return False
        agrees = reply.get("consent") == "yes" and not _HOLDS_BACK.search(_plain(message))
        return True if agrees and _AGREES.search(_plain(message)) else None

    def _read(self, slot: Slot, item: Mapping[str, object], asked: Slot | None) -> Value | None:
        value = self.rules.values(str(item["words"]), [slot], slot).get(slot.name)
        if value is not None or slot.type is not ValueType.CHOICE:
            return value
        choice = str(item.get("choice", ""))
        return choice if slot == asked and choice in slot.choices else None

    def _asked(
        self, prompt: str, told: Mapping[str, object], schema: Mapping[str, object]
    ) -> Mapping[str, object]:
        """The reply; empty when the model fails."""
        text = json.dumps(told, ensure_ascii=False)
        try:
            return self.assistance.model.structured(
                self.assistance.prompts.text(prompt), text, schema
            )
        except Transient:
            return {}


# What keeps a reply from being a plain yes: a denial, a doubt, a condition, a question, a number.
_HOLDS_BACK = re.compile(
    r"\b(?:no|not|nope|never|don'?t|do not|stop|wait|cancel|but|unless|if|only|except|instead|rather|maybe|perhaps|later|first"
    r"|unsure|not sure|hold on|actually|change|wrong|\w+n't)\b|\?|\d"
)
_AGREES = re.compile(
    r"\b(?:yes|yeah|yep|yup|ya|sure|ok|okay|k|fine|right|correct|agree\w*|confirm\w*|go ahead|do it|do that|please do|proceed|absolutely"
    r"|definitely|certainly|of course|sounds? good|perfect|great|works? for me|let'?s|approved?|accept\w*|continue|by all means"
    r"|ja|oui|si|sí|sim|da|tak)\b|👍"
)
_ASKS = re.compile(
    r"^(?:(?:hi|hello|hey)\b[\s,!.]*)?(?:how (?:do|can|to|does|long|much|many|soon)|what|when|where|why|which|who|is there|are there|do you|does)\b"
)


def _only_asks(message: str) -> bool:
    return bool(_ASKS.search(_plain(message)))


def _stands_in(told: object, message: str) -> bool:
    wanted = _plain(str(told or ""))
    return bool(wanted) and bool(re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", _plain(message)))


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("’", "'").split())


def _items(found: object) -> list[Mapping[str, object]]:
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []
