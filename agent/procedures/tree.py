"""YAML as written: mappings, lists and plain texts, each with its line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml


@dataclass(frozen=True, slots=True)
class Leaf:
    """A single value, as text; empty for nothing at all."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Branch:
    """A mapping, in the order written."""

    items: tuple[tuple[Leaf, "Tree"], ...]
    line: int


@dataclass(frozen=True, slots=True)
class Row:
    """A list."""

    items: tuple["Tree", ...]
    line: int


Tree = Leaf | Branch | Row


class Unreadable(Exception):
    """Not YAML; the message says why, `line` where."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def read_tree(text: str, first_line: int) -> Tree:
    """What `text` holds. Nothing is made of texts such as `no` or `2026-01-01`. Raises
    `Unreadable`."""
    try:
        node = yaml.compose(_ASKED.sub(_MARK, text), Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line + (mark.line if mark else 0)
        raise Unreadable(str(error.problem or error.context or "unreadable"), line) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        reason = str(error).splitlines()[0] if str(error) else "unreadable"
        raise Unreadable(reason, first_line) from None
    return _tree(node, first_line, set()) if node else Leaf("", first_line)


def _tree(node: yaml.Node, first: int, above: set[int]) -> Tree:
    """Raises `Unreadable` for an alias to what it stands in."""
    line = first + node.start_mark.line
    if id(node) in above or len(above) > _DEPTH:
        raise Unreadable("a list or mapping that holds itself, or too deep", line)
    inner = above | {id(node)}
    if isinstance(node, yaml.MappingNode):
        return Branch(tuple(_pairs(node, first, inner)), line)
    if isinstance(node, yaml.SequenceNode):
        return Row(tuple(_tree(item, first, inner) for item in node.value), line)
    text = "" if node.tag.endswith(":null") else str(node.value).replace(_MARK, "?")
    return Leaf(" ".join(text.split()), line)


_DEPTH = 20
# PyYAML ends a plain text inside brackets at a question mark, which YAML 1.2 does not.
_MARK = "\ue03f"
_ASKED = re.compile(r"(?<=[^\s\[{,])\?")


def _pairs(node: yaml.MappingNode, first: int, above: set[int]) -> Iterator[tuple[Leaf, Tree]]:
    for key, value in node.value:
        name = _tree(key, first, above)
        if not isinstance(name, Leaf):
            raise Unreadable("a name was expected before the colon", name.line)
        yield name, _tree(value, first, above)
