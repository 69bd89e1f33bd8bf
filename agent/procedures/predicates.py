"""Conditions that say what something is or may be, without naming the value: `the order can be
cancelled`, `the subscription is active`, `the customer is on the Pro plan`."""

import re

from agent.action import ValueType
from agent.procedure import All, Any, Comparison, Condition, Constant, Not, Ref, Test
from agent.procedures import comparisons, operands, subjects
from agent.procedures.customers import negated, read_level, read_plan
from agent.procedures.misread import Misread
from agent.procedures.names import Known
from agent.procedures.nearest import listed
from agent.procedures.people import NAMED
from agent.procedures.roots import content, roots, words
from agent.procedures.subjects import Context

_BE = r"is|are|was|were|has been|have been|had been|has|have|gets|got"
_CAN = (
    r"can be|can still be|may be|may still be|could be|can|may|could|is allowed to|"
    r"are allowed to|is able to be"
)
_FILL = r"(?:(?:still|already|currently|now|actually|yet|fully|a|an)\s+)*"
_IS = re.compile(
    rf"^(?P<left>.+?)\s+(?:(?P<be>{_BE})|(?P<can>{_CAN}))\s+{_FILL}(?:(?P<not>not|never|no)\s+)?"
    rf"{_FILL}(?:be\s+)?(?P<what>[^,]+)$",
    re.I,
)
_CAN_NOT = re.compile(r"\b(can|may|could)\s+not\s+(still\s+)?be\b", re.I)
_DOES = re.compile(
    r"^(?P<left>.+?)\s+(?:(?P<not>(?:does|do|did)\s+not)\s+)?(?P<what>(?:have|has|need|needs|"
    r"allow|allows|require|requires|use|uses|qualify|qualifies|accept|accepts|support|supports)\b.*)$",
    re.I,
)
_HAS = re.compile(
    r"^(?P<left>.+?)\s+(?:has|have|had)\s+(?P<how>(?:(?:more|fewer|less)\s+than|at\s+least|at\s+most|"
    r"exactly|over|under)\s+\S+)\s+(?P<what>[a-z ]+)$",
    re.I,
)
_THERE = re.compile(
    r"^there\s+(?:is|are|was|were)\s+(?P<not>no|not\s+any|not\s+an?)?\s*(?:an?\s+|any\s+|some\s+)?"
    r"(?P<what>.+?)(?:\s+(?:on|for|in|at)\s+.+)?$",
    re.I,
)
_BOOLEAN_HEADS = frozenset(
    [
        "is",
        "are",
        "was",
        "can",
        "be",
        "may",
        "has",
        "have",
        "had",
        "allow",
        "allows",
        "allowed",
        "needs",
        "need",
        "requires",
        "require",
    ]
)
_STATES = ("status", "state", "stage", "phase")


def read_predicate(text: str, context: Context) -> Condition | None:
    """The condition, or None when `text` says nothing of this kind. Raises `Misread` when the
    thing is known and nothing about it fits."""
    for reader in (read_level, read_plan, _there, _count, _property):
        if (condition := reader(text, context)) is not None:
            return condition
    return _bare(text, context)


def _there(text: str, context: Context) -> Condition | None:
    found = _THERE.match(text)
    known = subjects.maybe(found["what"], context) if found else None
    if not found or not known:
        return None
    if known.type is ValueType.BOOLEAN:
        return Test(Ref(known.path), Comparison.IS, Constant(not found["not"]))
    return Test(Ref(known.path), Comparison.UNKNOWN if found["not"] else Comparison.KNOWN)


def _count(text: str, context: Context) -> Condition | None:
    """`the subscription has more than 10 seats`."""
    found = _HAS.match(text)
    if not found or not subjects.noun(found["left"], context):
        return None
    noun = subjects.noun(found["left"], context)
    again = f"{noun}'s {found['what']} is {found['how']}"
    compared = comparisons.read_comparison(again, context)
    return compared[0] if compared else None


def _property(text: str, context: Context) -> Condition | None:
    said = _CAN_NOT.sub(r"\1 be not", text)
    found = _IS.match(said) or _DOES.match(said)
    if not found:
        return None
    noun = subjects.noun(found["left"], context)
    what = re.sub(r"^(?:have|has)\s+(?:an?\s+|any\s+)?", "", context.shield.bare(found["what"]))
    if several := re.match(r"(?P<word>neither|either|both)\s+(?P<what>.+)$", what, re.I):
        each = [
            _property(f"{found['left']} {found['be'] or found['can']} {item}", context)
            for item in operands.split_list(several["what"])
        ]
        return _joined(several["word"].lower(), [item for item in each if item is not None])
    if re.search(r"\s(?:and|or|but|nor)\s", what):
        return None
    if noun is None:
        return _of_anything(found, what, context)
    be = (found.groupdict().get("be") or "").lower()
    possible = bool(found.groupdict().get("can")) or what.split()[-1].endswith(("able", "ible"))
    condition = _about(noun, what, context, past=be not in ("is", "are", ""), possible=possible)
    return negated(condition) if found["not"] else condition


def read_named(text: str, context: Context) -> Condition | None:
    """A yes/no value or a list whose own name says it all, such as `documents are missing` for
    `missing_documents`: it goes before what the words alone would mean."""
    found = _IS.match(text)
    if not found or found["can"] or subjects.noun(found["left"], context):
        return None
    if subjects.is_customer(found["left"]):
        return None
    return _of_anything(found, context.shield.bare(found["what"]), context)


def _of_anything(found: re.Match[str], what: str, context: Context) -> Condition | None:
    """`an invoice is overdue` where `invoice_overdue` was looked up, `documents are missing`
    where `missing_documents` were, `the passenger has checked in`, `the guest is a gold member`."""
    fields = [item for noun in context.seen for item in context.names.fields(noun)]
    person = subjects.is_customer(found["left"])
    if person:
        what = re.sub(rf"\s+{NAMED}$", "", what, flags=re.I)
    said = roots(content(what) or words(what))
    whole = said if person else (*roots(content(context.shield.bare(found["left"]))), *said)
    flags = [item for item in fields if item.type is ValueType.BOOLEAN and _says(item, whole)]
    lists = [
        item
        for item in fields
        if item.type is ValueType.LIST and sorted(roots(item.leaf)) == sorted(whole)
    ]
    states = [
        (item, choice)
        for item in fields
        for choice in item.choices
        if person and roots(words(choice)) == said
    ]
    condition: Condition | None = None
    if flags:
        condition = Test(Ref(_single(what, flags).path), Comparison.IS, Constant(value=True))
    elif lists:
        condition = Test(Ref(_single(what, lists).path), Comparison.KNOWN)
    elif states:
        state = _single(what, [item for item, _ in states])
        choice = next(choice for item, choice in states if item == state)
        condition = Test(Ref(state.path), Comparison.IS, Constant(choice))
    return negated(condition) if condition and found["not"] else condition


def _joined(word: str, parts: list[Condition]) -> Condition:
    if word == "either":
        return Any(tuple(parts))
    return All(tuple(parts if word == "both" else map(negated, parts)))


def _about(noun: str, what: str, context: Context, *, past: bool, possible: bool) -> Condition:
    """Of a result: a yes/no value, a state, or a date that is set. What is `possible` is never
    taken for what is so: an order that can be cancelled is not a cancelled one."""
    fields = context.names.fields(noun)
    said = roots(content(what) or words(what))
    alike = [item for item in fields if item.type is ValueType.BOOLEAN and _says(item, said)]
    flags = [item for item in alike if _of_possibility(item) == possible]
    if possible and not flags:
        raise _nothing_says(noun, what, fields)
    states = [
        (item, choice) for item in fields for choice in item.choices if roots(words(choice)) == said
    ]
    dates = [item for item in fields if item.type is ValueType.DATE and _flag(item)[:1] == said]
    if flags:
        return Test(Ref(_single(what, flags).path), Comparison.IS, Constant(value=True))
    if states:
        state = _single(what, [item for item, _ in states])
        choice = next(choice for item, choice in states if item == state)
        return Test(Ref(state.path), Comparison.IS, Constant(choice))
    if dates and past:
        return Test(Ref(_single(what, dates).path), Comparison.KNOWN)
    free = [
        item for item in fields if item.leaf[-1:] and item.leaf[-1] in _STATES and not item.choices
    ]
    if len(free) == 1 and len(said) <= 2:
        return Test(Ref(free[0].path), Comparison.IS, Constant(what.strip()))
    if dates:
        return Test(Ref(_single(what, dates).path), Comparison.KNOWN)
    named = [item for item in fields if roots(item.leaf) == said]
    if named:
        return Test(Ref(_single(what, named).path), Comparison.KNOWN)
    raise _nothing_says(noun, what, fields)


def _nothing_says(noun: str, what: str, fields: list[Known]) -> Misread:
    paths = [item.path for item in fields]
    known = f"of {noun} are known {listed(paths)}" if paths else f"nothing is known of {noun}"
    return Misread(
        "unknown-value", f'nothing says whether {noun} is "{what}"', f"{known}; name one of them"
    )


def _says(item: Known, said: tuple[str, ...]) -> bool:
    """`eligible for a refund` is `refund_eligible`."""
    small = ("for", "a", "an", "the", "to", "be", "of", "on", "in")
    return _flag(item) == said or sorted(_flag(item)) == sorted(w for w in said if w not in small)


def _of_possibility(item: Known) -> bool:
    return item.leaf[0] in ("can", "may", "allow", "allows") or any(
        word.endswith(("able", "ible")) or word == "allowed" for word in item.leaf
    )


def _flag(item: Known) -> tuple[str, ...]:
    """The root of what a yes/no value or a date says: `is_cancellable`, `delivered_at`."""
    leaf = item.leaf
    while len(leaf) > 1 and leaf[0] in _BOOLEAN_HEADS:
        leaf = leaf[1:]
    while len(leaf) > 1 and leaf[-1] in ("at", "on", "date", "time", "flag"):
        leaf = leaf[:-1]
    return roots(leaf)


def _single(what: str, found: list[Known]) -> Known:
    distinct = list(dict.fromkeys(found))
    if len(distinct) > 1:
        paths = listed([item.path for item in distinct])
        raise Misread("ambiguous", f'"{what}" could be {paths}', "write which one is meant")
    return distinct[0]


def _bare(text: str, context: Context) -> Condition | None:
    """`order.refundable`, `not order.refundable`."""
    found = re.match(r"^(?P<not>not\s+)?(?P<what>\S+(?:\s+\S+){0,4})$", text, re.I)
    known = subjects.maybe(found["what"], context) if found else None
    if not found or not known or known.type is not ValueType.BOOLEAN:
        return None
    test = Test(Ref(known.path), Comparison.IS, Constant(value=True))
    return Not(test) if found["not"] else test
