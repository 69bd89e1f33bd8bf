"""Follow-up questions made self-contained, and new subjects told from them."""
# ruff: noqa: E501  a pattern is easier to read on one line

import re
from collections.abc import Sequence

from agent.answers.choices import named
from agent.answers.evidence import Evidence
from agent.answers.words import terms
from agent.screening.smalltalk import small_talk
from agent.types import PERSON, Decision, Turn

_CONTINUES = re.compile(
    r"^\W*(?:(?:and|but|or|also|then|so|ok(?:ay)?|what about|how about|same for|what if|same question for|and for|for)\b[\s,]*)+"
)
_CORRECTS = re.compile(
    r"^\W*(?:(?:no+|nope|sorry|oops|actually|wait|not that)\b[\s,.!:-]*)*(?:(?:i|we) (?:meant|mean|was talking about|am talking about|was asking about)"
    r"|i'm (?:talking|asking) about|make that|rather)\b[\s,:]*(?:to say |about )?(?P<what>.+)$"
)
_NOT_BUT = re.compile(
    r"^\W*(?:no\b[\s,.!:-]*)?not (?:the |my |a |for |on )?(?P<old>[\w -]{2,30}?)[\s,]+(?:but )?(?:(?:i (?:mean|meant)) )?(?P<what>(?:the |my |a |for |on )[\w -]{2,40})\W*$"
)
_POINTS_BACK = re.compile(
    r"\b(?:it|its|that|this|those|these|them|they|there|one|ones|same|instead|afterwards?)\b"
)
_ANOTHER = re.compile(
    r"^(?:what|how) about (?P<what>.+?)\W*$|^(?:and|or|but|same)? ?(?:for|on|in|with) (?P<where>.+?)\W*$"
)
_THING = re.compile(r"\b(?P<article>the|my|a|an|our) (?P<noun>[a-z][\w-]+)(?=\W|$)")
_NO_HELP = re.compile(
    r"\b(?:(?:does|do|did|has|is)(?:n't| not) (?:help|work|working|helped|what i (?:asked|meant|need))|still (?:not|no|does|doesn't|nothing|the same)|not helpful"
    r"|no luck|(?:that's|this is|that is) (?:not|wrong)|same (?:problem|issue|answer)|wrong answer)\b"
)
# A question with more subject words than this stands on its own.
_FEW = 3
# A section speaks of both questions when it has at least this share of the words of each.
_OF_BOTH = 0.34


def continued(text: str, earlier: Sequence[Turn]) -> str | None:
    """The message with the question it continues; None when it stands alone.

    What corrects or varies the question before takes the place of what it corrects, where that
    can be told; everything else is put behind it."""
    turns = [turn for turn in earlier if turn.by != PERSON and turn.question]
    if not turns:
        return None
    lower = " ".join(text.lower().replace("’", "'").split())
    last = turns[-1]
    correction = _CORRECTS.match(lower) or _NOT_BUT.match(lower)
    if correction:
        old = correction.groupdict().get("old") or ""
        return _varied(_root(turns), correction["what"].strip(" .!?"), old, corrects=True)
    if last.decision is Decision.CLARIFY:
        own = len(set(terms(lower))) > _FEW and not _POINTS_BACK.search(lower)
        return None if own else f"{_root(turns)} {text}"
    if not (last.citations and _depends(text)):
        return None
    another = _ANOTHER.match(_CONTINUES.sub("", lower)) or _ANOTHER.match(lower)
    what = (another["what"] or another["where"]) if another else ""
    return _varied(_root(turns), what, "") if what else f"{_root(turns)} {text}"


def did_not_help(text: str) -> bool:
    """Whether a message says of the answer before it that it was none, and little else."""
    lower = text.lower().replace("’", "'")
    return bool(_NO_HELP.search(lower)) and len(set(terms(lower))) <= 1


def is_new_subject(text: str, joined: Evidence, alone: Evidence) -> bool:
    """Whether a message that looks like a follow-up is about something else: no section speaks of
    it and of the question before, and one speaks of it alone."""
    asked = {term: alone.question.weights[term] for term in alone.question.weights}
    before = {term: weight for term, weight in joined.question.weights.items() if term not in asked}
    if not asked or not before or _POINTS_BACK.search(text.lower()):
        return False
    both = max(
        (
            min(_share(asked, found), _share(before, found))
            for candidate in joined.candidates
            for found in [set(terms(candidate.words))]
        ),
        default=0.0,
    )
    return both < _OF_BOTH and alone.features.coverage > 1 - _OF_BOTH


def _share(weights: dict[str, float], found: set[str]) -> float:
    return sum(weight for term, weight in weights.items() if term in found) / sum(weights.values())


def _varied(root: str, what: str, old: str, *, corrects: bool = False) -> str:
    """The question about something else: in place of `old`, of the platform or plan that it names,
    or, in a correction, of its only thing with an article; else behind it."""
    lower = root.lower()
    if old and old in lower:
        return re.sub(re.escape(old), _bare(what), root, count=1, flags=re.I)
    labels = named(what) and named(root)
    things = list(_THING.finditer(lower))
    if corrects and not labels and len(things) == 1 and len(what.split()) <= 4:
        thing = things[0]
        return f"{root[: thing.start('noun')]}{_bare(what)}{root[thing.end('noun') :]}"
    if labels:
        kept = " ".join(word for word in root.split() if not named(word))
        return f"{kept.rstrip(' ?.')} {what}"
    return f"{root.rstrip(' ?.')} {what}"


def _bare(what: str) -> str:
    return re.sub(r"^(?:the|my|a|an|our|for|on|in) ", "", what)


def _depends(text: str) -> bool:
    lower = " ".join(text.lower().split())
    count = len(set(terms(lower)))
    if _CONTINUES.search(lower):
        return count <= _FEW
    return count <= 1 or (count <= _FEW and bool(_POINTS_BACK.search(lower)))


def _root(earlier: Sequence[Turn]) -> str:
    """The latest question that stood on its own."""
    for turn in reversed(earlier):
        if small_talk(turn.question) or _CORRECTS.match(turn.question.lower()):
            continue
        if turn.decision is not Decision.CLARIFY and not _depends(turn.question):
            return turn.question
        if turn.decision is Decision.CLARIFY and len(set(terms(turn.question))) > 1:
            return turn.question
    return earlier[0].question
