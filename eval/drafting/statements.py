"""What an article says can or can't be done, turned into the question that it answers."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from agent.answers.words import terms
from kb.claims.asking import questions
from kb.claims.reading import values
from kb.claims.statements import claims_something
from kb.types import Article, BlockKind, Section, Sentence

_PROSE = {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.NOTE}
_WORD = re.compile(r"[^\W\d_][\w-]*")
# Code, what only may be, and what is cut off or goes on in a list.
_UNFIT = re.compile(
    r"^\W*(?:if|when|while|once|unless|i|we)\b|[`<>{}=|\\]|\w_\w|::|https?:|\b(?:may|might|try)\b|\.\.\.|…|:\s*$",
    re.I,
)
_LEAST_TERMS = 3
_CAN = re.compile(r"^(?:Can|Must|(?:Is|Are) there)\b")
_DO = re.compile(r"^(?:Do|Does)\b")
_DENIES = re.compile(r"n['’]t\b|\bnot\b")
_YOU = re.compile(r"^(\w+ )you\b", re.I)
_OTHER_YOU = re.compile(r"\byou\b", re.I)
# Where "you" is no subject, and becomes "me".
_OBJECT_YOU = re.compile(
    r"\b(?:for|to|with|by|from|of|tell|tells|ask|asks|send|sends|show|shows|give|gives|help|helps|notify"
    r"|notifies|remind|reminds|charge|charges|let|lets|reach|contact) you\b",
    re.I,
)
_OUR = re.compile(r"\bour\b", re.I)
_YOUR = re.compile(r"\byour\b", re.I)
# What can't be understood alone, or was cut out of something longer.
_LEANS = re.compile(
    r"^can i (?:skip|find|watch|see|stay|learn|read|refer|visit|check|note|think|imagine)\b"
    r"|\bbe (?:understood|useful|helpful|caused|seen|found)\b"
    r"|^\w+ (?:on|in|at|with|for|from|to|by|although|as|if|while)\b"
    r"|\b(?:it|its|they|them|he|she|we|us|one|ones|there|here|this|that|these|those|such|so|other|others"
    r"|any|each|what|who|whom|have \w+n|only|above|below|following|also|still|even|then|instead"
    r"|otherwise|now|yet|however|therefore|some)\b|[,;:(“\"]",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Turned:
    """A sentence as a question that a yes or a no answers."""

    section: Section
    sentence: Sentence
    question: str


def names(articles: Iterable[Article]) -> frozenset[str]:
    """Words that keep their capital within sentences of these articles."""
    small: Counter[str] = Counter()
    large: Counter[str] = Counter()
    for article in articles:
        for section in article.sections:
            for block in section.blocks:
                for sentence in block.sentences:
                    for word in _WORD.findall(sentence.text)[1:]:
                        (large if word[0].isupper() else small)[word.lower()] += 1
    return frozenset(word for word in large if large[word] > small[word])


def turned(article: Article, known: frozenset[str]) -> Iterator[Turned]:
    """The statements of an article that make a question by themselves, in order."""
    for section in article.sections:
        for block in section.blocks:
            for sentence in block.sentences if block.kind in _PROSE else ():
                if not claims_something(sentence.text) or _UNFIT.search(sentence.text):
                    continue
                for asked in questions(sentence.text, naming(known)):
                    question = from_customer(asked)
                    if _sensible(question, sentence.text):
                        yield Turned(section, sentence, question)
                        break


def from_customer(asked: str) -> str:
    """What the article calls yours the customer calls mine, and what it calls ours yours; empty
    where it can't be turned."""
    asked = _YOU.sub(r"\1I", asked)
    if len(_OTHER_YOU.findall(asked)) > len(_OBJECT_YOU.findall(asked)):
        return ""
    return _OUR.sub("your", _YOUR.sub("my", _OTHER_YOU.sub("me", asked)))


def naming(known: frozenset[str]) -> Callable[[str], bool]:
    """Whether a word keeps its capital within a sentence: one of `names`, or one with another
    capital in it."""

    def is_name(word: str) -> bool:
        bare = re.sub(r"['’]s$", "", word)
        return bare.lower() in known or not bare[1:].islower()

    return is_name


def _sensible(question: str, sentence: str) -> bool:
    asks = _CAN.match(question) or (_DO.match(question) and _DENIES.search(sentence))
    enough = len(set(terms(question))) >= _LEAST_TERMS
    return bool(asks and enough) and not _LEANS.search(question) and not values(question)
