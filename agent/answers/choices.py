"""The choices that the evidence offers, for one clarifying question."""

import re
from collections.abc import Sequence

from agent.answers.evidence import Candidate
from agent.answers.words import terms

# A section whose cosine is this far below the best one's is no rival of it.
_RIVAL = 0.10
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


def _headline(candidate: Candidate) -> str:
    return " ".join((candidate.article.title, *candidate.section.path))


def _subject(candidate: Candidate) -> frozenset[str]:
    """What a section is about once its platform or plan is taken away."""
    text = _headline(candidate).lower()
    for pattern in _PATTERNS.values():
        text = pattern.sub(" ", text)
    return frozenset(terms(text))
