"""The values that a procedure may speak of, and which one a phrase means."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from agent.action import ActionSpec, Parameter, ValueType
from agent.procedure import Slot
from agent.procedures.people import WORDS
from agent.procedures.roots import content, roots, words

IDENTITY = "identity"
_CLAIMS = ("customer_id", "email", "name", "plan", "locale")
_PATH = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+")
_POSSESSIVE = re.compile(r"'s?\s+|\s+'\s+")
_OF = re.compile(r"^(?P<what>.+?)\s+(?:of|on|for|in|from)\s+(?P<whose>.+)$")
_CUSTOMER = WORDS
# A new address is what the customer gives; the present one was looked up.
_WANTED = frozenset(("new", "desired", "preferred", "requested", "wanted"))
_HAD = frozenset(("old", "last", "previous", "existing", "latest"))
# What stands at the end of a name without saying more: `delivered_at` is when it was delivered.
_TAILS = frozenset(("at", "on", "date", "time", "day", "timestamp", "value", "amount"))


@dataclass(frozen=True, slots=True)
class Known:
    """One value: `path` as the engine finds it; `owner` the words of what it belongs to, `leaf`
    those of its own name, with other words for it in `labels`."""

    path: str
    type: ValueType
    owner: tuple[str, ...] = ()
    leaf: tuple[str, ...] = ()
    labels: tuple[tuple[str, ...], ...] = ()
    choices: tuple[str, ...] = ()

    @property
    def root(self) -> str:
        """The first part of the path: a slot, a result's noun, or `identity`."""
        return self.path.split(".", 1)[0]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase came to: one value, or the several that it could be, or none."""

    value: Known | None = None
    several: tuple[Known, ...] = ()


class Names:
    """All values of one procedure."""

    def __init__(self, slots: Mapping[str, Slot], actions: Sequence[ActionSpec]) -> None:
        found = [_of_slot(slot) for slot in slots.values()]
        for spec in actions:
            found.append(Known(spec.result, ValueType.OBJECT, (), words(spec.result)))
            found += _of_result(spec.result, spec.outputs, words(spec.result))
        found += _of_identity(actions)
        self._known = _merged(found)
        self.nouns = tuple(dict.fromkeys(spec.result for spec in actions))

    def get(self, path: str) -> Known | None:
        """The value at exactly this path."""
        return self._known.get(path)

    def paths(self) -> list[str]:
        return [item.path for item in self._known.values() if item.type is not ValueType.OBJECT]

    def fields(self, noun: str) -> list[Known]:
        """What is known of a result, nested values with it."""
        return [item for item in self._known.values() if item.path.startswith(noun + ".")]

    def noun(self, phrase: str) -> str | None:
        """The result that a phrase such as `the order` names as a whole."""
        said = content(phrase)
        if said and said[0] in _CUSTOMER and len(said) > 1:
            said = said[1:]
        for name in self.nouns:
            if roots(words(name)) == roots(said):
                return name
        return None

    def find(self, phrase: str, seen: Iterable[str] = ()) -> Meaning:
        """The value that `phrase` names. Of several, those whose result is in `seen` (looked up
        by an earlier step) go first; if there are still several it is for the operator to say."""
        text = phrase.strip().strip("{}").strip()
        if text in self._known:
            return Meaning(self._known[text])
        if _PATH.fullmatch(text):
            return Meaning()
        for found in self._levels(text):
            if found:
                return _chosen(found, frozenset(seen))
        return Meaning()

    def _levels(self, text: str) -> Iterator[list[Known]]:
        """Candidates, surest first."""
        owned, said = _parts(text)
        if not said:
            return
        values = list(self._known.values())
        yield [item for item in values if not item.owner and _names(content(text), item)]
        # `the customer's email` is the customer's own where nothing else is called so.
        if owned and owned[0] in _CUSTOMER:
            mine = [item for item in values if item.owner[:1] and item.owner[0] in _CUSTOMER]
            named = [item for item in mine if _same(said, item)]
            yield named
            slots = [item for item in values if not item.owner and _same(said, item)]
            proven = [item for item in values if item.root == IDENTITY and _same(said, item)]
            yield slots + proven
            owned = ()
        whole = (*owned, *said)
        anyones = [item for item in values if item.root != IDENTITY]
        yield [item for item in anyones if not item.owner and _names(whole, item)]
        yield [item for item in anyones if item.owner and _full(whole, item)]
        if not owned:
            yield [item for item in anyones if _same(said, item)]
        anyones = [item for item in anyones if item.type is not ValueType.OBJECT]
        yield [item for item in anyones if item.owner and _loose(whole, item)]
        if not owned:
            yield [item for item in anyones if _trimmed(said) and _same(_trimmed(said), item)]
            yield [item for item in values if item.root == IDENTITY and _same(said, item)]
            if said[0] in _WANTED:
                yield [item for item in anyones if not item.owner and _names(said[1:], item)]
            if said[0] in _HAD:
                yield [item for item in anyones if item.owner and _same(said[1:], item)]
        yield [item for item in anyones if _rearranged(whole, item)]
        yield [item for item in anyones if item.owner and _within(whole, item)]


def _parts(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(whose, what): of `the order's total`, `the total of the order` and `order total`; the
    last says nothing about whose."""
    if len(pieces := _POSSESSIVE.split(text)) > 1:
        owner: tuple[str, ...] = ()
        for piece in pieces[:-1]:
            owner += content(piece)
        return owner, content(pieces[-1])
    if found := _OF.match(text):
        return content(found["whose"]), content(found["what"])
    said = content(text)
    if len(said) > 1 and said[0] in _CUSTOMER:
        return said[:1], said[1:]
    return (), said


def _names(said: tuple[str, ...], item: Known) -> bool:
    """By its own name or a label."""
    return roots(said) in {roots(name) for name in (item.leaf, *item.labels)}


def _same(said: tuple[str, ...], item: Known) -> bool:
    """By its own name, whoever it belongs to; `delivery date` is `delivered_at`."""
    return _names(said, item) or (
        bool(_trimmed(item.leaf)) and roots(_trimmed(said)) == roots(_trimmed(item.leaf))
    )


def _full(said: tuple[str, ...], item: Known) -> bool:
    """Owner and name: `order total`, `order shipping address city`."""
    return any(
        roots(said) in (roots((*owner, *item.leaf)), roots((*owner, *_trimmed(item.leaf))))
        for owner in _owners(item)
    )


def _loose(said: tuple[str, ...], item: Known) -> bool:
    """As `_full`, with tails such as `date` left out on both sides."""
    return any(
        roots(_trimmed(said)) == roots((*owner, *_trimmed(item.leaf))) for owner in _owners(item)
    )


def _rearranged(said: tuple[str, ...], item: Known) -> bool:
    """The same words in another order: `amount paid` is `paid_amount`."""
    names = [item.leaf, (*item.owner, *item.leaf), *item.labels]
    return any(sorted(roots(said)) == sorted(roots(name)) for name in names)


def _within(said: tuple[str, ...], item: Known) -> bool:
    """The whole name, after some of the words for what it belongs to: `shipping country`."""
    leaf = roots(item.leaf)
    rest = iter(roots(item.owner))
    return roots(said)[-len(leaf) :] == leaf and all(
        word in rest for word in roots(said)[: -len(leaf)]
    )


def _owners(item: Known) -> list[tuple[str, ...]]:
    """All of it, its first word, and its last: `order.shipping_address.city` is the order's
    city and the shipping address's."""
    every = [item.owner, item.owner[:1], item.owner[1:]]
    return [owner for owner in dict.fromkeys(every) if owner]


def _trimmed(name: tuple[str, ...]) -> tuple[str, ...]:
    while len(name) > 1 and name[-1] in _TAILS:
        name = name[:-1]
    return name


def _chosen(found: Sequence[Known], seen: frozenset[str]) -> Meaning:
    if len(found) > 1:
        found = [item for item in found if item.root in seen] or found
    if len(found) > 1:
        shallow = min(item.path.count(".") for item in found)
        found = [item for item in found if item.path.count(".") == shallow]
    return Meaning(found[0]) if len(found) == 1 else Meaning(None, tuple(found))


def _of_slot(slot: Slot) -> Known:
    label = content(slot.label)
    return Known(
        slot.name,
        slot.type,
        (),
        words(slot.name),
        (label,) if label else (),
        tuple(slot.choices),
    )


def _of_result(
    path: str, fields: Sequence[Parameter], owner: tuple[str, ...], depth: int = 0
) -> Iterator[Known]:
    for item in fields:
        own = f"{path}.{item.name}"
        leaf = words(item.name)
        yield Known(own, item.type, owner, leaf, (), item.choices)
        if item.type is ValueType.OBJECT and depth < 5:
            yield from _of_result(own, item.fields, (*owner, *leaf), depth + 1)


def _of_identity(actions: Sequence[ActionSpec]) -> Iterator[Known]:
    levels = ("anonymous", "claimed", "verified")
    yield Known(f"{IDENTITY}.level", ValueType.CHOICE, (IDENTITY,), ("level",), (), levels)
    bound = [item.bound for spec in actions for item in spec.inputs]
    claims = [path.split(".", 1)[1] for path in bound if path.startswith(f"{IDENTITY}.")]
    for name in dict.fromkeys((*_CLAIMS, *claims)):
        kind = ValueType.EMAIL if name == "email" else ValueType.TEXT
        labels = (("email", "address"),) if name == "email" else ()
        yield Known(f"{IDENTITY}.{name}", kind, (IDENTITY,), words(name), labels)


def _merged(found: Iterable[Known]) -> dict[str, Known]:
    """By path; of two, the one that says more about what it is."""
    known: dict[str, Known] = {}
    for item in found:
        if item.path not in known or (item.choices and not known[item.path].choices):
            known[item.path] = item
    return known
