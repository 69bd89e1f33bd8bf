"""Whether a text tells a fact, in its words or in others that are close."""

import re
from functools import lru_cache

from agent.answers.ground import support

_MARKUP = re.compile(r"[*_`]+")
# What may not go on beside a fact: "40" is told neither by "1,400" nor by "40.5".
_BEFORE, _AFTER = r"(?<![^\W_])(?<![\d][.,])", r"(?![^\W_]|[.,]\d)"


def told(fact: str, text: str) -> bool:
    """Whether the fact stands in the text word for word, but for case, space and markup, or a
    sentence of the text supports it: the same numbers, names and negations, and most words."""
    return verbatim(fact, text) or support(fact, text).supported


def verbatim(fact: str, text: str) -> bool:
    """Whether the fact stands in the text word for word, but for case, space and markup."""
    return bool(_whole(fact).search(_squeezed(text)))


@lru_cache(maxsize=4_000)
def _whole(fact: str) -> re.Pattern[str]:
    """The fact, not as a part of a longer word or number."""
    bare = _squeezed(fact)
    before = _BEFORE if bare[:1].isalnum() else ""
    after = _AFTER if bare[-1:].isalnum() else ""
    return re.compile(f"{before}{re.escape(bare)}{after}")


@lru_cache(maxsize=2_000)
def _squeezed(text: str) -> str:
    return " ".join(_MARKUP.sub("", text).lower().replace("’", "'").split())
