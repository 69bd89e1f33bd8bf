"""Looks up what clauses name: values, actions, slots and conditions."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from agent.action import ActionSpec, Effect
from agent.procedure import Comparison, Condition, Not, Ref, Slot, Test
from agent.procedures import comparisons, operands, subjects
from agent.procedures.arguments import fill, read_arguments
from agent.procedures.clauses import (
    AskFor,
    Asks,
    AskWhether,
    Branch,
    Calls,
    Checks,
    CheckThat,
    Node,
    Outcome,
    PassOn,
    Say,
    UseAction,
    WaitFor,
    Words,
)
from agent.procedures.conditions import read_condition, spoken_of
from agent.procedures.direct import speech
from agent.procedures.faults import Faults
from agent.procedures.misread import Misread
from agent.procedures.names import Names
from agent.procedures.nearest import did_you_mean, listed
from agent.procedures.replies import Reply, chosen, lacks_answer, reply_of, status_of
from agent.procedures.roots import content, roots, words
from agent.procedures.slots import find_slot, mentioned_slot
from agent.procedures.subjects import Context
from agent.procedures.texts import with_paths

Number = int | float | str


class Meanings:
    """Of one procedure, in the order in which an operator reads it."""

    def __init__(
        self,
        slots: Mapping[str, Slot],
        actions: Sequence[str],
        specs: Mapping[str, ActionSpec],
        faults: Faults,
    ) -> None:
        self._slots = slots
        self._actions = {name: specs[name] for name in actions}
        self._specs = specs
        self._faults = faults
        self.context = Context(Names(slots, list(self._actions.values())))

    def of(self, nodes: Sequence[Node]) -> None:
        """Gives every node and branch its meaning; what has none is a fault."""
        for node in nodes:
            self.context = replace(self.context, shield=node.shield)
            try:
                self._node(node)
            except Misread as error:
                self._report(node, error)
            before = self.context
            for branch in node.branches:
                self.context = replace(
                    self.context, shield=branch.shield, it=before.it, asked=before.asked
                )
                try:
                    branch.meaning = self._branch(branch, node)
                except Misread as error:
                    self._report(branch, error, node.number)
                self.of(branch.body)
            self._refuse_doubles(node)
            self.context = replace(self.context, it=before.it, asked=before.asked)

    def _refuse_doubles(self, node: Node) -> None:
        """Two branches for one outcome: only one of them could ever be taken."""
        seen: list[Outcome] = []
        for branch in node.branches:
            if isinstance(branch.meaning, Outcome):
                if branch.meaning in seen:
                    self._faults.error(
                        branch.line,
                        "double-branch",
                        f"step {node.number} has two branches for the same: "
                        f'"{branch.shield.open(branch.when or "")}" says it again',
                        "put both into one, or ask another question below it",
                    )
                seen.append(branch.meaning)

    def limits(self, limits: Mapping[str, Number], lines: Mapping[str, int]) -> dict[str, Number]:
        """By path, with a fault for each that names nothing."""
        found: dict[str, Number] = {}
        for name, bound in limits.items():
            try:
                found[subjects.value(name, self.context).path] = bound
            except Misread as error:
                line = lines.get(f"limits.{name}", 1)
                message = f"`limits` bounds `{name}`: {error}"
                self._faults.error(line, "limits", message, error.suggestion)
        return found

    def _node(self, node: Node) -> None:
        match node.clause:
            case AskFor(what=what, question=question):
                self._ask(node, what, question)
            case Say(phrase=phrase) if phrase and (told := self._told(phrase)):
                node.meaning = Words(told)
            case AskWhether(message=message) | Say(message=message) | WaitFor(message=message):
                node.meaning = Words(self._text(message, node))
            case PassOn(message=message, reason=reason):
                node.meaning = Words(self._text(message, node))
                self._text(reason, node)
            case UseAction() as clause:
                self._call(node, clause)
            case CheckThat(condition=condition):
                found = read_condition(condition, self.context)
                node.meaning = Checks(found)
                self._speak_of(found)

    def _text(self, message: str, node: Node) -> str:
        return with_paths(message, node.line, self.context, self._faults)

    def _told(self, phrase: str) -> str:
        """`the order's status and total` as a message with these values; empty when something
        else is said."""
        if len(phrase.split()) > 12 or re.search(r"[{.]", phrase):
            return ""
        told = []
        for piece in operands.split_list(phrase):
            known = subjects.maybe(piece, self.context)
            if known is None:
                return ""
            name = " ".join(words(piece)) if "_" in piece else piece
            told.append(f"{name[:1].upper()}{name[1:]}: {{{known.path}}}.")
        return speech(" ".join(told))

    def _speak_of(self, condition: Condition) -> None:
        if path := spoken_of(condition):
            self.context = self.context.about(path)

    def _ask(self, node: Node, what: str, question: str) -> None:
        bare = self.context.shield.bare(what)
        slot = find_slot(bare, self._slots) or (
            mentioned_slot(bare, self._slots) if question else None
        )
        if slot is None:
            shown = self.context.shield.bare(what).strip()
            name = "_".join(content(shown)[-3:]) or "value"
            known = did_you_mean(name, self._slots)
            raise Misread(
                "unknown-slot",
                f'asks for "{shown}", which `needs` does not list',
                f"{known} Or add to `needs`: `{name}` with `ask: …` below it"
                if known
                else f"add to `needs`: `{name}` with `ask: …` below it",
            )
        node.meaning = Asks(slot, self._text(question, node))
        self.context = replace(self.context, it=slot, asked=slot)

    def _call(self, node: Node, clause: UseAction) -> None:
        spec = self._action(clause)
        given, misread = read_arguments(clause.rest, spec, self.context)
        arguments, missing = fill(spec, given, self.context)
        for error in misread or missing:
            self._report(node, error)
        node.meaning = Calls(spec.name, arguments, spec.result)
        seen = tuple(dict.fromkeys((*self.context.seen, spec.result)))
        self.context = replace(self.context, seen=seen, it=spec.result, asked="")

    def _action(self, clause: UseAction) -> ActionSpec:
        if clause.name:
            if spec := self._actions.get(clause.name):
                return spec
            raise self._unlisted(clause.name)
        said = roots(content(re.split(r"\b(?:with|by|using|for|from)\b", clause.rest)[0]))
        fits = [
            spec
            for spec in self._actions.values()
            if spec.effect is Effect.READ
            and roots(words(spec.result)) == said[: len(words(spec.result))]
        ]
        if len(fits) == 1:
            return fits[0]
        raise Misread(
            "no-action",
            "does not name the action that it uses",
            f"put one of them into the step, in backticks: {listed(self._actions)}"
            if self._actions
            else "list an action under `actions`, and name it here in backticks",
        )

    def _unlisted(self, name: str) -> Misread:
        if name in self._specs:
            hint = f"add `{name}` to `actions` in the front matter"
            if close := did_you_mean(name, self._actions):
                hint = f"{hint}, or {close}" if close.startswith("did") else hint
        else:
            hint = did_you_mean(name, self._actions) or did_you_mean(name, self._specs)
        return Misread("unknown-action", f"calls `{name}`, which is not in the actions list", hint)

    def _branch(self, branch: Branch, node: Node) -> Outcome | Condition | None:
        when = branch.when
        if when is None:
            return None
        outcome = self._outcome(branch, node)
        if outcome is not None:
            return outcome
        failure: Misread | None = None
        try:
            test = self._chosen(when, self.context.asked) if self.context.asked else None
            if test is not None:
                return Not(test) if branch.negated else test
        except Misread as error:
            failure = error
        try:
            condition = read_condition(when, self.context)
        except Misread as error:
            raise failure or error from None
        self._speak_of(condition)
        return Not(condition) if branch.negated else condition

    def _outcome(self, branch: Branch, node: Node) -> Outcome | None:
        when = branch.when or ""
        match node.clause:
            case UseAction():
                result = node.meaning.result if isinstance(node.meaning, Calls) else ""
                statuses = status_of(when, (result, node.text))
                return Outcome(statuses=frozenset(statuses)) if statuses else None
            case AskWhether() | WaitFor():
                return _reply(reply_of(when), negated=branch.negated)
            case CheckThat() if re.fullmatch(
                r"(?:so|yes|it (?:is|does|has)|true|ok)", when.strip(), re.I
            ):
                return _reply(Reply.YES, negated=branch.negated)
            case CheckThat() if re.fullmatch(
                r"(?:no|not|it (?:is|does|has) not|false)", when.strip(), re.I
            ):
                return _reply(Reply.NO, negated=branch.negated)
            case AskFor() if lacks_answer(when):
                return Outcome(reply=Reply.WITHOUT)
        return None

    def _chosen(self, when: str, slot: str) -> Condition | None:
        """`if they say damaged`, `Damaged: …` below the question for a slot."""
        said = chosen(when)
        known = self.context.names.get(slot)
        if known is None or (said == when.strip(" .,") and not known.choices):
            return None
        options = operands.split_list(said)
        try:
            if len(options) > 1:
                return comparisons.among(known, said, self.context)
            return Test(Ref(slot), Comparison.IS, operands.operand(said, known, self.context))
        except Misread:
            if said != when.strip(" ,."):
                raise
            return None

    def _report(self, where: Node | Branch, error: Misread, number: str = "") -> None:
        step = where.number if isinstance(where, Node) else number
        said = str(error)
        verb = re.match(r"(?:asks|calls|does|goes)\b", said)
        message = f"step {step} {said}" if verb else f"step {step}: {said}"
        self._faults.error(where.line, error.rule, message, error.suggestion)


def _reply(reply: Reply | None, *, negated: bool) -> Outcome | None:
    if reply is None or reply is Reply.WITHOUT:
        return None
    if negated:
        reply = Reply.NO if reply is Reply.YES else Reply.YES
    return Outcome(reply=reply)
