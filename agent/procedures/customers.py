"""Conditions on who the customer is: `the customer is verified`, `they are on the Pro plan`."""

import re

from agent.procedure import Comparison, Condition, Constant, Not, Ref, Test
from agent.procedures import subjects
from agent.procedures.people import NAMED
from agent.procedures.subjects import Context

_LEVELS = {
    "verified": r"verified|authenticated|logged in|signed in|identified|proven|confirmed|known",
    "anonymous": r"anonymous|a guest|guest|logged out|signed out",
}
_IDENTITY = re.compile(
    rf"^(?:(?:the\s+)?{NAMED}'s\s+identity|(?:the|their)\s+identity)\s+",
    re.I,
)
_PLAN = re.compile(
    r"^(?P<who>.+?)\s+(?:(?:is|are)\s+(?P<not>not\s+)?on|has|have)\s+"
    r"(?:the\s+|an?\s+)?(?P<plan>.+?)\s+(?:plan|tier|tariff|subscription)$",
    re.I,
)


def read_level(text: str, _context: Context) -> Condition | None:
    """That the customer is verified, or anonymous, or is not."""
    said = _IDENTITY.sub("the customer ", text)
    found = re.match(
        r"^(?P<who>.+?)\s+(?:is|are|was|has been)\s+(?P<not>not\s+)?(?P<what>.+)$", said, re.I
    )
    if not found or not subjects.is_customer(found["who"]):
        return None
    for level, pattern in _LEVELS.items():
        if re.fullmatch(pattern, found["what"], re.I):
            test = Test(Ref("identity.level"), Comparison.IS, Constant(level))
            return negated(test) if found["not"] else test
    return None


def read_plan(text: str, context: Context) -> Condition | None:
    """That the customer, or what was looked up, is on a plan."""
    found = _PLAN.match(text)
    if not found:
        return None
    nouns = (*context.seen, "identity")
    plan = next((known for noun in nouns if (known := context.names.get(f"{noun}.plan"))), None)
    if plan is None or not (
        subjects.is_customer(found["who"]) or subjects.noun(found["who"], context)
    ):
        return None
    name = context.shield.bare(found["plan"])
    choice = next((item for item in plan.choices if item.lower() == name.lower()), name)
    comparison = Comparison.IS_NOT if found["not"] else Comparison.IS
    return Test(Ref(plan.path), comparison, Constant(choice))


def negated(condition: Condition) -> Condition:
    """Of a state, that it is another one: like all that is compared, not where it is missing."""
    opposite = {
        Comparison.IS: Comparison.IS_NOT,
        Comparison.KNOWN: Comparison.UNKNOWN,
        Comparison.UNKNOWN: Comparison.KNOWN,
    }
    match condition:
        case Test(comparison=how, right=Constant(value=bool())):
            return Not(condition)
        case Test(left=left, comparison=how, right=right) if how in opposite:
            return Test(left, opposite[how], right)
    return Not(condition)
