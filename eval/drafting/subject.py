"""The question that a finding was about."""

import re
from collections.abc import Sequence

from agent.answers.words import terms
from eval.drafting.headings import ask
from eval.drafting.sides import Mended
from eval.drafting.statements import from_customer, naming
from kb.claims.asking import questions
from kb.claims.reading import values
from kb.claims.values import ValueKind
from kb.findings import Finding, FindingKind

# "Refund window: 14 days or 30 days?", "When do I get my money? 5 or 10 days".
_ASKED = re.compile(r"^(?P<asked>[^?]+\?) .+$")
_NAMED = re.compile(r"^(?P<name>.+): (?P<sides>[^?]+)\?$")
_COUNTED = re.compile(r"\d+(?:\.\d+)? (?P<what>[a-z]{3,})\b(?<!or)")
_ON = re.compile(
    r"\bon (?P<how>how \w+(?: it costs)?|which \w+|what \w+"
    r"|where in the product|who or which plan)\b"
)
_WHEN = frozenset({"until", "by", "before", "from", "since", "on", "in", "at"})
_ON_WHEN = frozenset({"on", "in", "at", "before"})
_HOW_LONG = frozenset({"for", "within", "after"})
_OF_KIND = {
    ValueKind.VERSION: "which version",
    ValueKind.DURATION: "how long",
    ValueKind.MONEY: "how much does it cost",
    ValueKind.COUNT: "how many",
    ValueKind.PLACE: "where do I find it",
}
_ASKS = {
    "how much it costs": "how much does it cost",
    "where in the product": "where do I find it",
    "who or which plan": "for whom",
    "which ones": "which ones",
    "which default": "what is the default",
    "which share": "how much",
    "which measure": "how much",
    "what number": "how many",
    "which number": "how many",
    "which size": "how large",
    "which address": "where do I write to",
}


def question_about(finding: Finding, told: Mended, known: frozenset[str]) -> str:
    """What a customer would have been told wrong, without the right answer in it; empty where
    that can't be put into words. `known` are words that keep their capital in a sentence."""
    if finding.kind is FindingKind.CONTRADICTION:
        return _of_contradiction(finding)
    turned = next(questions(told.stands, naming(known)), "")
    asked = _without_value(from_customer(turned), told.says) if turned else ""
    return asked if len(set(terms(asked))) > 1 else _of_value(finding, told)


def _of_value(finding: Finding, told: Mended) -> str:
    """What the heading is about, and which value: "Summer offer: until when?"; what the heading
    alone asks where no value can be asked for."""
    first = finding.evidence[0]
    name = first.heading if len(set(terms(first.heading))) > 1 else ""
    name = name or ": ".join(part for part in (first.title, first.heading) if part)
    for fact in told.says:
        kinds = {value.kind for value in values(fact)}
        place = re.search(rf"(\w+) {re.escape(fact)}", told.stands)
        at = place[1].lower() if place else ""
        if kinds & {ValueKind.DATE, ValueKind.TIME}:
            return f"{name}: {at + ' ' if at in _WHEN - _ON_WHEN else ''}when?"
        if asks := next((asks for kind, asks in _OF_KIND.items() if kind in kinds), ""):
            return f"{name}: {asks}?"
    wording = ask(first.heading, first.title)
    return wording.question if wording else ""


def _of_contradiction(finding: Finding) -> str:
    if asked := _ASKED.match(finding.title):
        return from_customer(asked["asked"]) or asked["asked"]
    named = _NAMED.match(finding.title)
    if named is None:
        return ""
    name = named["name"]
    if len(set(terms(name))) < 2 and finding.evidence:
        name = f"{finding.evidence[0].title}: {name}"
    return f"{name}: {_asks(finding, named['sides'])}?"


def _asks(finding: Finding, sides: str) -> str:
    told = _ON.search(finding.details.get("disagree_on", finding.explanation))
    counted = _COUNTED.search(sides)
    if told and told["how"] == "how many" and counted:
        return f"how many {counted['what']}"
    if told:
        return _ASKS.get(told["how"], told["how"])
    return "is that so" if values(sides) or sides == "yes or no" else sides


def _without_value(asked: str, says: Sequence[str]) -> str:
    """The question with the value taken out and asked for; empty where that leaves no sentence.
    One that holds none of the values stays as it is."""
    for fact in says:
        place = re.search(rf"(?:(?P<at>\w+) )?{re.escape(fact)}", asked)
        if place is None:
            continue
        kinds = {value.kind for value in values(fact)}
        at = (place["at"] or "").lower()
        rest = f"{asked[: place.start()]}{asked[place.end() :]}".rstrip(" ?")
        if at in _WHEN and kinds & {ValueKind.DATE, ValueKind.TIME}:
            return f"{rest}, and {at if at not in _ON_WHEN else ''} when?".replace("  ", " ")
        if at in _HOW_LONG and ValueKind.DURATION in kinds:
            return f"{rest}, and {at} how long?"
        return ""
    return asked
