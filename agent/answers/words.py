"""Words of a question and of an article, made comparable."""

import re
from functools import cache, lru_cache
from itertools import zip_longest
from typing import Any

import snowballstemmer

_WORD = re.compile(r"[^\W_]+")
# No word of English is longer, and the stemmer's time grows with the square of the length.
_LONGEST_STEMMED = 60

# Words that say nothing about the subject of a customer's question.
_STOP_WORDS = """
    a about above after again all also am an and any anyone anything are as ask at be because been
    before being both but by bit can cannot cant come could couldn d did didn do does doesn doing
    don done dont each either else etc ever every everything few find for from further get gets
    getting give given go goes going gonna good got had has hasn have haven having he hello help her
    here hers hey hi him his hope how however i if im in instead into is isn it its itself ive just
    kind know let like ll look looking lot m many may maybe me mean might mine more most much must
    my myself need needs no nor not now of off ok okay on once one only or other our ours out over
    own please possible possibly question re really right s same say see seem shall she should show
    simply since so some somebody someone something sorry still such sure t take tell than thank
    thanks that the their theirs them then there these they thing things think this those through
    to too trying try under until up us use used using ve very via wanna want wants was wasn way we
    well were what whats when where whether which while who whom whose why will with without won
    wonder wondering would wouldn yet you your yours yourself
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())

# Several words that say one thing in the language of software support, by their first word.
_PHRASES = (
    ("log|logs|logged|logging|sign|signs|signed|signing", "in|into|on", "login"),
    ("log|logs|logged|logging|sign|signs|signed|signing", "out|off", "logout"),
    ("sign|signs|signed|signing", "up", "signup"),
    ("set|sets|setting", "up", "setup"),
    ("turn|turns|turned|turning|switch|switched|switching", "on", "enable"),
    ("turn|turns|turned|turning|switch|switched|switching", "off", "disable"),
    ("two|2", "factor|step", "2fa"),
    ("e", "mail|mails", "email"),
    ("web", "site|sites", "website"),
    ("page", "view|views", "pageview"),
    ("time", "zone|zones", "timezone"),
    ("user", "name|names", "username"),
    ("file", "name|names", "filename"),
    ("drop", "down|downs", "dropdown"),
    ("smart", "phone|phones", "phone"),
    ("money", "back", "refund"),
    ("sub", "domain|domains", "subdomain"),
    ("how", "much|expensive", "price"),
)
_SYNONYMS = (
    "delete remove erase uninstall discard",
    "cancel terminate unsubscribe quit",
    "change edit modify update alter adjust replace",
    "rename retitle",
    "create add make new",
    "enable activate",
    "disable deactivate",
    "price cost pricing fee charge rate",
    "payment pay paid",
    "bill invoice receipt",
    "buy purchase",
    "plan subscription tier package",
    "upgrade",
    "downgrade",
    "refund reimburse reimbursement",
    "email mail",
    "phone mobile cellphone telephone",
    "error fail failure failed problem issue broken bug wrong",
    "fix solve resolve troubleshoot repair",
    "login signin logon",
    "2fa mfa",
    "signup register registration join",
    "allow permit permission let",
    "limit maximum max quota cap restriction",
    "share sharing",
    "import upload",
    "export download",
    "site website",
    "user member teammate colleague collaborator",
    "company organization organisation business",
    "photo picture image",
    "begin start",
    "finish end stop",
    "setup install installation configure configuration",
    "restore recover recovery",
    "choose select pick",
    "send deliver delivery ship shipping shipment dispatch",
    "color colour",
    "customize customise personalize",
    "connect link integrate integration",
    "app application",
    "difference differ different discrepancy mismatch",
    "exclude ignore block filter",
    "backup backed",
    "promote recommend",
    "transfer move migrate",
    "hide hidden private",
    "visible public",
    "receive arrive",
    "quick quickly fast soon",
)


def words(text: str) -> list[str]:
    """The words of a text in lower case, in order; "log in" is one word, `login`."""
    found = _WORD.findall(text.lower().replace("\u00ad", ""))
    phrases = _phrases()
    joined: list[str] = []
    skip = False
    for word, following in zip_longest(found, found[1:], fillvalue=""):
        if skip:
            skip = False
            continue
        phrase = phrases.get(word)
        one = phrase.get(following) if phrase else None
        joined.append(one or word)
        skip = one is not None
    return joined


def terms(text: str) -> list[str]:
    """What a text is about, in order: stems without stop words, synonyms made one."""
    return [term(word) for word in words(text) if word not in STOP_WORDS]


@lru_cache(maxsize=200_000)
def term(word: str) -> str:
    """The canonical stem of one lower-case word."""
    stem = _stem(word)
    return _canonical().get(stem, stem)


def _stem(word: str) -> str:
    if word.isdigit() or len(word) > _LONGEST_STEMMED:
        return word
    return str(_stemmer().stemWord(word))


def _stemmer() -> Any:
    """A new one each time, which costs next to nothing: two threads in one stemmer get wrong stems
    or crash."""
    return snowballstemmer.stemmer("english")


@cache
def _canonical() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in _SYNONYMS:
        first, *others = line.split()
        for word in (first, *others):
            found.setdefault(_stem(word), _stem(first))
    return found


@cache
def _phrases() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for firsts, seconds, one in _PHRASES:
        for first in firsts.split("|"):
            found.setdefault(first, {}).update(dict.fromkeys(seconds.split("|"), one))
    return found
