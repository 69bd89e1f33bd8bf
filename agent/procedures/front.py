"""The front matter of a procedure: what it is for and what it may use."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from agent.action import ActionSpec
from agent.identity import IdentityLevel
from agent.procedure import Slot
from agent.procedures.faults import Faults
from agent.procedures.nearest import did_you_mean
from agent.procedures.needs import read_needs
from agent.procedures.tree import Branch, Leaf, Row, Tree, Unreadable, read_tree

KEYS = (
    "title",
    "description",
    "examples",
    "not",
    "who",
    "channels",
    "audience",
    "needs",
    "actions",
    "limits",
    "team",
)
# What else operators call them.
_MEANT = {
    "name": "title",
    "when": "examples",
    "applies": "examples",
    "triggers": "examples",
    "intents": "examples",
    "not_for": "not",
    "counterexamples": "not",
    "except": "not",
    "identity": "who",
    "access": "who",
    "slots": "needs",
    "inputs": "needs",
    "variables": "needs",
    "collect": "needs",
    "ask": "needs",
    "tools": "actions",
    "calls": "actions",
    "limit": "limits",
    "summary": "description",
    "owner": "team",
}


@dataclass(slots=True)
class Front:
    """Front matter as read. `lines` gives the line of each key, also of `needs.NAME`,
    `limits.PATH` and `actions.NAME`."""

    title: str = ""
    description: str = ""
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()
    identity: IdentityLevel = IdentityLevel.ANONYMOUS
    channels: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    slots: dict[str, Slot] = field(default_factory=dict)
    actions: tuple[str, ...] = ()
    limits: dict[str, int | float | str] = field(default_factory=dict)
    team: str = ""
    lines: dict[str, int] = field(default_factory=dict)
    readable: bool = True


_FENCED = re.compile(r"\A\ufeff?---[ \t]*\n(?P<yaml>.*?)(?:^---[ \t]*(?:\n|\Z))", re.S | re.M)


def split_front(text: str) -> tuple[str, str, int]:
    """YAML, body, and the line on which the body begins; no YAML when there is no front matter."""
    found = _FENCED.match(text)
    if found is None:
        return "", text, 1
    return found["yaml"], text[found.end() :], text.count("\n", 0, found.end()) + 1


def read_front(text: str, specs: Mapping[str, ActionSpec], faults: Faults) -> Front:
    """Everything that could be read of the YAML between the lines `---`."""
    front = Front()
    try:
        tree = read_tree(text, 2)
    except Unreadable as error:
        faults.error(
            error.line,
            "front-matter",
            f"the front matter is no valid YAML: {error}",
            'put texts with a colon, a question mark or a sign at the beginning into "…", and '
            "indent by two spaces",
        )
        front.readable = False
        return front
    if not isinstance(tree, Branch):
        faults.error(
            1,
            "front-matter",
            "there is no front matter",
            "begin the file with a line `---`, then `title: …`, `examples:`, and `---` again",
        )
        front.readable = False
        return front
    for key, value in tree.items:
        _read_key(key, value, front, faults)
    _check_actions(front, specs, faults)
    return front


def _read_key(key: Leaf, value: Tree, front: Front, faults: Faults) -> None:
    name = key.text
    if name in front.lines:
        faults.error(key.line, "front-matter", f"`{name}` is given twice", "keep one of them")
        return
    front.lines[name] = key.line
    match name:
        case "title" | "description" | "team":
            setattr(front, name, _text(name, value, faults))
        case "examples" | "channels" | "audience":
            setattr(front, name, _texts(name, value, faults))
        case "not":
            front.counterexamples = _texts(name, value, faults)
        case "actions":
            front.actions = _texts(name, value, faults)
        case "who":
            front.identity = _level(value, faults)
        case "needs":
            front.slots = read_needs(value, front.lines, faults)
        case "limits":
            front.limits = _limits(value, front.lines, faults)
        case _:
            meant = _MEANT.get(name.lower().replace(" ", "_").replace("-", "_"))
            hint = f"did you mean `{meant}`?" if meant else did_you_mean(name, KEYS)
            faults.error(key.line, "unknown-key", f"the front matter has no setting `{name}`", hint)


def _text(name: str, value: Tree, faults: Faults) -> str:
    if isinstance(value, Leaf):
        return value.text
    faults.error(value.line, "front-matter", f"`{name}` must be one text", f"write `{name}: …`")
    return ""


def _texts(name: str, value: Tree, faults: Faults) -> tuple[str, ...]:
    """A list of texts; a single text counts as a list of one."""
    if isinstance(value, Leaf):
        return (value.text,) if value.text else ()
    if isinstance(value, Row):
        found = [item for item in value.items if isinstance(item, Leaf) and item.text]
        if len(found) == len(value.items):
            return tuple(item.text for item in found)
    faults.error(
        value.line,
        "front-matter",
        f"`{name}` must be a list of texts",
        "write one a line, each after `- `; put a text that holds a colon into quotes",
    )
    return ()


def _level(value: Tree, faults: Faults) -> IdentityLevel:
    text = _text("who", value, faults).lower()
    for level in IdentityLevel:
        if level.label == text:
            return level
    labels = [level.label for level in IdentityLevel]
    faults.error(
        value.line, "who", f"`who: {text}` is no level of identity", did_you_mean(text, labels)
    )
    # The strictest, so that a typing error opens nothing.
    return IdentityLevel.VERIFIED


def _limits(value: Tree, lines: dict[str, int], faults: Faults) -> dict[str, int | float | str]:
    if not isinstance(value, Branch):
        hint = "write `limits: {order.total: 150}`"
        faults.error(value.line, "limits", "`limits` must name values and their bounds", hint)
        return {}
    found: dict[str, int | float | str] = {}
    for key, bound in value.items:
        lines[f"limits.{key.text}"] = key.line
        number = _number(bound)
        if number is None:
            hint = f"write a plain number, such as `{key.text}: 150`"
            faults.error(key.line, "limits", f"the limit of `{key.text}` is no number", hint)
        else:
            found[key.text] = number
    return found


def _number(value: Tree) -> int | float | None:
    if not isinstance(value, Leaf):
        return None
    try:
        number = Decimal(value.text)
    except InvalidOperation:
        return None
    if not number.is_finite() or abs(number) >= 10**15:
        return None
    return int(number) if number == number.to_integral_value() else float(number)


def _check_actions(front: Front, specs: Mapping[str, ActionSpec], faults: Faults) -> None:
    line = front.lines.get("actions", 1)
    for name in front.actions:
        if name not in specs:
            hint = did_you_mean(name, specs) or "define it in the file that [actions] path names"
            faults.error(
                line, "unknown-action", f"`actions` lists `{name}`, which is not defined", hint
            )
    front.actions = _distinct([name for name in front.actions if name in specs])


def _distinct(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
