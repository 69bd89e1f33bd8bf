"""The choices that the evidence offers, for one clarifying question, and the one that is taken."""
# ruff: noqa: E501  a pattern is easier to read on one line

import re
from collections.abc import Sequence
from enum import StrEnum

from rapidfuzz import fuzz
from rapidfuzz.utils import default_process

from agent.answers.evidence import Candidate
from agent.answers.words import terms

# A section whose cosine is this far below the best one's is no rival of it.
_RIVAL = 0.10
# One whose cosine to the question is below this is not offered.
_NEAR = 0.25
_OFFERED = 4
_GENERIC = re.compile(
    r"(?:introduction|overview|details|notes?|more|general|summary|faqs?|see also)"
)
_LABELS = {
    "Windows": r"windows",
    "macOS": r"mac ?os|mac|os x|macbook",
    "Linux": r"linux|ubuntu|debian|fedora",
    "Android": r"android",
    "iPhone and iPad": r"ios|iphone|ipad|ipados",
    "web": r"web app|web browser|browser|web version",
    "desktop": r"desktop app|desktop",
    "mobile": r"mobile app|mobile",
    "Free": r"free plan|free tier",
    "Starter": r"starter plan|starter",
    "Pro": r"pro plan|pro",
    "Team": r"team plan",
    "Business": r"business plan|business",
    "Enterprise": r"enterprise plan|enterprise",
}
_PATTERNS = {label: re.compile(rf"\b(?:{words})\b") for label, words in _LABELS.items()}
_NONE = re.compile(
    r"\b(?:none|neither|nothing|no one) (?:of|from) (?:these|those|them|the above)\b|^(?:none|neither|nope|no|something else|other"
    r"|another thing|not (?:really|these|those|any))\b|\bsomething (?:else|different)\b|\bnot (?:any|one) of (?:these|those|them)\b"
)  # fmt: skip
_YES = re.compile(
    r"^(?:yes|yeah|yep|sure|ok(?:ay)?|please|please do|get (?:me )?(?:a |one)?(?:person|human)?)\b[\s,.!]*(?:please|do|a person|person|human)?\W*$"
)
_ORDINALS = (
    r"1|one|1st|first|a", r"2|two|2nd|second|b", r"3|three|3rd|third|c", r"4|four|4th|fourth|d",
    r"5|five|5th|fifth|e",
)  # fmt: skip
_NUMBER = re.compile(
    r"^(?:(?:i (?:mean|want|think|choose)|it'?s|its|probably|number|no\.?|nr\.?|option|choice|the|#)\s*)*"
    r"(?P<which>{}|last)(?:\s*(?:one|option|choice))?(?:\s*(?:please|thanks|thx))?\W*$".format(
        "|".join(f"(?:{words})" for words in _ORDINALS)
    )
)
_ALIKE = 80


class Pick(StrEnum):
    """What was said to a clarifying question, beside one of its choices."""

    NONE = "none"
    PERSON = "person"


def named(text: str) -> set[str]:
    """Platforms and plans that a text names."""
    lower = text.lower()
    return {label for label, pattern in _PATTERNS.items() if pattern.search(lower)}


def choices(question: str, candidates: Sequence[Candidate]) -> tuple[str, ...]:
    """Labels to choose from, best section first; empty when there is nothing to ask.

    There is something to ask when sections with the same heading, but for a platform or a plan,
    stand close together at the top and the question names none of them."""
    if not candidates or named(question):
        return ()
    best = candidates[0]
    subject = _subject(best)
    labels: list[str] = []
    for candidate in candidates:
        own = named(_headline(candidate))
        if best.similarity - candidate.similarity > _RIVAL or not own:
            continue
        if _subject(candidate) == subject:
            labels.extend(sorted(own))
    found = tuple(dict.fromkeys(labels))
    return found if len(found) > 1 and named(_headline(best)) else ()


def headings(candidates: Sequence[Candidate]) -> tuple[str, ...]:
    """What the nearest sections are about, one an article, nearest first."""
    found: dict[str, str] = {}
    for candidate in candidates:
        if candidate.similarity >= _NEAR:
            found.setdefault(candidate.article.id, _label(candidate))
    return tuple(dict.fromkeys(found.values()))[:_OFFERED]


def picked(text: str, options: Sequence[str]) -> str | Pick | None:
    """The option that the answer to a clarifying question takes: by its number, place or name;
    or that it is none of them, or a person is wanted. None when it is no answer to it."""
    lower = " ".join(text.lower().replace("’", "'").split()).strip(" .!")
    if _YES.match(lower):
        return Pick.PERSON
    number = _NUMBER.match(lower)
    if number and (place := _place(number["which"], len(options))) is not None:
        return options[place]
    close = [
        (fuzz.token_set_ratio(lower, option, processor=default_process), option)
        for option in options
    ]
    best, option = max(close, key=lambda item: item[0], default=(0, ""))
    if best >= _ALIKE and sum(score >= _ALIKE for score, _ in close) == 1:
        return option
    return Pick.NONE if _NONE.search(lower) and len(terms(lower)) <= 1 else None


def _place(said: str, count: int) -> int | None:
    if said == "last":
        return count - 1
    for place, words in enumerate(_ORDINALS):
        if re.fullmatch(words, said):
            return place if place < count else None
    return None


def _label(candidate: Candidate) -> str:
    """The section's own heading with its article's title, or one of them where it says enough."""
    title = candidate.article.title
    heading = candidate.section.path[-1] if candidate.section.path else ""
    if not heading or _GENERIC.fullmatch(heading.lower()):
        return title
    shared = set(terms(heading)) & set(terms(title))
    return heading if shared or len(terms(heading)) > 2 else f"{title}: {heading}"


def _headline(candidate: Candidate) -> str:
    return " ".join((candidate.article.title, *candidate.section.path))


def _subject(candidate: Candidate) -> frozenset[str]:
    """What a section is about once its platform or plan is taken away."""
    text = _headline(candidate).lower()
    for pattern in _PATTERNS.values():
        text = pattern.sub(" ", text)
    return frozenset(terms(text))
