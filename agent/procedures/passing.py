"""Handing over in an operator's words: to which team, why, and what the customer is told."""

import re

from agent.procedures.clauses import Clause, PassOn
from agent.procedures.shield import QUOTE, Shield


def pass_on(found: re.Match[str], shield: Shield) -> Clause | None:
    rest = found["rest"] or ""
    message = ""
    if told := re.search(
        rf"\b(?:and|after)?\s*(?:tell|telling|say|saying|inform|informing)\b[^{QUOTE[1:-1]}]*({QUOTE})",
        rest,
    ):
        message, rest = shield.quoted(told[1]) or "", rest[: told.start()]
    reason = ""
    if why := re.search(
        r"[,:(-]*\s*\b(?:because|since|as|reason:?|for the reason|stating|noting|"
        r"with (?:the |a )?(?:reason|note))\b(?:\s+(?:that|of|being))?\s*:?\s*(?P<why>.+)$",
        rest,
        re.I,
    ):
        reason, rest = shield.bare(why["why"]), rest[: why.start()]
    elif quoted := shield.quoted(rest):
        reason, rest = quoted, re.sub(QUOTE, "", rest)
    to = re.search(r"\b(?:to|with)\s+(?:the\s+|our\s+|a\s+|an\s+)?(?P<team>.+)$", rest, re.I)
    if to and (
        why := re.match(
            r"(?P<team>.+?)\s+(?:for|about|regarding|when)\s+(?P<why>.+)$", to["team"], re.I
        )
    ):
        reason = reason or shield.bare(why["why"])
        return PassOn(_team(why["team"], shield), reason.strip(" .)"), message)
    team = _team(to["team"], shield) if to else ""
    # A longer name is a clause of its own that would be lost.
    return PassOn(team, reason.strip(" .)"), message) if len(team.split()) <= 5 else None


_ANYBODY = re.compile(
    r"^(?:(?:human|live|real|support)\s+)?(?:person|human|agent|colleague|someone|somebody|"
    r"representative|team member|operator|specialist|advisor|adviser|staff(?: member)?)"
    r"(?: (?:from|of|in|on) (?:the )?(?P<of>.+))?$",
    re.I,
)


def _team(text: str, shield: Shield) -> str:
    """The name of a team; empty when anybody will do."""
    said = shield.bare(text).strip(" .,:;-")
    if found := _ANYBODY.match(said):
        said = found["of"] or ""
    return re.sub(r"\s+(?:team|department|group|colleagues)$", "", said, flags=re.I).strip()
