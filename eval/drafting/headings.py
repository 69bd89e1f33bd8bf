"""A heading as the question that a customer would ask to find what stands under it."""
# ruff: noqa: E501  a pattern is easier to read on one line

import re
from dataclasses import dataclass

from agent.answers.words import terms

# What says nothing of its section; compared in lower case, without punctuation.
_GENERIC = re.compile(
    r"(?:about|additional|advanced|answers?|appendix|background|basics|changelog|common|conclusion"
    r"|configuration|contact(?: us)?|contents|description|details|examples?|faqs?|features"
    r"|final|frequently asked|further|general|(?:get|getting|need)(?: more)? help|getting started"
    r"|help|how it works|important|installation|instructions|introduction|learn more|limitations"
    r"|links|miscellaneous|more|need help|next|notes?|options|other|overview|parameters"
    r"|prerequisites|procedure|quick|quickstart|references?|related|release notes|requirements"
    r"|resources|responses?|see also|settings?|setup|solutions?|still need help|summary|support"
    r"|table of contents|terminology|tips(?: and tricks)?|troubleshooting|usage|using this guide"
    r"|videos?|warnings?|welcome|whats? (?:next|is this|to do next|you need)|before you \w+)"
    r"(?: (?:and )?(?:articles|context|errors|example|guide|help|information|issues|links|notes"
    r"|options|practices|problems|questions|reading|reference|resources|settings|start|steps|topics))*"
)
# With which instructions begin.
_VERBS = re.compile(
    r"(?:accept|access|activate|add|adjust|allow|apply|approve|archive|ask|assign|attach|authori[sz]e"
    r"|avoid|block|book|buy|calibrate|cancel|change|check|choose|claim|clean|clear|close|collect"
    r"|combine|compare|configure|confirm|connect|contact|convert|copy|correct|create|customi[sz]e"
    r"|deactivate|delete|deploy|disable|disconnect|downgrade|download|duplicate|edit|embed|enable"
    r"|enter|exchange|exclude|export|extend|filter|find|fix|forward|generate|get|give|grant|handle"
    r"|hide|identify|import|improve|include|increase|inspect|install|integrate|invite|join|keep"
    r"|leave|limit|link|lock|log|lower|make|manage|measure|merge|migrate|monitor|move|mute|open"
    r"|organi[sz]e|pair|pause|pay|prepare|prevent|print|protect|publish|reactivate|receive|reconnect"
    r"|recover|redeem|reduce|register|reinstall|remove|rename|renew|reopen|repair|replace|report"
    r"|request|reschedule|reset|resolve|restart|restore|restrict|resume|return|review|revoke|run"
    r"|save|schedule|search|secure|select|send|separate|set|share|show|sign|skip|split|start|stop"
    r"|submit|subscribe|switch|sync|test|track|transfer|translate|troubleshoot|turn|unblock"
    r"|uninstall|unlink|unlock|unsubscribe|update|upgrade|upload|use|verify|view|withdraw|write)"
)
_ASKS = re.compile(r"how|what|why|when|where|which|who|can|could|do|does|did|is|are|will")
_AUXILIARY = (
    r"(?:is|are|was|were|do|does|did|can|could|will|would|should|must|may|has|have|isn|aren|don)"
)
_DEGREE = (
    r"(?:much|many|often|long|far|soon|fast|quickly|big|large|old|well|late|early|near|close|fresh"
    r"|accurate|secure|safe|reliable)"
)
_THING = r"(?:an?|the|this|each|your|our|you|we|it|they)"
# "Why numbers differ", "How often a reading is taken": what follows a verb of asking.
_INDIRECT = re.compile(
    rf"(?:(?:how|why|when|where) (?:{_DEGREE} (?={_THING}\b)|(?!(?:{_DEGREE}|{_AUXILIARY})\b))"
    rf"(?!(?:about|come)\b)|(?:what|which|who) {_THING}\b)",
    re.I,
)
# What the article asks the customer.
_TO_READER = re.compile(
    r"(?:have|did|has) (?:you|the|your)\b|are you (?!able|open)|is your\b|anything else\b|any (?:other )?question"
    r"|do you (?:want|need|see|use|get|still|already|know)\b"
    r"|(?:want|need|still|looking|having|using|got|tired|curious|ready)\b.*\?",
    re.I,
)
# "Review intervals", "Search tool": a verb in form, and a thing in fact.
_COMPOUND = re.compile(
    r"[\w-]+(?: (?!(?:an?|the|your|my|to|from|in|on|with|for|of)\b)[\w-]+)* "
    r"(?:issues|problems|tools?|checks?|steps?|order|headers?|intervals?|options?|settings?|history|limits?"
    r"|logs?|page|menu|screen|mode|types?|rate|polic(?:y|ies)|fees?|requests?|response|methods?|results?"
    r"|requirements?|process|rules|reports?|box|time|count|window|bar|view|panel|or [\w -]+ it)",
    re.I,
)
_WE = re.compile(r"\b(?:we|us)\b", re.I)
_OUR = re.compile(r"\bour\b", re.I)
_PLACED = frozenset({"where", "when", "what"})
# "Update failed" is no instruction.
_SYMPTOM = re.compile(r"\b(?:failed|fails|failing|failure|missing|not working)$", re.I)
_MARKUP = re.compile(r"\{[^}]*\}|!?\[([^\]]*)\](?:\([^)]*\))?|<[^>]*>|[*`#]+|(?<!\w)_+|_+(?!\w)")
_NUMBERED = re.compile(r"^(?:step|part|option|method|phase)?\s*\d+(?:\.\d+)*\s*[.:)–—-]", re.I)
_CODE = re.compile(r"[/\\{}<>=|]|::|\b(?:GET|POST|PUT|PATCH|DELETE)\b|\w_\w|^v?\d")
_YOURS = re.compile(r"\byour(s?)(?:\b)(?!')", re.I)
_AFTER_YOU = re.compile(r"\b(after|when|if|before|once|while|until|unless) you\b(?! are)", re.I)
_MOST_WORDS = 14


@dataclass(frozen=True, slots=True)
class Wording:
    """A question; `rank` is 0 where the heading said it in a customer's words, 1 where it was a
    subject alone and the wording is a guess."""

    question: str
    rank: int


def ask(heading: str, title: str) -> Wording | None:
    """The question behind a heading of an article, None for one that says too little by itself:
    a generic word, a numbered step of something larger, code, or a single word.

    A heading that means little without its article is asked together with the title.
    """
    text = _plain(heading)
    lower = re.sub(r"[^\w\s]", "", text.lower()).strip()
    said = text.split()
    if not said or _GENERIC.fullmatch(lower) or len(said) > _MOST_WORDS:
        return None
    if _TO_READER.match(text) or (len(said) == 1 and _VERBS.fullmatch(lower)):
        return None
    if _NUMBERED.match(text) or _CODE.search(text) or not text[0].isalpha() or text[-1] in "…:,":
        return None
    phrased = _phrase(text, said)
    known, about = set(terms(text)), set(terms(_plain(title)))
    needs_title = len(known) < 3 and not known & about and bool(about)
    if len(known | (about if needs_title else set())) < 2:
        return None
    question, rank = phrased
    return Wording(f"{_plain(title)}: {question}" if needs_title else question, rank)


def begins_with_verb(text: str) -> bool:
    """Whether a label says what somebody does, such as "Export a report"."""
    first, _, rest = text.partition(" ")
    return bool(rest and re.fullmatch(rf"(?:{_VERBS.pattern}|see|mark),?", first.lower()))


def uncapitalised(text: str) -> str:
    """Lower first letter, unless the word is a name or an abbreviation."""
    first, _, rest = text.partition(" ")
    if not first[1:].islower() or any(word[:1].isupper() for word in rest.split()):
        return text
    return first.lower() + (f" {rest}" if rest else "")


def _phrase(text: str, said: list[str]) -> tuple[str, int]:
    first = said[0].lower()
    bare = text.rstrip(" .:!")
    if first == "how" and len(said) > 2 and said[1].lower() == "to":
        bare = bare.rstrip("?")
        return f"How do I {_mine(' '.join(bare.split()[2:]))}?", 0
    if bare.endswith("?"):
        return _mine(bare) if first not in {"i", "my"} else bare, 0
    if first in _PLACED and len(said) > 2 and said[1].lower() == "to":
        return f"{said[0].capitalize()} should I {_told(_mine(' '.join(bare.split()[2:])))}?", 0
    if _ASKS.fullmatch(first):
        if _INDIRECT.match(bare):
            return f"Can you tell me {_told(_mine(bare[0].lower() + bare[1:]))}?", 0
        return f"{_mine(bare)}?", 0
    if _VERBS.fullmatch(first) and not (_SYMPTOM.search(bare) or _COMPOUND.fullmatch(bare)):
        return f"How do I {_mine(bare[0].lower() + bare[1:])}?", 0
    return f"What should I know about {_mine(uncapitalised(bare))}?", 1


def _mine(text: str) -> str:
    """What the article calls yours the customer calls mine."""
    text = _AFTER_YOU.sub(r"\1 I", text)
    return _YOURS.sub(lambda match: "mine" if match[1] else "my", text)


def _told(text: str) -> str:
    """What the company calls ours the customer calls yours."""
    return _OUR.sub("your", _WE.sub("you", text))


def _plain(text: str) -> str:
    return " ".join(_MARKUP.sub(lambda match: match[1] or " ", text).split())
