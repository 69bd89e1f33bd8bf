"""What a condition is about: a value, a result as a whole, or who the customer is."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from agent.action import ValueType
from agent.procedures.misread import Misread
from agent.procedures.names import Known, Names
from agent.procedures.nearest import listed, nearest
from agent.procedures.people import THEY
from agent.procedures.roots import content
from agent.procedures.shield import CODE, Shield

_PRONOUN = re.compile(r"^(?:it|this|that|its value|the (?:value|answer|result))$", re.I)
_CUSTOMER = re.compile(rf"^{THEY}$", re.I)


@dataclass(frozen=True, slots=True)
class Context:
    """Where a phrase stands. `seen` are results looked up by earlier steps; `it` is what was
    spoken of last: a value's path or a result's noun; `asked` the slot just asked for."""

    names: Names
    shield: Shield = field(default_factory=lambda: Shield(""))
    seen: tuple[str, ...] = ()
    it: str = ""
    asked: str = ""

    def about(self, path: str) -> "Context":
        return replace(self, it=path)


def value(phrase: str, context: Context) -> Known:
    """The value that `phrase` names. Raises `Misread` with what it could have been."""
    text = phrase.strip()
    if re.fullmatch(CODE, text):
        text = context.shield.code(text) or ""
    if _PRONOUN.match(text) and (known := context.names.get(context.it)):
        return known
    # `its status` is of what was spoken of last.
    if found := re.match(r"(?:its|their)\s+(?P<what>.+)$", text, re.I):
        noun = context.it.split(".", 1)[0]
        inner = context.names.find(f"{noun} {found['what']}", context.seen).value if noun else None
        if inner:
            return inner
    meaning = context.names.find(text, context.seen)
    if meaning.value:
        return meaning.value
    if meaning.several:
        paths = [item.path for item in meaning.several]
        raise Misread(
            "ambiguous",
            f'"{_shown(phrase, context)}" could be {listed(paths)}',
            "write one of them",
        )
    raise unknown(phrase, context)


def maybe(phrase: str, context: Context) -> Known | None:
    """The value, or None where no single one is meant."""
    try:
        return value(phrase, context)
    except Misread:
        return None


def noun(phrase: str, context: Context) -> str | None:
    """The result named as a whole, such as `order` by `the order` or `it`."""
    if _PRONOUN.match(phrase.strip()):
        first = context.it.split(".", 1)[0]
        if first in context.names.nouns:
            return first
        return context.seen[-1] if context.seen else None
    return context.names.noun(context.shield.bare(phrase))


def is_customer(phrase: str) -> bool:
    return bool(_CUSTOMER.match(phrase.strip()))


def unknown(phrase: str, context: Context) -> Misread:
    """That there is no such value, with the nearest that there are."""
    shown = _shown(phrase, context)
    paths = context.names.paths()
    close = nearest(".".join(content(shown)) or shown, _without_identity(paths))
    if close:
        return Misread(
            "unknown-value", f'"{shown}" is nothing that is known', f"did you mean `{close}`?"
        )
    hint = "ask for it (add it to `needs`), or look it up first"
    mine = _without_identity(paths)
    if mine:
        hint += f"; known are {listed(mine)}"
    return Misread("unknown-value", f'"{shown}" is nothing that is known', hint)


def dates(noun: str, context: Context) -> list[Known]:
    """The dates among what is known of a result."""
    return [item for item in context.names.fields(noun) if item.type is ValueType.DATE]


def _shown(phrase: str, context: Context) -> str:
    return context.shield.bare(phrase.strip())


def _without_identity(paths: Iterable[str]) -> list[str]:
    return [path for path in paths if not path.startswith("identity.")]
