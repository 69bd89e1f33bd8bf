"""Looking up, doing and checking in an operator's words: which action, with which values."""

import re

from agent.procedures.clauses import CheckThat, Clause, UseAction
from agent.procedures.shield import CODE, Shield


def check(found: re.Match[str], shield: Shield) -> Clause | None:
    if shield.code(found["rest"]) and re.search(
        rf"\b(?:with|using|via|by|through|in)\s+(?:the\s+)?(?:action\s+)?{CODE}", found["rest"]
    ):
        return _use(found["rest"], shield, reads=True)
    if found.groupdict().get("that"):
        return CheckThat(found["rest"])
    return None


def check_bare(found: re.Match[str], shield: Shield) -> Clause | None:
    """`Check the order with `find_order``, or `Check the order is delivered`."""
    rest = found["rest"]
    if re.search(
        rf"(?:^|\b(?:with|using|via|by|through|in)\s+(?:the\s+)?(?:action\s+)?){CODE}", rest
    ):
        return _use(rest, shield, reads=True)
    if re.search(r"\s(?:is|are|was|were|has|have|can|does|equals|exceeds|contains)\s|[<>=]", rest):
        return CheckThat(rest)
    return UseAction("", rest, reads=True)


def look_up(found: re.Match[str], shield: Shield) -> Clause | None:
    return _use(found["rest"], shield, reads=True)


def do(found: re.Match[str], shield: Shield) -> Clause | None:
    if not re.search(CODE, found["rest"]) and not re.search(
        r"\b[a-z]+(?:_[a-z0-9]+)+\b", found["rest"]
    ):
        return None
    return _use(found["rest"], shield, reads=False)


def _use(rest: str, shield: Shield, *, reads: bool) -> UseAction:
    """The first name in backticks, or else written with underscores, is the action."""
    if found := re.search(CODE, rest):
        return UseAction(shield.code(found[0]) or "", _without(rest, found), reads)
    if found := re.search(
        r"\b(?:with|using|via|through|by|call(?:ing)?|run(?:ning)?)\s+(?:the\s+)?(?P<name>[a-z]+(?:_[a-z0-9]+)+)(?![\w.])",
        rest,
    ):
        return UseAction(found["name"], rest[found.end() :], reads)
    if found := re.match(r"(?:the\s+)?(?P<name>[a-z]+(?:_[a-z0-9]+)+)(?![\w.])", rest):
        return UseAction(found["name"], rest[found.end() :], reads)
    return UseAction("", rest, reads)


def _without(rest: str, found: re.Match[str]) -> str:
    """What is said beside the action's name: the values it is given."""
    before = re.sub(
        r"\s*\b(?:with|using|via|through|by|in)\s+(?:the\s+)?(?:action\s+)?$",
        "",
        rest[: found.start()],
    )
    given = re.search(r"\b(?:by|for|from|using|with|whose|under)\b.*$", before)
    after = rest[found.end() :].strip()
    return " and ".join(part for part in ((given[0] if given else ""), after) if part)
