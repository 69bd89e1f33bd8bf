"""`needs` in the front matter: the values that a procedure asks its customer for."""

import re
import warnings

from agent.action import ValueType
from agent.procedure import Slot
from agent.procedures.faults import Faults
from agent.procedures.nearest import did_you_mean
from agent.procedures.tree import Branch, Leaf, Row, Tree

KEYS = ("ask", "type", "pattern", "choices", "label", "required")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_MEANT = {
    "question": "ask",
    "prompt": "ask",
    "options": "choices",
    "values": "choices",
    "one_of": "choices",
    "format": "pattern",
    "regex": "pattern",
    "name": "label",
    "title": "label",
    "kind": "type",
}
# What else operators call the types.
_TYPES = {
    "string": "text",
    "str": "text",
    "words": "text",
    "int": "integer",
    "whole number": "integer",
    "count": "integer",
    "float": "number",
    "decimal": "number",
    "amount": "money",
    "price": "money",
    "bool": "boolean",
    "yes/no": "boolean",
    "yes or no": "boolean",
    "day": "date",
    "e-mail": "email",
    "email address": "email",
    "enum": "choice",
    "choices": "choice",
}
_ASKED = tuple(str(kind) for kind in ValueType if kind not in (ValueType.LIST, ValueType.OBJECT))


def read_needs(value: Tree, lines: dict[str, int], faults: Faults) -> dict[str, Slot]:
    """The slots by name; the line of each goes into `lines` as `needs.NAME`."""
    slots: dict[str, Slot] = {}
    for key, content in _entries(value, faults):
        name = re.sub(r"[\s-]+", "_", key.text.strip().lower())
        if not _NAME.fullmatch(name):
            hint = "use small letters, digits and _, such as order_number"
            faults.error(key.line, "needs", f"`{key.text}` is no name for a value", hint)
            continue
        if name in slots or name == "identity":
            hint = "give each value a name of its own"
            faults.error(key.line, "needs", f"`{name}` is given twice, or is taken", hint)
            continue
        lines[f"needs.{name}"] = key.line
        slots[name] = _slot(name, key.line, content, faults)
    return slots


def _entries(value: Tree, faults: Faults) -> list[tuple[Leaf, Tree]]:
    """Of a mapping, or of a list of names."""
    if isinstance(value, Branch):
        return list(value.items)
    rows = value.items if isinstance(value, Row) else ()
    found: list[tuple[Leaf, Tree]] = []
    for item in rows:
        if isinstance(item, Leaf):
            found.append((item, Leaf("", item.line)))
        elif isinstance(item, Branch):
            found += item.items
    if not found and not (isinstance(value, Leaf) and not value.text):
        hint = "write `needs:` and below it, indented, `order_number:` with `ask: …`"
        faults.error(value.line, "needs", "`needs` must name the values to ask for", hint)
    return found


def _slot(name: str, line: int, content: Tree, faults: Faults) -> Slot:
    words = name.replace("_", " ")
    question = f"What is your {words}?"
    if isinstance(content, Leaf):
        return Slot(name, ValueType.TEXT, content.text or question, words)
    if not isinstance(content, Branch):
        faults.error(line, "needs", f"`{name}` must have settings such as `ask: …`")
        return Slot(name, ValueType.TEXT, question, words)
    given = _given(name, content, faults)
    choices = _choices(name, given["choices"], faults) if "choices" in given else {}
    return Slot(
        name,
        _type(name, given.get("type"), choices, line, faults),
        _leaf(given.get("ask")) or question,
        _leaf(given.get("label")) or words,
        choices,
        _pattern(name, given.get("pattern"), faults),
        _required(name, given.get("required"), faults),
    )


def _given(name: str, content: Branch, faults: Faults) -> dict[str, Tree]:
    given: dict[str, Tree] = {}
    for key, value in content.items:
        if key.text in KEYS:
            given[key.text] = value
            continue
        meant = _MEANT.get(key.text.lower())
        hint = f"did you mean `{meant}`?" if meant else did_you_mean(key.text, KEYS)
        faults.error(key.line, "unknown-key", f"`{name}` has no setting `{key.text}`", hint)
    return given


def _leaf(value: Tree | None) -> str:
    return value.text if isinstance(value, Leaf) else ""


def _type(
    name: str, value: Tree | None, choices: dict[str, tuple[str, ...]], line: int, faults: Faults
) -> ValueType:
    text = _leaf(value).lower()
    text = _TYPES.get(text, text)
    if choices and text in ("integer", "number") and all(map(_is_number, choices)):
        return ValueType(text)
    if choices:
        if text not in ("", "choice", "text"):
            hint = "leave `type` out"
            faults.error(line, "needs", f"`{name}` has choices and can't be {text}", hint)
        return ValueType.CHOICE
    if text == "choice":
        hint = "add `choices: [one, another]`"
        faults.error(line, "needs", f"`{name}` is a choice without choices", hint)
    if text in _ASKED:
        return ValueType(text)
    if text:
        hint = did_you_mean(text, _ASKED)
        faults.error(value.line if value else line, "needs", f"`{name}` has no type `{text}`", hint)
    return ValueType.TEXT


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"-?\d+(?:\.\d+)?", text))


def _choices(name: str, value: Tree, faults: Faults) -> dict[str, tuple[str, ...]]:
    """By the value that counts, each with its other words."""
    if isinstance(value, Branch):
        return {key.text: _words(others) for key, others in value.items}
    if isinstance(value, Row):
        found: dict[str, tuple[str, ...]] = {}
        for item in value.items:
            if isinstance(item, Leaf):
                found[item.text] = ()
            elif isinstance(item, Branch):
                found |= {key.text: _words(others) for key, others in item.items}
        if found:
            return found
    hint = "write `choices: [damaged, wrong item]`, or `choices: {damaged: [broken, smashed]}`"
    faults.error(value.line, "needs", f"the choices of `{name}` must be a list", hint)
    return {}


def _words(value: Tree) -> tuple[str, ...]:
    if isinstance(value, Row):
        return tuple(item.text for item in value.items if isinstance(item, Leaf) and item.text)
    return (value.text,) if isinstance(value, Leaf) and value.text else ()


def _pattern(name: str, value: Tree | None, faults: Faults) -> str:
    text = _leaf(value)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            re.compile(text)
    except (re.error, OverflowError, RecursionError) as error:
        hint = "for example LH-\\d{5} for LH- and five digits"
        line = value.line if value else 0
        faults.error(line, "needs", f"the pattern of `{name}` is not readable: {error}", hint)
        return ""
    return text


def _required(name: str, value: Tree | None, faults: Faults) -> bool:
    text = _leaf(value).lower()
    if value is None or text in ("true", "yes", "on"):
        return True
    if text not in ("false", "no", "off"):
        faults.error(value.line, "needs", f"`required` of `{name}` must be true or false")
    return False
