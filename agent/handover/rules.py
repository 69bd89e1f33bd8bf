"""Named rules: when a message goes to a person. Operators switch them off and add their own."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from agent.handover.sentiment import is_angry
from agent.replies import SELF_HARM
from agent.screening.access import needs_account
from agent.screening.danger import Danger, danger, threatens
from agent.screening.disputes import contests_payment
from agent.screening.distress import distress
from agent.screening.legal import is_legal
from agent.screening.wishes import wants_person
from agent.screening.wording import plain
from agent.types import PERSON, Decision, HandoffReason, Turn
from kb.errors import ConfigError
from kb.settings import HandoverSettings


@dataclass(frozen=True, slots=True)
class Trigger:
    """A rule that fired. `why` is for people who take over; `team` and `reply` are the operator's
    own, and empty where the usual ones hold."""

    rule: str
    reason: HandoffReason
    why: str = ""
    team: str = ""
    reply: str = ""


# A rule reads a message and the customer's messages before it.
Rule = Callable[[str, Sequence[str]], Trigger | None]


class Rulebook:
    """The rules of these settings. Raises `ConfigError` when `off` names a rule that there is
    not, or two rules have one name."""

    def __init__(self, settings: HandoverSettings) -> None:
        _require_known(settings)
        self._off = frozenset(settings.off)
        self._own = [own for own in settings.rules if own.name not in self._off]
        self._patterns = {own.name: _words(own.words) for own in self._own}

    def before(self, text: str, turns: Sequence[Turn]) -> Trigger | None:
        """What hands a message over whatever the conversation is at, also within a procedure:
        the gravest rule that fires."""
        earlier = said_since_handover(turns)
        for name, rule in _BEFORE.items():
            if name not in self._off and (found := rule(text, earlier)):
                return found
        return self._own_rule(text)

    def after(self, text: str) -> Trigger | None:
        """What hands a message over that no procedure is for."""
        if HandoffReason.ACCOUNT_ACCESS in self._off or not needs_account(text):
            return None
        return self.named(HandoffReason.ACCOUNT_ACCESS)

    def named(self, reason: HandoffReason, why: str = "") -> Trigger:
        """The rule for what another part found."""
        return Trigger(str(reason), reason, why)

    def is_on(self, rule: str) -> bool:
        return rule not in self._off

    def _own_rule(self, text: str) -> Trigger | None:
        read = plain(text)
        for own in self._own:
            if found := self._patterns[own.name].search(read):
                why = f"The message holds “{found[0]}”."
                return Trigger(own.name, HandoffReason.RULE, why, own.team, own.reply)
        return None


def said_since_handover(turns: Sequence[Turn]) -> list[str]:
    """What the customer wrote since the agent answers (again), oldest first: what came before
    was a person's to settle."""
    asked = [turn for turn in turns if turn.by != PERSON]
    over = (Decision.HANDOFF, Decision.SILENT)
    last = max((i for i, turn in enumerate(asked) if turn.decision in over), default=-1)
    return [turn.question for turn in asked[last + 1 :]]


def _safety(text: str, _: Sequence[str]) -> Trigger | None:
    found = danger(text)
    if found is None:
        return None
    reply = SELF_HARM if found is Danger.SELF_HARM else ""
    return Trigger("safety", HandoffReason.SAFETY, f"The message speaks of {found}.", reply=reply)


def _vulnerable(text: str, _: Sequence[str]) -> Trigger | None:
    kind = distress(text)
    if kind is None:
        return None
    why = f"The customer's situation needs care ({kind})."
    return Trigger("vulnerable", HandoffReason.VULNERABLE, why)


def _anger(text: str, earlier: Sequence[str]) -> Trigger | None:
    if not is_angry(text, earlier):
        return None
    return Trigger("anger", HandoffReason.ANGER, "The customer is angry.")


def _plainly(reason: HandoffReason, holds: Callable[[str], bool]) -> Rule:
    return lambda text, _: Trigger(str(reason), reason) if holds(text) else None


# Gravest first: the first that fires decides.
_BEFORE: dict[str, Rule] = {
    "safety": _safety,
    "threat": _plainly(HandoffReason.THREAT, threatens),
    "legal": _plainly(HandoffReason.LEGAL, is_legal),
    "vulnerable": _vulnerable,
    "payment_dispute": _plainly(HandoffReason.PAYMENT_DISPUTE, contests_payment),
    "asked_for_person": _plainly(HandoffReason.ASKED_FOR_PERSON, wants_person),
    "anger": _anger,
}
SHIPPED = tuple(str(reason) for reason in HandoffReason if reason is not HandoffReason.RULE)


def _words(words: Sequence[str]) -> re.Pattern[str]:
    """Any of the words or phrases, whole, in any case."""
    parts = sorted((re.escape(plain(word)) for word in words), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)")


def _require_known(settings: HandoverSettings) -> None:
    own = [rule.name for rule in settings.rules]
    twice = {name for name in own if name in SHIPPED or own.count(name) > 1}
    if twice:
        raise ConfigError(f"[[handover.rules]] name: there is a rule {min(twice)!r} already")
    known = [*SHIPPED, *own]
    for name in settings.off:
        if name not in known:
            near = get_close_matches(name, known, n=1, cutoff=0.5)
            hint = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(known)}"
            raise ConfigError(f"[handover] off: there is no rule {name!r}; {hint}")
