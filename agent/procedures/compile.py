"""An operator's Markdown made into the typed graph that the engine walks, without a model."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from hashlib import sha256

from agent.action import ActionSpec
from agent.procedure import Fault, Procedure
from agent.procedures.clauses import AskFor, Node, WaitFor
from agent.procedures.faults import Faults
from agent.procedures.front import Front, read_front, split_front
from agent.procedures.graph import Graph
from agent.procedures.lint import lint
from agent.procedures.listing import read_listing
from agent.procedures.meaning import Meanings
from agent.procedures.missing import missing_branches
from agent.procedures.numbering import number_steps
from agent.procedures.rules.subject import Subject
from agent.procedures.script import read_script
from agent.procedures.slots import find_slot


def compile_procedure(
    name: str, text: str, specs: Mapping[str, ActionSpec], path: str = ""
) -> tuple[Procedure | None, list[Fault]]:
    """The procedure, None when a fault is an error; and all faults by line. Never raises for what
    the text says. The same text and specs give the same procedure."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    faults = Faults(path or f"{name}.md")
    yaml, body, line = split_front(text)
    front = read_front(yaml, specs, faults)
    nodes = _nodes(body, line, front, faults)
    if not front.readable or not nodes:
        # Every name would seem unknown: the rest is told once this is mended.
        return None, faults.ordered()
    meanings = Meanings(front.slots, front.actions, specs, faults)
    front.limits = meanings.limits(front.limits, front.lines)
    meanings.of(nodes)
    graph = Graph(nodes, faults)
    if faults.fatal:
        return None, faults.ordered()
    procedure = _procedure(name, text, front, graph, specs)
    missing_branches(graph, faults)
    lint(Subject(procedure, specs, front.lines, faults))
    return (None if faults.fatal else procedure), faults.ordered()


def _nodes(body: str, line: int, front: Front, faults: Faults) -> list[Node]:
    listing = read_listing(body, line)
    if not listing.items:
        faults.error(line, "no-steps", "there are no steps", "write them as `1. Ask for …`")
    for place, prose in listing.prose:
        faults.warn(
            place,
            "not-a-step",
            f'"{prose[:60]}" belongs to no step, and nobody will act on it',
            "number it as a step, or begin it with `>` when it is a note for people",
        )
    number_steps(listing.items, faults)
    nodes = read_script(listing.items, faults)
    _expand(nodes, front)
    if listing.items and not nodes and not faults.fatal:
        faults.error(line, "no-steps", "the steps say nothing", "write them as `1. Ask for …`")
    return nodes


def version_of(text: str, actions: Sequence[ActionSpec]) -> str:
    """12 characters of the text's SHA-256, a dot, and 6 of what the steps can see of actions."""
    seen = [asdict(replace(spec, timeout_s=0, retries=0)) for spec in actions]
    specs = json.dumps(seen, sort_keys=True, default=str)
    return f"{_digest(text)[:12]}.{_digest(specs)[:6]}"


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _procedure(
    name: str, text: str, front: Front, graph: Graph, specs: Mapping[str, ActionSpec]
) -> Procedure:
    return Procedure(
        name=name,
        title=front.title or name.replace("_", " ").replace("-", " ").capitalize(),
        version=version_of(text, [specs[action] for action in front.actions]),
        description=front.description,
        examples=front.examples,
        counterexamples=front.counterexamples,
        identity=front.identity,
        slots=front.slots,
        actions=front.actions,
        steps=graph.in_order(),
        start=graph.start,
        limits=front.limits,
        audience=front.audience,
        channels=front.channels,
        team=front.team,
    )


_AND = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+|\s+as\s+well\s+as\s+", re.I)


def _expand(nodes: list[Node], front: Front) -> None:
    """`Ask for the order number and the reason` is two questions."""
    place = 0
    while place < len(nodes):
        node = nodes[place]
        for branch in node.branches:
            _expand(branch.body, front)
        following = nodes[place + 1] if place + 1 < len(nodes) else None
        if _same_wait(node, following):
            del nodes[place + 1]
        if isinstance(node.clause, AskFor):
            what = node.shield.bare(node.clause.what)
            pieces = [piece for piece in _AND.split(what) if piece.strip()]
            if len(pieces) > 1 and find_slot(what, front.slots) is None:
                several = [replace(node, clause=AskFor(piece), branches=[]) for piece in pieces]
                several[-1].branches = node.branches
                nodes[place : place + 1] = several
                place += len(several) - 1
        place += 1


def _same_wait(node: Node, following: Node | None) -> bool:
    """`Ask them to restart it and wait` waits once."""
    return (
        isinstance(node.clause, WaitFor)
        and following is not None
        and following.clause == WaitFor()
        and following.line == node.line
        and not node.branches
        and not following.branches
    )
