"""Clauses with their meanings, linked to the steps that the engine walks."""

from collections.abc import Sequence

from agent.action import CallStatus
from agent.procedure import (
    AnyStep,
    Ask,
    Call,
    Check,
    Condition,
    Confirm,
    End,
    HandOver,
    StepId,
    Tell,
    Wait,
    edges,
)
from agent.procedures.clauses import (
    AskFor,
    Asks,
    AskWhether,
    Branch,
    Calls,
    Checks,
    CheckThat,
    Decide,
    GoOn,
    GoTo,
    Group,
    Node,
    Outcome,
    PassOn,
    Say,
    Stop,
    UseAction,
    WaitFor,
    Words,
)
from agent.procedures.faults import Faults
from agent.procedures.places import END, Places
from agent.procedures.replies import Reply

_OTHER = (CallStatus.NOT_FOUND, CallStatus.REFUSED, CallStatus.FAILED)


class Graph:
    """The steps by id, and where they begin. `unwritten` are the nodes without a branch that they
    should have, with what it would be for: `otherwise`, `no` or `answer`."""

    def __init__(self, nodes: Sequence[Node], faults: Faults) -> None:
        self.steps: dict[StepId, AnyStep] = {}
        self.unwritten: list[tuple[Node, str]] = []
        self._places = Places(nodes, faults)
        self.start = self._link(nodes, END)
        if END in self._used() or self.start == END:
            self.steps[END] = End(id=END, line=nodes[-1].line if nodes else 0, text="End")

    def _link(self, nodes: Sequence[Node], leave: StepId) -> StepId:
        """Links a sequence that goes on at `leave`; the id at which it begins."""
        following = leave
        for node in reversed(nodes):
            following = self._node(node, following, leave)
        return following

    def _node(self, node: Node, following: StepId, leave: StepId) -> StepId:
        match node.clause:
            case GoTo(number=number):
                return self._places.step(number, node)
            case Stop():
                return END
            case GoOn():
                return leave
            case Group():
                return following
            case PassOn():
                self._hand_over(node)
                return node.id
            case Decide():
                return self._chain(node.branches, following, following)
        chain = [item for item in node.branches if not isinstance(item.meaning, Outcome)]
        outcomes = [item for item in node.branches if isinstance(item.meaning, Outcome)]
        step = self._step(node, chain, outcomes, following)
        if step is None:
            return following
        self.steps[node.id] = step
        return node.id

    def _step(
        self, node: Node, chain: list[Branch], outcomes: list[Branch], following: StepId
    ) -> AnyStep | None:
        name, line, text = node.id, node.line, node.text
        match node.clause, node.meaning:
            case AskFor(), Asks(slot=slot, question=question):
                without = self._reply(outcomes, Reply.WITHOUT, following)
                then = self._chain(chain, following, following)
                return Ask(
                    id=name,
                    line=line,
                    text=text,
                    slot=slot,
                    then=then,
                    question=question,
                    without=without,
                )
            case UseAction(), Calls() as calls:
                return self._call(node, calls, chain, outcomes, following)
            case CheckThat(), Checks(condition=condition):
                return self._check(node, condition, chain, outcomes, following)
            case AskWhether(consent=consent), Words(message=message):
                yes, no = self._yes_no(node, chain, outcomes, following)
                return Confirm(
                    id=name, line=line, text=text, message=message, yes=yes, no=no, consent=consent
                )
            case WaitFor(), Words(message=message):
                return self._wait(node, message, chain, outcomes, following)
            case Say(), Words(message=message):
                then = self._chain(chain, following, following)
                return Tell(id=name, line=line, text=text, message=message, then=then)
        return None

    def _call(
        self,
        node: Node,
        calls: Calls,
        chain: list[Branch],
        outcomes: list[Branch],
        following: StepId,
    ) -> Call:
        conditions, other = _split(chain)
        on: dict[CallStatus, StepId] = {}
        then = following
        # `is refused` counts before `fails`, which is said of both.
        for branch in sorted(outcomes, key=_breadth):
            entry = self._link(branch.body, following)
            assert isinstance(branch.meaning, Outcome)
            for status in sorted(branch.meaning.statuses):
                if status is CallStatus.DONE:
                    then = entry
                else:
                    on.setdefault(status, entry)
        if conditions:
            then = self._chain(chain, then, then)
        elif other:
            entry = self._link(other.body, following)
            for status in _OTHER:
                on.setdefault(status, entry)
        return Call(
            id=node.id,
            line=node.line,
            text=node.text,
            action=calls.action,
            arguments=calls.arguments,
            result=calls.result,
            then=then,
            on=on,
        )

    def _check(
        self,
        node: Node,
        condition: Condition,
        chain: list[Branch],
        outcomes: list[Branch],
        following: StepId,
    ) -> Check:
        yes = self._reply(outcomes, Reply.YES, following) or following
        no = self._reply(outcomes, Reply.NO, following)
        if chain:
            no = self._chain(chain, following, no or self._person(node, chain))
        if no is None:
            no = self._person(node, chain)
        return Check(
            id=node.id, line=node.line, text=node.text, condition=condition, yes=yes, no=no
        )

    def _person(self, node: Node, chain: list[Branch]) -> StepId:
        """Where a check does not hold and nothing is said about that, a person takes over."""
        if chain and any(item.when is None for item in chain):
            return END
        step = self._places.fresh(node.number)
        reason = f"this does not hold: {node.text}"
        self.steps[step] = HandOver(id=step, line=node.line, text="", reason=reason)
        self.unwritten.append((node, "otherwise"))
        return step

    def _yes_no(
        self, node: Node, chain: list[Branch], outcomes: list[Branch], following: StepId
    ) -> tuple[StepId, StepId]:
        conditions, other = _split(chain)
        yes = self._reply(outcomes, Reply.YES, following)
        no = self._reply(outcomes, Reply.NO, following)
        if conditions:
            yes = self._chain(chain, yes or following, yes or following)
        elif other:
            entry = self._link(other.body, following)
            if no is None:
                no = entry
            elif yes is None:
                yes = entry
        if no is None and yes is None and not chain:
            consent = isinstance(node.clause, AskWhether) and node.clause.consent
            self.unwritten.append((node, "no" if consent else "answer"))
            no = END if consent else following
        return yes or following, no or following

    def _wait(
        self,
        node: Node,
        message: str,
        chain: list[Branch],
        outcomes: list[Branch],
        following: StepId,
    ) -> Wait:
        conditions, other = _split(chain)
        yes = self._reply(outcomes, Reply.YES, following)
        no = self._reply(outcomes, Reply.NO, following)
        then = yes or following
        if conditions:
            then = self._chain(chain, then, then)
        elif other:
            entry = self._link(other.body, following)
            no, then = (entry, then) if no is None else (no, entry)
        return Wait(id=node.id, line=node.line, text=node.text, message=message, then=then, no=no)

    def _reply(self, outcomes: list[Branch], reply: Reply, following: StepId) -> StepId | None:
        for branch in outcomes:
            if isinstance(branch.meaning, Outcome) and branch.meaning.reply is reply:
                return self._link(branch.body, following)
        return None

    def _chain(self, branches: Sequence[Branch], following: StepId, otherwise: StepId) -> StepId:
        """The first branch whose condition holds, or the one for otherwise."""
        entry = otherwise
        for branch in reversed(branches):
            body = self._link(branch.body, following)
            if branch.when is None:
                entry = body
            elif branch.meaning is not None and not isinstance(branch.meaning, Outcome):
                self.steps[branch.id] = Check(
                    id=branch.id,
                    line=branch.line,
                    text=branch.shield.open(("unless " if branch.negated else "if ") + branch.when),
                    condition=branch.meaning,
                    yes=body,
                    no=entry,
                )
                entry = branch.id
        return entry

    def _hand_over(self, node: Node) -> None:
        clause = node.clause
        assert isinstance(clause, PassOn)
        message = node.meaning.message if isinstance(node.meaning, Words) else clause.message
        self.steps[node.id] = HandOver(
            id=node.id,
            line=node.line,
            text=node.text,
            team=clause.team,
            reason=clause.reason,
            message=message,
        )

    def _used(self) -> set[StepId]:
        return {to for step in self.steps.values() for _, to in edges(step)}

    def in_order(self) -> dict[StepId, AnyStep]:
        """The steps by line and by number."""
        order = self._places.rank()
        return dict(
            sorted(
                self.steps.items(),
                key=lambda pair: (pair[0] == END, pair[1].line, order.get(pair[0], 0), pair[0]),
            )
        )


def _breadth(branch: Branch) -> int:
    return len(branch.meaning.statuses) if isinstance(branch.meaning, Outcome) else 0


def _split(chain: list[Branch]) -> tuple[list[Branch], Branch | None]:
    conditions = [item for item in chain if item.when is not None]
    other = next((item for item in chain if item.when is None), None)
    return conditions, other
