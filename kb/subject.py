"""Whether two similar texts are about different things: another platform, partner or version."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from kb.drift import word_changes
from kb.shingles import words
from kb.types import Article, Block

NAME = re.compile(r"(?<=[\w,;:('\"“*`>-]\s)[A-Z][\w.+#-]*|\b\w*\d\w*\b")
NAMED = re.compile(r"[A-Z\d]")
LEAST = 2


def different_subjects(
    one: Article, other: Article, one_blocks: Sequence[Block], other_blocks: Sequence[Block]
) -> bool:
    """Whether a name in the title or path of one stands where the other says its own name, or
    each has a name of its own that the other's text hardly mentions.

    A name is a word that stands capitalised within sentences, or one with a digit. That is what
    tells a template filled in twice from a text that was copied and edited.
    """
    labels, other_labels = _labels(one), _labels(other)
    own, foreign = labels - other_labels, other_labels - labels
    if not own or not foreign:
        return False
    ours, theirs = _names(one_blocks), _names(other_blocks)
    if _exchanged(own & set(ours), foreign & set(theirs), one_blocks, other_blocks):
        return True
    return _mostly(own, ours, theirs) and _mostly(foreign, theirs, ours)


def _labels(article: Article) -> set[str]:
    return set(words(article.title)) | set(re.findall(r"[^\W_]+", article.path.casefold()))


def _exchanged(
    own: set[str], foreign: set[str], one: Sequence[Block], other: Sequence[Block]
) -> bool:
    changes = word_changes(
        " ".join(block.text for block in one), " ".join(block.text for block in other)
    )
    return any(
        NAMED.match(before)
        and NAMED.match(after)
        and own.intersection(words(before))
        and foreign.intersection(words(after))
        for before, after in changes
    )


def _mostly(labels: Iterable[str], ours: Counter[str], theirs: Counter[str]) -> bool:
    return any(ours[label] >= LEAST and theirs[label] * 4 <= ours[label] for label in labels)


def _names(blocks: Sequence[Block]) -> Counter[str]:
    return Counter(
        word for block in blocks for match in NAME.findall(block.text) for word in words(match)
    )


def are_parallel(one: str, other: str) -> bool:
    """Whether two titles are one pattern filled in twice, such as "Set up on Linux" and "Set up on
    MacOS": one run of words differs, a name in each and not at the beginning, and at least two
    words and half of each title are the same."""
    changes = word_changes(one, other)
    if len(changes) != 1 or not all(NAMED.match(word) for word in changes[0]):
        return False
    if one.startswith(changes[0][0]) or other.startswith(changes[0][1]):
        return False
    before, after = (set(words(title)) for title in (one, other))
    same = before & after
    return len(same) >= LEAST and len(same) * 2 >= max(len(before), len(after))
