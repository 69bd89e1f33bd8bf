"""What a value is compared with: another value, or what the operator wrote."""

import re

from agent.action import Value, ValueType
from agent.procedure import Constant, Operand, Ref
from agent.procedures import subjects
from agent.procedures.misread import Misread
from agent.procedures.names import Known
from agent.procedures.nearest import did_you_mean, listed, nearest
from agent.procedures.quantities import read_number
from agent.procedures.roots import content, roots, words
from agent.procedures.shield import CODE, QUOTE
from agent.procedures.subjects import Context

NUMBERS = (ValueType.NUMBER, ValueType.INTEGER, ValueType.MONEY)
ORDERED = (*NUMBERS, ValueType.DATE)
_TURNED = r"(?:turned\s+|switched\s+|set\s+)?"
ON = rf"(?:{_TURNED}(?:on|to\s+yes)|true|yes|enabled|activated)"
OFF = rf"(?:{_TURNED}(?:off|to\s+no)|false|no|disabled|deactivated)"


def split_list(text: str) -> list[str]:
    """The items of `a, b or c`."""
    text = re.sub(r"^(?:the following|these|either)\s*:?\s*", "", text.strip(), flags=re.I)
    items = re.split(r"\s*,\s*(?:or|and)\s+|\s*,\s*|\s+(?:or|and|nor)\s+", text.strip("()[]{} "))
    return [item for item in items if item]


def operand(text: str, left: Known, context: Context) -> Operand:
    """What `left` is compared with: a known value, or what the operator wrote, as `left`'s type
    has it. Raises `Misread`."""
    text = text.strip().rstrip(".,;")
    if not text:
        raise Misread("comparison", f"what {left.path} is compared with is missing", "")
    if re.fullmatch(CODE, text):
        known = context.names.find(context.shield.code(text) or "").value
        return Ref(known.path) if known else _constant(context.shield.bare(text), left)
    if re.fullmatch(QUOTE, text):
        return _constant(context.shield.bare(text), left)
    choice = choice_of(text, left)
    if choice is not None:
        return Constant(choice)
    if left.type in NUMBERS and (number := read_number(text, left.leaf)) is not None:
        return Constant(number)
    if (other := _other(text, left, context)) is not None:
        return Ref(other.path)
    if left.type in NUMBERS:
        hint = "write a number, or a value that is known"
        raise Misread("comparison", f'"{context.shield.bare(text)}" is no number', hint)
    return _constant(context.shield.bare(text), left)


def _other(text: str, left: Known, context: Context) -> Known | None:
    """A value named with an article, a possessive or a path; a bare word is only a word."""
    bare = context.shield.bare(text)
    named = re.search(r"[._]|^(?:the|their|its|what)\s|'s?\s", bare, re.I)
    if not named and left.type not in ORDERED:
        return None
    known = subjects.maybe(text, context)
    if known is None and re.match(r"(?:the|their|its)\s|.*\w's\s", bare, re.I):
        raise subjects.unknown(text, context)
    if known is not None and known.path == left.path:
        raise Misread("comparison", f"{left.path} is compared with itself", "name the other value")
    return known


def choice_of(text: str, left: Known) -> Value | None:
    said = roots(content(text)) or roots(words(text))
    for choice in left.choices:
        if choice.lower() == text.lower() or words(choice) == words(text):
            return choice
    fits = [choice for choice in left.choices if roots(words(choice)) == said]
    return fits[0] if len(fits) == 1 else None


def _constant(text: str, left: Known) -> Operand:
    """As written, once `left` can be that at all."""
    if left.type is ValueType.BOOLEAN:
        for words_, truth in ((ON, True), (OFF, False)):
            if re.fullmatch(words_, text, re.I):
                return Constant(truth)
        raise not_boolean(left, text)
    if left.choices:
        choice = choice_of(text, left)
        if choice is None:
            raise Misread(
                "unknown-choice",
                f'{left.path} is never "{text}"; it is one of {listed(left.choices, quote="")}',
                did_you_mean(text, left.choices, '"') if nearest(text, left.choices) else "",
            )
        return Constant(choice)
    if left.type in NUMBERS:
        number = read_number(text, left.leaf)
        if number is None:
            raise Misread("comparison", f'"{text}" is no number', "write a number")
        return Constant(number)
    if left.type is ValueType.EMAIL and "@" not in text:
        raise Misread("comparison", f'{left.path} is an e-mail address and "{text}" is none', "")
    if left.type is ValueType.DATE and not re.match(r"\d{4}-\d\d-\d\d", text):
        raise Misread(
            "comparison",
            f'{left.path} is a date and "{text}" is none',
            "write it as 2026-01-31, or say `more than 30 days ago`",
        )
    if left.type in (ValueType.OBJECT, ValueType.LIST):
        hint = "name a value in it, or write `contains`"
        raise Misread("comparison", f'{left.path} is {kind_of(left)} and can\'t be "{text}"', hint)
    return Constant(re.sub(r"^(?:an?|the)\s+", "", text))


def not_boolean(left: Known, text: str = "") -> Misread:
    if left.type is ValueType.BOOLEAN:
        return Misread("comparison", f'{left.path} is yes or no, not "{text}"', "write `is yes`")
    return Misread("comparison", f"{left.path} is {kind_of(left)}, not yes or no", "")


def kind_of(left: Known) -> str:
    names = {"object": "several values", "list": "a list", "boolean": "yes or no"}
    return names.get(left.type.value, f"a {left.type.value}")
