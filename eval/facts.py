"""Whether a text tells a fact, in its words or in others that are close."""

import re

from agent.answers.ground import support


def told(fact: str, text: str) -> bool:
    """Whether the fact stands in the text word for word, but for case, space and markup, or a
    sentence of the text supports it: the same numbers, names and negations, and most words."""
    return _squeezed(fact) in _squeezed(text) or support(fact, text).supported


def _squeezed(text: str) -> str:
    return " ".join(re.sub(r"[*_`]+", "", text).lower().replace("’", "'").split())
