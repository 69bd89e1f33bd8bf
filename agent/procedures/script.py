"""The steps of a procedure as a tree of clauses with branches, before any name is looked up."""

import re
from collections.abc import Sequence

from agent.procedures.clauses import (
    AskFor,
    AskWhether,
    Branch,
    CheckThat,
    Clause,
    Decide,
    Group,
    Node,
    Say,
    UseAction,
    WaitFor,
)
from agent.procedures.direct import is_offer
from agent.procedures.faults import Faults
from agent.procedures.listing import Item
from agent.procedures.replies import lacks_answer, reply_of, status_of
from agent.procedures.sentences import Plain, Under, clauses, take_apart
from agent.procedures.shield import Shield
from agent.procedures.verbs import read_clause

_FOLLOWING = re.compile(
    r"\b(?:the\s+following|as\s+follows|these(?:\s+\w+)?|depends\s+on\b.*)\s*[:.]?$", re.I
)
_VERBS = (
    "begin with Ask for, Look up, Check that, If, Confirm with the customer, Do, Tell the "
    "customer, Wait for, Hand over to, Go to step, or Stop"
)


def read_script(items: Sequence[Item], faults: Faults) -> list[Node]:
    """All steps in order. A step that answers the one before it (`If it is not found, …`,
    `Otherwise, …`) becomes a branch of that one."""
    return _Reader(faults).sequence(items, "")


class _Reader:
    def __init__(self, faults: Faults) -> None:
        self._faults = faults

    def sequence(self, items: Sequence[Item], number: str) -> list[Node]:
        nodes: list[Node] = []
        for item in items:
            self._item(item, item.number or number, nodes)
        return nodes

    def _item(self, item: Item, number: str, nodes: list[Node]) -> None:
        shield = Shield(item.text)
        if '"' in shield.text or "“" in shield.text:
            self._faults.error(
                item.line, "open-quote", "a quotation is opened and not closed", 'add the second "'
            )
            return
        before = len(nodes)
        branches = _last_branches(nodes)
        under: Branch | None = None
        for part in take_apart(shield.text, shield):
            goes_on = under is not None and isinstance(part, Plain) and part.on
            self._part(part, item, number, shield, under.body if goes_on and under else nodes)
            if isinstance(part, Under):
                under = nodes[-1].branches[-1] if nodes and nodes[-1].branches else None
            elif not goes_on:
                under = None
        if item.children:
            fresh = [b for b in _last_branches(nodes) if not any(b is old for old in branches)]
            self._children(item, number, nodes, before, fresh)

    def _part(
        self, part: Plain | Under, item: Item, number: str, shield: Shield, nodes: list[Node]
    ) -> None:
        if isinstance(part, Plain):
            nodes.append(self._node(part.text, item, number, shield))
            return
        body: list[Node] = []
        for clause in take_apart(part.body, shield) if part.body.strip(" .,:") else ():
            self._part(clause, item, number, shield, body)
        branch = Branch(item.line, part.when, shield, part.negated, body)
        self._attach(branch, nodes, item, number, chained=part.chained)

    def _node(self, text: str, item: Item, number: str, shield: Shield) -> Node:
        clause = read_clause(text, shield)
        if item.children and _FOLLOWING.search(text):
            clause = clause if isinstance(clause, UseAction) and clause.name else Group()
        elif clause is None:
            clause = Group()
            if not ((item.children and text.rstrip().endswith(":")) or _is_title(text, item)):
                self._faults.error(
                    item.line,
                    "unknown-step",
                    f'"{shield.open(text)}" is not understood',
                    _hint(text),
                )
        return Node(item.line, number, item.text, clause, shield)

    def _attach(
        self, branch: Branch, nodes: list[Node], item: Item, number: str, *, chained: bool
    ) -> None:
        last = nodes[-1] if nodes else None
        if last and (branch.when is None or chained or _answers(branch, last)):
            if isinstance(last.clause, Say) and branch.when is not None:
                last.clause = AskWhether(last.clause.message, is_offer(last.clause.message))
            if _may_branch(last):
                last.branches.append(branch)
                return
        if branch.when is None:
            self._faults.error(
                item.line,
                "otherwise",
                "`Otherwise` follows nothing that could turn out otherwise",
                "put it below an `If …`, a `Check that …`, a question or an action",
            )
            return
        nodes.append(Node(item.line, number, item.text, Decide(), branch.shield, [branch]))

    def _children(
        self, item: Item, number: str, nodes: list[Node], before: int, fresh: list[Branch]
    ) -> None:
        """Bullets that are conditions become branches; other items are steps of their own, under
        the last condition of the text above them where there is one."""
        if len(nodes) == before and not fresh:
            return
        under = fresh[-1] if fresh else None
        chain: Node | None = None
        for child in item.children:
            shield = Shield(child.text)
            parts = take_apart(shield.text, shield, bullet=not child.number)
            conditional = bool(parts) and isinstance(parts[0], Under)
            inner = under.body if under else nodes
            own = child.number or number
            if conditional and isinstance(parts[0], Under):
                if under and parts[0].when is None and not _open_ended(under.body):
                    inner = nodes
                chain = self._bullet(child, own, shield, parts, inner, chain)
            elif slot := self._listed_value(child, inner, shield):
                inner.append(Node(child.line, own, child.text, slot, shield))
            else:
                self._item(child, own, inner)

    def _bullet(
        self,
        child: Item,
        number: str,
        shield: Shield,
        parts: list[Plain | Under],
        nodes: list[Node],
        chain: Node | None,
    ) -> Node | None:
        """A bullet that is a condition. Bullets side by side are one choice: the first that holds
        counts."""
        first = parts[0]
        assert isinstance(first, Under)
        body: list[Node] = []
        texts: list[Plain | Under] = (
            list(take_apart(first.body, shield)) if first.body.strip(" .,:") else []
        )
        for part in texts:
            self._part(part, child, number, shield, body)
        branch = Branch(child.line, first.when, shield, first.negated, body)
        if chain is not None and nodes and nodes[-1] is chain and not _answers(branch, chain):
            chain.branches.append(branch)
        else:
            self._attach(branch, nodes, child, number, chained=_takes_all(nodes))
        for part in parts[1:]:
            self._part(
                part,
                child,
                number,
                shield,
                nodes if isinstance(part, Under) and part.when is None else body,
            )
        if child.children:
            holder = Item(child.line, child.indent, "", child.text, child.children)
            self._under_bullet(holder, number, body)
        if not body and not _goes_on(first.body):
            self._faults.error(
                child.line, "empty-branch", f'"{child.text}" does not say what to do then', _VERBS
            )
        return nodes[-1] if nodes else None

    def _under_bullet(self, holder: Item, number: str, body: list[Node]) -> None:
        chain: Node | None = None
        for child in holder.children:
            shield = Shield(child.text)
            parts = take_apart(shield.text, shield, bullet=not child.number)
            own = child.number or number
            if parts and isinstance(parts[0], Under):
                chain = self._bullet(child, own, shield, parts, body, chain)
            else:
                self._item(child, own, body)

    def _listed_value(self, child: Item, nodes: list[Node], shield: Shield) -> Clause | None:
        """A bare value below `Ask for the following:`."""
        last = nodes[-1].clause if nodes else None
        if not isinstance(last, AskFor | Group) or child.children or len(child.text.split()) > 5:
            return None
        return AskFor(shield.text) if read_clause(shield.text, shield) is None else None


def _last_branches(nodes: list[Node]) -> list[Branch]:
    return list(nodes[-1].branches) if nodes else []


def _answers(branch: Branch, node: Node) -> bool:
    """Whether a condition is about what became of the node."""
    when = branch.when or ""
    match node.clause:
        case UseAction(name=name, rest=rest):
            return status_of(when, (name, branch.shield.bare(rest), node.text)) is not None
        case AskWhether() | WaitFor():
            return reply_of(when) is not None
        case Say(message=message):
            return message.rstrip().endswith("?") and reply_of(when) is not None
        case AskFor():
            return lacks_answer(when)
    return False


def _may_branch(node: Node) -> bool:
    return isinstance(node.clause, UseAction | AskWhether | WaitFor | AskFor | CheckThat | Decide)


def _takes_all(nodes: list[Node]) -> bool:
    """Below a check, every condition is about what else there may be."""
    return bool(nodes) and isinstance(nodes[-1].clause, CheckThat | AskWhether)


def _open_ended(body: list[Node]) -> bool:
    """Whether the last thing of a body has been given a branch, so that another is its own."""
    return bool(body) and _may_branch(body[-1]) and bool(body[-1].branches)


def _goes_on(body: str) -> bool:
    return bool(clauses(body))


def _is_title(text: str, item: Item) -> bool:
    """A few words without a verb over steps of their own."""
    return bool(item.children) and bool(text) and all(child.number for child in item.children)


def _hint(text: str) -> str:
    if text.strip().lower().startswith(("tell", "inform", "explain", "let", "say")):
        return 'put what the customer reads into quotes: Tell the customer "…"'
    if text.strip().lower().startswith(("do", "run", "call", "issue", "use")):
        return "name the action in backticks: Do `action_name` with amount = order.total"
    return _VERBS
