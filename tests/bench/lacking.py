"""What kept a contradiction from being found: the first step at which the two texts part."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from kb.claims.candidates import pairs
from kb.claims.claim import Claim
from kb.claims.compare import Apart, Judgement, explain
from kb.claims.weights import Weights
from kb.contradictions.readings import read_claims
from kb.corpus import Corpus

# From what parts two claims first to what does so last: a pair is told by the step that the most
# promising of its claims reached.
_STEPS = (
    Apart.OTHER,
    Apart.SPOT,
    Apart.AGREE,
    Apart.BOTH,
    Apart.LITERALS,
    Apart.SCOPE,
    Apart.CONDITIONS,
    Apart.SUBJECTS,
    Apart.UNPROVEN,
    Apart.UNLIKE,
)


@dataclass(frozen=True)
class Lack:
    """Why nothing was found, without the texts, and what of them shows it."""

    reason: str
    detail: str = ""


def lack(corpus: Corpus, least: float) -> Lack:
    """Of a corpus of two articles, in which nothing of at least this confidence was found."""
    claims, weights = read_claims(corpus)
    first, second = (
        [claim for claim in claims if claim.article_id == article.id] for article in corpus.articles
    )
    compared = [
        (claims[i], claims[j])
        for i, j in pairs(claims)
        if claims[i].article_id != claims[j].article_id
    ]
    if compared:
        return _furthest(compared, weights, least)
    alike = {
        a.key for a, b in product(first, second) if a.key == b.key and (_tells(a) or _tells(b))
    }
    if alike:
        return Lack("no candidate pair", "; ".join(sorted(alike)))
    silent = [name for name, side in (("a", first), ("b", second)) if not any(map(_tells, side))]
    if silent:
        return Lack(f"no claim on side {' and '.join(silent)}")
    return Lack("claims of different kinds", f"{_kinds(first)} | {_kinds(second)}")


def _tells(claim: Claim) -> bool:
    """Whether a claim says more than that something is: that alone contradicts nothing."""
    return claim.value is not None or claim.sign < 0 or bool(claim.sides)


def _furthest(compared: Sequence[tuple[Claim, Claim]], weights: Weights, least: float) -> Lack:
    told = [(explain(a, b, weights), a, b) for a, b in compared]
    judged = [(v.confidence, a, b) for v, a, b in told if isinstance(v, Judgement)]
    if judged:
        confidence, a, b = max(judged, key=lambda item: item[0])
        return Lack(f"confidence below {least:g}", f"{confidence:.2f} {_claim(a)} | {_claim(b)}")
    apart = [(v, a, b) for v, a, b in told if isinstance(v, Apart)]
    reason, a, b = max(apart, key=lambda t: (_STEPS.index(t[0]), len(t[1].own & t[2].own)))
    return Lack(_REASONS.get(reason, reason.value), _shown(reason, a, b))


_REASONS = {
    Apart.OTHER: "values not comparable",
    Apart.AGREE: "judged compatible",
    Apart.SCOPE: "ruled out by scope",
    Apart.CONDITIONS: "ruled out by conditions",
}


def _shown(reason: Apart, a: Claim, b: Claim) -> str:
    if reason == Apart.SCOPE:
        return f"{_names(a)} | {_names(b)}"
    if reason == Apart.CONDITIONS:
        return f"{sorted(a.scope.condition)} | {sorted(b.scope.condition)}"
    if reason == Apart.LITERALS:
        return f"{sorted(a.spot.literals)} | {sorted(b.spot.literals)}"
    if reason == Apart.SUBJECTS:
        return f"{sorted(a.subject)} | {sorted(b.subject)}"
    return f"{_claim(a)} | {_claim(b)}"


def _names(claim: Claim) -> str:
    return ", ".join(_named(claim)) or "no names"


def _named(claim: Claim) -> Iterator[str]:
    for family, names in sorted({**claim.scope.around, **claim.scope.stated}.items()):
        yield f"{family} {'/'.join(sorted(' '.join(name) for name in names))}"
    yield from (f"version {name} {number:g}" for name, number in sorted(claim.scope.versions))


def _claim(claim: Claim) -> str:
    said = claim.value.text if claim.value else f"{claim.sign:+d} {claim.mode}"
    return f"{claim.key} {said!r} of {' '.join(sorted(claim.near))}"


def _kinds(claims: Sequence[Claim]) -> str:
    return ", ".join(sorted({claim.key for claim in claims if _tells(claim)}))
