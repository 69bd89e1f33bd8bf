"""What happens during, after or within a length of time.

Two durations are of one thing only when they are of one event: a deadline to return something is
no delivery time, however many words the sentences share.
"""

from kb.claims import lexicon
from kb.claims.words import stem

EVENTS = frozenset(stem(word) for word in lexicon.words("events"))
_WEAK = frozenset(stem(word) for word in lexicon.words("weak_events"))
_THINGS = frozenset(stem(word) for word in lexicon.words("event_things"))


def events(stems: frozenset[str]) -> frozenset[str]:
    """The events among stems."""
    return stems & EVENTS


def telling(shared: frozenset[str]) -> bool:
    """Whether shared events say that two durations are of one thing."""
    return bool(shared - _WEAK)


def is_thing(word: str) -> bool:
    """Whether an event is also a thing that durations are said of: a trial, a warranty."""
    return word in _THINGS
