"""The candidate stage keeps what comparing all pairs would find, at a fraction of the pairs."""

from itertools import combinations

from kb.claims.candidates import pairs
from kb.claims.claim import Claim
from kb.claims.compare import judge
from kb.claims.extract import extract
from kb.claims.vocabulary import vocabulary
from kb.claims.weights import Weights
from kb.types import Article
from tests.kb.articles import article

THINGS = [
    "export",
    "import",
    "invoice",
    "backup",
    "report",
    "session",
    "webhook",
    "campaign",
    "template",
    "calendar",
    "workspace",
    "avatar",
    "signature",
    "macro",
    "folder",
    "survey",
    "contact",
    "ticket",
    "article",
    "widget",
]


def center(copies: int) -> list[Article]:
    """Each thing has its own limit, kept for its own time; every third is told differently."""
    made = []
    for copy in range(copies):
        for n, thing in enumerate(THINGS):
            name = f"{thing}{chr(97 + copy)}"
            text = f"# About {name}\n\nA {name} is kept for {n + 3} days. Up to {n + 5} {name}s."
            made.append(article(f"{name}.md", text))
            if n % 3 == 0:
                other = f"# More on {name}\n\nA {name} is kept for {n + 4} days."
                made.append(article(f"{name}-more.md", other))
    return made


def read(articles: list[Article]) -> tuple[list[Claim], Weights]:
    names = vocabulary(articles)
    claims = [claim for one in articles for claim in extract(one, names)]
    return claims, Weights.of(
        (content.split() for content in (one.text for one in articles)),
        ((claim.kind.value, claim.own) for claim in claims),
    )


def test_nothing_that_all_pairs_would_find_is_lost() -> None:
    claims, weights = read(center(3))
    every = [
        (i, j)
        for i, j in combinations(range(len(claims)), 2)
        if judge(claims[i], claims[j], weights)
    ]
    near = set(pairs(claims))
    kept = [pair for pair in every if pair in near]
    assert len(every) >= 20
    assert len(kept) / len(every) >= 0.98
    assert len(near) < len(claims) * 60


def test_pairs_grow_with_claims_not_with_their_square() -> None:
    small, large = (len(list(pairs(read(center(copies))[0]))) for copies in (2, 8))
    assert large / small < 4**1.15 * 1.5
