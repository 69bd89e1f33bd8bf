"""Which of many proposals a person is asked about: useful ones first, and of every sort."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from math import log1p

from eval.drafting.asked import Asked, about
from eval.drafting.proposal import Origin, Proposal
from eval.golden.case import Case
from kb.findings import Usage

# An article, kind, owner that was taken already makes the next of it worth so much less; of one
# article there are at most so many.
_SAME_ARTICLE, _SAME_KIND, _SAME_OWNER = 0.6, 0.02, 0.02
_MOST_OF_ARTICLE = 3
# What an article that is used most adds, and one that no case names yet.
_USED, _UNCOVERED = 0.5, 0.3


def choose(
    proposals: Iterable[Proposal],
    golden: Sequence[Case],
    known: Sequence[Case],
    owners: Mapping[str, str],
    usage: Mapping[str, Usage],
    limit: int,
) -> list[Proposal]:
    """At most `limit`, best first, with their final `worth`. None asks what a case of the golden
    set, one that is `known` (kept, accepted or rejected before), or another one asks.

    `owners` and `usage` are by path: proposals on much used articles without a case come first,
    and each one taken makes others of its article, kind and owner come later.
    """
    weighed = _weighed(_fresh(proposals, [*golden, *known]), golden, usage)
    return _spread(weighed, owners, limit)


def _fresh(proposals: Iterable[Proposal], known: Sequence[Case]) -> list[Proposal]:
    """Each question once, by its best proposal; what customers asked several times is worth
    more."""
    asked = Asked(known)
    times: Counter[tuple[str, ...]] = Counter()
    fresh: list[Proposal] = []
    for item in sorted(proposals, key=lambda it: (-it.worth, it.id)):
        times[about(item.case)] += item.origin is Origin.CONVERSATIONS
        if not asked.holds(item.case):
            asked.add(item.case)
            fresh.append(item)
    often = {item.id: log1p(max(0, times[about(item.case)] - 1)) for item in fresh}
    return [replace(item, worth=item.worth + often[item.id]) for item in fresh]


def _weighed(
    proposals: Iterable[Proposal], golden: Sequence[Case], usage: Mapping[str, Usage]
) -> list[Proposal]:
    covered = {path for case in golden for path in case.articles}
    most = max((times_used(one) for one in usage.values()), default=0)
    found = []
    for item in proposals:
        used = max((times_used(usage.get(path)) for path in item.case.articles), default=0)
        worth = item.worth + (_USED * log1p(used) / log1p(most) if most else 0.0)
        if item.case.articles and covered.isdisjoint(item.case.articles):
            worth += _UNCOVERED
        found.append(replace(item, worth=round(worth, 3)))
    return found


def times_used(used: Usage | None) -> int:
    """How often an article was found or cited."""
    return used.retrieved + len(used.cited) if used else 0


def _spread(proposals: Sequence[Proposal], owners: Mapping[str, str], limit: int) -> list[Proposal]:
    """One after the other, always the one that is worth most beside those taken."""
    waiting = sorted(proposals, key=lambda it: (-it.worth, it.id))
    taken: list[Proposal] = []
    counts: Counter[tuple[str, str]] = Counter()
    while waiting and len(taken) < limit:
        best = max(waiting, key=lambda it: it.worth - _cost(it, owners, counts))
        waiting.remove(best)
        if any(counts["article", name] >= _MOST_OF_ARTICLE for name in _sources(best)):
            continue
        taken.append(best)
        counts.update(_marks(best, owners))
    return taken


def _cost(item: Proposal, owners: Mapping[str, str], counts: Counter[tuple[str, str]]) -> float:
    weights = {"article": _SAME_ARTICLE, "kind": _SAME_KIND, "owner": _SAME_OWNER}
    return sum(weights[sort] * counts[sort, name] for sort, name in _marks(item, owners))


def _sources(item: Proposal) -> tuple[str, ...]:
    """The articles; what else it was made from, such as a procedure, where it names none."""
    return item.case.articles or (item.case.source,)


def _marks(item: Proposal, owners: Mapping[str, str]) -> list[tuple[str, str]]:
    of = dict.fromkeys(owners[path] for path in item.case.articles if owners.get(path))
    return [
        *(("article", name) for name in _sources(item)),
        ("kind", item.kind),
        *(("owner", owner) for owner in of),
    ]
