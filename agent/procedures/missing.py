"""Branches that nobody wrote."""

from agent.procedures.faults import Faults
from agent.procedures.graph import Graph


def missing_branches(graph: Graph, faults: Faults) -> None:
    """Warnings where nobody wrote what happens otherwise."""
    for node, what in graph.unwritten:
        if what == "otherwise":
            faults.warn(
                node.line,
                "missing-branch",
                f"step {node.number} does not say what happens when this does not hold; a person "
                "takes over then",
                'add below it: - Otherwise, tell the customer "…" and stop.',
            )
        elif what == "answer":
            faults.warn(
                node.line,
                "missing-branch",
                f"step {node.number} asks a question, and nothing depends on the answer",
                "add below it: - If they say yes, … and - If they say no, …",
            )
        else:
            faults.warn(
                node.line,
                "missing-branch",
                f"step {node.number} does not say what happens when the customer says no",
                'add below it: - If they say no, tell the customer "…" and stop.',
            )
